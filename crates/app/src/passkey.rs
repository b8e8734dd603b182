//! Passkeys: a device keeps a key and shows that it has it, after its holder unlocked it. That counts as both factors.

use crate::account::{renewed, shown_to_device, to_change};
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::message::tell_change;
use crate::secret;
use crate::sign_in::{self, Arrival, Attempt};
use kiez_domain::access::Proof;
use kiez_domain::id::{PasskeyId, UserId};
use kiez_domain::message::AccessChange;
use kiez_domain::text::Line;
use kiez_store::error::StoreError;
use kiez_store::passkey::PasskeyRow;
use kiez_store::{ceremony, passkey};
use serde_json::{Value, json};
use std::fmt::Write as _;
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

/// A device has so long to answer.
const ANSWER_MINUTES: i64 = 5;

/// For which address devices keep their keys.
pub struct PasskeyHouse {
    webauthn: Webauthn,
    /// The address, as browsers must have it in their bar.
    pub origin: String,
}

/// A question to a device.
#[derive(Debug, Clone)]
pub struct Question {
    /// Under this secret the answer is given.
    pub ceremony: String,
    /// What the browser hands to the device (WebAuthn Level 3, §5.4 and §5.5).
    pub options: Value,
}

/// What a device answered.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The secret of the question.
    pub ceremony: String,
    /// The answer, as JSON.
    pub credential: String,
}

impl PasskeyHouse {
    /// The house at an address. Browsers keep keys for names only: a program on this machine is called `localhost`,
    /// any other bare number has none.
    #[must_use]
    pub fn at(base_url: &str) -> Option<Self> {
        let mut url = Url::parse(base_url).ok()?;
        if matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "0.0.0.0")) {
            url.set_host(Some("localhost")).ok()?;
        }
        let name = url.domain()?.to_owned();
        let webauthn = WebauthnBuilder::new(&name, &url).ok()?.rp_name("Kiezgrößen").build().ok()?;
        Some(Self { webauthn, origin: url.origin().ascii_serialization() })
    }
}

impl std::fmt::Debug for PasskeyHouse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PasskeyHouse {{ origin: {} }}", self.origin)
    }
}

/// Asks a device to make a key for the own account.
///
/// # Errors
/// [`AppError::NotFresh`] when the session began too long ago; [`AppError::NotFound`] where there are no passkeys.
pub async fn begin_making(ctx: &Ctx, caller: &Caller) -> Result<Question, AppError> {
    let (_, here) = to_change(caller)?;
    let house = house(ctx)?;
    let (email, name) = shown_to_device(ctx, here.user).await?;
    let known = passkey::list_by_user(&mut ctx.db.read().await?, here.user).await?;
    let known: Vec<CredentialID> =
        known.iter().filter_map(|row| read(&row.credential).ok()).map(|key| key.cred_id().clone()).collect();
    let started = house.webauthn.start_passkey_registration(uuid(here.user)?, &email, &name, Some(known));
    let (options, state) = started.map_err(|error| broken(&error))?;
    let mut options = json(&options)?;
    // The key must be found without an address typed first: so no answer of ours can tell who has one.
    if let Some(wish) = options.pointer_mut("/publicKey/authenticatorSelection") {
        wish["residentKey"] = json!("required");
        wish["requireResidentKey"] = json!(true);
    }
    ask(ctx, Some(here.user), (options, &state)).await
}

/// Keeps the key that a device has made; the session has both factors then, and a new secret.
///
/// # Errors
/// [`AppError::NotFound`] when the answer does not fit to a question of ours.
pub async fn make(
    ctx: &Ctx,
    caller: &Caller,
    (answer, name): (&Answer, &str),
    arrival: &Arrival,
) -> Result<String, AppError> {
    let (permit, here) = to_change(caller)?;
    let house = house(ctx)?;
    let mut tx = ctx.db.write().await?;
    let asked = ceremony::take(&mut tx, &secret::hash(&answer.ceremony), ctx.now()).await?;
    let state = asked.filter(|(user, _)| *user == Some(here.user)).ok_or(AppError::NotFound)?.1;
    let state: PasskeyRegistration = parsed(&state)?;
    let said: RegisterPublicKeyCredential = parsed(&answer.credential)?;
    let key = house.webauthn.finish_passkey_registration(&said, &state).map_err(|error| no_fit(&error))?;
    let name = name.trim().parse::<Line>().or_else(|_| arrival.device.parse()).or_else(|_| "Passkey".parse());
    let new = PasskeyRow {
        id: ctx.id(PasskeyId::new)?,
        user: here.user,
        credential_id: hex(key.cred_id().as_ref()),
        credential: json(&key)?.to_string(),
        name: name.map_err(|problem| AppError::field("name", problem))?,
        created_at: ctx.now(),
        last_used_at: None,
    };
    passkey::create(&mut tx, &permit, &new).await.map_err(known_already)?;
    tell_change(ctx, &mut tx, &permit, (here.user, AccessChange::Passkey)).await?;
    renewed(ctx, tx, (here, Proof::Two), arrival).await
}

/// Asks whatever device is there who it is.
///
/// # Errors
/// [`AppError::NotFound`] where there are no passkeys.
pub async fn begin_sign_in(ctx: &Ctx) -> Result<Question, AppError> {
    let (options, state) =
        house(ctx)?.webauthn.start_discoverable_authentication().map_err(|error| broken(&error))?;
    let mut options = json(&options)?;
    // The person pressed a button: the browser asks at once, and not while somebody types.
    if let Some(options) = options.as_object_mut() {
        options.remove("mediation");
    }
    ask(ctx, None, (options, &state)).await
}

/// Signs in whom the device names, when its answer fits.
///
/// # Errors
/// When the database fails.
pub async fn sign_in(ctx: &Ctx, answer: &Answer, arrival: &Arrival) -> Result<Attempt, AppError> {
    let house = house(ctx)?;
    let Ok(said) = serde_json::from_str::<PublicKeyCredential>(&answer.credential) else {
        return Ok(Attempt::Refused);
    };
    let mut tx = ctx.db.write().await?;
    let asked = ceremony::take(&mut tx, &secret::hash(&answer.ceremony), ctx.now()).await?;
    let Some((None, state)) = asked else { return Ok(Attempt::Refused) };
    let state: DiscoverableAuthentication = parsed(&state)?;
    let found = match house.webauthn.identify_discoverable_authentication(&said) {
        Ok((user, key)) => passkey::find(&mut tx, UserId::new(user), &hex(key)).await?,
        Err(_) => None,
    };
    let Some(row) = found else { return refused(tx).await };
    let mut key = read(&row.credential)?;
    let judged = match house.webauthn.finish_discoverable_authentication_v2(&said, state, &key) {
        Ok(judged) if judged.user_verified() => judged,
        Ok(_) => return refused(tx).await,
        Err(error) => {
            tracing::warn!(%error, "a passkey was refused");
            return refused(tx).await;
        }
    };
    key.update_credential(&judged);
    let permit = sign_in::to_sign_in(row.user)?;
    let stored = json(&key)?.to_string();
    passkey::used(&mut tx, &permit, (row.user, row.id, &stored), ctx.now()).await?;
    let secret = match sign_in::enter(ctx, &mut tx, (row.user, Proof::Two), arrival).await {
        // The key is good, its owner may not sign in any more.
        Err(AppError::NotFound) => return refused(tx).await,
        other => other?,
    };
    tx.commit().await?;
    Ok(Attempt::In(secret))
}

/// Gives an own key another name.
///
/// # Errors
/// An issue of the name; [`AppError::NotFound`] when it is somebody else's.
pub async fn rename(ctx: &Ctx, caller: &Caller, id: PasskeyId, name: &str) -> Result<(), AppError> {
    let (permit, here) = caller.own("update")?;
    let name: Line = name.parse().map_err(|problem| AppError::field("name", problem))?;
    let mut tx = ctx.db.write().await?;
    passkey::rename(&mut tx, &permit, (here.user, id), &name, ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// Removes an own key.
///
/// # Errors
/// [`AppError::NotFound`] when it is somebody else's, or the only second factor where one is wanted.
pub async fn remove(ctx: &Ctx, caller: &Caller, id: PasskeyId) -> Result<(), AppError> {
    let (permit, here) = to_change(caller)?;
    if !crate::account::get(ctx, caller).await?.may_remove_passkey() {
        return Err(AppError::NotFound);
    }
    let mut tx = ctx.db.write().await?;
    passkey::remove(&mut tx, &permit, (here.user, id), ctx.now()).await?;
    tell_change(ctx, &mut tx, &permit, (here.user, AccessChange::PasskeyRemoved)).await?;
    Ok(tx.commit().await?)
}

/// The question is used up, also where the answer was wrong.
async fn refused(tx: kiez_store::conn::Tx) -> Result<Attempt, AppError> {
    tx.commit().await?;
    Ok(Attempt::Refused)
}

async fn ask(
    ctx: &Ctx,
    user: Option<UserId>,
    (options, state): (Value, &impl serde::Serialize),
) -> Result<Question, AppError> {
    let secret = ctx.random.token()?;
    let ends = ctx.now().plus_minutes(ANSWER_MINUTES);
    let mut tx = ctx.db.write().await?;
    ceremony::create(&mut tx, (&secret::hash(&secret), user), &json(state)?.to_string(), ends).await?;
    tx.commit().await?;
    Ok(Question { ceremony: secret, options })
}

fn house(ctx: &Ctx) -> Result<&PasskeyHouse, AppError> {
    ctx.passkeys.as_deref().ok_or(AppError::NotFound)
}

fn uuid(user: UserId) -> Result<Uuid, AppError> {
    user.to_string().parse().map_err(|_| AppError::Broken("an id that is no UUID".to_owned()))
}

fn read(stored: &str) -> Result<Passkey, AppError> {
    parsed(stored)
}

fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, AppError> {
    serde_json::from_str(text).map_err(|_| AppError::NotFound)
}

fn json(value: &impl serde::Serialize) -> Result<Value, AppError> {
    serde_json::to_value(value).map_err(|error| AppError::Broken(error.to_string()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to memory cannot fail");
        text
    })
}

fn no_fit(error: &WebauthnError) -> AppError {
    tracing::warn!(%error, "a new passkey was refused");
    AppError::NotFound
}

fn broken(error: &WebauthnError) -> AppError {
    AppError::Broken(error.to_string())
}

fn known_already(error: StoreError) -> AppError {
    match error {
        StoreError::Conflict { .. } => AppError::NotFound,
        other => other.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_kept_for_names() {
        let origin = |url| PasskeyHouse::at(url).map(|house| house.origin);
        assert_eq!(origin("https://kiez.example/"), Some("https://kiez.example".to_owned()));
        assert_eq!(origin("http://127.0.0.1:8080"), Some("http://localhost:8080".to_owned()));
        assert_eq!(origin("http://192.0.2.7:8080"), None);
        assert_eq!(origin("nothing"), None);
    }
}
