//! Erased is gone: from every column that the registry calls personal, from the files, and from a copy of yesterday.
//!
//! The rows are made from the registry and the live schema, so that a new table with something about people fails here
//! until somebody has thought of it.

use crate::database::tamper;
use crate::in_every_world;
use kiez_domain::erasure::{DataSubject, RequestEvent, RequestState};
use kiez_domain::id::{ActorId, ErasureRequestId, PersonId, ProjectId, UserId};
use kiez_domain::policy::{Facts, Permit};
use kiez_store::db::Db;
use kiez_store::erasure::Erased;
use kiez_store::error::StoreError;
use kiez_store::schema::{self, Column, Table};
use kiez_store::{audit, audit_key, backup, change_log, doctor, erasure, erasure_request, erasure_rows};
use kiez_store::{project, registry, user};
use kiez_testkit::world::permit;
use kiez_testkit::{NOW, TestDatabase, World, databases, id};
use std::collections::BTreeMap;

/// The name of whoever is erased; it stands in the words of files and cards as well.
const NAME: &str = "Kanarienvogel Zwitscherling";

/// Tables with something about people that is not about an actor or its people: whose it is, and where that is tested.
const OF_ACCOUNTS: [&str; 9] = [
    "audit_key",
    "ceremony",
    "credential",
    "membership",
    "passkey",
    "recovery_code",
    "session",
    "sign_in_link",
    "user_account",
];
/// The fact sheet names the team, whom no program can tell from the words around; the trail holds pseudonyms; an objection
/// is a hash that stays, so that nobody who objected is taken in again, and its key stays with it.
const OF_NOBODY_IN_PARTICULAR: [&str; 4] = ["project", "audit_entry", "objection", "objection_key"];

struct Bird {
    world: World,
    actor: ActorId,
    person: PersonId,
    user: UserId,
}

impl Bird {
    fn of(world: World) -> Self {
        Self { world, actor: id(ActorId::new), person: id(PersonId::new), user: id(UserId::new) }
    }

    /// A row of the table that is about the bird, as a statement.
    fn row(&self, table: &Table, number: u32) -> String {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        let values: Vec<String> =
            table.columns.iter().map(|column| self.value(table, column, number)).collect();
        format!("insert into {} ({}) values ({})", table.name, columns.join(", "), values.join(", "))
    }

    fn value(&self, table: &Table, column: &Column, number: u32) -> String {
        let quoted = |text: &str| format!("'{text}'");
        let own = |noun: &str| table.name == noun && column.name == "id";
        let of_table = |name: &str| {
            let number: u32 = name.bytes().map(u32::from).sum();
            quoted(&format!("0198c0de-0000-7000-9000-{number:012}"))
        };
        let fresh = || of_table(&table.name);
        match (table.name.as_str(), column.name.as_str()) {
            (_, "project_id") => quoted(&self.world.project.to_string()),
            (_, "actor_id") => quoted(&self.actor.to_string()),
            (_, "person_id") => quoted(&self.person.to_string()),
            // A message to an address; one to an account stands beside it.
            ("outbox", "user_id") => "null".to_owned(),
            (_, "user_id" | "asked_by") => quoted(&self.user.to_string()),
            ("verdict", "offer_id") => "null".to_owned(),
            (_, "need_id") => quoted(&self.world.wood_wanted.to_string()),
            (_, "offer_id") => quoted(&self.world.offcuts.to_string()),
            (_, "consent_id") => of_table("consent"),
            (_, "link_id") => of_table("action_link"),
            (_, "contact_channel_id") => of_table("contact_channel"),
            (_, "import_id") => quoted("0198c0de-0000-7000-9000-00000000aaaa"),
            (_, "row_id") => quoted(&self.actor.to_string()),
            (_, "noun") => quoted("actor"),
            (_, "quarter_id") if column.nullable => "null".to_owned(),
            (_, "quarter_id") => quoted(&self.world.siedlung.to_string()),
            _ if own("actor") => quoted(&self.actor.to_string()),
            _ if own("person") => quoted(&self.person.to_string()),
            _ if own("user_account") => quoted(&self.user.to_string()),
            (_, "id") => fresh(),
            ("actor" | "person" | "user_account", "name") => quoted(NAME),
            // Work that waits is about a row.
            ("job", "payload") => quoted(&format!("{{\"id\":\"{}\"}}", self.actor)),
            // On a card names stand as somebody wrote them.
            (_, "said_by") => quoted(&format!("  {} ", NAME.to_lowercase())),
            // What of a file could not be read: its words are all that says whom it is about.
            ("import_refusal", _) if column.kind == "text" => quoted(&format!("\"{NAME}\" passt nicht")),
            _ => match column.kind.as_str() {
                "text" => quoted(&format!("KANARIE-{}-{}-{number}", table.name, column.name)),
                "bigint" => number.to_string(),
                "boolean" => "false".to_owned(),
                "bytes" if matches!(table.name.as_str(), "import_upload") => self.bytes(),
                _ => "null".to_owned(),
            },
        }
    }

    fn bytes(&self) -> String {
        // Both databases read this as the bytes of the text.
        "cast('KANARIE-bytes' as bytea)".to_owned()
    }
}

/// Tables that hold something about people, in the order in which they can be filled.
async fn tables(db: &Db) -> Vec<Table> {
    let all = schema::describe(&mut db.read().await.expect("read")).await.expect("described");
    let about_people = |table: &&Table| {
        let holds = |entry: &&registry::Entry| {
            let cells = ["personal", "sole_trader", "secret"];
            entry.table == table.name && cells.contains(&entry.category.as_str())
        };
        registry::entries().iter().any(|entry| holds(&entry))
            || ["need", "idea", "verdict"].contains(&table.name.as_str())
    };
    let mut left: Vec<Table> = all.iter().filter(about_people).cloned().collect();
    let mut ordered: Vec<Table> = Vec::new();
    while !left.is_empty() {
        let inside = |name: &str| left.iter().any(|table| table.name == name);
        let ready = left
            .iter()
            .position(|table| {
                table.references.iter().all(|to| to.target == table.name || !inside(&to.target))
            })
            .expect("no circle");
        ordered.push(left.remove(ready));
    }
    ordered
}

/// Fills every table that is about people; gives their names.
async fn fill(database: &TestDatabase, bird: &Bird) -> Vec<String> {
    let db = &database.db;
    let import = format!(
        "insert into import_run (project_id, id, kind, files, at, state, counts) values ('{}', '0198c0de-0000-7000-9000-00000000aaaa', 'actors', '[]', 1, 'done', '{{}}')",
        bird.world.project
    );
    tamper(db, &import).await;
    // A card of somebody else, signed by the bird in its own spelling.
    let signed = format!("  {} ", NAME.to_lowercase());
    tamper(db, &format!("update need set said_by = '{signed}' where id = '{}'", bird.world.talk_wanted))
        .await;
    let mut filled = Vec::new();
    for (number, table) in (1..).zip(tables(db).await) {
        if OF_NOBODY_IN_PARTICULAR.contains(&table.name.as_str()) {
            continue;
        }
        let mut sql = bird.row(&table, number);
        if db.engine() == "SQLite" {
            sql = sql.replace(" as bytea)", " as blob)");
        } else {
            sql = sql.replace("cast('KANARIE-bytes' as bytea)", "convert_to('KANARIE-bytes', 'UTF8')");
        }
        tamper(db, &sql).await;
        filled.push(table.name);
    }
    let account = format!(
        "insert into outbox (id, user_id, kind, basis, cause, language, state, attempts, created_at, due_at)
values ('0198c0de-0000-7000-9000-00000000bbbb', '{}', 'invitation', 'membership', 'to the account', 'de', 'queued', 0, 1, 1)",
        bird.user
    );
    tamper(db, &account).await;
    filled
}

/// Everything in the database as text, also what is in no dump.
async fn everything(db: &Db) -> String {
    let mut lines = Vec::new();
    let mut conn = db.read().await.expect("read");
    backup::write(&mut conn, (db.engine(), NOW), &mut lines).await.expect("written");
    String::from_utf8(lines).expect("UTF-8")
}

/// The tables in which something of the bird is left.
async fn left(db: &Db, signs: &[&str]) -> Vec<String> {
    let mut table = String::new();
    let mut found = Vec::new();
    for line in everything(db).await.lines() {
        if let Some(rest) = line.strip_prefix("{\"table\":[\"") {
            table = rest.split('"').next().unwrap_or_default().to_owned();
        }
        if signs.iter().any(|sign| line.contains(sign)) {
            found.push(format!("{table}: {line}"));
        }
    }
    found
}

/// Every byte of the files that the database has.
async fn bytes(database: &TestDatabase) -> Vec<u8> {
    match &database.db {
        Db::Sqlite { .. } => {
            let file = database.url.strip_prefix("sqlite://").expect("a file");
            let folder = std::path::Path::new(file).parent().expect("a folder");
            let mut bytes = Vec::new();
            for entry in std::fs::read_dir(folder).expect("read") {
                bytes.extend(std::fs::read(entry.expect("an entry").path()).expect("read"));
            }
            bytes
        }
        Db::Pg { pool, .. } => {
            sqlx::raw_sql("checkpoint").execute(pool).await.expect("the test user may");
            let tables: Vec<Vec<u8>> = sqlx::query_scalar(
                "select pg_read_binary_file(pg_relation_filepath(c.oid)) from pg_class c
where c.relnamespace = cast(current_schema() as regnamespace) and c.relkind in ('r', 'i', 't') and pg_relation_filepath(c.oid) is not null",
            )
            .fetch_all(pool)
            .await
            .expect("the test user may read files");
            tables.concat()
        }
    }
}

fn holds(bytes: &[u8], sign: &str) -> bool {
    bytes.windows(sign.len()).any(|window| window == sign.as_bytes())
}

fn may_erase(world: &World) -> Permit {
    world.may("erasure", "create")
}

fn operator_may(world: &World, action: &str) -> Permit {
    permit(&world.operator(), "erasure", action, Facts::INSTALLATION)
}

async fn erase(db: &Db, permit: &Permit, of: (Option<ProjectId>, DataSubject)) -> bool {
    let mut tx = db.write().await.expect("write");
    let there = erasure_rows::remove(&mut tx, permit, of, NOW).await.expect("erased");
    tx.commit().await.expect("commit");
    there
}

#[tokio::test]
async fn nothing_of_an_actor_is_left_in_any_personal_column_nor_in_the_files() {
    for database in databases().await {
        let db = &database.db;
        let bird = Bird::of(World::build(db).await.expect("built"));
        let filled = fill(&database, &bird).await;
        assert!(filled.len() > 20, "{filled:?}");
        let signs = ["KANARIE", NAME, &NAME.to_lowercase(), &bird.person.to_string()];
        let before = left(db, &signs).await;
        // What belongs to one copy alone is in no backup.
        let shown = |table: &&String| !backup::OF_THIS_COPY.contains(&table.as_str());
        for table in filled.iter().filter(shown) {
            assert!(before.iter().any(|line| line.starts_with(table.as_str())), "{table} was not filled");
        }
        assert!(holds(&bytes(&database).await, "KANARIE-actor-note"), "the files are looked into");
        let project = Some(bird.world.project);
        assert!(erase(db, &may_erase(&bird.world), (project, DataSubject::Actor(bird.actor))).await);
        let of_accounts =
            |line: &String| OF_ACCOUNTS.iter().any(|table| line.starts_with(&format!("{table}:")));
        let mut after = left(db, &signs).await;
        after.retain(|line| !of_accounts(line) && !line.starts_with("change_log:"));
        assert_eq!(after, [""; 0], "{}", db.engine());
        assert_eq!(left(db, &["to the account"]).await.len(), 1, "an account is not the actor's");
        assert!(erase(db, &operator_may(&bird.world, "create"), (None, DataSubject::User(bird.user))).await);
        let signs = ["KANARIE", NAME, &NAME.to_lowercase(), "to the account"];
        let mut after = left(db, &signs).await;
        after.retain(|line| !line.starts_with("change_log:"));
        assert_eq!(after, [""; 0], "{}", db.engine());
        assert!(db.clear_deleted().await.expect("cleared"), "{}", db.engine());
        let bytes = bytes(&database).await;
        for sign in ["KANARIE", NAME] {
            assert!(!holds(&bytes, sign), "{sign} in the files of {}", db.engine());
        }
        let mut conn = db.read().await.expect("read");
        assert_eq!(doctor::check(&mut conn).await.expect("asked"), []);
    }
}

#[tokio::test]
async fn of_a_person_goes_what_is_the_persons_and_the_actor_stays() {
    for database in databases().await {
        let db = &database.db;
        let bird = Bird::of(World::build(db).await.expect("built"));
        fill(&database, &bird).await;
        let of = (Some(bird.world.project), DataSubject::Person(bird.person));
        let plan =
            erasure_rows::plan(&mut db.read().await.expect("read"), of).await.expect("read").expect("there");
        assert_eq!(plan.persons, 1);
        let goes: BTreeMap<&str, u64> = plan.goes.iter().map(|(noun, rows)| (noun.as_str(), *rows)).collect();
        assert_eq!(goes, [("contact_channel", 1), ("person", 1), ("restriction", 1)].into());
        assert!(erase(db, &may_erase(&bird.world), of).await);
        let signs = ["KANARIE-person", "KANARIE-contact_channel", "KANARIE-outbox", &bird.person.to_string()];
        let mut after = left(db, &signs).await;
        after.retain(|line| !line.starts_with("change_log:") && !line.starts_with("audit_entry:"));
        assert_eq!(after, [""; 0], "{}", db.engine());
        let there = left(db, &["KANARIE-actor-note"]).await;
        assert_eq!(there.len(), 1, "the actor is still there");
        assert!(!erase(db, &may_erase(&bird.world), of).await, "a second time finds nobody");
        let elsewhere = (Some(bird.world.other_project), DataSubject::Actor(bird.actor));
        let mut tx = db.write().await.expect("write");
        let refused = erasure_rows::remove(&mut tx, &may_erase(&bird.world), elsewhere, NOW).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "the permit is for another project");
        let wrong = bird.world.may("actor", "update");
        assert!(erasure_rows::remove(&mut tx, &wrong, of, NOW).await.is_err(), "another permit");
    }
}

#[tokio::test]
async fn what_others_wrote_about_somebody_is_shown_and_the_premises_stay() {
    in_every_world(async |db, world| {
        let note = format!("update actor set note = 'Bäckerei Ayşe kennt sie' where id = '{}'", world.kita);
        tamper(&db, &note).await;
        let of = (Some(world.project), DataSubject::Actor(world.bakery));
        let plan =
            erasure_rows::plan(&mut db.read().await.expect("read"), of).await.expect("read").expect("there");
        assert_eq!(plan.mentions, [("actor".to_owned(), world.kita.to_string())]);
        let kita = (Some(world.project), DataSubject::Actor(world.kita));
        let plan = erasure_rows::plan(&mut db.read().await.expect("read"), kita)
            .await
            .expect("read")
            .expect("there");
        assert_eq!((plan.members, plan.goes["need"]), (1, 1), "Jonas signs in for it");
        assert!(erase(&db, &may_erase(&world), kita).await);
        let mut conn = db.read().await.expect("read");
        assert_eq!(user::memberships(&mut conn, world.jonas).await.expect("read"), []);
        let changes = change_log::since(&mut conn, 0, 1_000).await.expect("read");
        let removed = |noun: &str, id: String| {
            changes
                .iter()
                .any(|change| change.noun == noun && change.row_id == id && change.change == "removed")
        };
        assert!(removed("actor", world.kita.to_string()), "index and caches learn of it");
        assert!(removed("need", world.wood_wanted.to_string()));
        let nobody = (Some(world.project), DataSubject::Actor(id(ActorId::new)));
        assert_eq!(erasure_rows::plan(&mut conn, nobody).await.expect("read"), None);
    })
    .await;
}

#[tokio::test]
async fn whoever_is_erased_is_named_by_nothing_and_the_chain_is_whole() {
    in_every_world(async |db, world| {
        let act = async |subject: &kiez_domain::policy::Subject| {
            let may =
                permit(subject, "actor", "update", Facts::of_object(world.project, Some(world.kita), false));
            let mut tx = db.write().await.expect("write");
            let kita = kiez_store::actor::find(&mut tx, world.project, world.kita).await.expect("read");
            let kita = kita.expect("there");
            kiez_store::actor::transition(&mut tx, &may, world.kita, kita.version, (kita.stage, NOW))
                .await
                .expect("saved");
            tx.commit().await.expect("commit");
        };
        act(&world.coordinator()).await;
        act(&world.institution()).await;
        let rows = [world.kita.to_string()];
        let span = (NOW, NOW.plus_days(1));
        let seen = async || {
            let mut conn = db.read().await.expect("read");
            let found = audit::about(&mut conn, (world.project, &rows), span, 10).await.expect("read");
            let names = audit_key::names(&mut conn, span).await.expect("read");
            let named = |entry: &audit::Entry| {
                entry.by.as_ref().and_then(|by| names.get(by)).map(|who| who.1.clone())
            };
            found.iter().map(named).collect::<Vec<_>>()
        };
        let both = seen().await;
        assert!(
            both.contains(&Some("Mira".to_owned())) && both.contains(&Some("Jonas".to_owned())),
            "{both:?}"
        );
        let found = audit::about(&mut db.read().await.expect("read"), (world.project, &rows), span, 10).await;
        let names: Vec<String> = found.expect("read").into_iter().filter_map(|entry| entry.by).collect();
        let plain = [world.jonas.to_string(), world.mira.to_string()];
        assert!(names.len() > 1 && !names.iter().any(|name| plain.contains(name)), "{names:?}");
        let mut tx = db.write().await.expect("write");
        assert!(audit::seal(&mut tx, NOW).await.expect("sealed") > 10);
        tx.commit().await.expect("commit");
        assert!(erase(&db, &operator_may(&world, "create"), (None, DataSubject::User(world.jonas))).await);
        let after = seen().await;
        assert!(after.contains(&Some("Mira".to_owned())) && !after.contains(&Some("Jonas".to_owned())));
        assert_eq!(after.len(), both.len(), "what was done stays told");
        assert_eq!(audit::verify(&mut db.read().await.expect("read")).await.expect("read"), None);
    })
    .await;
}

#[tokio::test]
async fn a_project_goes_whole_and_the_one_beside_it_stays() {
    for database in databases().await {
        let db = &database.db;
        let bird = Bird::of(World::build(db).await.expect("built"));
        fill(&database, &bird).await;
        let world = bird.world;
        let of = (Some(world.project), DataSubject::Project(world.project));
        let plan =
            erasure_rows::plan(&mut db.read().await.expect("read"), of).await.expect("read").expect("there");
        assert!(plan.goes["actor"] > 4 && plan.persons > 4, "{plan:?}");
        assert_eq!(plan.members, 3, "Mira, Jonas and the bird belong nowhere else");
        assert!(erase(db, &may_erase(&world), of).await);
        let mut conn = db.read().await.expect("read");
        assert!(project::find(&mut conn, world.project).await.expect("read").is_none());
        assert!(project::find(&mut conn, world.other_project).await.expect("read").is_some());
        assert!(user::find(&mut conn, world.mira).await.expect("read").is_none());
        assert!(user::find(&mut conn, world.olga).await.expect("read").is_some());
        assert_eq!(doctor::check(&mut conn).await.expect("asked"), []);
        drop(conn);
        let mut after = left(db, &["KANARIE", NAME, "Holzreste", "Graefestra"]).await;
        after.retain(|line| !line.starts_with("change_log:"));
        assert_eq!(after, [""; 0], "{}", db.engine());
        assert!(db.clear_deleted().await.expect("cleared"));
        let bytes = bytes(&database).await;
        for sign in ["KANARIE", NAME, "Holzreste"] {
            assert!(!holds(&bytes, sign), "{sign} in the files of {}", db.engine());
        }
    }
}

#[tokio::test]
async fn the_ledger_finds_in_a_copy_of_yesterday_who_was_erased_today() {
    in_every_world(async |db, world| {
        let yesterday = everything(&db).await;
        assert_eq!(erasure::list(&mut db.read().await.expect("read")).await.expect("read"), []);
        for of in [DataSubject::Actor(world.bakery), DataSubject::Actor(world.joiner)] {
            assert!(erase(&db, &may_erase(&world), (Some(world.project), of)).await);
        }
        assert!(erase(&db, &operator_may(&world, "create"), (None, DataSubject::User(world.jonas))).await);
        let conn = &mut db.read().await.expect("read");
        let ledger = erasure::list(conn).await.expect("read");
        assert_eq!(ledger.len(), 3);
        let told = format!("{ledger:?}");
        for plain in [world.bakery.to_string(), world.jonas.to_string(), "Ayşe".to_owned()] {
            assert!(!told.contains(&plain), "a mark names nobody");
        }
        assert_eq!(erasure::survivors(conn, &ledger).await.expect("read"), [], "nobody is there");
        let fingerprint = erasure::fingerprint(conn).await.expect("read");
        for copy in databases().await {
            let may = permit(&world.operator(), "installation", "restore", Facts::INSTALLATION);
            let mut tx = copy.db.write().await.expect("write");
            kiez_store::restore::fill(&mut tx, &may, &mut yesterday.as_bytes()).await.expect("restored");
            assert_eq!(erasure::fingerprint(&mut tx).await.expect("read"), fingerprint);
            let replay = operator_may(&world, "replay");
            erasure::add(&mut tx, &replay, &ledger).await.expect("added");
            erasure::add(&mut tx, &replay, &ledger).await.expect("twice changes nothing");
            let back = erasure::survivors(&mut tx, &ledger).await.expect("read");
            assert_eq!(back.len(), 3);
            for subject in back {
                assert!(erasure_rows::remove(&mut tx, &replay, subject, NOW).await.expect("erased"));
            }
            tx.commit().await.expect("commit");
            assert_eq!(left(&copy.db, &["Ayşe", "Verschnitt", "Jonas"]).await, [""; 0]);
            let mut conn = copy.db.read().await.expect("read");
            assert_eq!(erasure::list(&mut conn).await.expect("read"), ledger);
            assert_eq!(doctor::check(&mut conn).await.expect("asked"), []);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_cleared_from_the_files_yet_is_remembered() {
    in_every_world(async |db, world| {
        erase(&db, &may_erase(&world), (Some(world.project), DataSubject::Actor(world.bakery))).await;
        let uncleared =
            async |at| erasure::count_uncleared(&mut db.read().await.expect("read"), at).await.expect("read");
        assert_eq!((uncleared(NOW).await, uncleared(NOW.plus_minutes(1)).await), (0, 1));
        let mut tx = db.write().await.expect("write");
        erasure::set_cleared(&mut tx, NOW).await.expect("noted");
        tx.commit().await.expect("commit");
        assert_eq!(uncleared(NOW.plus_days(9)).await, 0);
        let foreign = Erased { mark: "x".into(), kind: "actor".into(), at: NOW };
        let mut tx = db.write().await.expect("write");
        let wrong = world.may("actor", "update");
        assert!(erasure::add(&mut tx, &wrong, &[foreign]).await.is_err(), "another permit");
    })
    .await;
}

#[tokio::test]
async fn an_erasing_that_waits_is_done_once() {
    in_every_world(async |db, world| {
        let (first, due) = (id(ErasureRequestId::new), NOW.plus_days(1));
        let targets = [DataSubject::Actor(world.kita), DataSubject::Project(world.project)];
        let mut tx = db.write().await.expect("write");
        let new = (targets.as_slice(), 51);
        erasure_request::create(&mut tx, &may_erase(&world), (first, due), new, NOW).await.expect("stored");
        tx.commit().await.expect("commit");
        let mut conn = db.read().await.expect("read");
        let waiting = erasure_request::list_waiting(&mut conn, world.project).await.expect("read");
        assert_eq!(waiting.len(), 1);
        assert_eq!((waiting[0].targets.as_slice(), waiting[0].persons), (targets.as_slice(), 51));
        assert_eq!((waiting[0].by_user, waiting[0].due_at), (Some(world.mira), due));
        assert_eq!(erasure_request::list_due(&mut conn, NOW).await.expect("read"), []);
        assert_eq!(erasure_request::list_due(&mut conn, due).await.expect("read").len(), 1);
        assert_eq!(erasure_request::find(&mut conn, world.other_project, first).await.expect("read"), None);
        drop(conn);
        let confirm = permit(&world.operator(), "erasure", "confirm", Facts::of_project(world.project));
        let done = RequestState::Waiting.transition(RequestEvent::Confirm).expect("possible");
        let mut tx = db.write().await.expect("write");
        erasure_request::step(&mut tx, &confirm, (first, done), NOW).await.expect("noted");
        let again = erasure_request::step(&mut tx, &confirm, (first, done), NOW).await;
        assert!(matches!(again, Err(StoreError::NotFound)), "once");
        tx.commit().await.expect("commit");
        let found = erasure_request::find(&mut db.read().await.expect("read"), world.project, first).await;
        assert_eq!(found.expect("read").expect("there").state, RequestState::Done);
    })
    .await;
}
