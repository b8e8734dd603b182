//! Signing in by link, password or recovery code, the second step, and the session that follows.
//!
//! No answer tells whether there is an account: what is unknown is worked on as long as what is known, and refused in
//! the same words.

mod arriving;

pub(crate) use arriving::{enter, renew};

use crate::caller::{Caller, SignedIn, themselves};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::job;
use crate::secret;
use crate::throttle::Gate;
use kiez_domain::access::{Demands, FRESH_MINUTES, Password, Proof, Standing};
use kiez_domain::id::{SessionId, UserId};
use kiez_domain::language::LanguageTag;
use kiez_domain::policy::{Facts, Permit, Role, Subject, decide};
use kiez_domain::text::Line;
use kiez_store::conn::{Conn, Tx};
use kiez_store::link::{Link, Purpose};
use kiez_store::session::{NewSession, Session};
use kiez_store::user::{Membership, UserRow};
use kiez_store::{credential, link, passkey, recovery_code, session, user};

/// The moment of last use is written at most this often.
const TOUCH_MINUTES: i64 = 10;

/// What a valid link shows before it is used: whose it is, nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkPreview {
    /// The name of the person it was made for.
    pub name: String,
}

/// How somebody comes to the door.
#[derive(Debug, Clone, Default)]
pub struct Arrival {
    /// What the device says of itself, in two or three words.
    pub device: String,
    /// From where, so that guessing elsewhere slows down nobody here.
    pub network: String,
    /// The secret of a session that is left behind: it ends.
    pub earlier: Option<String>,
    /// In a demo a link counts as both factors.
    pub demo: bool,
    /// The language in which the program speaks to the person.
    pub language: Option<LanguageTag>,
}

/// What became of an attempt to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    /// A session has begun; its secret goes into the cookie.
    In(String),
    /// It did not fit, whatever the reason.
    Refused,
    /// Too many attempts: so many seconds are to be waited. Passkeys and links need not wait.
    Wait(i64),
}

/// Looks at a link without using it, so that a scanner that opens every link changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] when it is unknown, used or expired.
pub async fn preview(ctx: &Ctx, token: &str) -> Result<LinkPreview, AppError> {
    let mut conn = ctx.db.read().await?;
    let link = link::find_by_hash(&mut conn, &secret::hash(token)).await?.ok_or(AppError::NotFound)?;
    if link.used_at.is_some() || link.expires_at <= ctx.now() {
        return Err(AppError::NotFound);
    }
    let user = user::find(&mut conn, link.user).await?.ok_or(AppError::NotFound)?;
    if user.removed { Err(AppError::NotFound) } else { Ok(LinkPreview { name: user.name }) }
}

/// Uses a link: it is spent, a session begins, and its secret is returned for the cookie.
///
/// # Errors
/// [`AppError::NotFound`] when the link is unknown, used or expired.
pub async fn use_link(ctx: &Ctx, token: &str, arrival: &Arrival) -> Result<String, AppError> {
    let permit = Caller::visitor().may("session", "create", Facts::INSTALLATION)?;
    let mut tx = ctx.db.write().await?;
    let spent = link::spend(&mut tx, &permit, &secret::hash(token), ctx.now()).await?;
    let Link { user, purpose, .. } = spent.ok_or(AppError::NotFound)?;
    let proof = match purpose {
        Purpose::SignIn if arrival.demo => Proof::Two,
        Purpose::SignIn => Proof::Link,
        Purpose::Recovery => Proof::Recovery,
    };
    if purpose == Purpose::Recovery {
        // Whoever has lost everything has perhaps lost it to somebody.
        session::revoke_others(&mut tx, &permit, (user, None), ctx.now()).await?;
    }
    let secret = enter(ctx, &mut tx, (user, proof), arrival).await?;
    tx.commit().await?;
    Ok(secret)
}

/// The first step with address and password.
///
/// # Errors
/// When the database fails.
pub async fn by_password(
    ctx: &Ctx,
    (email, password): (&str, &str),
    arrival: &Arrival,
) -> Result<Attempt, AppError> {
    let passed = match Gate::of_sign_in(email, &arrival.network).admit(ctx).await? {
        Ok(passed) => passed,
        Err(seconds) => return Ok(Attempt::Wait(seconds)),
    };
    let (found, hash) = {
        let mut conn = ctx.db.read().await?;
        let found = who(&mut conn, email).await?;
        let hash = credential::get(&mut conn, found.unwrap_or_else(nobody)).await?.password_hash;
        (found, hash)
    };
    let fits = ctx.hasher.fits(Password::typed(password), hash).await?;
    let Some(user) = found.filter(|_| fits) else { return Ok(Attempt::Refused) };
    passed.succeeded(ctx).await?;
    let mut tx = ctx.db.write().await?;
    let secret = enter(ctx, &mut tx, (user, Proof::Password), arrival).await?;
    tx.commit().await?;
    Ok(Attempt::In(secret))
}

/// A way in when everything else is lost: address and a code on paper.
///
/// # Errors
/// When the database fails.
pub async fn by_recovery_code(
    ctx: &Ctx,
    (email, code): (&str, &str),
    arrival: &Arrival,
) -> Result<Attempt, AppError> {
    let passed = match Gate::of_sign_in(email, &arrival.network).admit(ctx).await? {
        Ok(passed) => passed,
        Err(seconds) => return Ok(Attempt::Wait(seconds)),
    };
    let mut tx = ctx.db.write().await?;
    let found = who(&mut tx, email).await?;
    let user = found.unwrap_or_else(nobody);
    let hash = secret::recovery_hash(code);
    let permit = to_sign_in(user)?;
    if !recovery_code::spend(&mut tx, &permit, (user, &hash), ctx.now()).await? {
        return Ok(Attempt::Refused);
    }
    let secret = enter(ctx, &mut tx, (user, Proof::Recovery), arrival).await?;
    tx.commit().await?;
    passed.succeeded(ctx).await?;
    Ok(Attempt::In(secret))
}

/// Asks for a link by mail; gives the seconds to wait where that was asked too often. Whether there is an account is found
/// out later and told to nobody, so every address gets the same answer after the same work.
///
/// # Errors
/// When the database fails.
pub async fn ask_by_mail(ctx: &Ctx, email: &str, arrival: &Arrival) -> Result<Result<(), i64>, AppError> {
    let _stays_counted = match Gate::of_mail(email, &arrival.network).admit(ctx).await? {
        Ok(passed) => passed,
        Err(seconds) => return Ok(Err(seconds)),
    };
    let mut tx = ctx.db.write().await?;
    job::ask_for_link(ctx, &mut tx, (email, arrival.language.clone())).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// The second step: a code of the app, or one on paper.
///
/// # Errors
/// [`AppError::NotFound`] when no second step is waited for.
pub async fn second(ctx: &Ctx, caller: &Caller, code: &str, arrival: &Arrival) -> Result<Attempt, AppError> {
    let waiting = caller.session().filter(|session| session.standing == Standing::Second);
    let user = waiting.ok_or(AppError::NotFound)?.user;
    let passed = match Gate::of_second_step(&user.to_string()).admit(ctx).await? {
        Ok(passed) => passed,
        Err(seconds) => return Ok(Attempt::Wait(seconds)),
    };
    let mut tx = ctx.db.write().await?;
    if !fits_second(ctx, &mut tx, user, code).await? {
        return Ok(Attempt::Refused);
    }
    let secret = enter(ctx, &mut tx, (user, Proof::Two), arrival).await?;
    tx.commit().await?;
    passed.succeeded(ctx).await?;
    Ok(Attempt::In(secret))
}

async fn fits_second(ctx: &Ctx, tx: &mut Tx, user: UserId, code: &str) -> Result<bool, AppError> {
    let permit = to_sign_in(user)?;
    let known = credential::get(tx, user).await?;
    let step =
        known.totp_secret.as_deref().and_then(|known| secret::totp_step(known, code, ctx.clock.elsewhere()));
    if let Some(step) = step
        && credential::use_step(tx, &permit, user, step).await?
    {
        return Ok(true);
    }
    let hash = secret::recovery_hash(code);
    Ok(recovery_code::spend(tx, &permit, (user, &hash), ctx.now()).await?)
}

/// Who the holder of a session secret is; a visitor when it is unknown, old or revoked.
///
/// # Errors
/// When the database fails.
pub async fn caller_of(ctx: &Ctx, secret: &str) -> Result<Caller, AppError> {
    let now = ctx.now();
    let mut conn = ctx.db.read().await?;
    let found = session::find_by_hash(&mut conn, &secret::hash(secret)).await?;
    let Some(session) = found.filter(|session| session.revoked_at.is_none() && session.expires_at > now)
    else {
        return Ok(Caller::visitor());
    };
    let Some(user) = user::find(&mut conn, session.user).await?.filter(|user| !user.removed) else {
        return Ok(Caller::visitor());
    };
    let memberships = user::memberships(&mut conn, user.id).await?;
    let demands = demands(&mut conn, (&user, &memberships), session.proof).await?;
    drop(conn);
    if session.last_seen_at.plus_minutes(demands.limits(session.proof).idle) <= now {
        return Ok(Caller::visitor());
    }
    if session.last_seen_at.plus_minutes(TOUCH_MINUTES) <= now {
        // Whoever only reads is not kept from it by a disk that takes nothing.
        if let Err(error) = touch(ctx, session.id).await {
            tracing::warn!(%error, "when a session was used last was not noted");
        }
    }
    let in_force = memberships.iter().filter(|membership| !membership.waits(now));
    let mut subjects: Vec<Subject> = in_force.map(subject_of).collect();
    if user.operator {
        subjects.push(Subject::operator(Some(user.id)));
    }
    Ok(Caller::signed_in(signed_in(&session, demands, now), subjects, user.name))
}

fn signed_in(session: &Session, demands: Demands, now: kiez_domain::instant::Instant) -> SignedIn {
    SignedIn {
        id: session.id,
        user: session.user,
        standing: demands.standing(session.proof),
        proof: session.proof,
        fresh: session.created_at.plus_minutes(FRESH_MINUTES) > now,
        demands,
    }
}

/// Ends the session behind a secret.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(ctx: &Ctx, secret: &str) -> Result<(), AppError> {
    let permit = Caller::visitor().may("session", "create", Facts::INSTALLATION)?;
    let mut tx = ctx.db.write().await?;
    if let Some(session) = session::find_by_hash(&mut tx, &secret::hash(secret)).await? {
        session::revoke(&mut tx, &permit, session.id, ctx.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// A session that has begun.
struct Begun {
    secret: String,
    session: SessionId,
    standing: Standing,
}

/// Begins a session with a fresh secret; the one that was held before ends, so no secret outlives a sign-in.
async fn begin_session(
    ctx: &Ctx,
    tx: &mut Tx,
    (user, proof): (UserId, Proof),
    arrival: &Arrival,
) -> Result<Begun, AppError> {
    let permit = to_sign_in(user)?;
    let (secret, now) = (ctx.random.token()?, ctx.now());
    let account = user::find(tx, user).await?.filter(|user| !user.removed).ok_or(AppError::NotFound)?;
    let memberships = user::memberships(tx, user).await?;
    let demands = demands(tx, (&account, &memberships), proof).await?;
    let new = NewSession {
        id: ctx.id(SessionId::new)?,
        user,
        hash: secret::hash(&secret),
        name: device(&arrival.device),
        proof,
        expires_at: now.plus_minutes(demands.limits(proof).absolute),
    };
    session::create(tx, &permit, &new, now).await?;
    if let Some(earlier) = &arrival.earlier
        && let Some(left) = session::find_by_hash(tx, &secret::hash(earlier)).await?
    {
        session::revoke(tx, &permit, left.id, now).await?;
    }
    Ok(Begun { secret, session: new.id, standing: demands.standing(proof) })
}

/// A right to begin a session, with the name of who comes in for the audit trail.
pub(crate) fn to_sign_in(user: UserId) -> Result<Permit, AppError> {
    Ok(decide(&themselves(user), "session", "create", Facts::INSTALLATION)?)
}

/// What the account wants. Whoever has shown two factors is asked for none, so nothing is looked up.
pub(crate) async fn demands(
    conn: &mut Conn,
    (user, memberships): (&UserRow, &[Membership]),
    proof: Proof,
) -> Result<Demands, AppError> {
    let by_role = user.operator || memberships.iter().any(|membership| membership.role.wants_two_factors());
    if proof == Proof::Two {
        return Ok(Demands { by_role, ..Demands::default() });
    }
    let has_codes = credential::get(conn, user.id).await?.totp_secret.is_some();
    let has_passkey = by_role && !passkey::list_by_user(conn, user.id).await?.is_empty();
    Ok(Demands { by_role, has_codes, has_passkey })
}

/// Whose address that is, when somebody who may sign in has it.
async fn who(conn: &mut Conn, email: &str) -> Result<Option<UserId>, AppError> {
    let Ok(email) = email.trim().parse::<Line>() else { return Ok(None) };
    let found = user::find_by_email(conn, &email).await?;
    Ok(found.filter(|user| !user.removed).map(|user| user.id))
}

/// The id of nobody: what is unknown is looked up all the same.
fn nobody() -> UserId {
    UserId::new(uuid::Uuid::nil())
}

fn device(said: &str) -> Option<Line> {
    said.chars().take(100).collect::<String>().parse().ok()
}

async fn touch(ctx: &Ctx, session: SessionId) -> Result<(), AppError> {
    let mut tx = ctx.db.write().await?;
    session::touch(&mut tx, session, ctx.now()).await?;
    Ok(tx.commit().await?)
}

fn subject_of(membership: &Membership) -> Subject {
    let Membership { project, user, role, actor, .. } = *membership;
    match (role, actor) {
        (Role::Institution, Some(actor)) => Subject::institution(project, actor, user),
        (role, actor) => Subject { role, user: Some(user), project: Some(project), actor },
    }
}
