//! Needs and offers: post, list, change, move along. What is done with both stands here once.

use crate::actor::{ActorName, Names};
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::idempotency;
use crate::kind_finding::{self, FoundKind};
use crate::market::OnMarket;
use kiez_domain::id::{ActorId, ProjectId};
use kiez_domain::issue::Problem;
use kiez_domain::lifecycle::Lifecycle;
use kiez_domain::policy::Facts;
use kiez_domain::posting::{Posted, Posting};
use kiez_domain::text::Line;
use kiez_store::page::{Listing, Page};
use kiez_store::posting::Filter;

/// A need or an offer with what a list or page shows beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct PostingView<T: Posting> {
    /// The need or offer.
    pub posted: Posted<T>,
    /// Whose it is, when it is somebody of the directory.
    pub actor: Option<ActorName>,
    /// Kinds set by hand, else found in the text.
    pub kinds: Vec<FoundKind>,
}

impl<T: Posting> PostingView<T> {
    /// The words on the card.
    #[must_use]
    pub fn text(&self) -> &str {
        self.posted.data.card().text.as_str()
    }

    /// Who says so: the actor's name, else the name on the card.
    #[must_use]
    pub fn who(&self) -> Option<&str> {
        let actor = self.actor.as_ref().map(|actor| actor.name.as_str());
        actor.or(self.posted.data.card().said_by.as_ref().map(Line::as_str))
    }
}

/// Posts it: the form is parsed, the actor must be of the project, and it is open at once.
///
/// The key makes it safe to send the same form twice.
///
/// # Errors
/// All issues of the form; [`AppError::NotFound`] when the caller may not post for this actor.
pub async fn post<T: OnMarket>(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (form, key): (T::Form, &str),
) -> Result<T::Id, AppError> {
    let owner = crate::actor::owner_of_form(caller, project, &T::form_card(&form).actor)?;
    let permit = caller.may(T::NOUN, "create", Facts::of_object(project, owner, false))?;
    let new: T = read(ctx, project, (owner, form)).await?;
    let (id, now) = (ctx.id(T::id)?, ctx.now());
    let mut tx = ctx.db.write().await?;
    if let Some(earlier) = idempotency::earlier(&mut tx, caller, key, (&id.to_string(), now)).await? {
        return earlier.parse().map_err(|_| AppError::field("key", Problem::Taken { what: earlier }));
    }
    kiez_store::posting::create(&mut tx, &permit, id, (&new, T::OPEN), now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Needs or offers of a project: a coordinator sees all, an institution its own.
///
/// # Errors
/// [`AppError::NotFound`] for everybody else.
pub async fn list<T: OnMarket>(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    filter: Filter<T>,
    page: Page,
) -> Result<Listing<PostingView<T>>, AppError> {
    let actor = crate::actor::visible_owner(caller, project, T::NOUN, filter.actor)?;
    let filter = Filter { actor, ..filter };
    let mut conn = ctx.db.read().await?;
    let found = kiez_store::posting::list(&mut conn, project, &filter, &page).await?;
    let actors: Vec<ActorId> = found.rows.iter().filter_map(|posted| posted.data.card().actor).collect();
    let names = crate::actor::names(&mut conn, project, &actors).await?;
    Ok(found.map(|posted| view(posted, &names)))
}

/// One need or offer.
///
/// # Errors
/// [`AppError::NotFound`] when there is none or the caller may not see it.
pub async fn get<T: OnMarket>(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: T::Id,
) -> Result<PostingView<T>, AppError> {
    let mut conn = ctx.db.read().await?;
    let found = kiez_store::posting::find::<T>(&mut conn, project, id).await?;
    let posted = found.ok_or(AppError::NotFound)?;
    let owner = posted.data.card().actor;
    caller.may(T::NOUN, "read", Facts::of_object(project, owner, posted.published))?;
    let names = crate::actor::names(&mut conn, project, owner.as_slice()).await?;
    Ok(view(posted, &names))
}

/// Saves it changed; `version` is the one the form was filled from.
///
/// # Errors
/// All issues; [`AppError::Stale`] when somebody else saved first.
pub async fn update<T: OnMarket>(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: T::Id,
    (version, form): (i64, T::Form),
) -> Result<(), AppError> {
    let before = get::<T>(ctx, caller, project, id).await?.posted;
    caller.may(T::NOUN, "update", Facts::of_object(project, before.data.card().actor, false))?;
    let owner = crate::actor::owner_of_form(caller, project, &T::form_card(&form).actor)?;
    let permit = caller.may(T::NOUN, "update", Facts::of_object(project, owner, false))?;
    let new: T = read(ctx, project, (owner, form)).await?;
    let mut tx = ctx.db.write().await?;
    kiez_store::posting::update(&mut tx, &permit, id, version, (&new, ctx.now())).await?;
    tx.commit().await?;
    Ok(())
}

/// Moves it along its lifecycle.
///
/// # Errors
/// [`AppError::NotPossible`] with the steps that are possible; [`AppError::Stale`] when somebody else was first.
pub async fn transition<T: OnMarket>(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: T::Id,
    (version, event): (i64, <T::State as Lifecycle>::Event),
) -> Result<T::State, AppError> {
    let before = get::<T>(ctx, caller, project, id).await?.posted;
    let permit = caller.may(T::NOUN, "update", Facts::of_object(project, before.data.card().actor, false))?;
    let state = before.state.transition(event)?;
    let mut tx = ctx.db.write().await?;
    kiez_store::posting::transition::<T>(&mut tx, &permit, id, version, (state, ctx.now())).await?;
    tx.commit().await?;
    Ok(state)
}

/// Shows it on the public pages while it is open and its actor is public, or takes it back; whoever calls has the
/// consent of whose it is.
///
/// # Errors
/// [`AppError::NotFound`] when there is none or the caller may not; [`AppError::Stale`] when somebody saved first.
pub async fn set_published<T: OnMarket>(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: T::Id,
    (version, published): (i64, bool),
) -> Result<(), AppError> {
    let before = get::<T>(ctx, caller, project, id).await?.posted;
    let permit = caller.may(T::NOUN, "update", Facts::of_object(project, before.data.card().actor, false))?;
    if before.published == published {
        return Ok(());
    }
    let mut tx = ctx.db.write().await?;
    kiez_store::posting::set_published::<T>(&mut tx, &permit, id, version, (published, ctx.now())).await?;
    tx.commit().await?;
    Ok(())
}

/// The form's values, with the owner the policy agreed to and kinds that there are.
async fn read<T: OnMarket>(
    ctx: &Ctx,
    project: ProjectId,
    (owner, form): (Option<ActorId>, T::Form),
) -> Result<T, AppError> {
    let mut new = T::try_from(form)?;
    let card = new.card_mut();
    (card.actor, card.said_by) = crate::actor::whose(ctx, project, owner, card.said_by.take()).await?;
    kind_finding::must_exist(&card.kinds)?;
    Ok(new)
}

fn view<T: OnMarket>(posted: Posted<T>, names: &Names) -> PostingView<T> {
    let card = posted.data.card();
    let actor = card.actor.and_then(|id| names.get(&id).cloned());
    let kinds = kind_finding::find(&card.kinds, card.text.as_str(), T::SIDE);
    PostingView { posted, actor, kinds }
}
