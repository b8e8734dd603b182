//! Rows that an import left out, so that somebody can repair the file later, too.

use crate::conn::{Conn, Tx, demand};
use crate::error::StoreError;
use crate::page::{Listing, Page};
use crate::row::Row;
use crate::statement::statements;
use crate::value::{bool, int, opt_text, text};
use kiez_domain::id::{ImportId, ProjectId};
use kiez_domain::policy::Permit;
use kiez_domain::saying::Saying;

statements! {
    table "import_refusal";
    ADD = "insert into import_refusal (project_id, import_id, position, file, line, field, reason, own_field, said)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    LIST = "select file, line, field, reason, own_field, said from import_refusal
where project_id = $1 and import_id = $2
order by position limit $3 offset $4";
    COUNT = "select count(*) as n from import_refusal where project_id = $1 and import_id = $2";
}

/// One fault of a row that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRow {
    /// The file as the person named it.
    pub file: String,
    /// Line where the record starts, counted from 1.
    pub line: u64,
    /// The column.
    pub field: String,
    /// Whether the column's name is one of ours, which every language has.
    pub own_field: bool,
    /// Why, in an English sentence.
    pub reason: String,
    /// The same in no language yet; nothing in rows from before there were such.
    pub said: Option<Saying>,
}

/// Keeps what an import left out, in the order of its report.
///
/// # Errors
/// [`StoreError::MissingReference`] when there is no such import.
pub async fn add(
    tx: &mut Tx,
    permit: &Permit,
    import: ImportId,
    refused: &[RefusedRow],
) -> Result<(), StoreError> {
    let project = demand(permit, "import", "create")?;
    let rows = (0_i64..).zip(refused).map(|(position, row)| {
        vec![
            text(&project),
            text(&import),
            int(position),
            text(&row.file),
            int(i64::try_from(row.line).unwrap_or(i64::MAX)),
            text(&row.field),
            text(&row.reason),
            bool(row.own_field),
            opt_text(row.said.as_ref().map(json).as_ref()),
        ]
    });
    let rows = rows.collect();
    tx.bulk(&ADD, rows).await
}

/// One part of what an import left out, in the order of its report.
///
/// # Errors
/// When the database fails.
pub async fn list(
    conn: &mut Conn,
    project: ProjectId,
    import: ImportId,
    page: &Page,
) -> Result<Listing<RefusedRow>, StoreError> {
    let total = conn.number(&COUNT, vec![text(&project), text(&import)]).await?;
    let values = vec![text(&project), text(&import), int(page.limit()), int(page.skip())];
    let rows = conn.all(&LIST, values).await?;
    Ok(Listing::new(rows.iter().map(refused).collect::<Result<_, _>>()?, total.unsigned_abs(), *page))
}

fn json(said: &Saying) -> String {
    serde_json::to_string(said).expect("texts and numbers under names are JSON")
}

fn refused(row: &Row) -> Result<RefusedRow, StoreError> {
    let said = row.opt_text("said")?;
    Ok(RefusedRow {
        file: row.text("file")?,
        line: row.count("line")?,
        field: row.text("field")?,
        own_field: row.bool("own_field")?,
        reason: row.text("reason")?,
        said: said.map(|json| serde_json::from_str(&json)).transpose().map_err(|_| row.corrupt("said"))?,
    })
}
