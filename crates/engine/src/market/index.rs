//! Offers by profile and place; profiles by kind, word and branch; the exact best of them.

use super::best::Best;
use super::chance::BranchNumber;
use super::lens::Glass;
use super::numbered::Numbered;
use super::pair::{PairScore, Question};
use super::prepared::PreparedOffer;
use super::profile::{Profile, ProfileNumber, Profiles};
pub(super) use crate::candidates::Slot;
use crate::candidates::{Candidates, Closer, Giver, Group};
use crate::rank;
use crate::taxonomy::KindIndex;
use kiez_domain::branch::BranchId;
use rustc_hash::FxHashMap;
use std::collections::HashMap;
use std::hash::Hash;
use std::hint::black_box;
use std::sync::Arc;

/// All offers with the lists that lead to them.
#[derive(Debug, Default)]
pub(super) struct Index {
    offers: Numbered<Entry>,
    slots: HashMap<Arc<str>, Slot>,
    profiles: Profiles,
    /// The profiles without words of their own: each is a group of the candidates.
    groups: Numbered<ProfileNumber>,
    candidates: Candidates,
    words: Words,
    by_kind: HashMap<KindIndex, Vec<Group>>,
    by_branch: HashMap<BranchId, Vec<Group>>,
    by_name: HashMap<GuessedName, Vec<Slot>>,
    by_actor: HashMap<ActorMark, Vec<Slot>>,
    /// In thousandths, whole: a sum that does not depend on the order of changes.
    length_sum: u64,
}

/// Who an offer is; what it gives stands in its profile, when and where in the candidates.
#[derive(Debug)]
struct Entry {
    id: Arc<str>,
    profile: Arc<Profile>,
    number: ProfileNumber,
    guessed: Option<GuessedName>,
    actor: ActorMark,
}

/// Tells whose an offer is, in eight bytes instead of a string; zero where nobody knows.
type ActorMark = u64;

/// Tells the guesses of one name and branch from others, in eight bytes instead of a string each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct GuessedName(pub(super) u64);

/// One of the best offers.
pub(super) struct Hit {
    pub(super) slot: Slot,
    pub(super) score: PairScore,
    /// How many other guesses of this name could be asked as well.
    pub(super) others: u32,
}

/// The words of all offers by number, with the number of offers that have each.
#[derive(Debug, Default)]
struct Words {
    numbers: FxHashMap<Box<str>, u32>,
    offers: Vec<u32>,
}

impl Index {
    pub(super) fn find_word(&self, word: &str) -> Option<u32> {
        self.words.numbers.get(word).copied()
    }

    /// How many offers have this word.
    pub(super) fn with_word(&self, word: u32) -> usize {
        self.words.offers[word as usize] as usize
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

    pub(super) fn id(&self, slot: Slot) -> &str {
        &self.entry(slot).id
    }

    pub(super) fn guessed(&self, slot: Slot) -> Option<GuessedName> {
        self.entry(slot).guessed
    }

    /// All that an actor offers.
    pub(super) fn of_actor(&self, actor: &str) -> &[Slot] {
        self.by_actor.get(&rank::hash(actor)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn profile(&self, slot: Slot) -> &Profile {
        &self.entry(slot).profile
    }

    pub(super) fn giver(&self, slot: Slot) -> &Giver {
        self.candidates.at(slot)
    }

    pub(super) fn candidates(&self) -> &Candidates {
        &self.candidates
    }

    pub(super) fn all(&self) -> impl Iterator<Item = Slot> {
        self.offers.numbers()
    }

    /// Takes an offer in; `branch` is the number of its profile's branch.
    pub(super) fn put(&mut self, prepared: PreparedOffer, branch: Option<BranchNumber>) {
        self.remove(&prepared.id);
        let giver = self.candidates.giver(&prepared.telling());
        let number = self.take_in(prepared.profile, prepared.words);
        let profile = Arc::clone(self.profiles.get(number));
        let actor = prepared.actor.as_deref().map_or(0, rank::hash);
        let id = Arc::clone(&prepared.id);
        match self.profiles.group(number) {
            Some(group) => self.candidates.put(group, self.offers.next(), giver),
            None => self.candidates.put_saying(self.offers.next(), giver, &profile.features(branch)),
        }
        self.count(&profile, 1);
        let slot =
            self.offers.insert(Entry { id: prepared.id, profile, number, guessed: prepared.guessed, actor });
        if let Some(name) = prepared.guessed {
            insert(self.by_name.entry(name).or_default(), slot);
        }
        if actor != 0 {
            insert(self.by_actor.entry(actor).or_default(), slot);
        }
        self.slots.insert(id, slot);
    }

    pub(super) fn remove(&mut self, id: &str) {
        let Some(slot) = self.slots.remove(id) else { return };
        let Some(entry) = self.offers.remove(slot) else { return };
        let group = self.profiles.group(entry.number);
        match group {
            Some(group) => self.candidates.remove(group, slot),
            None => self.candidates.remove_saying(slot),
        }
        self.count(&entry.profile, -1);
        if let Some(name) = entry.guessed {
            withdraw_from(&mut self.by_name, &name, slot);
        }
        withdraw_from(&mut self.by_actor, &entry.actor, slot);
        if let Some(profile) = self.profiles.leave(entry.number)
            && let Some(group) = group
        {
            self.groups.remove(group);
            self.each_list(&profile, |list| withdraw(list, &group));
        }
    }

    /// The number of a profile, which is new or known.
    fn take_in(&mut self, profile: Profile, words: Vec<(String, f32)>) -> ProfileNumber {
        let mut profile = match self.profiles.share(profile) {
            Ok(known) => return known,
            Err(new) => new,
        };
        if profile.said().is_some() {
            let numbered = words.into_iter().map(|(word, weight)| (self.words.number(word), weight));
            profile.traits.set_words(numbered);
            return self.profiles.insert(Arc::new(profile), None);
        }
        let profile = Arc::new(profile);
        let group = self.groups.insert(0);
        let number = self.profiles.insert(Arc::clone(&profile), Some(group));
        *self.groups.get_mut(group) = number;
        self.each_list(&profile, |list| insert(list, group));
        number
    }

    /// Every list on which the group of a profile stands.
    fn each_list(&mut self, profile: &Profile, mut change: impl FnMut(&mut Vec<Group>)) {
        for (kind, _) in profile.kinds() {
            change(self.by_kind.entry(*kind as KindIndex).or_default());
        }
        if let Some(branch) = &profile.branch {
            change(self.by_branch.entry(branch.clone()).or_default());
        }
    }

    /// Counts an offer of this profile in or out, for what is rare and what is long.
    fn count(&mut self, profile: &Profile, by: i32) {
        let length = (profile.length() * 1_000.0).round() as i64;
        self.length_sum = self.length_sum.saturating_add_signed(length * i64::from(by));
        for (word, _) in profile.words() {
            let offers = &mut self.words.offers[*word as usize];
            *offers = offers.saturating_add_signed(by);
        }
    }

    /// The best offers, equal to scoring all of them: only those that share a kind, a word or a likely branch with
    /// the need can score at all, and among them only those near enough are looked at. Offers of those who know the need's
    /// actor are scored first, one by one: what the acquaintance adds is nothing that the search could bound.
    pub(super) fn best(
        &self,
        question: &Question<'_>,
        top: usize,
        allowed: impl Fn(&str) -> bool,
    ) -> Vec<(Slot, f64)> {
        let mut best = Best::new(self, top);
        if top == 0 {
            return best.into_found();
        }
        for slot in question.known().keys().copied().filter(|slot| allowed(self.id(*slot))) {
            if let Ok(score) = question.score(slot) {
                best.add(slot, score.total);
            }
        }
        let least = best.least();
        let mut looking = Looking { index: self, question, allowed, best };
        let least = self.candidates.sweep(&question.asked, Glass::new(question), least, &mut looking);
        let take = |slot, score| looking.take(slot, score);
        self.candidates.search(&question.asked, &self.groups(question), least, take);
        looking.best.into_found()
    }

    /// The best offers with all that is to be told about them.
    pub(super) fn hits(&self, question: &Question<'_>, top: usize) -> Vec<Hit> {
        let best = self.best(question, top, |_| true).into_iter();
        best.filter_map(|(slot, _)| {
            let score = question.score(slot).ok()?;
            let others = self.guessed(slot).map_or(0, |name| self.could_be_asked(question, name) - 1);
            Some(Hit { slot, score, others })
        })
        .collect()
    }

    /// How many of a name could be asked.
    fn could_be_asked(&self, question: &Question<'_>, name: GuessedName) -> u32 {
        let all = self.by_name.get(&name).into_iter().flatten();
        all.map(|slot| u32::from(question.score(*slot).is_ok())).sum()
    }

    /// Every group for which something speaks, with how much, the surest first.
    fn groups(&self, question: &Question<'_>) -> Vec<(Group, f64)> {
        let mut groups = Vec::new();
        if self.groups.places() == 0 {
            return groups;
        }
        let mut marked = vec![false; self.groups.places()];
        let mut mark = |list: Option<&Vec<Group>>| {
            for group in list.into_iter().flatten() {
                if !std::mem::replace(&mut marked[*group as usize], true) {
                    let base = question.evidence(self.profiles.get(*self.groups.get(*group))).base;
                    groups.extend((base > 0.0).then_some((*group, base)));
                }
            }
        };
        question.kinds().for_each(|kind| mark(self.by_kind.get(&kind)));
        question.branches().for_each(|branch| mark(self.by_branch.get(branch)));
        groups.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        groups
    }

    fn entry(&self, slot: Slot) -> &Entry {
        self.offers.get(slot)
    }
}

/// Keeps the best of what the search comes upon.
struct Looking<'i, Allowed> {
    index: &'i Index,
    question: &'i Question<'i>,
    allowed: Allowed,
    best: Best<'i>,
}

impl<Allowed: Fn(&str) -> bool> Looking<'_, Allowed> {
    /// Keeps an offer if it is allowed and nobody has scored it before; answers the least score that still counts.
    fn take(&mut self, slot: Slot, score: f64) -> f64 {
        if score >= self.best.least()
            && !self.question.known().contains_key(&slot)
            && !self.question.is_own(slot)
            && (self.allowed)(self.index.id(slot))
        {
            self.best.add(slot, score);
        }
        self.best.least()
    }
}

impl<Allowed: Fn(&str) -> bool> Closer for &mut Looking<'_, Allowed> {
    fn fetch(&self, slots: impl Iterator<Item = Slot>) {
        // Reading a number of each, without waiting for the one before, is as good as asking for it in advance.
        let told = |slot: Slot| {
            self.index.giver(slot).told_effort().unwrap_or(0).wrapping_add(self.index.profile(slot).tail())
        };
        black_box(slots.fold(0_u32, |sum, slot| sum.wrapping_add(told(slot))));
    }

    fn weigh(&mut self, slot: Slot) -> f64 {
        match self.question.score(slot) {
            Ok(score) => self.take(slot, score.total),
            Err(_) => self.best.least(),
        }
    }
}

impl Words {
    fn number(&mut self, word: String) -> u32 {
        let next = self.offers.len();
        let number = *self.numbers.entry(word.into()).or_insert(next as u32);
        if number as usize == next {
            self.offers.push(0);
        }
        number
    }
}

fn insert<T: Ord>(list: &mut Vec<T>, new: T) {
    if let Err(place) = list.binary_search(&new) {
        list.insert(place, new);
    }
}

fn withdraw<T: Ord>(list: &mut Vec<T>, gone: &T) {
    if let Ok(place) = list.binary_search(gone) {
        list.remove(place);
    }
}

fn withdraw_from<K: Eq + Hash>(lists: &mut HashMap<K, Vec<Slot>>, key: &K, slot: Slot) {
    if let Some(list) = lists.get_mut(key) {
        withdraw(list, &slot);
        if list.is_empty() {
            lists.remove(key);
        }
    }
}
