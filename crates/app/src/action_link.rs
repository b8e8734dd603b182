//! Links that do one thing about one actor: made and taken back by coordinators, used by whoever holds them.
//!
//! Opening one changes nothing. What it shows carries a form that acts once; a form sent twice finds everything done.

mod fresh;
mod holder;

pub use fresh::ask_again;
pub(crate) use fresh::send_fresh;
pub use holder::{LinkForm, LinkPage, Opened, Outcome, OwnChannel, act, open};

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::message::delivery::house;
use crate::message::{self, Letter, Message};
use crate::{objection, secret};
use kiez_domain::action_link::{Action, ActionLink, LinkStanding, LinkUse};
use kiez_domain::consent::Purpose;
use kiez_domain::contact_channel::Medium;
use kiez_domain::id::{ActionLinkId, ActorId, ContactChannelId, PersonId, ProjectId};
use kiez_domain::issue::Problem;
use kiez_domain::language::LanguageTag;
use kiez_domain::message::{Basis, MessageKind};
use kiez_domain::policy::Facts;
use kiez_store::conn::Tx;
use kiez_store::error::StoreError;

/// A link to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLink {
    /// What it is good for.
    pub action: Action,
    /// What it asks about; for [`Action::Consent`] at least one, for [`Action::ConfirmMail`] what a yes agrees to as well.
    pub purposes: Vec<Purpose>,
    /// The human it is made for.
    pub person: Option<PersonId>,
    /// The address that [`Action::ConfirmMail`] is about.
    pub channel: Option<ContactChannelId>,
}

/// A link that was just made; its secret is known this once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeLink {
    /// What stands in the address.
    pub token: String,
    /// The link.
    pub link: ActionLink,
}

/// A link as the page of its actor lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedLink {
    /// The link.
    pub link: ActionLink,
    /// Whether it is good today.
    pub standing: LinkStanding,
    /// What was done by it, the latest first.
    pub uses: Vec<LinkUse>,
}

/// Makes a link.
///
/// # Errors
/// An issue where it would ask for nothing or about no address; [`AppError::NotFound`] unless the caller coordinates the
/// project and actor, human and address are of it.
pub async fn create(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (actor, new): (ActorId, NewLink),
) -> Result<MadeLink, AppError> {
    let permit = caller.may("action_link", "create", Facts::of_object(project, Some(actor), false))?;
    if new.action == Action::Consent && new.purposes.is_empty() {
        return Err(AppError::field("purposes", Problem::Missing));
    }
    let (token, now) = (ctx.random.token()?, ctx.now());
    let mut tx = ctx.db.write().await?;
    let channels = kiez_store::contact_channel::list_by_actor(&mut tx, project, actor).await?;
    let is_mail = |id| channels.iter().any(|known| known.id == id && known.medium == Medium::Mail);
    if (new.action == Action::ConfirmMail) != new.channel.is_some_and(is_mail) {
        return Err(AppError::field("channel", Problem::Missing));
    }
    let persons = kiez_store::person::list_by_actor(&mut tx, project, actor).await?;
    if new.person.is_some_and(|id| persons.iter().all(|known| known.id != id)) {
        return Err(AppError::NotFound);
    }
    let link = ActionLink {
        id: ctx.id(ActionLinkId::new)?,
        actor,
        person: new.person,
        action: new.action,
        purposes: new.purposes,
        channel: new.channel,
        created_by: permit.subject().user,
        created_at: now,
        expires_at: now.plus_days(new.action.days()),
        revoked_at: None,
    };
    let stored = kiez_store::action_link::create(&mut tx, &permit, &link, &secret::hash(&token)).await;
    stored.map_err(|error| match error {
        StoreError::MissingReference => AppError::NotFound,
        other => other.into(),
    })?;
    tx.commit().await?;
    Ok(MadeLink { token, link })
}

/// A link to the own page, to be sent by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// Where to.
    pub channel: Option<ContactChannelId>,
    /// Whether the person asked for it; else a consent must stand.
    pub asked: bool,
    /// In which language.
    pub language: LanguageTag,
}

/// Sends the link to the own page to an address of an actor or one of its people; gives whether it was queued now: not a
/// second time within a quarter of an hour. The link itself is made when the mail leaves.
///
/// # Errors
/// An issue where no address was chosen, somebody has objected under it, or nothing allows the mail;
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn send(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (actor, sending): (ActorId, Sending),
) -> Result<bool, AppError> {
    let permit = caller.may("action_link", "create", Facts::of_object(project, Some(actor), false))?;
    let mut tx = ctx.db.write().await?;
    kiez_store::actor::facts(&mut tx, project, actor).await?.ok_or(AppError::NotFound)?;
    let channels = kiez_store::contact_channel::list_by_actor(&mut tx, project, actor).await?;
    let mut channels = channels.into_iter().filter(|channel| channel.medium == Medium::Mail);
    let channel = channels.find(|channel| Some(channel.id) == sending.channel);
    let channel = channel.ok_or_else(|| AppError::field("mail", Problem::Missing))?;
    if objection::forbids_mail(&mut tx, project, &channel).await? {
        return Err(AppError::field("mail", Problem::Objected));
    }
    let whose = (actor, channel.person);
    let purpose = MessageKind::OwnPage.purpose();
    let basis = match sending.asked {
        true => Basis::Reply,
        false if kiez_store::consent::stands(&mut tx, project, whose, purpose).await? => Basis::Consent,
        false => return Err(AppError::field("mail", Problem::NoBasis)),
    };
    let letter = Letter::own_page(ctx, basis, (project, channel.id));
    let letter = Letter { language: Some(sending.language), ..letter };
    let queued = message::queue(ctx, &mut tx, &permit, letter).await?;
    tx.commit().await?;
    Ok(queued)
}

/// The link of a letter that leaves now: to the own page of whom the address belongs to.
pub(crate) async fn link_for_mail(ctx: &Ctx, tx: &mut Tx, letter: &Message) -> Result<String, AppError> {
    let permit = house().may("message", "send", Facts::INSTALLATION)?;
    let (project, id) = letter.project.zip(letter.to.channel()).ok_or(AppError::NotFound)?;
    let channel = kiez_store::contact_channel::find(tx, project, id).await?.ok_or(AppError::NotFound)?;
    let (token, now) = (ctx.random.token()?, ctx.now());
    let link = ActionLink {
        id: ctx.id(ActionLinkId::new)?,
        actor: channel.actor,
        person: channel.person,
        action: Action::MyPage,
        purposes: Vec::new(),
        channel: Some(id),
        created_by: None,
        created_at: now,
        expires_at: now.plus_days(Action::MyPage.days()),
        revoked_at: None,
    };
    kiez_store::action_link::create_for_mail(tx, &permit, project, (&link, &secret::hash(&token))).await?;
    Ok(token)
}

/// The links of an actor, the newest first, each with what was done by it.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn list(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    actor: ActorId,
) -> Result<Vec<ListedLink>, AppError> {
    caller.may("action_link", "list", Facts::of_object(project, Some(actor), false))?;
    let mut conn = ctx.db.read().await?;
    let links = kiez_store::action_link::list_by_actor(&mut conn, project, actor).await?;
    let uses = kiez_store::action_link::uses_by_actor(&mut conn, project, actor).await?;
    let listed = |link: ActionLink| ListedLink {
        standing: link.standing(ctx.now()),
        uses: uses.iter().filter(|used| used.link == link.id).cloned().collect(),
        link,
    };
    Ok(links.into_iter().map(listed).collect())
}

/// Takes a link back and gives the actor it was made for; a second time changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project and it is a link of it.
pub async fn revoke(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: ActionLinkId,
) -> Result<ActorId, AppError> {
    let permit = caller.may("action_link", "revoke", Facts::of_project(project))?;
    let mut tx = ctx.db.write().await?;
    let link = kiez_store::action_link::find(&mut tx, project, id).await?.ok_or(AppError::NotFound)?;
    kiez_store::action_link::revoke(&mut tx, &permit, id, ctx.now()).await?;
    tx.commit().await?;
    Ok(link.actor)
}

/// Takes every link of an actor back that is still good.
pub(crate) async fn revoke_all(
    ctx: &Ctx,
    caller: &Caller,
    tx: &mut Tx,
    (project, actor): (ProjectId, ActorId),
) -> Result<(), AppError> {
    let permit = caller.may("action_link", "revoke", Facts::of_project(project))?;
    for link in kiez_store::action_link::list_by_actor(tx, project, actor).await? {
        kiez_store::action_link::revoke(tx, &permit, link.id, ctx.now()).await?;
    }
    Ok(())
}
