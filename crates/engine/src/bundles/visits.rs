//! One visit that serves several needs.

use super::{Bundle, Bundles, MOST_FOUND, Possible, choices, choose};
use crate::walk::DOOR_MINUTES;
use std::collections::BTreeMap;

/// What a visit costs: the minutes at the door and a usual way there. Each further need of a visit saves that.
pub const VISIT_MINUTES: u32 = DOOR_MINUTES + 9;
/// So many needs of a giver, those it fits best, take part.
const MOST_WEIGHED: usize = 6;

/// A giver could serve a need with an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance {
    /// Who gives; a number of the caller's.
    pub giver: u32,
    /// With which offer: a place in the list of capacities.
    pub offer: u32,
    /// Whom it serves; a number of the caller's.
    pub need: u32,
    /// How well they fit, in ten-thousandths; 0 is no chance.
    pub worth: u32,
}

/// Finds visits that serve two to four needs. `capacities` says how often each offer can be given.
///
/// A giver's limits hold: an offer serves no more needs than its capacity, a giver no more than its largest offer.
#[must_use]
pub fn visits(chances: &[Chance], capacities: &[u32]) -> Bundles {
    let mut of_giver: BTreeMap<u32, BTreeMap<u32, usize>> = BTreeMap::new();
    for (place, chance) in chances.iter().enumerate().filter(|(_, chance)| chance.worth > 0) {
        let best = of_giver.entry(chance.giver).or_default().entry(chance.need).or_insert(place);
        if chances[*best].worth < chance.worth {
            *best = place;
        }
    }
    let mut possible = Vec::new();
    for (giver, best) in of_giver {
        let mut best: Vec<usize> = best.into_values().collect();
        best.sort_by(|a, b| chances[*b].worth.cmp(&chances[*a].worth).then(a.cmp(b)));
        best.truncate(MOST_WEIGHED);
        for choice in choices(best.len()) {
            let parts: Vec<usize> = choice.into_iter().map(|at| best[at]).collect();
            if within_limits(&parts, chances, capacities) {
                possible.push(visit(giver, parts, chances));
            }
        }
    }
    let is_whole = possible.len() <= MOST_FOUND;
    possible.truncate(MOST_FOUND);
    choose(&possible, is_whole)
}

fn within_limits(parts: &[usize], chances: &[Chance], capacities: &[u32]) -> bool {
    let capacity = |offer: u32| capacities.get(offer as usize).map_or(0, |capacity| *capacity as usize);
    let mut given: BTreeMap<u32, usize> = BTreeMap::new();
    for part in parts {
        *given.entry(chances[*part].offer).or_default() += 1;
    }
    let largest = given.keys().map(|offer| capacity(*offer)).max().unwrap_or(0);
    parts.len() <= largest && given.iter().all(|(offer, count)| *count <= capacity(*offer))
}

fn visit(giver: u32, parts: Vec<usize>, chances: &[Chance]) -> Possible {
    // Givers and needs are numbered apart.
    let needs = parts.iter().map(|part| chances[*part].need.saturating_mul(2));
    Possible {
        members: needs.chain([giver.saturating_mul(2).saturating_add(1)]).collect(),
        fit: parts.iter().map(|part| u64::from(chances[*part].worth.min(10_000))).min().unwrap_or(0),
        bundle: Bundle { minutes: VISIT_MINUTES * (parts.len() as u32 - 1), parts },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chance(giver: u32, offer: u32, need: u32, worth: u32) -> Chance {
        Chance { giver, offer, need, worth }
    }

    #[test]
    fn one_visit_serves_what_the_giver_can_give() {
        let chances = [chance(1, 0, 5, 900), chance(1, 0, 6, 800), chance(1, 0, 7, 700)];
        let found = visits(&chances, &[2]);
        assert_eq!(found.bundles, [Bundle { parts: vec![0, 1], minutes: VISIT_MINUTES }]);
        assert!(found.is_best);
        assert_eq!(visits(&chances, &[3]).bundles[0].minutes, 2 * VISIT_MINUTES);
        assert_eq!(visits(&chances, &[1]).bundles, []);
        assert_eq!(visits(&chances, &[]).bundles, [], "an offer of which nothing is known gives nothing");
    }

    #[test]
    fn offers_of_one_giver_add_up_to_the_largest_of_them() {
        let chances = [chance(1, 0, 5, 900), chance(1, 1, 6, 800), chance(1, 1, 7, 700)];
        assert_eq!(visits(&chances, &[1, 2]).bundles[0].parts, [0, 1]);
        assert_eq!(visits(&chances, &[1, 1]).bundles, []);
    }

    #[test]
    fn a_need_is_on_one_visit_only_so_that_most_is_saved() {
        // Whoever takes all three for the first giver leaves the second with one alone.
        let chances = [
            chance(1, 0, 5, 900),
            chance(1, 0, 6, 900),
            chance(1, 0, 7, 900),
            chance(2, 1, 7, 500),
            chance(2, 1, 8, 500),
            chance(2, 1, 7, 100),
        ];
        let found = visits(&chances, &[4, 4]);
        assert_eq!(found.bundles.iter().map(|one| one.minutes).sum::<u32>(), 2 * VISIT_MINUTES);
        assert!(found.is_best);
        let mut needs: Vec<u32> =
            found.bundles.iter().flat_map(|one| &one.parts).map(|part| chances[*part].need).collect();
        let all = needs.len();
        needs.sort_unstable();
        needs.dedup();
        assert_eq!(needs.len(), all);
    }

    #[test]
    fn what_hardly_fits_is_not_taken_along() {
        // Twice 17 minutes at a third of a chance are worth less than 17 at nine tenths.
        let chances = [chance(1, 0, 5, 9_000), chance(1, 0, 6, 9_000), chance(1, 0, 7, 3_000)];
        assert_eq!(visits(&chances, &[3]).bundles[0].parts, [0, 1]);
    }

    #[test]
    fn nothing_comes_of_nothing_and_one_need_is_no_bundle() {
        assert_eq!(visits(&[], &[]).bundles, []);
        assert_eq!(visits(&[chance(1, 0, 5, 900), chance(1, 0, 5, 800)], &[9]).bundles, []);
        assert_eq!(visits(&[chance(1, 0, 5, 900), chance(1, 0, 6, 0)], &[9]).bundles, []);
    }
}
