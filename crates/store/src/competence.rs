//! Competences: what an actor can, confirmed, whether it offers it now or not.

use crate::conn::{Change, Conn, Tx, demand};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, opt_text, text};
use kiez_domain::competence::Competence;
use kiez_domain::id::{ActorId, ProjectId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;

statements! {
    table "competence";
    CREATE = "insert into competence (project_id, id, actor_id, kind, words, created_at) values ($1, $2, $3, $4, $5, $6)";
    LIST_BY_ACTOR = "select id, actor_id, kind, words from competence where project_id = $1 and actor_id = $2 order by kind";
}

/// Stores a confirmed competence.
///
/// # Errors
/// `Conflict { constraint: "competence_project_id_actor_id_kind_key" }` when the actor has it already.
pub async fn create(tx: &mut Tx, permit: &Permit, new: &Competence, now: Instant) -> Result<(), StoreError> {
    let project = demand(permit, "competence", "create")?;
    let values = vec![
        text(&project),
        text(&new.id),
        text(&new.actor),
        text(&new.kind),
        opt_text(new.words.as_ref()),
        at(now),
    ];
    tx.run(&CREATE, values).await?;
    tx.record(permit, "competence", &new.id, (Change::Created, now));
    // Suggestions are made from the actor with its competences: whoever follows the log looks at the actor again.
    tx.note_change(project, "actor", &new.actor, (Change::Updated, now));
    Ok(())
}

/// What an actor can, by kind.
///
/// # Errors
/// When the database fails.
pub async fn list_by_actor(
    conn: &mut Conn,
    project: ProjectId,
    actor: ActorId,
) -> Result<Vec<Competence>, StoreError> {
    conn.all(&LIST_BY_ACTOR, vec![text(&project), text(&actor)]).await?.iter().map(competence).collect()
}

pub(crate) fn competence(row: &Row) -> Result<Competence, StoreError> {
    Ok(Competence {
        id: row.parse("id")?,
        actor: row.parse("actor_id")?,
        kind: row.parse("kind")?,
        words: row.opt_parse("words")?,
    })
}
