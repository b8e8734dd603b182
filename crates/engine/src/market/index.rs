//! Offers by kind, word and branch; the exact best of them.

use super::best::Best;
use super::pair::{PairScore, Question};
use super::prepared::{GuessedName, PreparedOffer};
use crate::taxonomy::KindIndex;
use kiez_domain::branch::BranchId;
use std::collections::HashMap;
use std::sync::Arc;

/// All offers with the lists that lead to them.
#[derive(Debug, Default)]
pub(super) struct Index {
    offers: Vec<Option<PreparedOffer>>,
    free: Vec<Slot>,
    slots: HashMap<Arc<str>, Slot>,
    word_numbers: HashMap<Box<str>, u32>,
    by_kind: HashMap<KindIndex, Vec<Slot>>,
    by_leaning: HashMap<KindIndex, Vec<Slot>>,
    by_word: Vec<Vec<Slot>>,
    by_branch: HashMap<BranchId, Vec<Slot>>,
    /// In thousandths, whole: a sum that does not depend on the order of changes.
    length_sum: u64,
}

/// One of the best offers.
pub(super) struct Hit {
    pub(super) slot: Slot,
    pub(super) score: PairScore,
    /// How many other guesses of this name could be asked as well.
    pub(super) others: u32,
}

/// Where an offer lies; the place of one that is taken out is given to the next.
pub(super) type Slot = u32;

impl Index {
    pub(super) fn word_number(&mut self, word: String) -> u32 {
        let next = self.by_word.len();
        let number = *self.word_numbers.entry(word.into()).or_insert(next as u32);
        if number as usize == next {
            self.by_word.push(Vec::new());
        }
        number
    }

    pub(super) fn find_word(&self, word: &str) -> Option<u32> {
        self.word_numbers.get(word).copied()
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

    pub(super) fn slot(&self, id: &str) -> Option<Slot> {
        self.slots.get(id).copied()
    }

    pub(super) fn offer(&self, slot: Slot) -> &PreparedOffer {
        self.offers[slot as usize].as_ref().expect("a slot in a list or in `slots` holds an offer")
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (Slot, &PreparedOffer)> {
        (0..).zip(&self.offers).filter_map(|(slot, offer)| offer.as_ref().map(|offer| (slot, offer)))
    }

    pub(super) fn put(&mut self, prepared: PreparedOffer) {
        self.remove(&prepared.id);
        let slot = self.free.pop().unwrap_or_else(|| {
            self.offers.push(None);
            self.offers.len() as Slot - 1
        });
        self.each_list(&prepared, |list| insert(list, slot));
        self.length_sum += thousandths(prepared.length());
        self.slots.insert(Arc::clone(&prepared.id), slot);
        self.offers[slot as usize] = Some(prepared);
    }

    pub(super) fn remove(&mut self, id: &str) {
        let Some(slot) = self.slots.remove(id) else { return };
        let Some(prepared) = self.offers[slot as usize].take() else { return };
        self.each_list(&prepared, |list| withdraw(list, slot));
        self.length_sum -= thousandths(prepared.length());
        self.free.push(slot);
    }

    /// Every list on which an offer stands.
    fn each_list(&mut self, prepared: &PreparedOffer, mut change: impl FnMut(&mut Vec<Slot>)) {
        for (kind, _) in &prepared.kinds {
            change(self.by_kind.entry(*kind).or_default());
        }
        for (kind, _) in prepared.leanings() {
            change(self.by_leaning.entry(*kind).or_default());
        }
        for (word, _) in prepared.words() {
            change(&mut self.by_word[*word as usize]);
        }
        if let Some(branch) = &prepared.branch {
            change(self.by_branch.entry(branch.clone()).or_default());
        }
    }

    /// The best offers, equal to scoring all of them: only those that share a kind, a word or a likely branch with
    /// the need can score at all, and one whose evidence cannot reach the worst of the best is not looked at further.
    pub(super) fn best(&self, question: &Question<'_>, top: usize) -> Vec<Hit> {
        let candidates = self.candidates(question);
        let mut best = Best::new(self, top);
        for slot in &candidates {
            let offer = self.offer(*slot);
            let evidence = question.evidence(offer);
            if best.is_beyond(question.most(&evidence)) {
                continue;
            }
            if let Ok(score) = question.complete(offer, evidence) {
                best.add(*slot, score);
            }
        }
        let mut names = best.names();
        self.count(question, &candidates, &mut names);
        let others = |slot: Slot| self.offer(slot).guessed.map_or(0, |name| names[&name] - 1);
        let found = best.into_found().into_iter();
        found.map(|(slot, score)| Hit { slot, score, others: others(slot) }).collect()
    }

    /// How many of each name could be asked.
    fn count(&self, question: &Question<'_>, candidates: &[Slot], names: &mut HashMap<GuessedName, u32>) {
        if names.is_empty() {
            return;
        }
        for offer in candidates.iter().map(|slot| self.offer(*slot)) {
            if let Some(count) = offer.guessed.and_then(|name| names.get_mut(&name)) {
                *count += u32::from(question.score(offer).is_ok());
            }
        }
    }

    fn candidates(&self, question: &Question<'_>) -> Vec<Slot> {
        let mut marked = vec![false; self.offers.len()];
        let mut mark = |list: &[Slot]| list.iter().for_each(|slot| marked[*slot as usize] = true);
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
            mark(self.by_branch.get(branch).map_or(&[], Vec::as_slice));
        }
        (0..).zip(marked).filter_map(|(slot, marked)| marked.then_some(slot)).collect()
    }
}

fn thousandths(length: f64) -> u64 {
    (length * 1_000.0).round() as u64
}

fn insert(list: &mut Vec<Slot>, slot: Slot) {
    if let Err(place) = list.binary_search(&slot) {
        list.insert(place, slot);
    }
}

fn withdraw(list: &mut Vec<Slot>, slot: Slot) {
    if let Ok(place) = list.binary_search(&slot) {
        list.remove(place);
    }
}
