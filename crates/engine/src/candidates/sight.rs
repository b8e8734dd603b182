//! Circumstances at a glance: what a card tells about a pair before anybody looks closely.

use super::card::Card;
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
    /// The highest power that circumstances can give evidence; `None` where they forbid the pair.
    pub(super) fn power(&self, card: &Card, placed: bool) -> Option<f64> {
        let asked = self.asked;
        let known = placed && asked.position().is_some();
        let walk = known.then(|| self.view.least_metres(card.point) * Position::DETOUR);
        if walk.is_some_and(|walk| walk > asked.most_metres().min(card.most_metres())) {
            return None;
        }
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
pub(super) fn sureness(share: f64) -> f64 {
    -(1.0 - share).ln()
}
