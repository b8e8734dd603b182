//! The moves of the week: of all that could be brought together, what is best for the whole Kiez, and who gets nothing.

use crate::actor::ActorName;
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::market::worth_showing;
use crate::suggestion::{self, SuggestionView};
use crate::thinking::apart;
use crate::verdict::Verdicts;
use kiez_domain::id::{ActorId, NeedId, ProjectId};
use kiez_domain::need::NewNeed;
use kiez_domain::policy::Facts;
use kiez_domain::text::Line;
use kiez_engine::Market;
use kiez_engine::whole::{Chosen, Wish, best_whole};
use kiez_store::conn::Conn;
use kiez_store::engine::ForEngine;
use otherwise::Condition;
pub use otherwise::{Change, Changes};
use std::collections::{BTreeMap, BTreeSet};
use weighing::Weighed;

mod otherwise;
mod weighing;

/// One move takes about so long: two calls, a visit, a word on paper.
const HOURS_A_MOVE: u32 = 4;
/// More than five good moves at a time are a list, not a help.
const MOST_MOVES: usize = 5;

/// A need as the plan shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Its id.
    pub id: NeedId,
    /// Its words.
    pub text: String,
    /// Whose it is, when it is somebody of the directory.
    pub actor: Option<ActorName>,
    /// The name on the card, when it names no actor of the directory.
    pub said_by: Option<Line>,
}

/// A pair to put forward.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// The need.
    pub need: Wanted,
    /// Who could meet it, and why.
    pub suggestion: SuggestionView,
    /// How many units.
    pub units: u32,
}

/// Why the plan gives a need nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyNothing {
    /// Nobody could meet it.
    NobodyFits,
    /// Those who could are needed more elsewhere, or have given what they can.
    NeededElsewhere,
}

/// For which week the moves are planned, and under which condition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Week {
    /// The hours there are.
    pub hours: u32,
    /// What if this actor gave nothing?
    pub without: Option<ActorId>,
    /// What if nobody walked farther than so many metres?
    pub walk_m: Option<u32>,
}

/// The moves of a week and what they leave open.
#[derive(Debug, Clone, PartialEq)]
pub struct Moves {
    /// What to put forward, the best first.
    pub moves: Vec<Move>,
    /// How many pairs the plan has beyond those.
    pub later: usize,
    /// Needs that get nothing, with the reason.
    pub without: Vec<(Wanted, WhyNothing)>,
    /// Open needs.
    pub needs: usize,
    /// Pairs that were weighed against each other.
    pub pairs: usize,
    /// What the plan brings and what no plan can exceed, in ten-thousandths of a sure unit: the same, or the plan is wrong.
    pub value: i128,
    /// Who gives something in the plan without any condition, by name.
    pub givers: Vec<ActorName>,
    /// What the condition changes; nothing where there is none.
    pub changes: Option<Changes>,
}

/// The best moves for a week with so many hours.
///
/// Pinned pairs are sure of their place; what was put off or excluded takes no part. Under a condition the plan is the best one that
/// keeps it, and what it changes against the plan without is told.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project; [`AppError::Broken`] when a plan is not proven.
pub async fn of_week(ctx: &Ctx, caller: &Caller, project: ProjectId, week: Week) -> Result<Moves, AppError> {
    caller.may("suggestion", "list", Facts::of_project(project))?;
    let mut conn = ctx.db.read().await?;
    let needs: Vec<ForEngine<NewNeed>> = kiez_store::engine::open(&mut conn, project).await?;
    let offers = kiez_store::engine::open(&mut conn, project).await?;
    let verdicts = Verdicts::of_project(&mut conn, project, ctx.today()).await?;
    let slot = ctx.markets.current(&mut conn, (project, ctx.today())).await?;
    let indexed = slot.read().await;
    let market = &indexed.market;
    let (weighed, whole) = apart(|| {
        let weighed = Weighed::new(market, (&needs, &offers), &verdicts);
        let whole = best_whole(&weighed.wishes, &weighed.means);
        (weighed, whole)
    });
    let whole = whole.map_err(|fault| AppError::Broken(fault.to_string()))?;
    let (mut chosen, mut proof, mut changed) = (whole.chosen.clone(), whole.proof.clone(), None);
    let condition = Condition::of(&week, market, &weighed);
    if let Some(condition) = &condition {
        let other = apart(|| whole.what_if(|need, found| condition.keeps(need, found)));
        (chosen, proof) = (other.chosen.clone(), other.proof.clone());
        changed = Some(other);
    }
    let value = proof.map_err(|fault| AppError::Broken(format!("the plan is not proven: {fault}")))?.value();
    let order = in_order(&chosen, &weighed);
    let mut shown = Shown { conn: &mut conn, project, market, needs: &needs, weighed: &weighed };
    let mut moves = Vec::new();
    for chosen in order.iter().take(how_many(week.hours)) {
        moves.extend(shown.pair(chosen).await?);
    }
    let givers = shown.givers(&whole.chosen).await?;
    let changes = if let Some(other) = &changed { Some(shown.changes(other).await?) } else { None };
    Ok(Moves {
        later: order.len() - moves.len(),
        without: without(&chosen, (&needs, &weighed.wishes), condition.as_ref()),
        needs: needs.len(),
        pairs: whole.problem.edges().count(),
        moves,
        value,
        givers,
        changes,
    })
}

/// How many moves fit a week with so many hours: three to five good ones, fewer when there is hardly time.
#[must_use]
pub fn how_many(hours: u32) -> usize {
    usize::try_from(hours / HOURS_A_MOVE).unwrap_or(MOST_MOVES).clamp(1, MOST_MOVES)
}

/// What pairs of the plan look like on a page.
struct Shown<'a> {
    conn: &'a mut Conn,
    project: ProjectId,
    market: &'a Market,
    needs: &'a [ForEngine<NewNeed>],
    weighed: &'a Weighed,
}

impl Shown<'_> {
    /// A pair to put forward; nothing when one of the two is no longer there.
    async fn pair(&mut self, chosen: &Chosen) -> Result<Option<Move>, AppError> {
        let (need, offer) = (&self.needs[chosen.need], self.weighed.offer(chosen));
        let Some(found) = self.market.pair(&need.id.to_string(), offer) else { return Ok(None) };
        let Some(view) = suggestion::offer_view(self.conn, self.project, found).await? else {
            return Ok(None);
        };
        let pinned = self.weighed.is_pinned(chosen);
        Ok(Some(Move {
            need: wanted(need),
            suggestion: SuggestionView { pinned, ..view },
            units: chosen.units,
        }))
    }

    /// Who gives something in a plan, by name.
    async fn givers(&mut self, chosen: &[Chosen]) -> Result<Vec<ActorName>, AppError> {
        let ids: BTreeSet<ActorId> = chosen.iter().filter_map(|chosen| self.weighed.giver(chosen)).collect();
        let ids: Vec<ActorId> = ids.into_iter().collect();
        let mut givers: Vec<ActorName> =
            crate::actor::names(self.conn, self.project, &ids).await?.into_values().collect();
        givers.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
        Ok(givers)
    }
}

/// Pinned ones first; then every institution's best before anybody's second, the surest first.
fn in_order(chosen: &[Chosen], weighed: &Weighed) -> Vec<Chosen> {
    let score = |chosen: &Chosen| weighed.wishes[chosen.need].found[chosen.found].1.value();
    let mut order = chosen.to_vec();
    order.sort_by(|a, b| score(b).total_cmp(&score(a)).then(a.need.cmp(&b.need)));
    let mut turns: BTreeMap<&str, usize> = BTreeMap::new();
    let turn = |chosen: Chosen| match &weighed.wishes[chosen.need].institution {
        _ if weighed.is_pinned(&chosen) => (0, chosen),
        Some(institution) => {
            let turn = turns.entry(institution).or_default();
            *turn += 1;
            (*turn, chosen)
        }
        None => (1, chosen),
    };
    let mut ranked: Vec<(usize, Chosen)> = order.into_iter().map(turn).collect();
    // Stable: within a turn the surest stays first.
    ranked.sort_by_key(|(turn, _)| *turn);
    ranked.into_iter().map(|(_, chosen)| chosen).collect()
}

fn without(
    chosen: &[Chosen],
    (needs, wishes): (&[ForEngine<NewNeed>], &[Wish]),
    condition: Option<&Condition<'_>>,
) -> Vec<(Wanted, WhyNothing)> {
    let served: BTreeSet<usize> = chosen.iter().map(|chosen| chosen.need).collect();
    let could = |need: usize, found: usize| condition.is_none_or(|condition| condition.keeps(need, found));
    let why = |at: usize, wish: &Wish| {
        let mut found = wish.found.iter().enumerate();
        if found.any(|(found, (_, score))| worth_showing(*score) && could(at, found)) {
            WhyNothing::NeededElsewhere
        } else {
            WhyNothing::NobodyFits
        }
    };
    let all = needs.iter().zip(wishes).enumerate();
    all.filter(|(at, _)| !served.contains(at))
        .map(|(at, (need, wish))| (wanted(need), why(at, wish)))
        .collect()
}

pub(crate) fn wanted(need: &ForEngine<NewNeed>) -> Wanted {
    let card = &need.data.card;
    let actor = card.actor.zip(need.actor_name.clone()).map(|(id, name)| ActorName { id, name });
    Wanted { id: need.id, text: card.text.to_string(), actor, said_by: card.said_by.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_to_five_moves_fit_a_week_of_half_a_post() {
        let counts: Vec<usize> = [0, 4, 12, 20, 40, u32::MAX].into_iter().map(how_many).collect();
        assert_eq!(counts, [1, 1, 3, 5, 5, 5]);
    }
}
