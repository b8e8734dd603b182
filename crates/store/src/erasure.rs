//! The ledger of erasures: what was erased, as marks that tell nothing to whoever has no database.
//!
//! A mark is a hash of the id with a key of the installation, which is in every backup: in a copy of yesterday the rows
//! are found again by their marks and erased once more. What is removed of whom stands in [`crate::erasure_rows`].

use crate::conn::{Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::{Statement, statements};
use crate::value::{at, hexadecimal, text};
use kiez_domain::erasure::DataSubject;
use kiez_domain::id::ProjectId;
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

statements! {
    table "erasure";
    KEY = "select key from erasure_key where id = 1";
    ADD = "insert into erasure (mark, kind, at) values ($1, $2, $3) on conflict (mark) do nothing";
    LIST = "select mark, kind, at, cleared_at from erasure order by at, mark";
    UNCLEARED = "select count(*) as n from erasure where cleared_at is null and at < $1";
    CLEARED = "update erasure set cleared_at = $1 where cleared_at is null and at <= $1";
    ACTORS = "select project_id, id from actor order by id";
    PERSONS = "select project_id, id from person order by id";
    USERS = "select cast(null as text) as project_id, id from user_account order by id";
    PROJECTS = "select id as project_id, id from project order by id";
}

/// The schema that brought the ledger: older databases have none.
pub const SINCE_SCHEMA: i64 = 18;

/// What the actions of the policy are called that erase.
pub(crate) const ACTIONS: [&str; 3] = ["create", "confirm", "replay"];

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Erased {
    /// The mark.
    pub mark: String,
    /// `actor`, `person`, `user` or `project`.
    pub kind: String,
    /// When it was erased.
    pub at: Instant,
}

/// A row that can be erased, with the project it is in.
pub type Erasable = (Option<ProjectId>, DataSubject);

type Reading = fn(&Row) -> Result<DataSubject, StoreError>;

/// Everything that can be erased, and how its rows are read.
const KINDS: [(&Statement, Reading); 4] = [
    (&PROJECTS, |row| row.parse("id").map(DataSubject::Project)),
    (&ACTORS, |row| row.parse("id").map(DataSubject::Actor)),
    (&PERSONS, |row| row.parse("id").map(DataSubject::Person)),
    (&USERS, |row| row.parse("id").map(DataSubject::User)),
];

/// The ledger, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list(conn: &mut Conn) -> Result<Vec<Erased>, StoreError> {
    let erased =
        |row: &Row| Ok(Erased { mark: row.text("mark")?, kind: row.text("kind")?, at: row.instant("at")? });
    conn.all(&LIST, vec![]).await?.iter().map(erased).collect()
}

/// Adds lines that another ledger of this installation has; those that are there stay.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, permit: &Permit, lines: &[Erased]) -> Result<(), StoreError> {
    demand_any(permit, "erasure", &ACTIONS)?;
    for line in lines {
        tx.run(&ADD, vec![text(&line.mark), text(&line.kind), at(line.at)]).await?;
    }
    Ok(())
}

/// Notes that somebody's rows are gone.
pub(crate) async fn note(tx: &mut Tx, subject: DataSubject, now: Instant) -> Result<(), StoreError> {
    let mark = mark(&key(tx).await?, subject);
    tx.run(&ADD, vec![text(&mark), text(subject.kind()), at(now)]).await.map(drop)
}

/// Which of the rows that are there have a mark in the ledger: in a sound database none.
///
/// # Errors
/// When the database fails.
pub async fn survivors(conn: &mut Conn, lines: &[Erased]) -> Result<Vec<Erasable>, StoreError> {
    let marks: BTreeSet<&str> = lines.iter().map(|line| line.mark.as_str()).collect();
    let mut found = Vec::new();
    if marks.is_empty() {
        return Ok(found);
    }
    let key = key(conn).await?;
    // The largest first: what goes with a project or an actor need not be looked for.
    for (statement, read) in KINDS {
        for row in conn.all(statement, vec![]).await? {
            let subject = read(&row)?;
            if marks.contains(mark(&key, subject).as_str()) {
                found.push((row.opt_parse("project_id")?, subject));
            }
        }
    }
    Ok(found)
}

/// How many erasures before a moment are still to be cleared from the files.
///
/// # Errors
/// When the database fails.
pub async fn count_uncleared(conn: &mut Conn, before: Instant) -> Result<i64, StoreError> {
    conn.number(&UNCLEARED, vec![at(before)]).await
}

/// Notes that the files hold nothing any more of what was erased up to now.
///
/// # Errors
/// When the database fails.
pub async fn set_cleared(tx: &mut Tx, now: Instant) -> Result<(), StoreError> {
    tx.run(&CLEARED, vec![at(now)]).await.map(drop)
}

/// What tells the ledger of this installation from others, in all its backups; nothing can be learned from it.
///
/// # Errors
/// When the database fails.
pub async fn fingerprint(conn: &mut Conn) -> Result<String, StoreError> {
    let hash = Sha256::new().chain_update("ledger").chain_update(key(conn).await?).finalize();
    Ok(hexadecimal(&hash[..4]))
}

async fn key(conn: &mut Conn) -> Result<String, StoreError> {
    let row = conn.first(&KEY, vec![]).await?;
    row.ok_or_else(|| StoreError::corrupt("erasure_key", "key"))?.text("key")
}

/// SHA-256 with a key, twice around as HMAC does it.
fn mark(key: &str, subject: DataSubject) -> String {
    let inner = Sha256::new().chain_update(key).chain_update("within").chain_update(subject.to_string());
    let outer = Sha256::new().chain_update(key).chain_update("around").chain_update(inner.finalize());
    hexadecimal(&outer.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_depends_on_the_key_and_on_what_is_meant() {
        let id = "0198c0de-0000-7000-8000-000000000001";
        let actor = DataSubject::Actor(id.parse().expect("an id"));
        let person = DataSubject::Person(id.parse().expect("an id"));
        let marks: BTreeSet<String> =
            [("a", actor), ("b", actor), ("a", person)].map(|(key, of)| mark(key, of)).into();
        assert_eq!(marks.len(), 3);
        assert!(marks.iter().all(|mark| mark.len() == 64 && !mark.contains("0198c0de")));
    }
}
