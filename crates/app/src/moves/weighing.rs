//! What the plan is made from: who could meet each need and may be put forward, and what offers and actors can give.

use crate::market::ACTOR_PREFIX;
use crate::verdict::Verdicts;
use kiez_domain::id::{ActorId, NeedId};
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use kiez_domain::suggestion::Score;
use kiez_engine::Market;
use kiez_engine::whole::{CANDIDATES, Chosen, Means, Wish};
use kiez_store::engine::ForEngine;
use std::collections::{BTreeMap, BTreeSet};

/// Which offers somebody put first, by the place of the need among all.
pub(super) type Pinned = BTreeSet<(usize, String)>;

/// Wishes with who could meet them, and what there is to give.
pub(super) struct Weighed {
    /// The ids of the needs, as the market knows them.
    pub(super) needs: Vec<String>,
    pub(super) wishes: Vec<Wish>,
    pub(super) means: BTreeMap<String, Means>,
    pinned: Pinned,
}

impl Weighed {
    pub(super) fn new(
        market: &Market,
        (needs, offers): (&[ForEngine<NewNeed>], &[ForEngine<NewOffer>]),
        verdicts: &BTreeMap<NeedId, Verdicts>,
    ) -> Self {
        let (wishes, pinned) = weighed(market, needs, verdicts);
        let means = with_actors(means(offers), &wishes);
        Self { needs: needs.iter().map(|need| need.id.to_string()).collect(), wishes, means, pinned }
    }

    /// Which offer of the market a pair is about.
    pub(super) fn offer(&self, chosen: &Chosen) -> &str {
        &self.wishes[chosen.need].found[chosen.found].0
    }

    /// Who gives in a pair, when it is somebody of the directory.
    pub(super) fn giver(&self, chosen: &Chosen) -> Option<ActorId> {
        self.means.get(self.offer(chosen))?.actor.as_ref()?.parse().ok()
    }

    /// Whether a coordinator put a pair first.
    pub(super) fn is_pinned(&self, chosen: &Chosen) -> bool {
        self.pinned.contains(&(chosen.need, self.offer(chosen).to_owned()))
    }
}

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

fn means(offers: &[ForEngine<NewOffer>]) -> BTreeMap<String, Means> {
    let means = |offer: &ForEngine<NewOffer>| Means {
        capacity: Some(offer.data.limits.capacity()),
        actor: offer.data.card.actor.map(|actor| actor.to_string()),
    };
    offers.iter().map(|offer| (offer.id.to_string(), means(offer))).collect()
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
