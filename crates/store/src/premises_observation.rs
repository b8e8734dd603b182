//! Dated looks at premises: what was seen there on which day. One look a day is kept.

use crate::conn::{Conn, Tx, demand};
use crate::error::StoreError;
use crate::import::{ImportChange, note, project_of};
use crate::row::Row;
use crate::statement::statements;
use crate::value::text;
use jiff::civil::Date;
use kiez_domain::id::{ImportId, ObservationId, PremisesId, ProjectId};
use kiez_domain::policy::Permit;
use kiez_domain::premises::Use;
use std::collections::HashMap;

statements! {
    table "premises_observation";
    PUT = "insert into premises_observation (project_id, id, premises_id, observed_on, used_as) values ($1, $2, $3, $4, $5)
on conflict (project_id, premises_id, observed_on) do update set used_as = excluded.used_as";
    LIST = "select id, premises_id, observed_on, used_as from premises_observation where project_id = $1 order by id";
    LIST_BY_PREMISES = "select id, premises_id, observed_on, used_as from premises_observation
where project_id = $1 and premises_id = $2 order by observed_on";
    // A look goes with its premises: where somebody has saved those since, it stays. So does one that a later import
    // has seen otherwise.
    REMOVE = "delete from premises_observation where project_id = $1 and exists (
    select 1 from import_change c join import_change p on p.project_id = c.project_id and p.import_id = c.import_id
        and p.noun = 'premises' and p.row_id = premises_observation.premises_id
    join premises u on u.project_id = p.project_id and u.id = p.row_id and u.version = p.version
    where c.project_id = $1 and c.import_id = $2 and c.noun = 'premises_observation' and c.change = 'created'
    and c.row_id = premises_observation.id)";
    RESTORE = "update premises_observation set used_as = (select c.earlier from import_change c
    where c.project_id = $1 and c.import_id = $2 and c.noun = 'premises_observation' and c.row_id = premises_observation.id)
where project_id = $1 and exists (
    select 1 from import_change c join import_change p on p.project_id = c.project_id and p.import_id = c.import_id
        and p.noun = 'premises' and p.row_id = premises_observation.premises_id
    join premises u on u.project_id = p.project_id and u.id = p.row_id and u.version = p.version
    where c.project_id = $1 and c.import_id = $2 and c.noun = 'premises_observation' and c.change = 'updated'
    and c.row_id = premises_observation.id)";
}

/// What was seen on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Its id.
    pub id: ObservationId,
    /// Where.
    pub premises: PremisesId,
    /// On which day.
    pub on: Date,
    /// What the premises were used for.
    pub used_as: Use,
}

/// Notes what a person saw.
///
/// # Errors
/// [`StoreError::MissingReference`] when the premises are not of the project.
pub async fn put(tx: &mut Tx, permit: &Permit, look: &Look) -> Result<(), StoreError> {
    let project = demand(permit, "premises", "update")?;
    put_all(tx, project, &[look]).await
}

/// Notes what a file saw, and what had been seen on the same day before, so that it can be given back.
///
/// # Errors
/// [`StoreError::MissingReference`] when the premises are not of the project.
pub async fn bring_in(
    tx: &mut Tx,
    permit: &Permit,
    import: ImportId,
    looks: &[Look],
) -> Result<(), StoreError> {
    let project = project_of(permit)?;
    let known: HashMap<(PremisesId, Date), Look> =
        list(tx, project).await?.into_iter().map(|look| ((look.premises, look.on), look)).collect();
    let before = |look: &Look| known.get(&(look.premises, look.on));
    let new: Vec<&Look> =
        looks.iter().filter(|look| before(look).is_none_or(|old| old.used_as != look.used_as)).collect();
    put_all(tx, project, &new).await?;
    let changes: Vec<_> = new.into_iter().map(|look| change(look, before(look))).collect();
    note(tx, permit, import, &changes).await
}

/// Every look of the project.
///
/// # Errors
/// When the database fails.
pub async fn list(conn: &mut Conn, project: ProjectId) -> Result<Vec<Look>, StoreError> {
    conn.all(&LIST, vec![text(&project)]).await?.iter().map(look).collect()
}

/// What was seen at one place, by day.
///
/// # Errors
/// When the database fails.
pub async fn list_by_premises(
    conn: &mut Conn,
    project: ProjectId,
    premises: PremisesId,
) -> Result<Vec<Look>, StoreError> {
    conn.all(&LIST_BY_PREMISES, vec![text(&project), text(&premises)]).await?.iter().map(look).collect()
}

/// Takes back what an import saw, before the premises themselves are taken back.
///
/// # Errors
/// When the database fails.
pub async fn take_back(tx: &mut Tx, permit: &Permit, import: ImportId) -> Result<(), StoreError> {
    let project = demand(permit, "import", "revert")?;
    tx.run(&RESTORE, vec![text(&project), text(&import)]).await?;
    tx.run(&REMOVE, vec![text(&project), text(&import)]).await.map(drop)
}

async fn put_all(tx: &mut Tx, project: ProjectId, looks: &[&Look]) -> Result<(), StoreError> {
    let row = |look: &&Look| {
        vec![text(&project), text(&look.id), text(&look.premises), text(&look.on), text(&look.used_as)]
    };
    let rows = looks.iter().map(row).collect();
    tx.bulk(&PUT, rows).await
}

/// A look keeps the id it got first, and with it what was seen then.
fn change(look: &Look, before: Option<&Look>) -> ImportChange {
    ImportChange {
        noun: "premises_observation".to_owned(),
        row_id: before.map_or(look.id, |old| old.id).to_string(),
        change: if before.is_some() { "updated" } else { "created" }.to_owned(),
        version: 1,
        earlier: before.map(|old| old.used_as.to_string()),
        source_key: None,
        said_before: None,
    }
}

fn look(row: &Row) -> Result<Look, StoreError> {
    Ok(Look {
        id: row.parse("id")?,
        premises: row.parse("premises_id")?,
        on: row.parse("observed_on")?,
        used_as: row.parse("used_as")?,
    })
}
