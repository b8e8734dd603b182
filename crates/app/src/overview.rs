//! Figures of the entrance page.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::id::ProjectId;
use kiez_domain::need::NeedState;
use kiez_domain::offer::OfferState;
use kiez_domain::policy::Facts;
use kiez_store::actor::ActorFilter;
use kiez_store::need::NeedFilter;
use kiez_store::offer::OfferFilter;
use kiez_store::page::Page;

/// How much there is: all of the project for a coordinator, the own for an institution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Open needs.
    pub open_needs: u64,
    /// Open offers.
    pub open_offers: u64,
    /// Ideas.
    pub ideas: u64,
    /// Actors; coordinators only.
    pub actors: Option<u64>,
}

/// Counts what the caller may list.
///
/// # Errors
/// [`AppError::NotFound`] for everybody without a role in the project.
pub async fn counts(ctx: &Ctx, caller: &Caller, project: ProjectId) -> Result<Counts, AppError> {
    let one = Page::first(1);
    let needs = NeedFilter { state: Some(NeedState::Open), ..NeedFilter::default() };
    let offers = OfferFilter { state: Some(OfferState::Open), ..OfferFilter::default() };
    let actors = match caller.may("actor", "list", Facts::of_project(project)) {
        Ok(_) => {
            let mut conn = ctx.db.read().await?;
            Some(kiez_store::actor::list(&mut conn, project, &ActorFilter::default(), &one).await?.total)
        }
        Err(_) => None,
    };
    Ok(Counts {
        open_needs: crate::posting::list(ctx, caller, project, needs, one).await?.total,
        open_offers: crate::posting::list(ctx, caller, project, offers, one).await?.total,
        ideas: crate::idea::list(ctx, caller, project, one).await?.total,
        actors,
    })
}
