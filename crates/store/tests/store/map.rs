use crate::in_every_world;
use kiez_domain::address::Address;
use kiez_domain::bounds::Bounds;
use kiez_domain::id::{ActorId, PremisesId};
use kiez_domain::issue::Issues;
use kiez_domain::need::{NeedForm, NewNeed};
use kiez_domain::position::Position;
use kiez_domain::premises::{NewPremises, Use};
use kiez_store::actor::ActorFilter;
use kiez_store::map::MapPart;
use kiez_store::{actor, map, posting, premises, public};
use kiez_testkit::{NOW, id};

const EVERYTHING: MapPart<'_> = MapPart { words: None, most: 100 };

fn near(a: Position, lat: f64, lon: f64) -> bool {
    (a.lat() - lat).abs() < 1e-9 && (a.lon() - lon).abs() < 1e-9
}

#[tokio::test]
async fn a_card_stands_at_its_own_place_else_at_the_seat_of_its_actor() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let kita = actor::find(&mut tx, world.project, world.kita).await.expect("read").expect("there");
        let seat = kita.data.position.expect("the Kita has a seat");
        let found = map::needs(&mut tx, world.project, EVERYTHING).await.expect("read");
        let wood = found.iter().find(|card| card.id == world.wood_wanted).expect("on the map");
        assert_eq!((wood.position, wood.actor_name.as_deref()), (seat, Some("Kita Sonnenblume")));

        let before = posting::find::<NewNeed>(&mut tx, world.project, world.wood_wanted)
            .await
            .expect("read")
            .expect("there");
        let form = {
            let mut form = NeedForm::from(&before.data);
            (form.card.lat, form.card.lon) = ("52.5".into(), "13.4".into());
            form
        };
        let moved = NewNeed::try_from(form).expect("valid");
        let may = world.may("need", "update");
        posting::update::<NewNeed>(&mut tx, &may, world.wood_wanted, before.version, (&moved, NOW))
            .await
            .expect("saved");
        let found = map::needs(&mut tx, world.project, EVERYTHING).await.expect("read");
        let wood = found.iter().find(|card| card.id == world.wood_wanted).expect("on the map");
        assert!(near(wood.position, 52.5, 13.4));
    })
    .await;
}

#[tokio::test]
async fn only_open_cards_of_the_project_that_have_the_words_are_shown() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let offers = map::offers(&mut tx, world.project, EVERYTHING).await.expect("read");
        assert_eq!(offers.iter().map(|card| card.id).collect::<Vec<_>>(), [world.offcuts]);
        let nothing = MapPart { words: Some("Xylophon"), most: 100 };
        assert!(map::offers(&mut tx, world.project, nothing).await.expect("read").is_empty());
        assert!(map::needs(&mut tx, world.other_project, EVERYTHING).await.expect("read").is_empty());
        let one = MapPart { words: None, most: 1 };
        assert_eq!(map::needs(&mut tx, world.project, one).await.expect("read").len(), 1);
        let may = world.may("need", "update");
        let withdrawn = kiez_domain::need::NeedState::Withdrawn;
        posting::transition::<NewNeed>(&mut tx, &may, world.wood_wanted, 1, (withdrawn, NOW))
            .await
            .expect("moved");
        let left = map::needs(&mut tx, world.project, EVERYTHING).await.expect("read");
        assert!(left.iter().all(|card| card.id != world.wood_wanted));
    })
    .await;
}

#[tokio::test]
async fn a_door_tells_its_use_and_who_is_in_it() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let mut issues = Issues::default();
        let door = |street: &str, place: Option<Position>, actor: Option<ActorId>, issues: &mut Issues| {
            let address = Address::collect(issues, street, "7", "10967", "Berlin");
            let (used_as, observed_on) = (Use::LocalEconomy, None);
            (id(PremisesId::new), NewPremises { address, position: place, actor, used_as, observed_on })
        };
        let here = Position::new(52.4917, 13.4157).ok();
        let rows = [
            door("Graefestraße", here, Some(world.joiner), &mut issues),
            door("Böckhstraße", here, None, &mut issues),
            door("Dieffenbachstraße", None, None, &mut issues),
        ];
        issues.finish().expect("addresses are valid");
        for (id, new) in &rows {
            premises::create(&mut tx, &world.may("premises", "create"), *id, new, NOW).await.expect("stored");
        }
        let doors = map::doors(&mut tx, world.project, EVERYTHING).await.expect("read");
        let seen: Vec<_> = doors.iter().map(|door| (door.premises.id, door.actor_name.as_deref())).collect();
        let (joiner, empty) = (rows[0].0, rows[1].0);
        // By street; the one without a place is not on the map.
        assert_eq!(seen, [(empty, None), (joiner, Some("Tischlerei Holzwurm"))]);
        let words = MapPart { words: Some("graefe"), most: 100 };
        assert_eq!(map::doors(&mut tx, world.project, words).await.expect("read").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_box_on_the_ground_holds_its_actors_and_nobody_else() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let kita = actor::find(&mut tx, world.project, world.kita).await.expect("read").expect("there");
        let seat = kita.data.position.expect("the Kita has a seat");
        let shifted = |by: f64| Position::new(seat.lat() + by, seat.lon() + by).expect("valid");
        let around = Bounds { south_west: shifted(-1e-5), north_east: shifted(1e-5) };
        let found = actor::within(&mut tx, world.project, around, 100).await.expect("read");
        assert!(found.iter().any(|row| row.id == world.kita));
        assert!(found.iter().all(|row| row.position.is_some_and(|at| around.contains(at))));
        let beside = Bounds { south_west: shifted(2e-5), north_east: shifted(3e-5) };
        let others = actor::within(&mut tx, world.project, beside, 100).await.expect("read");
        assert!(others.iter().all(|row| row.id != world.kita));
        assert!(actor::within(&mut tx, world.other_project, around, 100).await.expect("read").is_empty());
        assert!(actor::within(&mut tx, world.project, around, 0).await.expect("read").is_empty());
    })
    .await;
}

#[tokio::test]
async fn actors_without_a_place_are_not_on_the_map() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let everybody = ActorFilter::default();
        let there = actor::on_map(&mut tx, world.project, &everybody, 100).await.expect("read");
        let names: Vec<_> = there.iter().map(|row| row.name.to_string()).collect();
        let mut sorted = names.clone();
        sorted.sort();
        assert!(names.contains(&"Kita Sonnenblume".to_owned()));
        assert_eq!(names, sorted, "by name");
        assert!(there.iter().all(|row| row.position.is_some()));
        assert_eq!(actor::on_map(&mut tx, world.project, &everybody, 1).await.expect("read").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_names_and_outlines_of_quarters_are_public() {
    in_every_world(async |db, world| {
        let mut conn = db.read().await.expect("read");
        let quarters = public::quarters(&mut conn, world.project).await.expect("read");
        let ids: Vec<_> = quarters.iter().map(|quarter| quarter.id).collect();
        assert_eq!(ids, [world.graefekiez, world.siedlung], "by name");
        assert!(quarters.iter().all(|quarter| !quarter.outline.parts().is_empty()));
        assert!(public::quarters(&mut conn, world.other_project).await.expect("read").is_empty());
    })
    .await;
}
