//! The coordinator's desk of today.

use crate::{App, apps};
use kiez_app::ctx::Ctx;
use kiez_app::error::AppError;
use kiez_app::overview::{self, Act, Desk, PARTS};
use kiez_app::{idea, posting, verdict};
use kiez_domain::actor::Stage;
use kiez_domain::card::CardForm;
use kiez_domain::id::NeedId;
use kiez_domain::idea::IdeaForm;
use kiez_domain::need::{NeedEvent, NeedForm, NewNeed};
use kiez_domain::verdict::VerdictForm;
use kiez_gateways::clock::Clock;
use kiez_gateways::random::Random;
use kiez_testkit::NOW;

async fn desk(app: &App) -> Desk {
    overview::desk(&app.ctx, &app.coordinator(), app.world.project).await.expect("seen")
}

/// The same app, so many days later.
fn later(app: &App, days: i64) -> Ctx {
    Ctx::new(app.ctx.db.clone(), Clock::standing(NOW.plus_days(days)), Random::seeded(11))
}

async fn need(app: &App, text: &str) -> NeedId {
    let form = NeedForm::from(CardForm { text: text.into(), ..CardForm::default() });
    let posted = posting::post::<NewNeed>(&app.ctx, &app.coordinator(), app.world.project, (form, "")).await;
    posted.expect("posted")
}

#[tokio::test]
async fn nobody_but_a_coordinator_of_the_project_has_the_desk() {
    for app in apps().await {
        for caller in [app.institution(), app.operator(), kiez_app::caller::Caller::visitor()] {
            let refused = overview::desk(&app.ctx, &caller, app.world.project).await;
            assert!(matches!(refused, Err(AppError::NotFound)), "{refused:?}");
        }
        let elsewhere = overview::desk(&app.ctx, &app.coordinator(), app.world.other_project).await;
        assert!(matches!(elsewhere, Err(AppError::NotFound)), "{elsewhere:?}");
    }
}

#[tokio::test]
async fn what_came_now_stands_in_the_last_part_and_moves_back_with_time() {
    for app in apps().await {
        let form = IdeaForm { text: "Ein Regal für alle".into(), ..IdeaForm::default() };
        idea::note(&app.ctx, &app.coordinator(), app.world.project, (form, "")).await.expect("noted");
        let new = desk(&app).await.new;
        assert_eq!((new.needs[PARTS - 1], new.offers[PARTS - 1]), (2, 1));
        assert_eq!((new.ideas[PARTS - 1], new.actors[PARTS - 1]), (1, 4));
        assert_eq!(new.needs.iter().sum::<u64>(), 2);
        let seen =
            overview::desk(&later(&app, 28), &app.coordinator(), app.world.project).await.expect("seen");
        assert_eq!(seen.new.needs[PARTS - 2..], [2, 0]);
        assert_eq!(seen.new.begins[PARTS - 2], NOW.plus_minutes(1).plus_days(-28).day());
    }
}

#[tokio::test]
async fn a_need_that_nobody_fits_waits_and_one_that_is_met_by_a_suggestion_does_not() {
    for app in apps().await {
        let strange = need(&app, "Xylophonstimmung qwertz").await;
        let waiting = desk(&app).await.waiting;
        let alone: Vec<_> = waiting.alone.iter().map(|one| one.id).collect();
        assert!(alone.contains(&strange), "{waiting:?}");
        assert!(!alone.contains(&app.world.wood_wanted), "the joiner has offcuts: {waiting:?}");
        assert_eq!(waiting.asked, 3);
    }
}

#[tokio::test]
async fn a_pair_comes_back_to_the_desk_in_the_week_in_which_its_not_now_ends() {
    for app in apps().await {
        let (mira, world) = (app.coordinator(), &app.world);
        let until = NOW.plus_days(14).day();
        let form = VerdictForm {
            giver: format!("offer:{}", world.offcuts),
            decision: "later".into(),
            until: until.to_string(),
            reason: String::new(),
        };
        verdict::decide(&app.ctx, &mira, world.project, world.wood_wanted, form).await.expect("decided");
        for (days, told) in [(0, 0), (6, 0), (7, 1), (14, 1), (15, 0)] {
            let ctx = later(&app, days);
            let waiting = overview::desk(&ctx, &mira, world.project).await.expect("seen").waiting;
            assert_eq!(waiting.returning.len(), told, "after {days} days");
            let pair = waiting.returning.first();
            assert!(
                pair.is_none_or(|pair| pair.need == world.wood_wanted && pair.verdict.until == Some(until))
            );
        }
    }
}

#[tokio::test]
async fn recent_changes_have_the_names_of_things_and_many_at_once_are_one() {
    for app in apps().await {
        need(&app, "Eine Leiter für das Sommerfest").await;
        let recent = desk(&app).await.recent;
        let newest = recent.first().expect("something changed");
        assert_eq!((newest.noun.as_str(), newest.act), ("need", Act::Created));
        let actors = recent.iter().find(|change| change.noun == "actor").expect("told");
        assert_eq!(
            (actors.count, actors.name.as_deref()),
            (4, Some("Bäckerei Ayşe")),
            "the newest has its name"
        );
        let offer = recent.iter().find(|change| change.noun == "offer").expect("told");
        assert_eq!(offer.name.as_deref(), Some("Verschnitt und Holzreste, zweimal im Quartal"));
        assert_eq!(offer.id, Some(app.world.offcuts.to_string()));
    }
}

#[tokio::test]
async fn businesses_stand_in_the_order_of_the_way_to_taking_part() {
    for app in apps().await {
        let seen = desk(&app).await;
        assert_eq!(seen.stages, [(Stage::Mapped, 2)]);
        assert!(seen.streets.is_empty() && seen.uses.is_empty(), "no survey yet");
        assert_eq!(seen.waiting.differences, 0);
    }
}

#[tokio::test]
async fn an_institution_finds_its_own_needs_those_first_that_somebody_fits() {
    for app in apps().await {
        let (ctx, jonas, project) = (&app.ctx, app.institution(), app.world.project);
        let form = NeedForm::from(CardForm {
            text: "Xylophonunterricht auf Walisisch".into(),
            ..CardForm::default()
        });
        posting::post::<NewNeed>(ctx, &jonas, project, (form, "")).await.expect("posted");
        let own = overview::own(ctx, &jonas, project).await.expect("seen");
        assert_eq!(own.actor.as_ref().map(|actor| actor.id), Some(app.world.kita));
        let seen: Vec<_> =
            own.needs.iter().map(|need| (need.id == app.world.wood_wanted, need.suggested > 0)).collect();
        assert_eq!(
            seen,
            [(true, true), (false, false)],
            "the newer one has nobody, and comes second: {own:?}"
        );
        assert!(
            own.needs.iter().all(|need| need.id != app.world.talk_wanted),
            "the youth club's is not its own"
        );
        assert_eq!(own.met, 0);
    }
}

#[tokio::test]
async fn what_was_met_is_counted_and_no_longer_listed() {
    for app in apps().await {
        let (ctx, jonas, project) = (&app.ctx, app.institution(), app.world.project);
        let view = posting::get::<NewNeed>(ctx, &jonas, project, app.world.wood_wanted).await.expect("there");
        let met = (view.posted.version, NeedEvent::Meet);
        posting::transition::<NewNeed>(ctx, &jonas, project, app.world.wood_wanted, met).await.expect("met");
        let own = overview::own(ctx, &jonas, project).await.expect("seen");
        assert_eq!((own.needs.len(), own.met), (0, 1));
    }
}

#[tokio::test]
async fn nobody_without_a_role_in_the_project_has_needs_of_their_own_there() {
    for app in apps().await {
        for caller in [app.operator(), kiez_app::caller::Caller::visitor()] {
            let refused = overview::own(&app.ctx, &caller, app.world.project).await;
            assert!(matches!(refused, Err(AppError::NotFound)), "{refused:?}");
        }
        let elsewhere = overview::own(&app.ctx, &app.institution(), app.world.other_project).await;
        assert!(matches!(elsewhere, Err(AppError::NotFound)), "{elsewhere:?}");
    }
}
