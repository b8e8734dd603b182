//! Codes on paper for the day when nothing else is at hand; each is good once.

use crate::conn::{Change, Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::statement::statements;
use crate::value::{at, text};
use kiez_domain::id::UserId;
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;

statements! {
    table "recovery_code";
    FORGET = "delete from recovery_code where user_id = $1";
    CREATE = "insert into recovery_code (user_id, code_hash, created_at) values ($1, $2, $3)";
    LEFT = "select cast(count(*) as bigint) as n from recovery_code where user_id = $1 and used_at is null";
    SPEND = "update recovery_code set used_at = $3 where user_id = $1 and code_hash = $2 and used_at is null";
}

/// Stores the hashes of fresh codes; the ones from before are gone.
///
/// # Errors
/// When the database fails.
pub async fn replace(
    tx: &mut Tx,
    permit: &Permit,
    (user, hashes): (UserId, &[String]),
    now: Instant,
) -> Result<(), StoreError> {
    demand_any(permit, "account", &["update"])?;
    tx.run(&FORGET, vec![text(&user)]).await?;
    let rows = hashes.iter().map(|hash| vec![text(&user), text(hash), at(now)]).collect();
    tx.bulk(&CREATE, rows).await?;
    tx.record(permit, "recovery_code", &user, (Change::Created, now));
    Ok(())
}

/// How many codes of an account are still good.
///
/// # Errors
/// When the database fails.
pub async fn left(conn: &mut Conn, user: UserId) -> Result<u64, StoreError> {
    Ok(u64::try_from(conn.number(&LEFT, vec![text(&user)]).await?).unwrap_or(0))
}

/// Uses a code up; gives whether it was good.
///
/// # Errors
/// When the database fails.
pub async fn spend(
    tx: &mut Tx,
    permit: &Permit,
    (user, hash): (UserId, &str),
    now: Instant,
) -> Result<bool, StoreError> {
    demand_any(permit, "session", &["create"])?;
    if tx.run(&SPEND, vec![text(&user), text(hash), at(now)]).await? == 0 {
        return Ok(false);
    }
    tx.record(permit, "recovery_code", &user, (Change::Updated, now));
    Ok(true)
}
