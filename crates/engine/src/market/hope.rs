//! What could be won at a door: the needs that whoever is behind it could meet.

use super::Market;
use super::chance::{Chances, Could, Expected};
use crate::belief::Street;
use kiez_domain::branch::BranchId;
use kiez_domain::kind::KindId;

/// Less likely needs are no reason to knock.
const LEAST_CHANCE: f64 = 0.05;

/// Somebody who could be asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What it does.
    pub branch: Option<&'a BranchId>,
    /// Where it is.
    pub street: Option<&'a Street>,
    /// What it said it can.
    pub confirmed: &'a [KindId],
    /// What it said it does not give.
    pub refused: &'a [KindId],
}

/// A need that somebody could meet.
#[derive(Debug, Clone, PartialEq)]
pub struct Hope<'m> {
    /// The need's id.
    pub need: &'m str,
    /// The kind that could be given.
    pub kind: KindId,
    /// How likely it helps, from 0 to 1: the chance to get the kind, less where it is only near to what is needed.
    pub chance: f64,
    /// Whether the giver itself said that it can.
    pub confirmed: bool,
}

/// All stored needs, ready to be asked about many doors.
#[derive(Debug)]
pub struct Hopes<'m> {
    needs: Vec<(&'m str, Chances)>,
    expected: Expected<'m>,
}

impl Market {
    /// Prepares the stored needs for questions about doors.
    #[must_use]
    pub fn hopes(&self) -> Hopes<'_> {
        let expected = self.expected();
        let chances = |wanted: &[_]| Chances::find((wanted, &[]), &self.nearness, expected);
        let needs = self.needs.iter().map(|(id, need)| (id.as_str(), chances(&need.kinds))).collect();
        Hopes { needs, expected }
    }
}

impl<'m> Hopes<'m> {
    /// The needs that somebody could meet, the likeliest first; what it said itself goes before any guess.
    #[must_use]
    pub fn of(&self, asked: &Asked<'_>) -> Vec<Hope<'m>> {
        let numbers = |kinds: &[KindId]| -> Vec<_> {
            kinds.iter().filter_map(|kind| self.expected.taxonomy.index(kind)).collect()
        };
        let (refused, mut confirmed) = (numbers(asked.refused), numbers(asked.confirmed));
        confirmed.retain(|kind| !refused.contains(kind));
        let street = asked.branch.zip(asked.street);
        let street = street.filter(|(branch, at)| self.expected.beliefs.knows_street(branch, at));
        let street = street.map(|(_, street)| street);
        let could = asked.branch.map(|branch| Could { branch, street, refused: &refused });
        let found = self.needs.iter().filter_map(|(need, chances)| {
            let sure = chances.near().iter().filter(|(kind, _)| confirmed.contains(kind));
            let sure = sure.max_by(|a, b| a.1.total_cmp(&b.1));
            let (kind, chance, confirmed) = match sure {
                Some((kind, weight)) => (*kind, *weight, true),
                None => {
                    let could = could.as_ref()?;
                    let (_, kind) = chances.of(could, self.expected)?;
                    let near = chances.near().iter().filter(|(near, _)| *near == kind);
                    let weight = near.map(|(_, weight)| *weight).fold(0.0, f64::max);
                    let belief = self.expected.about(kind, could.branch, could.street);
                    (kind, weight * belief.chance, false)
                }
            };
            let chance = chance.clamp(0.0, 1.0);
            let kind = self.expected.taxonomy.kinds()[kind].id.clone();
            (chance >= LEAST_CHANCE).then_some(Hope { need, kind, chance, confirmed })
        });
        let mut found: Vec<Hope<'m>> = found.collect();
        found.sort_by(|a, b| b.chance.total_cmp(&a.chance).then(a.need.cmp(b.need)));
        found
    }

    /// Whether the street of a shop tells more than its branch: if not, all such shops are alike.
    #[must_use]
    pub fn knows_street(&self, branch: &BranchId, street: &Street) -> bool {
        self.expected.beliefs.knows_street(branch, street)
    }
}
