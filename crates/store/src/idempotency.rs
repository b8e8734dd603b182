//! A form sent twice acts once: the outcome is kept under the key the form carried.

use crate::conn::Tx;
use crate::error::StoreError;
use crate::statement::statements;
use crate::value::{at, text};
use kiez_domain::instant::Instant;

statements! {
    table "idempotency_key";
    REMEMBER = "insert into idempotency_key (who, key, outcome, at) values ($1, $2, $3, $4) on conflict (who, key) do nothing";
    RECALL = "select outcome from idempotency_key where who = $1 and key = $2";
    FORGET = "delete from idempotency_key where at < $1";
}

/// Whether a key was seen before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remembered {
    /// Never: go on.
    First,
    /// Yes, with this outcome: do not act again.
    Again(String),
}

/// Keeps an outcome under a key of somebody, in the act's own transaction.
///
/// # Errors
/// When the database fails.
pub async fn remember(
    tx: &mut Tx,
    who: &str,
    key: &str,
    outcome: &str,
    now: Instant,
) -> Result<Remembered, StoreError> {
    if tx.run(&REMEMBER, vec![text(who), text(key), text(outcome), at(now)]).await? > 0 {
        return Ok(Remembered::First);
    }
    let row = tx.first(&RECALL, vec![text(who), text(key)]).await?;
    row.ok_or_else(|| StoreError::corrupt("idempotency_key", "outcome"))?
        .text("outcome")
        .map(Remembered::Again)
}

/// Removes keys that were used before a moment; gives how many.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, before: Instant) -> Result<u64, StoreError> {
    tx.run(&FORGET, vec![at(before)]).await
}
