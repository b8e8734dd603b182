//! The best so far, each guessed name once.

use super::index::{GuessedName, Index, Slot};
use crate::rank::tie;
use std::cmp::Ordering;

/// The best offers among those looked at, the best first.
///
/// Nobody has asked a guessed giver, so forty branches of a chain are one suggestion: the best of them (the nearest,
/// where nothing else differs) stands for all of its name.
pub(super) struct Best<'i> {
    index: &'i Index,
    top: usize,
    found: Vec<(Slot, f64)>,
}

impl<'i> Best<'i> {
    pub(super) fn new(index: &'i Index, top: usize) -> Self {
        Self { index, top, found: Vec::new() }
    }

    /// The least score that can still be among the best.
    pub(super) fn least(&self) -> f64 {
        let worst = self.found.get(self.top.wrapping_sub(1));
        worst.map_or(if self.top == 0 { f64::INFINITY } else { 0.0 }, |(_, worst)| *worst)
    }

    pub(super) fn add(&mut self, slot: Slot, score: f64) {
        let new = (slot, score);
        if let Some(name) = self.name(slot)
            && let Some(known) = self.found.iter().position(|(other, _)| self.name(*other) == Some(name))
        {
            if self.order(&new, &self.found[known]).is_gt() {
                return;
            }
            self.found.remove(known);
        }
        let place = self.found.partition_point(|known| self.order(known, &new).is_lt());
        self.found.insert(place, new);
        self.found.truncate(self.top);
    }

    pub(super) fn into_found(self) -> Vec<(Slot, f64)> {
        self.found
    }

    fn name(&self, slot: Slot) -> Option<GuessedName> {
        self.index.guessed(slot)
    }

    fn order(&self, one: &(Slot, f64), other: &(Slot, f64)) -> Ordering {
        let ids = || tie(self.index.id(one.0), self.index.id(other.0));
        other.1.total_cmp(&one.1).then_with(ids)
    }
}
