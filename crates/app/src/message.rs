//! Mail to people: queued with what causes it, and listed for those who answer for it. Sending is `message::delivery`.

pub mod delivery;

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::id::{ActionLinkId, ContactChannelId, MessageId, PersonId, ProjectId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::language::LanguageTag;
use kiez_domain::message::{AccessChange, Basis, Ground, MessageEvent, MessageKind, Recipient, Trouble};
use kiez_domain::policy::{Facts, Permit};
use kiez_domain::text::{Line, Name};
use kiez_store::conn::Tx;
pub use kiez_store::message::Message;

use kiez_store::message::{self as rows, NewMessage, Next};
use kiez_store::page::{Listing, Page};
use kiez_store::user;

/// Whoever presses twice within so many minutes has asked once.
const ONE_PRESS_MINUTES: i64 = 15;
/// A link that somebody asked for is worth nothing a day later.
const ASKED_MINUTES: i64 = 24 * 60;

/// What somebody is to be told.
pub(crate) struct Letter {
    pub(crate) kind: MessageKind,
    pub(crate) basis: Basis,
    pub(crate) to: Recipient,
    pub(crate) project: Option<ProjectId>,
    /// Tells this cause from every other of the same kind.
    pub(crate) cause: String,
    /// In which language, where the account says nothing about it.
    pub(crate) language: Option<LanguageTag>,
    pub(crate) detail: Option<Line>,
    pub(crate) good_for_minutes: Option<i64>,
}

impl Letter {
    /// Somebody may come in, to a project or to the whole installation.
    pub(crate) fn invitation(ctx: &Ctx, project: Option<ProjectId>, to: UserId) -> Self {
        let of = project.map_or_else(|| "house".to_owned(), |project| project.to_string());
        let cause = format!("{to} {of} {}", press(ctx));
        Self { project, ..Self::of((MessageKind::Invitation, Basis::Membership), to, cause) }
    }

    /// Somebody asked for a link to sign in.
    pub(crate) fn sign_in_link(ctx: &Ctx, to: UserId) -> Self {
        let letter = Self::of((MessageKind::SignInLink, Basis::Reply), to, format!("{to} {}", press(ctx)));
        Self { good_for_minutes: Some(ASKED_MINUTES), ..letter }
    }

    /// Somebody signed in with a device that is new; `session` is the one that began.
    pub(crate) fn new_device(to: UserId, session: &str, device: Option<Line>) -> Self {
        let letter = Self::of((MessageKind::NewDevice, Basis::Membership), to, session.to_owned());
        Self { detail: device, ..letter }
    }

    /// Somebody was named who will coordinate a project, unless one of its people objects.
    pub(crate) fn coordinator_named(project: ProjectId, to: UserId, (who, name): (UserId, &Name)) -> Self {
        let of = (MessageKind::CoordinatorNamed, Basis::Membership);
        let letter = Self::of(of, to, format!("{to} {who}"));
        Self { project: Some(project), detail: name.as_str().parse().ok(), ..letter }
    }

    /// A way to sign in was changed.
    fn access_changed(to: UserId, id: MessageId, change: AccessChange) -> Self {
        let letter = Self::of((MessageKind::AccessChanged, Basis::Membership), to, id.to_string());
        Self { detail: change.name().parse().ok(), ..letter }
    }

    /// Somebody without an account gets the link to the own page, because a coordinator sends it.
    pub(crate) fn own_page(ctx: &Ctx, basis: Basis, (project, to): (ProjectId, ContactChannelId)) -> Self {
        let cause = format!("{to} {}", press(ctx));
        Self::to_channel((MessageKind::OwnPage, basis), (project, to), cause)
    }

    /// Whoever holds an old link to the own page asked for a fresh one.
    pub(crate) fn fresh_page(
        ctx: &Ctx,
        (project, to): (ProjectId, ContactChannelId),
        old: ActionLinkId,
    ) -> Self {
        let cause = format!("{to} {old} {}", press(ctx));
        let letter = Self::to_channel((MessageKind::OwnPage, Basis::Reply), (project, to), cause);
        Self { good_for_minutes: Some(ASKED_MINUTES), ..letter }
    }

    /// Somebody is told what is stored about them.
    pub(crate) fn notice((project, to): (ProjectId, ContactChannelId), id: MessageId) -> Self {
        Self::to_channel((MessageKind::Notice, Basis::LegalDuty), (project, to), id.to_string())
    }

    fn to_channel(
        ground: (MessageKind, Basis),
        (project, to): (ProjectId, ContactChannelId),
        cause: String,
    ) -> Self {
        Self { project: Some(project), ..Self::to(ground, Recipient::Channel(to), cause) }
    }

    fn of(ground: (MessageKind, Basis), to: UserId, cause: String) -> Self {
        Self::to(ground, Recipient::Account(to), cause)
    }

    fn to((kind, basis): (MessageKind, Basis), to: Recipient, cause: String) -> Self {
        Self { kind, basis, to, project: None, cause, language: None, detail: None, good_for_minutes: None }
    }
}

fn press(ctx: &Ctx) -> i64 {
    ctx.now().0 / (ONE_PRESS_MINUTES * 60_000)
}

/// Queues a letter in the transaction of its cause; gives whether one was queued: nothing is where the account has no
/// address, or where the same was told already.
pub(crate) async fn queue(ctx: &Ctx, tx: &mut Tx, permit: &Permit, letter: Letter) -> Result<bool, AppError> {
    let ground = Ground::new(letter.kind, letter.basis);
    let ground = ground.map_err(|error| AppError::Broken(error.to_string()))?;
    let known = match letter.to {
        Recipient::Channel(_) => None,
        Recipient::Account(id) => {
            let account = user::find(tx, id).await?;
            let account = account.filter(|account| !account.removed && account.email.is_some());
            let Some(account) = account else { return Ok(false) };
            account.language
        }
    };
    let now = ctx.now();
    let new = NewMessage {
        id: ctx.id(MessageId::new)?,
        project: letter.project,
        to: letter.to,
        ground,
        cause: format!("{} {}", letter.kind, letter.cause),
        language: known.or(letter.language).unwrap_or_else(LanguageTag::german),
        detail: letter.detail,
        good_until: letter.good_for_minutes.map(|minutes| now.plus_minutes(minutes)),
    };
    Ok(rows::queue(tx, permit, &new, now).await?)
}

/// Tells somebody that a way to sign in was changed.
pub(crate) async fn tell_change(
    ctx: &Ctx,
    tx: &mut Tx,
    permit: &Permit,
    (to, change): (UserId, AccessChange),
) -> Result<(), AppError> {
    let letter = Letter::access_changed(to, ctx.id(MessageId::new)?, change);
    queue(ctx, tx, permit, letter).await.map(drop)
}

/// Where a list of messages is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// One project.
    Project(ProjectId),
    /// The whole installation.
    House,
}

impl Of {
    pub(crate) fn facts(self) -> Facts {
        match self {
            Self::Project(project) => Facts::of_project(project),
            Self::House => Facts::INSTALLATION,
        }
    }
}

/// What was written to whom and why, what waits first.
///
/// # Errors
/// [`AppError::NotFound`] for whoever has no say there.
pub async fn list(ctx: &Ctx, caller: &Caller, of: Of, page: Page) -> Result<Listing<Message>, AppError> {
    caller.may("message", "list", of.facts())?;
    let mut conn = ctx.db.read().await?;
    if let Of::Project(project) = of {
        return Ok(rows::list_by_project(&mut conn, project, page).await?);
    }
    let mut found = rows::list(&mut conn, page).await?;
    // Who is behind an address is the project's to know, not the installation's.
    for message in found.rows.iter_mut().filter(|message| message.to.channel().is_some()) {
        (message.name, message.address) = (String::new(), None);
    }
    Ok(found)
}

/// A message that waits shall go now.
///
/// # Errors
/// [`AppError::NotFound`] when it is not there or not of this project; [`AppError::NotPossible`] when it waits for nothing.
pub async fn release(ctx: &Ctx, caller: &Caller, of: Of, id: MessageId) -> Result<(), AppError> {
    let permit = caller.may("message", "release", of.facts())?;
    step(ctx, &permit, id, (MessageEvent::Release, None)).await
}

/// A message shall not go any more.
///
/// # Errors
/// [`AppError::NotFound`] when it is not there or not of this project; [`AppError::NotPossible`] when it has ended.
pub async fn give_up(ctx: &Ctx, caller: &Caller, of: Of, id: MessageId) -> Result<(), AppError> {
    let permit = caller.may("message", "give_up", of.facts())?;
    step(ctx, &permit, id, (MessageEvent::GiveUp, Some(Trouble::Stopped.name()))).await
}

async fn step(
    ctx: &Ctx,
    permit: &Permit,
    id: MessageId,
    (event, reason): (MessageEvent, Option<&'static str>),
) -> Result<(), AppError> {
    let now = ctx.now();
    let mut tx = ctx.db.write().await?;
    let found = rows::find(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    if permit.project().is_some_and(|project| found.project != Some(project)) {
        return Err(AppError::NotFound);
    }
    found.state.transition(event)?;
    let state = rows::step(&mut tx, permit, (&found, Next { event, reason, due_at: now }), now).await?;
    if state.is_end() {
        untold(&mut tx, permit, &found, now).await?;
    }
    Ok(tx.commit().await?)
}

/// A notice that did not leave has told nobody: its person stands on the list again.
pub(crate) async fn untold(
    tx: &mut Tx,
    permit: &Permit,
    message: &Message,
    now: Instant,
) -> Result<(), AppError> {
    if message.ground.kind() != MessageKind::Notice {
        return Ok(());
    }
    if let (Some(project), Some(person)) = (message.project, person_of(tx, message).await?) {
        kiez_store::notice::take_back(tx, permit, (project, person), now).await?;
    }
    Ok(())
}

/// The person behind the address that a message goes to.
pub(crate) async fn person_of(tx: &mut Tx, message: &Message) -> Result<Option<PersonId>, AppError> {
    let (Some(project), Some(channel)) = (message.project, message.to.channel()) else { return Ok(None) };
    let channel = kiez_store::contact_channel::find(tx, project, channel).await?;
    Ok(channel.and_then(|channel| channel.person))
}
