//! Where rows came from: the key a file knows them by, and the values it gave last.
//!
//! A stored value that differs from the imported one was changed by a person, and a person's edit wins.

use crate::conn::{Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::statement::statements;
use crate::value::text;
use kiez_domain::id::ProjectId;
use kiez_domain::policy::Permit;
use std::collections::BTreeMap;

statements! {
    table "provenance";
    PUT = "insert into provenance (project_id, noun, source_key, row_id, imported) values ($1, $2, $3, $4, $5)
on conflict (project_id, noun, source_key) do update set row_id = excluded.row_id, imported = excluded.imported";
    LIST = "select source_key, row_id, imported from provenance where project_id = $1 and noun = $2 order by source_key";
}

/// What a file said about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The key under which the file's row is found again.
    pub source_key: String,
    /// The row it became.
    pub row_id: String,
    /// JSON object: the values as they were imported last.
    pub imported: String,
}

/// Remembers what a file said about rows of a noun, instead of what it said before.
///
/// # Errors
/// When the database fails.
pub async fn put(
    tx: &mut Tx,
    permit: &Permit,
    noun: &'static str,
    rows: &[Provenance],
) -> Result<(), StoreError> {
    demand_any(permit, "import", &["create", "revert"])?;
    let project = crate::import::project_of(permit)?;
    // One statement may touch a key once on PostgreSQL; of two rows with one key the later one counts.
    let by_key: BTreeMap<&str, &Provenance> = rows.iter().map(|row| (row.source_key.as_str(), row)).collect();
    let rows = by_key.into_values().map(|row| {
        vec![text(&project), text(noun), text(&row.source_key), text(&row.row_id), text(&row.imported)]
    });
    let rows = rows.collect();
    tx.bulk(&PUT, rows).await
}

/// Everything that files said about rows of a noun.
///
/// # Errors
/// When the database fails.
pub async fn list(conn: &mut Conn, project: ProjectId, noun: &str) -> Result<Vec<Provenance>, StoreError> {
    let rows = conn.all(&LIST, vec![text(&project), text(noun)]).await?;
    let provenance = rows.iter().map(|row| {
        Ok(Provenance {
            source_key: row.text("source_key")?,
            row_id: row.text("row_id")?,
            imported: row.text("imported")?,
        })
    });
    provenance.collect()
}
