//! What a branch could give although nobody has asked this giver yet.

use super::profile::Profile;
use crate::belief::{Belief, Beliefs, Street};
use crate::kinds::Nearness;
use crate::taxonomy::{KindIndex, Taxonomy};
use kiez_domain::branch::BranchId;
use std::collections::HashMap;

/// A chance of one half is as sure as a guess can be.
const SURE: f64 = 0.5;
/// Kinds that help less than this are no reason to ask.
const LEAST_NEAR: f32 = 0.4;

/// What is guessed of branches, and what was said since.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'m> {
    pub(super) taxonomy: &'m Taxonomy,
    pub(super) beliefs: &'m Beliefs,
}

/// Somebody who could give.
#[derive(Debug, Clone, Copy)]
pub(super) struct Could<'a> {
    pub(super) branch: &'a BranchId,
    /// Only where it tells more than the branch alone.
    pub(super) street: Option<&'a Street>,
    /// What it said it does not give.
    pub(super) refused: &'a [KindIndex],
}

/// For one need: the kinds that help it, and the likeliest of them that every branch could give, with its chance.
#[derive(Debug, Default)]
pub(super) struct Chances {
    near: Vec<(KindIndex, f64)>,
    best: HashMap<BranchId, (f64, KindIndex)>,
}

impl<'a> Could<'a> {
    pub(super) fn of(profile: &'a Profile) -> Option<Self> {
        let branch = profile.branch.as_ref()?;
        Some(Self { branch, street: profile.street.as_ref(), refused: &profile.refused })
    }
}

impl Expected<'_> {
    /// What to expect of a branch in a street for a kind.
    pub(super) fn about(&self, kind: KindIndex, branch: &BranchId, street: Option<&Street>) -> Belief {
        let guess = &self.taxonomy.kinds()[kind];
        self.beliefs.about(guess.branches.get(branch).copied(), &guess.id, (branch, street))
    }

    /// Every branch of which something is guessed or was heard about a kind.
    fn branches(&self, kind: KindIndex) -> impl Iterator<Item = &BranchId> {
        let guess = &self.taxonomy.kinds()[kind];
        let heard = self.beliefs.branches(&guess.id);
        guess.branches.keys().chain(heard.filter(|branch| !guess.branches.contains_key(*branch)))
    }
}

impl Chances {
    /// The chances for a need with these kinds.
    pub(super) fn find(wanted: &[(KindIndex, f32)], nearness: &Nearness, expected: Expected<'_>) -> Self {
        let mut chances = Self::default();
        for (kind, score) in wanted {
            let near = nearness.of(*kind).iter().filter(|(_, near)| *near >= LEAST_NEAR);
            chances.near.extend(near.map(|(kind, near)| (*kind, f64::from(score * near))));
        }
        for (kind, weight) in &chances.near {
            for branch in expected.branches(*kind) {
                let chance = weight * sureness(expected.about(*kind, branch, None));
                if chance > chances.best.get(branch).map_or(0.0, |(best, _)| *best) {
                    chances.best.insert(branch.clone(), (chance, *kind));
                }
            }
        }
        chances
    }

    /// Every branch that could help.
    pub(super) fn branches(&self) -> impl Iterator<Item = &BranchId> {
        self.best.keys()
    }

    /// Kinds that help the need, with how much.
    pub(super) fn near(&self) -> &[(KindIndex, f64)] {
        &self.near
    }

    /// What somebody could give to the need.
    pub(super) fn of(&self, could: &Could<'_>, expected: Expected<'_>) -> Option<(f64, KindIndex)> {
        let of_branch = self.best.get(could.branch)?;
        if could.street.is_none() && could.refused.is_empty() {
            return Some(*of_branch);
        }
        let mut best = None;
        for (kind, weight) in self.near.iter().filter(|(kind, _)| !could.refused.contains(kind)) {
            let chance = weight * sureness(expected.about(*kind, could.branch, could.street));
            if chance > best.map_or(0.0, |(best, _)| best) {
                best = Some((chance, *kind));
            }
        }
        best
    }
}

/// How much a chance weighs beside what a giver has said itself, from 0 to 1.
fn sureness(belief: Belief) -> f64 {
    (belief.chance / SURE).clamp(0.0, 1.0)
}
