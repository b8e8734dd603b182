//! What is to be taken out of print: every word that was taken back about paper, until somebody says since which
//! edition it is out.

use crate::conn::{Change, Conn, Tx, demand};
use crate::consent::event;
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, opt_text, text};
use kiez_domain::consent::Consent;
use kiez_domain::id::{ConsentId, ProjectId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use kiez_domain::text::Line;

statements! {
    table "print_removal";
    TAKEN_BACK = "select c.id, c.actor_id, c.person_id, c.purpose, c.act, c.channel, c.said_by, c.said_on, c.language,
c.text_version, c.note, c.recorded_by, c.recorded_at, a.name as actor_name, p.name as person_name, r.edition, r.removed_at
from consent c join actor a on a.project_id = c.project_id and a.id = c.actor_id
left join person p on p.project_id = c.project_id and p.id = c.person_id
left join print_removal r on r.project_id = c.project_id and r.consent_id = c.id
where c.project_id = $1 and c.act = 'withdrawn' and c.purpose in ('print', 'press', 'photo')
order by c.said_on desc, c.id desc";
    FIND = "select id as n_id from consent where project_id = $1 and id = $2 and act = 'withdrawn'
and purpose in ('print', 'press', 'photo')";
    SETTLE = "insert into print_removal (project_id, consent_id, edition, removed_by, removed_at) values ($1, $2, $3, $4, $5)
on conflict (project_id, consent_id) do nothing";
}

/// A word about paper that was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// The event.
    pub event: Consent,
    /// The name of the actor.
    pub actor_name: String,
    /// The name of the human, when it is about one alone.
    pub person_name: Option<String>,
    /// Since which edition it is out, and when somebody said so.
    pub removed: Option<(Line, Instant)>,
}

/// Everything about paper that was taken back, the latest first; also what is out already.
///
/// # Errors
/// When the database fails.
pub async fn list(conn: &mut Conn, project: ProjectId) -> Result<Vec<TakenBack>, StoreError> {
    conn.all(&TAKEN_BACK, vec![text(&project)]).await?.iter().map(taken_back).collect()
}

/// Notes since which edition it is out; a second time changes nothing.
///
/// # Errors
/// [`StoreError::NotFound`] for what is no word about paper that was taken back.
pub async fn settle(
    tx: &mut Tx,
    permit: &Permit,
    event: ConsentId,
    (edition, now): (&Line, Instant),
) -> Result<(), StoreError> {
    let project = demand(permit, "print_removal", "settle")?;
    tx.first(&FIND, vec![text(&project), text(&event)]).await?.ok_or(StoreError::NotFound)?;
    let by = opt_text(permit.subject().user.as_ref());
    let values = vec![text(&project), text(&event), text(edition), by, at(now)];
    if tx.run(&SETTLE, values).await? > 0 {
        tx.record(permit, "print_removal", &event, (Change::Created, now));
    }
    Ok(())
}

fn taken_back(row: &Row) -> Result<TakenBack, StoreError> {
    let edition: Option<Line> = row.opt_parse("edition")?;
    Ok(TakenBack {
        event: event(row)?,
        actor_name: row.text("actor_name")?,
        person_name: row.opt_text("person_name")?,
        removed: edition.zip(row.opt_instant("removed_at")?),
    })
}
