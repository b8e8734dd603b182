//! Who did what with which right: append-only, without addresses and without contents.
//!
//! Entries are written unchained, so that nobody waits for anybody; a job seals batches of them into a chain of
//! hashes. Whoever changes or removes a sealed entry breaks the chain, and [`verify`] finds where. The pseudonyms
//! under a key that can be deleted come with the rights of data subjects.

use crate::change_log::Act;
use crate::conn::{Conn, Tx};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{Value, at, int, opt_text, text};
use kiez_domain::id::ProjectId;
use kiez_domain::instant::Instant;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

statements! {
    table "audit_entry";
    INSERT = "insert into audit_entry (seq, project_id, at, by_user, by_role, resource, action, noun, row_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    UNSEALED = "select seq, project_id, at, by_user, by_role, resource, action, noun, row_id
from audit_entry where sealed_seq is null and at <= $1 order by seq limit 1000";
    LAST = "select sealed_seq, hash from audit_entry where sealed_seq is not null order by sealed_seq desc limit 1";
    SEAL = "update audit_entry set sealed_seq = $2, hash = $3 where seq = $1 and sealed_seq is null";
    SEALED = "select seq, project_id, at, by_user, by_role, resource, action, noun, row_id, sealed_seq, hash
from audit_entry where sealed_seq > $1 order by sealed_seq limit 1000";
}

/// Seals what came until `now`, at most 1,000 entries; gives how many it sealed.
///
/// # Errors
/// When the database fails.
pub async fn seal(tx: &mut Tx, now: Instant) -> Result<usize, StoreError> {
    let (mut number, mut hash) = match tx.first(&LAST, vec![]).await? {
        Some(row) => (row.int("sealed_seq")?, row.text("hash")?),
        None => (0, String::new()),
    };
    let entries = tx.all(&UNSEALED, vec![at(now)]).await?;
    for row in &entries {
        number += 1;
        hash = chained(&hash, number, row)?;
        tx.run(&SEAL, vec![int(row.int("seq")?), int(number), text(&hash)]).await?;
    }
    Ok(entries.len())
}

/// Follows the chain; gives the number at which it breaks, or nothing when it holds.
///
/// # Errors
/// When the database fails.
pub async fn verify(conn: &mut Conn) -> Result<Option<i64>, StoreError> {
    let (mut number, mut hash) = (0, String::new());
    loop {
        let rows = conn.all(&SEALED, vec![int(number)]).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        for row in &rows {
            number += 1;
            hash = chained(&hash, number, row)?;
            if row.int("sealed_seq")? != number || row.text("hash")? != hash {
                return Ok(Some(number));
            }
        }
    }
}

/// The values of one entry: it has the number of its change.
pub(crate) fn values(
    seq: i64,
    (project, noun, row_id): (Option<&ProjectId>, &str, &str),
    moment: Instant,
    act: &Act,
) -> Vec<Value> {
    vec![
        int(seq),
        opt_text(project),
        at(moment),
        opt_text(act.by_user.as_ref()),
        text(act.by_role),
        text(act.resource),
        text(act.action),
        text(noun),
        text(row_id),
    ]
}

pub(crate) async fn append(conn: &mut Conn, entries: Vec<Vec<Value>>) -> Result<(), StoreError> {
    conn.bulk(&INSERT, entries).await
}

/// SHA-256 over the hash before, the number and every field; a list in JSON, so that no two entries read alike.
fn chained(before: &str, number: i64, row: &Row) -> Result<String, StoreError> {
    let fields = serde_json::json!([
        before,
        number,
        row.int("seq")?,
        row.opt_text("project_id")?,
        row.int("at")?,
        row.opt_text("by_user")?,
        row.text("by_role")?,
        row.text("resource")?,
        row.text("action")?,
        row.text("noun")?,
        row.text("row_id")?,
    ]);
    let mut hash = String::with_capacity(64);
    for byte in Sha256::digest(fields.to_string().as_bytes()) {
        write!(hash, "{byte:02x}").expect("writing to memory cannot fail");
    }
    Ok(hash)
}
