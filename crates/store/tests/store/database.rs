use crate::backup::{dumped, empty};
use kiez_domain::instant::Instant;
use kiez_domain::message::Recipient;
use kiez_store::db::Db;
use kiez_store::error::StoreError;
use kiez_store::{doctor, idempotency, message, project, public, statement, user};
use kiez_testkit::database::{postgres, sqlite};
use kiez_testkit::{World, databases};
use sqlx::AssertSqlSafe;

/// Does what no function of the store can do, as somebody with a database shell could.
pub(crate) async fn tamper(db: &Db, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    match db {
        Db::Sqlite { writer, .. } => drop(sqlx::raw_sql(sql).execute(writer).await.expect("tampered")),
        Db::Pg { pool, .. } => drop(sqlx::raw_sql(sql).execute(pool).await.expect("tampered")),
    }
}

#[tokio::test]
async fn every_registered_statement_is_understood_by_both_databases() {
    for database in databases().await {
        let mut conn = database.db.read().await.expect("read");
        let mut count = 0;
        let walks = doctor::walk_statements().into_iter().map(|walk| ("doctor", walk));
        for (module, statement) in
            statement::all().map(|(module, statement)| (module, *statement)).chain(walks)
        {
            if let Err(error) = conn.prepare(&statement).await {
                panic!(
                    "{} does not understand {module}::{}: {error}\n{}",
                    database.db.engine(),
                    statement.name,
                    statement.sql
                );
            }
            count += 1;
        }
        assert!(count > 100, "{count}");
    }
}

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    for database in [Some(sqlite().await), postgres().await].into_iter().flatten() {
        let db = database.db;
        assert_eq!(db.schema_version().await.expect("read"), 0);
        let refused = db.demand_current_schema().await;
        let Err(StoreError::TooOld { found: 0, needed }) = refused else { panic!("{refused:?}") };
        assert_eq!(db.migrate().await.expect("migrated"), (0, needed));
        assert_eq!(db.migrate().await.expect("nothing to do"), (needed, needed));
        db.demand_current_schema().await.expect("current");
        assert_eq!(db.schema_version().await.expect("read"), needed);
        db.close().await;
        assert!(db.read().await.is_err());
    }
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused_with_both_versions() {
    for database in databases().await {
        tamper(&database.db, "update schema_info set version = 99, min_binary = '9.0.0'").await;
        let refused = Db::open(&database.url).await.expect_err("too new");
        let words = refused.to_string();
        assert!(words.contains("9.0.0") && words.contains(env!("CARGO_PKG_VERSION")), "{words}");
        assert!(matches!(database.db.migrate().await, Err(StoreError::TooNew { .. })));
        // A newer schema that this program may still use is fine: a rolling update.
        tamper(&database.db, "update schema_info set min_binary = '0.1.0'").await;
        let db = Db::open(&database.url).await.expect("usable");
        assert_eq!(db.migrate().await.expect("left alone"), (99, 99));
    }
}

/// A row as it stood in a schema of long ago.
pub(crate) const A_PROJECT: &str = "insert into project (id, slug, name, version, created_at, updated_at)
values ('0198c0de-0000-7000-8000-00000000000a', 'kanal', 'Kiez am Kanal', 1, 0, 0)";

const SOMEBODY_AND_THEIR_MAIL: &str =
    "insert into user_account (id, name, operator, created_at) values ('0198c0de-0000-7000-8000-00000000000b', 'Jonas', false, 0);
insert into membership (project_id, user_id, role, created_at)
values ('0198c0de-0000-7000-8000-00000000000a', '0198c0de-0000-7000-8000-00000000000b', 'coordinator', 0);
insert into outbox (id, project_id, user_id, kind, basis, cause, language, state, attempts, created_at, due_at)
values ('0198c0de-0000-7000-8000-00000000000c', '0198c0de-0000-7000-8000-00000000000a', '0198c0de-0000-7000-8000-00000000000b',
'invitation', 'membership', 'invitation of long ago', 'de', 'queued', 0, 7, 8)";

#[tokio::test]
async fn mail_and_members_of_before_are_there_after_their_tables_changed() {
    for database in empty().await {
        let (db, engine) = (&database.db, database.db.engine());
        assert_eq!(db.migrate_to(20).await.expect("migrated"), (0, 20));
        tamper(db, A_PROJECT).await;
        tamper(db, SOMEBODY_AND_THEIR_MAIL).await;
        db.migrate().await.expect("migrated");
        let mut conn = db.read().await.expect("read");
        let id = "0198c0de-0000-7000-8000-00000000000c".parse().expect("an id");
        let mail = message::find(&mut conn, id).await.expect("read").expect("still there");
        let to = "0198c0de-0000-7000-8000-00000000000b".parse().expect("an id");
        assert_eq!((mail.to, mail.created_at), (Recipient::Account(to), Instant(7)), "{engine}");
        let memberships = user::memberships(&mut conn, to).await.expect("read");
        assert_eq!((memberships.len(), memberships[0].waiting), (1, None), "{engine}");
        assert!(doctor::check(&mut conn).await.expect("checked").is_empty(), "{engine}");
    }
}

#[tokio::test]
async fn a_step_that_fails_leaves_the_schema_and_the_rows_as_they_were() {
    let newest = databases().await[0].db.schema_version().await.expect("read");
    for database in empty().await {
        let (db, engine) = (&database.db, database.db.engine());
        assert_eq!(db.migrate_to(11).await.expect("migrated"), (0, 11));
        tamper(db, A_PROJECT).await;
        // Somebody's own table stands where a step wants to make one.
        tamper(db, "create table mail_hold (mine text)").await;
        let failed = db.migrate().await.expect_err("the name is taken");
        assert!(failed.to_string().contains("mail_hold"), "{engine}: {failed}");
        assert_eq!(db.schema_version().await.expect("read"), 11, "{engine}");
        assert!(dumped(db).await.contains("Kiez am Kanal"), "{engine}: reading goes on");
        tamper(db, "drop table mail_hold").await;
        assert_eq!(db.migrate().await.expect("migrated"), (11, newest));
        let projects = public::projects(&mut db.read().await.expect("read")).await.expect("read");
        assert_eq!(projects.len(), 1, "{engine}");
    }
}

#[tokio::test]
async fn a_file_opened_for_reading_is_read_until_it_can_be_written_again() {
    let file = sqlite().await;
    file.db.migrate().await.expect("migrated");
    World::build(&file.db).await.expect("built");
    file.db.close().await;
    for still in [true, false] {
        let db = Db::open_reading(&file.url, still).await.expect("opened");
        let read = async || public::projects(&mut db.read().await.expect("read")).await.expect("read").len();
        assert_eq!(read().await, 2);
        assert!(db.is_unwritable());
        let mut tx = db.write().await.expect("SQLite begins to read");
        assert!(matches!(idempotency::probe(&mut tx).await, Err(StoreError::ReadOnly)));
        drop(tx);
        // Somebody is reading just then.
        let reader = db.read().await.expect("read");
        db.reopen(&file.url).await.expect("an address");
        drop(reader);
        db.reopen(&file.url).await.expect("as often as one likes");
        let mut tx = db.write().await.expect("writable");
        idempotency::probe(&mut tx).await.expect("tried");
        tx.commit().await.expect("commit");
        assert!(!db.is_unwritable());
        assert_eq!(read().await, 2);
        db.close().await;
    }
    for other in databases().await {
        other.db.reopen(&other.url).await.expect("nothing to do");
        public::projects(&mut other.db.read().await.expect("read")).await.expect("as before");
    }
}

#[tokio::test]
async fn what_is_no_address_is_said_so() {
    for address in ["", "kiez.db", "mysql://host/db", "postgres://[", "sqlite:///nowhere/at/all/kiez.db"] {
        let refused = Db::open(address).await.expect_err("no database");
        assert!(!refused.to_string().is_empty(), "{address}");
    }
}

#[tokio::test]
async fn a_database_in_memory_works_alike() {
    let db = Db::open("sqlite::memory:").await.expect("opened");
    db.migrate().await.expect("migrated");
    World::build(&db).await.expect("built");
    assert_eq!(public::projects(&mut db.read().await.expect("read")).await.expect("read").len(), 2);
}

#[tokio::test]
async fn readers_see_one_moment_while_somebody_writes() {
    for database in databases().await {
        let world = World::build(&database.db).await.expect("built");
        let mut before = database.db.read().await.expect("read");
        assert_eq!(public::projects(&mut before).await.expect("read").len(), 2);
        let mut tx = database.db.write().await.expect("write");
        project::set_home_quarter(
            &mut tx,
            &world.may("project", "update"),
            world.graefekiez,
            kiez_testkit::NOW,
        )
        .await
        .expect("saved");
        tx.commit().await.expect("commit");
        let seen = project::find(&mut before, world.project).await.expect("read").expect("there");
        assert_eq!(seen.home_quarter, Some(world.siedlung), "{}", database.db.engine());
        let after = project::find(&mut database.db.read().await.expect("read"), world.project)
            .await
            .expect("read")
            .expect("there");
        assert_eq!(after.home_quarter, Some(world.graefekiez));
    }
}
