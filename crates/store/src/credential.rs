//! What somebody knows or has on a phone: the hash of a password, the secret of an app that makes codes.

use crate::conn::{Change, Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::statement::statements;
use crate::value::{at, int, text};
use kiez_domain::id::UserId;
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;

statements! {
    table "credential";
    FIND = "select user_id, password_hash, totp_secret, totp_pending, totp_step, changed_at from credential where user_id = $1";
    SET_PASSWORD = "insert into credential (user_id, password_hash, totp_step, changed_at) values ($1, $2, 0, $3)
on conflict (user_id) do update set password_hash = excluded.password_hash, changed_at = excluded.changed_at";
    SET_PENDING = "insert into credential (user_id, totp_pending, totp_step, changed_at) values ($1, $2, 0, $3)
on conflict (user_id) do update set totp_pending = excluded.totp_pending";
    CONFIRM = "update credential set totp_secret = totp_pending, totp_pending = null, totp_step = $2, changed_at = $3
where user_id = $1 and totp_pending is not null";
    CLEAR_TOTP = "update credential set totp_secret = null, totp_pending = null, changed_at = $2 where user_id = $1";
    USE_STEP = "update credential set totp_step = $2 where user_id = $1 and totp_step < $2";
}

/// What of an account can be compared.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credential {
    /// The hash of the password, in the PHC form.
    pub password_hash: Option<String>,
    /// The secret of the app that makes codes, in base 32.
    pub totp_secret: Option<String>,
    /// A secret that waits for its first code.
    pub totp_pending: Option<String>,
    /// The last half minute whose code was used.
    pub totp_step: i64,
    /// When password or app were changed last.
    pub changed_at: Option<Instant>,
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (password, codes) = (self.password_hash.is_some(), self.totp_secret.is_some());
        write!(f, "Credential {{ password: {password}, codes: {codes} }}")
    }
}

/// What is known about an account; nothing is known where there is none.
///
/// # Errors
/// When the database fails.
pub async fn get(conn: &mut Conn, user: UserId) -> Result<Credential, StoreError> {
    let Some(row) = conn.first(&FIND, vec![text(&user)]).await? else { return Ok(Credential::default()) };
    Ok(Credential {
        password_hash: row.opt_text("password_hash")?,
        totp_secret: row.opt_text("totp_secret")?,
        totp_pending: row.opt_text("totp_pending")?,
        totp_step: row.int("totp_step")?,
        changed_at: Some(row.instant("changed_at")?),
    })
}

/// Keeps the hash of a password; one from before is gone.
///
/// # Errors
/// When the database fails.
pub async fn set_password(
    tx: &mut Tx,
    permit: &Permit,
    (user, hash): (UserId, &str),
    now: Instant,
) -> Result<(), StoreError> {
    demand_any(permit, "account", &["update"])?;
    tx.run(&SET_PASSWORD, vec![text(&user), text(hash), at(now)]).await?;
    tx.record(permit, "credential", &user, (Change::Updated, now));
    Ok(())
}

/// Keeps a secret that counts when its first code was right.
///
/// # Errors
/// When the database fails.
pub async fn set_pending(
    tx: &mut Tx,
    permit: &Permit,
    (user, secret): (UserId, &str),
    now: Instant,
) -> Result<(), StoreError> {
    demand_any(permit, "account", &["update"])?;
    tx.run(&SET_PENDING, vec![text(&user), text(secret), at(now)]).await.map(drop)
}

/// The secret that waits counts from now on; the half minute of its first code is used up.
///
/// # Errors
/// [`StoreError::NotFound`] when none waits.
pub async fn confirm_totp(
    tx: &mut Tx,
    permit: &Permit,
    (user, step): (UserId, i64),
    now: Instant,
) -> Result<(), StoreError> {
    demand_any(permit, "account", &["update"])?;
    if tx.run(&CONFIRM, vec![text(&user), int(step), at(now)]).await? == 0 {
        return Err(StoreError::NotFound);
    }
    tx.record(permit, "credential", &user, (Change::Updated, now));
    Ok(())
}

/// Forgets the app that makes codes, also one that waits.
///
/// # Errors
/// When the database fails.
pub async fn clear_totp(tx: &mut Tx, permit: &Permit, user: UserId, now: Instant) -> Result<(), StoreError> {
    demand_any(permit, "account", &["update"])?;
    if tx.run(&CLEAR_TOTP, vec![text(&user), at(now)]).await? > 0 {
        tx.record(permit, "credential", &user, (Change::Removed, now));
    }
    Ok(())
}

/// Uses the code of a half minute up; gives whether it was still good.
///
/// # Errors
/// When the database fails.
pub async fn use_step(tx: &mut Tx, permit: &Permit, user: UserId, step: i64) -> Result<bool, StoreError> {
    demand_any(permit, "session", &["create"])?;
    Ok(tx.run(&USE_STEP, vec![text(&user), int(step)]).await? > 0)
}
