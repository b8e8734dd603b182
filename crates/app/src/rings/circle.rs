//! Rings of actors, from the pairs of their needs and offers.

use super::{Kiez, LEAST_LINK, Pair};
use kiez_domain::id::ActorId;
use kiez_engine::rings::{self, Link};
use std::collections::{BTreeMap, BTreeSet};

/// The rings to put forward.
pub(super) struct Circles {
    /// Each as pairs, whose takers are the next one's givers.
    pub(super) rings: Vec<Vec<Pair>>,
    pub(super) found: usize,
    pub(super) are_best: bool,
    /// How many actors both need and give.
    pub(super) both: usize,
}

pub(super) fn find(kiez: &Kiez<'_>) -> Circles {
    let takers: BTreeSet<ActorId> =
        kiez.cards.needs.keys().filter_map(|need| kiez.cards.taker(need)).collect();
    let givers: BTreeSet<ActorId> =
        kiez.cards.offers.keys().filter_map(|offer| kiez.cards.giver(offer)).collect();
    let both: BTreeMap<ActorId, u32> = takers.intersection(&givers).copied().zip(0..).collect();
    let is_both = |taker: Option<ActorId>, giver: ActorId| {
        both.contains_key(&giver) && taker.is_some_and(|taker| both.contains_key(&taker))
    };
    let pairs = if both.len() < 2 { Vec::new() } else { kiez.pairs(LEAST_LINK, is_both) };
    let number =
        |actor: Option<ActorId>| actor.and_then(|actor| both.get(&actor)).copied().unwrap_or(u32::MAX);
    let link =
        |pair: &Pair| Link { giver: number(Some(pair.giver)), taker: number(pair.taker), worth: pair.fit };
    let links: Vec<Link> = pairs.iter().map(link).collect();
    let found = rings::find(&links);
    let ring = |ring: &rings::Ring| ring.links.iter().map(|place| pairs[*place].clone()).collect();
    Circles {
        rings: found.rings.iter().map(ring).collect(),
        found: found.found,
        are_best: found.is_best(),
        both: both.len(),
    }
}
