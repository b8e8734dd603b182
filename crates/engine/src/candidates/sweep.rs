//! The way of one need through the lists of the quarters around it.

use super::card::Card;
use super::circumstances::Asked;
use super::ground::View;
use super::lists::{Local, Term};
use super::quarters::{MOST, Quarter};
use super::sight::{Sight, sureness};
use super::{Candidates, Slot};

/// What a need makes of the evidence of others.
pub(crate) trait Lens {
    /// The most that can speak for whoever has this card.
    fn most(&self, card: &Card) -> f64;

    /// The list to be looked through next.
    fn next(&mut self) -> Step;
}

/// Where to look next, and the most that can speak for whoever has not been on a list before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    /// Nothing is left but to look at everybody.
    pub(crate) term: Option<Term>,
    pub(crate) most: f64,
}

/// One need on its way.
pub(super) struct Sweep<'a, L, F> {
    sight: Sight<'a>,
    lens: L,
    near: Vec<Near<'a>>,
    least: f64,
    /// `least` on the scale of sureness.
    bar: f64,
    /// Who could count, with how sure a score can be at most; not yet weighed.
    waiting: Vec<(f64, Slot)>,
    weigh: F,
}

struct Near<'a> {
    metres: f64,
    quarter: &'a Quarter,
    /// A bit for everybody who was looked at.
    seen: [u64; MOST / 64],
}

/// So many may wait: weighing the best of many first saves looking closely at the others.
const MOST_WAITING: usize = 256;
/// Keeps rounding from hiding an equal.
const A_HAIR: f64 = 1e-9;

impl<'a, L: Lens, F: FnMut(Slot) -> f64> Sweep<'a, L, F> {
    /// `weigh` looks closely at an offer and answers the least score that still counts.
    pub(super) fn new(all: &'a Candidates, asked: &'a Asked<'a>, (lens, weigh): (L, F), least: f64) -> Self {
        let view = View::of(asked.position());
        let near = all.saying.within(&view, asked.limit_m());
        let near = near.into_iter().map(|(metres, quarter)| Near { metres, quarter, seen: [0; MOST / 64] });
        let sight = Sight { asked, languages: &all.languages, view };
        let mut sweep =
            Self { sight, lens, near: near.collect(), least: 0.0, bar: 0.0, waiting: Vec::new(), weigh };
        sweep.raise(least);
        sweep
    }

    /// Looks until nobody who is left can count; answers the least score that counts then.
    pub(super) fn run(mut self) -> f64 {
        loop {
            let step = self.lens.next();
            let Some(reach) = self.sight.asked.reach(step.most, self.least) else { return self.least };
            for place in 0..self.near.len() {
                if self.near[place].metres > reach {
                    break;
                }
                self.visit(place, step.term);
                if self.waiting.len() > MOST_WAITING {
                    self.weigh_waiting();
                }
            }
            self.weigh_waiting();
            if step.term.is_none() {
                return self.least;
            }
        }
    }

    fn visit(&mut self, place: usize, term: Option<Term>) {
        let quarter = self.near[place].quarter;
        match term {
            Some(term) => self.look_at(place, quarter.with(term).iter().copied()),
            None => self.look_at(place, 0..quarter.len() as Local),
        }
    }

    fn look_at(&mut self, place: usize, locals: impl Iterator<Item = Local>) {
        let Self { near, sight, lens, waiting, bar, .. } = self;
        let Near { quarter, seen, .. } = &mut near[place];
        for local in locals {
            let (word, bit) = (&mut seen[usize::from(local) / 64], 1 << (local % 64));
            if *word & bit != 0 {
                continue;
            }
            *word |= bit;
            let (slot, card) = quarter.card(local);
            let Some(power) = sight.power(card, quarter.is_placed()) else { continue };
            let most = lens.most(card);
            if most <= 0.0 {
                continue;
            }
            let sure = power * sureness(most);
            if sure >= *bar {
                waiting.push((sure, slot));
            }
        }
    }

    /// Looks closely at those who wait, the best first, as long as they can count.
    fn weigh_waiting(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (sure, slot) in &waiting {
            if *sure < self.bar {
                break;
            }
            let least = (self.weigh)(*slot);
            self.raise(least);
        }
        waiting.clear();
        self.waiting = waiting;
    }

    fn raise(&mut self, least: f64) {
        if least > self.least {
            self.least = least;
            self.bar = sureness(least) * (1.0 - A_HAIR) - A_HAIR;
        }
    }
}
