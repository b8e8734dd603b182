use crate::in_every_world;
use kiez_domain::address::Address;
use kiez_domain::id::{ObservationId, PremisesId};
use kiez_domain::period::parse_date;
use kiez_domain::position::Position;
use kiez_domain::premises::{Premises, Use};
use kiez_store::error::StoreError;
use kiez_store::page::Page;
use kiez_store::premises;
use kiez_testkit::{NOW, id};

fn shop(number: &str, used_as: Use) -> Premises {
    Premises {
        id: id(PremisesId::new),
        address: Address {
            street: Some("Dieffenbachstraße".parse().expect("street")),
            house_number: Some(number.parse().expect("number")),
            ..Address::default()
        },
        position: Some(Position::new(52.4925, 13.4155).expect("on the earth")),
        quarter: None,
        actor: None,
        used_as,
        observed_on: Some(parse_date("2026-02-01").expect("day")),
        version: 1,
    }
}

#[tokio::test]
async fn premises_are_listed_by_street_and_number_and_counted_by_use() {
    in_every_world(async |db, world| {
        let shops = [shop("12", Use::Vacant), shop("9", Use::Retail), shop("9a", Use::Vacant)];
        let mut tx = db.write().await.expect("write");
        premises::insert(&mut tx, &world.may("premises", "create"), &shops, NOW).await.expect("stored");
        let listed = premises::list(&mut tx, world.project, Some("dieffenbach"), &Page::default())
            .await
            .expect("read");
        let numbers: Vec<_> = listed
            .rows
            .iter()
            .filter_map(|row| row.address.house_number.as_ref())
            .map(ToString::to_string)
            .collect();
        assert_eq!(numbers, ["9", "9a", "12"]);
        assert!(listed.rows.iter().all(|row| row.quarter == Some(world.graefekiez)));
        assert_eq!(
            premises::list(&mut tx, world.project, Some("graefe"), &Page::default())
                .await
                .expect("read")
                .total,
            0
        );
        let counts = premises::counts_by_use(&mut tx, world.project).await.expect("read");
        assert_eq!(counts, [(Use::Retail, 1), (Use::Vacant, 2)]);
        assert_eq!(premises::known(&mut tx, world.project).await.expect("read").len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_second_look_on_the_same_day_replaces_the_first() {
    in_every_world(async |db, world| {
        let mut seen = shop("1", Use::Vacant);
        let mut tx = db.write().await.expect("write");
        premises::insert(&mut tx, &world.may("premises", "create"), std::slice::from_ref(&seen), NOW)
            .await
            .expect("stored");
        let may = world.may("premises", "create");
        premises::observe(&mut tx, &may, &[(id(ObservationId::new), &seen)]).await.expect("noted");
        seen.used_as = Use::Gastronomy;
        premises::observe(&mut tx, &may, &[(id(ObservationId::new), &seen)]).await.expect("noted again");
        let versions =
            premises::update(&mut tx, &world.may("premises", "update"), std::slice::from_ref(&seen), NOW)
                .await;
        assert_eq!(versions.expect("saved"), [2]);
        assert_eq!(premises::known(&mut tx, world.project).await.expect("read")[0].used_as, Use::Gastronomy);
        let late = premises::update(&mut tx, &world.may("premises", "update"), &[seen], NOW).await;
        assert!(matches!(late, Err(StoreError::Stale)));
    })
    .await;
}
