//! Premises, and the dated looks at them.

use crate::in_every_world;
use kiez_domain::id::{ImportId, ObservationId, PremisesId};
use kiez_domain::period::parse_date;
use kiez_domain::premises::{NewPremises, PremisesForm, Use};
use kiez_store::conn::Tx;
use kiez_store::error::StoreError;
use kiez_store::import::{self, Incoming};
use kiez_store::import_changed::{self, ChangedRow};
use kiez_store::page::Page;
use kiez_store::premises_observation::{self, Look};
use kiez_store::{import_revert, premises};
use kiez_testkit::{NOW, World, id};

fn shop(number: &str, used_as: Use) -> NewPremises {
    let form = PremisesForm {
        street: "Dieffenbachstraße".into(),
        house_number: number.into(),
        lat: "52.4925".into(),
        lon: "13.4155".into(),
        used_as: used_as.to_string(),
        observed_on: "2026-02-01".into(),
        ..PremisesForm::default()
    };
    NewPremises::try_from(form).expect("filled")
}

async fn created(tx: &mut Tx, world: &World, new: &NewPremises) -> PremisesId {
    let premises = id(PremisesId::new);
    premises::create(tx, &world.may("premises", "create"), premises, new, NOW).await.expect("stored");
    premises
}

fn look(premises: PremisesId, day: &str, used_as: Use) -> Look {
    Look { id: id(ObservationId::new), premises, on: parse_date(day).expect("a day"), used_as }
}

/// What was seen at one place, day by day.
async fn seen(tx: &mut Tx, world: &World, premises: PremisesId) -> Vec<(String, Use)> {
    let looks = premises_observation::list_by_premises(tx, world.project, premises).await.expect("read");
    looks.into_iter().map(|look| (look.on.to_string(), look.used_as)).collect()
}

#[tokio::test]
async fn premises_are_listed_by_street_and_number_and_counted_by_use() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        for new in [shop("12", Use::Vacant), shop("9", Use::Retail), shop("9a", Use::Vacant)] {
            created(&mut tx, &world, &new).await;
        }
        let listed = premises::list(&mut tx, world.project, Some("dieffenbach"), &Page::default())
            .await
            .expect("read");
        let numbers: Vec<_> = listed
            .rows
            .iter()
            .filter_map(|row| row.data.address.house_number.as_ref())
            .map(ToString::to_string)
            .collect();
        assert_eq!(numbers, ["9", "9a", "12"]);
        assert!(listed.rows.iter().all(|row| row.quarter == Some(world.graefekiez)));
        let elsewhere = premises::list(&mut tx, world.project, Some("graefe"), &Page::default()).await;
        assert_eq!(elsewhere.expect("read").total, 0);
        assert_eq!(premises::known(&mut tx, world.project).await.expect("read"), listed.rows);
        let counts = premises::counts_by_use(&mut tx, world.project).await.expect("read");
        assert_eq!(counts, [(Use::Retail, 1), (Use::Vacant, 2)]);
    })
    .await;
}

#[tokio::test]
async fn premises_are_saved_under_their_version() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let vacant = created(&mut tx, &world, &shop("1", Use::Vacant)).await;
        let (may, new) = (world.may("premises", "update"), shop("1", Use::Gastronomy));
        assert_eq!(premises::update(&mut tx, &may, vacant, 1, (&new, NOW)).await.expect("saved"), 2);
        let stored = premises::find(&mut tx, world.project, vacant).await.expect("read").expect("there");
        assert_eq!((&stored.data, stored.version), (&new, 2));
        let late = premises::update(&mut tx, &may, vacant, 1, (&new, NOW)).await;
        assert!(matches!(late, Err(StoreError::Stale)));
        let gone = premises::update(&mut tx, &may, id(PremisesId::new), 1, (&new, NOW)).await;
        assert!(matches!(gone, Err(StoreError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_second_look_on_the_same_day_replaces_the_first() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let here = created(&mut tx, &world, &shop("1", Use::Vacant)).await;
        let may = world.may("premises", "update");
        for look in [
            look(here, "2026-02-01", Use::Vacant),
            look(here, "2025-02-01", Use::Retail),
            look(here, "2026-02-01", Use::Gastronomy),
        ] {
            premises_observation::put(&mut tx, &may, &look).await.expect("noted");
        }
        let both = [("2025-02-01".to_owned(), Use::Retail), ("2026-02-01".to_owned(), Use::Gastronomy)];
        assert_eq!(seen(&mut tx, &world, here).await, both);
        assert_eq!(premises_observation::list(&mut tx, world.project).await.expect("read").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_a_file_saw_is_taken_back_with_its_import() {
    in_every_world(async |db, world| {
        let (may, back) = (world.may("import", "create"), world.may("import", "revert"));
        let mut tx = db.write().await.expect("write");
        let touched = created(&mut tx, &world, &shop("1", Use::Vacant)).await;
        let saved_since = created(&mut tx, &world, &shop("2", Use::Vacant)).await;
        let before = look(touched, "2026-02-01", Use::Vacant);
        premises_observation::put(&mut tx, &world.may("premises", "update"), &before).await.expect("noted");
        let run = id(ImportId::new);
        import::begin(&mut tx, &may, run, ("premises", &[]), NOW).await.expect("begun");
        let change = |id: PremisesId, number: &str| ChangedRow {
            id,
            version: 1,
            data: shop(number, Use::Retail),
            earlier: Some("{}".into()),
            memory: None,
        };
        let rows = [change(touched, "1"), change(saved_since, "2")];
        import_changed::update_premises(&mut tx, &may, run, &rows, NOW).await.expect("saved");
        let looks = [
            look(touched, "2026-02-01", Use::Retail),
            look(touched, "2026-03-01", Use::Retail),
            look(saved_since, "2026-03-01", Use::Retail),
        ];
        premises_observation::bring_in(&mut tx, &may, run, &looks).await.expect("noted");
        let person = shop("2", Use::Social);
        premises::update(&mut tx, &world.may("premises", "update"), saved_since, 2, (&person, NOW))
            .await
            .expect("saved");
        premises_observation::take_back(&mut tx, &back, run).await.expect("taken back");
        assert_eq!(seen(&mut tx, &world, touched).await, [("2026-02-01".to_owned(), Use::Vacant)]);
        let kept = seen(&mut tx, &world, saved_since).await;
        assert_eq!(kept, [("2026-03-01".to_owned(), Use::Retail)], "a look goes with its premises alone");
    })
    .await;
}

#[tokio::test]
async fn premises_that_a_file_made_go_with_its_import() {
    in_every_world(async |db, world| {
        let may = world.may("import", "create");
        let mut tx = db.write().await.expect("write");
        let run = id(ImportId::new);
        import::begin(&mut tx, &may, run, ("premises", &[]), NOW).await.expect("begun");
        let row = Incoming {
            id: id(PremisesId::new),
            data: shop("9", Use::Vacant),
            source_key: "id:9".into(),
            imported: "{}".into(),
        };
        import::insert_premises(&mut tx, &may, run, std::slice::from_ref(&row), NOW).await.expect("stored");
        let known = import_changed::known_premises(&mut tx, world.project).await.expect("read");
        assert_eq!((known.len(), &known[0].data), (1, &row.data));
        let removed = import_revert::remove_created(&mut tx, &world.may("import", "revert"), run, NOW).await;
        assert_eq!(removed.expect("removed"), 1);
        assert!(premises::find(&mut tx, world.project, row.id).await.expect("read").is_none());
    })
    .await;
}
