//! Forms, queries and addresses whose refusal is a page in the reader's language.

use crate::error::{Fault, PageError};
use crate::form_token::{self, Wanted};
use crate::request::locale_of;
use crate::state::WebState;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use kiez_app::error::AppError;
use kiez_app::import::upload::{UPLOAD_BYTES, UploadForm};
use serde::de::DeserializeOwned;
use std::convert::Infallible;

/// The one address that takes a file.
pub(crate) const TAKES_A_FILE: &str = "/w/{project}/imports";

/// The values of a form that was sent.
pub(crate) struct Form<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<WebState> for Form<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, PageError> {
        let locale = locale_of(request.uri(), request.headers(), state.demo);
        match axum::Form::<T>::from_request(request, state).await {
            Ok(axum::Form(values)) => Ok(Self(values)),
            Err(rejection) => {
                let too_large = rejection.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE;
                Err(PageError::new(locale, if too_large { Fault::TooLarge } else { Fault::Unreadable }))
            }
        }
    }
}

/// A file that a form sends, with what it holds.
pub(crate) struct Upload(pub(crate) Sent);

/// What arrived of an upload.
#[derive(Default)]
pub(crate) struct Sent {
    pub(crate) form: UploadForm,
    /// Nothing of the file was kept then.
    pub(crate) too_large: bool,
    token: String,
}

impl FromRequest<WebState> for Upload {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, PageError> {
        let locale = locale_of(request.uri(), request.headers(), state.demo);
        let fault = |too_large: bool| {
            PageError::new(locale, if too_large { Fault::TooLarge } else { Fault::Unreadable })
        };
        let wanted = request.extensions().get::<Wanted>().cloned();
        let mut parts = Multipart::from_request(request, state).await.map_err(|_| fault(false))?;
        let mut sent = Sent::default();
        loop {
            let next = parts.next_field().await;
            let part = next.map_err(|error| fault(error.status() == StatusCode::PAYLOAD_TOO_LARGE))?;
            let Some(part) = part else {
                let ours = wanted.is_none_or(|wanted| wanted.is(&sent.token));
                return if ours { Ok(Self(sent)) } else { Err(PageError::new(locale, Fault::Aged)) };
            };
            let read = sent.part(part).await;
            read.map_err(|error| fault(error.status() == StatusCode::PAYLOAD_TOO_LARGE))?;
        }
    }
}

impl Sent {
    /// Takes one part of the form. A file that is too large is read to its end and forgotten: a browser that is
    /// interrupted shows no page.
    async fn part(&mut self, mut part: Field<'_>) -> Result<(), MultipartError> {
        let is_file = part.name() == Some("file");
        let is_token = part.name() == Some(form_token::FIELD);
        if is_file {
            self.form.file = part.file_name().unwrap_or_default().to_owned();
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await? {
            self.too_large |= bytes.len() + chunk.len() > UPLOAD_BYTES;
            if self.too_large {
                bytes = Vec::new();
            } else {
                bytes.extend_from_slice(&chunk);
            }
        }
        let short = |most| String::from_utf8_lossy(&bytes).trim().chars().take(most).collect();
        match (is_file, is_token) {
            (true, _) => self.form.content = bytes,
            (false, true) => self.token = short(64),
            (false, false) => self.form.kind = short(20),
        }
        Ok(())
    }
}

/// The values behind the question mark. What cannot be read counts as not asked for: a broken bookmark
/// still shows the page.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned + Default> FromRequestParts<WebState> for Query<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Infallible> {
        let read = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        Ok(Self(read.map(|axum::extract::Query(values)| values).unwrap_or_default()))
    }
}

/// The parameters of an address; an unreadable one leads nowhere.
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<WebState> for Path<T> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(values)) => Ok(Self(values)),
            Err(_) => {
                let locale = locale_of(&parts.uri, &parts.headers, state.demo);
                Err(PageError::new(locale, AppError::NotFound))
            }
        }
    }
}
