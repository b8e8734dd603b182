use crate::in_every_world;
use kiez_domain::actor::Stage;
use kiez_domain::competence::Competence;
use kiez_domain::id::{ActorId, CompetenceId};
use kiez_domain::need::{NeedState, NewNeed};
use kiez_domain::offer::NewOffer;
use kiez_store::conn::Conn;
use kiez_store::engine::{Fed, ForEngine};
use kiez_store::{actor, competence, engine, posting};
use kiez_testkit::{NOW, World, id};

/// Asked for alone, or with its actor, the engine gets the same as from the whole list.
async fn alike<T: Fed>(conn: &mut Conn, world: &World, (id, owner): (T::Id, ActorId), all: &[ForEngine<T>]) {
    let one = engine::open_one::<T>(conn, world.project, id).await.expect("read");
    assert_eq!(one.as_slice(), all);
    assert_eq!(engine::open_of_actor::<T>(conn, world.project, owner).await.expect("read"), all);
    assert!(engine::open_of_actor::<T>(conn, world.other_project, owner).await.expect("read").is_empty());
    assert!(engine::open_of_actor::<T>(conn, world.project, world.bakery).await.expect("read").is_empty());
}

#[tokio::test]
async fn the_engine_gets_what_is_open_with_seat_and_name() {
    in_every_world(async |db, world| {
        let talk = Competence {
            id: id(CompetenceId::new),
            actor: world.bakery,
            kind: "talk".parse().expect("kind"),
            words: None,
        };
        let mut tx = db.write().await.expect("write");
        competence::create(&mut tx, &world.may("competence", "create"), &talk, NOW).await.expect("stored");
        posting::transition::<NewNeed>(
            &mut tx,
            &world.may("need", "update"),
            world.talk_wanted,
            1,
            (NeedState::Withdrawn, NOW),
        )
        .await
        .expect("saved");
        actor::transition(&mut tx, &world.may("actor", "update"), world.youth_club, 1, (Stage::Gone, NOW))
            .await
            .expect("saved");

        let needs = engine::open::<NewNeed>(&mut tx, world.project).await.expect("read");
        let told = (needs[0].id, needs[0].actor_name.as_deref(), needs[0].seat.is_some());
        assert_eq!((needs.len(), told), (1, (world.wood_wanted, Some("Kita Sonnenblume"), true)));
        let offers = engine::open::<NewOffer>(&mut tx, world.project).await.expect("read");
        assert_eq!((offers.len(), offers[0].id), (1, world.offcuts));
        alike(&mut tx, &world, (world.wood_wanted, world.kita), &needs).await;
        alike(&mut tx, &world, (world.offcuts, world.joiner), &offers).await;
        assert_eq!(
            engine::open_one::<NewNeed>(&mut tx, world.project, world.talk_wanted).await.expect("read"),
            None
        );

        let mut behind = async |id, most| {
            let actors = engine::actors_behind(&mut tx, world.project, id, most).await.expect("read");
            actors.iter().map(|actor| actor.id).collect::<Vec<_>>()
        };
        assert_eq!(behind(None, 9).await, [world.kita, world.joiner, world.bakery]);
        assert_eq!(behind(None, 2).await, [world.kita, world.joiner]);
        assert_eq!(behind(Some(world.joiner), 2).await, [world.bakery]);
        assert_eq!(behind(Some(world.bakery), 2).await, []);
        let bakery = engine::actor(&mut tx, world.project, world.bakery).await.expect("read").expect("there");
        assert_eq!((bakery.confirmed_kinds.as_slice(), bakery.open_offers), ([talk.kind].as_slice(), 0));
        let joiner = engine::actor(&mut tx, world.project, world.joiner).await.expect("read").expect("there");
        assert_eq!(joiner.open_offers, 1);
        assert_eq!(engine::actor(&mut tx, world.project, world.youth_club).await.expect("read"), None);
    })
    .await;
}
