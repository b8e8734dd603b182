//! What a page learns from a request: the language, who asks, which project.

use crate::error::{Fault, PageError};
use crate::layout::Chrome;
use crate::state::WebState;
use axum::extract::{FromRequestParts, OptionalFromRequestParts, RawPathParams};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, HOST};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use kiez_app::caller::Caller;
use kiez_app::house::Notices;
use kiez_domain::policy::Role;
use kiez_domain::project::Project;
use kiez_words::Locale;

/// Name of the session cookie.
const SESSION: &str = "kiez_session";
/// Its name behind https: browsers take a cookie of this name from this very host alone, and only with https.
const SESSION_OF_HOST: &str = "__Host-kiez_session";
/// How long a browser keeps the cookie: 90 days, as the longest session; what it is good for the program decides.
const SESSION_SECONDS: u32 = 7_776_000;
/// Name of the language cookie.
pub(crate) const LANGUAGE: &str = "kiez_language";

/// Name of the cookie that says the demo's tour was closed.
pub(crate) const TOUR: &str = "kiez_tour";

/// Anybody: the language, the caller, the address asked for.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) locale: Locale,
    pub(crate) caller: Caller,
    pub(crate) path: String,
    /// What stands behind the question mark, without the language.
    pub(crate) query: String,
    pub(crate) demo: bool,
    /// The demo's guided tour goes on.
    pub(crate) tour: bool,
    /// What stands above every page while it lasts.
    pub(crate) notices: Notices,
}

impl FromRequestParts<WebState> for Visit {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let locale = locale_of(&parts.uri, &parts.headers, state.demo);
        let known = parts.extensions.get::<Caller>().cloned();
        let caller = match (known, session_secret(&parts.headers, state)) {
            (Some(caller), _) => caller,
            (None, Some(secret)) => kiez_app::sign_in::caller_of(&state.ctx, &secret)
                .await
                .map_err(|error| PageError::new(locale, error))?,
            (None, None) => Caller::visitor(),
        };
        let query = query_without_language(&parts.uri);
        let tour = state.demo && cookie(&parts.headers, TOUR).is_none();
        let notices = kiez_app::house::notices(&state.ctx, &caller);
        let path = parts.uri.path().to_owned();
        Ok(Self { locale, caller, path, query, demo: state.demo, tour, notices })
    }
}

impl Visit {
    pub(crate) fn fail(&self, fault: impl Into<Fault>) -> PageError {
        PageError::within(Chrome::public(self), fault)
    }
}

/// A signed-in member inside the workspace of one project.
#[derive(Clone)]
pub(crate) struct Member {
    pub(crate) visit: Visit,
    pub(crate) project: Project,
    pub(crate) role: Role,
}

impl Member {
    pub(crate) fn fail(&self, error: impl Into<kiez_app::error::AppError>) -> PageError {
        PageError::within(Chrome::workspace(self), error.into())
    }

    /// An address inside this workspace.
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/w/{}{rest}", self.project.data.slug)
    }
}

impl FromRequestParts<WebState> for Member {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let visit = <Visit as FromRequestParts<WebState>>::from_request_parts(parts, state).await?;
        let fail = |error: kiez_app::error::AppError| visit.fail(error);
        let params = RawPathParams::from_request_parts(parts, state).await;
        let slug = params.ok().and_then(|params| {
            params.iter().find(|(name, _)| *name == "project").map(|(_, value)| value.to_owned())
        });
        let slug = slug.unwrap_or_default();
        let project = kiez_app::project::get(&state.ctx, &visit.caller, &slug).await.map_err(fail)?;
        let role =
            visit.caller.role_in(project.id).ok_or_else(|| fail(kiez_app::error::AppError::NotFound))?;
        Ok(Self { visit, project, role })
    }
}

impl OptionalFromRequestParts<WebState> for Member {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Option<Self>, PageError> {
        Ok(<Self as FromRequestParts<WebState>>::from_request_parts(parts, state).await.ok())
    }
}

/// What an ordinary form is sent as.
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// Whether content says that it is of this kind.
pub(crate) fn is_kind(headers: &HeaderMap, kind: &str) -> bool {
    let named = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    named.is_some_and(|named| named.to_ascii_lowercase().starts_with(kind))
}

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// The secret of the session that a browser brings along.
pub(crate) fn session_secret(headers: &HeaderMap, state: &WebState) -> Option<String> {
    cookie(headers, session_name(state.secure))
}

/// The line that hands a session to a browser, for as long as any session lasts, or takes it away.
pub(crate) fn session_line(secret: Option<&str>, state: &WebState) -> String {
    let seconds = if secret.is_some() { SESSION_SECONDS } else { 0 };
    let pair = format!("{}={}", session_name(state.secure), secret.unwrap_or_default());
    cookie_line(&pair, seconds, (Secure(state.secure), Hidden(true)))
}

fn session_name(secure: bool) -> &'static str {
    if secure { SESSION_OF_HOST } else { SESSION }
}

/// The language: asked for in the address, remembered, or wished by the browser.
pub(crate) fn locale_of(uri: &Uri, headers: &HeaderMap, demo: bool) -> Locale {
    let allowed = |locale: &Locale| demo || *locale != Locale::Mirrored;
    let asked = lang_parameter(uri).and_then(|tag| tag.parse().ok()).filter(allowed);
    let remembered = || cookie(headers, LANGUAGE).and_then(|tag| tag.parse().ok()).filter(allowed);
    let wished = || {
        let header = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Locale::negotiate(header.unwrap_or_default())
    };
    asked.or_else(remembered).unwrap_or_else(wished)
}

/// How the person at this page reaches the program, so that an address can be copied whole.
pub(crate) fn house_address(state: &WebState, headers: &HeaderMap) -> String {
    match headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default() {
        "" => String::new(),
        host if state.secure => format!("https://{host}"),
        host => format!("http://{host}"),
    }
}

fn query_without_language(uri: &Uri) -> String {
    let pairs = uri.query().unwrap_or_default().split('&');
    pairs.filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect::<Vec<_>>().join("&")
}

/// A line that sets a cookie; behind https it never travels without it.
pub(crate) fn cookie_line(pair: &str, age_seconds: u32, (secure, hidden): (Secure, Hidden)) -> String {
    let secure = if secure.0 { "; Secure" } else { "" };
    let hidden = if hidden.0 { "; HttpOnly" } else { "" };
    format!("{pair}; Path=/; Max-Age={age_seconds}; SameSite=Lax{hidden}{secure}")
}

/// Whether the program is reached by https.
pub(crate) struct Secure(pub(crate) bool);

/// Whether scripts cannot read the cookie.
pub(crate) struct Hidden(pub(crate) bool);

/// The `lang` parameter of the address.
pub(crate) fn lang_parameter(uri: &Uri) -> Option<&str> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix("lang="))
}
