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
values ($1, $2, $3, $4, $5, $6)";
    FIND_BY_HASH = "select id, user_id, purpose, created_at, expires_at, used_at from sign_in_link where token_hash = $1";
    SPEND = "update sign_in_link set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2
    and user_id in (select id from user_account where removed_at is null)
returning id, user_id, purpose, created_at, expires_at, used_at";
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Signing in, and so coming in for the first time.
    SignIn,
    /// Coming back when everything else was lost: the factors that are set up are not asked for.
    Recovery,
}

impl Purpose {
    /// The stored name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Recovery => "recovery",
        }
    }
}

/// A link to store.
#[derive(Debug, Clone)]
pub struct NewLink {
    /// Its id.
    pub id: LinkId,
    /// Whom it signs in.
    pub user: UserId,
    /// The hash of its secret.
    pub hash: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Until when it is good.
    pub expires_at: Instant,
}

/// A link as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// Whom it signs in.
    pub user: UserId,
    /// What it is for.
    pub purpose: Purpose,
    /// When it was made.
    pub created_at: Instant,
    /// Until when it is good.
    pub expires_at: Instant,
    /// When it was used.
    pub used_at: Option<Instant>,
}

/// Stores a link.
///
/// # Errors
/// When the database fails.
pub async fn create(tx: &mut Tx, permit: &Permit, new: &NewLink, now: Instant) -> Result<(), StoreError> {
    demand_any(permit, "sign_in_link", &["create"])?;
    let values = vec![
        text(&new.id),
        text(&new.hash),
        text(&new.user),
        text(new.purpose.name()),
        at(now),
        at(new.expires_at),
    ];
    tx.run(&CREATE, values).await?;
    tx.record(permit, "sign_in_link", &new.id, (Change::Created, now));
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
        purpose: match row.text("purpose")?.as_str() {
            "sign_in" => Purpose::SignIn,
            "recovery" => Purpose::Recovery,
            _ => return Err(row.corrupt("purpose")),
        },
        created_at: row.instant("created_at")?,
        expires_at: row.instant("expires_at")?,
        used_at: row.opt_instant("used_at")?,
    })
}
