use crate::database::tamper;
use crate::in_every_world;
use kiez_domain::consent::{ConsentAct, Purpose};
use kiez_store::error::StoreError;
use kiez_store::{actor, doctor, dump};
use kiez_testkit::{World, databases};

#[tokio::test]
async fn a_healthy_database_has_no_findings() {
    in_every_world(async |db, _| {
        assert_eq!(doctor::check(&mut db.read().await.expect("read")).await.expect("asked"), []);
    })
    .await;
}

#[tokio::test]
async fn a_value_that_cannot_be_read_is_an_error_with_its_place_never_a_default() {
    in_every_world(async |db, world| {
        tamper(&db, &format!("update actor set stage = 'nonsense' where id = '{}'", world.bakery)).await;
        let conn = &mut db.read().await.expect("read");
        let read = actor::find(conn, world.project, world.bakery).await;
        assert!(matches!(read, Err(StoreError::Corrupt { table, column }) if table == "actor" && column == "stage"));
        let findings = doctor::check(&mut db.read().await.expect("read")).await.expect("asked");
        assert_eq!(findings.len(), 1);
        assert!(findings[0].to_string().contains("stage") && findings[0].message.contains(&world.bakery.to_string()));
    })
    .await;
}

#[tokio::test]
async fn an_actor_that_is_public_without_a_consent_is_found() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        world.say(&mut tx, (world.kita, Purpose::Web, ConsentAct::Given)).await.expect("noted");
        tx.commit().await.expect("commit");
        assert_eq!(doctor::check(&mut db.read().await.expect("read")).await.expect("asked"), []);
        tamper(&db, &format!("update actor set published = true where id = '{}'", world.bakery)).await;
        let findings = doctor::check(&mut db.read().await.expect("read")).await.expect("asked");
        assert_eq!(findings.len(), 1);
        assert!(findings[0].check == "consent" && findings[0].message.contains(&world.bakery.to_string()));
        tamper(&db, "update consent set purpose = 'everything'").await;
        let findings = doctor::check(&mut db.read().await.expect("read")).await.expect("asked");
        let checks: Vec<_> = findings.iter().map(|finding| finding.check).collect();
        assert!(checks.contains(&"rows"), "{findings:?}");
    })
    .await;
}

#[tokio::test]
async fn a_change_log_that_runs_ahead_and_a_column_without_entry_are_found() {
    in_every_world(async |db, _| {
        tamper(&db, "update change_head set seq = 1").await;
        tamper(&db, "alter table person add column birthday text").await;
        let findings = doctor::check(&mut db.read().await.expect("read")).await.expect("asked");
        let checks: Vec<_> = findings.iter().map(|finding| finding.check).collect();
        assert_eq!(checks, ["change log", "registry"]);
        assert!(findings[1].message.contains("person.birthday"));
    })
    .await;
}

#[tokio::test]
async fn the_same_content_gives_the_same_bytes_from_both_databases() {
    let mut dumps = Vec::new();
    for database in databases().await {
        World::build(&database.db).await.expect("built");
        let mut bytes = Vec::new();
        dump::canonical(&mut database.db.read().await.expect("read"), &mut bytes).await.expect("written");
        dumps.push((database.db.engine(), String::from_utf8(bytes).expect("UTF-8")));
    }
    let (_, first) = &dumps[0];
    let lines: Vec<serde_json::Value> =
        first.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let actor =
        lines.iter().find(|line| line["row"]["name"] == "Bäckerei Ayşe").expect("the bakery is in it");
    assert_eq!(
        (&actor["table"], &actor["row"]["published"], &actor["row"]["version"]),
        (&"actor".into(), &false.into(), &1.into())
    );
    assert_eq!(actor["row"]["lat"], 52.493);
    for (engine, dump) in &dumps[1..] {
        assert_eq!(dump, first, "{engine}");
    }
}
