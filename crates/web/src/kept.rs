//! A form that could not be stored, because the disk is full or the database away, comes back with its words and a button
//! that sends them once more.

use crate::error::{AGAIN, Fault, PageError, Passing, render};
use crate::layout::Chrome;
use crate::request::locale_of;
use crate::routes::FORM_LIMIT;
use crate::state::WebState;
use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
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
    if request.method() != Method::POST || !is_form(request.headers()) {
        return next.run(request).await;
    }
    let locale = locale_of(request.uri(), request.headers(), state.demo);
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, FORM_LIMIT).await else {
        return PageError::new(locale, Fault::TooLarge).into_response();
    };
    let mut again = Request::new(Body::from(bytes.clone()));
    (*again.method_mut(), *again.headers_mut()) = (Method::POST, parts.headers.clone());
    let action = parts.uri.path().to_owned();
    let mut response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    let Some(passing) = response.extensions_mut().remove::<Passing>() else { return response };
    let Ok(axum::Form(sent)) = axum::Form::<Vec<(String, String)>>::from_request(again, &()).await else {
        return response;
    };
    let Passing { c, title, text } = passing;
    let words = sent.iter().filter_map(|(name, value)| Some((label(&c, name, value)?, value.clone())));
    let page = KeptPage { words: words.collect(), c, title, text, action, sent };
    (StatusCode::SERVICE_UNAVAILABLE, AGAIN, render(&page)).into_response()
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

/// The name of a field that somebody has filled; none for what the page itself has put there.
fn label(c: &Chrome, name: &str, value: &str) -> Option<String> {
    let is_id = value.len() == 36 && value.bytes().filter(|byte| *byte == b'-').count() == 4;
    let shown = !value.trim().is_empty() && !is_id && !TECHNICAL.contains(&name);
    let label = c.tt("field", name);
    // A key without a sentence shows itself in brackets.
    (shown && !label.starts_with('[')).then_some(label)
}
