use crate::in_every_world;
use kiez_domain::id::{ActorId, IdeaId, NeedId};
use kiez_domain::idea::{IdeaState, NewIdea};
use kiez_domain::need::{NeedForm, NeedState, NewNeed};
use kiez_domain::offer::{NewOffer, OfferForm, OfferState};
use kiez_store::error::StoreError;
use kiez_store::need::NeedFilter;
use kiez_store::offer::OfferFilter;
use kiez_store::page::Page;
use kiez_store::{idea, need, offer};
use kiez_testkit::{NOW, id};

fn full_need(world: &kiez_testkit::World) -> NewNeed {
    let form = NeedForm {
        actor: world.kita.to_string(),
        text: "Ein Raum für das Sommerfest,\nzwei Nachmittage".into(),
        language: "de".into(),
        kinds: "room_event, furniture".into(),
        units: "2".into(),
        radius_m: "800".into(),
        times: "Mo 09:00-12:00".into(),
        languages: "de, ar".into(),
        lat: "52.4".into(),
        lon: "13.4".into(),
        said_by: "die Köchin".into(),
    };
    NewNeed::try_from(form).expect("filled")
}

#[tokio::test]
async fn a_need_comes_back_as_it_was_stored_and_moves_along() {
    in_every_world(async |db, world| {
        let (new, fresh) = (full_need(&world), id(NeedId::new));
        let mut tx = db.write().await.expect("write");
        need::create(&mut tx, &world.may("need", "create"), fresh, (&new, NeedState::Draft), NOW)
            .await
            .expect("stored");
        let found = need::find(&mut tx, world.project, fresh).await.expect("read").expect("there");
        assert_eq!((&found.data, found.state, found.version), (&new, NeedState::Draft, 1));
        let facts = need::facts(&mut tx, world.project, fresh).await.expect("read").expect("there");
        assert_eq!(facts.owner, Some(world.kita));
        let may = world.may("need", "update");
        assert_eq!(
            need::transition(&mut tx, &may, fresh, 1, (NeedState::Open, NOW)).await.expect("saved"),
            2
        );
        assert_eq!(need::set_published(&mut tx, &may, fresh, 2, (true, NOW)).await.expect("saved"), 3);
        let shorter = NewNeed { kinds: vec![], units: 1, ..new };
        assert_eq!(need::update(&mut tx, &may, fresh, 3, (&shorter, NOW)).await.expect("saved"), 4);
        let found = need::find(&mut tx, world.project, fresh).await.expect("read").expect("there");
        assert_eq!((found.data, found.published), (shorter.clone(), true));
        let kinds = ["talk".parse().expect("kind")];
        need::set_kinds(&mut tx, &may, fresh, &kinds, NOW).await.expect("saved");
        assert_eq!(
            need::find(&mut tx, world.project, fresh).await.expect("read").expect("there").data.kinds,
            kinds
        );
        let late = need::update(&mut tx, &may, fresh, 3, (&shorter, NOW)).await;
        assert!(matches!(late, Err(StoreError::Stale)));
    })
    .await;
}

#[tokio::test]
async fn needs_are_listed_newest_first_and_narrowed() {
    in_every_world(async |db, world| {
        let fresh = id(NeedId::new);
        let mut tx = db.write().await.expect("write");
        need::create(
            &mut tx,
            &world.may("need", "create"),
            fresh,
            (&full_need(&world), NeedState::Draft),
            NOW,
        )
        .await
        .expect("stored");
        let filters = [
            (NeedFilter::default(), vec![fresh, world.talk_wanted, world.wood_wanted]),
            (NeedFilter { text: Some("HOLZRESTE".into()), ..NeedFilter::default() }, vec![world.wood_wanted]),
            (NeedFilter { state: Some(NeedState::Draft), ..NeedFilter::default() }, vec![fresh]),
            (NeedFilter { actor: Some(world.kita), ..NeedFilter::default() }, vec![fresh, world.wood_wanted]),
            (
                NeedFilter { kind: Some("furniture".parse().expect("kind")), ..NeedFilter::default() },
                vec![fresh],
            ),
        ];
        for (filter, expected) in filters {
            let found = need::list(&mut tx, world.project, &filter, &Page::default()).await.expect("read");
            assert_eq!(found.rows.iter().map(|need| need.id).collect::<Vec<_>>(), expected, "{filter:?}");
            assert_eq!(found.total, expected.len() as u64);
        }
    })
    .await;
}

#[tokio::test]
async fn a_need_of_an_unknown_actor_is_refused() {
    in_every_world(async |db, world| {
        let new = NewNeed { actor: Some(id(ActorId::new)), ..full_need(&world) };
        let mut tx = db.write().await.expect("write");
        let may = world.may("need", "create");
        let refused = need::create(&mut tx, &may, id(NeedId::new), (&new, NeedState::Open), NOW).await;
        assert!(matches!(refused, Err(StoreError::MissingReference)));
    })
    .await;
}

#[tokio::test]
async fn an_offer_keeps_its_limits() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let found = offer::find(&mut tx, world.project, world.offcuts).await.expect("read").expect("there");
        assert_eq!((found.data.limits.capacity(), found.data.limits.per().name()), (2, "quarter"));
        assert_eq!(
            offer::facts(&mut tx, world.project, world.offcuts).await.expect("read").expect("there").owner,
            Some(world.joiner)
        );
        let form = OfferForm {
            text: "Werkbank, donnerstags".into(),
            kinds: "tools".into(),
            capacity: "1".into(),
            per: "week".into(),
            effort_min: "15".into(),
            times: "Do 14:00-18:00".into(),
            languages: "de".into(),
            ..OfferForm::default()
        };
        let new = NewOffer::try_from(form).expect("filled");
        let may = world.may("offer", "update");
        assert_eq!(offer::update(&mut tx, &may, world.offcuts, 1, (&new, NOW)).await.expect("saved"), 2);
        assert_eq!(
            offer::transition(&mut tx, &may, world.offcuts, 2, (OfferState::Paused, NOW))
                .await
                .expect("saved"),
            3
        );
        assert_eq!(
            offer::set_published(&mut tx, &may, world.offcuts, 3, (true, NOW)).await.expect("saved"),
            4
        );
        let found = offer::find(&mut tx, world.project, world.offcuts).await.expect("read").expect("there");
        assert_eq!((found.data, found.state, found.published), (new, OfferState::Paused, true));
        offer::set_kinds(&mut tx, &may, world.offcuts, &["wood".parse().expect("kind")], NOW)
            .await
            .expect("saved");
        let filter = OfferFilter {
            kind: Some("wood".parse().expect("kind")),
            text: Some("werkbank".into()),
            ..OfferFilter::default()
        };
        let listed = offer::list(&mut tx, world.project, &filter, &Page::default()).await.expect("read");
        assert_eq!(listed.rows.iter().map(|offer| offer.id).collect::<Vec<_>>(), [world.offcuts]);
        let late = offer::transition(&mut tx, &may, world.offcuts, 1, (OfferState::Open, NOW)).await;
        assert!(matches!(late, Err(StoreError::Stale)));
    })
    .await;
}

#[tokio::test]
async fn ideas_are_noted_carried_and_listed() {
    in_every_world(async |db, world| {
        let fresh = id(IdeaId::new);
        let new = NewIdea {
            actor: Some(world.bakery),
            said_by: Some("Ayşes Schwester".parse().expect("a line")),
            text: "Brot vom Vortag für das Frühstück".parse().expect("text"),
        };
        let mut tx = db.write().await.expect("write");
        idea::create(&mut tx, &world.may("idea", "create"), fresh, &new, NOW).await.expect("stored");
        let may = world.may("idea", "update");
        assert_eq!(
            idea::transition(&mut tx, &may, fresh, 1, (IdeaState::Carried, NOW)).await.expect("saved"),
            2
        );
        let found = idea::find(&mut tx, world.project, fresh).await.expect("read").expect("there");
        assert_eq!((found.data, found.state), (new, IdeaState::Carried));
        let of_kita =
            idea::list(&mut tx, world.project, Some(world.kita), &Page::default()).await.expect("read");
        assert_eq!(of_kita.total, 0);
        assert_eq!(idea::list(&mut tx, world.project, None, &Page::default()).await.expect("read").total, 1);
        let late = idea::transition(&mut tx, &may, fresh, 1, (IdeaState::Grown, NOW)).await;
        assert!(matches!(late, Err(StoreError::Stale)));
    })
    .await;
}
