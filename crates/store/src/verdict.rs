//! Verdicts: what coordinators decided about suggestions before anybody was asked.

use crate::conn::{Change, Conn, Tx, demand};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, opt_text, text};
use kiez_domain::id::{ActorId, NeedId, OfferId, ProjectId, VerdictId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use kiez_domain::verdict::{Giver, NewVerdict, Verdict};

statements! {
    table "verdict";
    CREATE = "insert into verdict (project_id, id, need_id, offer_id, actor_id, decision, until, reason, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    REMOVE = "delete from verdict where project_id = $1 and need_id = $2
and (offer_id = cast($3 as text) or actor_id = cast($4 as text)) returning id";
    LIST_BY_NEED = "select id, need_id, offer_id, actor_id, decision, until, reason, created_at from verdict
where project_id = $1 and need_id = $2 order by id";
    LIST = "select id, need_id, offer_id, actor_id, decision, until, reason, created_at from verdict
where project_id = $1 order by id";
}

/// Stores a decision in the place of an earlier one about the same pair.
///
/// # Errors
/// [`StoreError::MissingReference`] when need or giver are not of the project.
pub async fn create(
    tx: &mut Tx,
    permit: &Permit,
    (id, need): (VerdictId, NeedId),
    new: &NewVerdict,
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "verdict", "create")?;
    let (offer, actor) = columns(new.giver());
    let pair = vec![text(&project), text(&need), opt_text(offer.as_ref()), opt_text(actor.as_ref())];
    let earlier = tx.first(&REMOVE, pair).await?;
    let values = vec![
        text(&project),
        text(&id),
        text(&need),
        opt_text(offer.as_ref()),
        opt_text(actor.as_ref()),
        text(&new.decision()),
        opt_text(new.until().as_ref()),
        opt_text(new.reason()),
        at(now),
    ];
    tx.run(&CREATE, values).await?;
    if let Some(earlier) = earlier {
        tx.record(permit, "verdict", &earlier.text("id")?, (Change::Removed, now));
    }
    tx.record(permit, "verdict", &id, (Change::Created, now));
    Ok(())
}

/// Takes back what was decided about a pair.
///
/// # Errors
/// [`StoreError::NotFound`] when nothing was decided about it.
pub async fn remove(
    tx: &mut Tx,
    permit: &Permit,
    (need, giver): (NeedId, Giver),
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "verdict", "remove")?;
    let (offer, actor) = columns(giver);
    let pair = vec![text(&project), text(&need), opt_text(offer.as_ref()), opt_text(actor.as_ref())];
    let removed = tx.first(&REMOVE, pair).await?.ok_or(StoreError::NotFound)?;
    tx.record(permit, "verdict", &removed.text("id")?, (Change::Removed, now));
    Ok(())
}

/// What was decided about those who could meet a need, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list_by_need(
    conn: &mut Conn,
    project: ProjectId,
    need: NeedId,
) -> Result<Vec<Verdict>, StoreError> {
    conn.all(&LIST_BY_NEED, vec![text(&project), text(&need)]).await?.iter().map(verdict).collect()
}

/// All that was decided in a project, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list(conn: &mut Conn, project: ProjectId) -> Result<Vec<Verdict>, StoreError> {
    conn.all(&LIST, vec![text(&project)]).await?.iter().map(verdict).collect()
}

fn columns(giver: Giver) -> (Option<OfferId>, Option<ActorId>) {
    match giver {
        Giver::Offer(id) => (Some(id), None),
        Giver::Actor(id) => (None, Some(id)),
    }
}

fn verdict(row: &Row) -> Result<Verdict, StoreError> {
    let giver = match row.opt_parse("offer_id")? {
        Some(offer) => Giver::Offer(offer),
        None => Giver::Actor(row.parse("actor_id")?),
    };
    let until = row.opt_parse("until")?;
    // It was told from the future when it was stored, so it is read as of the day before its own.
    let pair = (giver, row.parse("decision")?);
    let data = NewVerdict::new(pair, until, row.opt_parse("reason")?, jiff::civil::Date::MIN);
    let data = data.map_err(|_| row.corrupt("until"))?;
    Ok(Verdict { id: row.parse("id")?, need: row.parse("need_id")?, data })
}
