//! The same doors in a better order: walking less leaves time for more.

use super::field::{Field, HOME};
use std::ops::Range;

/// Waiting can be saved without walking less; that is looked for in routes of up to so many stops.
const TRY_ALL: usize = 16;
/// A segment of so many stops moves as one (or-opt: Or 1976).
const SEGMENT: usize = 3;

/// Turns segments round (2-opt: Croes 1958) and moves them (or-opt, both ways round: the part of 3-opt that matters
/// with opening hours) until nothing of it ends the walk earlier.
pub(super) fn shorten(field: &Field, route: &mut Vec<usize>) {
    let Some(finish) = field.finish(route) else { return };
    let mut order = Order { field, route: std::mem::take(route), finish, all: false };
    order.all = field.has_hours() && order.route.len() <= TRY_ALL;
    // Every success ends the walk at least a second earlier, so this comes to an end.
    while order.turn() || order.shift() {}
    *route = order.route;
}

struct Order<'f> {
    field: &'f Field,
    route: Vec<usize>,
    finish: u32,
    /// Whether also what does not walk less is tried.
    all: bool,
}

impl Order<'_> {
    /// Turns the first segment that helps.
    fn turn(&mut self) -> bool {
        for from in 0..self.route.len() {
            for to in from + 2..=self.route.len() {
                let (first, last) = (self.route[from], self.route[to - 1]);
                let (before, next) = (self.before(from), self.route.get(to).copied());
                let known = self.field.seconds(before, first) + self.field.onward(last, next);
                let turned = self.field.seconds(before, last) + self.field.onward(first, next);
                if self.all || turned < known {
                    let mut candidate = self.route.clone();
                    candidate[from..to].reverse();
                    if self.takes(candidate) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Moves the first segment that helps, turned round or not.
    fn shift(&mut self) -> bool {
        for length in 1..=SEGMENT.min(self.route.len()) {
            for from in 0..=self.route.len() - length {
                let saved = self.saved(from..from + length);
                for gap in (0..=self.route.len() - length).filter(|gap| *gap != from) {
                    for turned in [false, true] {
                        if (self.all || self.added(from..from + length, gap, turned) < saved)
                            && self.takes(self.moved(from..from + length, gap, turned))
                        {
                            return true;
                        }
                    }
                }
            }
        }
        false
    }

    fn before(&self, at: usize) -> usize {
        if at == 0 { HOME } else { self.route[at - 1] }
    }

    /// Seconds of walking that taking a segment out saves.
    fn saved(&self, segment: Range<usize>) -> u32 {
        let (before, next) = (self.before(segment.start), self.route.get(segment.end).copied());
        let way = self.field.seconds(before, self.route[segment.start])
            + self.field.onward(self.route[segment.end - 1], next);
        way.saturating_sub(self.field.onward(before, next))
    }

    /// Seconds of walking that a segment adds before stop number `gap` of the rest.
    fn added(&self, segment: Range<usize>, gap: usize, turned: bool) -> u32 {
        let rest = |at: usize| if at < segment.start { at } else { at + segment.len() };
        let before = if gap == 0 { HOME } else { self.route[rest(gap - 1)] };
        let next = self.route.get(rest(gap)).copied();
        let (first, last) = (self.route[segment.start], self.route[segment.end - 1]);
        let (first, last) = if turned { (last, first) } else { (first, last) };
        let way = self.field.seconds(before, first) + self.field.onward(last, next);
        way.saturating_sub(self.field.onward(before, next))
    }

    /// The route with a segment taken out and put back before stop number `gap` of the rest.
    fn moved(&self, segment: Range<usize>, gap: usize, turned: bool) -> Vec<usize> {
        let mut moving = self.route[segment.clone()].to_vec();
        if turned {
            moving.reverse();
        }
        let mut moved = self.route.clone();
        moved.drain(segment);
        moved.splice(gap..gap, moving);
        moved
    }

    /// Goes on with an order that ends earlier.
    fn takes(&mut self, candidate: Vec<usize>) -> bool {
        let Some(finish) = self.field.finish(&candidate).filter(|finish| *finish < self.finish) else {
            return false;
        };
        (self.route, self.finish) = (candidate, finish);
        true
    }
}
