//! What tells who is likely to know whom, as it stands in the records.

use crate::in_every_world;
use jiff::civil::date;
use kiez_domain::actor::{ActorForm, NewActor, Stage};
use kiez_domain::id::{ActorId, PremisesId, VerdictId};
use kiez_domain::premises::{NewPremises, PremisesForm};
use kiez_domain::verdict::{Decision, Giver, NewVerdict};
use kiez_store::db::Db;
use kiez_store::{acquaintance, actor, premises, verdict};
use kiez_testkit::{NOW, World, id};

/// Somebody in the house of the joiner, Graefestraße 12a, written a little differently.
async fn neighbour(db: &Db, world: &World, stage: Stage) -> ActorId {
    let form = ActorForm {
        name: format!("Nachbar {stage}"),
        side: "institution".into(),
        street: "GRAEFESTRASSE".into(),
        house_number: "12A".into(),
        postcode: "10967".into(),
        carrier: "Haus e. V.".into(),
        ..ActorForm::default()
    };
    let (new, id) = (NewActor::try_from(form).expect("complete"), id(ActorId::new));
    let mut tx = db.write().await.expect("write");
    actor::create(&mut tx, &world.may("actor", "create"), id, &new, NOW).await.expect("stored");
    let may = world.may("actor", "update");
    actor::transition(&mut tx, &may, id, 1, (stage, NOW)).await.expect("moved");
    tx.commit().await.expect("committed");
    id
}

#[tokio::test]
async fn whoever_is_at_one_address_stands_there_together() {
    in_every_world(async |db, world| {
        let next_door = neighbour(&db, &world, Stage::Participating).await;
        let gone = neighbour(&db, &world, Stage::Gone).await;
        let mut tx = db.write().await.expect("write");
        let form = PremisesForm {
            street: "Graefestraße".into(),
            house_number: "12a".into(),
            postcode: "10967".into(),
            actor: world.bakery.to_string(),
            used_as: "retail".into(),
            ..PremisesForm::default()
        };
        let unit = NewPremises::try_from(form).expect("complete");
        let may = world.may("premises", "create");
        premises::create(&mut tx, &may, id(PremisesId::new), &unit, NOW).await.expect("stored");
        let houses = acquaintance::houses(&mut tx, world.project).await.expect("read");
        let (own, _) = houses.iter().find(|(_, actor)| *actor == world.joiner).expect("it has an address");
        let mut together: Vec<ActorId> =
            houses.iter().filter(|(house, _)| house == own).map(|(_, actor)| *actor).collect();
        let mut expected = vec![world.joiner, world.bakery, next_door];
        together.sort();
        expected.sort();
        assert_eq!(together, expected, "{gone} is gone");
        assert_eq!(houses.iter().filter(|(_, actor)| *actor == world.bakery).count(), 2, "seat and premises");
        assert!(acquaintance::houses(&mut tx, world.other_project).await.expect("read").is_empty());
    })
    .await;
}

#[tokio::test]
async fn organisations_are_told_with_who_belongs_to_them() {
    in_every_world(async |db, world| {
        let one = neighbour(&db, &world, Stage::Participating).await;
        neighbour(&db, &world, Stage::Gone).await;
        let mut conn = db.read().await.expect("read");
        let carriers = acquaintance::carriers(&mut conn, world.project).await.expect("read");
        assert_eq!(carriers, [("Haus e. V.".to_owned(), one)]);
    })
    .await;
}

#[tokio::test]
async fn pairs_that_were_put_first_are_told_by_their_actors() {
    in_every_world(async |db, world| {
        let may = world.may("verdict", "create");
        let mut tx = db.write().await.expect("write");
        for (need, giver, decision) in [
            (world.wood_wanted, Giver::Offer(world.offcuts), Decision::Pin),
            (world.talk_wanted, Giver::Actor(world.bakery), Decision::Pin),
            (world.wood_wanted, Giver::Actor(world.bakery), Decision::Never),
        ] {
            let new = NewVerdict::new((giver, decision), None, None, date(2026, 1, 1)).expect("complete");
            verdict::create(&mut tx, &may, (id(VerdictId::new), need), &new, NOW).await.expect("stored");
        }
        let mut pairs = acquaintance::first_pairs(&mut tx, world.project).await.expect("read");
        let mut expected = vec![(world.kita, world.joiner), (world.youth_club, world.bakery)];
        pairs.sort();
        expected.sort();
        assert_eq!(pairs, expected);
        assert!(acquaintance::first_pairs(&mut tx, world.other_project).await.expect("read").is_empty());
    })
    .await;
}
