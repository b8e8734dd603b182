//! People and ways to reach them, and what an actor said that it can.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::objection;
use jiff::civil::Date;
use kiez_domain::competence::Competence;
use kiez_domain::contact_channel::{ChannelVisibility, ContactChannel, Medium};
use kiez_domain::id::{ActorId, CompetenceId, ContactChannelId, PersonId, ProjectId};
use kiez_domain::kind::KindId;
use kiez_domain::person::Person;
use kiez_domain::policy::Facts;
use kiez_domain::text::Line;
use std::collections::BTreeMap;

/// Adds a contact person to an actor.
///
/// # Errors
/// Issues with name and function; [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn add_person(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    actor: ActorId,
    (name, function): (&str, &str),
) -> Result<PersonId, AppError> {
    let permit = caller.may("contact_channel", "create", Facts::of_project(project))?;
    let name = name.parse().map_err(|problem| AppError::field("name", problem))?;
    let function =
        kiez_domain::text::optional(function).map_err(|problem| AppError::field("function", problem))?;
    let id = ctx.id(PersonId::new)?;
    let mut tx = ctx.db.write().await?;
    kiez_store::person::create(&mut tx, &permit, &Person { id, actor, name, function }, ctx.now()).await?;
    tx.commit().await?;
    Ok(id)
}

/// Notes that a contact person has left the actor today, or is still there; where nobody is named or the person is gone,
/// nothing changes.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such actor, or unless the caller coordinates the project.
pub async fn leave(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (actor, person): (ActorId, Option<PersonId>),
    left: bool,
) -> Result<(), AppError> {
    let permit = caller.may("contact_channel", "update", Facts::of_project(project))?;
    let mut tx = ctx.db.write().await?;
    kiez_store::actor::facts(&mut tx, project, actor).await?.ok_or(AppError::NotFound)?;
    let Some(person) = person else { return Ok(()) };
    let found = kiez_store::person::find(&mut tx, project, person).await?;
    if found.is_none_or(|found| found.actor != actor) {
        return Ok(());
    }
    kiez_store::person::leave(&mut tx, &permit, (person, left.then(|| ctx.today())), ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// Which contact persons of an actor have left, and since when.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller answers for the actor.
pub async fn left(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    actor: ActorId,
) -> Result<BTreeMap<PersonId, Date>, AppError> {
    caller.may("audit", "read", Facts::of_object(project, Some(actor), false))?;
    Ok(kiez_store::person::left(&mut ctx.db.read().await?, project, actor).await?)
}

/// Adds a way to reach an actor, and says who may see it: whoever calls has the consent for more than coordinators.
///
/// # Errors
/// An issue with the number or address, also when somebody has objected under it; [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn add_channel(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (actor, person): (ActorId, Option<PersonId>),
    (medium, value, visibility): (Medium, &str, ChannelVisibility),
) -> Result<(), AppError> {
    let permit = caller.may("contact_channel", "create", Facts::of_project(project))?;
    let value: Line = value.parse().map_err(|problem| AppError::field("value", problem))?;
    let id = ctx.id(ContactChannelId::new)?;
    let mut tx = ctx.db.write().await?;
    objection::refuse_channel(&mut tx, project, (medium, value.as_str())).await?;
    let channel = ContactChannel { id, actor, person, medium, value, visibility };
    kiez_store::contact_channel::create(&mut tx, &permit, &channel, ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// Notes what an actor said that it can.
///
/// # Errors
/// An issue with a kind that the taxonomy does not have; [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn confirm_competence(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    actor: ActorId,
    kind: KindId,
) -> Result<(), AppError> {
    let permit = caller.may("competence", "create", Facts::of_project(project))?;
    crate::kind_finding::must_exist(std::slice::from_ref(&kind))?;
    let competence = Competence { id: ctx.id(CompetenceId::new)?, actor, kind, words: None };
    let mut tx = ctx.db.write().await?;
    kiez_store::competence::create(&mut tx, &permit, &competence, ctx.now()).await?;
    Ok(tx.commit().await?)
}
