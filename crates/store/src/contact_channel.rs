//! Ways to reach an actor, and who may see them.

use crate::conn::{Change, Conn, Tx, demand};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{Value, at, int, opt_text, text};
use kiez_domain::contact_channel::ContactChannel;
use kiez_domain::id::{ActorId, ContactChannelId, ProjectId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;

statements! {
    table "contact_channel";
    INSERT = "insert into contact_channel (project_id, id, actor_id, person_id, medium, value, visibility, version, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    LIST_BY_ACTOR = "select id, actor_id, person_id, medium, value, visibility from contact_channel
where project_id = $1 and actor_id = $2 order by id";
    FIND = "select id, actor_id, person_id, medium, value, visibility from contact_channel where project_id = $1 and id = $2";
    CONFIRM = "update contact_channel set confirmed_at = $4, version = version + 1, updated_at = $4
where project_id = $1 and id = $2 and actor_id = $3 and confirmed_at is null";
    CONFIRMED = "select confirmed_at from contact_channel where project_id = $1 and id = $2";
}

/// Stores a way to reach an actor.
///
/// # Errors
/// [`StoreError::MissingReference`] when actor or person are not of the project.
pub async fn create(
    tx: &mut Tx,
    permit: &Permit,
    new: &ContactChannel,
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "contact_channel", "create")?;
    tx.run(&INSERT, values(project, new, now)).await?;
    tx.record(permit, "contact_channel", &new.id, (Change::Created, now));
    Ok(())
}

/// Notes that an address was shown to be the own one; tells whether that is new.
///
/// # Errors
/// When the database fails.
pub async fn confirm(
    tx: &mut Tx,
    permit: &Permit,
    (actor, id): (ActorId, ContactChannelId),
    now: Instant,
) -> Result<bool, StoreError> {
    let project = demand(permit, "contact_channel", "confirm")?;
    let values = vec![text(&project), text(&id), text(&actor), at(now)];
    let is_new = tx.run(&CONFIRM, values).await? > 0;
    if is_new {
        tx.record(permit, "contact_channel", &id, (Change::Updated, now));
    }
    Ok(is_new)
}

/// When an address was shown to be the own one.
///
/// # Errors
/// When the database fails.
pub async fn confirmed_at(
    conn: &mut Conn,
    project: ProjectId,
    id: ContactChannelId,
) -> Result<Option<Instant>, StoreError> {
    match conn.first(&CONFIRMED, vec![text(&project), text(&id)]).await? {
        Some(row) => row.opt_instant("confirmed_at"),
        None => Ok(None),
    }
}

/// Inserts many at once without a word in the change log: they came with their actors.
pub(crate) async fn insert_many(
    tx: &mut Tx,
    project: ProjectId,
    channels: &[ContactChannel],
    now: Instant,
) -> Result<(), StoreError> {
    tx.bulk(&INSERT, channels.iter().map(|channel| values(project, channel, now)).collect()).await
}

/// The ways to reach an actor, in the order in which they were noted.
///
/// # Errors
/// When the database fails.
pub async fn list_by_actor(
    conn: &mut Conn,
    project: ProjectId,
    actor: ActorId,
) -> Result<Vec<ContactChannel>, StoreError> {
    conn.all(&LIST_BY_ACTOR, vec![text(&project), text(&actor)]).await?.iter().map(channel).collect()
}

/// The way to reach somebody with this id.
///
/// # Errors
/// When the database fails.
pub async fn find(
    conn: &mut Conn,
    project: ProjectId,
    id: ContactChannelId,
) -> Result<Option<ContactChannel>, StoreError> {
    conn.first(&FIND, vec![text(&project), text(&id)]).await?.map(|row| channel(&row)).transpose()
}

fn values(project: ProjectId, new: &ContactChannel, now: Instant) -> Vec<Value> {
    vec![
        text(&project),
        text(&new.id),
        text(&new.actor),
        opt_text(new.person.as_ref()),
        text(&new.medium),
        text(&new.value),
        text(&new.visibility),
        int(1),
        at(now),
        at(now),
    ]
}

pub(crate) fn channel(row: &Row) -> Result<ContactChannel, StoreError> {
    Ok(ContactChannel {
        id: row.parse("id")?,
        actor: row.parse("actor_id")?,
        person: row.opt_parse("person_id")?,
        medium: row.parse("medium")?,
        value: row.parse("value")?,
        visibility: row.parse("visibility")?,
    })
}
