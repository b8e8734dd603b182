//! Contact persons: humans with a function at an actor.

use crate::conn::{Change, Conn, Tx, demand};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, opt_text, text};
use kiez_domain::id::{ActorId, ProjectId};
use kiez_domain::instant::Instant;
use kiez_domain::person::Person;
use kiez_domain::policy::Permit;

statements! {
    table "person";
    CREATE = "insert into person (project_id, id, actor_id, name, function, version, created_at, updated_at)
values ($1, $2, $3, $4, $5, 1, $6, $6)";
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
