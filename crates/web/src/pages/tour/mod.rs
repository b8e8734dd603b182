//! Closing the guided tour of the demo, and opening it again.

use crate::error::PageError;
use crate::extract::Form;
use crate::request::{Hidden, Secure, TOUR, Visit, cookie_line};
use crate::state::WebState;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::error::AppError;

/// How long a closed tour stays closed, in seconds: a year.
const CLOSED_SECONDS: u32 = 31_536_000;

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct Sent {
    /// `closed`, or anything else to open it.
    tour: String,
    /// The page the button stands on.
    back: String,
}

/// `POST /tour`
pub(crate) async fn change(
    State(state): State<WebState>,
    visit: Visit,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    if !state.demo {
        return Err(visit.fail(AppError::NotFound));
    }
    let closed = sent.tour == "closed";
    let age = if closed { CLOSED_SECONDS } else { 0 };
    let cookie = cookie_line(&format!("{TOUR}=closed"), age, (Secure(state.secure), Hidden(true)));
    let back = if closed { within(&sent.back) } else { start(&visit) };
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(back)).into_response())
}

/// A path of ours; a form that names another host leads to the start page.
fn within(back: &str) -> &str {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte);
    let ours = back.starts_with('/') && !back.starts_with("//") && back.bytes().all(plain);
    if ours { back } else { "/" }
}

fn start(visit: &Visit) -> &'static str {
    if visit.caller.is_visitor() { "/" } else { "/w" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_a_foreign_host() {
        assert_eq!(within("/w/graefekiez/cards"), "/w/graefekiez/cards");
        for foreign in ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a?b", "/a\r\nb"] {
            assert_eq!(within(foreign), "/", "{foreign}");
        }
    }
}
