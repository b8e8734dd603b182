//! What waits for somebody: files and people that disagree, needs that nobody fits, pairs whose "not now" ends, what is to
//! be erased.

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::market::worth_showing;
use crate::verdict::{self, VerdictView, Verdicts};
use kiez_domain::id::{NeedId, ProjectId};
use kiez_domain::need::{NeedState, NewNeed};
use kiez_domain::posting::Posted;
use kiez_engine::Market;
pub use kiez_store::action_link::LatelyUsed;
use kiez_store::conn::Conn;
use kiez_store::need::NeedFilter;
use kiez_store::page::Page;
use kiez_store::retention_run::RunState;

/// So many open needs are asked whether anybody fits, the newest first: each costs a look into the index.
const ASKED: u32 = 50;
/// So many days ahead "not now" is told to end.
const DAYS_AHEAD: i64 = 7;

/// For so many days it is told what came by a link.
const DAYS_BACK: i64 = 14;

/// What waits for somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// Fields in which a file and a person disagree.
    pub differences: u64,
    /// How many open needs were asked whether anybody fits.
    pub asked: u64,
    /// Those of them for which nobody stands among the suggestions, the newest first.
    pub alone: Vec<Alone>,
    /// What was done by links without an account within the last days, the latest first.
    pub letters: Vec<LatelyUsed>,
    /// How many words about paper were taken back and are to be left out of the next edition.
    pub print: u64,
    /// Pairs that may be put forward again within the coming days, the next first.
    pub returning: Vec<Returning>,
    /// Erasings that wait for a second look.
    pub erasures: u64,
    /// What has been kept long enough was not removed: it would touch too many people to go unseen.
    pub retention_stopped: bool,
}

/// A need that nobody fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alone {
    /// Its id.
    pub id: NeedId,
    /// Its text.
    pub text: String,
}

/// A pair whose "not now" ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returning {
    /// The need.
    pub need: NeedId,
    /// The need's text.
    pub text: String,
    /// What was decided about whom, and until when.
    pub verdict: VerdictView,
}

/// Looks for everything that waits.
pub(super) async fn find(ctx: &Ctx, conn: &mut Conn, project: ProjectId) -> Result<Waiting, AppError> {
    let differences = kiez_store::difference::list_open(conn, project, &Page::first(1)).await?.total;
    let open = NeedFilter { state: Some(NeedState::Open), ..NeedFilter::default() };
    let open = kiez_store::posting::list::<NewNeed>(conn, project, &open, &Page::first(ASKED)).await?.rows;
    let asked = open.len() as u64;
    let alone = alone(ctx, conn, project, open).await?;
    let returning = returning(ctx, conn, project).await?;
    let since = ctx.now().plus_days(-DAYS_BACK);
    let letters = kiez_store::action_link::lately(conn, project, since).await?;
    let print = crate::print_removal::count(conn, project).await?;
    let erasures = kiez_store::erasure_request::list_waiting(conn, project).await?.len() as u64;
    let last_run = kiez_store::retention_run::list(conn, Some(project), 1).await?;
    let retention_stopped = last_run.first().is_some_and(|run| run.state == RunState::Stopped);
    Ok(Waiting { differences, asked, alone, letters, print, returning, erasures, retention_stopped })
}

async fn alone(
    ctx: &Ctx,
    conn: &mut Conn,
    project: ProjectId,
    open: Vec<Posted<NewNeed>>,
) -> Result<Vec<Alone>, AppError> {
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let verdicts = Verdicts::of_project(conn, project, ctx.today()).await?;
    let slot = ctx.markets.current(conn, (project, ctx.today())).await?;
    let indexed = slot.read().await;
    let none = Verdicts::default();
    let alone = open
        .into_iter()
        .filter(|need| !has_suggestion(&indexed.market, need.id, verdicts.get(&need.id).unwrap_or(&none)));
    Ok(alone.map(|need| Alone { id: need.id, text: need.data.card.text.into() }).collect())
}

/// Whether somebody may be put forward who fits, or was put first by hand.
fn has_suggestion(market: &Market, need: NeedId, verdicts: &Verdicts) -> bool {
    let best = market.offers_for(&need.to_string(), 1 + verdicts.len());
    verdicts.pinned().next().is_some()
        || best.iter().any(|found| worth_showing(found.score) && verdicts.allows(&found.offer))
}

async fn returning(ctx: &Ctx, conn: &mut Conn, project: ProjectId) -> Result<Vec<Returning>, AppError> {
    let (from, to) = (ctx.today(), ctx.now().plus_days(DAYS_AHEAD).day());
    let mut returning = Vec::new();
    for (need, verdict) in verdict::ending(conn, project, (from, to)).await? {
        let found = kiez_store::posting::find::<NewNeed>(conn, project, need).await?;
        if let Some(found) = found.filter(|need| need.state == NeedState::Open) {
            returning.push(Returning { need, text: found.data.card.text.into(), verdict });
        }
    }
    returning.sort_by_key(|pair| pair.verdict.until);
    Ok(returning)
}
