//! Who is likely to know whom: actors of one circle, such as a house, an organisation or the partners of a third.
//!
//! Whoever knows the other side opens the door more easily, so it is an extra reason for a suggestion and adds a little to its
//! score ([`crate::Weights::acquaintance`]): never enough to stand for what is missing otherwise, because where nothing in
//! kind, words or branch speaks for a pair there is nothing to add to. Being strangers costs nothing.

use kiez_domain::suggestion::Bond;
use std::collections::{BTreeMap, HashMap};

/// In larger circles (a shopping centre, the district office) people do not know each other for being in it.
pub const LARGEST: usize = 50;

/// All circles of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Circles {
    all: Vec<Circle>,
    of: HashMap<String, Vec<usize>>,
}

/// Actors with a bond in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// What they have in common.
    pub bond: Bond,
    /// The ids of the actors, as needs and offers name them.
    pub members: Vec<String>,
}

impl Circles {
    /// Takes circles in; one with fewer than two members, or more than [`LARGEST`], says nothing and is left out.
    #[must_use]
    pub fn new(circles: impl IntoIterator<Item = Circle>) -> Self {
        let mut known = Self::default();
        for mut circle in circles {
            circle.members.sort_unstable();
            circle.members.dedup();
            if !(2..=LARGEST).contains(&circle.members.len()) {
                continue;
            }
            for member in &circle.members {
                known.of.entry(member.clone()).or_default().push(known.all.len());
            }
            known.all.push(circle);
        }
        known
    }

    /// Everybody who is in a circle with an actor, each with the closest bond; an actor does not meet itself.
    #[must_use]
    pub fn known_to(&self, actor: &str) -> BTreeMap<&str, &Bond> {
        let mut known: BTreeMap<&str, &Bond> = BTreeMap::new();
        for circle in self.of.get(actor).into_iter().flatten().map(|at| &self.all[*at]) {
            for member in circle.members.iter().filter(|member| *member != actor) {
                let bond = known.entry(member).or_insert(&circle.bond);
                // Of equally close ones always the same, whatever their order.
                let (closer, earlier) = (worth(&circle.bond) - worth(bond), circle.bond < **bond);
                if closer > 0.0 || (closer == 0.0 && earlier) {
                    *bond = &circle.bond;
                }
            }
        }
        known
    }
}

/// How close a bond is, 0 to 1: neighbours meet on the stairs, colleagues at a staff meeting, partners of a third perhaps once a year.
pub(crate) fn worth(bond: &Bond) -> f64 {
    match bond {
        Bond::SameHouse => 1.0,
        Bond::SameCarrier { .. } => 0.8,
        Bond::CommonPartner { .. } => 0.6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circle(bond: Bond, members: &[&str]) -> Circle {
        Circle { bond, members: members.iter().map(|member| (*member).to_owned()).collect() }
    }

    fn carrier(name: &str) -> Bond {
        Bond::SameCarrier { carrier: name.to_owned() }
    }

    #[test]
    fn whoever_is_in_a_circle_is_known_by_the_closest_bond() {
        let partner = Bond::CommonPartner { partner: "Kita".to_owned() };
        let circles = Circles::new([
            circle(partner.clone(), &["club", "print", "bakery"]),
            circle(Bond::SameHouse, &["bakery", "club"]),
            circle(carrier("Diakonie"), &["club", "seniors", "club"]),
        ]);
        let known: Vec<_> = circles.known_to("club").into_iter().collect();
        assert_eq!(
            known,
            [("bakery", &Bond::SameHouse), ("print", &partner), ("seniors", &carrier("Diakonie"))]
        );
        assert_eq!(circles.known_to("seniors").len(), 1);
        assert!(circles.known_to("nobody").is_empty());
    }

    #[test]
    fn the_order_of_circles_changes_nothing() {
        let all = [
            circle(carrier("B"), &["a", "b"]),
            circle(carrier("A"), &["a", "b"]),
            circle(Bond::SameHouse, &["b", "c"]),
        ];
        let mut turned = all.clone();
        turned.reverse();
        for actor in ["a", "b", "c"] {
            let [one, other] = [Circles::new(all.clone()), Circles::new(turned.clone())];
            assert_eq!(one.known_to(actor), other.known_to(actor), "{actor}");
        }
        assert_eq!(Circles::new(all).known_to("a")["b"], &carrier("A"));
    }

    #[test]
    fn one_alone_is_no_circle_and_a_crowd_is_none() {
        let crowd: Vec<String> = (0..=LARGEST).map(|number| number.to_string()).collect();
        let circles = Circles::new([
            circle(Bond::SameHouse, &["a", "a"]),
            Circle { bond: carrier("Bezirksamt"), members: crowd },
        ]);
        assert_eq!(circles, Circles::default());
    }
}
