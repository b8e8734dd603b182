//! Forms, queries and addresses whose refusal is a page in the reader's language.

use crate::error::{Fault, PageError};
use crate::request::locale_of;
use crate::state::WebState;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use kiez_app::error::AppError;
use serde::de::DeserializeOwned;
use std::convert::Infallible;

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
