//! Mail to people: queued with its cause, taken to be sent by one worker at a time, kept as a log.

use crate::conn::{Change, Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::page::{Listing, Page};
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, int, opt_int, opt_text, text};
use kiez_domain::id::{ContactChannelId, MessageId, ProjectId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::language::LanguageTag;
use kiez_domain::message::{Basis, Ground, MessageEvent, MessageKind, MessageState, Recipient};
use kiez_domain::policy::Permit;
use kiez_domain::text::Line;

/// The columns of a message with the name of whom it goes to: an account, or the person or actor behind an address.
macro_rules! message {
    ($rest:literal) => {
        concat!(
            "select outbox.id, outbox.project_id, outbox.user_id, outbox.contact_channel_id, outbox.kind, outbox.basis,
outbox.language, outbox.detail, outbox.state, outbox.reason, outbox.attempts, outbox.created_at, outbox.due_at, outbox.good_until,
outbox.ended_at, c.value as address, coalesce(user_account.name, p.name, a.name) as name
from outbox left join user_account on user_account.id = outbox.user_id
left join contact_channel c on c.project_id = outbox.project_id and c.id = outbox.contact_channel_id
left join person p on p.project_id = c.project_id and p.id = c.person_id
left join actor a on a.project_id = c.project_id and a.id = c.actor_id ",
            $rest
        )
    };
}

statements! {
    table "outbox";
    QUEUE = "insert into outbox (id, project_id, user_id, kind, basis, cause, language, detail, state, attempts, created_at, due_at, good_until, contact_channel_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', 0, $9, $9, $10, $11)
on conflict (cause) do nothing";
    IS_DUE = "select count(*) as n from (select id from outbox where ended_at is null and state <> 'held' and due_at <= $1
    and (claimed_at is null or claimed_at < $1 - 900000) limit 1) as due";
    // A message whose worker died is free again after 15 minutes, and is then perhaps sent twice, under the same id. The inner
    // choice is repeated in the outer condition, so that of two workers only one gets it.
    CLAIM = "update outbox set claimed_at = $1, attempts = attempts + 1
where id = (select id from outbox where ended_at is null and state <> 'held' and due_at <= $1
        and (claimed_at is null or claimed_at < $1 - 900000) order by due_at, id limit 1)
    and ended_at is null and (claimed_at is null or claimed_at < $1 - 900000)
returning id";
    FIND = message!("where outbox.id = $1");
    MOVE = "update outbox set state = $3, reason = $4, due_at = $5, claimed_at = null where id = $1 and state = $2";
    // What has ended holds no more than the log needs.
    END = "update outbox set state = $3, reason = $4, ended_at = $5, claimed_at = null, detail = null where id = $1 and state = $2";
    STALE = "select id, state from outbox where ended_at is null and state <> 'held' and created_at < $1 order by created_at, id";
    HELD = "select id, state from outbox where ended_at is null and state = 'held' order by created_at, id";
    FORGET = "delete from outbox where ended_at < $1";
    LIST = message!("order by case when outbox.ended_at is null then 0 else 1 end, outbox.created_at desc, outbox.id desc limit $1 offset $2");
    COUNT = "select count(*) as n from outbox";
    LIST_BY_PROJECT = message!("where outbox.project_id = $1
order by case when outbox.ended_at is null then 0 else 1 end, outbox.created_at desc, outbox.id desc limit $2 offset $3");
    COUNT_BY_PROJECT = "select count(*) as n from outbox where project_id = $1";
}

/// Rights that bring a message about: each belongs to something after which somebody is written to.
const CAUSES: [(&str, &str); 6] = [
    ("member", "create"),
    ("sign_in_link", "create"),
    ("account", "update"),
    ("session", "create"),
    ("action_link", "create"),
    ("notice", "create"),
];

/// A message to queue.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// Its id, by which it is known to mail servers too.
    pub id: MessageId,
    /// The project it is about; none for mail about the account itself.
    pub project: Option<ProjectId>,
    /// Whom it goes to; an address belongs to the project.
    pub to: Recipient,
    /// What it is about, and why it may be sent.
    pub ground: Ground,
    /// What caused it.
    pub cause: String,
    /// In which language.
    pub language: LanguageTag,
    /// Which device, or what was changed.
    pub detail: Option<Line>,
    /// After this moment what it says is worth nothing.
    pub good_until: Option<Instant>,
}

/// A message as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The project it is about.
    pub project: Option<ProjectId>,
    /// Whom it goes to …
    pub to: Recipient,
    /// … what that person or actor is called …
    pub name: String,
    /// … and the address of somebody without an account.
    pub address: Option<String>,
    /// What it is about, and why it may be sent.
    pub ground: Ground,
    /// In which language.
    pub language: LanguageTag,
    /// Which device, or what was changed; none when it has ended.
    pub detail: Option<String>,
    /// How it stands.
    pub state: MessageState,
    /// Why it was refused, or why the last attempt did not work: a word of `Refusal` or `Trouble`.
    pub reason: Option<String>,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was caused.
    pub created_at: Instant,
    /// Not before.
    pub due_at: Instant,
    /// Not after.
    pub good_until: Option<Instant>,
    /// When it ended.
    pub ended_at: Option<Instant>,
}

/// What comes of a message: how it stands then, why, and when it is due.
#[derive(Debug, Clone, Copy)]
pub struct Next {
    /// What happens.
    pub event: MessageEvent,
    /// Why.
    pub reason: Option<&'static str>,
    /// When it is due again, where it is not over.
    pub due_at: Instant,
}

/// Queues a message in the transaction of its cause; gives whether it is the first of this cause.
///
/// # Errors
/// [`StoreError::WrongPermit`] when the permit is for something after which nobody is written to.
pub async fn queue(tx: &mut Tx, permit: &Permit, new: &NewMessage, now: Instant) -> Result<bool, StoreError> {
    if !CAUSES.iter().any(|(resource, action)| permit.covers(resource, action)) {
        demand_any(permit, "message", &["send"])?;
    }
    let values = vec![
        text(&new.id),
        opt_text(new.project.as_ref()),
        opt_text(new.to.account().as_ref()),
        text(&new.ground.kind()),
        text(&new.ground.basis()),
        text(&new.cause),
        text(&new.language),
        opt_text(new.detail.as_ref()),
        at(now),
        opt_int(new.good_until.map(|until| until.0)),
        opt_text(new.to.channel().as_ref()),
    ];
    let is_first = tx.run(&QUEUE, values).await? > 0;
    if is_first {
        tx.record(permit, "outbox", &new.id, (Change::Created, now));
    }
    Ok(is_first)
}

/// Whether anything is to be sent: asked before a writer's turn is taken.
///
/// # Errors
/// When the database fails.
pub async fn is_due(conn: &mut Conn, now: Instant) -> Result<bool, StoreError> {
    Ok(conn.number(&IS_DUE, vec![at(now)]).await? > 0)
}

/// Takes the message that has been due longest, when there is one.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx, permit: &Permit, now: Instant) -> Result<Option<Message>, StoreError> {
    demand_any(permit, "message", &["send"])?;
    let Some(row) = tx.first(&CLAIM, vec![at(now)]).await? else { return Ok(None) };
    let id: MessageId = row.parse("id")?;
    find(tx, id).await
}

/// The message with this id.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut Conn, id: MessageId) -> Result<Option<Message>, StoreError> {
    conn.first(&FIND, vec![text(&id)]).await?.map(|row| message(&row)).transpose()
}

/// Lets happen to a message what its lifecycle allows; a coordinator's permit is for the own project.
///
/// # Errors
/// [`StoreError::Stale`] when it stands otherwise by now; [`StoreError::Refused`] when there is no such step.
pub async fn step(
    tx: &mut Tx,
    permit: &Permit,
    (message, next): (&Message, Next),
    now: Instant,
) -> Result<MessageState, StoreError> {
    let action = match next.event {
        MessageEvent::Deliver | MessageEvent::Fail | MessageEvent::Refuse => "send",
        MessageEvent::Hold | MessageEvent::Release => "release",
        MessageEvent::GiveUp if permit.covers("message", "send") => "send",
        MessageEvent::GiveUp => "give_up",
    };
    demand_any(permit, "message", &[action])?;
    if permit.project().is_some_and(|project| message.project != Some(project)) {
        return Err(StoreError::NotFound);
    }
    let to = message.state.transition(next.event).map_err(|error| StoreError::Refused(error.to_string()))?;
    change(tx, permit, (message.id, message.state, to), (next, now)).await?;
    Ok(to)
}

async fn change(
    tx: &mut Tx,
    permit: &Permit,
    (id, from, to): (MessageId, MessageState, MessageState),
    (next, now): (Next, Instant),
) -> Result<(), StoreError> {
    let (statement, moment) = if to.is_end() { (&END, now) } else { (&MOVE, next.due_at) };
    let values = vec![text(&id), text(&from), text(&to), opt_text(next.reason.as_ref()), at(moment)];
    if tx.run(statement, values).await? == 0 {
        return Err(StoreError::Stale);
    }
    tx.record(permit, "outbox", &id, (Change::Updated, now));
    Ok(())
}

/// Holds what has waited since before a moment, so that somebody looks at it first; gives how many.
///
/// # Errors
/// When the database fails.
pub async fn hold_before(
    tx: &mut Tx,
    permit: &Permit,
    before: Instant,
    now: Instant,
) -> Result<u64, StoreError> {
    demand_any(permit, "mail_hold", &["release"])?;
    let rows = tx.all(&STALE, vec![at(before)]).await?;
    each(tx, permit, (&rows, MessageEvent::Hold), now).await
}

/// Lets everything go that waits for a yes; gives how many.
///
/// # Errors
/// When the database fails.
pub async fn release_held(tx: &mut Tx, permit: &Permit, now: Instant) -> Result<u64, StoreError> {
    demand_any(permit, "mail_hold", &["release"])?;
    let rows = tx.all(&HELD, vec![]).await?;
    each(tx, permit, (&rows, MessageEvent::Release), now).await
}

async fn each(
    tx: &mut Tx,
    permit: &Permit,
    (rows, event): (&[Row], MessageEvent),
    now: Instant,
) -> Result<u64, StoreError> {
    for row in rows {
        let (id, from) = (row.parse("id")?, row.parse::<MessageState>("state")?);
        let to = from.transition(event).map_err(|error| StoreError::Refused(error.to_string()))?;
        let next = Next { event, reason: None, due_at: now };
        change(tx, permit, (id, from, to), (next, now)).await?;
    }
    Ok(rows.len() as u64)
}

/// Forgets what ended before a moment; gives how many.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, before: Instant) -> Result<u64, StoreError> {
    tx.run(&FORGET, vec![at(before)]).await
}

/// Every message of the installation: what waits first, then the newest.
///
/// # Errors
/// When the database fails.
pub async fn list(conn: &mut Conn, page: Page) -> Result<Listing<Message>, StoreError> {
    let total = conn.number(&COUNT, vec![]).await?;
    let rows = conn.all(&LIST, vec![int(page.limit()), int(page.skip())]).await?;
    listing(&rows, total, page)
}

/// The messages of a project: what waits first, then the newest.
///
/// # Errors
/// When the database fails.
pub async fn list_by_project(
    conn: &mut Conn,
    project: ProjectId,
    page: Page,
) -> Result<Listing<Message>, StoreError> {
    let total = conn.number(&COUNT_BY_PROJECT, vec![text(&project)]).await?;
    let values = vec![text(&project), int(page.limit()), int(page.skip())];
    let rows = conn.all(&LIST_BY_PROJECT, values).await?;
    listing(&rows, total, page)
}

fn listing(rows: &[Row], total: i64, page: Page) -> Result<Listing<Message>, StoreError> {
    let messages = rows.iter().map(message).collect::<Result<_, _>>()?;
    Ok(Listing::new(messages, u64::try_from(total).unwrap_or(0), page))
}

pub(crate) fn message(row: &Row) -> Result<Message, StoreError> {
    let (kind, basis): (MessageKind, Basis) = (row.parse("kind")?, row.parse("basis")?);
    Ok(Message {
        id: row.parse("id")?,
        project: row.opt_parse("project_id")?,
        to: recipient(row)?,
        name: row.text("name")?,
        address: row.opt_text("address")?,
        ground: Ground::new(kind, basis).map_err(|_| row.corrupt("basis"))?,
        language: row.parse("language")?,
        detail: row.opt_text("detail")?,
        state: row.parse("state")?,
        reason: row.opt_text("reason")?,
        attempts: row.int("attempts")?,
        created_at: row.instant("created_at")?,
        due_at: row.instant("due_at")?,
        good_until: row.opt_instant("good_until")?,
        ended_at: row.opt_instant("ended_at")?,
    })
}

fn recipient(row: &Row) -> Result<Recipient, StoreError> {
    let user: Option<UserId> = row.opt_parse("user_id")?;
    let channel: Option<ContactChannelId> = row.opt_parse("contact_channel_id")?;
    match (user, channel) {
        (Some(user), None) => Ok(Recipient::Account(user)),
        (None, Some(channel)) => Ok(Recipient::Channel(channel)),
        _ => Err(row.corrupt("user_id")),
    }
}
