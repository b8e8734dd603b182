//! The entrance of the workspace, and the answer to addresses that lead nowhere.

use crate::error::{Fault, PageError, render};
use crate::layout::Chrome;
use crate::request::{Member, Visit};
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::error::AppError;
use kiez_domain::policy::Role;

#[derive(Template)]
#[template(path = "pages/overview/page.html")]
struct OverviewPage {
    c: Chrome,
    base: String,
    coordinator: bool,
    needs: u64,
    offers: u64,
    ideas: u64,
    actors: Option<u64>,
}

#[derive(Template)]
#[template(path = "pages/overview/choose.html")]
struct ChoosePage {
    c: Chrome,
    projects: Vec<(String, String)>,
}

/// `GET /w`: into the one project, or a choice.
pub(crate) async fn choose(State(state): State<WebState>, visit: Visit) -> Result<Response, PageError> {
    let all = kiez_app::project::list(&state.ctx, &visit.caller).await;
    let all = all.map_err(|error| visit.fail(error))?;
    let mine = all.into_iter().filter(|project| visit.caller.role_in(project.id).is_some());
    let projects: Vec<_> = mine.map(|p| (p.data.slug.to_string(), p.data.name.to_string())).collect();
    match projects.as_slice() {
        [(slug, _)] => Ok(Redirect::to(&format!("/w/{slug}")).into_response()),
        _ => Ok(render(&ChoosePage { c: Chrome::public(&visit), projects })),
    }
}

/// `GET /w/{project}`
pub(crate) async fn page(State(state): State<WebState>, member: Member) -> Result<Response, PageError> {
    let counts = kiez_app::overview::counts(&state.ctx, &member.visit.caller, member.project.id).await;
    let counts = counts.map_err(|error| member.fail(error))?;
    Ok(render(&OverviewPage {
        c: Chrome::workspace(&member),
        base: member.path(""),
        coordinator: member.role == Role::Coordinator,
        needs: counts.open_needs,
        offers: counts.open_offers,
        ideas: counts.ideas,
        actors: counts.actors,
    }))
}

/// Every address that leads nowhere.
pub(crate) async fn nowhere(visit: Visit) -> PageError {
    visit.fail(AppError::NotFound)
}

/// Every address that is asked for in a way it does not know.
pub(crate) async fn wrong_method(visit: Visit) -> PageError {
    visit.fail(Fault::WrongMethod)
}
