//! What a business could give, learned from what businesses said: branch by branch, street by street.
//!
//! A guess is a Beta distribution: so many answers we pretend to have heard, of which a share was yes. Every real answer
//! adds one to it, which is all that Bayes' rule asks for (Bernoulli answers, conjugate prior; Gelman et al., Bayesian Data
//! Analysis, 3rd ed., section 2.4). There are three levels: the taxonomy guesses for a branch anywhere, the answers of
//! the project's other streets correct that guess, and the answers of the own street correct it once more:
//!
//! `m = (4·prior + yes elsewhere) / (4 + asked elsewhere)`, then `chance = (2·m + yes here) / (2 + asked here)`.
//!
//! The answers of a street stand in one of the two steps only, so that nothing is counted twice. Both steps are closed
//! formulas: the same answers in any order give the same chance. `docs/decisions/0015-beliefs.md` says how far this is
//! from the model in which all streets are weighed at once.

use kiez_domain::address_point::fold_street;
use kiez_domain::branch::BranchId;
use kiez_domain::kind::KindId;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

/// A guess of the taxonomy is worth as many answers: four shops that say otherwise weigh as much as the guess. A judgement.
pub const PRIOR_ANSWERS: f64 = 4.0;
/// What is known from elsewhere is worth as many answers of one's own street. Less than [`PRIOR_ANSWERS`]: so an answer
/// from the own street counts more than one from elsewhere. A judgement.
pub const STREET_ANSWERS: f64 = 2.0;
/// The guess where the taxonomy names no chance at all: one shop in a hundred. A judgement; it matters only once
/// somebody was asked.
pub const UNEXPECTED: f64 = 0.01;
/// The guess that a business takes part when it is asked: 31 of about 585 addresses that were visited in the
/// project Kiezgrößen, Berlin 2017 to 2019.
pub const JOINS: f64 = 31.0 / 585.0;

/// How many said yes and how many said no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Said yes.
    pub yes: u32,
    /// Said no.
    pub no: u32,
}

impl Tally {
    /// How many were asked and answered.
    #[must_use]
    pub fn asked(self) -> u32 {
        self.yes.saturating_add(self.no)
    }

    fn count(&mut self, yes: bool) {
        let side = if yes { &mut self.yes } else { &mut self.no };
        *side = side.saturating_add(1);
    }

    fn without(self, part: Self) -> Self {
        Self { yes: self.yes.saturating_sub(part.yes), no: self.no.saturating_sub(part.no) }
    }
}

/// The mean of a Beta distribution with this mean and strength after some answers.
///
/// `prior` is a share from 0 to 1 (held within), `strength` a number of answers above 0.
#[must_use]
pub fn posterior(prior: f64, strength: f64, seen: Tally) -> f64 {
    let prior = if prior.is_nan() { 0.0 } else { prior.clamp(0.0, 1.0) };
    (strength * prior + f64::from(seen.yes)) / (strength + f64::from(seen.asked()))
}

/// The chance in a street: `branch` counts the answers of all streets, `street` those of this one among them.
#[must_use]
pub fn in_street(prior: f64, branch: Tally, street: Tally) -> f64 {
    let elsewhere = posterior(prior, PRIOR_ANSWERS, branch.without(street));
    posterior(elsewhere, STREET_ANSWERS, street)
}

/// A street as it is compared: "Graefestr." and "Graefestraße" are one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Street(Box<str>);

impl Street {
    /// The street of this name; none where the name says nothing.
    #[must_use]
    pub fn new(name: &str) -> Option<Self> {
        let key = fold_street(name);
        (!key.is_empty()).then(|| Self(key.into()))
    }
}

/// One shop's last word about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<K = KindId> {
    /// What the shop does.
    pub branch: BranchId,
    /// Where it is.
    pub street: Option<Street>,
    /// What it was asked for.
    pub what: K,
    /// What it said.
    pub yes: bool,
}

/// Everything that was said, ready to be asked about.
#[derive(Debug, Clone, PartialEq)]
pub struct Beliefs<K: Eq + Hash = KindId> {
    branches: HashMap<K, HashMap<BranchId, Tally>>,
    streets: HashMap<(BranchId, Street), HashMap<K, Tally>>,
}

impl<K: Eq + Hash> Default for Beliefs<K> {
    fn default() -> Self {
        Self { branches: HashMap::new(), streets: HashMap::new() }
    }
}

/// A chance with the answers it was learned from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Belief {
    /// From 0 to 1.
    pub chance: f64,
    /// The answers of the branch in the whole project.
    pub branch: Tally,
    /// Those of the own street among them.
    pub street: Tally,
}

impl<K: Eq + Hash + Clone> Beliefs<K> {
    /// Counts what was said; the order does not matter.
    #[must_use]
    pub fn learn(told: impl IntoIterator<Item = Told<K>>) -> Self {
        let mut beliefs = Self::default();
        for Told { branch, street, what, yes } in told {
            let of_kind = beliefs.branches.entry(what.clone()).or_default();
            of_kind.entry(branch.clone()).or_default().count(yes);
            if let Some(street) = street {
                let here = beliefs.streets.entry((branch, street)).or_default();
                here.entry(what).or_default().count(yes);
            }
        }
        beliefs
    }

    /// What to expect of a shop of this branch in this street. `prior` is what is guessed of the branch anywhere;
    /// [`UNEXPECTED`] where nothing is and somebody has been asked.
    #[must_use]
    pub fn about(
        &self,
        prior: Option<f64>,
        what: &K,
        (branch, street): (&BranchId, Option<&Street>),
    ) -> Belief {
        let all = self.branches.get(what).and_then(|of_kind| of_kind.get(branch)).copied();
        let here = street.and_then(|street| self.of_street(branch, street)?.get(what)).copied();
        let (all, here) = (all.unwrap_or_default(), here.unwrap_or_default());
        let prior = prior.unwrap_or(if all.asked() == 0 { 0.0 } else { UNEXPECTED });
        Belief { chance: in_street(prior, all, here), branch: all, street: here }
    }

    /// The branches of which somebody was asked for this.
    pub fn branches(&self, what: &K) -> impl Iterator<Item = &BranchId> {
        self.branches.get(what).into_iter().flat_map(HashMap::keys)
    }

    /// Whether a shop of the branch was asked for anything in that street.
    #[must_use]
    pub fn knows_street(&self, branch: &BranchId, street: &Street) -> bool {
        self.of_street(branch, street).is_some()
    }

    /// The branches with streets about which only one of the two knows something: what changes beyond numbers.
    #[must_use]
    pub fn other_streets(&self, other: &Self) -> BTreeSet<(BranchId, Street)> {
        let ours = self.streets.keys().filter(|key| !other.streets.contains_key(*key));
        let theirs = other.streets.keys().filter(|key| !self.streets.contains_key(*key));
        ours.chain(theirs).cloned().collect()
    }

    fn of_street(&self, branch: &BranchId, street: &Street) -> Option<&HashMap<K, Tally>> {
        if self.streets.is_empty() {
            return None;
        }
        self.streets.get(&(branch.clone(), street.clone()))
    }
}

#[cfg(test)]
mod tests;
