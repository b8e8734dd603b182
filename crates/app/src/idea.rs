//! Ideas: noted from cards and doorsteps.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::idempotency;
use kiez_domain::id::{IdeaId, ProjectId};
use kiez_domain::idea::Idea;
use kiez_domain::issue::Problem;
use kiez_domain::policy::Facts;
use kiez_domain::text::Body;
use kiez_store::page::{Listing, Page};

/// Notes an idea.
///
/// # Errors
/// When the text is missing or the caller may not note ideas for this actor.
pub async fn note(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (actor, text, key): (&str, &str, &str),
) -> Result<IdeaId, AppError> {
    let owner = crate::actor::owner_of_form(caller, project, actor)?;
    let permit = caller.may("idea", "create", Facts::of_object(project, owner, false))?;
    let text: Body = text.parse().map_err(|problem| AppError::field("text", problem))?;
    crate::actor::must_exist(ctx, project, owner).await?;
    let (id, now) = (ctx.id(IdeaId::new)?, ctx.now());
    let mut tx = ctx.db.write().await?;
    if let Some(earlier) = idempotency::earlier(&mut tx, caller, key, (&id.to_string(), now)).await? {
        return earlier.parse().map_err(|_| AppError::field("key", Problem::Taken { what: earlier }));
    }
    kiez_store::idea::create(&mut tx, &permit, id, (owner, &text), now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Ideas of a project, newest first: a coordinator sees all, an institution its own.
///
/// # Errors
/// [`AppError::NotFound`] for everybody else.
pub async fn list(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    page: Page,
) -> Result<Listing<Idea>, AppError> {
    let owner = crate::actor::visible_owner(caller, project, "idea", None)?;
    Ok(kiez_store::idea::list(&mut ctx.db.read().await?, project, owner, &page).await?)
}
