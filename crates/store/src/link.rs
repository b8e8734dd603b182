//! Single-use sign-in links; only the hash of their secret is stored.

use crate::conn::{Change, Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, text};
use kiez_domain::id::{LinkId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;

statements! {
    table "sign_in_link";
    CREATE = "insert into sign_in_link (id, token_hash, user_id, purpose, created_at, expires_at)
values ($1, $2, $3, 'sign_in', $4, $5)";
    FIND_BY_HASH = "select id, user_id, purpose, created_at, expires_at, used_at from sign_in_link where token_hash = $1";
    SPEND = "update sign_in_link set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2
    and user_id in (select id from user_account where removed_at is null)
returning id, user_id, purpose, created_at, expires_at, used_at";
}

/// A link as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// Whom it signs in.
    pub user: UserId,
    /// What it is for: `sign_in`.
    pub purpose: String,
    /// When it was made.
    pub created_at: Instant,
    /// Until when it is good.
    pub expires_at: Instant,
    /// When it was used.
    pub used_at: Option<Instant>,
}

/// Stores a link: its id, whom it signs in, the hash of its secret; when it is made and until when it is good.
///
/// # Errors
/// When the database fails.
pub async fn create(
    tx: &mut Tx,
    permit: &Permit,
    (id, user, hash): (LinkId, UserId, &str),
    (now, expires): (Instant, Instant),
) -> Result<(), StoreError> {
    demand_any(permit, "sign_in_link", &["create"])?;
    tx.run(&CREATE, vec![text(&id), text(hash), text(&user), at(now), at(expires)]).await?;
    tx.record(permit, "sign_in_link", &id, (Change::Created, now));
    Ok(())
}

/// The link with this hash, whatever its state.
///
/// # Errors
/// When the database fails.
pub async fn find_by_hash(conn: &mut Conn, hash: &str) -> Result<Option<Link>, StoreError> {
    conn.first(&FIND_BY_HASH, vec![text(hash)]).await?.map(|row| link(&row)).transpose()
}

/// Uses a link: the first who comes gets it, everybody after gets nothing; an expired one is not given at all.
///
/// # Errors
/// When the database fails.
pub async fn spend(
    tx: &mut Tx,
    permit: &Permit,
    hash: &str,
    now: Instant,
) -> Result<Option<Link>, StoreError> {
    demand_any(permit, "session", &["create"])?;
    let Some(row) = tx.first(&SPEND, vec![text(hash), at(now)]).await? else { return Ok(None) };
    let link = link(&row)?;
    tx.record(permit, "sign_in_link", &link.id, (Change::Updated, now));
    Ok(Some(link))
}

pub(crate) fn link(row: &Row) -> Result<Link, StoreError> {
    Ok(Link {
        id: row.parse("id")?,
        user: row.parse("user_id")?,
        purpose: row.text("purpose")?,
        created_at: row.instant("created_at")?,
        expires_at: row.instant("expires_at")?,
        used_at: row.opt_instant("used_at")?,
    })
}
