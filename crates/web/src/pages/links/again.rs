//! A fresh link for whoever holds an old one. What comes back tells nobody whether there is anything behind it.

use super::voice::{Spoken, Voice};
use crate::arrival::Arriving;
use crate::error::{PageError, render};
use crate::extract::Path;
use crate::request::Visit;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::action_link;
use kiez_app::error::AppError;

#[derive(Template)]
#[template(path = "pages/links/again.html")]
struct AgainPage {
    c: Voice,
    /// It was asked too often: how long to wait.
    wait: Option<String>,
}

/// `GET /l/again`: it was asked; nothing more is known.
pub(crate) async fn asked(Spoken(language): Spoken) -> Response {
    render(&AgainPage { c: Voice::of_the_house(language), wait: None })
}

/// `POST /l/{token}/again`: nothing is typed; a fresh link goes to the address that the old one belonged to.
pub(crate) async fn ask(
    State(state): State<WebState>,
    visit: Visit,
    Spoken(language): Spoken,
    Arriving(arrival): Arriving,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    let tag = language.tag().parse().map_err(|problem| visit.fail(AppError::field("lang", problem)))?;
    let asked = action_link::ask_again(&state.ctx, &token, (&arrival.network, tag)).await;
    let Err(seconds) = asked.map_err(|error| visit.fail(error))? else {
        return Ok(Redirect::to(&format!("/l/again?lang={language}")).into_response());
    };
    let seconds = seconds.max(1).to_string();
    let c = Voice::of_the_house(language);
    let wait = Some(c.with("mine-again-wait", "seconds", &seconds));
    let page = render(&AgainPage { c, wait });
    Ok((StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, seconds)], page).into_response())
}
