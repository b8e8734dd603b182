//! Offers by kind, word and branch; the exact best of them.

use super::pair::{PairScore, Question};
use super::prepared::PreparedOffer;
use crate::rank::tie;
use crate::taxonomy::KindIndex;
use std::collections::{BTreeMap, HashMap};

/// All offers with the lists that lead to them.
#[derive(Debug, Default)]
pub(super) struct Index {
    offers: Vec<Option<PreparedOffer>>,
    free: Vec<usize>,
    slots: HashMap<String, usize>,
    word_numbers: HashMap<String, u32>,
    branch_numbers: BTreeMap<String, u32>,
    by_kind: HashMap<KindIndex, Vec<usize>>,
    by_leaning: HashMap<KindIndex, Vec<usize>>,
    by_word: Vec<Vec<usize>>,
    by_branch: Vec<Vec<usize>>,
    /// In thousandths, whole: a sum that does not depend on the order of changes.
    length_sum: u64,
}

impl Index {
    pub(super) fn word_number(&mut self, word: String) -> u32 {
        let next = self.by_word.len();
        let number = *self.word_numbers.entry(word).or_insert(next as u32);
        if number as usize == next {
            self.by_word.push(Vec::new());
        }
        number
    }

    pub(super) fn branch_number(&mut self, branch: &str) -> u32 {
        if let Some(number) = self.branch_numbers.get(branch) {
            return *number;
        }
        let number = self.by_branch.len() as u32;
        self.branch_numbers.insert(branch.to_owned(), number);
        self.by_branch.push(Vec::new());
        number
    }

    pub(super) fn find_word(&self, word: &str) -> Option<u32> {
        self.word_numbers.get(word).copied()
    }

    pub(super) fn branches(&self) -> &BTreeMap<String, u32> {
        &self.branch_numbers
    }

    /// How many offers have this word.
    pub(super) fn with_word(&self, word: u32) -> usize {
        self.by_word[word as usize].len()
    }

    pub(super) fn words(&self) -> usize {
        self.by_word.len()
    }

    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(super) fn mean_length(&self) -> f64 {
        (self.length_sum as f64 / 1_000.0 / self.len().max(1) as f64).max(1.0)
    }

    pub(super) fn slot(&self, id: &str) -> Option<usize> {
        self.slots.get(id).copied()
    }

    pub(super) fn offer(&self, slot: usize) -> &PreparedOffer {
        self.offers[slot].as_ref().expect("a slot in a list or in `slots` holds an offer")
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (usize, &PreparedOffer)> {
        self.offers.iter().enumerate().filter_map(|(slot, offer)| offer.as_ref().map(|offer| (slot, offer)))
    }

    pub(super) fn put(&mut self, prepared: PreparedOffer) {
        self.remove(&prepared.offer.id);
        let slot = self.free.pop().unwrap_or_else(|| {
            self.offers.push(None);
            self.offers.len() - 1
        });
        for (kind, _) in &prepared.kinds {
            insert(self.by_kind.entry(*kind).or_default(), slot);
        }
        for (kind, _) in &prepared.leanings {
            insert(self.by_leaning.entry(*kind).or_default(), slot);
        }
        for (word, _) in &prepared.words {
            insert(&mut self.by_word[*word as usize], slot);
        }
        if let Some(branch) = prepared.branch {
            insert(&mut self.by_branch[branch as usize], slot);
        }
        self.length_sum += thousandths(prepared.length);
        self.slots.insert(prepared.offer.id.clone(), slot);
        self.offers[slot] = Some(prepared);
    }

    pub(super) fn remove(&mut self, id: &str) {
        let Some(slot) = self.slots.remove(id) else { return };
        let Some(prepared) = self.offers[slot].take() else { return };
        for (kind, _) in &prepared.kinds {
            withdraw(self.by_kind.entry(*kind).or_default(), slot);
        }
        for (kind, _) in &prepared.leanings {
            withdraw(self.by_leaning.entry(*kind).or_default(), slot);
        }
        for (word, _) in &prepared.words {
            withdraw(&mut self.by_word[*word as usize], slot);
        }
        if let Some(branch) = prepared.branch {
            withdraw(&mut self.by_branch[branch as usize], slot);
        }
        self.length_sum -= thousandths(prepared.length);
        self.free.push(slot);
    }

    /// The best offers, equal to scoring all of them: only those that share a kind, a word or a likely branch with
    /// the need can score at all, and one whose evidence cannot reach the worst of the best is not looked at further.
    pub(super) fn best(&self, question: &Question<'_>, top: usize) -> Vec<(usize, PairScore)> {
        let mut best: Vec<(usize, PairScore)> = Vec::new();
        if top == 0 {
            return best;
        }
        for slot in self.candidates(question) {
            let offer = self.offer(slot);
            let evidence = question.evidence(offer);
            if best.len() == top && question.most(&evidence) < best[top - 1].1.total {
                continue;
            }
            let Ok(score) = question.complete(offer, evidence) else { continue };
            let place = best.partition_point(|(other, known)| {
                let order = score.total.total_cmp(&known.total);
                order.then_with(|| tie(&self.offer(*other).offer.id, &offer.offer.id)).is_lt()
            });
            if place < top {
                best.insert(place, (slot, score));
                best.truncate(top);
            }
        }
        best
    }

    fn candidates(&self, question: &Question<'_>) -> Vec<usize> {
        let mut marked = vec![false; self.offers.len()];
        let mut mark = |list: &[usize]| list.iter().for_each(|slot| marked[*slot] = true);
        for kind in question.kinds() {
            mark(self.by_kind.get(&kind).map_or(&[], Vec::as_slice));
        }
        for (kind, _) in &question.need.leanings {
            mark(self.by_leaning.get(kind).map_or(&[], Vec::as_slice));
        }
        for word in question.words() {
            mark(&self.by_word[word as usize]);
        }
        for branch in question.branches() {
            mark(&self.by_branch[branch as usize]);
        }
        marked.iter().enumerate().filter(|(_, marked)| **marked).map(|(slot, _)| slot).collect()
    }
}

fn thousandths(length: f64) -> u64 {
    (length * 1_000.0).round() as u64
}

fn insert(list: &mut Vec<usize>, slot: usize) {
    if let Err(place) = list.binary_search(&slot) {
        list.insert(place, slot);
    }
}

fn withdraw(list: &mut Vec<usize>, slot: usize) {
    if let Ok(place) = list.binary_search(&slot) {
        list.remove(place);
    }
}
