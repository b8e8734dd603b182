//! What a branch could give although nobody has asked this giver yet.

use super::profile::Profile;
use super::trade::{self, NamedTrade};
use crate::belief::{Belief, Beliefs, Street};
use crate::kinds::Nearness;
use crate::taxonomy::{KindIndex, Taxonomy};
use kiez_domain::branch::BranchId;
use rustc_hash::FxHashMap;

/// A chance of one half is as sure as a guess can be.
const SURE: f64 = 0.5;
/// Kinds that help less than this are no reason to ask.
const LEAST_NEAR: f32 = 0.4;

/// What is guessed of branches, and what was said since.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'m> {
    pub(super) taxonomy: &'m Taxonomy,
    pub(super) beliefs: &'m Beliefs,
    pub(super) branches: &'m Branches,
}

/// Branches by number, and what each could give where nothing else is known of a giver.
#[derive(Debug, Default)]
pub(super) struct Branches {
    numbers: FxHashMap<BranchId, BranchNumber>,
    all: Vec<BranchId>,
    /// For each kind the branches with a chance, and how sure it is.
    giving: Vec<Vec<(BranchNumber, f64)>>,
}

/// The place of a branch; it never changes.
pub(super) type BranchNumber = u16;

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
    /// By branch; 0 where there is no chance.
    best: Vec<(f64, KindIndex)>,
    /// By branch: how far the need wants somebody of it; empty where it names no trade.
    named: Vec<f32>,
}

impl Branches {
    pub(super) fn number(&mut self, branch: &BranchId) -> BranchNumber {
        let next = self.all.len();
        // The catalogue has fewer.
        let number = *self.numbers.entry(branch.clone()).or_insert(next as BranchNumber);
        if usize::from(number) == next {
            self.all.push(branch.clone());
        }
        number
    }

    pub(super) fn find(&self, branch: &BranchId) -> Option<usize> {
        self.numbers.get(branch).copied().map(usize::from)
    }

    /// Reckons anew what every branch could give.
    pub(super) fn learn(&mut self, taxonomy: &Taxonomy, beliefs: &Beliefs) {
        let mut giving = Vec::new();
        for kind in taxonomy.kinds() {
            let heard = beliefs.branches(&kind.id).filter(|branch| !kind.branches.contains_key(*branch));
            let mut of_kind: Vec<(BranchNumber, f64)> = Vec::new();
            for branch in kind.branches.keys().chain(heard) {
                let belief = beliefs.about(kind.branches.get(branch).copied(), &kind.id, (branch, None));
                of_kind.push((self.number(branch), sureness(belief)));
            }
            of_kind.retain(|(_, chance)| *chance > 0.0);
            giving.push(of_kind);
        }
        self.giving = giving;
    }
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
}

impl Chances {
    /// The chances for a need with these kinds, which names these trades.
    pub(super) fn find(
        (wanted, trades): (&[(KindIndex, f32)], &[NamedTrade]),
        nearness: &Nearness,
        expected: Expected<'_>,
    ) -> Self {
        let mut chances = Self::default();
        if !trades.is_empty() {
            chances.named = expected.branches.all.iter().map(|branch| trade::met(trades, branch)).collect();
        }
        for (kind, score) in wanted {
            let near = nearness.of(*kind).iter().filter(|(_, near)| *near >= LEAST_NEAR);
            chances.near.extend(near.map(|(kind, near)| (*kind, f64::from(score * near))));
        }
        chances.best.resize(expected.branches.all.len(), (0.0, 0));
        for (kind, weight) in &chances.near {
            for (branch, sure) in &expected.branches.giving[*kind] {
                let (best, of) = &mut chances.best[usize::from(*branch)];
                if weight * sure > *best {
                    (*best, *of) = (weight * sure, *kind);
                }
            }
        }
        chances
    }

    /// Every branch that could help.
    pub(super) fn branches<'a>(&'a self, expected: Expected<'a>) -> impl Iterator<Item = &'a BranchId> {
        let all = expected.branches.all.iter().zip(0..);
        all.filter(|(_, number)| self.of_branch(*number).0 > 0.0 || self.named(*number) > 0.0)
            .map(|(branch, _)| branch)
    }

    /// What a branch could give where nothing else is known; a chance of 0 where it could not.
    pub(super) fn of_branch(&self, branch: BranchNumber) -> (f64, KindIndex) {
        self.best.get(usize::from(branch)).copied().unwrap_or_default()
    }

    /// How far the need wants somebody of a branch.
    pub(super) fn named(&self, branch: BranchNumber) -> f32 {
        self.named.get(usize::from(branch)).copied().unwrap_or(0.0)
    }

    /// How far it wants somebody of the branch that it wants most.
    pub(super) fn most_named(&self) -> f32 {
        self.named.iter().copied().fold(0.0, f32::max)
    }

    /// The chance of the likeliest branch.
    pub(super) fn likeliest(&self) -> f64 {
        self.best.iter().map(|(chance, _)| *chance).fold(0.0, f64::max)
    }

    /// Kinds that help the need, with how much.
    pub(super) fn near(&self) -> &[(KindIndex, f64)] {
        &self.near
    }

    /// What somebody could give to the need.
    pub(super) fn of(&self, could: &Could<'_>, expected: Expected<'_>) -> Option<(f64, KindIndex)> {
        let of_branch = *self.best.get(expected.branches.find(could.branch)?)?;
        if of_branch.0 <= 0.0 {
            return None;
        }
        if could.street.is_none() && could.refused.is_empty() {
            return Some(of_branch);
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
