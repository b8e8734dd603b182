//! Who must not be taken in again: noted as keyed hashes, recognised in files and forms.

use crate::caller::Caller;
use crate::consent::{self, Said};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::secret;
use kiez_domain::actor::NewActor;
use kiez_domain::consent::{ConsentAct, ConsentChannel};
use kiez_domain::contact_channel::{ContactChannel, Medium};
use kiez_domain::id::{ActorId, ObjectionId, ProjectId};
use kiez_domain::issue::Problem;
use kiez_domain::language::LanguageTag;
use kiez_domain::objection::Contact;
use kiez_domain::policy::Facts;
use kiez_store::conn::{Conn, Tx};
use kiez_store::objection::{self, Objection};
use std::collections::BTreeSet;

/// Every objection of a project, ready to be asked.
#[derive(Debug, Default)]
pub struct Objections {
    key: String,
    hashes: BTreeSet<String>,
}

impl Objections {
    /// Reads them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(conn: &mut Conn, project: ProjectId) -> Result<Self, AppError> {
        let Some(key) = objection::key(conn).await? else { return Ok(Self::default()) };
        Ok(Self { key, hashes: objection::hashes(conn, project).await? })
    }

    /// Whether somebody has objected under this contact.
    #[must_use]
    pub fn know(&self, contact: &Contact) -> bool {
        !self.hashes.is_empty() && self.hashes.contains(&secret::keyed_hash(&self.key, &contact.bytes()))
    }

    /// Whether somebody has objected under this way to be reached: it is not written to, whatever else is known.
    #[must_use]
    pub fn forbid(&self, medium: Medium, value: &str) -> bool {
        Contact::of_channel(medium, value).is_some_and(|contact| self.know(&contact))
    }

    /// Whether somebody has objected under this name at this address.
    #[must_use]
    pub(crate) fn forbid_entry(&self, actor: &NewActor) -> bool {
        place(actor).is_some_and(|contact| self.know(&contact))
    }
}

/// Whether an actor, or whoever works there, has objected: under its name and address or a way to reach it.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn is_noted(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (actor, channels): (&NewActor, &[ContactChannel]),
) -> Result<bool, AppError> {
    caller.may("objection", "list", Facts::of_project(project))?;
    let known = Objections::of(&mut ctx.db.read().await?, project).await?;
    Ok(contacts(actor, channels).iter().any(|contact| known.know(contact)))
}

/// Notes that an actor objects: under its name and address and every way to reach it. Everything it agreed to ends, and
/// with that it leaves the public pages. A second time changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project and the actor is of it.
pub async fn record(ctx: &Ctx, caller: &Caller, project: ProjectId, actor: ActorId) -> Result<(), AppError> {
    let said = Said {
        act: ConsentAct::Withdrawn,
        channel: ConsentChannel::Oral,
        said_by: consent::name_of(caller)?,
        language: LanguageTag::german(),
    };
    let facts = Facts::of_object(project, Some(actor), false);
    let consents = caller.may("consent", "record", facts)?;
    let mut tx = ctx.db.write().await?;
    note(ctx, caller, &mut tx, (project, actor)).await?;
    consent::end_all(ctx, &mut tx, &consents, (actor, &said)).await?;
    Ok(tx.commit().await?)
}

/// Adds the objections of an actor.
pub(crate) async fn note(
    ctx: &Ctx,
    caller: &Caller,
    tx: &mut Tx,
    (project, actor): (ProjectId, ActorId),
) -> Result<(), AppError> {
    let permit = caller.may("objection", "create", Facts::of_object(project, Some(actor), false))?;
    let found = kiez_store::actor::find(tx, project, actor).await?.ok_or(AppError::NotFound)?;
    let channels = kiez_store::contact_channel::list_by_actor(tx, project, actor).await?;
    let key = objection::key_or(tx, &permit, &ctx.random.token()?).await?;
    for contact in contacts(&found.data, &channels) {
        let hash = secret::keyed_hash(&key, &contact.bytes());
        let new = Objection { id: ctx.id(ObjectionId::new)?, kind: contact.kind, hash };
        objection::add(tx, &permit, &new, ctx.now()).await?;
    }
    Ok(())
}

/// Refuses to take in somebody who has objected under this name at this address.
pub(crate) async fn refuse_entry(
    conn: &mut Conn,
    project: ProjectId,
    actor: &NewActor,
) -> Result<(), AppError> {
    match Objections::of(conn, project).await?.forbid_entry(actor) {
        true => Err(AppError::field("name", Problem::Objected)),
        false => Ok(()),
    }
}

/// Refuses a way to reach somebody that somebody has objected under.
pub(crate) async fn refuse_channel(
    conn: &mut Conn,
    project: ProjectId,
    (medium, value): (Medium, &str),
) -> Result<(), AppError> {
    match Objections::of(conn, project).await?.forbid(medium, value) {
        true => Err(AppError::field("value", Problem::Objected)),
        false => Ok(()),
    }
}

/// Whether somebody has objected under this address, or under name and place of the actor that it belongs to.
pub(crate) async fn forbids_mail(
    conn: &mut Conn,
    project: ProjectId,
    channel: &ContactChannel,
) -> Result<bool, AppError> {
    let known = Objections::of(conn, project).await?;
    if known.forbid(channel.medium, channel.value.as_str()) {
        return Ok(true);
    }
    let actor = kiez_store::actor::find(conn, project, channel.actor).await?;
    Ok(actor.is_some_and(|actor| known.forbid_entry(&actor.data)))
}

fn place(actor: &NewActor) -> Option<Contact> {
    Contact::of_place(actor.name.as_str(), &actor.address)
}

/// Under what an actor is recognised.
fn contacts(actor: &NewActor, channels: &[ContactChannel]) -> Vec<Contact> {
    let reached =
        channels.iter().filter_map(|channel| Contact::of_channel(channel.medium, channel.value.as_str()));
    place(actor).into_iter().chain(reached).collect()
}
