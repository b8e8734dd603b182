//! Fields in which a file and a person disagree: listed for somebody to look at, never decided by the program.

use crate::conn::{Change, Conn, Tx, demand};
use crate::error::StoreError;
use crate::page::{Listing, Page};
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, int, text};
use kiez_domain::id::{DifferenceId, ImportId, ProjectId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;

statements! {
    table "difference";
    ADD = "insert into difference (project_id, id, noun, row_id, field, ours, theirs, import_id) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    // The newest word of a file counts: what was asked about the same field before is answered by it.
    SUPERSEDE = "update difference set resolved_at = $5
where project_id = $1 and noun = $2 and row_id = $3 and field = $4 and resolved_at is null";
    FIND_OPEN = "select id, noun, row_id, field, ours, theirs, import_id from difference
where project_id = $1 and id = $2 and resolved_at is null";
    LIST_OPEN = "select id, noun, row_id, field, ours, theirs, import_id from difference
where project_id = $1 and resolved_at is null order by noun, row_id, field, id limit $2 offset $3";
    COUNT_OPEN = "select count(*) as n from difference where project_id = $1 and resolved_at is null";
    RESOLVE = "update difference set resolved_at = $3 where project_id = $1 and id = $2 and resolved_at is null";
}

/// One field in which a file and a person disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its id.
    pub id: DifferenceId,
    /// What it is about, such as `actor`.
    pub noun: String,
    /// Which row.
    pub row_id: String,
    /// Which field.
    pub field: String,
    /// The value a person set.
    pub ours: String,
    /// The value of the file.
    pub theirs: String,
    /// The import that found it.
    pub import: ImportId,
}

/// Lists differences for somebody to look at, instead of older ones about the same fields.
///
/// # Errors
/// When the database fails.
pub async fn add(
    tx: &mut Tx,
    permit: &Permit,
    differences: &[Difference],
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "import", "create")?;
    for Difference { noun, row_id, field, .. } in differences {
        tx.run(&SUPERSEDE, vec![text(&project), text(noun), text(row_id), text(field), at(now)]).await?;
    }
    let rows = differences.iter().map(|difference| {
        vec![
            text(&project),
            text(&difference.id),
            text(&difference.noun),
            text(&difference.row_id),
            text(&difference.field),
            text(&difference.ours),
            text(&difference.theirs),
            text(&difference.import),
        ]
    });
    let rows = rows.collect();
    tx.bulk(&ADD, rows).await
}

/// One part of the differences nobody has settled yet.
///
/// # Errors
/// When the database fails.
pub async fn list_open(
    conn: &mut Conn,
    project: ProjectId,
    page: &Page,
) -> Result<Listing<Difference>, StoreError> {
    let total = conn.number(&COUNT_OPEN, vec![text(&project)]).await?;
    let rows = conn.all(&LIST_OPEN, vec![text(&project), int(page.limit()), int(page.skip())]).await?;
    Ok(Listing::new(rows.iter().map(difference).collect::<Result<_, _>>()?, total.unsigned_abs(), *page))
}

/// The difference with this id, unless it has been settled.
///
/// # Errors
/// When the database fails.
pub async fn find_open(
    conn: &mut Conn,
    project: ProjectId,
    id: DifferenceId,
) -> Result<Option<Difference>, StoreError> {
    conn.first(&FIND_OPEN, vec![text(&project), text(&id)]).await?.map(|row| difference(&row)).transpose()
}

/// Notes that somebody has settled a difference.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none or it has been settled already.
pub async fn resolve(tx: &mut Tx, permit: &Permit, id: DifferenceId, now: Instant) -> Result<(), StoreError> {
    let project = demand(permit, "difference", "settle")?;
    if tx.run(&RESOLVE, vec![text(&project), text(&id), at(now)]).await? == 0 {
        return Err(StoreError::NotFound);
    }
    tx.record(permit, "difference", &id, (Change::Updated, now));
    Ok(())
}

pub(crate) fn difference(row: &Row) -> Result<Difference, StoreError> {
    Ok(Difference {
        id: row.parse("id")?,
        noun: row.text("noun")?,
        row_id: row.text("row_id")?,
        field: row.text("field")?,
        ours: row.text("ours")?,
        theirs: row.text("theirs")?,
        import: row.parse("import_id")?,
    })
}
