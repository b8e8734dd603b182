//! Who must not be taken in again, as keyed hashes. Rows are added and never changed or removed; there is no reference
//! to an actor, so an objection outlives whatever is erased, merged, brought in or restored.

use crate::conn::{Change, Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::statement::statements;
use crate::value::{at, opt_text, text};
use kiez_domain::id::{ObjectionId, ProjectId};
use kiez_domain::instant::Instant;
use kiez_domain::objection::ContactKind;
use kiez_domain::policy::Permit;
use std::collections::BTreeSet;

statements! {
    table "objection";
    ADD = "insert into objection (project_id, id, kind, hash, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6)
on conflict (project_id, hash) do nothing";
    HASHES = "select hash from objection where project_id = $1 order by hash";
    KEY = "select secret from objection_key where id = 1";
    MAKE_KEY = "insert into objection_key (id, secret) values (1, $1) on conflict (id) do nothing";
}

/// One objection: what kind of contact, and its keyed hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Its id.
    pub id: ObjectionId,
    /// What was hashed.
    pub kind: ContactKind,
    /// The hash.
    pub hash: String,
}

/// Adds an objection; a second one of the same contact changes nothing. Tells whether it is new.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &mut Tx, permit: &Permit, new: &Objection, now: Instant) -> Result<bool, StoreError> {
    demand_any(permit, "objection", &["create"])?;
    let project = permit.project().ok_or(StoreError::NotFound)?;
    let by = opt_text(permit.subject().user.as_ref());
    let values = vec![text(&project), text(&new.id), text(&new.kind), text(&new.hash), by, at(now)];
    let is_new = tx.run(&ADD, values).await? > 0;
    if is_new {
        tx.record(permit, "objection", &new.id, (Change::Created, now));
    }
    Ok(is_new)
}

/// Every hash under which somebody has objected.
///
/// # Errors
/// When the database fails.
pub async fn hashes(conn: &mut Conn, project: ProjectId) -> Result<BTreeSet<String>, StoreError> {
    conn.all(&HASHES, vec![text(&project)]).await?.iter().map(|row| row.text("hash")).collect()
}

/// The key of the hashes; none before the first objection of the installation.
///
/// # Errors
/// When the database fails.
pub async fn key(conn: &mut Conn) -> Result<Option<String>, StoreError> {
    conn.first(&KEY, vec![]).await?.map(|row| row.text("secret")).transpose()
}

/// The key of the hashes; `fresh` becomes it where there is none yet.
///
/// # Errors
/// When the database fails.
pub async fn key_or(tx: &mut Tx, permit: &Permit, fresh: &str) -> Result<String, StoreError> {
    demand_any(permit, "objection", &["create"])?;
    tx.run(&MAKE_KEY, vec![text(fresh)]).await?;
    key(tx).await?.ok_or(StoreError::NotFound)
}
