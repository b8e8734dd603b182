//! Needs and offers as they are kept: both are a card with something of its own, and one way through states.
//!
//! Each noun brings its statements as plain SQL (`need`, `offer`); here stands once what is done with them.

use crate::conn::{Change, Conn, Tx, demand};
use crate::error::StoreError;
use crate::fold::{contains_pattern, fold};
use crate::page::{Listing, Page};
use crate::row::Row;
use crate::statement::Statement;
use crate::value::{Value, at, bool, int, json_list, opt_real, opt_text, text};
use kiez_domain::card::Card;
use kiez_domain::id::{ActorId, ProjectId};
use kiez_domain::instant::Instant;
use kiez_domain::kind::KindId;
use kiez_domain::policy::{Facts, Permit};
use kiez_domain::position::Position;
use kiez_domain::posting::{Posted, Posting};

/// A noun that has a table here: a need or an offer.
pub trait Kept: Posting {
    /// Its statements, and how its own columns are written and read.
    const TABLE: Table<Self>;
}

/// The statements of one noun. Values are bound in one order for all: project, id, then the card's columns,
/// then the noun's own.
#[derive(Debug)]
pub struct Table<T> {
    pub(crate) insert: &'static Statement,
    pub(crate) find: &'static Statement,
    pub(crate) facts: &'static Statement,
    pub(crate) list: &'static Statement,
    pub(crate) known: &'static Statement,
    pub(crate) count: &'static Statement,
    pub(crate) update: &'static Statement,
    pub(crate) transition: &'static Statement,
    pub(crate) publish: &'static Statement,
    pub(crate) clear_kinds: &'static Statement,
    pub(crate) add_kind: &'static Statement,
    /// The values of the noun's own columns.
    pub(crate) own_values: fn(&T) -> Vec<Value>,
    /// What was put up, from its card and the noun's own columns.
    pub(crate) read: fn(&Row, Card) -> Result<T, StoreError>,
}

/// What a list is narrowed to; nothing: all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter<T: Posting> {
    /// Part of the text; case and marks do not matter.
    pub text: Option<String>,
    /// Where it stands.
    pub state: Option<T::State>,
    /// Whose it is.
    pub actor: Option<ActorId>,
    /// A kind set by hand.
    pub kind: Option<KindId>,
}

impl<T: Posting> Default for Filter<T> {
    fn default() -> Self {
        Self { text: None, state: None, actor: None, kind: None }
    }
}

/// Stores a new one in its first state.
///
/// # Errors
/// [`StoreError::MissingReference`] when the actor is not of the project.
pub async fn create<T: Kept>(
    tx: &mut Tx,
    permit: &Permit,
    id: T::Id,
    (new, state): (&T, T::State),
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, T::NOUN, "create")?;
    insert_many(tx, project, &[(id, new)], (state, now)).await?;
    tx.record(permit, T::NOUN, &id, (Change::Created, now));
    Ok(())
}

/// Inserts many at once without a word in the change log: its caller sees to that.
pub(crate) async fn insert_many<T: Kept>(
    tx: &mut Tx,
    project: ProjectId,
    all: &[(T::Id, &T)],
    (state, now): (T::State, Instant),
) -> Result<(), StoreError> {
    let rows = all.iter().map(|(id, new)| {
        let mut values = vec![text(&project), text(id)];
        values.extend(data_values(*new));
        values.extend([text(&state), bool(false), int(1), at(now), at(now)]);
        values
    });
    let rows = rows.collect();
    tx.bulk(T::TABLE.insert, rows).await?;
    let kinds = all.iter().flat_map(|(id, new)| kind_rows::<T>(project, *id, &new.card().kinds)).collect();
    tx.bulk(T::TABLE.add_kind, kinds).await
}

/// The one with this id.
///
/// # Errors
/// When the database fails.
pub async fn find<T: Kept>(
    conn: &mut Conn,
    project: ProjectId,
    id: T::Id,
) -> Result<Option<Posted<T>>, StoreError> {
    conn.first(T::TABLE.find, vec![text(&project), text(&id)]).await?.map(|row| posted(&row)).transpose()
}

/// What the policy needs to know about it.
///
/// # Errors
/// When the database fails.
pub async fn facts<T: Kept>(
    conn: &mut Conn,
    project: ProjectId,
    id: T::Id,
) -> Result<Option<Facts>, StoreError> {
    let row = conn.first(T::TABLE.facts, vec![text(&project), text(&id)]).await?;
    row.map(|row| Ok(Facts::of_object(project, row.opt_parse("actor_id")?, row.bool("published")?)))
        .transpose()
}

/// One part of the list, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list<T: Kept>(
    conn: &mut Conn,
    project: ProjectId,
    filter: &Filter<T>,
    page: &Page,
) -> Result<Listing<Posted<T>>, StoreError> {
    let total = conn.number(T::TABLE.count, filter_values(project, filter)).await?;
    let mut values = filter_values(project, filter);
    values.extend([int(page.limit()), int(page.skip())]);
    let rows = conn.all(T::TABLE.list, values).await?;
    Ok(Listing::new(rows.iter().map(posted).collect::<Result<_, _>>()?, total.unsigned_abs(), *page))
}

/// All of the project in one go, to compare with a file.
pub(crate) async fn known<T: Kept>(
    conn: &mut Conn,
    project: ProjectId,
) -> Result<Vec<Posted<T>>, StoreError> {
    conn.all(T::TABLE.known, vec![text(&project)]).await?.iter().map(posted).collect()
}

/// Saves what is lacking or given, its kinds too; gives the new version.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else saved first.
pub async fn update<T: Kept>(
    tx: &mut Tx,
    permit: &Permit,
    id: T::Id,
    version: i64,
    (new, now): (&T, Instant),
) -> Result<i64, StoreError> {
    let project = demand(permit, T::NOUN, "update")?;
    let version = update_row(tx, project, (id, version), new, now).await?;
    tx.record(permit, T::NOUN, &id, (Change::Updated, now));
    Ok(version)
}

/// Saves a row with its kinds, without a word in the change log: its caller sees to that.
pub(crate) async fn update_row<T: Kept>(
    tx: &mut Tx,
    project: ProjectId,
    (id, version): (T::Id, i64),
    new: &T,
    now: Instant,
) -> Result<i64, StoreError> {
    let mut values = vec![text(&project), text(&id), int(version)];
    values.extend(data_values(new));
    values.push(at(now));
    let version = save::<T>(tx, T::TABLE.update, (project, id), values).await?;
    put_kinds::<T>(tx, project, id, &new.card().kinds).await?;
    Ok(version)
}

/// Moves it along its lifecycle; whether the step exists is asked of the lifecycle before. Gives the new version.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else saved first.
pub async fn transition<T: Kept>(
    tx: &mut Tx,
    permit: &Permit,
    id: T::Id,
    version: i64,
    (state, now): (T::State, Instant),
) -> Result<i64, StoreError> {
    let project = demand(permit, T::NOUN, "update")?;
    let values = vec![text(&project), text(&id), int(version), text(&state), at(now)];
    let version = save::<T>(tx, T::TABLE.transition, (project, id), values).await?;
    tx.record(permit, T::NOUN, &id, (Change::Updated, now));
    Ok(version)
}

/// Publishes it or takes it back; gives the new version.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else saved first.
pub async fn set_published<T: Kept>(
    tx: &mut Tx,
    permit: &Permit,
    id: T::Id,
    version: i64,
    (published, now): (bool, Instant),
) -> Result<i64, StoreError> {
    let project = demand(permit, T::NOUN, "update")?;
    let values = vec![text(&project), text(&id), int(version), bool(published), at(now)];
    let version = save::<T>(tx, T::TABLE.publish, (project, id), values).await?;
    tx.record(permit, T::NOUN, &id, (Change::Updated, now));
    Ok(version)
}

/// Sets its kinds by hand, instead of those before.
///
/// # Errors
/// [`StoreError::MissingReference`] when there is nothing with this id.
pub async fn set_kinds<T: Kept>(
    tx: &mut Tx,
    permit: &Permit,
    id: T::Id,
    kinds: &[KindId],
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, T::NOUN, "update")?;
    put_kinds::<T>(tx, project, id, kinds).await?;
    tx.record(permit, T::NOUN, &id, (Change::Updated, now));
    Ok(())
}

async fn put_kinds<T: Kept>(
    tx: &mut Tx,
    project: ProjectId,
    id: T::Id,
    kinds: &[KindId],
) -> Result<(), StoreError> {
    tx.run(T::TABLE.clear_kinds, vec![text(&project), text(&id)]).await?;
    tx.bulk(T::TABLE.add_kind, kind_rows::<T>(project, id, kinds).collect()).await
}

/// One as it is stored, from a row with its columns.
pub(crate) fn posted<T: Kept>(row: &Row) -> Result<Posted<T>, StoreError> {
    Ok(Posted {
        id: row.parse("id")?,
        data: data(row)?,
        state: row.parse("state")?,
        published: row.bool("published")?,
        version: row.int("version")?,
    })
}

/// What was put up, from a row with its columns.
pub(crate) fn data<T: Kept>(row: &Row) -> Result<T, StoreError> {
    (T::TABLE.read)(row, card(row)?)
}

fn card(row: &Row) -> Result<Card, StoreError> {
    Ok(Card {
        actor: row.opt_parse("actor_id")?,
        said_by: row.opt_parse("said_by")?,
        text: row.parse("text")?,
        language: row.parse("language")?,
        kinds: row.joined("kinds")?,
        times: row.opt_parse("times")?,
        languages: row.list("languages")?,
        position: row.position("lat", "lon")?,
    })
}

fn data_values<T: Kept>(new: &T) -> Vec<Value> {
    let card = new.card();
    let mut values = vec![
        opt_text(card.actor.as_ref()),
        opt_text(card.said_by.as_ref()),
        text(&card.text),
        text(&fold(card.text.as_str())),
        text(&card.language),
        opt_text(card.times.as_ref()),
        json_list(&card.languages),
        opt_real(card.position.map(Position::lat)),
        opt_real(card.position.map(Position::lon)),
    ];
    values.extend((T::TABLE.own_values)(new));
    values
}

fn kind_rows<T: Kept>(project: ProjectId, id: T::Id, kinds: &[KindId]) -> impl Iterator<Item = Vec<Value>> {
    kinds.iter().map(move |kind| vec![text(&project), text(&id), text(kind)])
}

fn filter_values<T: Posting>(project: ProjectId, filter: &Filter<T>) -> Vec<Value> {
    let words = filter.text.as_deref().map(str::trim).filter(|words| !words.is_empty());
    vec![
        text(&project),
        opt_text(words.map(contains_pattern).as_ref()),
        opt_text(filter.state.as_ref()),
        opt_text(filter.actor.as_ref()),
        opt_text(filter.kind.as_ref()),
    ]
}

/// Runs a conditional update: the version it gives, or why it touched nothing.
async fn save<T: Kept>(
    tx: &mut Tx,
    statement: &'static Statement,
    (project, id): (ProjectId, T::Id),
    values: Vec<Value>,
) -> Result<i64, StoreError> {
    match tx.first(statement, values).await? {
        Some(row) => row.int("version"),
        None if facts::<T>(tx, project, id).await?.is_some() => Err(StoreError::Stale),
        None => Err(StoreError::NotFound),
    }
}
