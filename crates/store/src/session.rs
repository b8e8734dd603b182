//! Signed-in devices: listed and revoked one by one.

use crate::conn::{Change, Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, text};
use kiez_domain::id::{SessionId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;

statements! {
    table "session";
    CREATE = "insert into session (id, user_id, token_hash, created_at, last_seen_at, expires_at)
values ($1, $2, $3, $4, $4, $5)";
    FIND_BY_HASH = "select id, user_id, created_at, last_seen_at, expires_at, revoked_at from session where token_hash = $1";
    LIST_BY_USER = "select id, user_id, created_at, last_seen_at, expires_at, revoked_at from session
where user_id = $1 order by created_at, id";
    TOUCH = "update session set last_seen_at = $2 where id = $1 and last_seen_at < $2";
    REVOKE = "update session set revoked_at = $2 where id = $1 and revoked_at is null";
}

/// A session as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Who is signed in.
    pub user: UserId,
    /// Since when.
    pub created_at: Instant,
    /// When it was used last, to some minutes.
    pub last_seen_at: Instant,
    /// When it ends in any case.
    pub expires_at: Instant,
    /// When it was ended.
    pub revoked_at: Option<Instant>,
}

/// Stores a session: its id, who, the hash of its secret; from when until when at most.
///
/// # Errors
/// When the database fails.
pub async fn create(
    tx: &mut Tx,
    permit: &Permit,
    (id, user, hash): (SessionId, UserId, &str),
    (now, expires): (Instant, Instant),
) -> Result<(), StoreError> {
    demand_any(permit, "session", &["create"])?;
    tx.run(&CREATE, vec![text(&id), text(&user), text(hash), at(now), at(expires)]).await?;
    tx.record(permit, "session", &id, (Change::Created, now));
    Ok(())
}

/// The session with this hash, whatever its state.
///
/// # Errors
/// When the database fails.
pub async fn find_by_hash(conn: &mut Conn, hash: &str) -> Result<Option<Session>, StoreError> {
    conn.first(&FIND_BY_HASH, vec![text(hash)]).await?.map(|row| session(&row)).transpose()
}

/// The sessions of a user, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list_by_user(conn: &mut Conn, user: UserId) -> Result<Vec<Session>, StoreError> {
    conn.all(&LIST_BY_USER, vec![text(&user)]).await?.iter().map(session).collect()
}

/// Notes that a session is in use. The caller does so rarely: every write is a write.
///
/// # Errors
/// When the database fails.
pub async fn touch(tx: &mut Tx, id: SessionId, now: Instant) -> Result<(), StoreError> {
    tx.run(&TOUCH, vec![text(&id), at(now)]).await.map(drop)
}

/// Ends a session; ending it again changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn revoke(tx: &mut Tx, permit: &Permit, id: SessionId, now: Instant) -> Result<(), StoreError> {
    demand_any(permit, "session", &["create"])?;
    if tx.run(&REVOKE, vec![text(&id), at(now)]).await? > 0 {
        tx.record(permit, "session", &id, (Change::Removed, now));
    }
    Ok(())
}

pub(crate) fn session(row: &Row) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.parse("id")?,
        user: row.parse("user_id")?,
        created_at: row.instant("created_at")?,
        last_seen_at: row.instant("last_seen_at")?,
        expires_at: row.instant("expires_at")?,
        revoked_at: row.opt_instant("revoked_at")?,
    })
}
