//! Circumstances at a glance: what a card tells about a pair before anybody looks closely.

use super::card::{Card, Glance};
use super::circumstances::Asked;
use super::ground::View;
use super::languages::LanguageSets;
use kiez_domain::position::Position;
use kiez_domain::week_hours::WeekHours;

/// A need that looks at cards.
pub(super) struct Sight<'a> {
    pub(super) asked: &'a Asked<'a>,
    pub(super) languages: &'a LanguageSets,
    pub(super) view: View,
}

impl Sight<'_> {
    /// Metres as the crow flies, or a little less; `None` where that is too far.
    pub(super) fn metres(&self, glance: &Glance, placed: bool) -> Option<f64> {
        if !placed || self.asked.position().is_none() {
            return Some(0.0);
        }
        let metres = self.view.least_metres(glance.point);
        let limit = self.asked.most_metres().min(glance.most_metres());
        (metres * Position::DETOUR <= limit).then_some(metres)
    }

    /// The highest power that circumstances can give evidence so many metres away; `None` where they forbid the pair.
    pub(super) fn power(&self, card: &Card, metres: f64, placed: bool) -> Option<f64> {
        let asked = self.asked;
        let walk = (placed && asked.position().is_some()).then_some(metres * Position::DETOUR);
        let both = asked.times().filter(|_| card.has_times()).map(|times| times.overlap(card.hours));
        if both.is_some_and(WeekHours::is_empty) {
            return None;
        }
        let understood = asked.understands(card.languages, self.languages);
        if understood == Some(false) {
            return None;
        }
        Some(asked.most_power(walk, both.map(WeekHours::count), understood.is_some(), card.effort()))
    }
}

/// How sure a share is, on a scale on which circumstances multiply: a score is `1 − (1 − base)^power`, so
/// `sureness(score) = power × sureness(base)`.
pub(crate) fn sureness(share: f64) -> f64 {
    -(1.0 - share).ln()
}
