use crate::in_every_world;
use kiez_domain::actor::Stage;
use kiez_domain::competence::Competence;
use kiez_domain::id::CompetenceId;
use kiez_domain::need::NeedState;
use kiez_store::{actor, competence, engine, need};
use kiez_testkit::{NOW, id};

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
        need::transition(
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

        let needs = engine::needs(&mut tx, world.project).await.expect("read");
        assert_eq!(needs.len(), 1);
        assert_eq!(
            (needs[0].id, needs[0].actor_name.as_deref()),
            (world.wood_wanted, Some("Kita Sonnenblume"))
        );
        assert!(needs[0].seat.is_some());
        assert_eq!(
            engine::need(&mut tx, world.project, world.wood_wanted).await.expect("read").as_ref(),
            needs.first()
        );
        assert_eq!(engine::need(&mut tx, world.project, world.talk_wanted).await.expect("read"), None);
        assert_eq!(engine::needs_of_actor(&mut tx, world.project, world.kita).await.expect("read"), needs);

        let offers = engine::offers(&mut tx, world.project).await.expect("read");
        assert_eq!((offers.len(), offers[0].id), (1, world.offcuts));
        assert_eq!(
            engine::offer(&mut tx, world.project, world.offcuts).await.expect("read").as_ref(),
            offers.first()
        );
        assert_eq!(
            engine::offers_of_actor(&mut tx, world.project, world.joiner).await.expect("read"),
            offers
        );

        let actors = engine::actors(&mut tx, world.project).await.expect("read");
        let ids: Vec<_> = actors.iter().map(|actor| actor.id).collect();
        assert_eq!(ids, [world.kita, world.joiner, world.bakery]);
        let bakery = engine::actor(&mut tx, world.project, world.bakery).await.expect("read").expect("there");
        assert_eq!((bakery.confirmed_kinds.as_slice(), bakery.open_offers), ([talk.kind].as_slice(), 0));
        let joiner = engine::actor(&mut tx, world.project, world.joiner).await.expect("read").expect("there");
        assert_eq!(joiner.open_offers, 1);
        assert_eq!(engine::actor(&mut tx, world.project, world.youth_club).await.expect("read"), None);
    })
    .await;
}
