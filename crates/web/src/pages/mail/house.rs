//! The mail of the whole installation, for whoever runs it: what waits, and whether this copy sends at all.

use super::{ListQuery, page};
use crate::error::{PageError, render};
use crate::extract::{Path, Query};
use crate::layout::Chrome;
use crate::request::Visit;
use crate::state::WebState;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::error::AppError;
use kiez_app::mail;
use kiez_app::message::{self, Of};
use kiez_domain::id::MessageId;

const HERE: &str = "/house/mail";

/// `GET /house/mail`
pub(crate) async fn list(
    State(state): State<WebState>,
    visit: Visit,
    Query(query): Query<ListQuery>,
) -> Result<Response, PageError> {
    let frame = (Chrome::public(&visit), (HERE.to_owned(), None));
    let page = page(&state, frame, (&visit.caller, Of::House), &query).await;
    Ok(render(&page.map_err(|error| visit.fail(error))?))
}

/// `POST /house/mail/hold`
pub(crate) async fn hold(State(state): State<WebState>, visit: Visit) -> Result<Response, PageError> {
    led_back(mail::hold(&state.ctx, &visit.caller).await, &visit, HERE)
}

/// `POST /house/mail/release`
pub(crate) async fn release_all(State(state): State<WebState>, visit: Visit) -> Result<Response, PageError> {
    led_back(mail::release(&state.ctx, &visit.caller).await.map(drop), &visit, HERE)
}

/// `POST /house/mail/{id}/release`
pub(crate) async fn release(
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<MessageId>,
) -> Result<Response, PageError> {
    let done = message::release(&state.ctx, &visit.caller, Of::House, id).await;
    led_back(done, &visit, "/house/mail?done=released")
}

/// `POST /house/mail/{id}/give-up`
pub(crate) async fn give_up(
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<MessageId>,
) -> Result<Response, PageError> {
    let done = message::give_up(&state.ctx, &visit.caller, Of::House, id).await;
    led_back(done, &visit, "/house/mail?done=given-up")
}

fn led_back(done: Result<(), AppError>, visit: &Visit, to: &str) -> Result<Response, PageError> {
    done.map_err(|error| visit.fail(error))?;
    Ok(Redirect::to(to).into_response())
}
