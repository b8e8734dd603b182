//! Rings: A helps B, B helps C, C helps A. Two to four who help each other although no two of them fit both ways.
//!
//! A ring holds as long as its weakest link: whoever gets nothing will not give for long. So a ring is worth its weakest link
//! times the number of those it serves, and an actor is in one ring at most, so that nobody is asked twice at a time.
//! This is the clearing of barter exchanges as kidney exchanges know it (Abraham, Blum & Sandholm 2007): all short cycles, then a
//! packing without overlap. How far both are exact says [`Rings::is_best`]; see `docs/decisions/0016-rings-and-bundles.md`.

mod cycles;

use crate::packing::{self, Group};
use std::collections::BTreeMap;

/// No ring is longer: with more, one who steps back leaves too many without.
pub const LONGEST: usize = 4;
/// So many rings are weighed against each other at most, the best of all.
pub const MOST_RINGS: usize = 100_000;
/// About so many steps the search for rings takes at most; with very many actors each keeps only its best links.
pub const STEPS: usize = 30_000_000;
/// No actor keeps more links than this.
pub const MOST_LINKS: usize = 64;
/// Every actor keeps so many, however many actors there are.
const FEWEST_LINKS: usize = 4;

/// One actor could help another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Who gives; a number of the caller's.
    pub giver: u32,
    /// Who gets.
    pub taker: u32,
    /// How well what is given fits what is needed, in any unit that all links share; 0 is no link.
    pub worth: u32,
}

/// Actors who help each other in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    /// The places of its links among those that were given: each one's taker is the next one's giver. It begins with the
    /// smallest number of a giver.
    pub links: Vec<usize>,
    /// The weakest link times the number of links.
    pub worth: u64,
}

/// The rings to put forward, none of which share an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rings {
    /// The rings, the most worth first.
    pub rings: Vec<Ring>,
    /// How many rings there were to choose from.
    pub found: usize,
    /// What they are worth together.
    pub worth: u64,
    /// What no choice from the rings that were found exceeds.
    pub bound: u64,
    /// Whether no ring was left out for its number: neither a link of somebody with very many, nor a ring beyond [`MOST_RINGS`].
    pub complete: bool,
}

impl Rings {
    /// Whether it is proven that no other choice of rings is worth more.
    #[must_use]
    pub fn is_best(&self) -> bool {
        self.complete && self.worth == self.bound
    }
}

/// Finds the rings to put forward.
///
/// Of several links between the same two the strongest counts, of equals the first; whoever would help itself is no link.
#[must_use]
pub fn find(links: &[Link]) -> Rings {
    let graph = Graph::of(links);
    let found = cycles::all(&graph);
    let groups: Vec<Group> = found
        .rings
        .iter()
        .map(|ring| Group {
            members: ring.actors().iter().map(|actor| *actor as u32).collect(),
            worth: ring.worth,
        })
        .collect();
    let packing = packing::pack(&groups);
    let mut chosen: Vec<&cycles::Cycle> = packing.chosen.iter().map(|place| &found.rings[*place]).collect();
    chosen.sort_by(|a, b| b.worth.cmp(&a.worth).then_with(|| a.actors().cmp(b.actors())));
    let ring = |cycle: &&cycles::Cycle| Ring { links: graph.links_of(cycle.actors()), worth: cycle.worth };
    Rings {
        rings: chosen.iter().map(ring).collect(),
        found: found.rings.len(),
        worth: packing.worth,
        bound: packing.bound,
        complete: graph.is_whole && found.is_whole,
    }
}

/// Links between actors with dense numbers, in the order of the caller's.
struct Graph {
    /// Whom each actor could help, the strongest link first.
    helped: Vec<Vec<Arrow>>,
    /// Whether no link was left out.
    is_whole: bool,
}

/// A link seen from its giver.
#[derive(Clone, Copy)]
struct Arrow {
    taker: usize,
    worth: u32,
    /// Its place among the caller's links.
    place: usize,
}

impl Graph {
    fn of(links: &[Link]) -> Self {
        let mut actors: Vec<u32> = links.iter().flat_map(|link| [link.giver, link.taker]).collect();
        actors.sort_unstable();
        actors.dedup();
        let number = |actor: u32| actors.partition_point(|known| *known < actor);
        let mut best: BTreeMap<(usize, usize), Arrow> = BTreeMap::new();
        for (place, link) in
            links.iter().enumerate().filter(|(_, link)| link.worth > 0 && link.giver != link.taker)
        {
            let arrow = Arrow { taker: number(link.taker), worth: link.worth, place };
            let known = best.entry((number(link.giver), arrow.taker)).or_insert(arrow);
            if known.worth < arrow.worth {
                *known = arrow;
            }
        }
        let mut helped: Vec<Vec<Arrow>> = vec![Vec::new(); actors.len()];
        for ((giver, _), arrow) in best {
            helped[giver].push(arrow);
        }
        let (most, mut is_whole) = (most_links(actors.len()), true);
        for arrows in &mut helped {
            arrows.sort_by(|a, b| b.worth.cmp(&a.worth).then(a.taker.cmp(&b.taker)));
            is_whole &= arrows.len() <= most;
            arrows.truncate(most);
        }
        Self { helped, is_whole }
    }

    /// The links of a ring in their order.
    fn links_of(&self, actors: &[usize]) -> Vec<usize> {
        let next = actors.iter().cycle().skip(1);
        let link =
            |(giver, taker): (&usize, &usize)| self.helped[*giver].iter().find(|arrow| arrow.taker == *taker);
        actors.iter().zip(next).filter_map(link).map(|arrow| arrow.place).collect()
    }
}

/// How many links each of so many actors may keep, so that the search ends: each start leads to that number cubed of paths.
fn most_links(actors: usize) -> usize {
    let fits = |links: &usize| actors.saturating_mul(links.pow(3)) <= STEPS;
    (FEWEST_LINKS..=MOST_LINKS).rev().find(fits).unwrap_or(FEWEST_LINKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(all: &[(u32, u32, u32)]) -> Vec<Link> {
        all.iter().map(|(giver, taker, worth)| Link { giver: *giver, taker: *taker, worth: *worth }).collect()
    }

    #[test]
    fn three_who_fit_only_in_turn_help_each_other() {
        let found = find(&links(&[(30, 10, 7), (10, 20, 5), (20, 30, 9), (10, 30, 0)]));
        assert_eq!(found.rings, [Ring { links: vec![1, 2, 0], worth: 15 }]);
        assert!(found.is_best() && found.found == 1);
    }

    #[test]
    fn the_weakest_link_tells_what_a_ring_is_worth() {
        // Two who fit well are worth more than four of whom one hardly fits.
        let found = find(&links(&[(1, 2, 80), (2, 1, 80), (2, 3, 90), (3, 4, 90), (4, 1, 30)]));
        assert_eq!(found.rings, [Ring { links: vec![0, 1], worth: 160 }]);
        assert_eq!((found.found, found.worth), (2, 160));
    }

    #[test]
    fn the_strongest_of_several_links_counts_and_nobody_helps_itself() {
        let found = find(&links(&[(1, 1, 99), (1, 2, 3), (1, 2, 8), (2, 1, 5), (1, 2, 8)]));
        assert_eq!(found.rings, [Ring { links: vec![2, 3], worth: 10 }]);
    }

    #[test]
    fn without_links_or_without_a_way_back_there_is_no_ring() {
        for all in [vec![], links(&[(1, 1, 5)]), links(&[(1, 2, 5), (2, 3, 5), (1, 3, 5)])] {
            let found = find(&all);
            assert_eq!((found.rings.len(), found.worth, found.is_best()), (0, 0, true), "{all:?}");
        }
    }

    #[test]
    fn five_in_a_row_are_no_ring() {
        assert_eq!(find(&links(&[(1, 2, 5), (2, 3, 5), (3, 4, 5), (4, 5, 5), (5, 1, 5)])).found, 0);
    }

    #[test]
    fn a_small_kiez_keeps_every_link_and_a_country_few() {
        assert_eq!(most_links(50), MOST_LINKS);
        let few = most_links(10_000);
        assert!((8..MOST_LINKS).contains(&few) && 10_000 * few.pow(3) <= STEPS, "{few}");
        assert_eq!(most_links(usize::MAX), FEWEST_LINKS);
    }
}
