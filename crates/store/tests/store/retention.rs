//! What has been kept long enough goes on its day and not before.

use crate::database::tamper;
use crate::in_every_world;
use kiez_domain::id::{ProjectId, RetentionRunId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::{Facts, Permit};
use kiez_store::db::Db;
use kiez_store::retention::{self, Class};
use kiez_store::retention_run::{self, RetentionRun, RunState};
use kiez_testkit::world::permit;
use kiez_testkit::{NOW, World, id};
use std::collections::BTreeMap;

/// One row of every class, whose time began now.
async fn old(db: &Db, world: &World) {
    let (project, at) = (world.project, NOW.0);
    let row = |n: u32| format!("0198c0de-0000-7000-9000-{n:012}");
    let run = row(1);
    for sql in [
        format!("update need set state = 'draft', updated_at = {at} where id = '{}'", world.wood_wanted),
        format!(
            "insert into idea (project_id, id, text, state, version, created_at, updated_at) values ('{project}', '{}', 'Idee', 'shelved', 1, {at}, {at})",
            row(2)
        ),
        format!("update actor set stage = 'declined', updated_at = {at} where id = '{}'", world.bakery),
        // The no was said long before somebody mended the address.
        format!("update actor set stage = 'declined', updated_at = {at} where id = '{}'", world.joiner),
        format!(
            "insert into answer (project_id, id, actor_id, kind, said, told_on, created_at) values ('{project}', '{}', '{}', '', 'no', '2026-03-02', {at})",
            row(3),
            world.joiner
        ),
        format!("update actor set updated_at = {} where id = '{}'", at + 86_400_000_000, world.joiner),
        format!(
            "insert into person (project_id, id, actor_id, name, version, created_at, updated_at, left_on) values ('{project}', '{}', '{}', 'Karla', 1, {at}, {at}, '2026-03-02')",
            row(4),
            world.kita
        ),
        format!(
            "insert into import_run (project_id, id, kind, files, at, state, counts) values ('{project}', '{run}', 'actors', '[]', {at}, 'done', '{{}}')"
        ),
        format!(
            "insert into import_change (project_id, import_id, noun, row_id, change, version) values ('{project}', '{run}', 'actor', 'x', 'created', 1)"
        ),
        format!(
            "insert into import_refusal (project_id, import_id, position, file, line, field, reason, own_field) values ('{project}', '{run}', 1, 'f', 1, 'name', 'fehlt', true)"
        ),
        format!(
            "insert into difference (project_id, id, noun, row_id, field, ours, theirs, import_id, resolved_at) values ('{project}', '{}', 'actor', 'x', 'name', 'a', 'b', '{run}', {at})",
            row(5)
        ),
        format!("update user_account set removed_at = {at} where id = '{}'", world.jonas),
        format!(
            "insert into sign_in_link (id, token_hash, user_id, purpose, created_at, expires_at) values ('{}', 'h', '{}', 'sign_in', {at}, {at})",
            row(6),
            world.mira
        ),
        format!(
            "insert into session (id, token_hash, user_id, created_at, last_seen_at, expires_at) values ('{}', 'h', '{}', {at}, {at}, {at})",
            row(7),
            world.mira
        ),
        format!("insert into idempotency_key (who, key, at, outcome) values ('w', 'k', {at}, 'o')"),
        format!(
            "insert into job (id, kind, payload, run_at, attempts, done_at) values ('{}', 'k', '{{}}', {at}, 1, {at})",
            row(8)
        ),
    ] {
        tamper(db, &sql).await;
    }
}

fn may(world: &World, resource: &str, action: &str, project: Option<ProjectId>) -> Permit {
    let facts = project.map_or(Facts::INSTALLATION, Facts::of_project);
    permit(&world.operator(), resource, action, facts)
}

async fn due(db: &Db, project: Option<ProjectId>, now: Instant) -> BTreeMap<String, (u64, u64)> {
    let found = retention::due(&mut db.read().await.expect("read"), project, now).await.expect("read");
    let due = found.into_iter().filter(|due| due.rows > 0);
    due.map(|due| (due.class.id.clone(), (due.rows, due.persons))).collect()
}

async fn remove(
    db: &Db,
    world: &World,
    (class, project): (&'static Class, Option<ProjectId>),
    now: Instant,
) -> u64 {
    let (run, erase) = (may(world, "retention", "run", project), may(world, "erasure", "create", project));
    let mut tx = db.write().await.expect("write");
    let removed = retention::remove(&mut tx, (&run, &erase), class, now).await.expect("removed");
    tx.commit().await.expect("commit");
    removed
}

#[tokio::test]
async fn each_class_goes_on_its_day() {
    in_every_world(async |db, world| {
        old(&db, &world).await;
        for project in [Some(world.project), None] {
            for class in retention::classes(project.is_some()) {
                // A key of the trail is for thirty days at a time.
                let slack = if class.id == "audit" { 31 } else { 1 };
                let (before, day) = (NOW.plus_days(class.after - 1), NOW.plus_days(class.after + slack));
                assert!(!due(&db, project, before).await.contains_key(&class.id), "{} too early", class.id);
                let (rows, persons) = due(&db, project, day).await[&class.id];
                let of_people = ["declined", "left", "account"].contains(&class.id.as_str());
                assert_eq!(persons, if of_people { rows } else { 0 }, "{}", class.id);
                assert_eq!(remove(&db, &world, (class, project), before).await, 0, "{} too early", class.id);
                assert_eq!(remove(&db, &world, (class, project), day).await, rows, "{}", class.id);
                assert!(!due(&db, project, day).await.contains_key(&class.id), "{} is still there", class.id);
            }
        }
        let mut conn = db.read().await.expect("read");
        let gone = kiez_store::actor::find(&mut conn, world.project, world.bakery).await.expect("read");
        assert!(gone.is_none());
        assert!(kiez_store::user::find(&mut conn, world.jonas).await.expect("read").is_none());
        assert_eq!(
            kiez_store::erasure::list(&mut conn).await.expect("read").len(),
            4,
            "people stand in the ledger"
        );
    })
    .await;
}

#[tokio::test]
async fn what_somebody_wants_kept_stays_and_of_another_project_nothing_goes() {
    in_every_world(async |db, world| {
        old(&db, &world).await;
        let later = NOW.plus_days(4_000);
        assert!(due(&db, Some(world.project), later).await.contains_key("declined"));
        assert_eq!(due(&db, Some(world.other_project), later).await, BTreeMap::new());
        let at = NOW.0;
        for (number, actor) in [(11, world.bakery), (12, world.joiner)] {
            tamper(&db, &format!("insert into restriction (project_id, id, actor_id, state, reason, version, created_at, updated_at) values ('{}', '0198c0de-0000-7000-9000-{number:012}', '{actor}', 'restricted', 'r', 1, {at}, {at})", world.project)).await;
        }
        assert!(!due(&db, Some(world.project), later).await.contains_key("declined"));
        let people = retention::count_people(&mut db.read().await.expect("read"), Some(world.project)).await;
        assert_eq!(people.expect("read"), 3, "two businesses and Karla");
        assert_eq!(retention::count_people(&mut db.read().await.expect("read"), None).await.expect("read"), 3);
        let wrong = world.may("actor", "update");
        let class = retention::classes(true).next().expect("a class");
        let mut tx = db.write().await.expect("write");
        assert!(retention::remove(&mut tx, (&wrong, &wrong), class, later).await.is_err(), "another permit");
    })
    .await;
}

#[tokio::test]
async fn looks_are_remembered_by_place() {
    in_every_world(async |db, world| {
        let run = |state, at: Instant| RetentionRun {
            at,
            state,
            persons: 2,
            of_persons: 30,
            counts: [("left".to_owned(), 2)].into(),
        };
        let runs = [
            (Some(world.project), run(RunState::Stopped, NOW)),
            (Some(world.project), run(RunState::Agreed, NOW.plus_days(1))),
            (None, run(RunState::Done, NOW)),
        ];
        let mut tx = db.write().await.expect("write");
        for (place, run) in &runs {
            let may = may(&world, "retention", "run", *place);
            retention_run::create(&mut tx, &may, id(RetentionRunId::new), run).await.expect("stored");
        }
        tx.commit().await.expect("commit");
        let mut conn = db.read().await.expect("read");
        let of_project = retention_run::list(&mut conn, Some(world.project), 9).await.expect("read");
        assert_eq!(of_project, [runs[1].1.clone(), runs[0].1.clone()]);
        assert_eq!(retention_run::list(&mut conn, None, 9).await.expect("read"), [runs[2].1.clone()]);
        assert_eq!(retention_run::list(&mut conn, Some(world.other_project), 9).await.expect("read"), []);
    })
    .await;
}
