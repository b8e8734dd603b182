//! Attempts to sign in that failed, counted under the hash of what was tried.

use crate::conn::{Conn, Tx};
use crate::error::StoreError;
use crate::statement::statements;
use crate::value::{at, text};
use kiez_domain::instant::Instant;

statements! {
    table "sign_in_throttle";
    FIND = "select failures, last_at from sign_in_throttle where key = $1";
    COUNT = "insert into sign_in_throttle (key, failures, last_at) values ($1, 1, $2)
on conflict (key) do update set failures = sign_in_throttle.failures + 1, last_at = excluded.last_at";
    FORGIVE = "update sign_in_throttle set failures = failures - 1 where key = $1 and failures > 0";
    CLEAR = "delete from sign_in_throttle where key = $1";
    FORGET = "delete from sign_in_throttle where last_at < $1";
}

/// What was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failures {
    /// How often.
    pub count: i64,
    /// When last.
    pub last_at: Instant,
}

/// What was counted under a key.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut Conn, key: &str) -> Result<Option<Failures>, StoreError> {
    let row = conn.first(&FIND, vec![text(key)]).await?;
    row.map(|row| Ok(Failures { count: row.int("failures")?, last_at: row.instant("last_at")? })).transpose()
}

/// Counts an attempt; it is forgiven when it succeeds.
///
/// # Errors
/// When the database fails.
pub async fn count(tx: &mut Tx, key: &str, now: Instant) -> Result<(), StoreError> {
    tx.run(&COUNT, vec![text(key), at(now)]).await.map(drop)
}

/// Takes one attempt back.
///
/// # Errors
/// When the database fails.
pub async fn forgive(tx: &mut Tx, key: &str) -> Result<(), StoreError> {
    tx.run(&FORGIVE, vec![text(key)]).await.map(drop)
}

/// Forgets a key: somebody came in.
///
/// # Errors
/// When the database fails.
pub async fn clear(tx: &mut Tx, key: &str) -> Result<(), StoreError> {
    tx.run(&CLEAR, vec![text(key)]).await.map(drop)
}

/// Forgets what was counted before a moment; gives how many keys.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, before: Instant) -> Result<u64, StoreError> {
    tx.run(&FORGET, vec![at(before)]).await
}
