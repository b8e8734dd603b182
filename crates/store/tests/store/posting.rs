//! Needs and offers as they are kept: every rule holds for both, on every engine.

use crate::in_every_world;
use kiez_domain::card::CardForm;
use kiez_domain::id::{ActorId, NeedId, OfferId};
use kiez_domain::need::{NeedForm, NeedState, NewNeed};
use kiez_domain::offer::{NewOffer, OfferForm, OfferState};
use kiez_domain::policy::{Facts, Permit};
use kiez_store::change_log::{self, Change};
use kiez_store::conn::{Conn, Tx};
use kiez_store::db::Db;
use kiez_store::error::StoreError;
use kiez_store::page::Page;
use kiez_store::posting::{self, Filter, Kept};
use kiez_store::{audit, need, offer};
use kiez_testkit::world::permit;
use kiez_testkit::{NOW, World, id};

/// One of each noun to try the rules with.
trait Sample: Kept {
    /// The state in which the test stores it, and one it can be moved to.
    const STATES: [Self::State; 2];
    /// With every field filled.
    fn full(world: &World) -> Self;
    /// One that the world has: its id, its owner and words of its text in another spelling.
    fn known(world: &World) -> (Self::Id, ActorId, &'static str);
}

fn card(owner: ActorId, text: &str) -> CardForm {
    CardForm {
        actor: owner.to_string(),
        said_by: "die Köchin".into(),
        text: text.into(),
        language: "tr".into(),
        kinds: "room_event, furniture".into(),
        times: "Mo 09:00-12:00".into(),
        languages: "de, ar".into(),
        lat: "52.4".into(),
        lon: "13.4".into(),
    }
}

impl Sample for NewNeed {
    const STATES: [NeedState; 2] = [NeedState::Draft, NeedState::Open];

    fn full(world: &World) -> Self {
        let card = card(world.kita, "Ein Raum für das Sommerfest,\nzwei Nachmittage");
        let form = NeedForm { card, units: "2".into(), radius_m: "800".into() };
        Self::try_from(form).expect("filled")
    }

    fn known(world: &World) -> (NeedId, ActorId, &'static str) {
        (world.wood_wanted, world.kita, "HOLZRESTE fur")
    }
}

impl Sample for NewOffer {
    const STATES: [OfferState; 2] = [OfferState::Draft, OfferState::Paused];

    fn full(world: &World) -> Self {
        let card = card(world.bakery, "Backstube am Sonntag,\n100 % sauber");
        let (capacity, per, effort_min) = ("3".into(), "month".into(), "15".into());
        Self::try_from(OfferForm { card, capacity, per, effort_min }).expect("filled")
    }

    fn known(world: &World) -> (OfferId, ActorId, &'static str) {
        (world.offcuts, world.joiner, "VERSCHNITT und")
    }
}

fn may<T: Kept>(world: &World, action: &str) -> Permit {
    world.may(T::NOUN, action)
}

async fn stored<T: Sample>(tx: &mut Tx, world: &World) -> T::Id {
    let fresh = id(T::id);
    let first = (&T::full(world), T::STATES[0]);
    posting::create(tx, &may::<T>(world, "create"), fresh, first, NOW).await.expect("stored");
    fresh
}

async fn found<T: Kept>(conn: &mut Conn, world: &World, id: T::Id) -> kiez_domain::posting::Posted<T> {
    posting::find(conn, world.project, id).await.expect("read").expect("there")
}

#[tokio::test]
async fn what_was_stored_comes_back_with_every_field() {
    async fn rule<T: Sample>(db: Db, world: World) {
        let mut tx = db.write().await.expect("write");
        let fresh = stored::<T>(&mut tx, &world).await;
        let found = found::<T>(&mut tx, &world, fresh).await;
        assert_eq!((found.id, &found.data), (fresh, &T::full(&world)));
        assert_eq!((found.state, found.published, found.version), (T::STATES[0], false, 1));
        let facts = posting::facts::<T>(&mut tx, world.project, fresh).await.expect("read").expect("there");
        assert_eq!((facts.owner, facts.project), (T::full(&world).card().actor, Some(world.project)));
    }
    in_every_world(rule::<NewNeed>).await;
    in_every_world(rule::<NewOffer>).await;
}

#[tokio::test]
async fn a_card_with_nothing_but_words_comes_back_alike() {
    async fn rule<T: Sample<Form: From<CardForm>>>(db: Db, world: World) {
        let bare = CardForm { text: "Nur Worte".into(), ..CardForm::default() };
        let bare = T::try_from(T::Form::from(bare)).expect("enough");
        let (fresh, mut tx) = (id(T::id), db.write().await.expect("write"));
        posting::create(&mut tx, &may::<T>(&world, "create"), fresh, (&bare, T::OPEN), NOW)
            .await
            .expect("stored");
        assert_eq!(found::<T>(&mut tx, &world, fresh).await.data, bare);
    }
    in_every_world(rule::<NewNeed>).await;
    in_every_world(rule::<NewOffer>).await;
}

#[tokio::test]
async fn each_save_makes_a_new_version_and_touches_nothing_else() {
    async fn rule<T: Sample>(db: Db, world: World) {
        let mut tx = db.write().await.expect("write");
        let (fresh, may) = (stored::<T>(&mut tx, &world).await, may::<T>(&world, "update"));
        let moved = posting::transition::<T>(&mut tx, &may, fresh, 1, (T::STATES[1], NOW)).await;
        assert_eq!(moved.expect("saved"), 2);
        let public = posting::set_published::<T>(&mut tx, &may, fresh, 2, (true, NOW)).await;
        assert_eq!(public.expect("saved"), 3);
        assert_eq!(found::<T>(&mut tx, &world, fresh).await.data, T::full(&world));
        let mut shorter = T::full(&world);
        let card = shorter.card_mut();
        (card.kinds, card.said_by, card.times, card.position) = (vec![], None, None, None);
        assert_eq!(posting::update(&mut tx, &may, fresh, 3, (&shorter, NOW)).await.expect("saved"), 4);
        let found = found::<T>(&mut tx, &world, fresh).await;
        assert_eq!((found.data, found.state, found.published), (shorter, T::STATES[1], true));
    }
    in_every_world(rule::<NewNeed>).await;
    in_every_world(rule::<NewOffer>).await;
}

#[tokio::test]
async fn who_saves_from_an_old_version_is_told_so_and_changes_nothing() {
    async fn rule<T: Sample>(db: Db, world: World) {
        let mut tx = db.write().await.expect("write");
        let ((known, ..), may) = (T::known(&world), may::<T>(&world, "update"));
        let before = found::<T>(&mut tx, &world, known).await;
        let full = T::full(&world);
        for version in [0, 2] {
            let saves = [
                posting::update(&mut tx, &may, known, version, (&full, NOW)).await,
                posting::transition::<T>(&mut tx, &may, known, version, (T::STATES[1], NOW)).await,
                posting::set_published::<T>(&mut tx, &may, known, version, (true, NOW)).await,
            ];
            assert!(saves.iter().all(|saved| matches!(saved, Err(StoreError::Stale))), "{saves:?}");
        }
        assert_eq!(found::<T>(&mut tx, &world, known).await, before);
    }
    in_every_world(rule::<NewNeed>).await;
    in_every_world(rule::<NewOffer>).await;
}

#[tokio::test]
async fn what_is_of_another_project_is_not_there() {
    async fn rule<T: Sample>(db: Db, world: World) {
        let mut tx = db.write().await.expect("write");
        let (known, ..) = T::known(&world);
        assert_eq!(posting::find::<T>(&mut tx, world.other_project, known).await.expect("read"), None);
        assert_eq!(posting::facts::<T>(&mut tx, world.other_project, known).await.expect("read"), None);
        let none =
            posting::list::<T>(&mut tx, world.other_project, &Filter::default(), &Page::default()).await;
        assert_eq!(none.expect("read").total, 0);
        let subject = kiez_domain::policy::Subject::coordinator(world.other_project, None);
        let elsewhere = permit(&subject, T::NOUN, "update", Facts::of_project(world.other_project));
        let saved = posting::transition::<T>(&mut tx, &elsewhere, known, 1, (T::STATES[1], NOW)).await;
        assert!(matches!(saved, Err(StoreError::NotFound)), "{saved:?}");
    }
    in_every_world(rule::<NewNeed>).await;
    in_every_world(rule::<NewOffer>).await;
}

#[tokio::test]
async fn an_actor_that_the_project_does_not_have_is_refused() {
    async fn rule<T: Sample>(db: Db, world: World) {
        let mut stranger = T::full(&world);
        stranger.card_mut().actor = Some(id(ActorId::new));
        let mut tx = db.write().await.expect("write");
        let create = may::<T>(&world, "create");
        let refused = posting::create(&mut tx, &create, id(T::id), (&stranger, T::OPEN), NOW).await;
        assert!(matches!(refused, Err(StoreError::MissingReference)), "{refused:?}");
    }
    in_every_world(rule::<NewNeed>).await;
    in_every_world(rule::<NewOffer>).await;
}

#[tokio::test]
async fn a_permit_for_something_else_opens_nothing() {
    async fn rule<T: Sample>(db: Db, world: World) {
        let mut tx = db.write().await.expect("write");
        let ((known, ..), full) = (T::known(&world), T::full(&world));
        let wrong = [world.may("idea", "update"), may::<T>(&world, "create"), world.may("actor", "update")];
        for permit in &wrong {
            let saved = posting::update(&mut tx, permit, known, 1, (&full, NOW)).await;
            assert!(matches!(saved, Err(StoreError::WrongPermit { .. })), "{saved:?}");
            let set = posting::set_kinds::<T>(&mut tx, permit, known, &[], NOW).await;
            assert!(matches!(set, Err(StoreError::WrongPermit { .. })), "{set:?}");
        }
        let update = may::<T>(&world, "update");
        let made = posting::create(&mut tx, &update, id(T::id), (&full, T::OPEN), NOW).await;
        assert!(matches!(made, Err(StoreError::WrongPermit { .. })), "{made:?}");
    }
    in_every_world(rule::<NewNeed>).await;
    in_every_world(rule::<NewOffer>).await;
}

#[tokio::test]
async fn kinds_set_by_hand_replace_those_before() {
    async fn rule<T: Sample>(db: Db, world: World) {
        let mut tx = db.write().await.expect("write");
        let (fresh, may) = (stored::<T>(&mut tx, &world).await, may::<T>(&world, "update"));
        let kinds = ["talk".parse().expect("kind"), "wood".parse().expect("kind")];
        posting::set_kinds::<T>(&mut tx, &may, fresh, &kinds, NOW).await.expect("saved");
        assert_eq!(found::<T>(&mut tx, &world, fresh).await.data.card().kinds, kinds);
        let nowhere = posting::set_kinds::<T>(&mut tx, &may, id(T::id), &kinds, NOW).await;
        assert!(matches!(nowhere, Err(StoreError::MissingReference)), "{nowhere:?}");
    }
    in_every_world(rule::<NewNeed>).await;
    in_every_world(rule::<NewOffer>).await;
}

#[tokio::test]
async fn a_list_is_newest_first_and_narrowed_by_each_filter() {
    async fn rule<T: Sample>(db: Db, world: World) {
        let mut tx = db.write().await.expect("write");
        let (known, owner, spelled) = T::known(&world);
        let fresh = stored::<T>(&mut tx, &world).await;
        let every = || Filter::<T>::default();
        let kind = |name: &str| Some(name.parse().expect("kind"));
        let filters = [
            (Filter { text: Some(spelled.into()), ..every() }, vec![known]),
            (Filter { state: Some(T::STATES[0]), ..every() }, vec![fresh]),
            (
                Filter { actor: T::full(&world).card().actor, state: Some(T::STATES[0]), ..every() },
                vec![fresh],
            ),
            (Filter { actor: Some(owner), state: Some(T::OPEN), ..every() }, vec![known]),
            (Filter { kind: kind("furniture"), ..every() }, vec![fresh]),
            (Filter { kind: kind("talk"), ..every() }, vec![]),
            (Filter { text: Some("_".into()), ..every() }, vec![]),
        ];
        for (filter, expected) in filters {
            let found = posting::list(&mut tx, world.project, &filter, &Page::default()).await.expect("read");
            assert_eq!(found.rows.iter().map(|row| row.id).collect::<Vec<_>>(), expected, "{filter:?}");
            assert_eq!(found.total, expected.len() as u64);
        }
        let blank = Filter { text: Some("  ".into()), ..every() };
        let all = posting::list(&mut tx, world.project, &blank, &Page::default()).await.expect("read");
        let ids: Vec<_> = all.rows.iter().map(|row| row.id).collect();
        assert!(ids.is_sorted_by(|a, b| a > b) && ids.first() == Some(&fresh), "{ids:?}");
    }
    in_every_world(rule::<NewNeed>).await;
    in_every_world(rule::<NewOffer>).await;
}

#[tokio::test]
async fn the_signs_of_a_pattern_are_looked_for_as_they_are() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let fresh = stored::<NewOffer>(&mut tx, &world).await;
        for (text, expected) in [("100 %", vec![fresh]), ("1% sauber", vec![]), ("\\", vec![])] {
            let filter = offer::OfferFilter { text: Some(text.into()), ..Filter::default() };
            let found = posting::list(&mut tx, world.project, &filter, &Page::default()).await.expect("read");
            assert_eq!(found.rows.iter().map(|row| row.id).collect::<Vec<_>>(), expected, "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_follow_one_another_without_gap_or_repeat() {
    async fn rule<T: Sample>(db: Db, world: World) {
        let mut tx = db.write().await.expect("write");
        let mut fresh = Vec::new();
        for _ in 0..5 {
            fresh.insert(0, stored::<T>(&mut tx, &world).await);
        }
        let filter = Filter::<T> { state: Some(T::STATES[0]), ..Filter::default() };
        let (mut seen, mut next) = (Vec::new(), Some(0));
        while let Some(offset) = next {
            let page = Page { size: 2, offset };
            let part = posting::list(&mut tx, world.project, &filter, &page).await.expect("read");
            assert_eq!(part.total, 5);
            seen.extend(part.rows.into_iter().map(|row| row.id));
            next = part.next;
        }
        assert_eq!(seen, fresh);
        let beyond = Page { size: 2, offset: 50 };
        let none = posting::list(&mut tx, world.project, &filter, &beyond).await.expect("read");
        assert_eq!((none.rows.len(), none.total, none.next), (0, 5, None));
    }
    in_every_world(rule::<NewNeed>).await;
    in_every_world(rule::<NewOffer>).await;
}

/// The changes since, without project and moment.
async fn told(conn: &mut Conn, since: i64) -> Vec<(String, String, String)> {
    let changes = change_log::since(conn, since, 100).await.expect("read").into_iter();
    changes.map(|Change { noun, row_id, change, .. }| (noun, row_id, change)).collect()
}

#[tokio::test]
async fn change_log_and_audit_tell_of_each_act_in_its_own_transaction() {
    async fn rule<T: Sample>(db: Db, world: World) {
        let mut tx = db.write().await.expect("write");
        audit::seal(&mut tx, NOW).await.expect("sealed");
        tx.commit().await.expect("commit");
        let head = change_log::head(&mut db.read().await.expect("read")).await.expect("read");

        let mut dropped = db.write().await.expect("write");
        stored::<T>(&mut dropped, &world).await;
        drop(dropped);
        assert!(
            told(&mut db.read().await.expect("read"), head).await.is_empty(),
            "what was not kept is not told"
        );

        let mut tx = db.write().await.expect("write");
        let fresh = stored::<T>(&mut tx, &world).await;
        tx.commit().await.expect("commit");
        let mut tx = db.write().await.expect("write");
        let update = may::<T>(&world, "update");
        posting::transition::<T>(&mut tx, &update, fresh, 1, (T::STATES[1], NOW)).await.expect("saved");
        tx.commit().await.expect("commit");
        let line = |change: &str| (T::NOUN.to_owned(), fresh.to_string(), change.to_owned());
        let told = told(&mut db.read().await.expect("read"), head).await;
        assert_eq!(told, [line("created"), line("updated")]);

        let mut tx = db.write().await.expect("write");
        assert_eq!(
            audit::seal(&mut tx, NOW).await.expect("sealed"),
            2,
            "one entry for each act that was kept"
        );
        assert_eq!(audit::verify(&mut tx).await.expect("read"), None);
    }
    in_every_world(rule::<NewNeed>).await;
    in_every_world(rule::<NewOffer>).await;
}

#[tokio::test]
async fn what_is_beyond_the_card_is_kept_too() {
    in_every_world(async |db, world| {
        let mut tx = db.write().await.expect("write");
        let wanted = stored::<NewNeed>(&mut tx, &world).await;
        let all = need::NeedFilter { state: Some(NeedState::Draft), ..Filter::default() };
        let listed = posting::list(&mut tx, world.project, &all, &Page::default()).await.expect("read");
        let need = &listed.rows[0];
        assert_eq!((need.id, need.data.units, need.data.radius_m), (wanted, 2, Some(800)));
        let offcuts = found::<NewOffer>(&mut tx, &world, world.offcuts).await.data;
        assert_eq!((offcuts.limits.capacity(), offcuts.limits.per().name()), (2, "quarter"));
        assert_eq!(offcuts.effort_min, None);
    })
    .await;
}
