//! The moves of the week: of all that could be brought together, what is best for the whole Kiez, and who gets nothing.

use crate::actor::ActorName;
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::market::{ACTOR_PREFIX, worth_showing};
use crate::suggestion::{self, SuggestionView};
use crate::verdict::Verdicts;
use kiez_domain::id::{ActorId, NeedId, ProjectId};
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use kiez_domain::policy::Facts;
use kiez_domain::suggestion::Score;
use kiez_domain::text::Line;
use kiez_engine::Market;
use kiez_engine::whole::{Chosen, Means, Whole, Wish, best_whole};
use kiez_store::conn::Conn;
use kiez_store::engine::ForEngine;
use std::collections::{BTreeMap, BTreeSet};

/// So many who could meet a need take part in the choice.
const CANDIDATES: usize = 32;
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
}

/// The best moves for a week with so many hours.
///
/// Pinned pairs are sure of their place; what was put off or excluded takes no part.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project; [`AppError::Broken`] when the plan is not proven.
pub async fn of_week(ctx: &Ctx, caller: &Caller, project: ProjectId, hours: u32) -> Result<Moves, AppError> {
    caller.may("suggestion", "read", Facts::of_project(project))?;
    let mut conn = ctx.db.read().await?;
    let needs: Vec<ForEngine<NewNeed>> = kiez_store::engine::open(&mut conn, project).await?;
    let means = means(&mut conn, project).await?;
    let verdicts = Verdicts::of_project(&mut conn, project, ctx.today()).await?;
    let slot = ctx.markets.current(&mut conn, (project, ctx.today())).await?;
    let indexed = slot.read().await;
    let (wishes, pinned) = weighed(&indexed.market, &needs, &verdicts);
    let whole = best_whole(&wishes, &with_actors(means, &wishes))
        .map_err(|fault| AppError::Broken(fault.to_string()))?;
    let value = match &whole.proof {
        Ok(proof) => proof.value(),
        Err(fault) => return Err(AppError::Broken(format!("the plan is not proven: {fault}"))),
    };
    let order = in_order(&whole, &wishes, &pinned);
    let mut moves = Vec::new();
    for chosen in order.iter().take(how_many(hours)) {
        let (need, offer) = (&needs[chosen.need], &wishes[chosen.need].found[chosen.found].0);
        let Some(found) = indexed.market.pair(&need.id.to_string(), offer) else { continue };
        let Some(view) = suggestion::offer_view(&mut conn, project, found).await? else { continue };
        let pinned = pinned.contains(&(chosen.need, offer.clone()));
        let suggestion = SuggestionView { pinned, ..view };
        moves.push(Move { need: wanted(need), suggestion, units: chosen.units });
    }
    Ok(Moves {
        later: order.len() - moves.len(),
        without: without(&whole, &needs, &wishes),
        needs: needs.len(),
        pairs: whole.problem.edges().count(),
        moves,
        value,
    })
}

/// How many moves fit a week with so many hours: three to five good ones, fewer when there is hardly time.
#[must_use]
pub fn how_many(hours: u32) -> usize {
    usize::try_from(hours / HOURS_A_MOVE).unwrap_or(MOST_MOVES).clamp(1, MOST_MOVES)
}

/// Which offers somebody put first, by the place of the need among all.
type Pinned = BTreeSet<(usize, String)>;

/// Who could meet each need and may be put forward, and what of that is pinned. Whatever speaks for it, a pinned pair
/// counts as sure.
fn weighed(
    market: &Market,
    needs: &[ForEngine<NewNeed>],
    verdicts: &BTreeMap<NeedId, Verdicts>,
) -> (Vec<Wish>, Pinned) {
    let decided: BTreeMap<String, &Verdicts> =
        verdicts.iter().map(|(need, verdicts)| (need.to_string(), verdicts)).collect();
    let undecided =
        |need: &str, offer: &str| decided.get(need).is_none_or(|verdicts| verdicts.on(offer).is_none());
    let mut others: BTreeMap<&str, Vec<(String, Score)>> = BTreeMap::new();
    let edges = market.edges(CANDIDATES, undecided);
    for edge in &edges {
        others.entry(edge.need).or_default().push((edge.offer.to_owned(), edge.score));
    }
    let (mut wishes, mut pinned) = (Vec::with_capacity(needs.len()), Pinned::new());
    for (number, need) in needs.iter().enumerate() {
        let id = need.id.to_string();
        let first = decided.get(&id).into_iter().flat_map(|verdicts| verdicts.pinned());
        let first = first.filter(|offer| market.pair(&id, offer).is_some());
        let mut found: Vec<_> = first.map(|offer| (offer.to_owned(), Score::clamped(1.0))).collect();
        pinned.extend(found.iter().map(|(offer, _)| (number, offer.clone())));
        found.extend(others.remove(id.as_str()).unwrap_or_default());
        wishes.push(Wish {
            units: need.data.units,
            value: 1.0,
            institution: need.data.card.actor.map(|actor| actor.to_string()),
            found,
        });
    }
    (wishes, pinned)
}

async fn means(conn: &mut Conn, project: ProjectId) -> Result<BTreeMap<String, Means>, AppError> {
    let offers: Vec<ForEngine<NewOffer>> = kiez_store::engine::open(conn, project).await?;
    let means = |offer: &ForEngine<NewOffer>| Means {
        capacity: Some(offer.data.limits.capacity()),
        actor: offer.data.card.actor.map(|actor| actor.to_string()),
    };
    Ok(offers.iter().map(|offer| (offer.id.to_string(), means(offer))).collect())
}

/// A business that made no offer is asked for one thing at a time.
fn with_actors(mut means: BTreeMap<String, Means>, wishes: &[Wish]) -> BTreeMap<String, Means> {
    for (offer, _) in wishes.iter().flat_map(|wish| &wish.found) {
        if let Some(actor) = offer.strip_prefix(ACTOR_PREFIX).filter(|id| id.parse::<ActorId>().is_ok()) {
            let own = Means { capacity: Some(1), actor: Some(actor.to_owned()) };
            means.insert(offer.clone(), own);
        }
    }
    means
}

/// Pinned ones first; then every institution's best before anybody's second, the surest first.
fn in_order(whole: &Whole, wishes: &[Wish], pinned: &Pinned) -> Vec<Chosen> {
    let found = |chosen: &Chosen| &wishes[chosen.need].found[chosen.found];
    let mut order = whole.chosen.clone();
    order.sort_by(|a, b| found(b).1.value().total_cmp(&found(a).1.value()).then(a.need.cmp(&b.need)));
    let mut turns: BTreeMap<&str, usize> = BTreeMap::new();
    let turn = |chosen: Chosen| match &wishes[chosen.need].institution {
        _ if pinned.contains(&(chosen.need, found(&chosen).0.clone())) => (0, chosen),
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

fn without(whole: &Whole, needs: &[ForEngine<NewNeed>], wishes: &[Wish]) -> Vec<(Wanted, WhyNothing)> {
    let served: BTreeSet<usize> = whole.chosen.iter().map(|chosen| chosen.need).collect();
    let why = |wish: &Wish| {
        if wish.found.iter().any(|(_, score)| worth_showing(*score)) {
            WhyNothing::NeededElsewhere
        } else {
            WhyNothing::NobodyFits
        }
    };
    let all = needs.iter().zip(wishes).enumerate();
    all.filter(|(at, _)| !served.contains(at)).map(|(_, (need, wish))| (wanted(need), why(wish))).collect()
}

fn wanted(need: &ForEngine<NewNeed>) -> Wanted {
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
