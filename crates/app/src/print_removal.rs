//! What is to be taken out of print, until somebody says since which edition it is out.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::consent::{Consent, stands};
use kiez_domain::id::{ActorId, ConsentId, ProjectId};
use kiez_domain::policy::Facts;
use kiez_store::conn::Conn;
pub use kiez_store::print_removal::TakenBack;
use std::collections::BTreeMap;

/// What waits, and what is out already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintRemovals {
    /// To be taken out with the next edition, the earliest first.
    pub waiting: Vec<TakenBack>,
    /// Out already, the latest first.
    pub removed: Vec<TakenBack>,
}

/// Everything about paper that was taken back. What was agreed to again since is no longer to be taken out.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn list(ctx: &Ctx, caller: &Caller, project: ProjectId) -> Result<PrintRemovals, AppError> {
    caller.may("print_removal", "list", Facts::of_project(project))?;
    sorted(&mut ctx.db.read().await?, project).await
}

/// How much waits to be taken out of print.
pub(crate) async fn count(conn: &mut Conn, project: ProjectId) -> Result<u64, AppError> {
    Ok(sorted(conn, project).await?.waiting.len() as u64)
}

async fn sorted(conn: &mut Conn, project: ProjectId) -> Result<PrintRemovals, AppError> {
    let all = kiez_store::print_removal::list(conn, project).await?;
    let (removed, mut waiting): (Vec<_>, Vec<_>) = all.into_iter().partition(|row| row.removed.is_some());
    let mut events: BTreeMap<ActorId, Vec<Consent>> = BTreeMap::new();
    for row in &waiting {
        let actor = row.event.actor;
        if let std::collections::btree_map::Entry::Vacant(free) = events.entry(actor) {
            free.insert(kiez_store::consent::list_by_actor(conn, project, actor).await?);
        }
    }
    waiting.retain(|row| {
        let of_actor = events.get(&row.event.actor).map_or(&[][..], Vec::as_slice);
        !stands(of_actor, row.event.person, row.event.purpose)
    });
    waiting.reverse();
    Ok(PrintRemovals { waiting, removed })
}

/// Notes since which edition it is out; a second time changes nothing.
///
/// # Errors
/// An issue with the edition; [`AppError::NotFound`] for what is no word about paper that was taken back, and unless the
/// caller coordinates the project.
pub async fn settle(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (event, edition): (ConsentId, &str),
) -> Result<(), AppError> {
    let permit = caller.may("print_removal", "settle", Facts::of_project(project))?;
    let edition = edition.parse().map_err(|problem| AppError::field("edition", problem))?;
    let mut tx = ctx.db.write().await?;
    kiez_store::print_removal::settle(&mut tx, &permit, event, (&edition, ctx.now())).await?;
    Ok(tx.commit().await?)
}
