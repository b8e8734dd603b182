//! Signing in: by passkey, by password with a second step, by a code on paper, by a link. Opening an address only shows.

pub(crate) mod mail;

use crate::arrival::Arriving;
use crate::assets;
use crate::error::{PageError, render};
use crate::extract::{Form, Path};
use crate::layout::Chrome;
use crate::request::{Visit, session_line, session_secret};
use crate::state::WebState;
use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::error::AppError;
use kiez_app::passkey::{self, Answer};
use kiez_app::sign_in::{self, Attempt};
use kiez_domain::access::Standing;

#[derive(Template)]
#[template(path = "pages/sign_in/page.html")]
struct SignInPage {
    c: Chrome,
    keys: Option<Keys>,
    /// The address that was typed; a password is never shown again.
    email: String,
    trouble: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/sign_in/second.html")]
struct SecondPage {
    c: Chrome,
    keys: Option<Keys>,
    trouble: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/sign_in/recovery.html")]
struct RecoveryPage {
    c: Chrome,
    email: String,
    trouble: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/sign_in/link.html")]
struct LinkPage {
    c: Chrome,
    /// Whose link it is; none when it is used up or unknown.
    name: Option<String>,
    token: String,
}

/// What a page needs to ask a device.
pub(crate) struct Keys {
    /// Our own module, which speaks to the browser.
    pub(crate) script: String,
    /// The address under which devices keep their keys.
    pub(crate) origin: String,
}

impl Keys {
    /// None where there are no passkeys, or no scripts were built.
    pub(crate) fn of(state: &WebState) -> Option<Self> {
        let origin = state.ctx.passkeys.as_ref()?.origin.clone();
        Some(Self { script: assets::address("account.js")?, origin })
    }
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct Typed {
    email: String,
    password: String,
    code: String,
}

/// A device's answer, carried by a form.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct Answered {
    pub(crate) ceremony: String,
    pub(crate) credential: String,
}

impl From<Answered> for Answer {
    fn from(answered: Answered) -> Self {
        Self { ceremony: answered.ceremony, credential: answered.credential }
    }
}

/// `GET /sign-in`
pub(crate) async fn page(State(state): State<WebState>, visit: Visit) -> Response {
    render(&sign_in_page(&state, &visit, (String::new(), None)))
}

/// `POST /sign-in`: the first step with a password.
pub(crate) async fn by_password(
    State(state): State<WebState>,
    visit: Visit,
    Arriving(arrival): Arriving,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let attempt = sign_in::by_password(&state.ctx, (&typed.email, &typed.password), &arrival).await;
    let again = |trouble| render(&sign_in_page(&state, &visit, (typed.email.clone(), Some(trouble))));
    answer(&state, &visit, attempt, "sign-in-no-fit", again)
}

/// `POST /sign-in/passkey/start`: a question for whatever device is there.
pub(crate) async fn ask_passkey(State(state): State<WebState>, visit: Visit) -> Result<Response, PageError> {
    let asked = passkey::begin_sign_in(&state.ctx).await.map_err(|error| visit.fail(error))?;
    Ok(question(&asked))
}

/// `POST /sign-in/passkey`: the device's answer.
pub(crate) async fn by_passkey(
    State(state): State<WebState>,
    visit: Visit,
    Arriving(arrival): Arriving,
    Form(answered): Form<Answered>,
) -> Result<Response, PageError> {
    let attempt = passkey::sign_in(&state.ctx, &answered.into(), &arrival).await;
    let again = |trouble| render(&sign_in_page(&state, &visit, (String::new(), Some(trouble))));
    answer(&state, &visit, attempt, "passkey-no-fit", again)
}

/// `GET /sign-in/second`
pub(crate) async fn second_page(State(state): State<WebState>, visit: Visit) -> Response {
    if visit.caller.waits_for() != Some(Standing::Second) {
        return Redirect::to("/w").into_response();
    }
    render(&SecondPage { c: Chrome::public(&visit), keys: Keys::of(&state), trouble: None })
}

/// `POST /sign-in/second`: a code of the app, or one on paper.
pub(crate) async fn second(
    State(state): State<WebState>,
    visit: Visit,
    Arriving(arrival): Arriving,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    if visit.caller.waits_for() != Some(Standing::Second) {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    let attempt = sign_in::second(&state.ctx, &visit.caller, &typed.code, &arrival).await;
    let page = |trouble| SecondPage { c: Chrome::public(&visit), keys: Keys::of(&state), trouble };
    answer(&state, &visit, attempt, "second-no-fit", |trouble| render(&page(Some(trouble))))
}

/// `GET /sign-in/recovery`
pub(crate) async fn recovery_page(visit: Visit) -> Response {
    render(&RecoveryPage { c: Chrome::public(&visit), email: String::new(), trouble: None })
}

/// `POST /sign-in/recovery`: address and a code on paper.
pub(crate) async fn by_recovery_code(
    State(state): State<WebState>,
    visit: Visit,
    Arriving(arrival): Arriving,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let attempt = sign_in::by_recovery_code(&state.ctx, (&typed.email, &typed.code), &arrival).await;
    let page = |trouble| RecoveryPage { c: Chrome::public(&visit), email: typed.email.clone(), trouble };
    answer(&state, &visit, attempt, "recovery-no-fit", |trouble| render(&page(Some(trouble))))
}

/// `GET /link/{token}`: only shows, so that a mail scanner changes nothing.
pub(crate) async fn link(
    State(state): State<WebState>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    match sign_in::preview(&state.ctx, &token).await {
        Ok(found) => Ok(render(&LinkPage { c: Chrome::public(&visit), name: Some(found.name), token })),
        Err(AppError::NotFound) => Ok(spent(&visit)),
        Err(error) => Err(visit.fail(error)),
    }
}

/// `POST /link/{token}`: spends the link and begins a session.
pub(crate) async fn use_link(
    State(state): State<WebState>,
    visit: Visit,
    Arriving(arrival): Arriving,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    match sign_in::use_link(&state.ctx, &token, &arrival).await {
        Ok(secret) => Ok(entered(&state, &secret, "/w")),
        Err(AppError::NotFound) => Ok(spent(&visit)),
        Err(error) => Err(visit.fail(error)),
    }
}

/// `POST /sign-out`
pub(crate) async fn sign_out(
    State(state): State<WebState>,
    visit: Visit,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    if let Some(secret) = session_secret(&headers, &state) {
        sign_in::sign_out(&state.ctx, &secret).await.map_err(|error| visit.fail(error))?;
    }
    Ok(([(header::SET_COOKIE, session_line(None, &state))], Redirect::to("/sign-in")).into_response())
}

/// A question to a device, for our module.
pub(crate) fn question(asked: &passkey::Question) -> Response {
    let body = serde_json::json!({ "ceremony": asked.ceremony, "options": asked.options });
    ([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// Hands a session to the browser and leads on.
pub(crate) fn entered(state: &WebState, secret: &str, to: &str) -> Response {
    ([(header::SET_COOKIE, session_line(Some(secret), state))], Redirect::to(to)).into_response()
}

/// In, or the same page with a sentence that says the same whatever did not fit.
fn answer(
    state: &WebState,
    visit: &Visit,
    attempt: Result<Attempt, AppError>,
    no_fit: &str,
    again: impl Fn(String) -> Response,
) -> Result<Response, PageError> {
    let c = Chrome::plain(visit.locale);
    match attempt.map_err(|error| visit.fail(error))? {
        Attempt::In(secret) => Ok(entered(state, &secret, "/w")),
        Attempt::Refused => Ok((StatusCode::UNPROCESSABLE_ENTITY, again(c.t(no_fit))).into_response()),
        Attempt::Wait(seconds) => {
            let seconds = u64::try_from(seconds).unwrap_or(1);
            let headers = [(header::RETRY_AFTER, seconds.to_string())];
            let page = again(c.count("sign-in-wait", &seconds));
            Ok((StatusCode::TOO_MANY_REQUESTS, headers, page).into_response())
        }
    }
}

fn sign_in_page(state: &WebState, visit: &Visit, (email, trouble): (String, Option<String>)) -> SignInPage {
    SignInPage { c: Chrome::public(visit), keys: Keys::of(state), email, trouble }
}

fn spent(visit: &Visit) -> Response {
    let page = LinkPage { c: Chrome::public(visit), name: None, token: String::new() };
    (StatusCode::NOT_FOUND, render(&page)).into_response()
}
