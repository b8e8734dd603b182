//! The way of one need through the lists of the quarters around it.

use super::card::{Card, Fields, Trade};
use super::circumstances::Asked;
use super::ground::View;
use super::lists::{Local, Term};
use super::quarters::{MOST, Quarter};
use super::sight::{Sight, sureness};
use super::{Candidates, Slot};

/// What a need makes of the evidence of others.
pub(crate) trait Lens {
    /// The lists whose offers are marked before all, with the marks of each.
    fn marked(&self) -> &[(Term, Marks)];

    /// How sure evidence can be at most for whoever has these marks, this trade and, where they are told, these leanings.
    fn promise(&mut self, marks: Marks, trade: Trade, leanings: Option<&Fields>) -> f64;

    /// The most that can speak for whoever has this card and these leanings.
    fn most(&self, card: &Card, leanings: &Fields) -> f64;

    /// The list to be looked through next.
    fn next(&mut self) -> Step;
}

/// Who looks closely.
pub(crate) trait Closer {
    /// Brings near what tells about some offers: one after the other would wait for memory each time.
    fn fetch(&self, slots: impl Iterator<Item = Slot>);

    /// Weighs an offer and answers the least score that still counts.
    fn weigh(&mut self, slot: Slot) -> f64;
}

/// What an offer has in common with a need, by lists.
pub(crate) type Marks = u32;

/// Where to look next, and the most that can speak for whoever has not been on a list before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    /// Nothing is left but to look at everybody.
    pub(crate) term: Option<Term>,
    pub(crate) most: f64,
}

/// One need on its way.
pub(super) struct Sweep<'a, L, C> {
    sight: Sight<'a>,
    lens: L,
    near: Vec<Near<'a>>,
    marks: Vec<Marks>,
    least: f64,
    /// `least` on the scale of sureness.
    bar: f64,
    /// Who could count, with how sure a score can be at most; not yet weighed.
    waiting: Vec<(f64, Slot)>,
    closer: C,
}

struct Near<'a> {
    metres: f64,
    /// The highest power that circumstances can have there.
    power: f64,
    quarter: &'a Quarter,
    /// Where the marks of the quarter begin, and whether they are made.
    marks: usize,
    marked: bool,
    /// A bit for everybody who was looked at.
    seen: [u64; MOST / 64],
}

/// So many may wait: weighing the best of many first saves looking closely at the others.
const MOST_WAITING: usize = 256;
/// As long as everybody counts, fewer.
const FIRST_WAITING: usize = 64;
/// So many are fetched from afar at once.
const TOGETHER: usize = 16;
/// Keeps rounding from hiding an equal.
const A_HAIR: f64 = 1e-9;

impl<'a, L: Lens, C: Closer> Sweep<'a, L, C> {
    pub(super) fn new(all: &'a Candidates, asked: &'a Asked<'a>, (lens, closer): (L, C), least: f64) -> Self {
        let view = View::of(asked.position());
        let near = all.saying.within(&view, asked.limit_m());
        let mut begin = 0;
        let near = near.into_iter().map(|(metres, quarter)| {
            let marks = begin;
            begin += quarter.len();
            let power = asked.most_power_from(metres, quarter.is_placed());
            Near { metres, power, quarter, marks, marked: false, seen: [0; MOST / 64] }
        });
        let near: Vec<Near<'_>> = near.collect();
        let sight = Sight { asked, languages: &all.languages, view };
        let marks = vec![0; begin];
        let mut sweep = Self { sight, lens, near, marks, least: 0.0, bar: 0.0, waiting: Vec::new(), closer };
        sweep.raise(least);
        sweep
    }

    /// Marks who of a quarter is on which list.
    fn mark(&mut self, place: usize) {
        let near = &mut self.near[place];
        if near.marked {
            return;
        }
        near.marked = true;
        let all = &mut self.marks[near.marks..][..near.quarter.len()];
        for (term, marks) in self.lens.marked() {
            near.quarter.with(*term).iter().for_each(|local| all[usize::from(*local)] |= marks);
        }
    }

    /// Looks until nobody who is left can count; answers the least score that counts then.
    pub(super) fn run(mut self) -> f64 {
        // The surest lists of all quarters first, so that it is known what counts.
        while self.bar <= 0.0 {
            let step = self.lens.next();
            let Some(reach) = self.sight.asked.reach(step.most, self.least) else { return self.least };
            for place in 0..self.near.len() {
                if self.near[place].metres > reach {
                    break;
                }
                self.visit(place, step.term);
                if self.waiting.len() > if self.bar > 0.0 { MOST_WAITING } else { FIRST_WAITING } {
                    self.weigh_waiting();
                }
            }
            self.weigh_waiting();
            if step.term.is_none() {
                return self.least;
            }
        }
        self.look_through_the_rest();
        self.least
    }

    /// All other lists that can bring somebody who counts, quarter by quarter: what is told of one lies close together.
    fn look_through_the_rest(&mut self) {
        let mut steps = Vec::new();
        loop {
            let step = self.lens.next();
            let Some(reach) = self.sight.asked.reach(step.most, self.least) else { break };
            steps.push((step.term, reach));
            if step.term.is_none() {
                break;
            }
        }
        for place in 0..self.near.len() {
            for (term, reach) in &steps {
                if self.near[place].metres <= *reach {
                    self.visit(place, *term);
                }
            }
            if self.waiting.len() > MOST_WAITING {
                self.weigh_waiting();
            }
        }
        self.weigh_waiting();
    }

    fn visit(&mut self, place: usize, term: Option<Term>) {
        self.mark(place);
        let quarter = self.near[place].quarter;
        match term {
            Some(term) => self.look_at(place, quarter.with(term).iter().copied()),
            None => self.look_at(place, 0..quarter.len() as Local),
        }
    }

    fn look_at(&mut self, place: usize, locals: impl Iterator<Item = Local>) {
        let Self { near, marks, sight, lens, waiting, bar, .. } = self;
        let Near { quarter, seen, power, marks: begin, .. } = &mut near[place];
        let marks = &marks[*begin..][..quarter.len()];
        for local in locals {
            let (word, bit) = (&mut seen[usize::from(local) / 64], 1 << (local % 64));
            if *word & bit != 0 {
                continue;
            }
            *word |= bit;
            let (marks, glance) = (marks[usize::from(local)], quarter.glance(local));
            if lens.promise(marks, glance.trade, None) * *power < *bar {
                continue;
            }
            let placed = quarter.is_placed();
            let Some(metres) = sight.metres(&glance, placed) else { continue };
            let promise = lens.promise(marks, glance.trade, Some(quarter.leanings(local)));
            if promise * sight.asked.most_power_from(metres, placed) < *bar {
                continue;
            }
            let (slot, card) = quarter.card(local);
            let Some(power) = sight.power(card, metres, placed) else { continue };
            let most = lens.most(card, quarter.leanings(local));
            let sure = power * sureness(most);
            if most > 0.0 && sure >= *bar {
                waiting.push((sure, slot));
            }
        }
    }

    /// Looks closely at those who wait, the best first, as long as they can count.
    fn weigh_waiting(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for some in waiting.chunks(TOGETHER) {
            let counting = some.iter().take_while(|(sure, _)| *sure >= self.bar);
            self.closer.fetch(counting.map(|(_, slot)| *slot));
            for (sure, slot) in some {
                if *sure >= self.bar {
                    let least = self.closer.weigh(*slot);
                    self.raise(least);
                }
            }
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
