//! The own access: passkeys, password, codes of an app, codes on paper, devices.

pub(crate) mod devices;
pub(crate) mod keys;

use crate::arrival::Arriving;
use crate::error::{PageError, render};
use crate::extract::{Form, Query};
use crate::forms::Wrong;
use crate::layout::Chrome;
use crate::pages::sign_in::{Keys, entered};
use crate::qr::{self, Drawing};
use crate::request::Visit;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use devices::Device;
use keys::Key;
use kiez_app::account::{self, Account};
use kiez_app::error::AppError;
use kiez_domain::instant::Instant;
use kiez_domain::text::shown;
use kiez_words::times;

/// What was just done; the page says so once.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct After {
    done: String,
}

/// What the page can say was done.
const DONE: [&str; 6] = ["password", "codes", "codes-removed", "passkey", "passkey-removed", "ended"];

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct Sent {
    pub(crate) email: String,
    pub(crate) password: String,
    pub(crate) code: String,
    pub(crate) name: String,
}

#[derive(Template)]
#[template(path = "pages/account/page.html")]
struct AccountPage {
    c: Chrome,
    f: Wrong,
    keys: Option<Keys>,
    done: Option<String>,
    incomplete: bool,
    /// From when on there are any rights.
    waits: Option<String>,
    /// Signed in just now: what changes the own access is offered.
    fresh: bool,
    email: String,
    typed_email: String,
    has_password: bool,
    has_codes: bool,
    pending: Option<Pending>,
    recovery_left: u64,
    may_remove_codes: bool,
    may_remove_passkey: bool,
    passkeys: Vec<Key>,
    devices: Vec<Device>,
}

/// A secret that an app reads, and its first code is waited for.
struct Pending {
    secret: String,
    drawing: Option<Drawing>,
}

#[derive(Template)]
#[template(path = "pages/account/recovery.html")]
struct RecoveryPage {
    c: Chrome,
    codes: Vec<String>,
    /// The module that opens the printer.
    script: Option<String>,
    email: String,
}

/// `GET /account`
pub(crate) async fn page(
    State(state): State<WebState>,
    visit: Visit,
    Query(after): Query<After>,
) -> Result<Response, PageError> {
    let account = own(&state, &visit).await?;
    let mut page = built(&state, &visit, account);
    page.done = DONE.contains(&after.done.as_str()).then_some(after.done);
    Ok(render(&page))
}

/// `POST /account/password`
pub(crate) async fn password(
    State(state): State<WebState>,
    visit: Visit,
    Arriving(arrival): Arriving,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let typed = (sent.email.as_str(), sent.password.as_str());
    match account::set_password(&state.ctx, &visit.caller, typed, &arrival).await {
        Ok(secret) => Ok(entered(&state, &secret, "/account?done=password")),
        Err(error) => again(&state, &visit, error, &sent.email).await,
    }
}

/// `POST /account/codes`: a secret for an app.
pub(crate) async fn begin_codes(State(state): State<WebState>, visit: Visit) -> Result<Response, PageError> {
    let begun = account::begin_codes(&state.ctx, &visit.caller).await;
    led_back(begun, &visit, "/account#codes")
}

/// `POST /account/codes/confirm`: the app's first code.
pub(crate) async fn confirm_codes(
    State(state): State<WebState>,
    visit: Visit,
    Arriving(arrival): Arriving,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    match account::confirm_codes(&state.ctx, &visit.caller, &sent.code, &arrival).await {
        Ok(secret) => Ok(entered(&state, &secret, "/account?done=codes")),
        Err(error) => again(&state, &visit, error, "").await,
    }
}

/// `POST /account/codes/remove`
pub(crate) async fn remove_codes(State(state): State<WebState>, visit: Visit) -> Result<Response, PageError> {
    let removed = account::remove_codes(&state.ctx, &visit.caller).await;
    led_back(removed, &visit, "/account?done=codes-removed")
}

/// `POST /account/recovery`: fresh codes on paper, shown this once.
pub(crate) async fn recovery_codes(
    State(state): State<WebState>,
    visit: Visit,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let codes = match account::new_recovery_codes(&state.ctx, &visit.caller, &sent.email).await {
        Ok(codes) => codes,
        Err(error) => return again(&state, &visit, error, &sent.email).await,
    };
    let account = own(&state, &visit).await?;
    let script = crate::assets::address("account.js");
    let email = shown(account.email.as_ref());
    Ok(render(&RecoveryPage { c: Chrome::public(&visit), codes, script, email }))
}

/// What was asked for is done, or the fault has a page of its own.
pub(crate) fn led_back(done: Result<(), AppError>, visit: &Visit, to: &str) -> Result<Response, PageError> {
    done.map_err(|error| visit.fail(error))?;
    Ok(Redirect::to(to).into_response())
}

/// A rejected form comes back with a sentence at its field; secrets are typed anew.
pub(crate) async fn again(
    state: &WebState,
    visit: &Visit,
    error: AppError,
    email: &str,
) -> Result<Response, PageError> {
    let AppError::Invalid(issues) = error else { return Err(visit.fail(error)) };
    let account = own(state, visit).await?;
    let mut page = built(state, visit, account);
    page.f = Wrong::of(visit.locale, &issues);
    page.typed_email = email.to_owned();
    Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
}

async fn own(state: &WebState, visit: &Visit) -> Result<Account, PageError> {
    account::get(&state.ctx, &visit.caller).await.map_err(|error| visit.fail(error))
}

fn built(state: &WebState, visit: &Visit, account: Account) -> AccountPage {
    let c = Chrome::public(visit);
    let (incomplete, may_remove_codes) = (account.is_incomplete(), account.may_remove_codes());
    let may_remove_passkey = account.may_remove_passkey();
    let email = shown(account.email.as_ref());
    let label = if email.is_empty() { account.name.clone() } else { email.clone() };
    let pending = |secret: String| {
        let drawing = qr::draw(&qr::key_uri(&label, &secret));
        Pending { secret: in_groups(&secret), drawing }
    };
    let here = account.here.id;
    let passkeys = account.passkeys.into_iter();
    let passkeys = passkeys
        .map(|row| Key::new(&c, (row.id, row.name.to_string()), (row.created_at, row.last_used_at)))
        .collect();
    let devices = account.sessions.into_iter();
    let devices = devices
        .map(|row| {
            Device::new(
                &c,
                (row.id, here),
                shown(row.name.as_ref()),
                (row.created_at, row.last_seen_at),
                row.proof,
            )
        })
        .collect();
    AccountPage {
        f: Wrong::nothing(),
        keys: Keys::of(state),
        done: None,
        incomplete,
        waits: account.waits_until.map(|until| moment(&c, until)),
        fresh: account.here.fresh || incomplete,
        typed_email: String::new(),
        has_password: account.has_password,
        has_codes: account.has_codes,
        pending: account.pending.map(pending),
        recovery_left: account.recovery_left,
        may_remove_codes,
        may_remove_passkey,
        passkeys,
        devices,
        email,
        c,
    }
}

/// A long secret in groups of four, as people type it.
fn in_groups(secret: &str) -> String {
    let signs: Vec<char> = secret.chars().collect();
    signs.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// A moment in the reader's language.
pub(crate) fn moment(c: &Chrome, at: Instant) -> String {
    times::moment(c.locale, at)
}
