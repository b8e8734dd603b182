//! Answers: what a business said when it was asked; suggestions learn from it at once.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use jiff::civil::Date;
use kiez_domain::actor::StageEvent;
use kiez_domain::answer::{AnswerForm, NewAnswer, Said};
use kiez_domain::competence::Competence;
use kiez_domain::id::{ActorId, AnswerId, CompetenceId, ProjectId};
use kiez_domain::kind::KindId;
use kiez_domain::policy::Facts;
use kiez_store::conn::Tx;
use kiez_store::error::StoreError;

/// What an actor said, as its page lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerView {
    /// What was asked for; nothing where it was about taking part at all.
    pub kind: Option<KindId>,
    /// What was said.
    pub said: Said,
    /// On which day.
    pub on: Date,
    /// "Call again" from this day on.
    pub again: Option<Date>,
}

/// Notes what a business said. A yes to a kind is a confirmed competence; a word about taking part moves the business
/// along its lifecycle, where it knows such a step. The same answer a second time changes nothing.
///
/// # Errors
/// All issues of the form; [`AppError::NotFound`] unless the caller coordinates the project and the actor is of it.
pub async fn note(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    actor: ActorId,
    form: AnswerForm,
) -> Result<(), AppError> {
    let permit = caller.may("answer", "create", Facts::of_project(project))?;
    let new = form.read(ctx.today())?;
    crate::kind_finding::must_exist(new.kind.as_slice())?;
    let id = ctx.id(AnswerId::new)?;
    let mut tx = ctx.db.write().await?;
    let changed = kiez_store::answer::put(&mut tx, &permit, (id, actor), &new, ctx.now()).await;
    if !changed.map_err(absent)? {
        return Ok(());
    }
    step(ctx, caller, &mut tx, project, (actor, new.step())).await?;
    if let (Said::Yes, Some(kind)) = (new.said, new.kind) {
        confirm(ctx, caller, &mut tx, project, (actor, kind)).await?;
    }
    Ok(tx.commit().await?)
}

/// What an actor said, the newest first.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn list(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    actor: ActorId,
) -> Result<Vec<AnswerView>, AppError> {
    caller.may("answer", "list", Facts::of_project(project))?;
    let found = kiez_store::answer::list_by_actor(&mut ctx.db.read().await?, project, actor).await?;
    let view = |answer: kiez_store::answer::Answer| {
        let NewAnswer { kind, said, on, again } = answer.data;
        AnswerView { kind, said, on, again }
    };
    Ok(found.into_iter().map(view).collect())
}

/// Keeps the day on which a business came a step further, as a part of that act. What an institution changes about itself
/// is no answer to anybody.
pub(crate) async fn note_step(
    ctx: &Ctx,
    caller: &Caller,
    tx: &mut Tx,
    project: ProjectId,
    (actor, event): (ActorId, StageEvent),
) -> Result<(), AppError> {
    let Ok(permit) = caller.may("answer", "create", Facts::of_project(project)) else { return Ok(()) };
    if let Some(new) = NewAnswer::of_step(event, ctx.today()) {
        let id = ctx.id(AnswerId::new)?;
        kiez_store::answer::put(tx, &permit, (id, actor), &new, ctx.now()).await?;
    }
    Ok(())
}

/// Moves the business along, unless it has come further already.
async fn step(
    ctx: &Ctx,
    caller: &Caller,
    tx: &mut Tx,
    project: ProjectId,
    (id, event): (ActorId, StageEvent),
) -> Result<(), AppError> {
    let permit = caller.may("actor", "update", Facts::of_object(project, Some(id), false))?;
    let actor = kiez_store::actor::find(tx, project, id).await?.ok_or(AppError::NotFound)?;
    let further = event == StageEvent::Visit && actor.stage != kiez_domain::actor::Stage::Mapped;
    match actor.stage.transition(event) {
        Ok(stage) if !further && stage != actor.stage => {
            kiez_store::actor::transition(tx, &permit, id, actor.version, (stage, ctx.now())).await?;
            Ok(())
        }
        _ => Ok(()),
    }
}

async fn confirm(
    ctx: &Ctx,
    caller: &Caller,
    tx: &mut Tx,
    project: ProjectId,
    (actor, kind): (ActorId, KindId),
) -> Result<(), AppError> {
    let permit = caller.may("competence", "create", Facts::of_project(project))?;
    let known = kiez_store::competence::list_by_actor(tx, project, actor).await?;
    if known.iter().any(|can| can.kind == kind) {
        return Ok(());
    }
    let new = Competence { id: ctx.id(CompetenceId::new)?, actor, kind, words: None };
    Ok(kiez_store::competence::create(tx, &permit, &new, ctx.now()).await?)
}

/// An actor that is not of the project is not there at all.
fn absent(error: StoreError) -> AppError {
    match error {
        StoreError::MissingReference => AppError::NotFound,
        other => other.into(),
    }
}
