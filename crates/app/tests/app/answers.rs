//! What businesses say changes what is suggested, at once and in every branch that it tells something about.

use crate::{App, apps};
use kiez_app::error::AppError;
use kiez_app::suggestion::{self, Partner, SuggestionView};
use kiez_app::{actor, answer, posting};
use kiez_domain::actor::{ActorForm, Stage};
use kiez_domain::answer::{AnswerForm, Said};
use kiez_domain::card::CardForm;
use kiez_domain::id::{ActorId, NeedId};
use kiez_domain::need::{NeedForm, NewNeed};
use kiez_domain::suggestion::{Answers, Reason};

/// A need for cake and a second bakery, next door to the first.
async fn cake_wanted(app: &App) -> (NeedId, ActorId) {
    let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
    let card = CardForm { text: "Kuchen".into(), kinds: "cake".into(), ..CardForm::default() };
    let need =
        posting::post::<NewNeed>(ctx, mira, project, (NeedForm::from(card), "")).await.expect("posted");
    let form = ActorForm {
        name: "Backstube Zeta".into(),
        branch: "bakery".into(),
        street: "Dieffenbachstr.".into(),
        house_number: "11".into(),
        lat: "52.4931".into(),
        lon: "13.4171".into(),
        ..ActorForm::default()
    };
    let other = actor::create(ctx, mira, project, (form, "")).await.expect("entered");
    (need, other)
}

async fn of_actor(app: &App, need: NeedId, actor: ActorId) -> Option<SuggestionView> {
    let found = suggestion::for_need(&app.ctx, &app.coordinator(), app.world.project, need, 20).await;
    let is_of = |view: &SuggestionView| {
        view.partner == Partner::Actor && view.actor.as_ref().is_some_and(|known| known.id == actor)
    };
    found.expect("asked").into_iter().find(is_of)
}

fn form(kind: &str, said: &str, again: &str) -> AnswerForm {
    AnswerForm { kind: kind.into(), said: said.into(), again: again.into(), ..AnswerForm::default() }
}

/// What was heard of the branch, when the suggestion guesses that it could give cake.
fn heard(view: &SuggestionView) -> Option<Answers> {
    view.reasons.iter().find_map(|reason| match reason {
        Reason::LikelyByBranch { kind, told, .. } if kind.as_str() == "cake" => Some(*told),
        _ => None,
    })
}

#[tokio::test]
async fn a_no_ends_the_guess_about_the_shop_and_lowers_that_about_its_neighbour() {
    for app in apps().await {
        let (ctx, mira, world) = (&app.ctx, &app.coordinator(), &app.world);
        let (need, other) = cake_wanted(&app).await;
        let before = of_actor(&app, need, other).await.expect("a baker bakes");
        assert_eq!(heard(&before), Some(Answers::default()));
        assert!(heard(&of_actor(&app, need, world.bakery).await.expect("so does the other")).is_some());

        let said = answer::note(ctx, mira, world.project, world.bakery, form("cake", "no", "")).await;
        said.expect("noted");
        let own = of_actor(&app, need, world.bakery).await;
        assert_eq!(own.as_ref().and_then(heard), None, "nobody asks the same again: {own:?}");
        let after = of_actor(&app, need, other).await.expect("still likely");
        assert_eq!(heard(&after), Some(Answers { yes: 0, asked: 1 }));
        assert!(after.score < before.score, "{} {}", after.score.value(), before.score.value());
        let view = actor::get(ctx, mira, world.project, world.bakery).await.expect("there");
        assert_eq!(view.actor.stage, Stage::Visited, "no cake is no refusal to take part");

        // The index that is built anew knows the same as the one that followed.
        let fresh = kiez_app::ctx::Ctx::new(ctx.db.clone(), ctx.clock.clone(), ctx.random.clone());
        let again = suggestion::for_need(&fresh, mira, world.project, need, 20).await.expect("asked");
        let followed = suggestion::for_need(ctx, mira, world.project, need, 20).await.expect("asked");
        assert_eq!(again, followed);
    }
}

#[tokio::test]
async fn a_yes_is_confirmed_and_lifts_the_neighbour() {
    for app in apps().await {
        let (ctx, mira, world) = (&app.ctx, &app.coordinator(), &app.world);
        let (need, other) = cake_wanted(&app).await;
        let before = of_actor(&app, need, other).await.expect("a baker bakes");
        for _ in 0..2 {
            let said = answer::note(ctx, mira, world.project, world.bakery, form("cake", "yes", "")).await;
            said.expect("a second press changes nothing");
        }
        let own = of_actor(&app, need, world.bakery).await.expect("it said so");
        let confirmed =
            |reason: &Reason| matches!(reason, Reason::Confirmed { kind } if kind.as_str() == "cake");
        assert!(own.reasons.iter().any(confirmed), "{own:?}");
        let after = of_actor(&app, need, other).await.expect("likelier now");
        assert_eq!(heard(&after), Some(Answers { yes: 1, asked: 1 }), "a shop counts once");
        assert!(after.score > before.score);
        let told = answer::list(ctx, mira, world.project, world.bakery).await.expect("listed");
        assert_eq!(told.iter().map(|answer| answer.said).collect::<Vec<_>>(), [Said::Yes]);
    }
}

#[tokio::test]
async fn who_said_not_before_a_day_is_asked_from_that_day_on() {
    for app in apps().await {
        let (ctx, mira, world) = (&app.ctx, &app.coordinator(), &app.world);
        let (need, _) = cake_wanted(&app).await;
        let day = ctx.now().plus_days(10).day();
        let said = form("cake", "no", &day.to_string());
        answer::note(ctx, mira, world.project, world.bakery, said).await.expect("noted");
        let own = of_actor(&app, need, world.bakery).await;
        assert_eq!(own.as_ref().and_then(heard), None, "not today: {own:?}");
        ctx.clock.move_to(ctx.now().plus_days(10));
        let own = of_actor(&app, need, world.bakery).await.expect("its day has come");
        assert_eq!(heard(&own), Some(Answers { yes: 0, asked: 1 }), "what it said counts on");
    }
}

#[tokio::test]
async fn a_word_about_taking_part_moves_the_business_along() {
    for app in apps().await {
        let (ctx, mira, world) = (&app.ctx, &app.coordinator(), &app.world);
        for (said, stage) in [
            ("open", Stage::Visited),
            ("interested", Stage::Interested),
            ("yes", Stage::Participating),
            ("open", Stage::Participating),
            ("no", Stage::Declined),
        ] {
            answer::note(ctx, mira, world.project, world.joiner, form("", said, "")).await.expect("noted");
            let now = actor::get(ctx, mira, world.project, world.joiner).await.expect("there").actor.stage;
            assert_eq!(now, stage, "{said}");
        }
        let told = answer::list(ctx, mira, world.project, world.joiner).await.expect("listed");
        assert_eq!((told.len(), told[0].said), (1, Said::No), "the last word of the day");
    }
}

#[tokio::test]
async fn only_a_coordinator_of_the_project_notes_answers_and_reads_them() {
    for app in apps().await {
        let (ctx, world) = (&app.ctx, &app.world);
        let (project, mira) = (world.project, app.coordinator());
        for (caller, project) in [(app.institution(), project), (app.coordinator(), world.other_project)] {
            let noted = answer::note(ctx, &caller, project, world.bakery, form("cake", "no", "")).await;
            assert!(matches!(noted, Err(AppError::NotFound)), "{noted:?}");
            let read = answer::list(ctx, &caller, project, world.bakery).await;
            assert!(matches!(read, Err(AppError::NotFound)), "{read:?}");
        }
        let unknown = answer::note(ctx, &mira, project, world.bakery, form("moonshine", "yes", "")).await;
        assert!(matches!(unknown, Err(AppError::Invalid(_))), "{unknown:?}");
        assert!(answer::list(ctx, &mira, project, world.bakery).await.expect("read").is_empty());
    }
}
