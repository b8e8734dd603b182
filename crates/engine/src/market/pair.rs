//! The score of one need and one offer.

use super::chance::{BranchNumber, Chances, Could, Expected};
use super::coverage::Coverage;
use super::index::{Index, Slot};
use super::prepared::PreparedNeed;
use super::profile::Profile;
use crate::acquaintance;
use crate::belief::Belief;
use crate::candidates::{Asked, Circumstances};
use crate::kinds::Nearness;
use crate::rank::{inverse_frequency, saturation};
use crate::taxonomy::KindIndex;
use crate::weights::Weights;
use kiez_domain::branch::BranchId;
use kiez_domain::suggestion::{Bond, Obstacle, Parts, Score};
use std::collections::BTreeMap;

/// A need made ready to be compared with many offers.
pub(super) struct Question<'m> {
    pub(super) need: &'m PreparedNeed,
    pub(super) asked: Asked<'m>,
    index: &'m Index,
    nearness: &'m Nearness,
    expected: Expected<'m>,
    weights: &'m Weights,
    /// For each kind of the need: what every other kind is worth to it.
    worth: Vec<Vec<f32>>,
    /// What the need leans to, by kind.
    leaning: Vec<f32>,
    /// What the need's words are worth that the index knows, by their number; and all of the need's words together.
    word_worth: Vec<(u32, f64)>,
    all_words: f64,
    mean_length: f64,
    /// What every branch could give: the chance, and the kind it is about.
    chances: Chances,
    coverage: Coverage<'m>,
    /// The offers of those who are likely to know the need's actor, and from where.
    known: Known<'m>,
    /// What the need's own actor offers, in order.
    own: &'m [Slot],
}

/// Offers by slot with the bond of their actor to the need's.
pub(super) type Known<'m> = BTreeMap<Slot, &'m Bond>;

/// Whether neither way nor hours nor languages keep a need from an offer: told much sooner than what they have in common.
pub(super) fn could_meet(need: &PreparedNeed, index: &Index, weights: &Weights, slot: Slot) -> bool {
    let languages = index.candidates().languages();
    Asked::new(&need.need, weights, languages).meet(index.giver(slot), languages).is_ok()
}

/// What speaks for a pair.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence {
    pub(super) resource: Option<f64>,
    pub(super) text: f64,
    /// What the branch could give: the chance, and the kind it is about.
    pub(super) chance: Option<(f64, KindIndex)>,
    /// How far somebody of the giver's trade is wanted by name.
    pub(super) trade: f32,
    pub(super) base: f64,
}

/// The whole score with its parts.
#[derive(Debug, Clone, Copy)]
pub(super) struct PairScore {
    pub(super) total: f64,
    pub(super) evidence: Evidence,
    pub(super) met: Circumstances,
}

/// Only so many of the need's rarest words count in full: a long text shall not drown its own wish.
const WORDS_THAT_COUNT: usize = 5;
/// So many of a need's kinds can be answered; set by hand and told by words together.
pub(super) const MOST_KINDS: usize = 24;
/// What a kind of an offer counts by how sure it is.
pub(super) fn told(given: f32) -> f32 {
    given.sqrt()
}

/// What words in common count beside a kind that a person has set.
const BESIDE_A_KIND_BY_HAND: f64 = 0.4;
/// Words alone, or a guess alone, must not look like certainty.
pub(super) const HIGHEST_BASE: f64 = 0.97;

impl<'m> Question<'m> {
    pub(super) fn new(
        need: &'m PreparedNeed,
        (index, nearness): (&'m Index, &'m Nearness),
        expected: Expected<'m>,
        weights: &'m Weights,
    ) -> Self {
        let mut question = Self {
            need,
            asked: Asked::new(&need.need, weights, index.candidates().languages()),
            index,
            nearness,
            expected,
            weights,
            worth: worth(need, nearness, expected.taxonomy.kinds().len()),
            leaning: vec![0.0; expected.taxonomy.kinds().len()],
            word_worth: Vec::new(),
            all_words: 0.0,
            mean_length: index.mean_length(),
            chances: Chances::find((&need.kinds, &need.trades), nearness, expected),
            coverage: Coverage::new(need, index),
            known: Known::new(),
            own: need.need.actor_id.as_deref().map_or(&[], |actor| index.of_actor(actor)),
        };
        need.leanings.iter().for_each(|(kind, worth)| question.leaning[*kind] = *worth);
        question.weigh_words();
        question
    }

    /// The same question, knowing who knows the need's actor.
    pub(super) fn with_known(self, known: Known<'m>) -> Self {
        Self { known, ..self }
    }

    /// The offers of those who are likely to know the need's actor.
    pub(super) fn known(&self) -> &Known<'m> {
        &self.known
    }

    /// Whether the need's own actor offers it.
    pub(super) fn is_own(&self, slot: Slot) -> bool {
        self.own.binary_search(&slot).is_ok()
    }

    /// For each of the need's kinds what the kinds near it are worth.
    pub(super) fn rows(&self) -> impl Iterator<Item = &'m [(KindIndex, f32)]> {
        self.need.kinds.iter().map(|(kind, _)| self.nearness.of(*kind))
    }

    /// Every kind that is worth something to the need.
    pub(super) fn kinds(&self) -> impl Iterator<Item = KindIndex> {
        (0..self.all_kinds()).filter(|kind| self.worth.iter().any(|row| row[*kind] > 0.0))
    }

    /// How many kinds there are.
    pub(super) fn all_kinds(&self) -> usize {
        self.expected.taxonomy.kinds().len()
    }

    /// The need's words that the index knows, each with the share of all that it is worth.
    pub(super) fn word_shares(&self) -> impl Iterator<Item = (u32, f32)> {
        let all = self.all_words;
        let known = self.word_worth.iter().filter(move |_| all > 0.0);
        known.map(move |(word, worth)| (*word, (worth / all) as f32))
    }

    pub(super) fn branches(&self) -> impl Iterator<Item = &BranchId> {
        self.chances.branches(self.expected)
    }

    pub(super) fn chances(&self) -> &Chances {
        &self.chances
    }

    pub(super) fn coverage(&self) -> &Coverage<'m> {
        &self.coverage
    }

    pub(super) fn weights(&self) -> &'m Weights {
        self.weights
    }

    /// How much words in common count: less where a person has set the kind.
    pub(super) fn text_weight(&self) -> f64 {
        self.weights.text * if self.need.need.kinds.is_empty() { 1.0 } else { BESIDE_A_KIND_BY_HAND }
    }

    /// The whole score, or what stands in the way.
    pub(super) fn score(&self, slot: Slot) -> Result<PairScore, Obstacle> {
        if self.is_own(slot) {
            return Err(Obstacle::OwnOffer);
        }
        let profile = self.index.profile(slot);
        let evidence = self.evidence(profile);
        if evidence.base <= 0.0 {
            return Err(Obstacle::NothingInCommon);
        }
        let met = self.asked.meet(self.index.giver(slot), self.index.candidates().languages())?;
        let met = Circumstances {
            acquaintance: self.known.get(&slot).map(|bond| acquaintance::worth(bond)),
            ..met
        };
        let total = self.asked.score(evidence.base, &met);
        Ok(PairScore { total, evidence, met })
    }

    /// What speaks for all offers of a profile.
    pub(super) fn evidence(&self, profile: &Profile) -> Evidence {
        let said = profile.words();
        let chance = self.chance(profile);
        let trade = self.trade(profile);
        let (resource, met) = self.met(profile, chance);
        let words = self.shared_words(said, profile.length());
        let text = words + (1.0 - words) * self.weights.leaning * self.leaning(profile);
        let branch_weight =
            if profile.tells_a_kind() { self.weights.branch } else { self.weights.branch_alone };
        let doubt = (1.0 - self.weights.resource * resource.unwrap_or(0.0))
            * (1.0 - self.text_weight() * text)
            * (1.0 - branch_weight * chance.map_or(0.0, |(chance, _)| chance))
            * (1.0 - self.weights.trade * f64::from(trade));
        let known = if profile.nameless { self.weights.nameless } else { 1.0 };
        if doubt >= 1.0 {
            return Evidence { resource, text, chance, trade, base: 0.0 };
        }
        let answered = f64::from(self.coverage.answered((&met, trade), said));
        let sure = 1.0 - self.weights.unanswered * (1.0 - answered).clamp(0.0, 1.0);
        let meant = self.need.audience.left_of(profile.audience);
        let base = known * meant * sure * (1.0 - doubt).clamp(0.0, HIGHEST_BASE);
        Evidence { resource, text, chance, trade, base }
    }

    /// Words of the need that no kind and no word of the offer answers.
    pub(super) fn open_words(&self, profile: &Profile, evidence: &Evidence) -> Vec<String> {
        let (_, met) = self.met(profile, evidence.chance);
        self.coverage.open((&met, evidence.trade), profile.words())
    }

    /// The evidence of kinds, and how far each kind of the need is met, by what is said or by a guess.
    fn met(&self, profile: &Profile, chance: Option<(f64, KindIndex)>) -> (Option<f64>, [f32; MOST_KINDS]) {
        let mut met = [0.0; MOST_KINDS];
        let told = !self.need.kinds.is_empty() && !profile.kinds().is_empty();
        let resource = told.then(|| self.resource(profile, &mut met));
        if let Some((chance, kind)) = chance {
            // Who says nothing is asked for the whole wish, and how likely a yes is counts already.
            let answering = if profile.said().is_none() { 1.0 } else { chance as f32 };
            self.could_be_met(kind, answering, &mut met);
        }
        (resource, met)
    }

    /// What to expect of the giver's branch and street for a kind.
    pub(super) fn belief(&self, profile: &Profile, kind: KindIndex) -> Option<Belief> {
        Some(self.expected.about(kind, profile.branch.as_ref()?, profile.street.as_ref()))
    }

    /// A language that both sides name.
    pub(super) fn shared_language(&self, slot: Slot) -> Option<&'m str> {
        self.asked.shared_language(self.index.giver(slot), self.index.candidates().languages())
    }

    /// A guess by the branch answers the words of its kind.
    fn could_be_met(&self, kind: KindIndex, answering: f32, met: &mut [f32; MOST_KINDS]) {
        for (row, met) in self.worth.iter().zip(met) {
            *met = met.max(row[kind].min(1.0) * answering);
        }
    }

    fn resource(&self, profile: &Profile, met_kinds: &mut [f32; MOST_KINDS]) -> f64 {
        let surest = self.need.kinds.iter().map(|(_, score)| *score).fold(0.0_f32, f32::max);
        let (mut first, mut second) = (0.0_f64, 0.0_f64);
        for (((_, wanted), row), met_kind) in self.need.kinds.iter().zip(&self.worth).zip(met_kinds) {
            let met = profile
                .kinds()
                .iter()
                // Most kinds of a taxonomy have nothing to do with each other.
                .filter(|(kind, _)| row[*kind as usize] > 0.0)
                .map(|(kind, given)| row[*kind as usize] * wanted.sqrt() * told(*given))
                .fold(0.0_f32, f32::max);
            // That a word tells the kind is the classifier's doubt; here only counts whether the offer has it.
            *met_kind = (met / wanted.max(f32::MIN_POSITIVE).sqrt()).min(1.0);
            let met = f64::from(met * (0.4 + 0.6 * wanted / surest));
            if met > first {
                (first, second) = (met, first);
            } else {
                second = second.max(met);
            }
        }
        // Several kinds in common confirm each other, but two are enough.
        first + (1.0 - first) * 0.3 * second
    }

    /// What a business of this branch could give to the need.
    fn chance(&self, profile: &Profile) -> Option<(f64, KindIndex)> {
        self.chances.of(&Could::of(profile)?, self.expected)
    }

    /// How far the need wants somebody of the giver's trade.
    fn trade(&self, profile: &Profile) -> f32 {
        let number = profile.branch.as_ref().and_then(|branch| self.expected.branches.find(branch));
        number.map_or(0.0, |number| self.chances.named(number as BranchNumber))
    }

    fn leaning(&self, profile: &Profile) -> f64 {
        let angle: f32 =
            profile.leanings().iter().map(|(kind, worth)| self.leaning[*kind as usize] * worth).sum();
        f64::from(angle.clamp(0.0, 1.0))
    }

    fn shared_words(&self, said: &[(u32, f32)], length: f64) -> f64 {
        if self.all_words <= 0.0 {
            return 0.0;
        }
        let length = length / self.mean_length;
        let shared: f64 = said
            .iter()
            .map(|(word, frequency)| {
                self.worth_of(*word) * saturation(f64::from(*frequency), length).min(1.0)
            })
            .sum();
        (shared / self.all_words).min(1.0)
    }

    fn worth_of(&self, word: u32) -> f64 {
        let found = self.word_worth.binary_search_by_key(&word, |(number, _)| *number);
        found.map_or(0.0, |place| self.word_worth[place].1)
    }

    fn weigh_words(&mut self) {
        let index = self.index;
        let mut worths = Vec::new();
        for (word, weight) in &self.need.words {
            let number = index.find_word(word);
            let with_word = number.map_or(0, |number| index.with_word(number));
            // A small market knows little about what is rare: as if it were among fifty more texts.
            let worth = f64::from(weight.min(1.5)) * inverse_frequency(index.len() + 50, with_word + 1);
            worths.push(worth);
            if let Some(number) = number {
                self.word_worth.push((number, worth));
            }
        }
        self.word_worth.retain(|(_, worth)| *worth > 0.0);
        self.word_worth.sort_unstable_by_key(|(number, _)| *number);
        worths.sort_by(|a, b| b.total_cmp(a));
        self.all_words = worths.iter().take(WORDS_THAT_COUNT).sum();
    }
}

impl PairScore {
    /// As the domain shows them.
    pub(super) fn parts(&self) -> Parts {
        let score = |part: Option<f64>| part.map(Score::clamped);
        Parts {
            resource: score(self.evidence.resource),
            text: score(Some(self.evidence.text)),
            branch: score(self.evidence.chance.map(|(chance, _)| chance)),
            distance: score(self.met.distance),
            time: score(self.met.time),
            language: score(self.met.language),
            thrift: score(self.met.thrift),
            acquaintance: score(self.met.acquaintance),
        }
    }
}

fn worth(need: &PreparedNeed, nearness: &Nearness, all: usize) -> Vec<Vec<f32>> {
    need.kinds
        .iter()
        .map(|(kind, _)| {
            let mut row = vec![0.0; all];
            for (near, worth) in nearness.of(*kind) {
                row[*near] = *worth;
            }
            row
        })
        .collect()
}
