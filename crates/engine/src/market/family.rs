//! Profiles of one kind and branch together: what speaks for any of them is bounded by what speaks for all.
//!
//! Hardly two offers that say something say the same. Their leading kind has some hundred values, though, and the highest
//! that each kind, word and leaning reaches in a family tells how much can speak for anybody in it at most.

use super::numbered::Numbered;
use super::profile::{Profile, ProfileNumber, Said};
use crate::belief::Street;
use crate::taxonomy::KindIndex;
use crate::text::language::TextLanguage;
use kiez_domain::branch::BranchId;
use rustc_hash::FxHashSet;
use std::collections::HashMap;

/// All families, by number.
#[derive(Debug, Default)]
pub(super) struct Families {
    all: Numbered<Family>,
    numbers: HashMap<Key, FamilyNumber>,
    /// The family of each profile.
    of: Vec<FamilyNumber>,
}

/// Some profiles with the most that each of them reaches.
#[derive(Debug)]
pub(super) struct Family {
    key: Key,
    members: u32,
    /// The highest of every kind and leaning; its words stand beside.
    pub(super) whole: Profile,
    /// The words that somebody in it says, or said once.
    pub(super) words: FxHashSet<u32>,
}

pub(super) type FamilyNumber = u32;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// A profile without words of its own is shared by many offers and stands alone: nothing in it is a bound.
    Silent(ProfileNumber),
    Saying {
        lead: Option<KindIndex>,
        who: Who,
    },
}

/// What a guess rests on; the same for all of a family.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Who {
    branch: Option<BranchId>,
    street: Option<Street>,
    refused: Box<[KindIndex]>,
    nameless: bool,
}

impl Families {
    /// Takes in a profile that nobody had before.
    pub(super) fn join(&mut self, number: ProfileNumber, profile: &Profile) -> FamilyNumber {
        let key = Key::of(number, profile);
        let family = self.numbers.get(&key).copied().unwrap_or_else(|| self.found(key, profile));
        let place = number as usize;
        if self.of.len() <= place {
            self.of.resize(place + 1, 0);
        }
        self.of[place] = family;
        self.all.get_mut(family).widen(profile);
        family
    }

    /// Lets a profile go that nobody has any more; gives the family back when that was the last.
    pub(super) fn leave(&mut self, number: ProfileNumber) -> Option<(FamilyNumber, Family)> {
        let family = self.of(number);
        let members = &mut self.all.get_mut(family).members;
        *members -= 1;
        if *members > 0 {
            return None;
        }
        let gone = self.all.remove(family)?;
        self.numbers.remove(&gone.key);
        Some((family, gone))
    }

    pub(super) fn of(&self, profile: ProfileNumber) -> FamilyNumber {
        self.of[profile as usize]
    }

    pub(super) fn get(&self, number: FamilyNumber) -> &Family {
        self.all.get(number)
    }

    /// One more than the highest number.
    pub(super) fn places(&self) -> usize {
        self.all.places()
    }

    fn found(&mut self, key: Key, profile: &Profile) -> FamilyNumber {
        let number = self.all.insert(Family::of(key.clone(), profile));
        self.numbers.insert(key, number);
        number
    }
}

impl Key {
    fn of(number: ProfileNumber, profile: &Profile) -> Self {
        if profile.said().is_none() {
            return Self::Silent(number);
        }
        let lead = profile.kinds.iter().max_by(|one, other| one.1.total_cmp(&other.1));
        let who = Who {
            branch: profile.branch.clone(),
            street: profile.street.clone(),
            refused: profile.refused.clone(),
            nameless: profile.nameless,
        };
        Self::Saying { lead: lead.map(|(kind, _)| *kind), who }
    }
}

impl Family {
    fn of(key: Key, profile: &Profile) -> Self {
        let whole = Profile {
            kinds: Box::default(),
            confirmed: Box::default(),
            branch: profile.branch.clone(),
            street: profile.street.clone(),
            refused: profile.refused.clone(),
            nameless: profile.nameless,
            said: profile.said().map(|_| Box::new(nothing())),
        };
        Self { key, members: 0, whole, words: FxHashSet::default() }
    }

    /// Whether what speaks for the whole is what speaks for each, to the last bit.
    pub(super) fn is_exact(&self) -> bool {
        matches!(self.key, Key::Silent(_))
    }

    fn widen(&mut self, profile: &Profile) {
        self.members += 1;
        raise(&mut self.whole.kinds, &profile.kinds);
        if let Some(said) = &mut self.whole.said {
            raise(&mut said.leanings, profile.leanings());
            self.words.extend(profile.words().iter().map(|(word, _)| *word));
        }
    }
}

fn nothing() -> Said {
    Said {
        text: Box::default(),
        language: TextLanguage::German,
        words: Box::default(),
        leanings: Box::default(),
        length: 0.0,
    }
}

/// Every number becomes at least that of the other list.
fn raise(known: &mut Box<[(KindIndex, f32)]>, more: &[(KindIndex, f32)]) {
    let mut new = Vec::new();
    for (kind, worth) in more {
        match known.iter_mut().find(|(other, _)| other == kind) {
            Some((_, most)) => *most = most.max(*worth),
            None => new.push((*kind, *worth)),
        }
    }
    if !new.is_empty() {
        let mut all = std::mem::take(known).into_vec();
        all.extend(new);
        *known = all.into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(kinds: &[(KindIndex, f32)], leanings: &[(KindIndex, f32)], words: &[u32]) -> Profile {
        let words = words.iter().map(|word| (*word, 1.0)).collect();
        let said = Said { text: "Brot".into(), words, leanings: leanings.into(), ..nothing() };
        Profile {
            kinds: kinds.into(),
            confirmed: Box::default(),
            branch: None,
            street: None,
            refused: Box::default(),
            nameless: false,
            said: Some(Box::new(said)),
        }
    }

    #[test]
    fn a_family_reaches_what_anybody_in_it_reaches() {
        let mut families = Families::default();
        let first = families.join(0, &profile(&[(3, 1.0), (4, 0.2)], &[(7, 0.5)], &[1]));
        let second = families.join(5, &profile(&[(3, 0.9), (4, 0.6), (8, 0.1)], &[(7, 0.3), (9, 0.2)], &[2]));
        assert_eq!((first, families.of(5)), (second, first));
        let family = families.get(first);
        assert_eq!(*family.whole.kinds, [(3, 1.0), (4, 0.6), (8, 0.1)]);
        assert_eq!(family.whole.leanings(), [(7, 0.5), (9, 0.2)]);
        assert_eq!(family.words, FxHashSet::from_iter([1, 2]));
        assert!(!family.is_exact());
    }

    #[test]
    fn another_lead_is_another_family_and_the_last_gives_its_number_away() {
        let mut families = Families::default();
        let first = families.join(0, &profile(&[(3, 1.0)], &[], &[]));
        let second = families.join(1, &profile(&[(3, 0.4), (4, 0.5)], &[], &[]));
        assert_ne!(first, second);
        families.join(2, &profile(&[(3, 0.7)], &[], &[]));
        assert!(families.leave(0).is_none());
        assert!(families.leave(2).is_some_and(|(number, _)| number == first));
        assert_eq!(families.join(3, &profile(&[], &[], &[9])), first);
        assert!(families.get(first).words.contains(&9));
    }

    #[test]
    fn who_says_nothing_stands_alone_and_is_told_exactly() {
        let mut families = Families::default();
        let silent = || Profile { said: None, ..profile(&[(3, 0.3)], &[], &[]) };
        let (first, second) = (families.join(0, &silent()), families.join(1, &silent()));
        assert_ne!(first, second);
        assert!(families.get(first).is_exact() && families.get(first).whole == silent());
    }
}
