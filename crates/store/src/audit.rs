//! Who did what with which right: append-only, without addresses and without contents.
//!
//! Entries are written unchained, so that nobody waits for anybody; a job seals batches of them into a chain of
//! hashes. Whoever changes or removes a sealed entry breaks the chain, and [`verify`] finds where. People stand there
//! under pseudonyms whose key can be deleted ([`crate::audit_key`]): the trail forgets and the chain stays whole. Entries
//! from before schema 18 hold the account's id.
//!
//! Who reads what is not for everybody, or takes it along, leaves an entry as well ([`note_reads`]).

use crate::change_log::Act;
use crate::conn::{Conn, Tx};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{Value, at, by_fifty, fifty, int, opt_text, text};
use crate::{audit_key, change_log};
use kiez_domain::id::{ProjectId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::{Permit, Role};
use sha2::{Digest, Sha256};
use std::cmp::Reverse;
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
    ABOUT = concat!("select at, by_user, by_role, resource, action, noun, row_id from audit_entry where project_id = $1 and row_id in ",
fifty!(), " and at >= $52 and at < $53 order by at desc, seq desc limit $54");
}

/// That somebody has read something, or taken it along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    project: Option<ProjectId>,
    by_user: Option<UserId>,
    by_role: Role,
    resource: &'static str,
    action: &'static str,
    noun: &'static str,
    row_id: String,
    at: Instant,
}

impl Read {
    /// What the permit allowed was done with this row.
    #[must_use]
    pub fn of(permit: &Permit, (noun, row_id): (&'static str, String), now: Instant) -> Self {
        let subject = permit.subject();
        Self {
            project: permit.project(),
            by_user: subject.user,
            by_role: subject.role,
            resource: permit.resource(),
            action: permit.action(),
            noun,
            row_id,
            at: now,
        }
    }
}

/// One entry about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Instant,
    /// Under which name the trail knows who it was; none for somebody at the shell of the machine.
    pub by: Option<String>,
    /// As what.
    pub role: Role,
    /// With which right: what …
    pub resource: String,
    /// … and how.
    pub action: String,
    /// What the row is.
    pub noun: String,
    /// Which row.
    pub row_id: String,
}

/// Notes that things were read, all in one statement.
///
/// # Errors
/// When the database fails.
pub async fn note_reads(tx: &mut Tx, reads: &[Read]) -> Result<(), StoreError> {
    let Some(first) = change_log::take_numbers(tx, reads.len()).await? else { return Ok(()) };
    let mut entries = Vec::with_capacity(reads.len());
    for (seq, read) in (first..).zip(reads) {
        let by = match read.by_user {
            Some(user) => audit_key::pseudonym(tx, user, read.at).await?,
            None => None,
        };
        entries.push(vec![
            int(seq),
            opt_text(read.project.as_ref()),
            at(read.at),
            opt_text(by.as_ref()),
            text(&read.by_role),
            text(read.resource),
            text(read.action),
            text(read.noun),
            text(&read.row_id),
        ]);
    }
    append(tx, entries).await
}

/// What happened with these rows between two moments, the newest first, at most `most` of each fifty rows.
///
/// # Errors
/// When the database fails.
pub async fn about(
    conn: &mut Conn,
    (project, rows): (ProjectId, &[String]),
    (from, to): (Instant, Instant),
    most: u32,
) -> Result<Vec<Entry>, StoreError> {
    let mut found = Vec::new();
    for mut values in by_fifty(&project, rows) {
        values.extend([at(from), at(to), int(most)]);
        for row in conn.all(&ABOUT, values).await? {
            found.push(entry(&row)?);
        }
    }
    found.sort_by_key(|entry| Reverse(entry.at));
    Ok(found)
}

fn entry(row: &Row) -> Result<Entry, StoreError> {
    Ok(Entry {
        at: row.instant("at")?,
        by: row.opt_text("by_user")?,
        role: row.parse("by_role")?,
        resource: row.text("resource")?,
        action: row.text("action")?,
        noun: row.text("noun")?,
        row_id: row.text("row_id")?,
    })
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
    (moment, by): (Instant, Option<&String>),
    act: &Act,
) -> Vec<Value> {
    vec![
        int(seq),
        opt_text(project),
        at(moment),
        opt_text(by),
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
