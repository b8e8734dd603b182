//! Whose data is kept and not worked with.

use crate::conn::{Change, Conn, Tx, demand, demand_any};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, opt_text, text};
use jiff::civil::Date;
use kiez_domain::id::{ActorId, ProjectId, RestrictionId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use kiez_domain::restriction::{NewRestriction, Restricted, RestrictionState};
use kiez_domain::text::Line;

/// Behind the columns of an actor `a`: nobody who is restricted.
macro_rules! free_to_use {
    () => {
        " and not exists (select 1 from restriction r where r.project_id = a.project_id and r.actor_id = a.id and r.person_id is null and r.state = 'restricted')"
    };
}
pub(crate) use free_to_use;

statements! {
    table "restriction";
    CREATE = "insert into restriction (project_id, id, actor_id, person_id, state, reason, until, version, created_at, updated_at)
values ($1, $2, $3, $4, 'restricted', $5, $6, 1, $7, $7)";
    LIST = "select id, actor_id, person_id, state, reason, until, created_at from restriction
where project_id = $1 and actor_id = $2 and state = 'restricted' order by id";
    LIST_OVER = "select id, project_id, actor_id, person_id, state, reason, until, created_at from restriction
where project_id = $1 and state = 'restricted' and until is not null and until <= $2 order by id";
    LIFT = "update restriction set state = 'lifted', version = version + 1, updated_at = $3
where project_id = $1 and id = $2 and state = 'restricted' returning actor_id";
    // The actor itself changes for everybody who follows the log: index, map, public pages.
    NEEDS_OF = "select id from need where project_id = $1 and actor_id = $2 and state = 'open' order by id";
    OFFERS_OF = "select id from offer where project_id = $1 and actor_id = $2 and state = 'open' order by id";
    TOUCH = "update actor set version = version + 1, updated_at = $3 where project_id = $1 and id = $2";
}

/// A restriction that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restriction {
    /// Its id.
    pub id: RestrictionId,
    /// Whose data.
    pub of: Restricted,
    /// Where it stands.
    pub state: RestrictionState,
    /// Why.
    pub reason: Line,
    /// The day on which it ends.
    pub until: Option<Date>,
    /// Since when.
    pub since: Instant,
}

/// Stores that somebody's data is kept and not worked with.
///
/// # Errors
/// [`StoreError::MissingReference`] when actor or person are not of the project.
pub async fn create(
    tx: &mut Tx,
    permit: &Permit,
    (id, of): (RestrictionId, Restricted),
    new: &NewRestriction,
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "restriction", "create")?;
    let values = vec![
        text(&project),
        text(&id),
        text(&of.actor),
        opt_text(of.person.as_ref()),
        text(new.reason()),
        opt_text(new.until().as_ref()),
        at(now),
    ];
    tx.run(&CREATE, values).await?;
    tx.record(permit, "restriction", &id, (Change::Created, now));
    touch(tx, project, of.actor, now).await
}

/// What holds for an actor and its people.
///
/// # Errors
/// When the database fails.
pub async fn list(
    conn: &mut Conn,
    project: ProjectId,
    actor: ActorId,
) -> Result<Vec<Restriction>, StoreError> {
    conn.all(&LIST, vec![text(&project), text(&actor)]).await?.iter().map(restriction).collect()
}

/// What was to last until a day that has come.
///
/// # Errors
/// When the database fails.
pub async fn list_over(
    conn: &mut Conn,
    project: ProjectId,
    today: Date,
) -> Result<Vec<Restriction>, StoreError> {
    conn.all(&LIST_OVER, vec![text(&project), text(&today)]).await?.iter().map(restriction).collect()
}

/// Lets the data be worked with again.
///
/// # Errors
/// [`StoreError::NotFound`] when nothing is restricted.
pub async fn lift(tx: &mut Tx, permit: &Permit, id: RestrictionId, now: Instant) -> Result<(), StoreError> {
    demand_any(permit, "restriction", &["lift"])?;
    let project = permit.project().ok_or(StoreError::NotFound)?;
    let lifted = tx.first(&LIFT, vec![text(&project), text(&id), at(now)]).await?;
    let actor: ActorId = lifted.ok_or(StoreError::NotFound)?.parse("actor_id")?;
    tx.record(permit, "restriction", &id, (Change::Updated, now));
    touch(tx, project, actor, now).await
}

async fn touch(tx: &mut Tx, project: ProjectId, actor: ActorId, now: Instant) -> Result<(), StoreError> {
    tx.run(&TOUCH, vec![text(&project), text(&actor), at(now)]).await?;
    tx.note_change(project, "actor", &actor, (Change::Updated, now));
    for (noun, statement) in [("need", &NEEDS_OF), ("offer", &OFFERS_OF)] {
        for row in tx.all(statement, vec![text(&project), text(&actor)]).await? {
            tx.note_change(project, noun, &row.text("id")?, (Change::Updated, now));
        }
    }
    Ok(())
}

pub(crate) fn restriction(row: &Row) -> Result<Restriction, StoreError> {
    Ok(Restriction {
        id: row.parse("id")?,
        of: Restricted { actor: row.parse("actor_id")?, person: row.opt_parse("person_id")? },
        state: row.parse("state")?,
        reason: row.parse("reason")?,
        until: row.opt_parse("until")?,
        since: row.instant("created_at")?,
    })
}
