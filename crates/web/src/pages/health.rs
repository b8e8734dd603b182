//! Three addresses for programs that watch over the house: alive, ready, and the figures.

use crate::error::PageError;
use crate::request::Visit;
use crate::state::WebState;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kiez_app::caller::Caller;
use kiez_app::error::AppError;
use kiez_domain::policy::Subject;
use std::net::SocketAddr;
use std::time::Duration;

/// A balancer asks every few seconds and wants an answer before it asks again.
const PATIENCE: Duration = Duration::from_secs(3);

/// `GET /healthz`: the program runs. The database is not asked: starting the program anew would not bring it back.
pub(crate) async fn alive() -> Response {
    fresh(StatusCode::OK, "ok\n")
}

/// `GET /readyz`: the program can work; what is in the way stands in the log.
pub(crate) async fn ready(State(state): State<WebState>) -> Response {
    match tokio::time::timeout(PATIENCE, kiez_app::house::ready(&state.ctx)).await {
        Ok(Ok(())) => fresh(StatusCode::OK, "ready\n"),
        Ok(Err(error)) => {
            tracing::error!(%error, "not ready");
            fresh(StatusCode::SERVICE_UNAVAILABLE, "the database is away or needs `kiez migrate`\n")
        }
        Err(_) => {
            tracing::error!(seconds = PATIENCE.as_secs(), "not ready: the database does not answer");
            fresh(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}

/// `GET /metrics`: the figures, for whom the settings allow; for others there is nothing here.
pub(crate) async fn metrics(
    State(state): State<WebState>,
    visit: Visit,
    request: Request,
) -> Result<Response, PageError> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    if !state.metrics.access().allows(peer, request.headers()) {
        return Err(visit.fail(AppError::NotFound));
    }
    // Whoever the settings let in asks for the operator, and for this alone.
    let operator = Caller::with(vec![Subject::operator(None)], String::new());
    let figures = kiez_app::house::figures(&state.ctx, &operator).await.map_err(|error| visit.fail(error))?;
    let text = state.metrics.text(&figures);
    let text = text.map_err(|_| visit.fail(AppError::Broken("the figures cannot be written".into())))?;
    let kind = (header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    Ok(([kind, NOT_KEPT], text).into_response())
}

const NOT_KEPT: (header::HeaderName, &str) = (header::CACHE_CONTROL, "no-store");

/// An answer about this very moment.
fn fresh(status: StatusCode, words: &'static str) -> Response {
    (status, [NOT_KEPT], words).into_response()
}
