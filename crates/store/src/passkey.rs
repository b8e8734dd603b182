//! Keys that devices keep: listed, named and removed one by one.

use crate::conn::{Change, Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, text};
use kiez_domain::id::{PasskeyId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use kiez_domain::text::Line;

statements! {
    table "passkey";
    CREATE = "insert into passkey (id, user_id, credential_id, credential, name, created_at) values ($1, $2, $3, $4, $5, $6)";
    FIND = "select id, user_id, credential_id, credential, name, created_at, last_used_at from passkey
where user_id = $1 and credential_id = $2";
    LIST_BY_USER = "select id, user_id, credential_id, credential, name, created_at, last_used_at from passkey
where user_id = $1 order by created_at, id";
    USED = "update passkey set credential = $3, last_used_at = $4 where user_id = $1 and id = $2";
    RENAME = "update passkey set name = $3 where user_id = $1 and id = $2";
    REMOVE = "delete from passkey where user_id = $1 and id = $2";
}

/// A passkey as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    /// Its id.
    pub id: PasskeyId,
    /// Whose it is.
    pub user: UserId,
    /// What the device calls it.
    pub credential_id: String,
    /// The public half and its counter, as JSON.
    pub credential: String,
    /// What the person calls it.
    pub name: Line,
    /// When it was made.
    pub created_at: Instant,
    /// When it was used last.
    pub last_used_at: Option<Instant>,
}

/// Stores a new key.
///
/// # Errors
/// `Conflict { constraint: "passkey_credential_id_key" }` when the key is known already.
pub async fn create(tx: &mut Tx, permit: &Permit, new: &PasskeyRow) -> Result<(), StoreError> {
    demand_any(permit, "account", &["update"])?;
    let values = vec![
        text(&new.id),
        text(&new.user),
        text(&new.credential_id),
        text(&new.credential),
        text(&new.name),
        at(new.created_at),
    ];
    tx.run(&CREATE, values).await?;
    tx.record(permit, "passkey", &new.id, (Change::Created, new.created_at));
    Ok(())
}

/// The key of a user that a device calls so.
///
/// # Errors
/// When the database fails.
pub async fn find(
    conn: &mut Conn,
    user: UserId,
    credential_id: &str,
) -> Result<Option<PasskeyRow>, StoreError> {
    let row = conn.first(&FIND, vec![text(&user), text(credential_id)]).await?;
    row.map(|row| passkey(&row)).transpose()
}

/// The keys of a user, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list_by_user(conn: &mut Conn, user: UserId) -> Result<Vec<PasskeyRow>, StoreError> {
    conn.all(&LIST_BY_USER, vec![text(&user)]).await?.iter().map(passkey).collect()
}

/// Notes that a key was used, with its new counter.
///
/// # Errors
/// When the database fails.
pub async fn used(
    tx: &mut Tx,
    permit: &Permit,
    (user, id, credential): (UserId, PasskeyId, &str),
    now: Instant,
) -> Result<(), StoreError> {
    demand_any(permit, "session", &["create"])?;
    tx.run(&USED, vec![text(&user), text(&id), text(credential), at(now)]).await.map(drop)
}

/// Gives a key of a user another name.
///
/// # Errors
/// [`StoreError::NotFound`] when it is not there or somebody else's.
pub async fn rename(
    tx: &mut Tx,
    permit: &Permit,
    (user, id): (UserId, PasskeyId),
    name: &Line,
    now: Instant,
) -> Result<(), StoreError> {
    demand_any(permit, "account", &["update"])?;
    if tx.run(&RENAME, vec![text(&user), text(&id), text(name)]).await? == 0 {
        return Err(StoreError::NotFound);
    }
    tx.record(permit, "passkey", &id, (Change::Updated, now));
    Ok(())
}

/// Removes a key of a user.
///
/// # Errors
/// [`StoreError::NotFound`] when it is not there or somebody else's.
pub async fn remove(
    tx: &mut Tx,
    permit: &Permit,
    (user, id): (UserId, PasskeyId),
    now: Instant,
) -> Result<(), StoreError> {
    demand_any(permit, "account", &["update"])?;
    if tx.run(&REMOVE, vec![text(&user), text(&id)]).await? == 0 {
        return Err(StoreError::NotFound);
    }
    tx.record(permit, "passkey", &id, (Change::Removed, now));
    Ok(())
}

fn passkey(row: &Row) -> Result<PasskeyRow, StoreError> {
    Ok(PasskeyRow {
        id: row.parse("id")?,
        user: row.parse("user_id")?,
        credential_id: row.text("credential_id")?,
        credential: row.text("credential")?,
        name: row.parse("name")?,
        created_at: row.instant("created_at")?,
        last_used_at: row.opt_instant("last_used_at")?,
    })
}
