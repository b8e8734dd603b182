//! The own passkeys.

use super::{Sent, again, led_back, moment};
use crate::arrival::Arriving;
use crate::error::PageError;
use crate::extract::{Form, Path};
use crate::layout::Chrome;
use crate::pages::sign_in::{entered, question};
use crate::request::Visit;
use crate::state::WebState;
use axum::extract::State;
use axum::response::Response;
use kiez_app::passkey::{self, Answer};
use kiez_domain::id::PasskeyId;
use kiez_domain::instant::Instant;

/// A passkey as the page shows it.
pub(crate) struct Key {
    pub(crate) id: PasskeyId,
    pub(crate) name: String,
    pub(crate) created: String,
    pub(crate) used: Option<String>,
}

impl Key {
    pub(crate) fn new(
        c: &Chrome,
        (id, name): (PasskeyId, String),
        (created, used): (Instant, Option<Instant>),
    ) -> Self {
        Self { id, name, created: moment(c, created), used: used.map(|at| moment(c, at)) }
    }
}

/// A new key: the device's answer and what the person calls it.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct Made {
    name: String,
    ceremony: String,
    credential: String,
}

/// `POST /account/passkeys/start`: a question for the device.
pub(crate) async fn ask(State(state): State<WebState>, visit: Visit) -> Result<Response, PageError> {
    let asked = passkey::begin_making(&state.ctx, &visit.caller).await.map_err(|error| visit.fail(error))?;
    Ok(question(&asked))
}

/// `POST /account/passkeys`: the device's answer.
pub(crate) async fn make(
    State(state): State<WebState>,
    visit: Visit,
    Arriving(arrival): Arriving,
    Form(made): Form<Made>,
) -> Result<Response, PageError> {
    let answer = Answer { ceremony: made.ceremony, credential: made.credential };
    match passkey::make(&state.ctx, &visit.caller, (&answer, &made.name), &arrival).await {
        Ok(secret) => Ok(entered(&state, &secret, "/account?done=passkey")),
        Err(error) => Err(visit.fail(error)),
    }
}

/// `POST /account/passkeys/{id}`: another name.
pub(crate) async fn rename(
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<PasskeyId>,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    match passkey::rename(&state.ctx, &visit.caller, id, &sent.name).await {
        Ok(()) => led_back(Ok(()), &visit, "/account#passkeys"),
        Err(error) => again(&state, &visit, error, "").await,
    }
}

/// `POST /account/passkeys/{id}/remove`
pub(crate) async fn remove(
    State(state): State<WebState>,
    visit: Visit,
    Path(id): Path<PasskeyId>,
) -> Result<Response, PageError> {
    let removed = passkey::remove(&state.ctx, &visit.caller, id).await;
    led_back(removed, &visit, "/account?done=passkey-removed")
}
