//! One place that turns an error into a page. The person sees a sentence, the log the details.

use crate::layout::Chrome;
use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderName};
use axum::response::{Html, IntoResponse, Response};
use kiez_app::error::{AppError, Trouble};
use kiez_words::Locale;
use std::sync::Arc;

/// Why there is no page: a use-case said no, or the request never reached one.
pub(crate) enum Fault {
    /// What a use-case answered.
    App(AppError),
    /// A form larger than any text a person writes.
    TooLarge,
    /// A form that no page of ours has sent.
    Unreadable,
    /// A form that a page of somebody else has sent.
    Foreign,
    /// A form of a page that was opened before the person signed in anew.
    Aged,
    /// Asked under a name that is not ours.
    Misdirected,
    /// Asked too often from one network.
    TooOften,
    /// The address exists, but not for this method.
    WrongMethod,
}

impl From<AppError> for Fault {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl Fault {
    fn status(&self) -> StatusCode {
        self.answer().0
    }

    /// Middle part of the keys of its sentences.
    fn key(&self) -> &'static str {
        self.answer().1
    }

    /// What programs and what people are told.
    fn answer(&self) -> (StatusCode, &'static str) {
        let error = match self {
            Self::App(error) => error,
            Self::TooLarge => return (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::Unreadable => return (StatusCode::UNPROCESSABLE_ENTITY, "unreadable"),
            Self::Foreign => return (StatusCode::FORBIDDEN, "foreign"),
            Self::Aged => return (StatusCode::FORBIDDEN, "aged"),
            Self::Misdirected => return (StatusCode::MISDIRECTED_REQUEST, "misdirected"),
            Self::TooOften => return (StatusCode::TOO_MANY_REQUESTS, "too-often"),
            Self::WrongMethod => return (StatusCode::METHOD_NOT_ALLOWED, "wrong-method"),
        };
        match error.trouble() {
            Some(Trouble::Unwritable) => return (StatusCode::SERVICE_UNAVAILABLE, "unwritable"),
            Some(Trouble::Busy) => return (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Some(Trouble::Away) => return (StatusCode::SERVICE_UNAVAILABLE, "away"),
            None => {}
        }
        match error {
            AppError::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            AppError::Invalid(_) | AppError::File(_) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            AppError::Stale => (StatusCode::CONFLICT, "stale"),
            AppError::NotFresh => (StatusCode::CONFLICT, "not-fresh"),
            AppError::NotPossible(_) => (StatusCode::CONFLICT, "not-possible"),
            AppError::Tiles(_)
            | AppError::Paper(_)
            | AppError::Backup(_)
            | AppError::Ledger(_)
            | AppError::Store(_)
            | AppError::Broken(_) => (StatusCode::INTERNAL_SERVER_ERROR, "broken"),
        }
    }
}

/// A fault with the frame in which it is told.
pub(crate) struct PageError {
    frame: Box<Chrome>,
    fault: Fault,
}

impl PageError {
    /// A fault before anything but the language is known.
    pub(crate) fn new(locale: Locale, fault: impl Into<Fault>) -> Self {
        Self::within(Chrome::plain(locale), fault)
    }

    /// A fault on a page whose frame is known: the navigation stays.
    pub(crate) fn within(mut frame: Chrome, fault: impl Into<Fault>) -> Self {
        // The tour names the address it is on; an answer that leads nowhere must not tell one address from another.
        frame.tour = None;
        Self { frame: Box::new(frame), fault: fault.into() }
    }
}

/// Handed on with an answer that something passing was in the way: whoever sent a form gets the words back with it.
#[derive(Clone)]
pub(crate) struct Passing {
    pub(crate) status: StatusCode,
    pub(crate) c: Arc<Chrome>,
    pub(crate) title: String,
    pub(crate) text: String,
}

/// What programs are told where it may pass by itself.
const AGAIN: [(HeaderName, &str); 1] = [(header::RETRY_AFTER, "10")];

/// An answer with its status; where it may pass by itself, with how long to wait.
pub(crate) fn with_wait(status: StatusCode, page: Response) -> Response {
    if status == StatusCode::SERVICE_UNAVAILABLE {
        (status, AGAIN, page).into_response()
    } else {
        (status, page).into_response()
    }
}

#[derive(Template)]
#[template(path = "layout/error.html")]
struct ErrorPage {
    c: Arc<Chrome>,
    title: String,
    text: String,
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (status, key) = (self.fault.status(), self.fault.key());
        if let Fault::App(error) = &self.fault
            && status.is_server_error()
        {
            tracing::error!(%error, "a page failed");
        }
        let c: Arc<Chrome> = Arc::from(self.frame);
        let title = c.t(&format!("error-{key}-title"));
        let text = c.t(&format!("error-{key}-text"));
        let passes = status == StatusCode::SERVICE_UNAVAILABLE || matches!(self.fault, Fault::Aged);
        let passing = Passing { status, c: Arc::clone(&c), title: title.clone(), text: text.clone() };
        let mut response = with_wait(status, render(&ErrorPage { c, title, text }));
        if passes {
            response.extensions_mut().insert(passing);
        }
        response
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
