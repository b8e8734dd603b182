//! Answers: what businesses said when they were asked, one word a day on one thing.

use crate::conn::{Change, Conn, Tx, demand};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, opt_text, text};
use jiff::civil::Date;
use kiez_domain::answer::{NewAnswer, Said};
use kiez_domain::branch::BranchId;
use kiez_domain::id::{ActorId, AnswerId, ProjectId};
use kiez_domain::instant::Instant;
use kiez_domain::kind::KindId;
use kiez_domain::policy::Permit;

statements! {
    table "answer";
    FIND = "select id, actor_id, kind, said, told_on, again_on from answer
where project_id = $1 and actor_id = $2 and kind = $3 and told_on = $4";
    PUT = "insert into answer (project_id, id, actor_id, kind, said, told_on, again_on, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (project_id, actor_id, kind, told_on) do update set said = excluded.said, again_on = excluded.again_on";
    LIST = "select id, actor_id, kind, said, told_on, again_on from answer
where project_id = $1 order by actor_id, told_on, created_at, id";
    LIST_BY_ACTOR = "select id, actor_id, kind, said, told_on, again_on from answer
where project_id = $1 and actor_id = $2 order by told_on desc, created_at desc, id desc";
    // A confirmed competence and an open offer are answers, too; what was said on a day comes after them.
    HEARD = "select h.actor_id, h.kind, h.said, h.again_on, a.name, a.branch, a.street from (
    select actor_id, kind, 'yes' as said, '' as told_on, cast(null as text) as again_on from competence where project_id = $1
    union all select o.actor_id, k.kind, 'yes', '', cast(null as text) from offer o
        join offer_kind k on k.project_id = o.project_id and k.offer_id = o.id
        where o.project_id = $1 and o.state = 'open' and o.actor_id is not null
    union all select actor_id, kind, said, told_on, again_on from answer
        where project_id = $1 and kind <> '' and said in ('yes', 'no')
) h join actor a on a.project_id = $1 and a.id = h.actor_id
where a.side = 'business' order by h.actor_id, h.kind, h.told_on, h.said";
}

/// An answer as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its id.
    pub id: AnswerId,
    /// Who answered.
    pub actor: ActorId,
    /// What it said.
    pub data: NewAnswer,
}

/// A yes or no about a kind, with what is known of who said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Who said it.
    pub actor: ActorId,
    /// The name on the sign.
    pub name: String,
    /// What it does.
    pub branch: Option<BranchId>,
    /// The street of its seat.
    pub street: Option<String>,
    /// What it was asked for.
    pub kind: KindId,
    /// Whether it said yes.
    pub yes: bool,
    /// "Call again" from this day on.
    pub again: Option<Date>,
}

/// Stores an answer in the place of an earlier one of the same day about the same thing; tells whether anything changed.
///
/// # Errors
/// [`StoreError::MissingReference`] when the actor is not of the project.
pub async fn put(
    tx: &mut Tx,
    permit: &Permit,
    (id, actor): (AnswerId, ActorId),
    new: &NewAnswer,
    now: Instant,
) -> Result<bool, StoreError> {
    let project = demand(permit, "answer", "create")?;
    let kind = new.kind.as_ref().map_or("", KindId::as_str);
    let same_day = vec![text(&project), text(&actor), text(kind), text(&new.on)];
    let before = tx.first(&FIND, same_day).await?.map(|row| answer(&row)).transpose()?;
    if before.as_ref().is_some_and(|before| before.data == *new) {
        return Ok(false);
    }
    let change = if before.is_some() { Change::Updated } else { Change::Created };
    let id = before.map_or(id, |before| before.id);
    let values = vec![
        text(&project),
        text(&id),
        text(&actor),
        text(kind),
        text(&new.said),
        text(&new.on),
        opt_text(new.again.as_ref()),
        at(now),
    ];
    tx.run(&PUT, values).await?;
    tx.record(permit, "answer", &id, (change, now));
    Ok(true)
}

/// Every answer of a project, those of one actor together, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list(conn: &mut Conn, project: ProjectId) -> Result<Vec<Answer>, StoreError> {
    conn.all(&LIST, vec![text(&project)]).await?.iter().map(answer).collect()
}

/// What one actor said, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn list_by_actor(
    conn: &mut Conn,
    project: ProjectId,
    actor: ActorId,
) -> Result<Vec<Answer>, StoreError> {
    conn.all(&LIST_BY_ACTOR, vec![text(&project), text(&actor)]).await?.iter().map(answer).collect()
}

/// Everything that businesses said about kinds of resource: for each actor and kind the last word stands last.
///
/// # Errors
/// When the database fails.
pub async fn heard(conn: &mut Conn, project: ProjectId) -> Result<Vec<Heard>, StoreError> {
    let heard = |row: &Row| {
        Ok(Heard {
            actor: row.parse("actor_id")?,
            name: row.text("name")?,
            branch: row.opt_parse("branch")?,
            street: row.opt_text("street")?,
            kind: row.parse("kind")?,
            yes: row.parse::<Said>("said")? == Said::Yes,
            again: row.opt_parse("again_on")?,
        })
    };
    conn.all(&HEARD, vec![text(&project)]).await?.iter().map(heard).collect()
}

fn answer(row: &Row) -> Result<Answer, StoreError> {
    let kind = row.text("kind")?;
    let data = NewAnswer {
        kind: if kind.is_empty() { None } else { Some(row.parse("kind")?) },
        said: row.parse("said")?,
        on: row.parse("told_on")?,
        again: row.opt_parse("again_on")?,
    };
    Ok(Answer { id: row.parse("id")?, actor: row.parse("actor_id")?, data })
}
