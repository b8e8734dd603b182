//! What has changed, in the order of the commits: what indexes, caches and other programs read to catch up.

use crate::conn::{self, Conn};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, int, opt_text, text};
use crate::{audit, audit_key};
use kiez_domain::id::{ProjectId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use std::collections::BTreeMap;

statements! {
    table "change_log";
    SINCE = "select seq, project_id, noun, row_id, change, at from change_log where seq > $1 order by seq limit $2";
    HEAD = "select seq as n from change_head where id = 1";
    TAKE_NUMBERS = "update change_head set seq = seq + $1 where id = 1 returning seq as n";
    INSERT = "insert into change_log (seq, project_id, noun, row_id, change, at) values ($1, $2, $3, $4, $5, $6)";
}

/// One change of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its number: whoever has seen this number has seen everything before it.
    pub seq: i64,
    /// The project; none for things of the whole installation.
    pub project: Option<ProjectId>,
    /// The noun, such as `need`.
    pub noun: String,
    /// The row's id.
    pub row_id: String,
    /// `created`, `updated` or `removed`.
    pub change: String,
    /// When.
    pub at: Instant,
}

/// The changes after a number, oldest first, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn since(conn: &mut Conn, seq: i64, limit: i64) -> Result<Vec<Change>, StoreError> {
    conn.all(&SINCE, vec![int(seq), int(limit)]).await?.iter().map(change).collect()
}

/// The number of the newest change.
///
/// # Errors
/// When the database fails.
pub async fn head(conn: &mut Conn) -> Result<i64, StoreError> {
    conn.number(&HEAD, vec![]).await
}

fn change(row: &Row) -> Result<Change, StoreError> {
    Ok(Change {
        seq: row.int("seq")?,
        project: row.opt_parse("project_id")?,
        noun: row.text("noun")?,
        row_id: row.text("row_id")?,
        change: row.text("change")?,
        at: row.instant("at")?,
    })
}

/// What a transaction has done so far; written when it commits.
#[derive(Default)]
pub(crate) struct Pending {
    changes: Vec<PendingChange>,
    acts: Vec<(usize, Act)>,
}

struct PendingChange {
    project: Option<ProjectId>,
    noun: &'static str,
    row_id: String,
    change: conn::Change,
    at: Instant,
}

/// Who did it, with which right: for the audit trail.
pub(crate) struct Act {
    pub(crate) by_user: Option<UserId>,
    pub(crate) by_role: &'static str,
    pub(crate) resource: &'static str,
    pub(crate) action: &'static str,
}

impl Pending {
    pub(crate) fn record(
        &mut self,
        permit: &Permit,
        noun: &'static str,
        row_id: String,
        change: (conn::Change, Instant),
    ) {
        let subject = permit.subject();
        let act = Act {
            by_user: subject.user,
            by_role: subject.role.name(),
            resource: permit.resource(),
            action: permit.action(),
        };
        self.acts.push((self.changes.len(), act));
        self.note(permit.project(), noun, row_id, change);
    }

    pub(crate) fn note(
        &mut self,
        project: Option<ProjectId>,
        noun: &'static str,
        row_id: String,
        (change, at): (conn::Change, Instant),
    ) {
        self.changes.push(PendingChange { project, noun, row_id, change, at });
    }
}

/// Takes numbers and writes them as the last act of a transaction.
///
/// A sequence of the database would hand out numbers that become visible out of order: a reader that has seen 7
/// could miss 6 for ever. So the numbers come from one row that stays locked until the commit.
pub(crate) async fn write(conn: &mut Conn, pending: Pending) -> Result<(), StoreError> {
    let authors = authors(conn, &pending).await?;
    let Some(first) = take_numbers(conn, pending.changes.len()).await? else { return Ok(()) };
    let numbered = || (first..).zip(&pending.changes);
    let mut acts = pending.acts.iter().peekable();
    let mut entries = Vec::new();
    for (at_index, (seq, change)) in numbered().enumerate() {
        if let Some((_, act)) = acts.next_if(|(index, _)| *index == at_index) {
            let by = act.by_user.and_then(|user| authors.get(&(user, change.at)));
            let row = (change.project.as_ref(), change.noun, change.row_id.as_str());
            entries.push(audit::values(seq, row, (change.at, by), act));
        }
    }
    let rows = numbered().map(|(seq, change)| {
        vec![
            int(seq),
            opt_text(change.project.as_ref()),
            text(change.noun),
            text(&change.row_id),
            text(change.change.name()),
            at(change.at),
        ]
    });
    let rows = rows.collect();
    audit::append(conn, entries).await?;
    conn.bulk(&INSERT, rows).await
}

/// Takes so many numbers for entries of log and trail; gives the first of them.
pub(crate) async fn take_numbers(conn: &mut Conn, count: usize) -> Result<Option<i64>, StoreError> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(None);
    }
    Ok(Some(conn.number(&TAKE_NUMBERS, vec![int(count)]).await? - count + 1))
}

/// How the trail names whoever acted: before the numbers are taken, for which others wait.
async fn authors(
    conn: &mut Conn,
    pending: &Pending,
) -> Result<BTreeMap<(UserId, Instant), String>, StoreError> {
    let mut authors = BTreeMap::new();
    for (index, act) in &pending.acts {
        let (Some(user), Some(change)) = (act.by_user, pending.changes.get(*index)) else { continue };
        if authors.contains_key(&(user, change.at)) {
            continue;
        }
        if let Some(name) = audit_key::pseudonym(conn, user, change.at).await? {
            authors.insert((user, change.at), name);
        }
    }
    Ok(authors)
}
