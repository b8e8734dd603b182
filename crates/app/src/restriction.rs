//! Restricting: what is stored about somebody stays, and nobody works with it until it is lifted.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::id::{ActorId, ProjectId, RestrictionId};
use kiez_domain::policy::Facts;
use kiez_domain::restriction::{
    NewRestriction, Restricted, RestrictionEvent, RestrictionForm, RestrictionState,
};
pub use kiez_store::restriction::Restriction;

/// What holds for an actor and its people.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn list(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    actor: ActorId,
) -> Result<Vec<Restriction>, AppError> {
    caller.may("restriction", "list", Facts::of_project(project))?;
    Ok(kiez_store::restriction::list(&mut ctx.db.read().await?, project, actor).await?)
}

/// Restricts; where it is restricted already, nothing changes.
///
/// # Errors
/// Issues of the form; [`AppError::NotFound`] when there is nobody.
pub async fn restrict(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    of: Restricted,
    form: &RestrictionForm,
) -> Result<(), AppError> {
    let permit = caller.may("restriction", "create", Facts::of_project(project))?;
    let new = NewRestriction::read(form, ctx.today())?;
    let id = ctx.id(RestrictionId::new)?;
    let mut tx = ctx.db.write().await?;
    kiez_store::actor::facts(&mut tx, project, of.actor).await?.ok_or(AppError::NotFound)?;
    if let Some(person) = of.person {
        let found = kiez_store::person::find(&mut tx, project, person).await?;
        found.filter(|found| found.actor == of.actor).ok_or(AppError::NotFound)?;
    }
    let held = kiez_store::restriction::list(&mut tx, project, of.actor).await?;
    if held.iter().any(|restriction| restriction.of == of) {
        return Ok(());
    }
    RestrictionState::Lifted.transition(RestrictionEvent::Restrict)?;
    kiez_store::restriction::create(&mut tx, &permit, (id, of), &new, ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// Lets the data be worked with again; where nothing is restricted any more, nothing changes.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such actor, or the caller may not.
pub async fn lift(
    ctx: &Ctx,
    caller: &Caller,
    (project, actor): (ProjectId, ActorId),
    id: RestrictionId,
) -> Result<(), AppError> {
    let permit = caller.may("restriction", "lift", Facts::of_project(project))?;
    let mut tx = ctx.db.write().await?;
    kiez_store::actor::facts(&mut tx, project, actor).await?.ok_or(AppError::NotFound)?;
    let held = kiez_store::restriction::list(&mut tx, project, actor).await?;
    let Some(found) = held.iter().find(|restriction| restriction.id == id) else { return Ok(()) };
    found.state.transition(RestrictionEvent::Lift)?;
    kiez_store::restriction::lift(&mut tx, &permit, id, ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// Lifts what was to last until a day that has come; gives how many.
///
/// # Errors
/// When the database fails.
pub async fn lapse(ctx: &Ctx, caller: &Caller, project: ProjectId) -> Result<usize, AppError> {
    let permit = caller.may("restriction", "lift", Facts::of_project(project))?;
    let mut tx = ctx.db.write().await?;
    let over = kiez_store::restriction::list_over(&mut tx, project, ctx.today()).await?;
    for restriction in &over {
        restriction.state.transition(RestrictionEvent::Lapse)?;
        kiez_store::restriction::lift(&mut tx, &permit, restriction.id, ctx.now()).await?;
    }
    if !over.is_empty() {
        tx.commit().await?;
    }
    Ok(over.len())
}
