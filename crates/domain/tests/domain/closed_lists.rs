//! Words of closed lists: stored by name, read back by name, nothing else.

use kiez_domain::branch::Side;
use kiez_domain::contact_channel::{ChannelVisibility, Medium};
use kiez_domain::issue::Problem;
use kiez_domain::limits::Rhythm;
use kiez_domain::policy::{Condition, Role, Scope};
use kiez_domain::premises::Use;
use std::collections::BTreeSet;
use std::fmt::{Debug, Display};
use std::str::FromStr;

/// Every word reads back as itself; a word that is none is refused with all that would do.
fn reads_back<T>(all: impl Iterator<Item = T>, names: &[&str])
where
    T: FromStr<Err = Problem> + Display + Debug + PartialEq,
{
    let shown: Vec<String> = all
        .map(|word| {
            assert_eq!(word.to_string().parse::<T>().as_ref(), Ok(&word));
            word.to_string()
        })
        .collect();
    assert_eq!(shown, names);
    assert_eq!(shown.iter().collect::<BTreeSet<_>>().len(), names.len(), "two words share a name");
    for wrong in ["", " ", "nonsense", &names[0].to_uppercase(), &format!("{} ", names[0])] {
        let Err(Problem::Unreadable { given, expected }) = wrong.parse::<T>() else {
            panic!("{wrong} was read")
        };
        assert_eq!(given, wrong);
        for name in names {
            assert!(expected.to_string().contains(name), "{name} is not among what is expected: {expected}");
        }
    }
}

#[test]
fn the_rhythm_of_a_limit() {
    reads_back(Rhythm::all(), &["once", "week", "month", "quarter", "year"]);
}

#[test]
fn the_sides_of_the_network() {
    reads_back(Side::all(), &["business", "institution", "initiative", "public_body", "place"]);
}

#[test]
fn ways_to_reach_somebody_and_who_sees_them() {
    reads_back(Medium::all(), &["phone", "mail", "post", "web"]);
    reads_back(ChannelVisibility::all(), &["public", "partners", "internal"]);
}

#[test]
fn uses_of_a_ground_floor_unit() {
    let uses = ["dwelling", "gastronomy", "retail", "local_economy", "social", "vacant", "other", "unknown"];
    reads_back(Use::all(), &uses);
}

#[test]
fn the_words_of_the_policy() {
    let roles = ["anyone", "link_holder", "business", "institution", "coordinator", "funder", "operator"];
    reads_back(Role::all(), &roles);
    reads_back(Scope::all(), &["public", "own", "project", "installation"]);
    reads_back(Condition::all(), &["none", "published", "unpublished", "signed_in"]);
}
