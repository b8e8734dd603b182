//! What stands before every page: the door of the workspace, the check of foreign forms, headers.

use crate::error::{Fault, PageError};
use crate::form_token;
use crate::request::{Hidden, LANGUAGE, Secure, cookie_line, lang_parameter, locale_of, session_secret};
use crate::state::WebState;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::caller::Caller;
use kiez_domain::access::Standing;
use kiez_words::Locale;

/// Sent with every answer: nothing from elsewhere is loaded, nobody frames us, nobody learns where one came from.
const HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(self)"),
];

/// Of the one page that stands in pages of others: it may be framed, and read from there. It holds nothing but what everybody
/// sees, has no form and asks for no session.
const EMBEDDED: [(&str, &str); 2] = [
    (
        "content-security-policy",
        "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *",
    ),
    ("cross-origin-resource-policy", "cross-origin"),
];

/// Where people come by https, browsers come by nothing else for a year.
const ONLY_ENCRYPTED: &str = "max-age=31536000; includeSubDomains";

/// Puts the headers on every answer and remembers a language that was asked for.
pub(crate) async fn headers(State(state): State<WebState>, request: Request, next: Next) -> Response {
    let asked = lang_parameter(request.uri()).and_then(|tag| tag.parse::<Locale>().ok());
    let chosen = asked.filter(|locale| state.demo || *locale != Locale::Mirrored);
    let private = ["/w", "/link", "/l/", "/account", "/sign-in", "/house"]
        .iter()
        .any(|start| request.uri().path().starts_with(start));
    let may_be_framed = is_embedded(request.uri().path());
    let mut response = next.run(request).await;
    let may_be_framed = may_be_framed && response.status().is_success();
    let headers = response.headers_mut();
    let own = EMBEDDED.iter().filter(|_| may_be_framed);
    for (name, value) in HEADERS.iter().chain(own) {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if state.secure {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONLY_ENCRYPTED));
    }
    if private {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    }
    if let Some(cookie) = chosen.and_then(|locale| language_cookie(locale, state.secure).parse().ok()) {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

/// `/p/{project}/embed`
fn is_embedded(path: &str) -> bool {
    let inside = path.strip_prefix("/p/").and_then(|rest| rest.split_once('/'));
    inside.is_some_and(|(_, rest)| rest == "embed")
}

fn language_cookie(locale: Locale, secure: bool) -> String {
    cookie_line(&format!("{LANGUAGE}={locale}"), 31_536_000, (Secure(secure), Hidden(false)))
}

/// The door of the workspace: without a session every path, existing or not, leads to the sign-in page, and what is
/// still to be shown or set up comes before anything else.
/// Who passes is handed on, so that a page does not ask the database a second time.
pub(crate) async fn door(State(state): State<WebState>, mut request: Request, next: Next) -> Response {
    let Some(door) = Door::of(request.uri().path()) else { return next.run(request).await };
    let Some(secret) = session_secret(request.headers(), &state) else {
        return Redirect::to(SIGN_IN).into_response();
    };
    match kiez_app::sign_in::caller_of(&state.ctx, &secret).await {
        Ok(caller) => match door.leads_elsewhere(&caller) {
            Some(elsewhere) => Redirect::to(elsewhere).into_response(),
            None => {
                request.extensions_mut().insert(caller);
                next.run(request).await
            }
        },
        Err(error) => {
            let locale = locale_of(request.uri(), request.headers(), state.demo);
            PageError::new(locale, error).into_response()
        }
    }
}

const SIGN_IN: &str = "/sign-in";

/// What lies behind a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    /// The work of a project.
    Workspace,
    /// The own access.
    Account,
    /// The installation as a whole.
    House,
}

impl Door {
    fn of(path: &str) -> Option<Self> {
        let within = |start: &str| {
            path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let doors = [("/w", Self::Workspace), ("/account", Self::Account), ("/house", Self::House)];
        doors.into_iter().find(|(start, _)| within(start)).map(|(_, door)| door)
    }

    /// Where somebody goes first who may not pass.
    fn leads_elsewhere(self, caller: &Caller) -> Option<&'static str> {
        match (self, caller.waits_for()) {
            (_, Some(Standing::Second)) => Some("/sign-in/second"),
            (Self::Workspace | Self::House, Some(Standing::SetUp)) => Some("/account"),
            // Whoever is signed in and has no rights yet reads on their own page from when on.
            (Self::Workspace | Self::House, _) if caller.is_visitor() && caller.session().is_some() => {
                Some("/account")
            }
            (Self::Workspace | Self::House, _) if caller.is_visitor() => Some(SIGN_IN),
            (Self::Account, _) if caller.session().is_none() => Some(SIGN_IN),
            _ => None,
        }
    }
}

/// A form sent by a page of somebody else is refused: browsers name the origin of every POST, and who is signed in sends the
/// token that stands in their pages alone.
pub(crate) async fn same_origin(State(state): State<WebState>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe {
        return next.run(request).await;
    }
    let locale = locale_of(request.uri(), request.headers(), state.demo);
    if !comes_from_here(request.headers()) {
        let path = without_secret(request.uri().path());
        tracing::warn!(path, "a form from another origin was refused");
        return PageError::new(locale, Fault::Foreign).into_response();
    }
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    match form_token::checked(&state, request).await {
        Ok(request) => next.run(request).await,
        Err(fault) => PageError::new(locale, fault).into_response(),
    }
}

/// A path as it may stand in a log: what follows the beginning of a link is its secret.
fn without_secret(path: &str) -> &str {
    let link = ["/link/", "/l/"].into_iter().find(|start| path.starts_with(start));
    link.unwrap_or(path)
}

fn comes_from_here(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text("host")) {
        // A program that is no browser names no origin. Whoever brings a session along and names none may be a browser that
        // is too old to say where its forms come from.
        (None, _) => !headers.contains_key(header::COOKIE),
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, named)| named == host),
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn forms_of_other_sites_are_told_apart() {
        assert!(comes_from_here(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(!comes_from_here(&headers(&[("sec-fetch-site", "cross-site"), ("host", "kiez.example")])));
        assert!(comes_from_here(&headers(&[("origin", "http://kiez.example"), ("host", "kiez.example")])));
        assert!(!comes_from_here(&headers(&[("origin", "http://evil.example"), ("host", "kiez.example")])));
        assert!(!comes_from_here(&headers(&[("origin", "null"), ("host", "kiez.example")])));
        assert!(comes_from_here(&headers(&[("host", "kiez.example")])), "a program without a session");
        assert!(!comes_from_here(&headers(&[("host", "kiez.example"), ("cookie", "kiez_session=0")])));
    }

    #[test]
    fn one_page_may_stand_in_others() {
        assert!(is_embedded("/p/graefekiez/embed"));
        for path in
            ["/p/embed", "/p/graefekiez/embed/", "/p/graefekiez/actors", "/w/graefekiez/embed", "/embed"]
        {
            assert!(!is_embedded(path), "{path}");
        }
    }

    #[test]
    fn no_secret_of_a_link_stands_in_a_log() {
        assert_eq!(without_secret("/l/0123456789abcdef"), "/l/");
        assert_eq!(without_secret("/link/0123456789abcdef/x"), "/link/");
        assert_eq!(without_secret("/w/graefekiez/links"), "/w/graefekiez/links");
    }

    #[test]
    fn workspace_and_own_access_have_a_door() {
        let workspace = Some(Door::Workspace);
        assert_eq!((Door::of("/w"), Door::of("/w/x/y")), (workspace, workspace));
        assert_eq!(Door::of("/account/passkeys"), Some(Door::Account));
        assert_eq!((Door::of("/"), Door::of("/www"), Door::of("/accounts")), (None, None, None));
    }
}
