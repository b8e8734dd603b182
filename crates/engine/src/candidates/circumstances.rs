//! What makes a pair easier or harder, what forbids it, and how far away one may be to count.

use super::giver::Giver;
use super::languages::LanguageSets;
use crate::record::Need;
use crate::walk::METRES_A_MINUTE;
use crate::weights::Weights;
use kiez_domain::position::Position;
use kiez_domain::suggestion::Obstacle;
use kiez_domain::week_hours::WeekHours;
use std::sync::LazyLock;

/// The need's side of the circumstances.
#[derive(Debug)]
pub(crate) struct Asked<'m> {
    need: &'m Need,
    weights: &'m Weights,
    languages: Vec<u64>,
    /// What the help is worth, in minutes.
    benefit: f64,
}

/// How a need and an offer meet; `None` where one of them says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Circumstances {
    pub(crate) walk_m: Option<f64>,
    pub(crate) shared_hours: Option<u32>,
    pub(crate) distance: Option<f64>,
    pub(crate) time: Option<f64>,
    pub(crate) language: Option<f64>,
    pub(crate) thrift: Option<f64>,
    /// Nothing that an offer tells; the market adds it.
    pub(crate) acquaintance: Option<f64>,
}

/// Where nobody knows the way, thrift reckons with this walk (minutes), the half of what `distance` forgives.
const USUAL_WALK: f64 = 9.0;
const LIGHT_METRES: f64 = 1_000.0;
/// So weak may circumstances make evidence, and not weaker.
const LEAST_POWER: f64 = 0.1;
/// Metres between two lines of the table of light ways.
const LIGHT_STEP: f64 = 16.0;
/// Keeps rounding from hiding an equal.
const A_HAIR: f64 = 1e-9;

impl<'m> Asked<'m> {
    pub(crate) fn new(need: &'m Need, weights: &'m Weights, languages: &LanguageSets) -> Self {
        let hours =
            need.value.or(need.hours).filter(|hours| hours.is_finite() && *hours > 0.0).unwrap_or(1.0);
        let benefit = 60.0 * hours * f64::from(need.units.max(1));
        Self { need, weights, languages: languages.asked(&need.languages), benefit }
    }

    pub(crate) fn position(&self) -> Option<Position> {
        self.need.position
    }

    /// Whether no hard limit forbids the pair, as far as can be told without the way.
    pub(super) fn may_meet(&self, giver: &Giver, languages: &LanguageSets) -> bool {
        !giver.is_spent()
            && self.shared_hours(giver) != Some(0)
            && self.understand_each_other(giver, languages) != Some(false)
    }

    /// How the two meet, or what forbids it.
    pub(crate) fn meet(&self, giver: &Giver, languages: &LanguageSets) -> Result<Circumstances, Obstacle> {
        if giver.is_spent() {
            return Err(Obstacle::NoCapacity);
        }
        let walk_m = self.need.position.zip(giver.position).map(|(from, to)| from.walk_m(to));
        let limit = [self.need.radius_m, giver.radius_m()].into_iter().flatten().min();
        if let (Some(walk), Some(limit)) = (walk_m, limit)
            && walk > f64::from(limit)
        {
            return Err(Obstacle::TooFar { metres: walk.round() as u32, limit });
        }
        let shared_hours = self.shared_hours(giver);
        if shared_hours == Some(0) {
            return Err(Obstacle::NoSharedHour);
        }
        let understood = self.understand_each_other(giver, languages);
        if understood == Some(false) {
            return Err(Obstacle::NoSharedLanguage);
        }
        Ok(Circumstances {
            walk_m,
            shared_hours,
            distance: walk_m.map(|walk| (-walk / LIGHT_METRES).exp()),
            time: shared_hours.map(|hours| (f64::from(hours) / 4.0).min(1.0)),
            language: understood.map(|_| 1.0),
            thrift: giver.effort().map(|effort| self.thrift(f64::from(effort), walk_m)),
            acquaintance: None,
        })
    }

    /// Evidence bent by circumstances.
    pub(crate) fn score(&self, base: f64, met: &Circumstances) -> f64 {
        let weights = self.weights;
        let neutral = |part: Option<f64>, weight: f64| part.map_or(0.0, |part| weight * (part - 0.5));
        let ease = neutral(met.distance, weights.distance)
            + neutral(met.time, weights.time)
            + neutral(met.language, weights.language)
            + neutral(met.thrift, weights.thrift)
            + met.acquaintance.map_or(0.0, |part| weights.acquaintance * part);
        bent(base, 1.0 + ease)
    }

    /// The highest power with which circumstances can bend evidence where the way is not shorter than `walk_m` and the
    /// effort not less than `effort`.
    pub(super) fn most_power(
        &self,
        walk_m: Option<f64>,
        shared_hours: Option<u32>,
        understood: bool,
        effort: Option<u16>,
    ) -> f64 {
        let weights = self.weights;
        let nearness = |walk: f64| weights.distance * (most_light(walk) - 0.5);
        let part = |part: f64, weight: f64| weight * (part - 0.5);
        let ease = walk_m.map_or(0.0, |walk| nearness(walk).max(-0.5 * weights.distance))
            + shared_hours.map_or(0.0, |hours| part((f64::from(hours) / 4.0).min(1.0), weights.time))
            + if understood { part(1.0, weights.language) } else { 0.0 }
            + effort.map_or(0.0, |effort| {
                part(self.thrift(f64::from(effort), walk_m), weights.thrift).max(-0.5 * weights.thrift)
            });
        (1.0 + ease).max(LEAST_POWER) + A_HAIR
    }

    /// The highest power where the way is not shorter than so many metres as the crow flies.
    pub(super) fn most_power_from(&self, metres: f64, known: bool) -> f64 {
        let weight = self.weights.distance;
        let nearness = weight * (most_light(metres * Position::DETOUR) - 0.5);
        let way = if known && self.need.position.is_some() { nearness.max(-0.5 * weight) } else { 0.0 };
        (1.0 + way + self.most_ease_beside_the_way()).max(LEAST_POWER) + A_HAIR
    }

    /// The need's own limit.
    pub(super) fn most_metres(&self) -> f64 {
        self.need.radius_m.map_or(f64::INFINITY, f64::from)
    }

    /// The same as the crow flies.
    pub(super) fn limit_m(&self) -> f64 {
        self.most_metres() / Position::DETOUR + A_HAIR
    }

    pub(super) fn times(&self) -> Option<WeekHours> {
        self.need.times
    }

    /// Whether somebody who speaks these languages is understood; `None` where one of the two names none.
    pub(super) fn understands(&self, spoken: u32, languages: &LanguageSets) -> Option<bool> {
        let both = !self.need.languages.is_empty() && spoken != 0;
        both.then(|| languages.share(spoken, &self.languages))
    }

    /// The highest score that evidence can lead to where nobody knows the way.
    pub(super) fn most_without_way(&self, base: f64) -> f64 {
        bent(base, 1.0 + self.most_ease_beside_the_way()) + A_HAIR
    }

    /// How many metres as the crow flies an offer may be away, so that this evidence can still make the score `least` and
    /// the need's limit is kept; `None` when it cannot at any distance.
    pub(super) fn reach(&self, base: f64, least: f64) -> Option<f64> {
        let limit = self.need.radius_m.map_or(f64::INFINITY, f64::from);
        let (Some(_), true) = (self.need.position, least > 0.0) else {
            return (self.need.position.is_some() || self.most_without_way(base) >= least)
                .then_some(limit / Position::DETOUR);
        };
        // 1 − (1 − base)^power = least
        let power = (1.0 - least).ln() / (1.0 - base).ln();
        let ease = power - 1.0 - self.most_ease_beside_the_way() - A_HAIR;
        let weight = self.weights.distance;
        let walk = if ease > 0.5 * weight.abs() && power > LEAST_POWER {
            return None;
        } else if power <= LEAST_POWER || weight <= 0.0 || ease <= -0.5 * weight {
            f64::INFINITY
        } else {
            // weight × (exp(−walk / LIGHT_METRES) − ½) = ease
            -LIGHT_METRES * (ease / weight + 0.5).ln()
        };
        Some(walk.min(limit) / Position::DETOUR + A_HAIR)
    }

    fn most_ease_beside_the_way(&self) -> f64 {
        0.5 * (self.weights.time.abs() + self.weights.language.abs() + self.weights.thrift.abs())
    }

    fn shared_hours(&self, giver: &Giver) -> Option<u32> {
        let both = |(one, other): (WeekHours, WeekHours)| one.overlap(other).count();
        self.need.times.zip(giver.times()).map(both)
    }

    /// Whether they have a language in common; `None` where one of them names none.
    fn understand_each_other(&self, giver: &Giver, languages: &LanguageSets) -> Option<bool> {
        self.understands(giver.languages, languages)
    }

    /// The first language of the need that the giver speaks as well.
    pub(crate) fn shared_language(&self, giver: &Giver, languages: &LanguageSets) -> Option<&'m str> {
        self.need.languages.iter().find(|tag| languages.has(giver.languages, tag)).map(|tag| tag.primary())
    }

    fn thrift(&self, effort: f64, walk_m: Option<f64>) -> f64 {
        let walk = walk_m.map_or(USUAL_WALK, |walk| walk / METRES_A_MINUTE);
        self.benefit / (self.benefit + effort + walk)
    }
}

/// How light a way is that is not shorter than this: read off a table.
fn most_light(walk: f64) -> f64 {
    static LIGHT: LazyLock<Vec<f64>> =
        LazyLock::new(|| (0..512).map(|step| (-f64::from(step) * LIGHT_STEP / LIGHT_METRES).exp()).collect());
    LIGHT[((walk / LIGHT_STEP) as usize).min(LIGHT.len() - 1)]
}

fn bent(base: f64, power: f64) -> f64 {
    1.0 - (1.0 - base).powf(power.max(LEAST_POWER))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::Telling;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whoever_scores_enough_is_within_reach(
            base in 0.0001..0.97f64, other in 0.0001..0.97f64, metres in 0.0..6_000.0f64, effort in proptest::option::of(0..90_u32),
        ) {
            let place = |lat: f64| Position::new(lat, 13.4).ok();
            let need = Need { position: place(52.5), ..Need::default() };
            let (weights, languages) = (Weights::default(), LanguageSets::default());
            let asked = Asked::new(&need, &weights, &languages);
            let telling = Telling { position: place(52.5 + metres / 111_195.0), effort, ..Telling::default() };
            let giver = Giver::new(&telling, 0);
            let score = asked.score(base, &asked.meet(&giver, &languages).expect("nothing forbids it"));
            for least in [score, asked.score(other, &Circumstances::default())] {
                if score >= least {
                    let reach = asked.reach(base, least);
                    prop_assert!(reach.is_some_and(|reach| metres <= reach + 0.01), "{reach:?} for {metres}");
                }
            }
        }
    }

    #[test]
    fn weak_evidence_reaches_less_far_than_strong() {
        let need = Need { position: Position::new(52.5, 13.4).ok(), ..Need::default() };
        let (weights, languages) = (Weights::default(), LanguageSets::default());
        let asked = Asked::new(&need, &weights, &languages);
        let (strong, weak) = (asked.reach(0.8, 0.75), asked.reach(0.7, 0.75));
        assert!(strong > weak && weak.is_some(), "{strong:?} {weak:?}");
        assert_eq!(asked.reach(0.2, 0.75), None);
    }
}
