//! Asking for a link by mail. What comes back tells nobody whether there is an account.

use super::Typed;
use crate::arrival::Arriving;
use crate::error::{PageError, render};
use crate::extract::{Form, Query};
use crate::layout::Chrome;
use crate::request::Visit;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::sign_in;

#[derive(Template)]
#[template(path = "pages/sign_in/mail.html")]
struct MailPage {
    c: Chrome,
    email: String,
    trouble: Option<String>,
    /// It was asked; nothing more is known.
    asked: bool,
}

/// What was just done.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct After {
    asked: Option<String>,
}

/// `GET /sign-in/mail`
pub(crate) async fn page(visit: Visit, Query(after): Query<After>) -> Response {
    let c = Chrome::public(&visit);
    render(&MailPage { c, email: String::new(), trouble: None, asked: after.asked.is_some() })
}

/// `POST /sign-in/mail`
pub(crate) async fn ask(
    State(state): State<WebState>,
    visit: Visit,
    Arriving(arrival): Arriving,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let asked = sign_in::ask_by_mail(&state.ctx, &typed.email, &arrival).await;
    let Err(seconds) = asked.map_err(|error| visit.fail(error))? else {
        return Ok(Redirect::to("/sign-in/mail?asked=1").into_response());
    };
    let seconds = u64::try_from(seconds).unwrap_or(1);
    let c = Chrome::public(&visit);
    let trouble = Some(c.count("sign-in-mail-wait", &seconds));
    let page = render(&MailPage { c, email: typed.email, trouble, asked: false });
    Ok((StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, seconds.to_string())], page).into_response())
}
