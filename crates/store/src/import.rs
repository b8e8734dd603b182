//! Imports: what a file brought in, in bulk, and what is needed to take it back.
//!
//! Comparing is the caller's part: it reads everything once (`import_changed::known_actors` and its like,
//! `provenance::list`), decides in memory, and writes what is new (here) and what has changed (`import_changed`).
//! One import is one transaction and one entry in the audit trail; every row it touches stands in the change log.

use crate::conn::{Change, Conn, Tx, demand, demand_any};
use crate::error::StoreError;
use crate::page::{Listing, Page};
use crate::posting::Kept;
use crate::provenance::{self, Provenance};
use crate::quarter;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, int, opt_text, text};
use crate::{actor, contact_channel, idea, posting, premises};
use kiez_domain::actor::NewActor;
use kiez_domain::contact_channel::ContactChannel;
use kiez_domain::id::{ActorId, IdeaId, ImportId, PremisesId, ProjectId, UserId};
use kiez_domain::idea::NewIdea;
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use kiez_domain::premises::NewPremises;
use std::collections::BTreeMap;
use std::fmt::Display;

statements! {
    table "import_run";
    BEGIN = "insert into import_run (project_id, id, kind, files, at, by_user, state, counts) values ($1, $2, $3, $4, $5, $6, 'running', '{}')";
    FINISH = "update import_run set state = 'done', counts = $3 where project_id = $1 and id = $2";
    FIND = "select id, kind, files, at, by_user, state, counts, reverted_at from import_run where project_id = $1 and id = $2";
    LIST = "select id, kind, files, at, by_user, state, counts, reverted_at from import_run
where project_id = $1 order by at desc, id desc limit $2 offset $3";
    COUNT = "select count(*) as n from import_run where project_id = $1";
    NOTE = "insert into import_change (project_id, import_id, noun, row_id, change, version, earlier, source_key, said_before)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (project_id, import_id, noun, row_id) do update set version = excluded.version";
    CHANGES = "select noun, row_id, change, version, earlier, source_key, said_before from import_change
where project_id = $1 and import_id = $2 order by noun, row_id";
}

/// One run of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRun {
    /// Its id.
    pub id: ImportId,
    /// What was imported: `actors`, `cards`, `premises`, `quarter`.
    pub kind: String,
    /// The names of the files.
    pub files: Vec<String>,
    /// When.
    pub at: Instant,
    /// By whom; none: from the shell of the machine.
    pub by_user: Option<UserId>,
    /// `running`, `done` or `reverted`.
    pub state: String,
    /// JSON object of the totals.
    pub counts: String,
    /// When it was taken back.
    pub reverted_at: Option<Instant>,
}

/// What an import did to one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportChange {
    /// What it is, such as `actor`.
    pub noun: String,
    /// Which row.
    pub row_id: String,
    /// `created`, `updated`, or `compared`: only what the file says about it was remembered.
    pub change: String,
    /// The row's version after the import.
    pub version: i64,
    /// What was there before, when something was: a JSON object of its fields, of a look the use.
    pub earlier: Option<String>,
    /// The key of the file's row; none when the import made the row.
    pub source_key: Option<String>,
    /// JSON object: what the file had said about the row before; none when it had said nothing.
    pub said_before: Option<String>,
}

/// A row that a file brings in for the first time.
#[derive(Debug, Clone)]
pub struct Incoming<Id, T> {
    /// Its id.
    pub id: Id,
    /// What it is.
    pub data: T,
    /// The key under which the file's row is found again.
    pub source_key: String,
    /// JSON object: the values of the file.
    pub imported: String,
}

/// Begins an import: its kind and the names of its files.
///
/// # Errors
/// When the database fails.
pub async fn begin(
    tx: &mut Tx,
    permit: &Permit,
    id: ImportId,
    (kind, files): (&str, &[String]),
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "import", "create")?;
    let by_user = permit.subject().user;
    let files = serde_json::Value::from(files);
    tx.run(
        &BEGIN,
        vec![text(&project), text(&id), text(kind), text(&files), at(now), opt_text(by_user.as_ref())],
    )
    .await?;
    tx.record(permit, "import_run", &id, (Change::Created, now));
    Ok(())
}

/// Ends an import with its totals.
///
/// # Errors
/// When the database fails.
pub async fn finish(
    tx: &mut Tx,
    permit: &Permit,
    id: ImportId,
    counts: &serde_json::Value,
) -> Result<(), StoreError> {
    let project = demand(permit, "import", "create")?;
    tx.run(&FINISH, vec![text(&project), text(&id), text(counts)]).await.map(drop)
}

/// The import with this id.
///
/// # Errors
/// When the database fails.
pub async fn find(
    conn: &mut Conn,
    project: ProjectId,
    id: ImportId,
) -> Result<Option<ImportRun>, StoreError> {
    conn.first(&FIND, vec![text(&project), text(&id)]).await?.map(|row| run(&row)).transpose()
}

/// One part of the list of imports, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(
    conn: &mut Conn,
    project: ProjectId,
    page: &Page,
) -> Result<Listing<ImportRun>, StoreError> {
    let total = conn.number(&COUNT, vec![text(&project)]).await?;
    let rows = conn.all(&LIST, vec![text(&project), int(page.limit()), int(page.skip())]).await?;
    Ok(Listing::new(rows.iter().map(run).collect::<Result<_, _>>()?, total.unsigned_abs(), *page))
}

/// What an import did, row by row.
///
/// # Errors
/// When the database fails.
pub async fn changes(
    conn: &mut Conn,
    project: ProjectId,
    id: ImportId,
) -> Result<Vec<ImportChange>, StoreError> {
    let rows = conn.all(&CHANGES, vec![text(&project), text(&id)]).await?;
    let changes = rows.iter().map(|row| {
        Ok(ImportChange {
            noun: row.text("noun")?,
            row_id: row.text("row_id")?,
            change: row.text("change")?,
            version: row.int("version")?,
            earlier: row.opt_text("earlier")?,
            source_key: row.opt_text("source_key")?,
            said_before: row.opt_text("said_before")?,
        })
    });
    changes.collect()
}

/// Stores actors that a file brings in; their quarters follow from their positions.
///
/// # Errors
/// `Conflict` when an id is taken.
pub async fn insert_actors(
    tx: &mut Tx,
    permit: &Permit,
    import: ImportId,
    rows: &[Incoming<ActorId, NewActor>],
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "import", "create")?;
    let map = quarter::map(tx, project).await?;
    let values = rows.iter().map(|row| {
        let quarter = map.locate(row.data.position);
        actor::insert_values(project, row.id, (&row.data, quarter), now)
    });
    let values = values.collect();
    actor::insert_many(tx, values).await?;
    came_in(tx, permit, (import, "actor"), rows, now).await
}

/// Stores premises that a file brings in; their quarters follow from their positions.
///
/// # Errors
/// `Conflict` when an id is taken.
pub async fn insert_premises(
    tx: &mut Tx,
    permit: &Permit,
    import: ImportId,
    rows: &[Incoming<PremisesId, NewPremises>],
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "import", "create")?;
    let premises: Vec<_> = rows.iter().map(|row| (row.id, &row.data)).collect();
    premises::insert_many(tx, project, &premises, now).await?;
    came_in(tx, permit, (import, "premises"), rows, now).await
}

/// Stores ways to reach actors that came with a file; nobody but coordinators sees them until somebody agrees.
///
/// # Errors
/// [`StoreError::MissingReference`] when an actor is not of the project.
pub async fn insert_channels(
    tx: &mut Tx,
    permit: &Permit,
    channels: &[ContactChannel],
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "import", "create")?;
    contact_channel::insert_many(tx, project, channels, now).await
}

/// Stores needs or offers that a file brings in; they are open at once.
///
/// # Errors
/// [`StoreError::MissingReference`] when an actor is not of the project.
pub async fn insert_postings<T: Kept>(
    tx: &mut Tx,
    permit: &Permit,
    import: ImportId,
    rows: &[Incoming<T::Id, T>],
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "import", "create")?;
    let all: Vec<(T::Id, &T)> = rows.iter().map(|row| (row.id, &row.data)).collect();
    posting::insert_many(tx, project, &all, (T::OPEN, now)).await?;
    came_in(tx, permit, (import, T::NOUN), rows, now).await
}

/// Stores ideas that a file brings in.
///
/// # Errors
/// [`StoreError::MissingReference`] when an actor is not of the project.
pub async fn insert_ideas(
    tx: &mut Tx,
    permit: &Permit,
    import: ImportId,
    rows: &[Incoming<IdeaId, NewIdea>],
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "import", "create")?;
    let ideas: Vec<_> = rows.iter().map(|row| (row.id, &row.data)).collect();
    idea::insert_many(tx, project, &ideas, now).await?;
    came_in(tx, permit, (import, "idea"), rows, now).await
}

/// Notes what an import did to rows; what it did before to the same row in the same run keeps its `earlier`.
///
/// # Errors
/// When the database fails.
pub async fn note(
    tx: &mut Tx,
    permit: &Permit,
    import: ImportId,
    changes: &[ImportChange],
) -> Result<(), StoreError> {
    let project = project_of(permit)?;
    // One statement may touch a row once on PostgreSQL: the first word about a row has what was there before.
    let mut by_row: BTreeMap<(&str, &str), &ImportChange> = BTreeMap::new();
    for change in changes {
        by_row.entry((&change.noun, &change.row_id)).or_insert(change);
    }
    let rows = by_row.into_values().map(|change| {
        vec![
            text(&project),
            text(&import),
            text(&change.noun),
            text(&change.row_id),
            text(&change.change),
            int(change.version),
            opt_text(change.earlier.as_ref()),
            opt_text(change.source_key.as_ref()),
            opt_text(change.said_before.as_ref()),
        ]
    });
    let rows = rows.collect();
    tx.bulk(&NOTE, rows).await
}

/// The project of a permit to import or to take an import back.
pub(crate) fn project_of(permit: &Permit) -> Result<ProjectId, StoreError> {
    demand_any(permit, "import", &["create", "revert"])?;
    demand(permit, "import", permit.action())
}

/// What every row that came in leaves behind: where it came from, that this import made it, and a word in the log.
async fn came_in<Id: Display, T>(
    tx: &mut Tx,
    permit: &Permit,
    (import, noun): (ImportId, &'static str),
    rows: &[Incoming<Id, T>],
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "import", "create")?;
    let (mut changes, mut origins) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for row in rows {
        let row_id = row.id.to_string();
        tx.note_change(project, noun, &row_id, (Change::Created, now));
        let (source_key, imported) = (row.source_key.clone(), row.imported.clone());
        origins.push(Provenance { source_key, row_id: row_id.clone(), imported });
        let (noun, change) = (noun.to_owned(), "created".to_owned());
        let (earlier, source_key, said_before) = (None, None, None);
        changes.push(ImportChange { noun, row_id, change, version: 1, earlier, source_key, said_before });
    }
    note(tx, permit, import, &changes).await?;
    provenance::put(tx, permit, noun, &origins).await
}

pub(crate) fn run(row: &Row) -> Result<ImportRun, StoreError> {
    Ok(ImportRun {
        id: row.parse("id")?,
        kind: row.text("kind")?,
        files: row.list("files")?,
        at: row.instant("at")?,
        by_user: row.opt_parse("by_user")?,
        state: row.text("state")?,
        counts: row.text("counts")?,
        reverted_at: row.opt_instant("reverted_at")?,
    })
}
