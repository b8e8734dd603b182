//! Erasing somebody: first what would go is shown, then it goes at once, from the rows, the traces and the files. More
//! than fifty people, or a whole project, wait a day or for somebody else to look at it.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::ledger;
use kiez_domain::erasure::{AT_ONCE, DataSubject, RequestEvent, WAIT_DAYS};
use kiez_domain::id::{ErasureRequestId, ProjectId};
use kiez_domain::policy::{Facts, Permit};
pub use kiez_store::erasure_request::ErasureRequest;
use kiez_store::erasure_rows::{self, Plan};
use kiez_store::{actor, erasure_request, person, project, user};

/// What an erasing would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// How somebody is called.
    pub name: String,
    /// What goes, and what of others names them.
    pub plan: Plan,
    /// Whether it waits for a second look.
    pub waits: bool,
}

/// How an erasing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Erased,
    /// It waits for somebody else, or for tomorrow.
    Waits(ErasureRequestId),
}

/// Shows what an erasing would do; nothing is changed.
///
/// # Errors
/// [`AppError::NotFound`] when there is nobody, or the caller may not.
pub async fn preview(
    ctx: &Ctx,
    caller: &Caller,
    project: Option<ProjectId>,
    subject: DataSubject,
) -> Result<Preview, AppError> {
    permit(caller, project, "create")?;
    let mut conn = ctx.db.read().await?;
    let name = match (subject, project) {
        (DataSubject::Actor(id), Some(project)) => {
            actor::find(&mut conn, project, id).await?.map(|actor| actor.data.name.to_string())
        }
        (DataSubject::Person(id), Some(project)) => {
            person::find(&mut conn, project, id).await?.map(|person| person.name.to_string())
        }
        (DataSubject::User(id), None) => user::find(&mut conn, id).await?.map(|user| user.name),
        (DataSubject::Project(id), Some(own)) if id == own => {
            project::find(&mut conn, id).await?.map(|project| project.data.name.to_string())
        }
        _ => None,
    };
    let name = name.ok_or(AppError::NotFound)?;
    let plan = erasure_rows::plan(&mut conn, (project, subject)).await?.ok_or(AppError::NotFound)?;
    let waits = waits(&[subject], plan.persons);
    Ok(Preview { name, plan, waits })
}

/// Erases, or asks for a second look where it is about many.
///
/// # Errors
/// [`AppError::NotFound`] when one of them is not there, or the caller may not; nothing has changed then.
pub async fn erase(
    ctx: &Ctx,
    caller: &Caller,
    project: Option<ProjectId>,
    targets: &[DataSubject],
) -> Result<Outcome, AppError> {
    let permit = permit(caller, project, "create")?;
    let mut persons = 0;
    for target in targets {
        persons += preview(ctx, caller, project, *target).await?.plan.persons;
    }
    let mut tx = ctx.db.write().await?;
    if waits(targets, persons) {
        let (id, now) = (ctx.id(ErasureRequestId::new)?, ctx.now());
        let due = (id, now.plus_days(WAIT_DAYS));
        erasure_request::create(&mut tx, &permit, due, (targets, persons), now).await?;
        tx.commit().await?;
        return Ok(Outcome::Waits(id));
    }
    for target in targets {
        erasure_rows::remove(&mut tx, &permit, (project, *target), ctx.now()).await?;
    }
    tx.commit().await?;
    finish(ctx).await;
    Ok(Outcome::Erased)
}

fn waits(targets: &[DataSubject], persons: u64) -> bool {
    persons > AT_ONCE || targets.iter().any(|target| matches!(target, DataSubject::Project(_)))
}

/// What waits in a project.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates it or runs the installation.
pub async fn waiting(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
) -> Result<Vec<ErasureRequest>, AppError> {
    caller.may("erasure", "list", Facts::of_project(project))?;
    Ok(erasure_request::list_waiting(&mut ctx.db.read().await?, project).await?)
}

/// Whether this caller asked for it: somebody else has to look at it then.
#[must_use]
pub fn is_own(caller: &Caller, request: &ErasureRequest) -> bool {
    request.by_user.is_some_and(|by| caller.is(by))
}

/// Somebody else has looked at it: it is done at once.
///
/// # Errors
/// [`AppError::NotFound`] when nothing waits, or for whoever asked for it.
pub async fn confirm(
    ctx: &Ctx,
    caller: &Caller,
    (project, id): (ProjectId, ErasureRequestId),
) -> Result<(), AppError> {
    let permit = permit(caller, Some(project), "confirm")?;
    let request = find(ctx, project, id).await?;
    if is_own(caller, &request) {
        return Err(AppError::NotFound);
    }
    carry_out(ctx, (&permit, &request), RequestEvent::Confirm).await
}

/// Calls an erasing off that waits.
///
/// # Errors
/// [`AppError::NotFound`] when nothing waits, or the caller may not.
pub async fn withdraw(
    ctx: &Ctx,
    caller: &Caller,
    (project, id): (ProjectId, ErasureRequestId),
) -> Result<(), AppError> {
    let permit = permit(caller, Some(project), "withdraw")?;
    let state = find(ctx, project, id).await?.state.transition(RequestEvent::Withdraw)?;
    let mut tx = ctx.db.write().await?;
    erasure_request::step(&mut tx, &permit, (id, state), ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// Does what has waited long enough; gives how many.
///
/// # Errors
/// When the database fails.
pub async fn lapse(ctx: &Ctx, caller: &Caller) -> Result<usize, AppError> {
    let due = erasure_request::list_due(&mut ctx.db.read().await?, ctx.now()).await?;
    for request in &due {
        let permit = permit(caller, Some(request.project), "confirm")?;
        carry_out(ctx, (&permit, request), RequestEvent::Lapse).await?;
    }
    Ok(due.len())
}

async fn find(ctx: &Ctx, project: ProjectId, id: ErasureRequestId) -> Result<ErasureRequest, AppError> {
    erasure_request::find(&mut ctx.db.read().await?, project, id).await?.ok_or(AppError::NotFound)
}

async fn carry_out(
    ctx: &Ctx,
    (permit, request): (&Permit, &ErasureRequest),
    event: RequestEvent,
) -> Result<(), AppError> {
    let state = request.state.transition(event)?;
    let mut tx = ctx.db.write().await?;
    erasure_request::step(&mut tx, permit, (request.id, state), ctx.now()).await?;
    for target in &request.targets {
        erasure_rows::remove(&mut tx, permit, (Some(request.project), *target), ctx.now()).await?;
    }
    tx.commit().await?;
    finish(ctx).await;
    Ok(())
}

/// After the rows are gone: the ledger's file, then the files of the database. What does not work now is done by the
/// next round of the server, and `kiez doctor` tells when it takes long.
pub(crate) async fn finish(ctx: &Ctx) {
    if let Err(error) = ledger::catch_up(ctx, &Caller::of_the_house()).await {
        tracing::error!(%error, "the ledger of erasures was not written; the next round tries again");
    }
    clear(ctx).await;
}

async fn clear(ctx: &Ctx) {
    match ledger::clear(ctx).await {
        Ok(true) => {}
        Ok(false) => tracing::warn!("somebody reads for long: the files are cleared in the next round"),
        Err(error) => tracing::error!(%error, "the files were not cleared; the next round tries again"),
    }
}

fn permit(caller: &Caller, project: Option<ProjectId>, action: &str) -> Result<Permit, AppError> {
    caller.may("erasure", action, project.map_or(Facts::INSTALLATION, Facts::of_project))
}
