//! What the coordinator's desk counts.

use crate::in_every_world;
use jiff::civil::date;
use kiez_domain::actor::Stage;
use kiez_domain::id::PremisesId;
use kiez_domain::instant::Instant;
use kiez_domain::premises::{NewPremises, PremisesForm};
use kiez_store::conn::Tx;
use kiez_store::overview::{self, NewRows, Street};
use kiez_store::{actor, premises};
use kiez_testkit::{NOW, World, id};

const WEEK_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// A door in a street: who is behind it, and when somebody looked.
async fn door(tx: &mut Tx, world: &World, street: &str, (actor, seen): (Option<String>, &str)) {
    let form = PremisesForm {
        street: street.into(),
        house_number: "1".into(),
        actor: actor.unwrap_or_default(),
        observed_on: seen.into(),
        ..PremisesForm::default()
    };
    let new = NewPremises::try_from(form).expect("filled");
    let may = world.may("premises", "create");
    premises::create(tx, &may, id(PremisesId::new), &new, NOW).await.expect("stored");
}

#[tokio::test]
async fn new_rows_are_counted_by_the_week_in_which_they_came() {
    in_every_world(async |db, world| {
        let mut conn = db.read().await.expect("read");
        let since = Instant(NOW.0 - WEEK_MS);
        let new = overview::new_since(&mut conn, world.project, since, (12, WEEK_MS)).await.expect("counted");
        let row = |noun: &str, count| NewRows { noun: noun.to_owned(), part: 1, count };
        assert_eq!(new, [row("actor", 4), row("need", 2), row("offer", 1)], "no idea yet");
        let later = Instant(NOW.0 + 1);
        assert!(
            overview::new_since(&mut conn, world.project, later, (12, WEEK_MS))
                .await
                .expect("asked")
                .is_empty()
        );
        let other = overview::new_since(&mut conn, world.other_project, since, (12, WEEK_MS)).await;
        assert!(other.expect("asked").is_empty(), "nothing has happened there yet");
    })
    .await;
}

#[tokio::test]
async fn a_street_tells_its_doors_looks_and_businesses() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        door(&mut tx, &world, "Graefestraße", (Some(world.joiner.to_string()), "2026-02-01")).await;
        door(&mut tx, &world, "Graefestraße", (Some(world.bakery.to_string()), "2026-02-03")).await;
        // A Kita behind a door is no business.
        door(&mut tx, &world, "Graefestraße", (Some(world.kita.to_string()), "")).await;
        door(&mut tx, &world, "Urbanstraße", (None, "")).await;
        let may = world.may("actor", "update");
        actor::transition(&mut tx, &may, world.joiner, 1, (Stage::Participating, NOW)).await.expect("moved");
        let streets = overview::streets(&mut tx, world.project).await.expect("read");
        let graefe = Street {
            name: "Graefestraße".to_owned(),
            doors: 3,
            seen: 2,
            seen_on: Some(date(2026, 2, 3)),
            businesses: 2,
            visited: 1,
            taking_part: 1,
        };
        let empty = Street {
            name: "Urbanstraße".to_owned(),
            doors: 1,
            seen: 0,
            seen_on: None,
            businesses: 0,
            visited: 0,
            taking_part: 0,
        };
        assert_eq!(streets, [graefe, empty]);

        actor::transition(&mut tx, &may, world.bakery, 1, (Stage::Gone, NOW)).await.expect("moved");
        let streets = overview::streets(&mut tx, world.project).await.expect("read");
        assert_eq!(
            (streets[0].doors, streets[0].businesses),
            (3, 1),
            "the door stays, who has left does not"
        );
    })
    .await;
}

#[tokio::test]
async fn businesses_are_counted_by_stage_and_institutions_are_not() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let may = world.may("actor", "update");
        actor::transition(&mut tx, &may, world.joiner, 1, (Stage::Visited, NOW)).await.expect("moved");
        let stages = overview::businesses_by_stage(&mut tx, world.project).await.expect("read");
        assert_eq!(stages, [(Stage::Mapped, 1), (Stage::Visited, 1)]);
    })
    .await;
}

#[tokio::test]
async fn many_changes_of_one_moment_are_told_as_one_the_newest_first() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let may = world.may("actor", "update");
        let later = NOW.plus_minutes(5);
        actor::transition(&mut tx, &may, world.joiner, 1, (Stage::Visited, later)).await.expect("moved");
        tx.commit().await.expect("commit");
        let mut conn = db.read().await.expect("read");
        let told = overview::recent(&mut conn, world.project, 10).await.expect("read");
        let told: Vec<_> = told.iter().map(|c| (c.noun.as_str(), c.change.as_str(), c.count)).collect();
        assert_eq!(
            told,
            [
                ("actor", "updated", 1),
                ("offer", "created", 1),
                ("need", "created", 2),
                ("actor", "created", 4)
            ]
        );
        let newest = overview::recent(&mut conn, world.project, 1).await.expect("read");
        assert_eq!((newest[0].row_id.clone(), newest[0].at), (world.joiner.to_string(), later));
        assert_eq!(newest.len(), 1);
    })
    .await;
}
