//! The own access: password, app that makes codes, codes on paper, devices. Passkeys stand in `passkey`.

use crate::caller::{Caller, SignedIn};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::message::tell_change;
use crate::secret;
use crate::sign_in::{self, Arrival};
use kiez_domain::access::{Password, Proof, Standing};
use kiez_domain::id::{SessionId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::issue::{FieldIssue, Problem};
use kiez_domain::message::AccessChange;
use kiez_domain::policy::Permit;
use kiez_domain::text::{Line, optional};
use kiez_store::conn::Tx;
use kiez_store::error::StoreError;
use kiez_store::passkey::PasskeyRow;
use kiez_store::session::Session;
use kiez_store::{credential, passkey, recovery_code, session, user};

/// The own access as its page shows it.
#[derive(Debug, Clone)]
pub struct Account {
    /// The own name.
    pub name: String,
    /// The address to sign in with.
    pub email: Option<Line>,
    /// A password is set.
    pub has_password: bool,
    /// An app makes codes.
    pub has_codes: bool,
    /// The secret of an app whose first code is waited for.
    pub pending: Option<String>,
    /// Codes on paper that are still good.
    pub recovery_left: u64,
    /// Keys of devices.
    pub passkeys: Vec<PasskeyRow>,
    /// Sessions that have not ended.
    pub sessions: Vec<Session>,
    /// From when on there are any rights; none where there are some already.
    pub waits_until: Option<Instant>,
    /// The session that asks.
    pub here: SignedIn,
}

impl Account {
    /// Something is still to be set up before anything else can be done.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.here.standing == Standing::SetUp
    }

    /// The app may go: nobody asks for two factors, or a passkey is there.
    #[must_use]
    pub fn may_remove_codes(&self) -> bool {
        !self.here.demands.by_role || !self.passkeys.is_empty()
    }

    /// A passkey may go: another way with two factors stays.
    #[must_use]
    pub fn may_remove_passkey(&self) -> bool {
        !self.here.demands.by_role || self.has_codes || self.passkeys.len() > 1
    }
}

/// The own access.
///
/// # Errors
/// [`AppError::NotFound`] without a session.
pub async fn get(ctx: &Ctx, caller: &Caller) -> Result<Account, AppError> {
    let (_, here) = caller.own("read")?;
    let mut conn = ctx.db.read().await?;
    let user = user::find(&mut conn, here.user).await?.ok_or(AppError::NotFound)?;
    let known = credential::get(&mut conn, here.user).await?;
    let now = ctx.now();
    let is_open = |session: &Session| {
        let idle_end = session.last_seen_at.plus_minutes(here.demands.limits(session.proof).idle);
        session.revoked_at.is_none() && session.expires_at > now && idle_end > now
    };
    let sessions = session::list_by_user(&mut conn, here.user).await?;
    let memberships = user::memberships(&mut conn, here.user).await?;
    let has_rights = user.operator || memberships.iter().any(|membership| !membership.waits(now));
    let first =
        memberships.iter().filter_map(|membership| membership.waiting).map(|waiting| waiting.until).min();
    Ok(Account {
        name: user.name,
        email: user.email,
        has_password: known.password_hash.is_some(),
        has_codes: known.totp_secret.is_some(),
        pending: known.totp_pending,
        recovery_left: recovery_code::left(&mut conn, here.user).await?,
        passkeys: passkey::list_by_user(&mut conn, here.user).await?,
        sessions: sessions.into_iter().filter(is_open).rev().collect(),
        waits_until: first.filter(|_| !has_rights),
        here,
    })
}

/// Sets the password, and the address to sign in with where there is none yet. Every other session ends, the own one
/// gets a new secret.
///
/// # Errors
/// Issues of the fields; [`AppError::NotFresh`] when the session began too long ago.
pub async fn set_password(
    ctx: &Ctx,
    caller: &Caller,
    (email, password): (&str, &str),
    arrival: &Arrival,
) -> Result<String, AppError> {
    let (permit, here) = to_change(caller)?;
    let known = user::find(&mut ctx.db.read().await?, here.user).await?.ok_or(AppError::NotFound)?;
    let (email, is_new) = match known.email {
        Some(email) => (email, false),
        None => (address(email)?, true),
    };
    let chosen = Password::choose(password, (&known.name, email.as_str()));
    let chosen = chosen.map_err(|problem| AppError::field("password", problem))?;
    let hash = ctx.hasher.hash(chosen, &ctx.random).await?;
    let now = ctx.now();
    let mut tx = ctx.db.write().await?;
    if is_new {
        user::set_email(&mut tx, &permit, (here.user, &email), now).await.map_err(taken)?;
    }
    credential::set_password(&mut tx, &permit, (here.user, &hash), now).await?;
    session::revoke_others(&mut tx, &permit, (here.user, Some(here.id)), now).await?;
    tell_change(ctx, &mut tx, &permit, (here.user, AccessChange::Password)).await?;
    renewed(ctx, tx, (here, here.proof), arrival).await
}

/// Shows a fresh secret to an app; it counts when its first code was right.
///
/// # Errors
/// [`AppError::NotFound`] before there is a password, because a code alone signs nobody in.
pub async fn begin_codes(ctx: &Ctx, caller: &Caller) -> Result<(), AppError> {
    let (permit, here) = to_change(caller)?;
    let fresh = secret::totp_secret(&ctx.random)?;
    let mut tx = ctx.db.write().await?;
    if credential::get(&mut tx, here.user).await?.password_hash.is_none() {
        return Err(AppError::NotFound);
    }
    credential::set_pending(&mut tx, &permit, (here.user, &fresh), ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// The first code of the app: from now on it counts, and the session has both factors.
///
/// # Errors
/// An issue of the field when the code does not fit.
pub async fn confirm_codes(
    ctx: &Ctx,
    caller: &Caller,
    code: &str,
    arrival: &Arrival,
) -> Result<String, AppError> {
    let (permit, here) = to_change(caller)?;
    let mut tx = ctx.db.write().await?;
    let pending = credential::get(&mut tx, here.user).await?.totp_pending.ok_or(AppError::NotFound)?;
    let step = secret::totp_step(&pending, code, ctx.clock.elsewhere());
    let step = step.ok_or_else(|| AppError::field("code", Problem::NoFit))?;
    credential::confirm_totp(&mut tx, &permit, (here.user, step), ctx.now()).await?;
    tell_change(ctx, &mut tx, &permit, (here.user, AccessChange::Codes)).await?;
    renewed(ctx, tx, (here, Proof::Two), arrival).await
}

/// Forgets the app that makes codes.
///
/// # Errors
/// [`AppError::NotFound`] when nothing else would be a second factor where one is wanted.
pub async fn remove_codes(ctx: &Ctx, caller: &Caller) -> Result<(), AppError> {
    let (permit, here) = to_change(caller)?;
    let account = get(ctx, caller).await?;
    if account.has_codes && !account.may_remove_codes() {
        return Err(AppError::NotFound);
    }
    let mut tx = ctx.db.write().await?;
    credential::clear_totp(&mut tx, &permit, here.user, ctx.now()).await?;
    if account.has_codes {
        tell_change(ctx, &mut tx, &permit, (here.user, AccessChange::CodesRemoved)).await?;
    }
    Ok(tx.commit().await?)
}

/// Fresh recovery codes, shown this once; the ones from before are void. A code is typed together with an address,
/// so one is asked for where there is none yet.
///
/// # Errors
/// An issue of the address; [`AppError::NotFresh`] when the session began too long ago.
pub async fn new_recovery_codes(ctx: &Ctx, caller: &Caller, email: &str) -> Result<Vec<String>, AppError> {
    let (permit, here) = to_change(caller)?;
    let known = user::find(&mut ctx.db.read().await?, here.user).await?.ok_or(AppError::NotFound)?;
    let fresh_email = if known.email.is_none() { Some(address(email)?) } else { None };
    let codes = secret::recovery_codes(&ctx.random)?;
    let hashes: Vec<String> = codes.iter().map(|code| secret::recovery_hash(code)).collect();
    let mut tx = ctx.db.write().await?;
    if let Some(email) = &fresh_email {
        user::set_email(&mut tx, &permit, (here.user, email), ctx.now()).await.map_err(taken)?;
    }
    recovery_code::replace(&mut tx, &permit, (here.user, &hashes), ctx.now()).await?;
    tell_change(ctx, &mut tx, &permit, (here.user, AccessChange::RecoveryCodes)).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Gives an own device a name.
///
/// # Errors
/// An issue of the name; [`AppError::NotFound`] when the session is somebody else's.
pub async fn rename_session(ctx: &Ctx, caller: &Caller, id: SessionId, name: &str) -> Result<(), AppError> {
    let (permit, here) = caller.own("update")?;
    let name: Option<Line> = optional(name).map_err(|problem| AppError::field("name", problem))?;
    let mut tx = ctx.db.write().await?;
    session::rename(&mut tx, &permit, (here.user, id), name.as_ref(), ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// Ends an own session, also the one that asks.
///
/// # Errors
/// [`AppError::NotFound`] when it is somebody else's.
pub async fn end_session(ctx: &Ctx, caller: &Caller, id: SessionId) -> Result<(), AppError> {
    let (permit, here) = caller.own("update")?;
    let mut tx = ctx.db.write().await?;
    let own = session::list_by_user(&mut tx, here.user).await?;
    if !own.iter().any(|session| session.id == id) {
        return Err(AppError::NotFound);
    }
    session::revoke(&mut tx, &permit, id, ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// Ends every own session but the one that asks; gives how many.
///
/// # Errors
/// [`AppError::NotFound`] without a session.
pub async fn end_other_sessions(ctx: &Ctx, caller: &Caller) -> Result<u64, AppError> {
    let (permit, here) = caller.own("update")?;
    let mut tx = ctx.db.write().await?;
    let ended = session::revoke_others(&mut tx, &permit, (here.user, Some(here.id)), ctx.now()).await?;
    tx.commit().await?;
    Ok(ended)
}

/// A right to change how one signs in: only soon after signing in, so that nobody does it on a laptop left open.
pub(crate) fn to_change(caller: &Caller) -> Result<(Permit, SignedIn), AppError> {
    let (permit, here) = caller.own("update")?;
    // A session that is there to set something up is short anyway.
    if here.fresh || here.standing == Standing::SetUp { Ok((permit, here)) } else { Err(AppError::NotFresh) }
}

/// Commits, and gives the session a new secret: what was known of the old one is worth nothing now.
pub(crate) async fn renewed(
    ctx: &Ctx,
    mut tx: Tx,
    (here, proof): (SignedIn, Proof),
    arrival: &Arrival,
) -> Result<String, AppError> {
    let secret = sign_in::renew(ctx, &mut tx, (here.user, proof), arrival).await?;
    tx.commit().await?;
    Ok(secret)
}

/// An address to sign in with; whether it reaches anybody is not asked, only that it looks like one.
pub(crate) fn address(text: &str) -> Result<Line, AppError> {
    let problem = |problem| AppError::Invalid(vec![FieldIssue::new("email", problem)]);
    let line: Line = text.trim().parse().map_err(problem)?;
    match line.as_str().split_once('@') {
        Some((name, house)) if !name.is_empty() && house.contains('.') => Ok(line),
        _ => Err(problem(Problem::NoFit)),
    }
}

/// That an address belongs to somebody else is not said in so many words.
fn taken(error: StoreError) -> AppError {
    match error {
        StoreError::Conflict { .. } => AppError::field("email", Problem::NoFit),
        other => other.into(),
    }
}

/// Whose account a passkey would be made for: name and address, as the device shows them.
pub(crate) async fn shown_to_device(ctx: &Ctx, user: UserId) -> Result<(String, String), AppError> {
    let known = user::find(&mut ctx.db.read().await?, user).await?.ok_or(AppError::NotFound)?;
    let email = known.email.map_or_else(|| known.name.clone(), |email| email.to_string());
    Ok((email, known.name))
}
