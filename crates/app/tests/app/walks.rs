//! A walk moves many businesses along, all or none.

use crate::{App, apps};
use kiez_app::actor;
use kiez_app::error::AppError;
use kiez_domain::actor::{Stage, StageEvent};
use kiez_domain::id::ActorId;

async fn stage(app: &App, id: ActorId) -> Stage {
    actor::get(&app.ctx, &app.coordinator(), app.world.project, id).await.expect("found").actor.stage
}

#[tokio::test]
async fn a_walk_takes_every_business_its_steps_in_order() {
    for app in apps().await {
        let (joiner, bakery) = (app.world.joiner, app.world.bakery);
        let before = (stage(&app, joiner).await, stage(&app, bakery).await);
        assert_eq!(before, (Stage::Mapped, Stage::Mapped));
        let steps = [
            (joiner, StageEvent::Visit),
            (bakery, StageEvent::Visit),
            (joiner, StageEvent::Join),
            (bakery, StageEvent::Decline),
        ];
        actor::transition_all(&app.ctx, &app.coordinator(), app.world.project, &steps).await.expect("walked");
        let after = (stage(&app, joiner).await, stage(&app, bakery).await);
        assert_eq!(after, (Stage::Participating, Stage::Declined));
    }
}

#[tokio::test]
async fn one_step_that_cannot_be_taken_stops_the_whole_walk() {
    for app in apps().await {
        let (joiner, bakery) = (app.world.joiner, app.world.bakery);
        let steps = [(joiner, StageEvent::Visit), (bakery, StageEvent::FallQuiet)];
        let outcome = actor::transition_all(&app.ctx, &app.coordinator(), app.world.project, &steps).await;
        assert!(matches!(outcome, Err(AppError::NotPossible(_))), "{outcome:?}");
        assert_eq!(stage(&app, joiner).await, Stage::Mapped);
    }
}

#[tokio::test]
async fn only_a_coordinator_of_the_project_walks() {
    for app in apps().await {
        let steps = [(app.world.joiner, StageEvent::Visit)];
        let project = app.world.project;
        for (caller, project) in [(app.institution(), project), (app.coordinator(), app.world.other_project)]
        {
            let outcome = actor::transition_all(&app.ctx, &caller, project, &steps).await;
            assert!(matches!(outcome, Err(AppError::NotFound)), "{outcome:?}");
        }
        assert_eq!(stage(&app, app.world.joiner).await, Stage::Mapped);
    }
}
