//! Whether outgoing mail waits. A restored copy holds it until somebody has said that this copy is the one that sends.
//!
//! It is asked in the transaction that takes a message to send it.

use crate::conn::{Change, Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::statement::statements;
use crate::value::{at, text};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;

statements! {
    table "mail_hold";
    HOLD = "insert into mail_hold (id, since, reason) values (1, $1, $2) on conflict (id) do nothing";
    HELD = "select since, reason from mail_hold where id = 1";
    RELEASE = "delete from mail_hold where id = 1";
}

/// Since when and why mail waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Since when.
    pub since: Instant,
    /// `restored` or `asked`.
    pub reason: String,
}

/// Lets mail wait; where it waits already, the first reason stays.
///
/// # Errors
/// When the database fails.
pub async fn hold(tx: &mut Tx, permit: &Permit, reason: &str, now: Instant) -> Result<(), StoreError> {
    demand_any(permit, "mail_hold", &["hold"])?;
    // What a restore does is no act of somebody in this installation: its log stays that of the copied one.
    if tx.run(&HOLD, vec![at(now), text(reason)]).await? > 0 && reason != RESTORED {
        tx.record(permit, "mail_hold", &1, (Change::Created, now));
    }
    Ok(())
}

/// The reason of a copy that nobody has confirmed yet.
pub const RESTORED: &str = "restored";

/// Since when and why mail waits; none when it goes out.
///
/// # Errors
/// When the database fails.
pub async fn held(conn: &mut Conn) -> Result<Option<Hold>, StoreError> {
    let row = conn.first(&HELD, vec![]).await?;
    row.map(|row| Ok(Hold { since: row.instant("since")?, reason: row.text("reason")? })).transpose()
}

/// Lets mail go out; gives whether it had waited.
///
/// # Errors
/// When the database fails.
pub async fn release(tx: &mut Tx, permit: &Permit, now: Instant) -> Result<bool, StoreError> {
    demand_any(permit, "mail_hold", &["release"])?;
    let waited = tx.run(&RELEASE, vec![]).await? > 0;
    if waited {
        tx.record(permit, "mail_hold", &1, (Change::Removed, now));
    }
    Ok(waited)
}
