//! Suggestions follow what is stored, at once, and only for those who may see them.

use crate::apps;
use kiez_app::actor;
use kiez_app::error::AppError;
use kiez_app::posting;
use kiez_app::suggestion::{self, Partner};
use kiez_domain::actor::ActorForm;
use kiez_domain::card::CardForm;
use kiez_domain::need::{NeedForm, NewNeed};
use kiez_domain::offer::{NewOffer, OfferEvent, OfferForm};
use kiez_domain::suggestion::Reason;

#[tokio::test]
async fn the_joiners_offcuts_are_suggested_to_the_kita_with_reasons() {
    for app in apps().await {
        let (ctx, world) = (&app.ctx, &app.world);
        let found = suggestion::for_need(ctx, &app.institution(), world.project, world.wood_wanted, 5).await;
        let found = found.expect("its own need");
        assert!(matches!(&found[0].partner, Partner::Offer { id, .. } if *id == world.offcuts), "{found:?}");
        assert_eq!(found[0].actor.as_ref().map(|actor| actor.name.as_str()), Some("Tischlerei Holzwurm"));
        assert!(!found[0].reasons.is_empty());
    }
}

#[tokio::test]
async fn a_new_offer_is_suggested_and_a_paused_one_is_not() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let chairs =
            NeedForm::from(CardForm { text: "Stühle für das Elterncafé".into(), ..CardForm::default() });
        let need = posting::post::<NewNeed>(ctx, mira, project, (chairs, "")).await.expect("posted");
        let has = |found: &[suggestion::SuggestionView], wanted| {
            found.iter().any(|s| matches!(&s.partner, Partner::Offer { id, .. } if *id == wanted))
        };
        suggestion::for_need(ctx, mira, project, need, 10).await.expect("the index is built");
        let given =
            OfferForm::from(CardForm { text: "Zwölf gebrauchte Stühle".into(), ..CardForm::default() });
        let offer = posting::post::<NewOffer>(ctx, mira, project, (given, "")).await.expect("posted");
        let found = suggestion::for_need(ctx, mira, project, need, 10).await.expect("asked");
        assert!(has(&found, offer), "{found:?}");
        posting::transition::<NewOffer>(ctx, mira, project, offer, (1, OfferEvent::Pause))
            .await
            .expect("paused");
        let found = suggestion::for_need(ctx, mira, project, need, 10).await.expect("asked");
        assert!(!has(&found, offer));
    }
}

#[tokio::test]
async fn a_chain_that_nobody_asked_is_suggested_once_and_docking_stations_never() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let branches = ["lawyer", "lawyer", "lawyer", "bicycle_station"];
        let mut ids = Vec::new();
        for (number, branch) in branches.into_iter().enumerate() {
            let form = ActorForm {
                name: "Advo Recht".into(),
                branch: branch.into(),
                lat: format!("52.49{number}"),
                lon: "13.42".into(),
                ..ActorForm::default()
            };
            let key = format!("key-{number}");
            ids.push(actor::create(ctx, mira, project, (form, &key)).await.expect("saved"));
        }
        let form = CardForm {
            text: "Rechtsanwalt gesucht".into(),
            lat: "52.49".into(),
            lon: "13.42".into(),
            ..CardForm::default()
        };
        let need = posting::post::<NewNeed>(ctx, mira, project, (form.into(), "")).await.expect("posted");
        let found = suggestion::for_need(ctx, mira, project, need, 10).await.expect("asked");
        let guesses: Vec<_> = found.iter().filter(|view| view.partner == Partner::Actor).collect();
        let told: Vec<_> =
            guesses.iter().map(|view| (view.actor.as_ref().map(|actor| actor.id), view.same_name)).collect();
        assert_eq!(told, [(Some(ids[0]), 2)], "the nearest, and two more");
    }
}

#[tokio::test]
async fn why_not_names_what_stands_in_the_way() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let card =
            CardForm { text: "Holz".into(), lat: "52.40".into(), lon: "13.20".into(), ..CardForm::default() };
        let far = NeedForm { radius_m: "100".into(), ..card.into() };
        let need = posting::post::<NewNeed>(ctx, mira, project, (far, "")).await.expect("posted");
        let answer =
            suggestion::why_not(ctx, mira, project, need, app.world.offcuts).await.expect("both exist");
        assert!(!answer.obstacles.is_empty());
    }
}

#[tokio::test]
async fn suggestions_for_the_need_of_another_are_not_there() {
    for app in apps().await {
        let (ctx, world) = (&app.ctx, &app.world);
        let others = suggestion::for_need(ctx, &app.institution(), world.project, world.talk_wanted, 5).await;
        assert!(matches!(others, Err(AppError::NotFound)));
        let elsewhere =
            suggestion::for_need(ctx, &app.coordinator(), world.other_project, world.wood_wanted, 5).await;
        assert!(matches!(elsewhere, Err(AppError::NotFound)));
    }
}

#[tokio::test]
async fn an_institution_learns_nothing_of_unpublished_needs_of_others() {
    for app in apps().await {
        let (ctx, project) = (&app.ctx, app.world.project);
        let talk = OfferForm::from(CardForm {
            text: "Bäckerin erzählt von ihrem Beruf".into(),
            ..CardForm::default()
        });
        let offer =
            posting::post::<NewOffer>(ctx, &app.institution(), project, (talk, "")).await.expect("posted");
        let found =
            suggestion::for_offer(ctx, &app.institution(), project, offer, 10).await.expect("its own");
        let foreign = |s: &suggestion::SuggestionView| matches!(&s.partner, Partner::Need { id, .. } if *id == app.world.talk_wanted);
        assert!(!found.iter().any(foreign));
        let found =
            suggestion::for_offer(ctx, &app.coordinator(), project, offer, 10).await.expect("a coordinator");
        assert!(found.iter().any(foreign), "{found:?}");
    }
}

#[tokio::test]
async fn a_need_without_a_place_stands_in_the_middle_of_the_home_quarter() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let wood = NeedForm::from(CardForm { text: "Holzreste zum Basteln".into(), ..CardForm::default() });
        let need = posting::post::<NewNeed>(ctx, mira, project, (wood, "")).await.expect("posted");
        let found = suggestion::for_need(ctx, mira, project, need, 5).await.expect("asked");
        let walks =
            |s: &suggestion::SuggestionView| s.reasons.iter().any(|why| matches!(why, Reason::Walk { .. }));
        assert!(found.iter().any(walks), "the way on foot is a reason: {found:?}");
    }
}
