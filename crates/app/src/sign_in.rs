//! Signing in by a single-use link, and the session that follows.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::id::SessionId;
use kiez_domain::policy::{Facts, Role, Subject};
use kiez_store::user::Membership;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// A session ends after so many days without use …
const IDLE_DAYS: i64 = 14;
/// … and in any case after so many.
const ABSOLUTE_DAYS: i64 = 90;
/// The moment of last use is written at most this often.
const TOUCH_MINUTES: i64 = 10;

/// What a valid link shows before it is used: whose it is, nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkPreview {
    /// The name of the person it was made for.
    pub name: String,
}

/// Looks at a link without using it, so that a scanner that opens every link changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] when it is unknown, used or expired.
pub async fn preview(ctx: &Ctx, token: &str) -> Result<LinkPreview, AppError> {
    let mut conn = ctx.db.read().await?;
    let link = kiez_store::link::find_by_hash(&mut conn, &hash(token)).await?.ok_or(AppError::NotFound)?;
    if link.used_at.is_some() || link.expires_at <= ctx.now() {
        return Err(AppError::NotFound);
    }
    let user = kiez_store::user::find(&mut conn, link.user).await?.ok_or(AppError::NotFound)?;
    if user.removed { Err(AppError::NotFound) } else { Ok(LinkPreview { name: user.name }) }
}

/// Uses a link: it is spent, a session begins, and its secret is returned for the cookie.
///
/// # Errors
/// [`AppError::NotFound`] when the link is unknown, used or expired.
pub async fn use_link(ctx: &Ctx, token: &str) -> Result<String, AppError> {
    let permit = Caller::visitor().may("session", "create", Facts::INSTALLATION)?;
    let secret = ctx.random.token()?;
    let (id, now) = (ctx.id(SessionId::new)?, ctx.now());
    let mut tx = ctx.db.write().await?;
    let link =
        kiez_store::link::spend(&mut tx, &permit, &hash(token), now).await?.ok_or(AppError::NotFound)?;
    let session = (id, link.user, hash(&secret));
    kiez_store::session::create(
        &mut tx,
        &permit,
        (session.0, session.1, &session.2),
        (now, now.plus_days(ABSOLUTE_DAYS)),
    )
    .await?;
    tx.commit().await?;
    Ok(secret)
}

/// Who the holder of a session secret is; a visitor when it is unknown, old or revoked.
///
/// # Errors
/// When the database fails.
pub async fn caller_of(ctx: &Ctx, secret: &str) -> Result<Caller, AppError> {
    let now = ctx.now();
    let mut conn = ctx.db.read().await?;
    let Some(session) = kiez_store::session::find_by_hash(&mut conn, &hash(secret)).await? else {
        return Ok(Caller::visitor());
    };
    let idle_end = session.last_seen_at.plus_days(IDLE_DAYS);
    if session.revoked_at.is_some() || session.expires_at <= now || idle_end <= now {
        return Ok(Caller::visitor());
    }
    let Some(user) = kiez_store::user::find(&mut conn, session.user).await?.filter(|user| !user.removed)
    else {
        return Ok(Caller::visitor());
    };
    let memberships = kiez_store::user::memberships(&mut conn, user.id).await?;
    drop(conn);
    if session.last_seen_at.plus_minutes(TOUCH_MINUTES) <= now {
        // Whoever only reads is not kept from it by a disk that takes nothing.
        if let Err(error) = touch(ctx, session.id).await {
            tracing::warn!(%error, "when a session was used last was not noted");
        }
    }
    let mut subjects: Vec<Subject> =
        memberships.into_iter().map(|membership| subject_of(&membership)).collect();
    if user.operator {
        subjects.push(Subject::operator(Some(user.id)));
    }
    Ok(Caller::with(subjects, user.name))
}

/// Ends the session behind a secret.
///
/// # Errors
/// When the database fails.
pub async fn sign_out(ctx: &Ctx, secret: &str) -> Result<(), AppError> {
    let permit = Caller::visitor().may("session", "create", Facts::INSTALLATION)?;
    let mut tx = ctx.db.write().await?;
    if let Some(session) = kiez_store::session::find_by_hash(&mut tx, &hash(secret)).await? {
        kiez_store::session::revoke(&mut tx, &permit, session.id, ctx.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// SHA-256 of a secret of 128 random bits, as hexadecimal digits: the secret itself is never stored.
pub(crate) fn hash(secret: &str) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(secret.as_bytes()) {
        write!(text, "{byte:02x}").expect("writing to memory cannot fail");
    }
    text
}

async fn touch(ctx: &Ctx, session: SessionId) -> Result<(), AppError> {
    let mut tx = ctx.db.write().await?;
    kiez_store::session::touch(&mut tx, session, ctx.now()).await?;
    Ok(tx.commit().await?)
}

fn subject_of(membership: &Membership) -> Subject {
    let Membership { project, user, role, actor } = *membership;
    match (role, actor) {
        (Role::Institution, Some(actor)) => Subject::institution(project, actor, user),
        (role, actor) => Subject { role, user: Some(user), project: Some(project), actor },
    }
}
