//! Rings and bundles are found among the cards of a small Kiez, keep to decisions, and are for coordinators.

use crate::{App, apps};
use kiez_app::error::AppError;
use kiez_app::rings::{self, Together};
use kiez_app::{posting, verdict};
use kiez_domain::card::CardForm;
use kiez_domain::id::{ActorId, NeedId, OfferId};
use kiez_domain::need::{NeedForm, NewNeed};
use kiez_domain::offer::{NewOffer, OfferForm};
use kiez_domain::verdict::{Giver, VerdictForm};

async fn need(app: &App, actor: ActorId, text: &str) -> NeedId {
    let card = CardForm { actor: actor.to_string(), text: text.into(), ..CardForm::default() };
    let form = NeedForm::from(card);
    posting::post::<NewNeed>(&app.ctx, &app.coordinator(), app.world.project, (form, ""))
        .await
        .expect("posted")
}

async fn offer(app: &App, actor: ActorId, text: &str, capacity: &str) -> OfferId {
    let card = CardForm { actor: actor.to_string(), text: text.into(), ..CardForm::default() };
    let form = OfferForm { card, capacity: capacity.into(), per: "month".into(), ..OfferForm::default() };
    posting::post::<NewOffer>(&app.ctx, &app.coordinator(), app.world.project, (form, ""))
        .await
        .expect("posted")
}

async fn together(app: &App) -> Together {
    rings::of_project(&app.ctx, &app.coordinator(), app.world.project).await.expect("found")
}

/// The joiner's offcuts for the Kita stand in the world already: two more links close the ring.
async fn close_the_ring(app: &App) -> OfferId {
    let world = &app.world;
    need(app, world.joiner, "Eine Website für die Tischlerei, auf der man Termine sieht").await;
    need(app, world.youth_club, "Vorlesepatinnen und Vorlesepaten für Bilderbücher").await;
    offer(app, world.kita, "Vorlesepaten aus der Elternschaft lesen aus Bilderbüchern vor", "1").await;
    offer(app, world.youth_club, "Jugendliche gestalten eine Website", "1").await
}

#[tokio::test]
async fn three_who_fit_only_in_turn_are_put_forward_as_a_ring() {
    for app in apps().await {
        let world = &app.world;
        assert_eq!(
            together(&app).await.rings,
            Vec::<Vec<rings::LinkView>>::new(),
            "nobody gives and needs yet"
        );
        let website = close_the_ring(&app).await;
        let found = together(&app).await;
        assert_eq!((found.both, found.rings.len(), found.rings_are_best), (3, 1, true), "{found:?}");
        let ring = &found.rings[0];
        assert_eq!(ring.len(), 3);
        for (link, next) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            assert_eq!(link.taker.id, next.giver.id);
            assert!(!link.suggestion.reasons.is_empty());
        }
        let gives =
            |giver: ActorId| ring.iter().find(|link| link.giver.id == giver).map(|link| link.taker.id);
        assert_eq!(gives(world.joiner), Some(world.kita));
        assert_eq!(gives(world.kita), Some(world.youth_club));
        assert_eq!(gives(world.youth_club), Some(world.joiner));

        let form = VerdictForm {
            giver: Giver::Offer(website).to_string(),
            decision: "never".into(),
            ..VerdictForm::default()
        };
        let wanted = ring.iter().find(|link| link.giver.id == world.youth_club).expect("it gives").need.id;
        verdict::decide(&app.ctx, &app.coordinator(), world.project, wanted, form).await.expect("decided");
        assert_eq!(
            together(&app).await.rings,
            Vec::<Vec<rings::LinkView>>::new(),
            "these two are not to be brought together"
        );
    }
}

#[tokio::test]
async fn one_visit_and_one_van_serve_several_needs() {
    for app in apps().await {
        let world = &app.world;
        let more = need(&app, world.youth_club, "Holzreste und Bretter für die Werkbank").await;
        let found = together(&app).await;
        let visit = found.visits.first().expect("the joiner gives twice a quarter");
        assert_eq!(visit.giver.id, world.joiner);
        let mut needs: Vec<NeedId> = visit.parts.iter().map(|(need, _)| need.id).collect();
        let mut expected = vec![world.wood_wanted, more];
        needs.sort();
        expected.sort();
        assert_eq!(needs, expected);
        assert!(visit.minutes > 0 && found.bundles_are_best);

        assert!(found.trips.is_empty());
        let sofa = need(&app, world.kita, "Ein Transporter, der gespendete Möbel abholt").await;
        let shelves = need(&app, world.youth_club, "Wer holt mit dem Transporter gespendete Möbel ab?").await;
        offer(&app, world.bakery, "Transporter mit Fahrer holt gespendete Möbel ab", "2").await;
        let found = together(&app).await;
        assert_eq!(found.trips.len(), 1, "{found:?}");
        let trip = &found.trips[0];
        let ids: Vec<NeedId> = trip.needs.iter().map(|need| need.id).collect();
        assert!(ids == [sofa, shelves] || ids == [shelves, sofa], "{trip:?}");
        let driver = trip.driver.as_ref().and_then(|driver| driver.actor.as_ref());
        assert_eq!(driver.map(|actor| actor.id), Some(world.bakery));
        assert!(trip.minutes > 0);
    }
}

#[tokio::test]
async fn a_stranger_finds_no_rings() {
    for app in apps().await {
        let refused = rings::of_project(&app.ctx, &app.institution(), app.world.project).await;
        assert!(matches!(refused, Err(AppError::NotFound)), "{refused:?}");
    }
}
