//! The heuristic: insertion by worth per minute, shorter orders, and rounds of dropping stops and filling up again.

use super::field::Field;
use super::improve;
use std::cmp::{Ordering, Reverse};

/// Rounds of dropping and filling up.
const ROUNDS: u64 = 300;
/// Steps of the search in all, so that ten thousand doors at one point end, too. A step looks at one place for a door.
const STEPS: u64 = 60_000_000;
/// A round goes on from its result when that has so many percent of the best.
const STILL_GOOD: u64 = 95;

/// The best route found.
pub(super) fn best(field: &Field) -> Vec<usize> {
    let mut search = Search { field, dice: Dice(0x6b69_657a), steps: 0 };
    let mut best = Tour::default();
    search.fill(&mut best, false);
    let mut current = best.clone();
    for _ in 0..ROUNDS {
        if search.steps > STEPS || best.stops.len() == field.doors().len() {
            break;
        }
        search.drop_some(&mut current);
        search.fill(&mut current, true);
        search.fill(&mut current, false);
        if current.beats(&best) {
            best.clone_from(&current);
        } else if current.worth * 100 < best.worth * STILL_GOOD {
            current.clone_from(&best);
        }
    }
    best.stops
}

/// A route that can be walked, with what it brings and when it is over.
#[derive(Debug, Clone, Default)]
struct Tour {
    stops: Vec<usize>,
    worth: u64,
    finish: u32,
}

impl Tour {
    fn beats(&self, other: &Self) -> bool {
        (self.worth, other.finish) > (other.worth, self.finish)
    }
}

/// Where a door that is not in the route would cost least.
#[derive(Debug, Clone, Copy)]
struct Gap {
    door: usize,
    at: usize,
    extra: u32,
    /// Between a half and one and a half: how much the door is liked in this round.
    taste: f64,
}

struct Search<'f> {
    field: &'f Field,
    dice: Dice,
    steps: u64,
}

impl Search<'_> {
    /// Puts doors in, the most worth per minute first, until none fits any more; then walks them in a better order.
    fn fill(&mut self, tour: &mut Tour, with_taste: bool) {
        let mut gaps = self.gaps(&tour.stops, with_taste);
        while let Some(next) = self.most_worth(&gaps, &tour.stops) {
            let gap = gaps.swap_remove(next);
            // A door that fits nowhere now fits nowhere in a fuller route.
            if let Some(at) = self.place(&tour.stops, gap) {
                tour.stops.insert(at, gap.door);
                self.follow(&mut gaps, &tour.stops, at);
            }
        }
        self.steps += 8 * (tour.stops.len() * tour.stops.len()) as u64;
        improve::shorten(self.field, &mut tour.stops);
        self.weigh(tour);
    }

    fn weigh(&self, tour: &mut Tour) {
        tour.worth = self.field.worth(&tour.stops);
        // Earlier visits can only miss doors that nobody waits for; then the route is no use.
        match self.field.finish(&tour.stops) {
            Some(finish) => tour.finish = finish,
            None => *tour = Tour::default(),
        }
    }

    /// The cheapest gap of every door that is not in the route.
    fn gaps(&mut self, stops: &[usize], with_taste: bool) -> Vec<Gap> {
        let mut inside = vec![false; self.field.doors().end];
        stops.iter().for_each(|stop| inside[*stop] = true);
        let mut gaps = Vec::with_capacity(inside.len() - 1 - stops.len());
        for door in self.field.doors().filter(|door| !inside[*door]) {
            let taste = if with_taste { 0.5 + self.dice.share() } else { 1.0 };
            let (extra, at) = self.cheapest(stops, door);
            gaps.push(Gap { door, at, extra, taste });
        }
        gaps
    }

    fn cheapest(&mut self, stops: &[usize], door: usize) -> (u32, usize) {
        self.steps += stops.len() as u64 + 1;
        let all = (0..=stops.len()).map(|gap| (self.field.extra(stops, gap, door), gap));
        all.min().unwrap_or_default()
    }

    /// Which of the doors brings most for its minutes, among those that the time could still allow.
    fn most_worth(&mut self, gaps: &[Gap], stops: &[usize]) -> Option<usize> {
        self.steps += gaps.len() as u64;
        let spare = self.field.budget().checked_sub(self.field.busy(stops) + self.field.service())?;
        let fitting = gaps.iter().enumerate().filter(|(_, gap)| gap.extra <= spare);
        let rates = fitting.map(|(number, gap)| {
            let minutes = f64::from(gap.extra + self.field.service());
            (self.field.points(gap.door) as f64 * gap.taste / minutes, Reverse(gap.door), number)
        });
        let best = rates.max_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        best.map(|(_, _, number)| number)
    }

    /// The cheapest place for a door at which the whole route can still be walked.
    fn place(&mut self, stops: &[usize], gap: Gap) -> Option<usize> {
        let mut places: Vec<(u32, usize)> = vec![(gap.extra, gap.at)];
        if self.field.has_hours() {
            let others = (0..=stops.len()).filter(|at| *at != gap.at);
            places.extend(others.map(|at| (self.field.extra(stops, at, gap.door), at)));
            places[1..].sort_unstable();
        }
        let mut candidate = Vec::with_capacity(stops.len() + 1);
        places.into_iter().map(|(_, at)| at).find(|at| {
            self.steps += stops.len() as u64;
            candidate.clear();
            candidate.extend_from_slice(stops);
            candidate.insert(*at, gap.door);
            self.field.finish(&candidate).is_some()
        })
    }

    /// Keeps the cheapest gaps right after a door was put in at `at`: it closed one gap and opened two.
    fn follow(&mut self, gaps: &mut [Gap], stops: &[usize], at: usize) {
        self.steps += 2 * gaps.len() as u64;
        for gap in gaps {
            let known = (gap.extra, gap.at);
            let opened = [at, at + 1].map(|new| (self.field.extra(stops, new, gap.door), new));
            let best = opened[0].min(opened[1]);
            (gap.extra, gap.at) = match known.1.cmp(&at) {
                // All others cost at least as much as the one that is closed.
                Ordering::Equal if best.0 <= known.0 => best,
                Ordering::Equal => self.cheapest(stops, gap.door),
                Ordering::Less => known.min(best),
                Ordering::Greater => (known.0, known.1 + 1).min(best),
            };
        }
    }

    /// Takes a stretch of the route out, or some stops here and there.
    fn drop_some(&mut self, tour: &mut Tour) {
        let stops = tour.stops.len();
        if stops > 0 && self.dice.below(2) == 0 {
            let length = 1 + self.dice.below(stops.div_ceil(2));
            let from = self.dice.below(stops - length + 1);
            tour.stops.drain(from..from + length);
        } else {
            tour.stops.retain(|_| self.dice.below(4) > 0);
        }
        if self.field.finish(&tour.stops).is_none() {
            // Without the dropped stops somebody would stand too long before a door.
            tour.stops.clear();
        }
    }
}

/// Numbers that look like chance and are the same every time: SplitMix64 (Steele, Lea & Flood 2014).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from 0 up to, but not including, `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// From 0 up to, but not including, 1.
    pub(super) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}
