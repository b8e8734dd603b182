//! Why an offer is not suggested for a need, or not higher.

use super::index::{Index, Slot};
use super::pair::Question;
use crate::rank::tie;
use kiez_domain::suggestion::{Obstacle, Score};
use std::collections::HashSet;

/// What stands between a need and an offer.
#[derive(Debug, Clone, PartialEq)]
pub struct WhyNot {
    /// What stands in the way, hard limits first.
    pub obstacles: Vec<Obstacle>,
    /// The score, when nothing excludes the pair.
    pub score: Option<Score>,
}

pub(super) fn find(question: &Question<'_>, index: &Index, slot: Slot) -> WhyNot {
    let own = match question.score(slot) {
        Err(obstacle) => return WhyNot { obstacles: vec![obstacle], score: None },
        Ok(score) => score.total,
    };
    let mut names = HashSet::new();
    let better = index
        .all()
        .filter(|other| *other != slot)
        .filter_map(|other| question.score(other).ok().map(|score| (score.total, other)))
        .filter(|(score, other)| {
            score.total_cmp(&own).then_with(|| tie(index.id(slot), index.id(*other))).is_gt()
        })
        // Guesses of one name stand once in the list.
        .filter(|(_, other)| index.guessed(*other).is_none_or(|name| names.insert(name)))
        .count();
    let rank = u32::try_from(better + 1).unwrap_or(u32::MAX);
    let obstacles = if better == 0 { Vec::new() } else { vec![Obstacle::Outranked { rank }] };
    WhyNot { obstacles, score: Some(Score::clamped(own)) }
}
