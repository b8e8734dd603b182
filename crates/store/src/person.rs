//! Contact persons: humans with a function at an actor.

use crate::conn::{Change, Conn, Tx, demand};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, opt_text, text};
use jiff::civil::Date;
use kiez_domain::id::{ActorId, PersonId, ProjectId};
use kiez_domain::instant::Instant;
use kiez_domain::person::Person;
use kiez_domain::policy::Permit;
use std::collections::BTreeMap;

statements! {
    table "person";
    CREATE = "insert into person (project_id, id, actor_id, name, function, version, created_at, updated_at)
values ($1, $2, $3, $4, $5, 1, $6, $6)";
    FIND = "select id, actor_id, name, function from person where project_id = $1 and id = $2";
    LEAVE = "update person set left_on = $3, version = version + 1, updated_at = $4 where project_id = $1 and id = $2";
    LEFT_ON = "select id, left_on from person where project_id = $1 and actor_id = $2 and left_on is not null order by id";
    LIST_BY_ACTOR = "select id, actor_id, name, function from person where project_id = $1 and actor_id = $2 order by id";
}

/// Stores a contact person; who may note ways to reach an actor may note whom they reach.
///
/// # Errors
/// [`StoreError::MissingReference`] when the actor is not of the project.
pub async fn create(tx: &mut Tx, permit: &Permit, new: &Person, now: Instant) -> Result<(), StoreError> {
    let project = demand(permit, "contact_channel", "create")?;
    let values = vec![
        text(&project),
        text(&new.id),
        text(&new.actor),
        text(&new.name),
        opt_text(new.function.as_ref()),
        at(now),
    ];
    tx.run(&CREATE, values).await?;
    tx.record(permit, "person", &new.id, (Change::Created, now));
    Ok(())
}

/// The contact person with this id.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut Conn, project: ProjectId, id: PersonId) -> Result<Option<Person>, StoreError> {
    conn.first(&FIND, vec![text(&project), text(&id)]).await?.map(|row| person(&row)).transpose()
}

/// Notes the day on which a contact person has left the actor, or that this is not so.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn leave(
    tx: &mut Tx,
    permit: &Permit,
    (id, left_on): (PersonId, Option<Date>),
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "contact_channel", "update")?;
    let values = vec![text(&project), text(&id), opt_text(left_on.as_ref()), at(now)];
    if tx.run(&LEAVE, values).await? == 0 {
        return Err(StoreError::NotFound);
    }
    tx.record(permit, "person", &id, (Change::Updated, now));
    Ok(())
}

/// Which contact persons of an actor have left, and since when.
///
/// # Errors
/// When the database fails.
pub async fn left(
    conn: &mut Conn,
    project: ProjectId,
    actor: ActorId,
) -> Result<BTreeMap<PersonId, Date>, StoreError> {
    let rows = conn.all(&LEFT_ON, vec![text(&project), text(&actor)]).await?;
    rows.iter().map(|row| Ok((row.parse("id")?, row.parse("left_on")?))).collect()
}

/// The contact persons of an actor, in the order in which they were noted.
///
/// # Errors
/// When the database fails.
pub async fn list_by_actor(
    conn: &mut Conn,
    project: ProjectId,
    actor: ActorId,
) -> Result<Vec<Person>, StoreError> {
    conn.all(&LIST_BY_ACTOR, vec![text(&project), text(&actor)]).await?.iter().map(person).collect()
}

pub(crate) fn person(row: &Row) -> Result<Person, StoreError> {
    Ok(Person {
        id: row.parse("id")?,
        actor: row.parse("actor_id")?,
        name: row.parse("name")?,
        function: row.opt_parse("function")?,
    })
}
