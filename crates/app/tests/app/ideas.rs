//! Ideas: noted, told to the other side, grown or laid aside.

use crate::{App, apps};
use kiez_app::error::AppError;
use kiez_app::idea;
use kiez_app::page::Page;
use kiez_domain::id::IdeaId;
use kiez_domain::idea::{IdeaEvent, IdeaForm, IdeaState};

async fn noted(app: &App) -> IdeaId {
    let form = IdeaForm { text: "Brot vom Vortag".into(), ..IdeaForm::default() };
    let id = idea::note(&app.ctx, &app.coordinator(), app.world.project, (form, "one")).await;
    id.expect("noted")
}

async fn step(app: &App, id: IdeaId, done: (i64, IdeaEvent)) -> Result<IdeaState, AppError> {
    idea::transition(&app.ctx, &app.coordinator(), app.world.project, id, done).await
}

#[tokio::test]
async fn an_idea_is_carried_over_and_grows_and_then_nothing_more_happens_to_it() {
    for app in apps().await {
        let id = noted(&app).await;
        assert_eq!(step(&app, id, (1, IdeaEvent::Carry)).await.expect("told"), IdeaState::Carried);
        let stale = step(&app, id, (1, IdeaEvent::Grow)).await;
        assert!(matches!(stale, Err(AppError::Stale)), "{stale:?}");
        assert_eq!(step(&app, id, (2, IdeaEvent::Grow)).await.expect("became a need"), IdeaState::Grown);
        let done = step(&app, id, (3, IdeaEvent::Shelve)).await;
        assert!(matches!(done, Err(AppError::NotPossible(_))), "{done:?}");
        let listed = idea::list(&app.ctx, &app.coordinator(), app.world.project, Page::default()).await;
        assert_eq!(listed.expect("listed").rows[0].idea.state, IdeaState::Grown);
    }
}

#[tokio::test]
async fn only_the_coordinator_of_the_project_takes_an_idea_further() {
    for app in apps().await {
        let id = noted(&app).await;
        for (caller, project) in [
            (app.institution(), app.world.project),
            (app.operator(), app.world.project),
            (app.coordinator(), app.world.other_project),
        ] {
            let refused = idea::transition(&app.ctx, &caller, project, id, (1, IdeaEvent::Carry)).await;
            assert!(matches!(refused, Err(AppError::NotFound)), "{refused:?}");
        }
    }
}
