//! Two programs, or two hands, at the same moment: each rule holds whoever comes first.

use crate::{in_every_world, new_link, new_session};
use kiez_domain::id::{IdeaId, JobId, LinkId, SessionId};
use kiez_domain::idea::NewIdea;
use kiez_domain::policy::{Facts, Permit, Subject};
use kiez_store::db::Db;
use kiez_store::error::StoreError;
use kiez_store::idempotency::{Remembered, remember};
use kiez_store::{audit, change_log, doctor, idea, job, link, session};
use kiez_testkit::database::{postgres, sqlite};
use kiez_testkit::world::permit;
use kiez_testkit::{NOW, World, databases, id};
use std::collections::BTreeSet;

/// What a visitor may: open a link.
fn open() -> Permit {
    permit(&Subject::visitor(), "session", "create", Facts::INSTALLATION)
}

fn new_idea(words: &str) -> NewIdea {
    NewIdea { actor: None, said_by: None, text: words.parse().expect("text") }
}

async fn idea_of(db: &Db, world: World, words: &str) {
    let mut tx = db.write().await.expect("write");
    idea::create(&mut tx, &world.may("idea", "create"), id(IdeaId::new), &new_idea(words), NOW)
        .await
        .expect("stored");
    tx.commit().await.expect("commit");
}

#[tokio::test]
async fn of_two_that_press_the_button_of_a_link_one_is_signed_in() {
    in_every_world(async |db, world| {
        let may = permit(&world.operator(), "sign_in_link", "create", Facts::INSTALLATION);
        let mut tx = db.write().await.expect("write");
        link::create(
            &mut tx,
            &may,
            &new_link((id(LinkId::new), world.jonas, "token"), NOW.plus_days(7)),
            NOW,
        )
        .await
        .expect("stored");
        tx.commit().await.expect("commit");
        let press = || {
            let db = db.clone();
            tokio::spawn(async move {
                let mut tx = db.write().await.expect("write");
                let spent = link::spend(&mut tx, &open(), "token", NOW).await.expect("asked");
                tx.commit().await.expect("commit");
                spent.is_some()
            })
        };
        let pressed: Vec<_> = (0..8).map(|_| press()).collect();
        let mut signed_in = 0;
        for hand in pressed {
            signed_in += u32::from(hand.await.expect("no panic"));
        }
        assert_eq!(signed_in, 1, "{}", db.engine());
    })
    .await;
}

#[tokio::test]
async fn no_job_is_given_to_two_workers_and_none_is_forgotten() {
    in_every_world(async |db, _| {
        let mut tx = db.write().await.expect("write");
        let jobs: BTreeSet<JobId> = (0..24).map(|_| id(JobId::new)).collect();
        for fresh in &jobs {
            job::enqueue(&mut tx, *fresh, None, ("x", &serde_json::json!({})), NOW).await.expect("stored");
        }
        tx.commit().await.expect("commit");
        let worker = || {
            let db = db.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                // On PostgreSQL a worker that wanted the job of another comes away with nothing and asks again.
                for _ in 0..24 {
                    let mut tx = db.write().await.expect("write");
                    let claimed = job::claim(&mut tx, NOW).await.expect("asked");
                    tx.commit().await.expect("commit");
                    mine.extend(claimed.map(|job| job.id));
                }
                mine
            })
        };
        let workers: Vec<_> = (0..4).map(|_| worker()).collect();
        let mut claimed = Vec::new();
        for worker in workers {
            claimed.extend(worker.await.expect("no panic"));
        }
        assert_eq!(claimed.len(), jobs.len(), "{}: a job was given twice or not at all", db.engine());
        assert_eq!(claimed.into_iter().collect::<BTreeSet<_>>(), jobs);
    })
    .await;
}

#[tokio::test]
async fn a_form_sent_twice_at_once_acts_once() {
    in_every_world(async |db, _| {
        let mut first = db.write().await.expect("write");
        assert_eq!(remember(&mut first, "mira", "k", "one", NOW).await.expect("kept"), Remembered::First);
        let again = {
            let db = db.clone();
            tokio::spawn(async move {
                let mut tx = db.write().await.expect("write");
                remember(&mut tx, "mira", "k", "two", NOW).await.expect("asked")
            })
        };
        first.commit().await.expect("commit");
        assert_eq!(again.await.expect("no panic"), Remembered::Again("one".to_owned()), "{}", db.engine());
    })
    .await;
}

#[tokio::test]
async fn a_form_whose_first_sending_failed_may_be_sent_again() {
    in_every_world(async |db, _| {
        let mut failed = db.write().await.expect("write");
        assert_eq!(remember(&mut failed, "mira", "k", "one", NOW).await.expect("kept"), Remembered::First);
        drop(failed);
        let mut tx = db.write().await.expect("write");
        assert_eq!(remember(&mut tx, "mira", "k", "two", NOW).await.expect("asked"), Remembered::First);
    })
    .await;
}

#[tokio::test]
async fn numbers_of_changes_follow_the_commits_and_not_the_beginnings() {
    // SQLite has one writer at a time: there the question cannot arise.
    let Some(database) = postgres().await else { return };
    database.db.migrate().await.expect("migrated");
    let world = World::build(&database.db).await.expect("built");
    let before = change_log::head(&mut database.db.read().await.expect("read")).await.expect("read");
    let mut early = database.db.write().await.expect("write");
    let begun = id(IdeaId::new);
    idea::create(&mut early, &world.may("idea", "create"), begun, &new_idea("zuerst begonnen"), NOW)
        .await
        .expect("stored");
    idea_of(&database.db, world, "zuerst fertig").await;
    let seen = change_log::head(&mut database.db.read().await.expect("read")).await.expect("read");
    assert_eq!(seen, before + 1, "who has seen this number has seen everything before it");
    early.commit().await.expect("commit");
    let later =
        change_log::since(&mut database.db.read().await.expect("read"), seen, 10).await.expect("read");
    assert_eq!(later.len(), 1);
    assert_eq!((later[0].seq, later[0].row_id.as_str()), (before + 2, begun.to_string().as_str()));
}

#[tokio::test]
async fn a_transaction_after_a_failed_step_keeps_nothing_even_when_it_is_committed() {
    in_every_world(async |db, world| {
        let (fresh, half) = (id(IdeaId::new), new_idea("halb"));
        let mut tx = db.write().await.expect("write");
        let may = world.may("idea", "create");
        idea::create(&mut tx, &may, fresh, &half, NOW).await.expect("stored");
        let twice = idea::create(&mut tx, &may, fresh, &half, NOW).await;
        assert!(matches!(twice, Err(StoreError::Conflict { constraint }) if constraint == "idea_project_id_id_key"));
        assert!(matches!(tx.commit().await, Err(StoreError::Refused(_))), "{}", db.engine());
        let conn = &mut db.read().await.expect("read");
        assert!(idea::find(conn, world.project, fresh).await.expect("read").is_none());
        assert_eq!(doctor::check(conn).await.expect("asked"), []);
    })
    .await;
}

#[tokio::test]
async fn two_programs_that_migrate_at_once_migrate_once() {
    for database in [Some(sqlite().await), postgres().await].into_iter().flatten() {
        let second = Db::open(&database.url).await.expect("opened a second time");
        let (one, two) = tokio::join!(database.db.migrate(), second.migrate());
        let mut steps = [one.expect("migrated"), two.expect("migrated")];
        steps.sort_unstable();
        let newest = steps[0].1;
        assert_eq!(steps, [(0, newest), (newest, newest)], "{}", database.db.engine());
        assert_eq!(doctor::check(&mut second.read().await.expect("read")).await.expect("asked"), []);
    }
}

#[tokio::test]
async fn a_seal_goes_on_where_another_program_stopped() {
    for database in databases().await {
        let world = World::build(&database.db).await.expect("built");
        let second = Db::open(&database.url).await.expect("opened a second time");
        let mut sealed = 0;
        for (round, db) in [&database.db, &second, &database.db].into_iter().enumerate() {
            idea_of(&second, world, &format!("Idee {round}")).await;
            let mut tx = db.write().await.expect("write");
            sealed += audit::seal(&mut tx, NOW).await.expect("sealed");
            tx.commit().await.expect("commit");
        }
        let conn = &mut second.read().await.expect("read");
        assert_eq!(audit::verify(conn).await.expect("read"), None, "{}", database.db.engine());
        assert!(sealed > 10, "{sealed}");
    }
}

#[tokio::test]
async fn an_account_that_is_removed_while_its_link_is_pressed_is_not_signed_in() {
    in_every_world(async |db, world| {
        let make = permit(&world.operator(), "sign_in_link", "create", Facts::INSTALLATION);
        let remove = permit(&world.operator(), "member", "remove", Facts::INSTALLATION);
        let mut tx = db.write().await.expect("write");
        link::create(
            &mut tx,
            &make,
            &new_link((id(LinkId::new), world.jonas, "token"), NOW.plus_days(7)),
            NOW,
        )
        .await
        .expect("stored");
        kiez_store::user::remove(&mut tx, &remove, world.jonas, NOW).await.expect("removed");
        tx.commit().await.expect("commit");
        let mut tx = db.write().await.expect("write");
        assert_eq!(link::spend(&mut tx, &open(), "token", NOW).await.expect("asked"), None);
        let kept = link::find_by_hash(&mut tx, "token").await.expect("read").expect("kept for the history");
        assert_eq!(kept.used_at, None);
        // A session begun in the same breath would be no use either: its account has no memberships.
        let fresh = id(SessionId::new);
        session::create(&mut tx, &open(), &new_session((fresh, world.jonas, "late"), NOW.plus_days(1)), NOW)
            .await
            .expect("stored");
        assert!(kiez_store::user::memberships(&mut tx, world.jonas).await.expect("read").is_empty());
    })
    .await;
}
