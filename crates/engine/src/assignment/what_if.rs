//! What would be otherwise without an actor, or with a shorter way.

use super::plan::Given;
use super::standing::Standing;
use std::collections::BTreeMap;

/// What a change would bring and cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What the best plan brings as things are.
    pub before: i128,
    /// What the best plan would bring.
    pub after: i128,
    /// Units that would not be given any more, by need and offer.
    pub lost: Vec<Given>,
    /// Units that would be given instead, by need and offer.
    pub gained: Vec<Given>,
}

/// Tries a change on a copy and says what would be different; the copy comes with it, to go on from.
pub fn what_if(standing: &Standing, change: impl FnOnce(&mut Standing)) -> (Difference, Standing) {
    let mut other = standing.clone();
    change(&mut other);
    let units = |standing: &Standing| -> BTreeMap<(u32, u32), u32> {
        standing.plan().given.iter().map(|given| ((given.need, given.offer), given.units)).collect()
    };
    let (before, after) = (units(standing), units(&other));
    let difference = Difference {
        before: standing.value(),
        after: other.value(),
        lost: more(&before, &after),
        gained: more(&after, &before),
    };
    (difference, other)
}

impl Standing {
    /// Takes out every offer of an actor.
    pub fn leave_out_actor(&mut self, actor: u32) {
        let offers: Vec<u32> = self.offers_of(actor).collect();
        for offer in offers {
            let removed = self.remove_offer(offer);
            debug_assert!(removed.is_ok(), "it was listed");
        }
    }

    /// Keeps the edges for which `is_kept` says so of need and offer, such as those within a shorter way.
    pub fn keep_edges(&mut self, is_kept: impl Fn(u32, u32) -> bool) {
        for (number, need) in (0..).zip(self.needs.clone()) {
            let Some(need) = need else { continue };
            let all = self.partners_of(number);
            let kept: Vec<_> =
                all.iter().filter(|partner| is_kept(number, partner.number)).copied().collect();
            if kept.len() < all.len() {
                let changed = self.change_need(number, need, &kept);
                debug_assert!(changed.is_ok(), "fewer edges than there were");
            }
        }
    }
}

/// What stands in one plan and not in the other.
fn more(one: &BTreeMap<(u32, u32), u32>, other: &BTreeMap<(u32, u32), u32>) -> Vec<Given> {
    let surplus =
        |pair: &(u32, u32), units: &u32| units.saturating_sub(other.get(pair).copied().unwrap_or(0));
    one.iter()
        .map(|(pair, units)| Given { need: pair.0, offer: pair.1, units: surplus(pair, units) })
        .filter(|given| given.units > 0)
        .collect()
}
