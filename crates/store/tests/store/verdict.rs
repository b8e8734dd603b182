//! What was decided about suggestions, as it is kept.

use crate::in_every_world;
use jiff::civil::{Date, date};
use kiez_domain::id::{NeedId, VerdictId};
use kiez_domain::verdict::{Decision, Giver, NewVerdict};
use kiez_store::error::StoreError;
use kiez_store::verdict;
use kiez_testkit::{NOW, World, id};

const SPRING: Date = date(2099, 3, 20);

fn decided(giver: Giver, decision: Decision) -> NewVerdict {
    let until = (decision == Decision::Later).then_some(SPRING);
    let reason = "macht Inventur".parse().expect("a line");
    NewVerdict::new((giver, decision), until, Some(reason), date(2026, 1, 1)).expect("complete")
}

fn offcuts(world: &World) -> Giver {
    Giver::Offer(world.offcuts)
}

#[tokio::test]
async fn the_last_word_about_a_pair_holds() {
    in_every_world(async |db, world| {
        let (may, mut tx) = (world.may("verdict", "create"), db.write().await.expect("write"));
        let need = world.wood_wanted;
        for decision in [Decision::Pin, Decision::Never, Decision::Later] {
            let new = decided(offcuts(&world), decision);
            verdict::create(&mut tx, &may, (id(VerdictId::new), need), &new, NOW).await.expect("stored");
        }
        let bakery = decided(Giver::Actor(world.bakery), Decision::Never);
        verdict::create(&mut tx, &may, (id(VerdictId::new), need), &bakery, NOW).await.expect("stored");
        let found = verdict::list_by_need(&mut tx, world.project, need).await.expect("read");
        let found: Vec<_> = found.into_iter().map(|verdict| verdict.data).collect();
        assert_eq!(found, [decided(offcuts(&world), Decision::Later), bakery]);
        let all = verdict::list(&mut tx, world.project).await.expect("read");
        assert!(all.len() == 2 && all.iter().all(|verdict| verdict.need == need));
        assert!(verdict::list(&mut tx, world.other_project).await.expect("read").is_empty());
        let elsewhere = verdict::list_by_need(&mut tx, world.project, world.talk_wanted).await;
        assert!(elsewhere.expect("read").is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_decision_is_taken_back_once() {
    in_every_world(async |db, world| {
        let (need, mut tx) = (world.wood_wanted, db.write().await.expect("write"));
        let new = decided(offcuts(&world), Decision::Never);
        let fresh = (id(VerdictId::new), need);
        verdict::create(&mut tx, &world.may("verdict", "create"), fresh, &new, NOW).await.expect("stored");
        let may = world.may("verdict", "remove");
        let other = verdict::remove(&mut tx, &may, (need, Giver::Actor(world.joiner)), NOW).await;
        assert!(matches!(other, Err(StoreError::NotFound)), "the offer was meant, not its actor: {other:?}");
        verdict::remove(&mut tx, &may, (need, offcuts(&world)), NOW).await.expect("removed");
        assert!(verdict::list(&mut tx, world.project).await.expect("read").is_empty());
        let again = verdict::remove(&mut tx, &may, (need, offcuts(&world)), NOW).await;
        assert!(matches!(again, Err(StoreError::NotFound)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn nothing_is_decided_about_what_is_not_there_or_without_leave() {
    in_every_world(async |db, world| {
        let (may, mut tx) = (world.may("verdict", "create"), db.write().await.expect("write"));
        let new = decided(offcuts(&world), Decision::Pin);
        let nowhere = (id(VerdictId::new), id(NeedId::new));
        let missing = verdict::create(&mut tx, &may, nowhere, &new, NOW).await;
        assert!(matches!(missing, Err(StoreError::MissingReference)), "{missing:?}");
        drop(tx);
        let mut tx = db.write().await.expect("write");
        let pair = (id(VerdictId::new), world.wood_wanted);
        let other = verdict::create(&mut tx, &world.may("need", "create"), pair, &new, NOW).await;
        assert!(matches!(other, Err(StoreError::WrongPermit { .. })), "{other:?}");
    })
    .await;
}
