//! Needs, offers and cards: posting, permissions, repeats, stale saves.

use crate::{App, apps};
use kiez_app::card::{self, CardForm};
use kiez_app::error::AppError;
use kiez_app::need;
use kiez_app::page::{NeedFilter, OfferFilter, Page};
use kiez_domain::need::{NeedEvent, NeedForm, NeedState};

fn form(text: &str) -> NeedForm {
    NeedForm { text: text.to_owned(), ..NeedForm::default() }
}

async fn total(app: &App) -> u64 {
    let mira = app.coordinator();
    need::list(&app.ctx, &mira, app.world.project, NeedFilter::default(), Page::default())
        .await
        .expect("a coordinator lists needs")
        .total
}

#[tokio::test]
async fn a_need_is_posted_and_found_with_its_kinds() {
    for app in apps().await {
        let project = app.world.project;
        let id =
            need::post(&app.ctx, &app.coordinator(), project, (form("Stühle für das Elterncafé"), "")).await;
        let view =
            need::get(&app.ctx, &app.coordinator(), project, id.expect("posted")).await.expect("found");
        assert_eq!(view.need.state, NeedState::Open);
        assert!(view.kinds.iter().any(|found| found.kind.as_str() == "furniture"), "{:?}", view.kinds);
    }
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_need() {
    for app in apps().await {
        let before = total(&app).await;
        let send = || async {
            need::post(&app.ctx, &app.institution(), app.world.project, (form("Ein Beamer"), "key-1")).await
        };
        let (first, second) = (send().await.expect("posted"), send().await.expect("repeated"));
        assert_eq!(first, second);
        assert_eq!(total(&app).await, before + 1);
    }
}

#[tokio::test]
async fn an_institution_posts_for_itself_whatever_the_form_says() {
    for app in apps().await {
        let foreign = NeedForm { actor: app.world.youth_club.to_string(), ..form("Farbe für die Wand") };
        let id =
            need::post(&app.ctx, &app.institution(), app.world.project, (foreign, "")).await.expect("posted");
        let view = need::get(&app.ctx, &app.institution(), app.world.project, id).await.expect("its own");
        assert_eq!(view.need.data.actor, Some(app.world.kita));
    }
}

#[tokio::test]
async fn what_belongs_to_another_institution_or_project_is_not_there() {
    for app in apps().await {
        let (ctx, world) = (&app.ctx, &app.world);
        let others = need::get(ctx, &app.institution(), world.project, world.talk_wanted).await;
        assert!(matches!(others, Err(AppError::NotFound)));
        let elsewhere = need::get(ctx, &app.coordinator(), world.other_project, world.wood_wanted).await;
        assert!(matches!(elsewhere, Err(AppError::NotFound)));
        let foreign = need::post(ctx, &app.coordinator(), world.other_project, (form("Stühle"), "")).await;
        assert!(matches!(foreign, Err(AppError::NotFound)));
        let own =
            need::list(ctx, &app.institution(), world.project, NeedFilter::default(), Page::default()).await;
        assert!(own.expect("its own").rows.iter().all(|view| view.need.data.actor == Some(world.kita)));
    }
}

#[tokio::test]
async fn a_stale_save_is_refused_and_nothing_is_lost() {
    for app in apps().await {
        let (ctx, project, id) = (&app.ctx, app.world.project, app.world.wood_wanted);
        let mira = &app.coordinator();
        let save = |version, text: &str| {
            let kita = NeedForm { actor: app.world.kita.to_string(), ..form(text) };
            need::update(ctx, mira, project, id, (version, kita))
        };
        save(1, "Holz, erste Fassung").await.expect("the first save counts");
        assert!(matches!(save(1, "Holz, zweite Fassung").await, Err(AppError::Stale)));
        let view = need::get(ctx, &app.coordinator(), project, id).await.expect("found");
        assert_eq!(view.need.data.text.as_str(), "Holz, erste Fassung");
    }
}

#[tokio::test]
async fn a_step_that_is_not_possible_is_refused_with_the_possible_ones() {
    for app in apps().await {
        let (ctx, project, id) = (&app.ctx, app.world.project, app.world.wood_wanted);
        let state = need::transition(ctx, &app.coordinator(), project, id, (1, NeedEvent::Meet)).await;
        assert_eq!(state.expect("an open need can be met"), NeedState::Met);
        let again = need::transition(ctx, &app.coordinator(), project, id, (2, NeedEvent::Post)).await;
        assert!(again.expect_err("met").to_string().contains("possible now: reopen"));
    }
}

#[tokio::test]
async fn all_issues_of_a_form_come_back_at_once() {
    for app in apps().await {
        let wrong = NeedForm { kinds: "no_such_kind".into(), ..form("Stühle") };
        let error = need::post(&app.ctx, &app.coordinator(), app.world.project, (wrong, ""))
            .await
            .expect_err("unknown");
        assert!(error.to_string().contains("no_such_kind"), "{error}");
        let wrong = NeedForm { units: "viele".into(), times: "immer".into(), ..form("") };
        let error = need::post(&app.ctx, &app.coordinator(), app.world.project, (wrong, "")).await;
        let Err(AppError::Invalid(issues)) = error else { panic!("three issues were expected") };
        assert_eq!(issues.iter().map(|i| i.field.as_str()).collect::<Vec<_>>(), ["text", "units", "times"]);
    }
}

#[tokio::test]
async fn a_card_becomes_a_need_an_offer_or_an_idea() {
    for app in apps().await {
        let project = app.world.project;
        for what in ["need", "offer", "idea"] {
            let form = CardForm { what: what.into(), text: "Kuchen backen".into(), ..CardForm::default() };
            let entered = card::enter(&app.ctx, &app.coordinator(), project, form).await.expect("entered");
            assert_eq!(entered.kind.name(), what);
        }
        let mira = app.coordinator();
        let offers =
            kiez_app::offer::list(&app.ctx, &mira, project, OfferFilter::default(), Page::default()).await;
        let offers = offers.expect("listed");
        assert!(offers.rows.iter().any(|view| view.offer.data.text.as_str() == "Kuchen backen"));
        let ideas = kiez_app::idea::list(&app.ctx, &app.coordinator(), project, Page::default()).await;
        assert_eq!(ideas.expect("listed").total, 1);
        let wrong = CardForm { what: "gift".into(), text: "x".into(), ..CardForm::default() };
        assert!(card::enter(&app.ctx, &app.coordinator(), project, wrong).await.is_err());
    }
}
