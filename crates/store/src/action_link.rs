//! Links that do one thing about one actor; only the hash of their secret is stored.

use crate::conn::{Change, Conn, Tx, demand, demand_any};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, json_list, opt_text, text};
use kiez_domain::action_link::{ActionLink, LinkUse};
use kiez_domain::id::{ActionLinkId, ActorId, ProjectId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;

statements! {
    table "action_link";
    CREATE = "insert into action_link (project_id, id, token_hash, actor_id, person_id, action, purposes, contact_channel_id,
created_by, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    FIND_BY_HASH = "select project_id, id, actor_id, person_id, action, purposes, contact_channel_id, created_by, created_at,
expires_at, revoked_at from action_link where token_hash = $1";
    LIST_BY_ACTOR = "select id, actor_id, person_id, action, purposes, contact_channel_id, created_by, created_at,
expires_at, revoked_at from action_link where project_id = $1 and actor_id = $2 order by created_at desc, id desc";
    REVOKE = "update action_link set revoked_at = $3 where project_id = $1 and id = $2 and revoked_at is null";
    FIND = "select id, actor_id, person_id, action, purposes, contact_channel_id, created_by, created_at,
expires_at, revoked_at from action_link where project_id = $1 and id = $2";
    USE = "insert into action_link_use (project_id, id, link_id, form_hash, did, words, at) values ($1, $2, $3, $4, $5, $6, $7)
on conflict (project_id, link_id, form_hash) do nothing";
    USES = "select u.id, u.link_id, u.did, u.words, u.at from action_link_use u
join action_link l on l.project_id = u.project_id and l.id = u.link_id
where u.project_id = $1 and l.actor_id = $2 order by u.at desc, u.id desc";
    LATELY = "select u.id, u.link_id, u.did, u.words, u.at, l.actor_id, a.name from action_link_use u
join action_link l on l.project_id = u.project_id and l.id = u.link_id
join actor a on a.project_id = l.project_id and a.id = l.actor_id
where u.project_id = $1 and u.at >= $2 order by u.at desc, u.id desc limit 20";
}

/// Stores a link under the hash of its secret.
///
/// # Errors
/// [`StoreError::MissingReference`] when actor, human or address are not of the project.
pub async fn create(tx: &mut Tx, permit: &Permit, new: &ActionLink, hash: &str) -> Result<(), StoreError> {
    let project = demand(permit, "action_link", "create")?;
    insert(tx, project, (new, hash)).await?;
    tx.record(permit, "action_link", &new.id, (Change::Created, new.created_at));
    Ok(())
}

/// Stores the link of a mail that leaves now.
///
/// # Errors
/// [`StoreError::MissingReference`] when actor, human or address are not of the project.
pub async fn create_for_mail(
    tx: &mut Tx,
    permit: &Permit,
    project: ProjectId,
    (new, hash): (&ActionLink, &str),
) -> Result<(), StoreError> {
    demand_any(permit, "message", &["send"])?;
    insert(tx, project, (new, hash)).await?;
    tx.record(permit, "action_link", &new.id, (Change::Created, new.created_at));
    Ok(())
}

async fn insert(tx: &mut Tx, project: ProjectId, (new, hash): (&ActionLink, &str)) -> Result<(), StoreError> {
    let values = vec![
        text(&project),
        text(&new.id),
        text(hash),
        text(&new.actor),
        opt_text(new.person.as_ref()),
        text(&new.action),
        json_list(&new.purposes),
        opt_text(new.channel.as_ref()),
        opt_text(new.created_by.as_ref()),
        at(new.created_at),
        at(new.expires_at),
    ];
    tx.run(&CREATE, values).await.map(drop)
}

/// The link with this hash and its project, whatever its state.
///
/// # Errors
/// When the database fails.
pub async fn find_by_hash(
    conn: &mut Conn,
    hash: &str,
) -> Result<Option<(ProjectId, ActionLink)>, StoreError> {
    let row = conn.first(&FIND_BY_HASH, vec![text(hash)]).await?;
    row.map(|row| Ok((row.parse("project_id")?, link(&row)?))).transpose()
}

/// The link with this id.
///
/// # Errors
/// When the database fails.
pub async fn find(
    conn: &mut Conn,
    project: ProjectId,
    id: ActionLinkId,
) -> Result<Option<ActionLink>, StoreError> {
    conn.first(&FIND, vec![text(&project), text(&id)]).await?.map(|row| link(&row)).transpose()
}

/// The links of an actor, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn list_by_actor(
    conn: &mut Conn,
    project: ProjectId,
    actor: ActorId,
) -> Result<Vec<ActionLink>, StoreError> {
    conn.all(&LIST_BY_ACTOR, vec![text(&project), text(&actor)]).await?.iter().map(link).collect()
}

/// Takes a link back; a second time changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn revoke(tx: &mut Tx, permit: &Permit, id: ActionLinkId, now: Instant) -> Result<(), StoreError> {
    let project = demand(permit, "action_link", "revoke")?;
    if tx.run(&REVOKE, vec![text(&project), text(&id), at(now)]).await? > 0 {
        tx.record(permit, "action_link", &id, (Change::Updated, now));
    }
    Ok(())
}

/// Notes a use; tells whether this form had not been used before. Whoever is told no changes nothing more.
///
/// # Errors
/// When the database fails.
pub async fn spend(tx: &mut Tx, permit: &Permit, new: &LinkUse, form_hash: &str) -> Result<bool, StoreError> {
    let project = demand(permit, "action_link", "use")?;
    let values = vec![
        text(&project),
        text(&new.id),
        text(&new.link),
        text(form_hash),
        text(&new.did),
        opt_text(new.words.as_ref()),
        at(new.at),
    ];
    let is_first = tx.run(&USE, values).await? > 0;
    if is_first {
        tx.record(permit, "action_link_use", &new.id, (Change::Created, new.at));
    }
    Ok(is_first)
}

/// What was done by the links of an actor, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn uses_by_actor(
    conn: &mut Conn,
    project: ProjectId,
    actor: ActorId,
) -> Result<Vec<LinkUse>, StoreError> {
    conn.all(&USES, vec![text(&project), text(&actor)]).await?.iter().map(link_use).collect()
}

/// A use of a link, with whose link it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LatelyUsed {
    /// What was done.
    pub used: LinkUse,
    /// The actor it was made for.
    pub actor: ActorId,
    /// The actor's name.
    pub actor_name: String,
}

/// What was done by links of a project since a moment, the latest first, at most twenty.
///
/// # Errors
/// When the database fails.
pub async fn lately(
    conn: &mut Conn,
    project: ProjectId,
    since: Instant,
) -> Result<Vec<LatelyUsed>, StoreError> {
    let used = |row: &Row| {
        Ok(LatelyUsed { used: link_use(row)?, actor: row.parse("actor_id")?, actor_name: row.text("name")? })
    };
    conn.all(&LATELY, vec![text(&project), at(since)]).await?.iter().map(used).collect()
}

pub(crate) fn link(row: &Row) -> Result<ActionLink, StoreError> {
    Ok(ActionLink {
        id: row.parse("id")?,
        actor: row.parse("actor_id")?,
        person: row.opt_parse("person_id")?,
        action: row.parse("action")?,
        purposes: row.list("purposes")?,
        channel: row.opt_parse("contact_channel_id")?,
        created_by: row.opt_parse("created_by")?,
        created_at: row.instant("created_at")?,
        expires_at: row.instant("expires_at")?,
        revoked_at: row.opt_instant("revoked_at")?,
    })
}

pub(crate) fn link_use(row: &Row) -> Result<LinkUse, StoreError> {
    Ok(LinkUse {
        id: row.parse("id")?,
        link: row.parse("link_id")?,
        did: row.parse("did")?,
        words: row.opt_parse("words")?,
        at: row.instant("at")?,
    })
}
