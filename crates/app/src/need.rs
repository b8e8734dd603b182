//! Needs: post, list, change, move along.

use crate::actor::ActorName;
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::idempotency;
use crate::kind_finding::{self, FoundKind};
use kiez_domain::id::{ActorId, NeedId, ProjectId};
use kiez_domain::issue::Problem;
use kiez_domain::need::{Need, NeedEvent, NeedForm, NeedState, NewNeed};
use kiez_domain::policy::Facts;
use kiez_domain::text::Line;
use kiez_store::need::NeedFilter;
use kiez_store::page::{Listing, Page};

/// A need with what a list or page shows beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct NeedView {
    /// The need.
    pub need: Need,
    /// Whose need, when known.
    pub actor: Option<ActorName>,
    /// Kinds set by hand, else found in the text.
    pub kinds: Vec<FoundKind>,
}

impl NeedView {
    /// Who says so: the actor's name, else the name on the card.
    #[must_use]
    pub fn who(&self) -> Option<&str> {
        let actor = self.actor.as_ref().map(|actor| actor.name.as_str());
        actor.or(self.need.data.said_by.as_ref().map(Line::as_str))
    }
}

/// Posts a need: the form is parsed, the actor must be of the project, the need is open at once.
///
/// The key makes it safe to send the same form twice.
///
/// # Errors
/// All issues of the form; [`AppError::NotFound`] when the caller may not post for this actor.
pub async fn post(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (form, key): (NeedForm, &str),
) -> Result<NeedId, AppError> {
    let owner = crate::actor::owner_of_form(caller, project, &form.actor)?;
    let permit = caller.may("need", "create", Facts::of_object(project, owner, false))?;
    let mut new = NewNeed::try_from(form)?;
    (new.actor, new.said_by) = crate::actor::whose(ctx, project, owner, new.said_by).await?;
    kind_finding::must_exist(&new.kinds)?;
    let (id, now) = (ctx.id(NeedId::new)?, ctx.now());
    let mut tx = ctx.db.write().await?;
    if let Some(earlier) = idempotency::earlier(&mut tx, caller, key, (&id.to_string(), now)).await? {
        return earlier.parse().map_err(|_| AppError::field("key", Problem::Taken { what: earlier }));
    }
    kiez_store::need::create(&mut tx, &permit, id, (&new, NeedState::Open), now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Needs of a project: a coordinator sees all, an institution its own.
///
/// # Errors
/// [`AppError::NotFound`] for everybody else.
pub async fn list(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    filter: NeedFilter,
    page: Page,
) -> Result<Listing<NeedView>, AppError> {
    let mut filter = filter;
    filter.actor = crate::actor::visible_owner(caller, project, "need", filter.actor)?;
    let mut conn = ctx.db.read().await?;
    let found = kiez_store::need::list(&mut conn, project, &filter, &page).await?;
    let actors: Vec<ActorId> = found.rows.iter().filter_map(|need| need.data.actor).collect();
    let names = crate::actor::names(&mut conn, project, &actors).await?;
    Ok(found.map(|need| view(need, &names)))
}

/// One need.
///
/// # Errors
/// [`AppError::NotFound`] when there is none or the caller may not see it.
pub async fn get(ctx: &Ctx, caller: &Caller, project: ProjectId, id: NeedId) -> Result<NeedView, AppError> {
    let mut conn = ctx.db.read().await?;
    let need = kiez_store::need::find(&mut conn, project, id).await?.ok_or(AppError::NotFound)?;
    caller.may("need", "read", Facts::of_object(project, need.data.actor, need.published))?;
    let names = crate::actor::names(&mut conn, project, need.data.actor.as_slice()).await?;
    Ok(view(need, &names))
}

/// Saves a changed need; `version` is the one the form was filled from.
///
/// # Errors
/// All issues; [`AppError::Stale`] when somebody else saved first.
pub async fn update(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: NeedId,
    (version, form): (i64, NeedForm),
) -> Result<(), AppError> {
    let before = get(ctx, caller, project, id).await?;
    let owner = crate::actor::owner_of_form(caller, project, &form.actor)?;
    caller.may("need", "update", Facts::of_object(project, before.need.data.actor, false))?;
    let permit = caller.may("need", "update", Facts::of_object(project, owner, false))?;
    let mut new = NewNeed::try_from(form)?;
    (new.actor, new.said_by) = crate::actor::whose(ctx, project, owner, new.said_by).await?;
    kind_finding::must_exist(&new.kinds)?;
    let mut tx = ctx.db.write().await?;
    kiez_store::need::update(&mut tx, &permit, id, version, (&new, ctx.now())).await?;
    tx.commit().await?;
    Ok(())
}

/// Moves a need along its lifecycle.
///
/// # Errors
/// [`AppError::NotPossible`] with the steps that are possible; [`AppError::Stale`] when somebody else was first.
pub async fn transition(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: NeedId,
    (version, event): (i64, NeedEvent),
) -> Result<NeedState, AppError> {
    let view = get(ctx, caller, project, id).await?;
    let permit = caller.may("need", "update", Facts::of_object(project, view.need.data.actor, false))?;
    let state = view.need.state.transition(event)?;
    let mut tx = ctx.db.write().await?;
    kiez_store::need::transition(&mut tx, &permit, id, version, (state, ctx.now())).await?;
    tx.commit().await?;
    Ok(state)
}

fn view(need: Need, names: &crate::actor::Names) -> NeedView {
    let actor = need.data.actor.and_then(|id| names.get(&id).cloned());
    let kinds = kind_finding::of_need(&need.data.kinds, need.data.text.as_str());
    NeedView { need, actor, kinds }
}
