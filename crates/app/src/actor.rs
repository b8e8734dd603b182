//! Actors: the directory, one actor's page, entering and changing.

use crate::action_link;
use crate::answer;
use crate::caller::Caller;
use crate::consent;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::geocode::{self, Found};
use crate::idempotency;
use crate::objection;
use kiez_domain::actor::{Actor, ActorForm, NewActor, Stage, StageEvent};
use kiez_domain::competence::Competence;
use kiez_domain::consent::{ConsentAct, ConsentChannel};
use kiez_domain::contact_channel::ContactChannel;
use kiez_domain::id::{ActorId, ProjectId};
use kiez_domain::issue::Problem;
use kiez_domain::language::LanguageTag;
use kiez_domain::opening_week::OpeningWeek;
use kiez_domain::person::Person;
use kiez_domain::policy::{Facts, Scope};
use kiez_domain::text::Line;
use kiez_store::actor::{ActorFilter, Directory};
use kiez_store::conn::{Conn, Tx};
use kiez_store::page::Page;
use std::collections::BTreeMap;

/// An actor's name with its id, for links.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActorName {
    /// Its id.
    pub id: ActorId,
    /// Its name.
    pub name: String,
}

/// Names by id.
pub type Names = BTreeMap<ActorId, ActorName>;

/// The directory of a project.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn list(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    filter: ActorFilter,
    page: Page,
) -> Result<Directory, AppError> {
    caller.may("actor", "list", Facts::of_project(project))?;
    let mut conn = ctx.db.read().await?;
    Ok(kiez_store::actor::directory(&mut conn, project, &filter, &page).await?)
}

/// An actor with everything its page tells.
#[derive(Debug, Clone)]
pub struct ActorView {
    /// The actor.
    pub actor: Actor,
    /// People with functions; coordinators only.
    pub persons: Vec<Person>,
    /// Ways to reach it; coordinators only.
    pub channels: Vec<ContactChannel>,
    /// What it can, confirmed.
    pub competences: Vec<Competence>,
    /// Its opening hours as an ordinary week, where its text can be read as one.
    pub opening_week: Option<OpeningWeek>,
    /// What the map knows of its address, when it has no place yet; coordinators only.
    pub place_hint: Option<Found>,
}

/// One actor: coordinators see everything, an institution itself.
///
/// # Errors
/// [`AppError::NotFound`] when there is none or the caller may not see all of it.
pub async fn get(ctx: &Ctx, caller: &Caller, project: ProjectId, id: ActorId) -> Result<ActorView, AppError> {
    let mut conn = ctx.db.read().await?;
    let actor = kiez_store::actor::find(&mut conn, project, id).await?.ok_or(AppError::NotFound)?;
    let permit = caller.may("actor", "read", Facts::of_object(project, Some(id), actor.published))?;
    if permit.scope() == Scope::Public {
        return Err(AppError::NotFound);
    }
    let internal = permit.scope() == Scope::Project;
    let persons =
        if internal { kiez_store::person::list_by_actor(&mut conn, project, id).await? } else { Vec::new() };
    let channels = if internal {
        kiez_store::contact_channel::list_by_actor(&mut conn, project, id).await?
    } else {
        Vec::new()
    };
    let competences = kiez_store::competence::list_by_actor(&mut conn, project, id).await?;
    let opening_week = actor.data.opening_hours.as_ref().and_then(|text| week_of(text.as_str()));
    let homeless = internal && actor.data.position.is_none() && actor.data.address.street.is_some();
    let place_hint = match homeless {
        true => Some(geocode::look_up(&mut conn, project, &actor.data.address).await?),
        false => None,
    };
    Ok(ActorView { actor, persons, channels, competences, opening_week, place_hint })
}

/// The ordinary week that opening hours tell in the notation of open maps; nothing when none can be read from them.
#[must_use]
pub fn week_of(opening_hours: &str) -> Option<OpeningWeek> {
    kiez_import::opening_hours::read(opening_hours)
}

/// Whether the caller may enter actors: asked before a form is shown.
///
/// # Errors
/// [`AppError::NotFound`] when not.
pub fn may_enter(caller: &Caller, project: ProjectId) -> Result<(), AppError> {
    caller.may("actor", "create", Facts::of_project(project)).map(|_| ())
}

/// Enters an actor; its quarter follows from its position.
///
/// # Errors
/// All issues of the form.
pub async fn create(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (form, key): (ActorForm, &str),
) -> Result<ActorId, AppError> {
    let permit = caller.may("actor", "create", Facts::of_project(project))?;
    let despite = !form.despite_objection.is_empty();
    let mut new = NewActor::try_from(form)?;
    let (id, now) = (ctx.id(ActorId::new)?, ctx.now());
    let mut tx = ctx.db.write().await?;
    if !despite {
        objection::refuse_entry(&mut tx, project, &new).await?;
    }
    locate(&mut tx, project, &mut new, None).await?;
    if let Some(earlier) = idempotency::earlier(&mut tx, caller, key, (&id.to_string(), now)).await? {
        return earlier.parse().map_err(|_| AppError::field("key", Problem::Taken { what: earlier }));
    }
    kiez_store::actor::create(&mut tx, &permit, id, &new, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Saves a changed actor; `version` is the one the form was filled from.
///
/// # Errors
/// All issues; [`AppError::Stale`] when somebody else saved first.
pub async fn update(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: ActorId,
    (version, form): (i64, ActorForm),
) -> Result<(), AppError> {
    let permit = caller.may("actor", "update", Facts::of_object(project, Some(id), false))?;
    let mut new = NewActor::try_from(form)?;
    let mut tx = ctx.db.write().await?;
    let before = kiez_store::actor::find(&mut tx, project, id).await?;
    locate(&mut tx, project, &mut new, before.as_ref().map(|actor| &actor.data)).await?;
    kiez_store::actor::update(&mut tx, &permit, id, version, (&new, ctx.now())).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives an actor the place of its address where the map knows the door for certain: when nobody gave a place, and
/// when the address was changed and the place was not.
async fn locate(
    conn: &mut Conn,
    project: ProjectId,
    new: &mut NewActor,
    before: Option<&NewActor>,
) -> Result<(), AppError> {
    let moved = before.is_some_and(|old| old.address != new.address && old.position == new.position);
    if new.position.is_some() && !moved {
        return Ok(());
    }
    if let Found::Exact(place) = geocode::look_up(conn, project, &new.address).await? {
        new.position = Some(place);
    }
    Ok(())
}

/// Moves a business along its lifecycle.
///
/// # Errors
/// [`AppError::NotPossible`] with the steps that are possible.
pub async fn transition(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: ActorId,
    (version, event): (i64, StageEvent),
) -> Result<Stage, AppError> {
    let permit = caller.may("actor", "update", Facts::of_object(project, Some(id), false))?;
    let found = kiez_store::actor::find(&mut ctx.db.read().await?, project, id).await?;
    let stage = found.ok_or(AppError::NotFound)?.stage.transition(event)?;
    let mut tx = ctx.db.write().await?;
    kiez_store::actor::transition(&mut tx, &permit, id, version, (stage, ctx.now())).await?;
    answer::note_step(ctx, caller, &mut tx, project, (id, event)).await?;
    end_consents(ctx, caller, &mut tx, project, (id, event)).await?;
    tx.commit().await?;
    Ok(stage)
}

/// Moves several businesses along at once, as after a walk: every one of them or none.
///
/// # Errors
/// [`AppError::NotFound`] when one of them is not of the project or the caller may not; [`AppError::NotPossible`]
/// with the steps that are possible.
pub async fn transition_all(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    steps: &[(ActorId, StageEvent)],
) -> Result<(), AppError> {
    let mut tx = ctx.db.write().await?;
    for (id, event) in steps {
        let permit = caller.may("actor", "update", Facts::of_object(project, Some(*id), false))?;
        let actor = kiez_store::actor::find(&mut tx, project, *id).await?.ok_or(AppError::NotFound)?;
        let stage = actor.stage.transition(*event)?;
        kiez_store::actor::transition(&mut tx, &permit, *id, actor.version, (stage, ctx.now())).await?;
        answer::note_step(ctx, caller, &mut tx, project, (*id, *event)).await?;
        end_consents(ctx, caller, &mut tx, project, (*id, *event)).await?;
    }
    Ok(tx.commit().await?)
}

/// Whoever takes a place over has agreed to nothing: a new owner ends every consent, and the public pages follow.
async fn end_consents(
    ctx: &Ctx,
    caller: &Caller,
    tx: &mut Tx,
    project: ProjectId,
    (id, event): (ActorId, StageEvent),
) -> Result<(), AppError> {
    if event != StageEvent::ChangeOwner {
        return Ok(());
    }
    let permit = caller.may("consent", "record", Facts::of_object(project, Some(id), false))?;
    let said = consent::Said {
        act: ConsentAct::Withdrawn,
        channel: ConsentChannel::Oral,
        said_by: consent::name_of(caller)?,
        language: LanguageTag::german(),
    };
    consent::end_all(ctx, tx, &permit, (id, &said)).await?;
    // What was handed to the one before speaks for the one before.
    action_link::revoke_all(ctx, caller, tx, (project, id)).await
}

/// Institutions of the project for the list beside a card, by name.
///
/// # Errors
/// [`AppError::NotFound`] when the caller may not enter cards.
pub async fn choices(ctx: &Ctx, caller: &Caller, project: ProjectId) -> Result<Vec<ActorName>, AppError> {
    if let Some(own) = caller.actor_in(project) {
        let names = names(&mut ctx.db.read().await?, project, &[own]).await?;
        return Ok(names.into_values().collect());
    }
    caller.may("actor", "list", Facts::of_project(project))?;
    let mut conn = ctx.db.read().await?;
    let found = kiez_store::actor::institutions(&mut conn, project, 500).await?;
    Ok(found.into_iter().map(|(id, name)| ActorName { id, name }).collect())
}

/// The name behind an id among the choices of a form; the text itself when it is none of them.
#[must_use]
pub fn name_among(choices: &[ActorName], id: &str) -> String {
    let found = choices.iter().find(|choice| choice.id.to_string() == id);
    found.map_or_else(|| id.to_owned(), |choice| choice.name.clone())
}

/// Names of actors by id.
pub(crate) async fn names(conn: &mut Conn, project: ProjectId, ids: &[ActorId]) -> Result<Names, AppError> {
    let found = kiez_store::actor::names(conn, project, ids).await?;
    Ok(found.into_iter().map(|(id, name)| (id, ActorName { id, name })).collect())
}

/// Whose object a form makes: an institution's own whatever the field says, else the actor named in the form.
pub(crate) fn owner_of_form(
    caller: &Caller,
    project: ProjectId,
    field: &str,
) -> Result<Option<ActorId>, AppError> {
    if let Some(own) = caller.actor_in(project) {
        return Ok(Some(own));
    }
    kiez_domain::text::optional(field).map_err(|problem| AppError::field("actor", problem))
}

/// Which owner a list is narrowed to: coordinators choose, institutions get their own.
pub(crate) fn visible_owner(
    caller: &Caller,
    project: ProjectId,
    resource: &str,
    wanted: Option<ActorId>,
) -> Result<Option<ActorId>, AppError> {
    if caller.may(resource, "list", Facts::of_project(project)).is_ok() {
        return Ok(wanted);
    }
    let own = caller.actor_in(project).ok_or(AppError::NotFound)?;
    caller.may(resource, "list", Facts::of_object(project, Some(own), false))?;
    Ok(Some(own))
}

/// Whose card it is: the actor chosen, else the one that the name on the card means. A name that means nobody,
/// or several, stays as it was written; case and marks do not matter.
///
/// # Errors
/// An issue with `actor` when the chosen one is not of the project.
pub(crate) async fn whose(
    ctx: &Ctx,
    project: ProjectId,
    chosen: Option<ActorId>,
    said_by: Option<Line>,
) -> Result<(Option<ActorId>, Option<Line>), AppError> {
    must_exist(ctx, project, chosen).await?;
    let Some(name) = &said_by else { return Ok((chosen, None)) };
    let mut conn = ctx.db.read().await?;
    let found = kiez_store::actor::find_by_names(&mut conn, project, &[name.as_str()]).await?;
    match found.as_slice() {
        [(_, meant)] if chosen.is_none_or(|chosen| chosen == *meant) => Ok((Some(*meant), None)),
        _ => Ok((chosen, said_by)),
    }
}

/// Refuses an actor that is not of the project.
async fn must_exist(ctx: &Ctx, project: ProjectId, actor: Option<ActorId>) -> Result<(), AppError> {
    let Some(id) = actor else { return Ok(()) };
    let found = kiez_store::actor::facts(&mut ctx.db.read().await?, project, id).await?;
    found.map(|_| ()).ok_or_else(|| AppError::field("actor", Problem::Unknown { what: id.to_string() }))
}
