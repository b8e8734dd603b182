//! Erasings that wait for a second look.

use crate::error::{PageError, render};
use crate::extract::{Form, Path};
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::erasure::{self, ErasureRequest};
use kiez_app::error::AppError;
use kiez_domain::erasure::DataSubject;
use kiez_domain::id::ErasureRequestId;
use kiez_words::times;

/// What somebody decides.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct ChoiceForm {
    choice: String,
}

#[derive(Template)]
#[template(path = "pages/subjects/waiting.html")]
struct WaitingPage {
    c: Chrome,
    base: String,
    rows: Vec<Row>,
}

struct Row {
    id: ErasureRequestId,
    targets: Vec<String>,
    persons: u64,
    due: String,
    own: bool,
}

/// `GET /w/{project}/erasures`
pub(crate) async fn list(State(state): State<WebState>, member: Member) -> Result<Response, PageError> {
    let caller = &member.visit.caller;
    let waiting = erasure::waiting(&state.ctx, caller, member.project.id).await;
    let waiting = waiting.map_err(|error| member.fail(error))?;
    let c = Chrome::workspace(&member);
    let row = |request: &ErasureRequest| Row {
        id: request.id,
        targets: request.targets.iter().map(|target| c.tt("erasures-target", target.kind())).collect(),
        persons: request.persons,
        due: times::moment(member.visit.locale, request.due_at),
        own: erasure::is_own(caller, request),
    };
    Ok(render(&WaitingPage { base: member.path("/erasures"), rows: waiting.iter().map(row).collect(), c }))
}

/// `POST /w/{project}/erasures/{id}`
pub(crate) async fn decide(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<ChoiceForm>,
) -> Result<Response, PageError> {
    let id: ErasureRequestId = id.parse().map_err(|_| member.fail(AppError::NotFound))?;
    let (caller, project) = (&member.visit.caller, member.project.id);
    let is_all = async || {
        let waiting = erasure::waiting(&state.ctx, caller, project).await?;
        let of_project = |target: &DataSubject| matches!(target, DataSubject::Project(_));
        Ok(waiting.iter().any(|one| one.id == id && one.targets.iter().any(of_project)))
    };
    let is_all = is_all().await.map_err(|error: AppError| member.fail(error))?;
    let confirmed = form.choice == "confirm";
    let done = match confirmed {
        true => erasure::confirm(&state.ctx, caller, (project, id)).await,
        false => erasure::withdraw(&state.ctx, caller, (project, id)).await,
    };
    done.map_err(|error| member.fail(error))?;
    // After a whole project there is no page of it any more.
    let to = if confirmed && is_all { "/".to_owned() } else { member.path("/erasures") };
    Ok(Redirect::to(&to).into_response())
}
