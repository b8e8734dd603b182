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
    PROBE = "insert into idempotency_key (who, key, outcome, at) values ('', 'probe', '', 0) on conflict (who, key) do nothing";
    FORGET_PROBE = "delete from idempotency_key where who = '' and key = 'probe'";
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

/// Writes a row and takes it away again: what shows whether the disk takes anything when this is committed.
///
/// # Errors
/// When the database fails.
pub async fn probe(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(&PROBE, vec![]).await?;
    tx.run(&FORGET_PROBE, vec![]).await.map(drop)
}

/// Removes keys that were used before a moment; gives how many.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, before: Instant) -> Result<u64, StoreError> {
    tx.run(&FORGET, vec![at(before)]).await
}
