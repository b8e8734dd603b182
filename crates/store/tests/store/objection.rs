//! Who objected is recognised by a keyed hash that nothing removes.

use crate::in_every_world;
use kiez_domain::id::ObjectionId;
use kiez_domain::objection::ContactKind;
use kiez_store::error::StoreError;
use kiez_store::objection::{self, Objection};
use kiez_testkit::{NOW, id};

fn of(hash: &str) -> Objection {
    Objection { id: id(ObjectionId::new), kind: ContactKind::Phone, hash: hash.to_owned() }
}

#[tokio::test]
async fn an_objection_is_found_in_its_project_and_noted_once() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let may = world.may("objection", "create");
        assert!(objection::add(&mut tx, &may, &of("one"), NOW).await.expect("added"));
        assert!(!objection::add(&mut tx, &may, &of("one"), NOW).await.expect("known"), "a second time");
        assert!(objection::add(&mut tx, &may, &of("two"), NOW).await.expect("added"));
        let hashes = objection::hashes(&mut tx, world.project).await.expect("read");
        assert_eq!(hashes.into_iter().collect::<Vec<_>>(), ["one", "two"]);
        assert!(objection::hashes(&mut tx, world.other_project).await.expect("read").is_empty());
        let wrong = objection::add(&mut tx, &world.may("actor", "update"), &of("three"), NOW).await;
        assert!(matches!(wrong, Err(StoreError::WrongPermit { .. })), "{wrong:?}");
    })
    .await;
}

#[tokio::test]
async fn the_first_key_stays_the_key() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        assert_eq!(objection::key(&mut tx).await.expect("read"), None);
        let may = world.may("objection", "create");
        assert_eq!(objection::key_or(&mut tx, &may, "first").await.expect("made"), "first");
        assert_eq!(objection::key_or(&mut tx, &may, "second").await.expect("read"), "first");
        assert_eq!(objection::key(&mut tx).await.expect("read").as_deref(), Some("first"));
    })
    .await;
}
