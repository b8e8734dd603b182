//! The entrance page: how much there is, and for coordinators their desk of today.

mod own;
mod recent;
mod waiting;

pub use kiez_store::overview::Street;
pub use own::{COUNTED, Own, OwnNeed, own};
pub use recent::{Act, RecentView};
pub use waiting::{Alone, LatelyUsed, Returning, Waiting};

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use jiff::civil::Date;
use kiez_domain::actor::Stage;
use kiez_domain::id::ProjectId;
use kiez_domain::need::NeedState;
use kiez_domain::offer::OfferState;
use kiez_domain::policy::Facts;
use kiez_domain::premises::Use;
use kiez_store::actor::ActorFilter;
use kiez_store::conn::Conn;
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

/// Into so many parts the time of the curves is cut.
pub const PARTS: usize = 12;
/// How long one part is.
pub const PART_DAYS: i64 = 28;
/// What a coordinator may list, and so what the desk tells of.
const TOLD: [&str; 6] = ["actor", "need", "offer", "premises", "difference", "verdict"];

/// The desk of today.
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    /// What came in the last parts of the time.
    pub new: New,
    /// The streets of the survey, the longest first.
    pub streets: Vec<Street>,
    /// How many businesses there are in each stage, in the order of the stages; stages without any are left out.
    pub stages: Vec<(Stage, u64)>,
    /// How many ground-floor units there are of each use, most first.
    pub uses: Vec<(Use, u64)>,
    /// What waits for somebody.
    pub waiting: Waiting,
    /// What changed last, the newest first.
    pub recent: Vec<RecentView>,
}

/// How many came in each part of the time; the last part ends now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct New {
    /// The first day of each part.
    pub begins: [Date; PARTS],
    /// Needs.
    pub needs: [u64; PARTS],
    /// Offers.
    pub offers: [u64; PARTS],
    /// Ideas.
    pub ideas: [u64; PARTS],
    /// Actors.
    pub actors: [u64; PARTS],
}

/// What a coordinator finds in the morning.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn desk(ctx: &Ctx, caller: &Caller, project: ProjectId) -> Result<Desk, AppError> {
    for resource in TOLD {
        caller.may(resource, "list", Facts::of_project(project))?;
    }
    caller.may("suggestion", "list", Facts::of_project(project))?;
    let mut conn = ctx.db.read().await?;
    let mut stages = kiez_store::overview::businesses_by_stage(&mut conn, project).await?;
    stages.sort_by_key(|(stage, _)| *stage);
    let mut uses = kiez_store::premises::counts_by_use(&mut conn, project).await?;
    uses.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(Desk {
        new: new(ctx, &mut conn, project).await?,
        streets: kiez_store::overview::streets(&mut conn, project).await?,
        stages,
        uses,
        waiting: waiting::find(ctx, &mut conn, project).await?,
        recent: recent::list(&mut conn, project).await?,
    })
}

async fn new(ctx: &Ctx, conn: &mut Conn, project: ProjectId) -> Result<New, AppError> {
    // The last part ends behind this very moment, so that nothing of now is missing.
    let since = ctx.now().plus_days(-PART_DAYS * PARTS as i64).plus_minutes(1);
    let length_ms = PART_DAYS * 24 * 60 * 60 * 1_000;
    let mut new = New::default();
    for (part, begin) in (0..).zip(&mut new.begins) {
        *begin = since.plus_days(PART_DAYS * part).day();
    }
    for row in kiez_store::overview::new_since(conn, project, since, (PARTS as i64, length_ms)).await? {
        let curve = match row.noun.as_str() {
            "need" => &mut new.needs,
            "offer" => &mut new.offers,
            "idea" => &mut new.ideas,
            _ => &mut new.actors,
        };
        if let Some(part) = usize::try_from(row.part).ok().and_then(|part| curve.get_mut(part)) {
            *part += row.count;
        }
    }
    Ok(new)
}
