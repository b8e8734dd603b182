//! Offers: post, list, change, move along.

use crate::actor::ActorName;
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::idempotency;
use crate::kind_finding::{self, FoundKind};
use kiez_domain::id::{ActorId, OfferId, ProjectId};
use kiez_domain::issue::Problem;
use kiez_domain::offer::{NewOffer, Offer, OfferEvent, OfferForm, OfferState};
use kiez_domain::policy::Facts;
use kiez_domain::text::Line;
use kiez_store::offer::OfferFilter;
use kiez_store::page::{Listing, Page};

/// An offer with what a list or page shows beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferView {
    /// The offer.
    pub offer: Offer,
    /// Who gives it, when known.
    pub actor: Option<ActorName>,
    /// Kinds set by hand, else found in the text.
    pub kinds: Vec<FoundKind>,
}

impl OfferView {
    /// Who says so: the actor's name, else the name on the card.
    #[must_use]
    pub fn who(&self) -> Option<&str> {
        let actor = self.actor.as_ref().map(|actor| actor.name.as_str());
        actor.or(self.offer.data.said_by.as_ref().map(Line::as_str))
    }
}

/// Posts an offer: the form is parsed, the actor must be of the project, the offer is open at once.
///
/// The key makes it safe to send the same form twice.
///
/// # Errors
/// All issues of the form; [`AppError::NotFound`] when the caller may not post for this actor.
pub async fn post(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (form, key): (OfferForm, &str),
) -> Result<OfferId, AppError> {
    let owner = crate::actor::owner_of_form(caller, project, &form.actor)?;
    let permit = caller.may("offer", "create", Facts::of_object(project, owner, false))?;
    let mut new = NewOffer::try_from(form)?;
    (new.actor, new.said_by) = crate::actor::whose(ctx, project, owner, new.said_by).await?;
    kind_finding::must_exist(&new.kinds)?;
    let (id, now) = (ctx.id(OfferId::new)?, ctx.now());
    let mut tx = ctx.db.write().await?;
    if let Some(earlier) = idempotency::earlier(&mut tx, caller, key, (&id.to_string(), now)).await? {
        return earlier.parse().map_err(|_| AppError::field("key", Problem::Taken { what: earlier }));
    }
    kiez_store::offer::create(&mut tx, &permit, id, (&new, OfferState::Open), now).await?;
    tx.commit().await?;
    Ok(id)
}

/// Offers of a project: a coordinator sees all, an institution its own.
///
/// # Errors
/// [`AppError::NotFound`] for everybody else.
pub async fn list(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    filter: OfferFilter,
    page: Page,
) -> Result<Listing<OfferView>, AppError> {
    let mut filter = filter;
    filter.actor = crate::actor::visible_owner(caller, project, "offer", filter.actor)?;
    let mut conn = ctx.db.read().await?;
    let found = kiez_store::offer::list(&mut conn, project, &filter, &page).await?;
    let actors: Vec<ActorId> = found.rows.iter().filter_map(|offer| offer.data.actor).collect();
    let names = crate::actor::names(&mut conn, project, &actors).await?;
    Ok(found.map(|offer| view(offer, &names)))
}

/// One offer.
///
/// # Errors
/// [`AppError::NotFound`] when there is none or the caller may not see it.
pub async fn get(ctx: &Ctx, caller: &Caller, project: ProjectId, id: OfferId) -> Result<OfferView, AppError> {
    let mut conn = ctx.db.read().await?;
    let offer = kiez_store::offer::find(&mut conn, project, id).await?.ok_or(AppError::NotFound)?;
    caller.may("offer", "read", Facts::of_object(project, offer.data.actor, offer.published))?;
    let names = crate::actor::names(&mut conn, project, offer.data.actor.as_slice()).await?;
    Ok(view(offer, &names))
}

/// Saves a changed offer; `version` is the one the form was filled from.
///
/// # Errors
/// All issues; [`AppError::Stale`] when somebody else saved first.
pub async fn update(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: OfferId,
    (version, form): (i64, OfferForm),
) -> Result<(), AppError> {
    let before = get(ctx, caller, project, id).await?;
    let owner = crate::actor::owner_of_form(caller, project, &form.actor)?;
    caller.may("offer", "update", Facts::of_object(project, before.offer.data.actor, false))?;
    let permit = caller.may("offer", "update", Facts::of_object(project, owner, false))?;
    let mut new = NewOffer::try_from(form)?;
    (new.actor, new.said_by) = crate::actor::whose(ctx, project, owner, new.said_by).await?;
    kind_finding::must_exist(&new.kinds)?;
    let mut tx = ctx.db.write().await?;
    kiez_store::offer::update(&mut tx, &permit, id, version, (&new, ctx.now())).await?;
    tx.commit().await?;
    Ok(())
}

/// Moves an offer along its lifecycle.
///
/// # Errors
/// [`AppError::NotPossible`] with the steps that are possible; [`AppError::Stale`] when somebody else was first.
pub async fn transition(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: OfferId,
    (version, event): (i64, OfferEvent),
) -> Result<OfferState, AppError> {
    let view = get(ctx, caller, project, id).await?;
    let permit = caller.may("offer", "update", Facts::of_object(project, view.offer.data.actor, false))?;
    let state = view.offer.state.transition(event)?;
    let mut tx = ctx.db.write().await?;
    kiez_store::offer::transition(&mut tx, &permit, id, version, (state, ctx.now())).await?;
    tx.commit().await?;
    Ok(state)
}

fn view(offer: Offer, names: &crate::actor::Names) -> OfferView {
    let actor = offer.data.actor.and_then(|id| names.get(&id).cloned());
    let kinds = kind_finding::of_offer(&offer.data.kinds, offer.data.text.as_str());
    OfferView { offer, actor, kinds }
}
