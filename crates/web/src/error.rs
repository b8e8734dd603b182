//! One place that turns an error into a page. The person sees a sentence, the log the details.

use crate::layout::Chrome;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use kiez_app::error::AppError;
use kiez_words::Locale;

/// An error with the language in which it is told.
#[derive(Debug)]
pub(crate) struct PageError {
    locale: Locale,
    error: AppError,
}

impl PageError {
    pub(crate) fn new(locale: Locale, error: AppError) -> Self {
        Self { locale, error }
    }
}

#[derive(Template)]
#[template(path = "layout/error.html")]
struct ErrorPage {
    c: Chrome,
    title: String,
    text: String,
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (status, key) = match &self.error {
            AppError::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            AppError::Invalid(_) | AppError::File(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            AppError::Stale => (StatusCode::CONFLICT, "stale"),
            AppError::NotPossible(_) => (StatusCode::CONFLICT, "not-possible"),
            AppError::Store(_) | AppError::Broken(_) => (StatusCode::INTERNAL_SERVER_ERROR, "broken"),
        };
        if status.is_server_error() {
            tracing::error!(error = %self.error, "a page failed");
        }
        let c = Chrome::plain(self.locale);
        let title = c.t(&format!("error-{key}-title"));
        let text = c.t(&format!("error-{key}-text"));
        (status, render(&ErrorPage { c, title, text })).into_response()
    }
}

/// Renders a template; a failure is logged and answered with a bare sentence.
pub(crate) fn render(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(%error, "a template failed");
            (StatusCode::INTERNAL_SERVER_ERROR, "Internal error").into_response()
        }
    }
}
