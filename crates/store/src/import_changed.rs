//! Rows that a file may change: all of them as they are now, to compare with, and the changed ones saved.

use crate::conn::{Change, Conn, Tx};
use crate::error::StoreError;
use crate::import::{ImportChange, note, project_of};
use crate::posting::Kept;
use crate::provenance::{self, Provenance};
use crate::quarter;
use crate::row::Row;
use crate::statement::statements;
use crate::value::text;
use crate::{actor, idea, posting, premises};
use kiez_domain::actor::NewActor;
use kiez_domain::id::{ActorId, IdeaId, ImportId, PremisesId, ProjectId};
use kiez_domain::idea::NewIdea;
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use kiez_domain::premises::NewPremises;
use std::fmt::Display;
use std::str::FromStr;

statements! {
    table "import_change";
    KNOWN_ACTORS = "select id, version, name, side, branch, street, house_number, postcode, city, lat, lon, carrier, languages, opening_hours, note
from actor where project_id = $1 order by id";
    KNOWN_PREMISES = "select id, version, street, house_number, postcode, city, lat, lon, actor_id, used_as, observed_on
from premises where project_id = $1 order by id";
    KNOWN_IDEAS = "select id, version, actor_id, said_by, text from idea where project_id = $1 order by id";
}

/// A row with its version, to compare with a file.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownRow<Id, T> {
    /// Its id.
    pub id: Id,
    /// Its version.
    pub version: i64,
    /// What it is.
    pub data: T,
}

/// What a file says about a row that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memory {
    /// The key under which the file's row is found again.
    pub source_key: String,
    /// JSON object: what it says now.
    pub said: String,
    /// JSON object: what it had said before; none when it had said nothing.
    pub said_before: Option<String>,
}

/// A row whose values a file changes, or of which only the memory is renewed.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedRow<Id, T> {
    /// Its id.
    pub id: Id,
    /// The version that was compared.
    pub version: i64,
    /// What it is now.
    pub data: T,
    /// JSON object: what was there before; none when the values stay and only the memory is renewed.
    pub earlier: Option<String>,
    /// What the file says about it; none when values are given back.
    pub memory: Option<Memory>,
}

/// Every actor of the project in one go, to compare with a file.
///
/// # Errors
/// When the database fails.
pub async fn known_actors(
    conn: &mut Conn,
    project: ProjectId,
) -> Result<Vec<KnownRow<ActorId, NewActor>>, StoreError> {
    conn.all(&KNOWN_ACTORS, vec![text(&project)]).await?.iter().map(|row| known(row, actor::data)).collect()
}

/// All premises of the project in one go, to compare with a file.
///
/// # Errors
/// When the database fails.
pub async fn known_premises(
    conn: &mut Conn,
    project: ProjectId,
) -> Result<Vec<KnownRow<PremisesId, NewPremises>>, StoreError> {
    let rows = conn.all(&KNOWN_PREMISES, vec![text(&project)]).await?;
    rows.iter().map(|row| known(row, premises::data)).collect()
}

/// All needs or offers of the project in one go, to compare with a file.
///
/// # Errors
/// When the database fails.
pub async fn known_postings<T: Kept>(
    conn: &mut Conn,
    project: ProjectId,
) -> Result<Vec<KnownRow<T::Id, T>>, StoreError> {
    let all = posting::known::<T>(conn, project).await?;
    Ok(all.into_iter().map(|row| KnownRow { id: row.id, version: row.version, data: row.data }).collect())
}

/// All ideas of the project in one go, to compare with a file.
///
/// # Errors
/// When the database fails.
pub async fn known_ideas(
    conn: &mut Conn,
    project: ProjectId,
) -> Result<Vec<KnownRow<IdeaId, NewIdea>>, StoreError> {
    conn.all(&KNOWN_IDEAS, vec![text(&project)]).await?.iter().map(|row| known(row, idea::data)).collect()
}

/// Saves actors that a file changes, and what the file says about them.
///
/// # Errors
/// [`StoreError::Stale`] when somebody saved one of them since it was compared.
pub async fn update_actors(
    tx: &mut Tx,
    permit: &Permit,
    import: ImportId,
    rows: &[ChangedRow<ActorId, NewActor>],
    now: Instant,
) -> Result<(), StoreError> {
    let project = project_of(permit)?;
    let map = quarter::map(tx, project).await?;
    let mut versions = Vec::with_capacity(rows.len());
    for row in rows {
        let new = (&row.data, map.locate(row.data.position));
        versions.push(match row.earlier {
            Some(_) => actor::update_row(tx, project, (row.id, row.version), new, now).await?,
            None => row.version,
        });
    }
    saved(tx, permit, (import, "actor"), (rows, &versions), now).await
}

/// Saves premises that a file changes, and what the file says about them.
///
/// # Errors
/// [`StoreError::Stale`] when somebody saved one of them since it was compared.
pub async fn update_premises(
    tx: &mut Tx,
    permit: &Permit,
    import: ImportId,
    rows: &[ChangedRow<PremisesId, NewPremises>],
    now: Instant,
) -> Result<(), StoreError> {
    let project = project_of(permit)?;
    let map = quarter::map(tx, project).await?;
    let mut versions = Vec::with_capacity(rows.len());
    for row in rows {
        let new = (&row.data, map.locate(row.data.position));
        versions.push(match row.earlier {
            Some(_) => premises::update_row(tx, project, (row.id, row.version), new, now).await?,
            None => row.version,
        });
    }
    saved(tx, permit, (import, "premises"), (rows, &versions), now).await
}

/// Saves needs or offers that a file changes, and what the file says about them. Where they stand in their lifecycle
/// is not touched.
///
/// # Errors
/// [`StoreError::Stale`] when somebody saved one of them since it was compared.
pub async fn update_postings<T: Kept>(
    tx: &mut Tx,
    permit: &Permit,
    import: ImportId,
    rows: &[ChangedRow<T::Id, T>],
    now: Instant,
) -> Result<(), StoreError> {
    let project = project_of(permit)?;
    let mut versions = Vec::with_capacity(rows.len());
    for row in rows {
        versions.push(match row.earlier {
            Some(_) => posting::update_row(tx, project, (row.id, row.version), &row.data, now).await?,
            None => row.version,
        });
    }
    saved(tx, permit, (import, T::NOUN), (rows, &versions), now).await
}

/// Saves ideas that a file changes, and what the file says about them. Where an idea stands in its lifecycle is not touched.
///
/// # Errors
/// [`StoreError::Stale`] when somebody saved one of them since it was compared.
pub async fn update_ideas(
    tx: &mut Tx,
    permit: &Permit,
    import: ImportId,
    rows: &[ChangedRow<IdeaId, NewIdea>],
    now: Instant,
) -> Result<(), StoreError> {
    let project = project_of(permit)?;
    let mut versions = Vec::with_capacity(rows.len());
    for row in rows {
        versions.push(match row.earlier {
            Some(_) => idea::update_row(tx, project, (row.id, row.version), &row.data, now).await?,
            None => row.version,
        });
    }
    saved(tx, permit, (import, "idea"), (rows, &versions), now).await
}

/// What every changed row leaves behind: what was there, what the file says now, and a word in the log.
async fn saved<Id: Display, T>(
    tx: &mut Tx,
    permit: &Permit,
    (import, noun): (ImportId, &'static str),
    (rows, versions): (&[ChangedRow<Id, T>], &[i64]),
    now: Instant,
) -> Result<(), StoreError> {
    let project = project_of(permit)?;
    let (mut changes, mut memories) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for (row, version) in rows.iter().zip(versions) {
        let row_id = row.id.to_string();
        if row.earlier.is_some() {
            tx.note_change(project, noun, &row_id, (Change::Updated, now));
        }
        changes.push(change(noun, row, *version));
        memories.extend(row.memory.as_ref().map(|memory| Provenance {
            source_key: memory.source_key.clone(),
            row_id,
            imported: memory.said.clone(),
        }));
    }
    note(tx, permit, import, &changes).await?;
    provenance::put(tx, permit, noun, &memories).await
}

fn change<Id: Display, T>(noun: &str, row: &ChangedRow<Id, T>, version: i64) -> ImportChange {
    ImportChange {
        noun: noun.to_owned(),
        row_id: row.id.to_string(),
        change: if row.earlier.is_some() { "updated" } else { "compared" }.to_owned(),
        version,
        earlier: row.earlier.clone(),
        source_key: row.memory.as_ref().map(|memory| memory.source_key.clone()),
        said_before: row.memory.as_ref().and_then(|memory| memory.said_before.clone()),
    }
}

fn known<Id: FromStr, T>(
    row: &Row,
    data: impl Fn(&Row) -> Result<T, StoreError>,
) -> Result<KnownRow<Id, T>, StoreError> {
    Ok(KnownRow { id: row.parse("id")?, version: row.int("version")?, data: data(row)? })
}
