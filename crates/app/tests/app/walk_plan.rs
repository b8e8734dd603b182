//! The walk of the day respects everything that was decided and said, and says why.

use crate::{App, apps};
use kiez_app::error::AppError;
use kiez_app::walk::{self, StopView, WalkForm, WalkView};
use kiez_app::{actor, answer, posting, verdict};
use kiez_domain::answer::AnswerForm;
use kiez_domain::card::CardForm;
use kiez_domain::id::{ActorId, NeedId};
use kiez_domain::need::{NeedForm, NewNeed};
use kiez_domain::project::Project;
use kiez_domain::verdict::{Giver, VerdictForm};
use kiez_domain::walk::{WalkLeft, WalkReason};

async fn project(app: &App) -> Project {
    kiez_app::project::get(&app.ctx, &app.coordinator(), "graefekiez").await.expect("the world's project")
}

async fn planned(app: &App, form: &WalkForm) -> WalkView {
    let found = walk::plan(&app.ctx, &app.coordinator(), &project(app).await, form).await;
    found.expect("planned")
}

/// Two hours on a day of the world, from the Kita.
fn from_the_kita(app: &App) -> WalkForm {
    WalkForm {
        minutes: "120".into(),
        start: "kita sonnenblume".into(),
        time: "10:00".into(),
        day: app.ctx.today().to_string(),
        ..WalkForm::default()
    }
}

fn at(walk: &WalkView, actor: ActorId) -> Option<&StopView> {
    walk.stops.iter().find(|stop| stop.place.actor == Some(actor))
}

async fn cake_wanted(app: &App) -> NeedId {
    let card = CardForm { text: "Kuchen".into(), kinds: "cake".into(), ..CardForm::default() };
    let form = (NeedForm::from(card), "");
    posting::post::<NewNeed>(&app.ctx, &app.coordinator(), app.world.project, form).await.expect("posted")
}

#[tokio::test]
async fn a_walk_leads_from_the_kita_past_the_bakery_and_back_in_time() {
    for app in apps().await {
        let cake = cake_wanted(&app).await;
        let walk = planned(&app, &from_the_kita(&app)).await;
        assert_eq!(walk.start.actor.as_ref().map(|actor| actor.id), Some(app.world.kita));
        let bakery = at(&walk, app.world.bakery).expect("near and open");
        assert!(bakery.asks.iter().any(|ask| ask.need == cake && !ask.confirmed), "{bakery:?}");
        assert!(bakery.reasons.contains(&WalkReason::NeverVisited), "{bakery:?}");
        assert!(walk.ends <= walk.at.saturating_add(jiff::ToSpan::minutes(120_i64)), "{walk:?}");
        assert!(walk.stops.is_sorted_by_key(|stop| stop.arrives));
        assert!(at(&walk, app.world.youth_club).is_none(), "institutions are asked at the round table");
        // Whoever has no time comes to nobody's door.
        let short = WalkForm { minutes: "15".into(), ..from_the_kita(&app) };
        assert!(planned(&app, &short).await.stops.is_empty());
    }
}

#[tokio::test]
async fn what_was_decided_or_said_is_no_reason_to_go() {
    for app in apps().await {
        let (ctx, mira, world) = (&app.ctx, &app.coordinator(), &app.world);
        let cake = cake_wanted(&app).await;
        let asks_for_cake = |walk: &WalkView| {
            at(walk, world.bakery).is_some_and(|stop| stop.asks.iter().any(|ask| ask.need == cake))
        };
        assert!(asks_for_cake(&planned(&app, &from_the_kita(&app)).await));
        let giver = Giver::Actor(world.bakery).to_string();
        let never = VerdictForm { giver: giver.clone(), decision: "never".into(), ..VerdictForm::default() };
        verdict::decide(ctx, mira, world.project, cake, never).await.expect("decided");
        assert!(!asks_for_cake(&planned(&app, &from_the_kita(&app)).await), "not these two");
        verdict::take_back(ctx, mira, world.project, cake, &giver).await.expect("taken back");
        assert!(asks_for_cake(&planned(&app, &from_the_kita(&app)).await));
        let no = AnswerForm { kind: "cake".into(), said: "no".into(), ..AnswerForm::default() };
        answer::note(ctx, mira, world.project, world.bakery, no).await.expect("noted");
        assert!(!asks_for_cake(&planned(&app, &from_the_kita(&app)).await), "it said no");
    }
}

#[tokio::test]
async fn who_said_no_is_left_in_peace_until_the_day_it_named() {
    for app in apps().await {
        let (ctx, mira, world) = (&app.ctx, &app.coordinator(), &app.world);
        cake_wanted(&app).await;
        let why = |walk: &WalkView| {
            walk.left.iter().find(|left| left.actor.id == world.bakery).map(|left| left.why)
        };
        let say = async |again: &str| {
            let form = AnswerForm { said: "no".into(), again: again.into(), ..AnswerForm::default() };
            answer::note(ctx, mira, world.project, world.bakery, form).await.expect("noted");
        };
        say("").await;
        let walk = planned(&app, &from_the_kita(&app)).await;
        assert_eq!((at(&walk, world.bakery), why(&walk)), (None, Some(WalkLeft::Declined)));
        let day = ctx.now().plus_days(200).day();
        say(&day.to_string()).await;
        let walk = planned(&app, &from_the_kita(&app)).await;
        assert_eq!((at(&walk, world.bakery), why(&walk)), (None, Some(WalkLeft::Later { day })));
        let then = WalkForm { day: day.to_string(), ..from_the_kita(&app) };
        let walk = planned(&app, &then).await;
        let stop = at(&walk, world.bakery).expect("its day has come");
        assert_eq!((stop.again, stop.last_visit), (Some(day), Some(ctx.today())));
    }
}

#[tokio::test]
async fn a_start_may_be_an_address_a_place_or_nothing_and_nowhere_is_said() {
    for app in apps().await {
        let start = async |text: &str| {
            let form = WalkForm { start: text.into(), ..from_the_kita(&app) };
            walk::plan(&app.ctx, &app.coordinator(), &project(&app).await, &form).await
        };
        let bakery = start("Dieffenbachstr. 9").await.expect("somebody is there").start.position;
        assert!((bakery.lat() - 52.4930).abs() < 1e-9, "{bakery:?}");
        let near = start("Graefestraße 14").await.expect("the street is known").start.position;
        assert!((near.lat() - 52.4920).abs() < 1e-9, "{near:?}");
        let place = start("52.4901, 13.4123").await.expect("two degrees").start.position;
        assert!((place.lon() - 13.4123).abs() < 1e-9);
        let middle = start("").await.expect("the home quarter").start.position;
        assert!((middle.lat() - 52.4885).abs() < 1e-3, "{middle:?}");
        let nowhere = start("Sesamstraße 1").await;
        let Err(AppError::Invalid(issues)) = nowhere else { panic!("{nowhere:?}") };
        assert_eq!(issues[0].field, "start");
    }
}

#[tokio::test]
async fn a_closed_door_is_left_out_and_an_open_one_says_until_when() {
    for app in apps().await {
        let (ctx, mira, world) = (&app.ctx, &app.coordinator(), &app.world);
        cake_wanted(&app).await;
        let hours = async |text: &str| {
            let before = actor::get(ctx, mira, world.project, world.bakery).await.expect("there").actor;
            let mut form = kiez_domain::actor::ActorForm::from(&before.data);
            form.opening_hours = text.into();
            let change = (before.version, form);
            actor::update(ctx, mira, world.project, world.bakery, change).await.expect("saved");
        };
        hours("Mo-Su 18:00-20:00").await;
        let walk = planned(&app, &from_the_kita(&app)).await;
        assert!(at(&walk, world.bakery).is_none());
        assert!(walk.left_counts.iter().any(|(why, count)| *why == WalkLeft::Closed && *count == 1));
        hours("Mo-Su 08:00-18:30").await;
        let walk = planned(&app, &from_the_kita(&app)).await;
        let stop = at(&walk, world.bakery).expect("open");
        assert!(stop.reasons.contains(&WalkReason::Closes { hour: 18, minute: 30 }), "{stop:?}");
    }
}

#[tokio::test]
async fn only_a_coordinator_of_the_project_plans_a_walk() {
    for app in apps().await {
        let project = project(&app).await;
        let form = WalkForm::default();
        let refused = walk::plan(&app.ctx, &app.institution(), &project, &form).await;
        assert!(matches!(refused, Err(AppError::NotFound)), "{refused:?}");
        let refused = walk::places(&app.ctx, &app.institution(), project.id).await;
        assert!(matches!(refused, Err(AppError::NotFound)), "{refused:?}");
        let mut places = walk::places(&app.ctx, &app.coordinator(), project.id).await.expect("listed");
        assert_eq!(places.pop().map(|place| place.name).as_deref(), Some("Kita Sonnenblume"));
    }
}
