//! Signing in by a link: opening it shows a button, pressing the button signs in.

use crate::error::{PageError, render};
use crate::extract::Path;
use crate::layout::Chrome;
use crate::request::{Hidden, SESSION, Secure, Visit, cookie, cookie_line};
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::error::AppError;
use kiez_app::sign_in;

/// How long a browser keeps the session: 90 days, as the session itself.
const SESSION_SECONDS: u32 = 7_776_000;

#[derive(Template)]
#[template(path = "pages/sign_in/page.html")]
struct SignInPage {
    c: Chrome,
}

#[derive(Template)]
#[template(path = "pages/sign_in/link.html")]
struct LinkPage {
    c: Chrome,
    /// Whose link it is; none when it is used up or unknown.
    name: Option<String>,
    token: String,
}

/// `GET /sign-in`
pub(crate) async fn page(visit: Visit) -> Response {
    render(&SignInPage { c: Chrome::public(&visit) })
}

/// `GET /link/{token}`: only shows, so that a mail scanner changes nothing.
pub(crate) async fn link(
    State(state): State<WebState>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    match sign_in::preview(&state.ctx, &token).await {
        Ok(found) => Ok(render(&LinkPage { c: Chrome::public(&visit), name: Some(found.name), token })),
        Err(AppError::NotFound) => Ok(spent(&visit)),
        Err(error) => Err(visit.fail(error)),
    }
}

/// `POST /link/{token}`: spends the link and begins a session.
pub(crate) async fn use_link(
    State(state): State<WebState>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    match sign_in::use_link(&state.ctx, &token).await {
        Ok(secret) => {
            let flags = (Secure(state.secure), Hidden(true));
            let cookie = cookie_line(&format!("{SESSION}={secret}"), SESSION_SECONDS, flags);
            Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/w")).into_response())
        }
        Err(AppError::NotFound) => Ok(spent(&visit)),
        Err(error) => Err(visit.fail(error)),
    }
}

/// `POST /sign-out`
pub(crate) async fn sign_out(
    State(state): State<WebState>,
    visit: Visit,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    if let Some(secret) = cookie(&headers, SESSION) {
        sign_in::sign_out(&state.ctx, &secret).await.map_err(|error| visit.fail(error))?;
    }
    let cookie = cookie_line(&format!("{SESSION}="), 0, (Secure(state.secure), Hidden(true)));
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/sign-in")).into_response())
}

fn spent(visit: &Visit) -> Response {
    let page = LinkPage { c: Chrome::public(visit), name: None, token: String::new() };
    (StatusCode::NOT_FOUND, render(&page)).into_response()
}
