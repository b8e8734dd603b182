//! Rows go out as lines and come back the same, from every database into every other.

use crate::database::{A_PROJECT, tamper};
use crate::in_every_world;
use kiez_domain::id::IdeaId;
use kiez_domain::idea::NewIdea;
use kiez_domain::policy::{Facts, Permit};
use kiez_store::backup::{self, Contents, OF_THIS_COPY};
use kiez_store::db::Db;
use kiez_store::error::StoreError;
use kiez_store::{audit, change_log, doctor, dump, idea, idempotency, mail, restore};
use kiez_testkit::database::{postgres, sqlite};
use kiez_testkit::world::permit;
use kiez_testkit::{NOW, TestDatabase, World, databases, id};

async fn lines(db: &Db) -> (Contents, Vec<u8>) {
    let mut lines = Vec::new();
    let mut conn = db.read().await.expect("read");
    let contents = backup::write(&mut conn, (db.engine(), NOW), &mut lines).await.expect("written");
    (contents, lines)
}

pub(crate) async fn dumped(db: &Db) -> String {
    let mut bytes = Vec::new();
    dump::canonical(&mut db.read().await.expect("read"), &mut bytes).await.expect("written");
    String::from_utf8(bytes).expect("UTF-8")
}

fn may_restore() -> Permit {
    let operator = kiez_domain::policy::Subject::operator(None);
    permit(&operator, "installation", "restore", Facts::INSTALLATION)
}

async fn fill(db: &Db, lines: &[u8]) -> Result<Contents, StoreError> {
    let mut tx = db.write().await?;
    let contents = restore::fill(&mut tx, &may_restore(), &mut &lines[..]).await?;
    tx.commit().await?;
    Ok(contents)
}

async fn look(lines: &[u8]) -> Result<Contents, StoreError> {
    let db = Db::open("sqlite::memory:").await?;
    let mut tx = db.write().await?;
    restore::look(&mut tx, &mut &lines[..]).await
}

/// Empty databases of each engine.
pub(crate) async fn empty() -> Vec<TestDatabase> {
    [Some(sqlite().await), postgres().await].into_iter().flatten().collect()
}

#[tokio::test]
async fn what_one_database_wrote_the_other_reads() {
    in_every_world(async |db, _| {
        let mut tx = db.write().await.expect("write");
        audit::seal(&mut tx, NOW.plus_days(1)).await.expect("sealed");
        tx.commit().await.expect("commit");
        let (written, lines) = lines(&db).await;
        assert!(written.tables.iter().all(|(table, _)| !OF_THIS_COPY.contains(&table.as_str())));
        assert!(written.rows() > 30);
        assert_eq!(look(&lines).await.expect("whole"), written);
        let source = dumped(&db).await;
        for copy in empty().await {
            assert_eq!(fill(&copy.db, &lines).await.expect("restored"), written);
            copy.db.demand_current_schema().await.expect("current");
            assert!(dumped(&copy.db).await == source, "{} to {}", db.engine(), copy.db.engine());
            let mut conn = copy.db.read().await.expect("read");
            assert_eq!(doctor::check(&mut conn).await.expect("asked"), []);
            assert_eq!(audit::verify(&mut conn).await.expect("asked"), None);
            let (here, there) = (
                change_log::head(&mut conn).await.expect("read"),
                change_log::head(&mut db.read().await.expect("read")).await.expect("read"),
            );
            assert_eq!(here, there);
            drop(conn);
            // Work goes on where it ended.
            new_idea(&copy.db, &one_world(), "weiter").await;
            let mut conn = copy.db.read().await.expect("read");
            assert_eq!(change_log::head(&mut conn).await.expect("read"), there + 1);
        }
    })
    .await;
}

/// The named world, whose ids are the same everywhere.
fn one_world() -> World {
    static WORLD: std::sync::OnceLock<World> = std::sync::OnceLock::new();
    *WORLD.get_or_init(|| {
        std::thread::spawn(|| {
            tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
                let db = Db::open("sqlite::memory:").await.expect("opened");
                db.migrate().await.expect("migrated");
                World::build(&db).await.expect("built")
            })
        })
        .join()
        .expect("built")
    })
}

async fn new_idea(db: &Db, world: &World, words: &str) {
    let new = NewIdea { actor: None, said_by: None, text: words.parse().expect("text") };
    let mut tx = db.write().await.expect("write");
    idea::create(&mut tx, &world.may("idea", "create"), id(IdeaId::new), &new, NOW).await.expect("stored");
    tx.commit().await.expect("commit");
}

#[tokio::test]
async fn a_backup_holds_one_moment_however_many_write() {
    for database in databases().await {
        let world = World::build(&database.db).await.expect("built");
        let writers: Vec<_> = (0..4)
            .map(|_| {
                let db = database.db.clone();
                tokio::spawn(async move {
                    for number in 0..25 {
                        new_idea(&db, &world, &format!("Idee {number}")).await;
                    }
                })
            })
            .collect();
        let mut seen = Vec::new();
        while !writers.iter().all(tokio::task::JoinHandle::is_finished) {
            let (contents, lines) = lines(&database.db).await;
            let rows = |table: &str| contents.tables.iter().find(|(name, _)| name == table).expect("there").1;
            // Every idea came with its line of the log and its entry of the trail in one transaction.
            seen.push((rows("idea"), rows("change_log"), rows("audit_entry")));
            let copy = sqlite().await;
            fill(&copy.db, &lines).await.expect("restored");
            let mut conn = copy.db.read().await.expect("read");
            assert_eq!(doctor::check(&mut conn).await.expect("asked"), []);
            assert_eq!(change_log::head(&mut conn).await.expect("read") as u64, rows("change_log"));
        }
        for writer in writers {
            writer.await.expect("written");
        }
        let (ideas, changes, entries) = seen[0];
        for (more_ideas, more_changes, more_entries) in seen {
            assert_eq!(more_ideas - ideas, more_changes - changes, "half a transaction was copied");
            assert_eq!(more_ideas - ideas, more_entries - entries, "half a transaction was copied");
        }
    }
}

#[tokio::test]
async fn an_installation_that_is_there_and_tables_of_others_are_left_alone() {
    in_every_world(async |db, _| {
        let (_, lines) = lines(&db).await;
        let before = dumped(&db).await;
        let refused = fill(&db, &lines).await.expect_err("occupied").to_string();
        assert!(refused.contains("not empty") && refused.contains("actor ("), "{refused}");
        assert!(dumped(&db).await == before);
        for copy in empty().await {
            tamper(&copy.db, "create table theirs (id bigint not null primary key)").await;
            let refused = fill(&copy.db, &lines).await.expect_err("foreign").to_string();
            assert!(refused.contains("theirs"), "{refused}");
            assert_eq!(copy.db.schema_version().await.expect("read"), 0, "nothing was made");
        }
        // A schema without rows is as good as none.
        for copy in databases().await {
            fill(&copy.db, &lines).await.expect("restored");
            assert!(dumped(&copy.db).await == before);
        }
    })
    .await;
}

#[tokio::test]
async fn an_older_schema_is_brought_forward_and_a_newer_one_refused() {
    let source = sqlite().await;
    source.db.migrate_to(11).await.expect("migrated");
    tamper(&source.db, A_PROJECT).await;
    let (contents, lines) = lines(&source.db).await;
    let text = String::from_utf8(lines).expect("UTF-8");
    let now = format!("\"schema\":{}", contents.head.schema);
    assert_eq!(now, "\"schema\":11");
    source.db.migrate().await.expect("brought forward");
    for copy in empty().await {
        let restored = fill(&copy.db, text.as_bytes()).await.expect("restored");
        assert_eq!(restored.head.schema, 11);
        copy.db.demand_current_schema().await.expect("brought forward");
        let rows = dumped(&copy.db).await;
        assert!(rows.contains("Kiez am Kanal") && rows == dumped(&source.db).await);
    }
    // Nine had no answers yet: its tables are others.
    let much_older = text.replacen(&now, "\"schema\":9", 1);
    let refused = look(much_older.as_bytes()).await.expect_err("does not fit").to_string();
    assert!(refused.contains("answer") && refused.contains("schema 9"), "{refused}");
    let newer = text.replacen(&now, "\"schema\":99", 1).replacen("0.1.0", "7.8.9", 1);
    let refused = look(newer.as_bytes()).await.expect_err("newer").to_string();
    assert!(refused.contains("7.8.9") && refused.contains("99") && refused.contains("install"), "{refused}");
}

#[tokio::test]
async fn lines_that_are_missing_twice_there_or_none_of_ours_are_found() {
    let source = sqlite().await;
    source.db.migrate().await.expect("migrated");
    World::build(&source.db).await.expect("built");
    let (_, written) = lines(&source.db).await;
    let text = String::from_utf8(written).expect("UTF-8");
    let all: Vec<&str> = text.lines().collect();
    let joined = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    assert!(look(joined(&all).as_bytes()).await.is_ok());
    for at in 0..all.len() {
        let mut without = all.clone();
        without.remove(at);
        assert!(look(joined(&without).as_bytes()).await.is_err(), "without {}", all[at]);
        assert!(look(joined(&all[..at]).as_bytes()).await.is_err(), "up to {}", all[at]);
        let mut twice = all.clone();
        twice.insert(at, all[at]);
        assert!(look(joined(&twice).as_bytes()).await.is_err(), "twice {}", all[at]);
    }
    for (from, to) in [
        ("{\"table\":[\"actor\"", "{\"table\":[\"actors\""),
        ("bigint", "text"),
        (",false,", ",0,"),
        ("{\"all\"", "{\"al\""),
    ] {
        assert!(text.contains(from), "{from}");
        assert!(look(text.replacen(from, to, 1).as_bytes()).await.is_err(), "{from}");
    }
    let cut = &text.as_bytes()[..text.len() - 1];
    assert!(look(cut).await.expect_err("no last line").to_string().contains("not whole"));
}

#[tokio::test]
async fn mail_waits_until_it_is_released() {
    in_every_world(async |db, world| {
        let may = |action| permit(&world.operator(), "mail_hold", action, Facts::INSTALLATION);
        let held = async || mail::held(&mut db.read().await.expect("read")).await.expect("read");
        assert_eq!(held().await, None);
        let mut tx = db.write().await.expect("write");
        mail::hold(&mut tx, &may("hold"), mail::RESTORED, NOW).await.expect("held");
        mail::hold(&mut tx, &may("hold"), "asked", NOW.plus_days(1)).await.expect("held");
        assert!(mail::hold(&mut tx, &may("read"), "asked", NOW).await.is_err(), "another permit");
        tx.commit().await.expect("commit");
        let hold = held().await.expect("it waits");
        assert_eq!((hold.since, hold.reason.as_str()), (NOW, mail::RESTORED), "the first reason stays");
        let mut tx = db.write().await.expect("write");
        assert!(mail::release(&mut tx, &may("release"), NOW).await.expect("released"));
        assert!(!mail::release(&mut tx, &may("release"), NOW).await.expect("nothing to do"));
        tx.commit().await.expect("commit");
        assert_eq!(held().await, None);
    })
    .await;
}

#[tokio::test]
async fn trying_whether_the_disk_takes_something_leaves_nothing_behind() {
    in_every_world(async |db, _| {
        let before = dumped(&db).await;
        let mut tx = db.write().await.expect("write");
        idempotency::probe(&mut tx).await.expect("tried");
        tx.commit().await.expect("commit");
        assert!(dumped(&db).await == before);
        assert!(!db.is_unwritable());
    })
    .await;
}
