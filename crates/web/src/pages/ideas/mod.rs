//! Ideas, newest first.

use crate::error::{PageError, render};
use crate::extract::{Form, Path};
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::error::AppError;
use kiez_app::idea::IdeaView;
use kiez_app::page::Page;
use kiez_domain::id::IdeaId;
use kiez_domain::idea::IdeaState;
use kiez_domain::lifecycle::Step;
use kiez_domain::policy::Role;

/// How many ideas the page shows.
const SHOWN: u32 = 200;

/// An idea on the wall.
struct IdeaCard {
    text: String,
    who: Option<String>,
    state: &'static str,
    version: i64,
    action: String,
    /// What may become of it next, for somebody who may say so.
    steps: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "pages/ideas/list.html")]
struct IdeasPage {
    c: Chrome,
    cards: String,
    ideas: Vec<IdeaCard>,
    total: u64,
}

/// `GET /w/{project}/ideas`
pub(crate) async fn list(State(state): State<WebState>, member: Member) -> Result<Response, PageError> {
    let page = Page { size: SHOWN, offset: 0 };
    let found = kiez_app::idea::list(&state.ctx, &member.visit.caller, member.project.id, page).await;
    let found = found.map_err(|error| member.fail(error))?;
    Ok(render(&IdeasPage {
        c: Chrome::workspace(&member),
        cards: member.path("/cards?what=idea"),
        total: found.total,
        ideas: found.rows.into_iter().map(|view| card(&member, view)).collect(),
    }))
}

#[derive(serde::Deserialize)]
pub(crate) struct StepForm {
    event: String,
    version: i64,
}

/// `POST /w/{project}/ideas/{id}/step`
pub(crate) async fn step(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<StepForm>,
) -> Result<Response, PageError> {
    let id: IdeaId = id.parse().map_err(|_| member.fail(AppError::NotFound))?;
    let event = form.event.parse().map_err(|problem| member.fail(AppError::field("event", problem)))?;
    let (caller, project) = (&member.visit.caller, member.project.id);
    let done = kiez_app::idea::transition(&state.ctx, caller, project, id, (form.version, event)).await;
    done.map_err(|error| member.fail(error))?;
    Ok(Redirect::to(&member.path("/ideas")).into_response())
}

fn card(member: &Member, view: IdeaView) -> IdeaCard {
    let possible = |step: &Step| step.from == view.idea.state.name();
    let steps = IdeaState::steps().filter(possible).map(|step| step.event);
    let steps = if member.role == Role::Coordinator { steps.collect() } else { Vec::new() };
    IdeaCard {
        action: member.path(&format!("/ideas/{}/step", view.idea.id)),
        version: view.idea.version,
        steps,
        who: view.who().map(str::to_owned),
        state: view.idea.state.name(),
        text: view.idea.data.text.into(),
    }
}
