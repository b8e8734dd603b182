use crate::in_every_world;
use kiez_domain::address_point::AddressPoint;
use kiez_domain::position::Position;
use kiez_store::address_point;

fn door(street: &str, number: &str, postcode: &str, lat: f64) -> AddressPoint {
    let at = Position::new(lat, 13.41).expect("on the earth");
    AddressPoint::from_texts((street, number), (postcode, "Berlin"), at).expect("a door")
}

#[tokio::test]
async fn doors_are_found_by_street_in_any_spelling() {
    in_every_world(async |db, world| {
        let may = world.may("import", "create");
        let doors = [
            door("Graefestraße", "12", "10967", 52.49),
            door("Graefestraße", "3", "10967", 52.491),
            door("Planufer", "3", "", 52.495),
        ];
        let mut tx = db.write().await.expect("write");
        address_point::put(&mut tx, &may, &doors).await.expect("stored");
        for spelling in ["Graefestr.", "GRAEFESTRASSE", "Graefe-Straße"] {
            let found = address_point::of_street(&mut tx, world.project, spelling).await.expect("read");
            assert_eq!(found, doors[..2], "{spelling}");
        }
        assert_eq!(address_point::of_street(&mut tx, world.project, "Weserstraße").await.expect("read"), []);
        assert_eq!(
            address_point::all(&mut tx, world.other_project).await.expect("read"),
            [],
            "of this project"
        );
        assert_eq!(address_point::all(&mut tx, world.project).await.expect("read").len(), 3);
    })
    .await;
}

#[tokio::test]
async fn a_door_that_was_drawn_anew_is_where_it_is_now() {
    in_every_world(async |db, world| {
        let may = world.may("import", "create");
        let mut tx = db.write().await.expect("write");
        // The same door twice in one call: the first counts, and no database trips over it.
        let twice = [door("Graefestraße", "12 A", "10967", 52.49), door("Graefestr.", "12a", "10967", 52.50)];
        address_point::put(&mut tx, &may, &twice).await.expect("stored");
        assert_eq!(address_point::all(&mut tx, world.project).await.expect("read"), twice[..1]);
        let moved = [door("Graefestraße", "12a", "10967", 52.4901)];
        address_point::put(&mut tx, &may, &moved).await.expect("stored");
        assert_eq!(address_point::all(&mut tx, world.project).await.expect("read"), moved);
        assert_eq!(address_point::key(&twice[0]), address_point::key(&moved[0]));
        let other = world.may("actor", "create");
        assert!(address_point::put(&mut tx, &other, &moved).await.is_err(), "another permit does not do");
    })
    .await;
}
