//! Bundles: several needs that one visit, or one van, can serve.
//!
//! [`visits`] finds givers who could serve several needs in one talk, [`trips`] needs of one errand that lie close together at
//! the same hours. Both say how many minutes are saved against serving the needs one by one, and both choose so that no
//! need and no giver is in two bundles ([`crate::packing`], which says whether its choice is proven best).
//! The minutes are estimates with a plain rule: `docs/decisions/0016-rings-and-bundles.md`.

mod trips;
mod visits;

use crate::packing::{self, Group};
pub use trips::{APART_M, Errand, trips};
pub use visits::{Chance, VISIT_MINUTES, visits};

/// No bundle has more needs: more is a tour that somebody has to plan.
pub const MOST_NEEDS: usize = 4;
/// So many bundles are weighed against each other at most; those found first stay.
pub const MOST_FOUND: usize = 100_000;

/// Needs that are served together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The places of what was bundled: of chances ([`visits`]) or of errands in the order of the way ([`trips`]).
    pub parts: Vec<usize>,
    /// Minutes saved against serving each need alone, if all of it comes about.
    pub minutes: u32,
}

/// The bundles to put forward, none of which share a need. Each is worth its minutes times how well its weakest part fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundles {
    /// The bundles, those worth most first.
    pub bundles: Vec<Bundle>,
    /// Whether it is proven that no other choice is worth more.
    pub is_best: bool,
}

/// A bundle that could be chosen.
struct Possible {
    bundle: Bundle,
    /// Who may not be in another bundle: its needs, and its giver.
    members: Vec<u32>,
    /// How well the weakest of its parts fits, in ten-thousandths: where one falls through, the way is made again.
    fit: u64,
}

/// Chooses from what is possible; `is_whole` says whether that is everything.
fn choose(possible: &[Possible], is_whole: bool) -> Bundles {
    let worth = |one: &Possible| u64::from(one.bundle.minutes) * one.fit;
    let group = |one: &Possible| Group { members: one.members.clone(), worth: worth(one) };
    let packing = packing::pack(&possible.iter().map(group).collect::<Vec<_>>());
    let mut chosen = packing.chosen.clone();
    chosen.sort_by(|a, b| worth(&possible[*b]).cmp(&worth(&possible[*a])).then(a.cmp(b)));
    Bundles {
        bundles: chosen.into_iter().map(|place| possible[place].bundle.clone()).collect(),
        is_best: is_whole && packing.is_best(),
    }
}

/// Every choice of two to [`MOST_NEEDS`] of so many.
fn choices(of: usize) -> impl Iterator<Item = Vec<usize>> {
    (1..1_u32 << of.min(16))
        .filter(|bits| (2..=MOST_NEEDS as u32).contains(&bits.count_ones()))
        .map(move |bits| (0..of).filter(|at| bits >> at & 1 == 1).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_all_pairs_threes_and_fours() {
        assert_eq!(choices(1).count(), 0);
        assert_eq!(choices(3).collect::<Vec<_>>(), [vec![0, 1], vec![0, 2], vec![1, 2], vec![0, 1, 2]]);
        assert_eq!(choices(6).count(), 15 + 20 + 15);
    }
}
