//! Signed-in devices: listed and revoked one by one.

use crate::conn::{Change, Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, opt_text, text};
use kiez_domain::access::Proof;
use kiez_domain::id::{SessionId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use kiez_domain::text::Line;

statements! {
    table "session";
    CREATE = "insert into session (id, user_id, token_hash, name, proof, created_at, last_seen_at, expires_at)
values ($1, $2, $3, $4, $5, $6, $6, $7)";
    FIND_BY_HASH = "select id, user_id, name, proof, created_at, last_seen_at, expires_at, revoked_at from session where token_hash = $1";
    LIST_BY_USER = "select id, user_id, name, proof, created_at, last_seen_at, expires_at, revoked_at from session
where user_id = $1 order by created_at, id";
    TOUCH = "update session set last_seen_at = $2 where id = $1 and last_seen_at < $2";
    RENAME = "update session set name = $3 where id = $1 and user_id = $2 and revoked_at is null";
    REVOKE = "update session set revoked_at = $2 where id = $1 and revoked_at is null";
    OPEN = "select id from session where user_id = $1 and revoked_at is null and expires_at > $2 order by id";
}

/// A session to begin.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Its id.
    pub id: SessionId,
    /// Who signs in.
    pub user: UserId,
    /// The hash of its secret.
    pub hash: String,
    /// What the device is called.
    pub name: Option<Line>,
    /// What was shown.
    pub proof: Proof,
    /// When it ends in any case.
    pub expires_at: Instant,
}

/// A session as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Who is signed in.
    pub user: UserId,
    /// What the device is called.
    pub name: Option<Line>,
    /// What was shown when it began.
    pub proof: Proof,
    /// Since when.
    pub created_at: Instant,
    /// When it was used last, to some minutes.
    pub last_seen_at: Instant,
    /// When it ends in any case.
    pub expires_at: Instant,
    /// When it was ended.
    pub revoked_at: Option<Instant>,
}

/// Stores a session.
///
/// # Errors
/// When the database fails.
pub async fn create(tx: &mut Tx, permit: &Permit, new: &NewSession, now: Instant) -> Result<(), StoreError> {
    demand_any(permit, "session", &["create"])?;
    let values = vec![
        text(&new.id),
        text(&new.user),
        text(&new.hash),
        opt_text(new.name.as_ref()),
        text(&new.proof),
        at(now),
        at(new.expires_at),
    ];
    tx.run(&CREATE, values).await?;
    tx.record(permit, "session", &new.id, (Change::Created, now));
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
    if !permit.covers("account", "update") {
        demand_any(permit, "session", &["create"])?;
    }
    if tx.run(&REVOKE, vec![text(&id), at(now)]).await? > 0 {
        tx.record(permit, "session", &id, (Change::Removed, now));
    }
    Ok(())
}

/// Gives a device of a user a name.
///
/// # Errors
/// [`StoreError::NotFound`] when the session has ended or is somebody else's.
pub async fn rename(
    tx: &mut Tx,
    permit: &Permit,
    (user, id): (UserId, SessionId),
    name: Option<&Line>,
    now: Instant,
) -> Result<(), StoreError> {
    demand_any(permit, "account", &["update"])?;
    if tx.run(&RENAME, vec![text(&id), text(&user), opt_text(name)]).await? == 0 {
        return Err(StoreError::NotFound);
    }
    tx.record(permit, "session", &id, (Change::Updated, now));
    Ok(())
}

/// Ends every session of a user but one; gives how many.
///
/// # Errors
/// When the database fails.
pub async fn revoke_others(
    tx: &mut Tx,
    permit: &Permit,
    (user, kept): (UserId, Option<SessionId>),
    now: Instant,
) -> Result<u64, StoreError> {
    let mut ended = 0;
    for row in tx.all(&OPEN, vec![text(&user), at(now)]).await? {
        let id: SessionId = row.parse("id")?;
        if Some(id) != kept {
            revoke(tx, permit, id, now).await?;
            ended += 1;
        }
    }
    Ok(ended)
}

pub(crate) fn session(row: &Row) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.parse("id")?,
        user: row.parse("user_id")?,
        name: row.opt_parse("name")?,
        proof: row.parse("proof")?,
        created_at: row.instant("created_at")?,
        last_seen_at: row.instant("last_seen_at")?,
        expires_at: row.instant("expires_at")?,
        revoked_at: row.opt_instant("revoked_at")?,
    })
}
