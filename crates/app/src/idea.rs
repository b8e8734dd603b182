//! Ideas: noted from cards and doorsteps.

use crate::actor::ActorName;
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::idempotency;
use kiez_domain::id::{ActorId, IdeaId, ProjectId};
use kiez_domain::idea::{Idea, IdeaEvent, IdeaForm, IdeaState, NewIdea};
use kiez_domain::issue::Problem;
use kiez_domain::policy::Facts;
use kiez_domain::text::Line;
use kiez_store::page::{Listing, Page};

/// An idea with what a list shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdeaView {
    /// The idea.
    pub idea: Idea,
    /// Whose idea, when it is somebody of the directory.
    pub actor: Option<ActorName>,
}

impl IdeaView {
    /// Who says so: the actor's name, else the name on the card.
    #[must_use]
    pub fn who(&self) -> Option<&str> {
        let actor = self.actor.as_ref().map(|actor| actor.name.as_str());
        actor.or(self.idea.data.said_by.as_ref().map(Line::as_str))
    }
}

/// Notes an idea; the key makes it safe to send the same form twice.
///
/// # Errors
/// All issues of the form; [`AppError::NotFound`] when the caller may not note ideas for this actor.
pub async fn note(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (form, key): (IdeaForm, &str),
) -> Result<IdeaId, AppError> {
    let owner = crate::actor::owner_of_form(caller, project, &form.actor)?;
    let permit = caller.may("idea", "create", Facts::of_object(project, owner, false))?;
    let mut new = NewIdea::try_from(form)?;
    (new.actor, new.said_by) = crate::actor::whose(ctx, project, owner, new.said_by).await?;
    let (id, now) = (ctx.id(IdeaId::new)?, ctx.now());
    let mut tx = ctx.db.write().await?;
    if let Some(earlier) = idempotency::earlier(&mut tx, caller, key, (&id.to_string(), now)).await? {
        return earlier.parse().map_err(|_| AppError::field("key", Problem::Taken { what: earlier }));
    }
    kiez_store::idea::create(&mut tx, &permit, id, &new, now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Moves an idea along its lifecycle.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project; [`AppError::NotPossible`] with the steps that are
/// possible; [`AppError::Stale`] when somebody else was first.
pub async fn transition(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: IdeaId,
    (version, event): (i64, IdeaEvent),
) -> Result<IdeaState, AppError> {
    let permit = caller.may("idea", "update", Facts::of_project(project))?;
    let mut tx = ctx.db.write().await?;
    let before = kiez_store::idea::find(&mut tx, project, id).await?.ok_or(AppError::NotFound)?;
    let state = before.state.transition(event)?;
    kiez_store::idea::transition(&mut tx, &permit, id, version, (state, ctx.now())).await?;
    tx.commit().await?;
    Ok(state)
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
) -> Result<Listing<IdeaView>, AppError> {
    let owner = crate::actor::visible_owner(caller, project, "idea", None)?;
    let mut conn = ctx.db.read().await?;
    let found = kiez_store::idea::list(&mut conn, project, owner, &page).await?;
    let actors: Vec<ActorId> = found.rows.iter().filter_map(|idea| idea.data.actor).collect();
    let names = crate::actor::names(&mut conn, project, &actors).await?;
    Ok(found.map(|idea| {
        let actor = idea.data.actor.and_then(|id| names.get(&id).cloned());
        IdeaView { idea, actor }
    }))
}
