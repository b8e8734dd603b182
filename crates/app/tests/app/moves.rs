//! The best moves for the whole Kiez respect limits and decisions, and say who gets nothing.

use crate::apps;
use kiez_app::error::AppError;
use kiez_app::moves::{self, Week, WhyNothing};
use kiez_app::{posting, verdict};
use kiez_domain::card::CardForm;
use kiez_domain::need::NewNeed;
use kiez_domain::verdict::{Giver, VerdictForm};

const WEEK: Week = Week { hours: 40, without: None, walk_m: None };

#[tokio::test]
async fn the_offcuts_are_put_forward_until_these_two_are_kept_apart() {
    for app in apps().await {
        let (ctx, mira, world) = (&app.ctx, &app.coordinator(), &app.world);
        let found = moves::of_week(ctx, mira, world.project, WEEK).await.expect("planned");
        let offcuts = Giver::Offer(world.offcuts);
        let pair = |moves: &[moves::Move]| {
            moves
                .iter()
                .any(|one| one.need.id == world.wood_wanted && one.suggestion.giver() == Some(offcuts))
        };
        assert!(pair(&found.moves), "{found:?}");
        assert!(found.needs >= 2 && found.pairs >= found.moves.len() && found.value > 0);
        let form =
            VerdictForm { giver: offcuts.to_string(), decision: "never".into(), ..VerdictForm::default() };
        verdict::decide(ctx, mira, world.project, world.wood_wanted, form).await.expect("decided");
        let found = moves::of_week(ctx, mira, world.project, WEEK).await.expect("planned");
        assert!(!pair(&found.moves), "{found:?}");
    }
}

#[tokio::test]
async fn what_everybody_wants_is_given_as_often_as_there_is_and_the_others_are_told() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let mut asked = Vec::new();
        for (number, text) in
            ["Holzreste zum Basteln", "Holzreste und Bretter", "Nichts als Qwxy"].iter().enumerate()
        {
            for copy in 0..3 {
                let actor = [app.world.kita, app.world.youth_club][copy % 2].to_string();
                let form = CardForm { text: format!("{text} {copy}"), actor, ..CardForm::default() };
                let need =
                    posting::post::<NewNeed>(ctx, mira, project, (form.into(), "")).await.expect("posted");
                asked.push((number, need));
            }
        }
        let found = moves::of_week(ctx, mira, project, WEEK).await.expect("planned");
        let given =
            found.moves.iter().filter(|one| one.suggestion.giver() == Some(Giver::Offer(app.world.offcuts)));
        assert!(given.count() <= 2, "the joiner gives twice a quarter: {found:?}");
        let why = |wanted| found.without.iter().find(|(need, _)| need.id == wanted).map(|(_, why)| *why);
        for (_, need) in asked.iter().filter(|(number, _)| *number == 2) {
            assert_eq!(why(*need), Some(WhyNothing::NobodyFits));
        }
        let elsewhere = found.without.iter().filter(|(_, why)| *why == WhyNothing::NeededElsewhere).count();
        assert!(elsewhere >= 1, "more want wood than there is: {found:?}");
    }
}

#[tokio::test]
async fn a_pinned_pair_is_the_first_move_and_only_coordinators_plan() {
    for app in apps().await {
        let (ctx, mira, world) = (&app.ctx, &app.coordinator(), &app.world);
        let bakery = Giver::Actor(world.bakery);
        let form =
            VerdictForm { giver: bakery.to_string(), decision: "pin".into(), ..VerdictForm::default() };
        verdict::decide(ctx, mira, world.project, world.talk_wanted, form).await.expect("decided");
        let found = moves::of_week(ctx, mira, world.project, WEEK).await.expect("planned");
        let first = &found.moves[0];
        assert_eq!((first.need.id, first.suggestion.giver()), (world.talk_wanted, Some(bakery)));
        assert!(first.suggestion.pinned);
        let refused = moves::of_week(ctx, &app.institution(), world.project, WEEK).await;
        assert!(matches!(refused, Err(AppError::NotFound)), "{refused:?}");
    }
}

#[tokio::test]
async fn without_the_joiner_the_wood_is_given_by_nobody_and_the_page_says_what_changes() {
    for app in apps().await {
        let (ctx, mira, world) = (&app.ctx, &app.coordinator(), &app.world);
        let found = moves::of_week(ctx, mira, world.project, WEEK).await.expect("planned");
        assert!(found.givers.iter().any(|giver| giver.id == world.joiner), "{:?}", found.givers);
        assert_eq!(found.changes, None);
        let week = Week { without: Some(world.joiner), ..WEEK };
        let other = moves::of_week(ctx, mira, world.project, week).await.expect("planned");
        let changes = other.changes.as_ref().expect("there is a condition");
        let wood =
            changes.needs.iter().find(|change| change.need.id == world.wood_wanted).expect("it changes");
        let offcuts = Some(Giver::Offer(world.offcuts));
        assert!(wood.lost.iter().any(|one| one.giver() == offcuts), "{wood:?}");
        assert!(other.moves.iter().all(|one| one.suggestion.giver() != offcuts));
        assert!(
            changes.after < changes.before && changes.before == found.value && changes.after == other.value
        );
        assert!(changes.served_after <= changes.served_before);
        assert_eq!(other.givers, found.givers, "the choice of whom to leave out stays whole");
    }
}

#[tokio::test]
async fn whoever_is_too_far_on_foot_is_left_out_and_a_wide_circle_changes_nothing() {
    for app in apps().await {
        let (ctx, mira, world) = (&app.ctx, &app.coordinator(), &app.world);
        // From the Kita to the joiner it is 445 m north as the crow flies, 578 on foot.
        for (walk_m, is_given) in [(500, false), (700, true)] {
            let week = Week { walk_m: Some(walk_m), ..WEEK };
            let found = moves::of_week(ctx, mira, world.project, week).await.expect("planned");
            let offcuts = Some(Giver::Offer(world.offcuts));
            let given = found
                .moves
                .iter()
                .any(|one| one.need.id == world.wood_wanted && one.suggestion.giver() == offcuts);
            assert_eq!(given, is_given, "{walk_m}");
        }
        let week = Week { walk_m: Some(20_000), ..WEEK };
        let found = moves::of_week(ctx, mira, world.project, week).await.expect("planned");
        let changes = found.changes.expect("there is a condition");
        assert_eq!((changes.needs, changes.before), (vec![], changes.after));
        assert_eq!(changes.served_before, changes.served_after);
    }
}
