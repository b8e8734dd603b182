//! The score of one need and one offer.

use super::chance::{self, Chances};
use super::index::Index;
use super::prepared::{PreparedNeed, PreparedOffer};
use crate::kinds::Nearness;
use crate::rank::{inverse_frequency, saturation};
use crate::taxonomy::{KindIndex, Taxonomy};
use crate::weights::Weights;
use kiez_domain::branch::BranchId;
use kiez_domain::suggestion::{Obstacle, Parts, Score};

/// A need made ready to be compared with many offers.
pub(super) struct Question<'m> {
    pub(super) need: &'m PreparedNeed,
    weights: &'m Weights,
    /// For each kind of the need: what every other kind is worth to it.
    worth: Vec<Vec<f32>>,
    /// What the need leans to, by kind.
    leaning: Vec<f32>,
    /// What every word of the index is worth, and all of the need's words together.
    word_worth: Vec<f64>,
    all_words: f64,
    mean_length: f64,
    /// What every branch could give: the chance, and the kind it is about.
    branch_chance: Chances,
}

/// What speaks for a pair.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence {
    pub(super) resource: Option<f64>,
    pub(super) text: f64,
    pub(super) branch: Option<f64>,
    base: f64,
}

/// The whole score with its parts.
#[derive(Debug, Clone, Copy)]
pub(super) struct PairScore {
    pub(super) total: f64,
    pub(super) evidence: Evidence,
    pub(super) walk_m: Option<f64>,
    pub(super) shared_hours: Option<u32>,
    pub(super) chance: Option<(f64, KindIndex)>,
    pub(super) effort_minutes: Option<u32>,
    distance: Option<f64>,
    time: Option<f64>,
    language: Option<f64>,
    thrift: Option<f64>,
}

/// Only so many of the need's rarest words count in full: a long text shall not drown its own wish.
const WORDS_THAT_COUNT: usize = 5;
/// Where nobody knows the way, thrift reckons with this walk (minutes), the half of what `distance` forgives.
const USUAL_WALK: f64 = 9.0;
const LIGHT_METRES: f64 = 1_000.0;
const METRES_A_MINUTE: f64 = 80.0;
/// Words alone, or a guess alone, must not look like certainty.
const HIGHEST_BASE: f64 = 0.97;

impl<'m> Question<'m> {
    pub(super) fn new(
        need: &'m PreparedNeed,
        market: (&Index, &Nearness, &Taxonomy),
        weights: &'m Weights,
    ) -> Self {
        let (index, nearness, taxonomy) = market;
        let mut question = Self {
            need,
            weights,
            worth: worth(need, nearness, taxonomy.kinds().len()),
            leaning: vec![0.0; taxonomy.kinds().len()],
            word_worth: vec![0.0; index.words()],
            all_words: 0.0,
            mean_length: index.mean_length(),
            branch_chance: Chances::new(),
        };
        need.leanings.iter().for_each(|(kind, worth)| question.leaning[*kind] = *worth);
        question.weigh_words(index);
        question.branch_chance = chance::find(&question.worth, need, taxonomy);
        question
    }

    pub(super) fn kinds(&self) -> impl Iterator<Item = KindIndex> {
        let all = self.worth.first().map_or(0, Vec::len);
        (0..all).filter(|kind| self.worth.iter().any(|row| row[*kind] > 0.0))
    }

    pub(super) fn words(&self) -> impl Iterator<Item = u32> {
        (0..self.word_worth.len() as u32).filter(|word| self.word_worth[*word as usize] > 0.0)
    }

    pub(super) fn branches(&self) -> impl Iterator<Item = &BranchId> {
        self.branch_chance.keys()
    }

    /// The whole score, or what stands in the way.
    pub(super) fn score(&self, offer: &PreparedOffer) -> Result<PairScore, Obstacle> {
        self.complete(offer, self.evidence(offer))
    }

    pub(super) fn evidence(&self, offer: &PreparedOffer) -> Evidence {
        let resource = (!self.need.kinds.is_empty() && !offer.kinds.is_empty()).then(|| self.resource(offer));
        let words = self.shared_words(offer);
        let text = words + (1.0 - words) * self.weights.leaning * self.leaning(offer);
        let branch = self.chance(offer).map(|(chance, _)| chance);
        let branch_weight =
            if offer.kinds.is_empty() { self.weights.branch_alone } else { self.weights.branch };
        let doubt = (1.0 - self.weights.resource * resource.unwrap_or(0.0))
            * (1.0 - self.weights.text * text)
            * (1.0 - branch_weight * branch.unwrap_or(0.0));
        let known = if offer.nameless { self.weights.nameless } else { 1.0 };
        Evidence { resource, text, branch, base: known * (1.0 - doubt).clamp(0.0, HIGHEST_BASE) }
    }

    /// The highest score that this evidence can lead to.
    pub(super) fn most(&self, evidence: &Evidence) -> f64 {
        let weights = self.weights;
        // A hair more, so that rounding never hides an equal.
        bent(evidence.base, 1.0 + 0.5 * (weights.distance + weights.time + weights.language + weights.thrift))
            + 1e-9
    }

    pub(super) fn complete(&self, offer: &PreparedOffer, evidence: Evidence) -> Result<PairScore, Obstacle> {
        if evidence.base <= 0.0 {
            return Err(Obstacle::NothingInCommon);
        }
        let mut score = self.circumstances(offer, evidence)?;
        let weights = self.weights;
        let neutral = |part: Option<f64>, weight: f64| part.map_or(0.0, |part| weight * (part - 0.5));
        let ease = neutral(score.distance, weights.distance)
            + neutral(score.time, weights.time)
            + neutral(score.language, weights.language)
            + neutral(score.thrift, weights.thrift);
        score.total = bent(evidence.base, 1.0 + ease);
        Ok(score)
    }

    /// Everything but the evidence; the hard limits speak here.
    fn circumstances(&self, offer: &PreparedOffer, evidence: Evidence) -> Result<PairScore, Obstacle> {
        let (need, other) = (&self.need.need, offer.conditions());
        if other.capacity == Some(0) {
            return Err(Obstacle::NoCapacity);
        }
        let walk_m = need.position.zip(offer.position).map(|(from, to)| from.walk_m(to));
        if let (Some(walk), Some(limit)) = (walk_m, need.radius_m)
            && walk > f64::from(limit)
        {
            return Err(Obstacle::TooFar { metres: walk.round() as u32, limit });
        }
        let shared_hours = need.times.zip(other.times).map(|(one, two)| one.overlap(two).count());
        if shared_hours == Some(0) {
            return Err(Obstacle::NoSharedHour);
        }
        let languages = !need.languages.is_empty() && !other.languages.is_empty();
        if languages && self.shared_language(offer).is_none() {
            return Err(Obstacle::NoSharedLanguage);
        }
        Ok(PairScore {
            total: 0.0,
            evidence,
            walk_m,
            shared_hours,
            chance: self.chance(offer),
            effort_minutes: other.effort,
            distance: walk_m.map(|walk| (-walk / LIGHT_METRES).exp()),
            time: shared_hours.map(|hours| (f64::from(hours) / 4.0).min(1.0)),
            language: languages.then_some(1.0),
            thrift: offer.effort_minutes.map(|effort| self.thrift(f64::from(effort), walk_m)),
        })
    }

    /// A language that both sides name.
    pub(super) fn shared_language(&self, offer: &PreparedOffer) -> Option<&'m str> {
        let theirs = &offer.conditions().languages;
        let own = &self.need.need.languages;
        own.iter().map(|tag| tag.primary()).find(|tag| theirs.iter().any(|other| other.primary() == *tag))
    }

    fn thrift(&self, effort: f64, walk_m: Option<f64>) -> f64 {
        let need = &self.need.need;
        let hours =
            need.value.or(need.hours).filter(|hours| hours.is_finite() && *hours > 0.0).unwrap_or(1.0);
        let benefit = 60.0 * hours * f64::from(need.units.max(1));
        let walk = walk_m.map_or(USUAL_WALK, |walk| walk / METRES_A_MINUTE);
        benefit / (benefit + effort + walk)
    }

    fn resource(&self, offer: &PreparedOffer) -> f64 {
        let surest = self.need.kinds.iter().map(|(_, score)| *score).fold(0.0_f32, f32::max);
        let (mut first, mut second) = (0.0_f64, 0.0_f64);
        for ((_, wanted), row) in self.need.kinds.iter().zip(&self.worth) {
            let met = offer
                .kinds
                .iter()
                .map(|(kind, given)| row[*kind] * (wanted * given).sqrt())
                .fold(0.0_f32, f32::max);
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
    fn chance(&self, offer: &PreparedOffer) -> Option<(f64, KindIndex)> {
        self.branch_chance.get(offer.branch.as_ref()?).copied()
    }

    fn leaning(&self, offer: &PreparedOffer) -> f64 {
        let angle: f32 = offer.leanings().iter().map(|(kind, worth)| self.leaning[*kind] * worth).sum();
        f64::from(angle.clamp(0.0, 1.0))
    }

    fn shared_words(&self, offer: &PreparedOffer) -> f64 {
        if self.all_words <= 0.0 {
            return 0.0;
        }
        let length = offer.length() / self.mean_length;
        let shared: f64 = offer
            .words()
            .iter()
            .map(|(word, frequency)| {
                self.word_worth[*word as usize] * saturation(f64::from(*frequency), length).min(1.0)
            })
            .sum();
        (shared / self.all_words).min(1.0)
    }

    fn weigh_words(&mut self, index: &Index) {
        let mut worths = Vec::new();
        for (word, weight) in &self.need.words {
            let number = index.find_word(word);
            let with_word = number.map_or(0, |number| index.with_word(number));
            // A small market knows little about what is rare: as if it were among fifty more texts.
            let worth = f64::from(weight.min(1.5)) * inverse_frequency(index.len() + 50, with_word + 1);
            worths.push(worth);
            if let Some(number) = number {
                self.word_worth[number as usize] = worth;
            }
        }
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
            branch: score(self.evidence.branch),
            distance: score(self.distance),
            time: score(self.time),
            language: score(self.language),
            thrift: score(self.thrift),
        }
    }
}

fn bent(base: f64, power: f64) -> f64 {
    1.0 - (1.0 - base).powf(power.max(0.1))
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
