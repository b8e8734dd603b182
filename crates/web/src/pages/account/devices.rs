//! Where one is signed in.

use super::{Sent, again, led_back, moment};
use crate::error::PageError;
use crate::extract::{Form, Path};
use crate::layout::Chrome;
use crate::request::Visit;
use crate::state::WebState;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::account;
use kiez_domain::access::Proof;
use kiez_domain::id::SessionId;
use kiez_domain::instant::Instant;

/// A device as the page shows it.
pub(crate) struct Device {
    pub(crate) id: SessionId,
    pub(crate) name: String,
    pub(crate) since: String,
    pub(crate) seen: String,
    pub(crate) proof: &'static str,
    /// The one that asks.
    pub(crate) here: bool,
}

impl Device {
    pub(crate) fn new(
        c: &Chrome,
        (id, here): (SessionId, SessionId),
        name: String,
        (since, seen): (Instant, Instant),
        proof: Proof,
    ) -> Self {
        let (since, seen) = (moment(c, since), moment(c, seen));
        Self { id, name, since, seen, proof: proof.name(), here: id == here }
    }
}

/// `POST /account/sessions/{id}`: what a device is called.
pub(crate) async fn rename(
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<SessionId>,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    match account::rename_session(&state.ctx, &visit.caller, id, &sent.name).await {
        Ok(()) => led_back(Ok(()), &visit, "/account#devices"),
        Err(error) => again(&state, &visit, error, "").await,
    }
}

/// `POST /account/sessions/{id}/end`
pub(crate) async fn end(
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<SessionId>,
) -> Result<Response, PageError> {
    let ended = account::end_session(&state.ctx, &visit.caller, id).await;
    led_back(ended, &visit, "/account?done=ended")
}

/// `POST /account/sessions/end-others`
pub(crate) async fn end_others(State(state): State<WebState>, visit: Visit) -> Result<Response, PageError> {
    let ended = account::end_other_sessions(&state.ctx, &visit.caller).await;
    ended.map_err(|error| visit.fail(error))?;
    Ok(Redirect::to("/account?done=ended").into_response())
}
