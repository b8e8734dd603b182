//! How the program is reached: under which names, through which proxies, and how often from one network.

mod hosts;
mod proxies;
mod rate;

pub use proxies::Proxies;

use crate::error::{Fault, PageError};
use crate::request::locale_of;
use crate::state::WebState;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hosts::Hosts;
use rate::{Class, Rate};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// What programs ask that know this one by its number: nothing in the answer depends on the name.
const ASKED_BY_PROGRAMS: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// How the program is reached; cheap to clone.
#[derive(Clone)]
pub struct Reach {
    hosts: Arc<Hosts>,
    proxies: Arc<Proxies>,
    rate: Arc<Rate>,
}

impl Reach {
    /// Reached under this address, with no proxy but one on this machine.
    #[must_use]
    pub fn at(base_url: &str) -> Self {
        Self {
            hosts: Arc::new(Hosts::of(base_url)),
            proxies: Arc::new(Proxies::of_this_machine()),
            rate: Arc::default(),
        }
    }

    /// The same behind these proxies.
    #[must_use]
    pub fn behind(mut self, proxies: Proxies) -> Self {
        self.proxies = Arc::new(proxies);
        self
    }

    /// From which network a request comes.
    pub(crate) fn network(&self, request: &axum::http::HeaderMap, peer: Option<IpAddr>) -> String {
        self.proxies.network(peer, request)
    }
}

/// A request under a name that is not ours goes no further: a page must not repeat it, and a browser that was led here by
/// somebody else's name must not read an answer.
pub(crate) async fn known_host(State(state): State<WebState>, request: Request, next: Next) -> Response {
    let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let authority = request.uri().authority().map(axum::http::uri::Authority::as_str);
    let ours = named.is_some_and(|host| state.reach.hosts.accepts(host))
        && authority.is_none_or(|host| state.reach.hosts.accepts(host));
    if ours || ASKED_BY_PROGRAMS.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    tracing::warn!(
        "a request under a foreign name was refused: does base_url say how people reach the program?"
    );
    PageError::new(locale_of(request.uri(), request.headers(), state.demo), Fault::Misdirected)
        .into_response()
}

/// Whoever asks too often from one network waits a moment: doors that can be tried, and lists that cost work.
pub(crate) async fn not_too_often(State(state): State<WebState>, request: Request, next: Next) -> Response {
    let Some(class) = Class::of(request.method() == Method::POST, request.uri().path()) else {
        return next.run(request).await;
    };
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let network = state.reach.network(request.headers(), peer);
    let Err(seconds) = state.reach.rate.admit(class, &network, state.ctx.now().0) else {
        return next.run(request).await;
    };
    let locale = locale_of(request.uri(), request.headers(), state.demo);
    let mut response = PageError::new(locale, Fault::TooOften).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}
