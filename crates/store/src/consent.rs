//! Consents: events that are added and never changed; what stands follows from all of them.
//!
//! There is no statement that changes or removes a row. A row goes with the actor or the person it is about, and
//! not before. Whether an actor is on the public pages follows in the transaction that adds the event.

use crate::actor;
use crate::conn::{Change, Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, opt_text, text};
use kiez_domain::consent::{self, Consent, Evidence, Purpose};
use kiez_domain::id::{ActorId, PersonId, ProjectId};
use kiez_domain::policy::Permit;

statements! {
    table "consent";
    ADD = "insert into consent (project_id, id, actor_id, person_id, purpose, act, channel, said_by, said_on, language,
text_version, note, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    LIST_BY_ACTOR = "select id, actor_id, person_id, purpose, act, channel, said_by, said_on, language, text_version, note,
recorded_by, recorded_at from consent where project_id = $1 and actor_id = $2 order by recorded_at, id";
    OF_PURPOSE = "select id, actor_id, person_id, purpose, act, channel, said_by, said_on, language, text_version, note,
recorded_by, recorded_at from consent where project_id = $1 and actor_id = $2 and purpose = $3 order by recorded_at, id";
}

/// The actions of the policy that add an event.
const ACTIONS: [&str; 3] = ["record", "give", "withdraw"];

/// Adds an event. One about the public pages that is of the actor itself puts the actor on them or takes it off, with
/// its cards and ways to reach it, in the same transaction.
///
/// # Errors
/// [`StoreError::MissingReference`] when actor or person are not of the project.
pub async fn add(tx: &mut Tx, permit: &Permit, new: &Consent) -> Result<(), StoreError> {
    demand_any(permit, "consent", &ACTIONS)?;
    let project = permit.project().ok_or(StoreError::NotFound)?;
    tx.run(&ADD, values(project, new)).await?;
    tx.record(permit, "consent", &new.id, (Change::Created, new.recorded_at));
    if new.purpose == Purpose::Web && new.person.is_none() {
        let public = stands(tx, project, (new.actor, None), Purpose::Web).await?;
        if actor::follow(tx, project, new.actor, (public, new.recorded_at)).await? {
            tx.record(permit, "actor", &new.actor, (Change::Updated, new.recorded_at));
        }
    }
    Ok(())
}

/// Every event about an actor and its humans, in the order in which they were noted.
///
/// # Errors
/// When the database fails.
pub async fn list_by_actor(
    conn: &mut Conn,
    project: ProjectId,
    actor: ActorId,
) -> Result<Vec<Consent>, StoreError> {
    conn.all(&LIST_BY_ACTOR, vec![text(&project), text(&actor)]).await?.iter().map(event).collect()
}

/// Whether an actor, or a human at it, has agreed to a purpose and not taken that back.
///
/// # Errors
/// When the database fails.
pub async fn stands(
    conn: &mut Conn,
    project: ProjectId,
    (actor, person): (ActorId, Option<PersonId>),
    purpose: Purpose,
) -> Result<bool, StoreError> {
    let rows = conn.all(&OF_PURPOSE, vec![text(&project), text(&actor), text(&purpose)]).await?;
    let events: Result<Vec<Consent>, StoreError> = rows.iter().map(event).collect();
    Ok(consent::stands(&events?, person, purpose))
}

fn values(project: ProjectId, new: &Consent) -> Vec<crate::value::Value> {
    let evidence = &new.evidence;
    vec![
        text(&project),
        text(&new.id),
        text(&new.actor),
        opt_text(new.person.as_ref()),
        text(&new.purpose),
        text(&new.act),
        text(&evidence.channel),
        text(&evidence.said_by),
        text(&evidence.said_on),
        text(&evidence.language),
        opt_text(evidence.text.as_ref()),
        opt_text(evidence.note.as_ref()),
        opt_text(new.recorded_by.as_ref()),
        at(new.recorded_at),
    ]
}

pub(crate) fn event(row: &Row) -> Result<Consent, StoreError> {
    Ok(Consent {
        id: row.parse("id")?,
        actor: row.parse("actor_id")?,
        person: row.opt_parse("person_id")?,
        purpose: row.parse("purpose")?,
        act: row.parse("act")?,
        evidence: Evidence {
            channel: row.parse("channel")?,
            said_by: row.parse("said_by")?,
            said_on: row.parse("said_on")?,
            language: row.parse("language")?,
            text: row.opt_parse("text_version")?,
            note: row.opt_parse("note")?,
        },
        recorded_by: row.opt_parse("recorded_by")?,
        recorded_at: row.instant("recorded_at")?,
    })
}
