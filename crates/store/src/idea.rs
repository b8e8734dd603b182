//! Ideas: thoughts before they are a need or an offer.

use crate::conn::{Change, Conn, Tx, demand};
use crate::error::StoreError;
use crate::page::{Listing, Page};
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, int, opt_text, text};
use kiez_domain::id::{ActorId, IdeaId, ProjectId};
use kiez_domain::idea::{Idea, IdeaState, NewIdea};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;

statements! {
    table "idea";
    INSERT = "insert into idea (project_id, id, actor_id, said_by, text, state, version, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    FIND = "select id, actor_id, said_by, text, state, version from idea where project_id = $1 and id = $2";
    LIST = "select id, actor_id, said_by, text, state, version from idea
where project_id = $1 and (cast($2 as text) is null or actor_id = $2) order by id desc limit $3 offset $4";
    COUNT = "select count(*) as n from idea where project_id = $1 and (cast($2 as text) is null or actor_id = $2)";
    UPDATE = "update idea set actor_id = $4, said_by = $5, text = $6, version = version + 1, updated_at = $7
where project_id = $1 and id = $2 and version = $3 returning version";
    TRANSITION = "update idea set state = $4, version = version + 1, updated_at = $5
where project_id = $1 and id = $2 and version = $3 returning version";
}

/// Stores a new idea.
///
/// # Errors
/// [`StoreError::MissingReference`] when the actor is not of the project.
pub async fn create(
    tx: &mut Tx,
    permit: &Permit,
    id: IdeaId,
    new: &NewIdea,
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "idea", "create")?;
    insert_many(tx, project, &[(id, new)], now).await?;
    tx.record(permit, "idea", &id, (Change::Created, now));
    Ok(())
}

/// Inserts many ideas at once without a word in the change log: its caller sees to that.
pub(crate) async fn insert_many(
    tx: &mut Tx,
    project: ProjectId,
    ideas: &[(IdeaId, &NewIdea)],
    now: Instant,
) -> Result<(), StoreError> {
    let rows = ideas.iter().map(|(id, new)| {
        let state = text(&IdeaState::Noted);
        vec![
            text(&project),
            text(id),
            opt_text(new.actor.as_ref()),
            opt_text(new.said_by.as_ref()),
            text(&new.text),
            state,
            int(1),
            at(now),
            at(now),
        ]
    });
    let rows = rows.collect();
    tx.bulk(&INSERT, rows).await
}

/// The idea with this id.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut Conn, project: ProjectId, id: IdeaId) -> Result<Option<Idea>, StoreError> {
    conn.first(&FIND, vec![text(&project), text(&id)]).await?.map(|row| idea(&row)).transpose()
}

/// One part of the list of ideas, newest first; of one actor when it is named.
///
/// # Errors
/// When the database fails.
pub async fn list(
    conn: &mut Conn,
    project: ProjectId,
    actor: Option<ActorId>,
    page: &Page,
) -> Result<Listing<Idea>, StoreError> {
    let values = || vec![text(&project), opt_text(actor.as_ref())];
    let total = conn.number(&COUNT, values()).await?;
    let mut values = values();
    values.extend([int(page.limit()), int(page.skip())]);
    let rows = conn.all(&LIST, values).await?;
    Ok(Listing::new(rows.iter().map(idea).collect::<Result<_, _>>()?, total.unsigned_abs(), *page))
}

/// Saves what an idea says; gives the new version.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else saved first.
pub async fn update(
    tx: &mut Tx,
    permit: &Permit,
    id: IdeaId,
    version: i64,
    (new, now): (&NewIdea, Instant),
) -> Result<i64, StoreError> {
    let project = demand(permit, "idea", "update")?;
    let version = update_row(tx, project, (id, version), new, now).await?;
    tx.record(permit, "idea", &id, (Change::Updated, now));
    Ok(version)
}

/// Saves a row without a word in the change log: its caller sees to that.
pub(crate) async fn update_row(
    tx: &mut Tx,
    project: ProjectId,
    (id, version): (IdeaId, i64),
    new: &NewIdea,
    now: Instant,
) -> Result<i64, StoreError> {
    let (actor, said_by) = (opt_text(new.actor.as_ref()), opt_text(new.said_by.as_ref()));
    let values = vec![text(&project), text(&id), int(version), actor, said_by, text(&new.text), at(now)];
    let found = tx.first(&UPDATE, values).await?;
    saved(tx, found, project, id).await
}

/// Moves an idea along its lifecycle; gives the new version.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else saved first.
pub async fn transition(
    tx: &mut Tx,
    permit: &Permit,
    id: IdeaId,
    version: i64,
    (state, now): (IdeaState, Instant),
) -> Result<i64, StoreError> {
    let project = demand(permit, "idea", "update")?;
    let values = vec![text(&project), text(&id), int(version), text(&state), at(now)];
    let found = tx.first(&TRANSITION, values).await?;
    let version = saved(tx, found, project, id).await?;
    tx.record(permit, "idea", &id, (Change::Updated, now));
    Ok(version)
}

/// The version a conditional update gives, or why it touched nothing.
async fn saved(tx: &mut Tx, found: Option<Row>, project: ProjectId, id: IdeaId) -> Result<i64, StoreError> {
    match found {
        Some(row) => row.int("version"),
        None if find(tx, project, id).await?.is_some() => Err(StoreError::Stale),
        None => Err(StoreError::NotFound),
    }
}

pub(crate) fn idea(row: &Row) -> Result<Idea, StoreError> {
    Ok(Idea {
        id: row.parse("id")?,
        data: data(row)?,
        state: row.parse("state")?,
        version: row.int("version")?,
    })
}

/// What an idea says, from a row with its columns.
pub(crate) fn data(row: &Row) -> Result<NewIdea, StoreError> {
    Ok(NewIdea {
        actor: row.opt_parse("actor_id")?,
        said_by: row.opt_parse("said_by")?,
        text: row.parse("text")?,
    })
}
