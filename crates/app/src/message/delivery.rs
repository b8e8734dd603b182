//! Sending what is queued: taken by one worker, its ground looked at once more, written, handed over, noted.
//!
//! A program that dies between handing over and noting sends the message again after a quarter of an hour, under the same
//! id, so that mail programs and people recognise the double (docs/decisions/0022-outbox.md).

use super::untold;
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::user as users;
use crate::{action_link, notice, objection};
use kiez_domain::contact_channel::Medium;
use kiez_domain::instant::Instant;
use kiez_domain::language::LanguageTag;
use kiez_domain::message::{
    Basis, LOG_DAYS, MessageEvent, MessageKind, MessageState, Recipient, Refusal, Trouble, wait_minutes,
};
use kiez_domain::policy::{Facts, Permit, Subject};
use kiez_domain::project::Project;
use kiez_domain::text::Line;
use kiez_gateways::mail::{MailFault, Outgoing, Sender, Transport};
use kiez_store::conn::Tx;
use kiez_store::message::{self as rows, Message, Next};
use kiez_store::{mail, user};

/// Where letters go, and in whose name.
#[derive(Debug, Clone)]
pub struct Post {
    /// The mail server, or the folder.
    pub transport: Transport,
    /// Who writes.
    pub sender: Sender,
    /// Where people reach the program, without a slash at the end.
    pub base_url: String,
}

impl Post {
    /// Letters go into a folder and to nobody.
    #[must_use]
    pub const fn is_a_folder(&self) -> bool {
        matches!(self.transport, Transport::Folder(_))
    }
}

/// Puts a message into words, in the language of whom it goes to.
pub trait Wording: Send + Sync {
    /// Subject and text.
    fn write(&self, told: &Told<'_>) -> (String, String);
}

/// What a message tells.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// What it is about.
    pub kind: MessageKind,
    /// In which language.
    pub language: &'a LanguageTag,
    /// To whom.
    pub name: &'a str,
    /// The project it is about, by name.
    pub project: Option<&'a str>,
    /// Which device, or what was changed.
    pub detail: Option<&'a str>,
    /// When it was caused.
    pub at: Instant,
    /// Where the program is reached.
    pub house: &'a str,
    /// The link that signs in once, or to the own page.
    pub link: Option<&'a str>,
    /// What somebody is told is stored about them, with the project that stores it.
    pub notice: Option<(&'a Project, &'a notice::Letter)>,
}

/// What became of what was due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Handed over.
    pub sent: u64,
    /// Not sent, because there was no ground any more.
    pub refused: u64,
    /// Not sent yet, or given up.
    pub failed: u64,
    /// Mail of this copy waits: nothing was tried.
    pub held: bool,
}

enum Turn {
    Nothing,
    Held,
    Sent,
    Refused,
    Failed,
}

/// Sends everything that is due; without a [`Post`] nothing is.
///
/// # Errors
/// When the database fails. A message that cannot be sent is no error: it is tried again.
pub async fn deliver_due(ctx: &Ctx, wording: &dyn Wording) -> Result<Delivered, AppError> {
    let mut done = Delivered::default();
    let Some(post) = ctx.post.clone() else { return Ok(done) };
    // Somebody may be writing for long: only who has something to send asks for a turn.
    while rows::is_due(&mut ctx.db.read().await?, ctx.now()).await? {
        match one(ctx, &post, wording).await? {
            Turn::Nothing => break,
            Turn::Held => {
                done.held = true;
                break;
            }
            Turn::Sent => done.sent += 1,
            Turn::Refused => done.refused += 1,
            Turn::Failed => done.failed += 1,
        }
    }
    Ok(done)
}

async fn one(ctx: &Ctx, post: &Post, wording: &dyn Wording) -> Result<Turn, AppError> {
    let permit = house().may("message", "send", Facts::INSTALLATION)?;
    let now = ctx.now();
    let mut tx = ctx.db.write().await?;
    if mail::held(&mut tx).await?.is_some() {
        return Ok(Turn::Held);
    }
    let Some(message) = rows::claim(&mut tx, &permit, now).await? else { return Ok(Turn::Nothing) };
    let letter = match address(&mut tx, &message, now).await? {
        Ok(address) => written(ctx, &mut tx, (&message, address), (post, wording)).await?,
        Err(refusal) => {
            refuse(ctx, &mut tx, &permit, (&message, refusal)).await?;
            tx.commit().await?;
            return Ok(Turn::Refused);
        }
    };
    tx.commit().await?;
    let (transport, sender) = (post.transport.clone(), post.sender.clone());
    let sent = tokio::task::spawn_blocking(move || transport.send(&sender, &letter)).await;
    let sent = sent.map_err(|error| AppError::Broken(error.to_string()))?;
    note(ctx, &permit, &message, sent).await
}

/// The address, when the ground for the message is still there.
async fn address(tx: &mut Tx, message: &Message, now: Instant) -> Result<Result<Line, Refusal>, AppError> {
    if message.good_until.is_some_and(|until| until <= now) {
        return Ok(Err(Refusal::TooLate));
    }
    let to = match message.to {
        Recipient::Account(user) => user,
        Recipient::Channel(_) => return channel_address(tx, message).await,
    };
    let account = user::find(tx, to).await?;
    let Some(account) = account.filter(|account| !account.removed) else {
        return Ok(Err(Refusal::AccountRemoved));
    };
    if let Some(project) = message.project {
        let memberships = user::memberships(tx, account.id).await?;
        if !memberships.iter().any(|membership| membership.project == project) {
            return Ok(Err(Refusal::NotAMember));
        }
    }
    match message.ground.basis() {
        Basis::Membership | Basis::Reply => Ok(account.email.ok_or(Refusal::NoAddress)),
        // Nothing goes to an account on these grounds.
        Basis::Cooperation | Basis::Consent | Basis::LegalDuty => Ok(Err(Refusal::NoConsent)),
    }
}

/// The address of somebody without an account, when no objection stands against it and its ground is still there.
async fn channel_address(tx: &mut Tx, message: &Message) -> Result<Result<Line, Refusal>, AppError> {
    let (Some(project), Some(id)) = (message.project, message.to.channel()) else {
        return Ok(Err(Refusal::NoAddress));
    };
    let channel = kiez_store::contact_channel::find(tx, project, id).await?;
    let Some(channel) = channel.filter(|channel| channel.medium == Medium::Mail) else {
        return Ok(Err(Refusal::NoAddress));
    };
    if objection::forbids_mail(tx, project, &channel).await? {
        return Ok(Err(Refusal::Objected));
    }
    let covered = match message.ground.basis() {
        Basis::Reply | Basis::LegalDuty => true,
        Basis::Consent => {
            let (whose, purpose) = ((channel.actor, channel.person), message.ground.kind().purpose());
            kiez_store::consent::stands(tx, project, whose, purpose).await?
        }
        Basis::Cooperation | Basis::Membership => false,
    };
    Ok(if covered { Ok(channel.value) } else { Err(Refusal::NoConsent) })
}

/// The letter as it leaves. Its link is made here, so that no link lies about while it waits.
async fn written(
    ctx: &Ctx,
    tx: &mut Tx,
    (message, address): (&Message, Line),
    (post, wording): (&Post, &dyn Wording),
) -> Result<Outgoing, AppError> {
    let project = match message.project {
        Some(project) => kiez_store::project::find(tx, project).await?,
        None => None,
    };
    let link = link(ctx, tx, message, &post.base_url).await?;
    let letter = match message.ground.kind() {
        MessageKind::Notice => notice::of_message(tx, message).await?,
        _ => None,
    };
    let told = Told {
        kind: message.ground.kind(),
        language: &message.language,
        name: &message.name,
        project: project.as_ref().map(|project| project.data.name.as_str()),
        detail: message.detail.as_deref(),
        at: message.created_at,
        house: &post.base_url,
        link: link.as_deref(),
        notice: project.as_ref().zip(letter.as_ref()),
    };
    let (subject, body) = wording.write(&told);
    Ok(Outgoing {
        id: message.id.to_string(),
        to: address.to_string(),
        name: message.name.clone(),
        at: message.created_at,
        subject,
        body,
        language: message.language.to_string(),
    })
}

/// The link that a letter carries, made as it leaves.
async fn link(ctx: &Ctx, tx: &mut Tx, message: &Message, house: &str) -> Result<Option<String>, AppError> {
    let kind = message.ground.kind();
    Ok(if kind.carries_link() {
        let token = users::link_for_mail(ctx, tx, message).await?;
        Some(format!("{house}/link/{token}"))
    } else if kind.carries_own_page() {
        let token = action_link::link_for_mail(ctx, tx, message).await?;
        Some(format!("{house}/l/{token}"))
    } else {
        None
    })
}

/// Notes how it went; what cannot be written to is refused, the rest is tried again until nobody would.
async fn note(
    ctx: &Ctx,
    permit: &Permit,
    message: &Message,
    sent: Result<(), MailFault>,
) -> Result<Turn, AppError> {
    let now = ctx.now();
    let mut tx = ctx.db.write().await?;
    // Somebody may have stopped it meanwhile.
    let Some(current) = rows::find(&mut tx, message.id).await?.filter(|found| !found.state.is_end()) else {
        return Ok(Turn::Nothing);
    };
    let turn = match sent {
        Ok(()) => {
            let next = Next { event: MessageEvent::Deliver, reason: None, due_at: now };
            rows::step(&mut tx, permit, (&current, next), now).await?;
            Turn::Sent
        }
        Err(MailFault::Address) => {
            refuse(ctx, &mut tx, permit, (&current, Refusal::BadAddress)).await?;
            Turn::Refused
        }
        Err(fault) => {
            fail(&mut tx, permit, (&current, fault), now).await?;
            Turn::Failed
        }
    };
    tx.commit().await?;
    Ok(turn)
}

async fn refuse(
    ctx: &Ctx,
    tx: &mut Tx,
    permit: &Permit,
    (message, refusal): (&Message, Refusal),
) -> Result<(), AppError> {
    let now = ctx.now();
    let next = Next { event: MessageEvent::Refuse, reason: Some(refusal.name()), due_at: now };
    rows::step(tx, permit, (message, next), now).await?;
    untold(tx, permit, message, now).await?;
    tracing::warn!(message = %message.id, reason = refusal.name(), "a mail was not sent: its ground is gone");
    Ok(())
}

async fn fail(
    tx: &mut Tx,
    permit: &Permit,
    (message, fault): (&Message, MailFault),
    now: Instant,
) -> Result<(), AppError> {
    let trouble = match fault {
        MailFault::Rejected | MailFault::Address => Trouble::Rejected,
        MailFault::Later => Trouble::Later,
        MailFault::Unreachable => Trouble::Unreachable,
        MailFault::Folder => Trouble::Folder,
    };
    if message.state == MessageState::Held {
        // Somebody is to look at it first; the next attempt is theirs to allow.
        return Ok(());
    }
    let wait = wait_minutes(message.attempts).filter(|_| trouble != Trouble::Rejected);
    let (event, due_at) = match wait {
        Some(minutes) => (MessageEvent::Fail, now.plus_minutes(minutes)),
        None => (MessageEvent::GiveUp, now),
    };
    let next = Next { event, reason: Some(trouble.name()), due_at };
    if rows::step(tx, permit, (message, next), now).await?.is_end() {
        untold(tx, permit, message, now).await?;
    }
    tracing::warn!(message = %message.id, attempts = message.attempts, reason = %fault, "a mail did not leave");
    Ok(())
}

/// Forgets the log of what ended a year ago.
///
/// # Errors
/// When the database fails.
pub async fn forget_log(ctx: &Ctx) -> Result<u64, AppError> {
    let mut tx = ctx.db.write().await?;
    let gone = rows::forget(&mut tx, ctx.now().plus_days(-LOG_DAYS)).await?;
    tx.commit().await?;
    Ok(gone)
}

/// The program itself, which acts for whoever runs the installation.
pub(crate) fn house() -> Caller {
    Caller::with(vec![Subject::operator(None)], String::new())
}
