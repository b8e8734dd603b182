//! The best plan if some suggestions did not count, and what would be different.

use super::{Chosen, Whole, read};
use crate::assignment::{self, Certificate, Standing, Violation};

/// The best plan under a condition, against the plan without it.
#[derive(Debug)]
pub struct Otherwise {
    /// The pairs that would be chosen, by need.
    pub chosen: Vec<Chosen>,
    /// Units that would not be given any more.
    pub lost: Vec<Chosen>,
    /// Units that would be given instead.
    pub gained: Vec<Chosen>,
    /// What the plan brings as things are, in ten-thousandths of a sure unit.
    pub before: i128,
    /// What the other plan brings.
    pub after: i128,
    /// What no other plan under the condition exceeds; a violation would be a fault of this program.
    pub proof: Result<Certificate, Violation>,
}

impl Whole {
    /// The best plan if only those suggestions counted for which `keep` says so of the places of need and suggestion.
    ///
    /// It starts from the plan there is, so that nothing changes that need not; asking changes nothing.
    #[must_use]
    pub fn what_if(&self, keep: impl Fn(usize, usize) -> bool) -> Otherwise {
        let standing = Standing::new(&self.problem);
        let keep =
            |need, offer| self.places.get(&(need, offer)).is_some_and(|found| keep(need as usize, *found));
        let (difference, other) = assignment::what_if(&standing, |other| other.keep_edges(keep));
        let (problem, plan) = (other.problem(), other.plan());
        Otherwise {
            chosen: read(&plan.given, &self.places),
            lost: read(&difference.lost, &self.places),
            gained: read(&difference.gained, &self.places),
            before: difference.before,
            after: difference.after,
            proof: assignment::certify(&problem, &plan),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::whole::{Chosen, Wish, best_whole};
    use kiez_domain::suggestion::Score;
    use std::collections::BTreeMap;

    fn wish(offers: &[(&str, f64)]) -> Wish {
        let found =
            offers.iter().map(|(offer, score)| ((*offer).to_owned(), Score::clamped(*score))).collect();
        Wish { units: 1, value: 1.0, institution: None, found }
    }

    #[test]
    fn without_the_joiner_the_print_shop_steps_in_and_one_gets_nothing() {
        let wishes = [wish(&[("joiner", 0.9), ("print", 0.4)]), wish(&[("bakery", 0.7)])];
        let whole = best_whole(&wishes, &BTreeMap::new()).expect("small");
        let without = |name: &str| {
            let keep = |need: usize, found: usize| wishes[need].found[found].0 != name;
            whole.what_if(keep)
        };
        let otherwise = without("joiner");
        assert_eq!((otherwise.before, otherwise.after), (16_000, 11_000));
        assert_eq!(otherwise.lost, [Chosen { need: 0, found: 0, units: 1 }]);
        assert_eq!(otherwise.gained, [Chosen { need: 0, found: 1, units: 1 }]);
        assert_eq!(otherwise.proof.map(|proof| proof.value()), Ok(11_000));
        let otherwise = without("bakery");
        assert_eq!((otherwise.chosen.len(), otherwise.after), (1, 9_000));
        let nothing = without("nobody");
        assert_eq!((nothing.lost, nothing.gained, nothing.chosen), (vec![], vec![], whole.chosen.clone()));
    }
}
