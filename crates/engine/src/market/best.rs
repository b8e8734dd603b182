//! The best so far, each guessed name once.

use super::index::{Index, Slot};
use super::pair::PairScore;
use super::prepared::GuessedName;
use crate::rank::tie;
use std::cmp::Ordering;
use std::collections::HashMap;

/// The best offers among those looked at, the best first.
///
/// Nobody has asked a guessed giver, so forty branches of a chain are one suggestion: the best of them (the nearest,
/// where nothing else differs) stands for all of its name.
pub(super) struct Best<'i> {
    index: &'i Index,
    top: usize,
    found: Vec<(Slot, PairScore)>,
}

impl<'i> Best<'i> {
    pub(super) fn new(index: &'i Index, top: usize) -> Self {
        Self { index, top, found: Vec::new() }
    }

    /// Whether a score cannot be among the best any more.
    pub(super) fn is_beyond(&self, score: f64) -> bool {
        let worst = self.found.get(self.top.wrapping_sub(1));
        self.top == 0 || worst.is_some_and(|(_, worst)| score < worst.total)
    }

    pub(super) fn add(&mut self, slot: Slot, score: PairScore) {
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

    /// The guessed names among the best, each to be counted.
    pub(super) fn names(&self) -> HashMap<GuessedName, u32> {
        self.found.iter().filter_map(|(slot, _)| self.name(*slot)).map(|name| (name, 0)).collect()
    }

    pub(super) fn into_found(self) -> Vec<(Slot, PairScore)> {
        self.found
    }

    fn name(&self, slot: Slot) -> Option<GuessedName> {
        self.index.offer(slot).guessed
    }

    fn order(&self, one: &(Slot, PairScore), other: &(Slot, PairScore)) -> Ordering {
        let ids = || tie(&self.index.offer(one.0).id, &self.index.offer(other.0).id);
        other.1.total.total_cmp(&one.1.total).then_with(ids)
    }
}
