//! A form that could not be stored, because the disk is full, the database away or its page from before the last signing in,
//! comes back with its words and a button that sends them once more.

use crate::error::{Fault, PageError, Passing, render, with_wait};
use crate::form_token;
use crate::layout::Chrome;
use crate::request::{FORM, is_kind, locale_of};
use crate::routes::FORM_LIMIT;
use crate::state::WebState;
use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Fields that carry no words of a person.
const TECHNICAL: [&str; 2] = ["key", "version"];

#[derive(Template)]
#[template(path = "layout/kept.html")]
struct KeptPage {
    c: Arc<Chrome>,
    title: String,
    text: String,
    /// Where it was sent, and where it is sent once more.
    action: String,
    /// Every field as it came.
    sent: Vec<(String, String)>,
    /// Those that a person has filled, with their names.
    words: Vec<(String, String)>,
}

/// Keeps the words of a form until it is known that they were stored.
pub(crate) async fn keep_words(State(state): State<WebState>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST || !is_kind(request.headers(), FORM) {
        return next.run(request).await;
    }
    let locale = locale_of(request.uri(), request.headers(), state.demo);
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, FORM_LIMIT).await else {
        return PageError::new(locale, Fault::TooLarge).into_response();
    };
    let mut again = Request::new(Body::from(bytes.clone()));
    (*again.method_mut(), *again.headers_mut()) = (Method::POST, parts.headers.clone());
    let action = parts.uri.path_and_query().map_or_else(|| parts.uri.path().to_owned(), ToString::to_string);
    let mut response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    let Some(passing) = response.extensions_mut().remove::<Passing>() else { return response };
    let Ok(axum::Form(mut sent)) = axum::Form::<Vec<(String, String)>>::from_request(again, &()).await else {
        return response;
    };
    // The page that is sent now has a token of its own.
    sent.retain(|(name, _)| name != form_token::FIELD);
    let Passing { status, c, title, text } = passing;
    let words = sent.iter().filter_map(|(name, value)| Some((label(&c, name, value)?, value.clone())));
    let page = KeptPage { words: words.collect(), c, title, text, action, sent };
    with_wait(status, render(&page))
}

/// The name of a field that somebody has filled; none for what the page itself has put there.
fn label(c: &Chrome, name: &str, value: &str) -> Option<String> {
    let is_id = value.len() == 36 && value.bytes().filter(|byte| *byte == b'-').count() == 4;
    let shown = !value.trim().is_empty() && !is_id && !TECHNICAL.contains(&name);
    let label = c.tt("field", name);
    // A key without a sentence shows itself in brackets.
    (shown && !label.starts_with('[')).then_some(label)
}
