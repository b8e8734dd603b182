use crate::in_every_world;
use kiez_domain::policy::Permit;
use kiez_store::db::Db;
use kiez_store::error::StoreError;
use kiez_store::ground::{self, NewGround};
use kiez_store::{change_log, doctor, dump};
use kiez_testkit::NOW;

/// An archive of so many bytes in which every place has another neighbour.
fn archive(length: usize) -> Vec<u8> {
    (0..length).map(|place| u8::try_from(place * 31 % 251).expect("below 251")).collect()
}

async fn put(db: &Db, permit: &Permit, etag: &str, archive: &[u8]) -> bool {
    let attribution = "© OpenStreetMap contributors".parse().expect("a line");
    let new = NewGround { etag, attribution: Some(&attribution), archive };
    let mut tx = db.write().await.expect("write");
    let changed = ground::put(&mut tx, permit, new, NOW).await.expect("stored");
    tx.commit().await.expect("commit");
    changed
}

#[tokio::test]
async fn any_range_comes_back_whole_across_the_parts() {
    in_every_world(async |db, world| {
        let bytes = archive(600_000);
        assert!(put(&db, &world.may("ground", "update"), "a", &bytes).await);
        let conn = &mut db.read().await.expect("read");
        for range in [0..1, 0..600_000, 262_143..262_145, 262_144..524_288, 500_000..600_000, 7..7] {
            let found = ground::read(conn, world.project, range.clone()).await.expect("read");
            let place = |at: u64| usize::try_from(at).expect("small");
            assert!(found == bytes[place(range.start)..place(range.end)], "{range:?}");
        }
        let beyond = ground::read(conn, world.project, 599_999..700_000).await.expect("read");
        assert_eq!(beyond, bytes[599_999..], "shorter where the archive ends");
        assert_eq!(ground::read(conn, world.project, 600_000..u64::MAX).await.expect("read"), [0; 0]);
        assert_eq!(ground::read(conn, world.other_project, 0..100).await.expect("read"), [0; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_new_archive_replaces_the_old_one_whole_and_the_same_one_changes_nothing() {
    in_every_world(async |db, world| {
        let may = world.may("ground", "update");
        assert!(put(&db, &may, "a", &archive(600_000)).await);
        let head = change_log::head(&mut db.read().await.expect("read")).await.expect("read");
        assert!(!put(&db, &may, "a", &archive(600_000)).await);
        assert_eq!(change_log::head(&mut db.read().await.expect("read")).await.expect("read"), head);
        assert!(put(&db, &may, "b", &archive(1_000)).await);
        let conn = &mut db.read().await.expect("read");
        let found = ground::find(conn, world.project).await.expect("read").expect("there");
        assert_eq!((found.etag.as_str(), found.size, found.version), ("b", 1_000, 2));
        assert_eq!(found.attribution.map(String::from).as_deref(), Some("© OpenStreetMap contributors"));
        assert_eq!(ground::read(conn, world.project, 0..600_000).await.expect("read"), archive(1_000));
        let changes = change_log::since(conn, head, 10).await.expect("read");
        let told: Vec<_> =
            changes.iter().map(|change| (change.noun.as_str(), change.change.as_str())).collect();
        assert_eq!(told, [("ground", "updated")]);
        assert_eq!(ground::find(conn, world.other_project).await.expect("read"), None);
    })
    .await;
}

#[tokio::test]
async fn a_permit_for_something_else_draws_nothing() {
    in_every_world(async |db, world| {
        let new = NewGround { etag: "a", attribution: None, archive: &[1] };
        let mut tx = db.write().await.expect("write");
        let refused = ground::put(&mut tx, &world.may("quarter", "create"), new, NOW).await;
        assert!(matches!(refused, Err(StoreError::WrongPermit { .. })));
    })
    .await;
}

#[tokio::test]
async fn a_lost_part_is_found_by_the_doctor_and_never_read_as_something_shorter() {
    in_every_world(async |db, world| {
        put(&db, &world.may("ground", "update"), "a", &archive(600_000)).await;
        let sound = doctor::check(&mut db.read().await.expect("read")).await.expect("checked");
        assert!(sound.iter().all(|finding| finding.check != "ground"), "{sound:?}");
        crate::database::tamper(&db, "delete from ground_part where part = 1").await;
        let conn = &mut db.read().await.expect("read");
        let findings = doctor::check(conn).await.expect("checked");
        let found: Vec<&str> =
            findings.iter().filter(|f| f.check == "ground").map(|f| f.message.as_str()).collect();
        assert!(found.len() == 1 && found[0].contains("337856 of 600000 bytes"), "{found:?}");
        let read = ground::read(conn, world.project, 0..600_000).await;
        assert!(matches!(read, Err(StoreError::Corrupt { table, .. }) if table == "ground_part"));
    })
    .await;
}

#[tokio::test]
async fn a_dump_writes_the_bytes_as_digits_on_both_databases() {
    in_every_world(async |db, world| {
        put(&db, &world.may("ground", "update"), "a", &[0x00, 0x0f, 0xf0, 0xff]).await;
        let mut text = Vec::new();
        dump::canonical(&mut db.read().await.expect("read"), &mut text).await.expect("dumped");
        let text = String::from_utf8(text).expect("text");
        assert!(text.contains(r#""content":"000ff0ff""#), "{text}");
    })
    .await;
}
