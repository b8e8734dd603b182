//! What a coordinator decided about a suggestion is respected wherever suggestions are made.

use crate::{App, apps};
use kiez_app::ctx::Ctx;
use kiez_app::error::AppError;
use kiez_app::suggestion::{self, Partner, SuggestionView};
use kiez_app::verdict;
use kiez_domain::id::NeedId;
use kiez_domain::verdict::{Decision, Giver, VerdictForm};
use kiez_gateways::clock::Clock;
use kiez_gateways::random::Random;
use kiez_testkit::NOW;

fn form(giver: Giver, decision: &str, until: &str) -> VerdictForm {
    VerdictForm {
        giver: giver.to_string(),
        decision: decision.into(),
        until: until.into(),
        reason: "macht Inventur".into(),
    }
}

async fn decide(app: &App, giver: Giver, (decision, until): (&str, &str)) {
    let (mira, world) = (app.coordinator(), &app.world);
    let form = form(giver, decision, until);
    verdict::decide(&app.ctx, &mira, world.project, world.wood_wanted, form).await.expect("decided");
}

async fn suggested(ctx: &Ctx, app: &App, need: NeedId) -> Vec<SuggestionView> {
    suggestion::for_need(ctx, &app.coordinator(), app.world.project, need, 10).await.expect("asked")
}

fn about(found: &[SuggestionView], giver: Giver) -> Option<usize> {
    found.iter().position(|view| view.giver() == Some(giver))
}

#[tokio::test]
async fn these_two_are_not_put_together_on_either_page_until_it_is_taken_back() {
    for app in apps().await {
        let (ctx, mira, world) = (&app.ctx, &app.coordinator(), &app.world);
        let offcuts = Giver::Offer(world.offcuts);
        decide(&app, offcuts, ("never", "")).await;
        assert_eq!(about(&suggested(ctx, &app, world.wood_wanted).await, offcuts), None);
        let own = suggestion::for_need(ctx, &app.institution(), world.project, world.wood_wanted, 10).await;
        assert_eq!(about(&own.expect("its own need"), offcuts), None, "nor for the institution itself");
        let needs = suggestion::for_offer(ctx, mira, world.project, world.offcuts, 10).await.expect("asked");
        let same = |view: &SuggestionView| matches!(view.partner, Partner::Need { id, .. } if id == world.wood_wanted);
        assert!(!needs.iter().any(same), "{needs:?}");

        for _ in 0..2 {
            let taken =
                verdict::take_back(ctx, mira, world.project, world.wood_wanted, &offcuts.to_string()).await;
            taken.expect("a second time changes nothing");
        }
        assert!(about(&suggested(ctx, &app, world.wood_wanted).await, offcuts).is_some());
    }
}

#[tokio::test]
async fn not_now_ends_on_its_day() {
    for app in apps().await {
        let (world, offcuts) = (&app.world, Giver::Offer(app.world.offcuts));
        let until = NOW.plus_days(14).day();
        decide(&app, offcuts, ("later", &until.to_string())).await;
        for (days, stands) in [(0, false), (13, false), (14, true)] {
            let ctx = Ctx::new(app.ctx.db.clone(), Clock::standing(NOW.plus_days(days)), Random::seeded(9));
            let found = suggested(&ctx, &app, world.wood_wanted).await;
            assert_eq!(about(&found, offcuts).is_some(), stands, "after {days} days");
            let told = verdict::list(&ctx, &app.coordinator(), world.project, world.wood_wanted).await;
            assert_eq!(told.expect("listed").is_empty(), stands, "after {days} days");
        }
    }
}

#[tokio::test]
async fn what_is_pinned_stands_first_and_is_told_with_its_reason() {
    for app in apps().await {
        let (ctx, world) = (&app.ctx, &app.world);
        let before = suggested(ctx, &app, world.talk_wanted).await;
        let last = before.last().and_then(SuggestionView::giver).expect("somebody is suggested");
        let (mira, need) = (app.coordinator(), world.talk_wanted);
        verdict::decide(ctx, &mira, world.project, need, form(last, "pin", "")).await.expect("decided");
        let after = suggested(ctx, &app, need).await;
        assert_eq!(about(&after, last), Some(0));
        assert_eq!(after.iter().filter(|view| view.pinned).count(), 1);
        assert_eq!(after.len(), before.len(), "nobody stands there twice");
        let told = verdict::list(ctx, &mira, world.project, need).await.expect("listed");
        assert_eq!((told[0].giver, told[0].decision), (last, Decision::Pin));
        assert_eq!(told[0].reason.as_ref().map(|reason| reason.as_str()), Some("macht Inventur"));
    }
}

#[tokio::test]
async fn only_coordinators_decide_and_only_about_what_is_there() {
    for app in apps().await {
        let (ctx, world) = (&app.ctx, &app.world);
        let never = form(Giver::Offer(world.offcuts), "never", "");
        let (jonas, mira) = (app.institution(), app.coordinator());
        let refused = verdict::decide(ctx, &jonas, world.project, world.wood_wanted, never.clone()).await;
        assert!(matches!(refused, Err(AppError::NotFound)), "{refused:?}");
        let listed = verdict::list(ctx, &jonas, world.project, world.wood_wanted).await;
        assert!(matches!(listed, Err(AppError::NotFound)), "{listed:?}");
        let nowhere = ctx.id(NeedId::new).expect("an id");
        let missing = verdict::decide(ctx, &mira, world.project, nowhere, never).await;
        assert!(matches!(missing, Err(AppError::NotFound)), "{missing:?}");
        let unclear =
            verdict::decide(ctx, &mira, world.project, world.wood_wanted, VerdictForm::default()).await;
        assert!(matches!(unclear, Err(AppError::Invalid(issues)) if issues.len() == 2));
    }
}
