//! What speaks for an offer before its circumstances; most businesses of a city share theirs with others.

use super::audience::Audience;
use super::chance::BranchNumber;
use super::numbered::Numbered;
use crate::belief::Street;
use crate::candidates::{Features, Group};
use crate::taxonomy::KindIndex;
use crate::text::language::TextLanguage;
use kiez_domain::branch::BranchId;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Kinds, words and branch of an offer.
#[derive(Debug)]
pub(super) struct Profile {
    pub(super) traits: Traits,
    /// What the actor confirmed at a visit.
    pub(super) confirmed: Box<[KindIndex]>,
    pub(super) branch: Option<BranchId>,
    /// Its street, where shops of its branch there were asked for something: elsewhere it is like the whole branch.
    pub(super) street: Option<Street>,
    /// What the actor said it does not give.
    pub(super) refused: Box<[KindIndex]>,
    /// Nobody can be asked for "the café": the name only says what it is.
    pub(super) nameless: bool,
    /// Whom it is for; follows from the text.
    pub(super) audience: Audience,
    pub(super) said: Option<Box<Said>>,
}

/// As sure is a kind that was told, and not only guessed from a name.
pub(super) const TOLD: f32 = 0.55;

/// What an offer says in words of its own.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) text: Box<str>,
    /// What its giver is, where its name tells: its words count as well.
    pub(super) trade: Box<str>,
    pub(super) language: TextLanguage,
}

/// The number of a kind or of a word, and how much there is of it.
pub(super) type Trait = (u32, f32);

/// Kinds, leanings and words close together, because whoever weighs a profile asks for all of them.
#[derive(Debug, Default)]
pub(super) struct Traits {
    all: Box<[Trait]>,
    /// Where kinds end, and where leanings do.
    ends: [u32; 2],
    /// In weighted words.
    length: f64,
}

impl Traits {
    /// Words, whose weights add up to `length`, come later: they find their numbers in the index.
    pub(super) fn new(kinds: &[(KindIndex, f32)], leanings: &[(KindIndex, f32)], length: f64) -> Self {
        let all = kinds.iter().chain(leanings).map(|(kind, much)| (*kind as u32, *much)).collect();
        Self { all, ends: [kinds.len() as u32, (kinds.len() + leanings.len()) as u32], length }
    }

    /// Words come in the order of the alphabet, so that sums are those of any other history.
    pub(super) fn set_words(&mut self, words: impl Iterator<Item = Trait>) {
        let known = self.all.iter().take(self.ends[1] as usize).copied();
        self.all = known.chain(words).collect();
    }

    pub(super) fn kinds(&self) -> &[Trait] {
        &self.all[..self.ends[0] as usize]
    }

    fn leanings(&self) -> &[Trait] {
        &self.all[self.ends[0] as usize..self.ends[1] as usize]
    }

    fn words(&self) -> &[Trait] {
        &self.all[self.ends[1] as usize..]
    }
}

impl Profile {
    pub(super) fn said(&self) -> Option<&Said> {
        self.said.as_deref()
    }

    pub(super) fn kinds(&self) -> &[Trait] {
        self.traits.kinds()
    }

    /// Whether its own words tell a kind, so that a guess by its branch is little beside them.
    pub(super) fn tells_a_kind(&self) -> bool {
        self.kinds().iter().any(|(_, sure)| *sure >= TOLD)
    }

    pub(super) fn leanings(&self) -> &[Trait] {
        self.traits.leanings()
    }

    pub(super) fn words(&self) -> &[Trait] {
        self.traits.words()
    }

    /// A number that lies where the last of its words lies.
    pub(super) fn tail(&self) -> u32 {
        let ends = [self.traits.all.first(), self.traits.all.last()];
        ends.into_iter().flatten().fold(0, |sum, (number, _)| sum.wrapping_add(*number))
    }

    pub(super) fn length(&self) -> f64 {
        self.traits.length
    }

    /// What can speak for whoever has this; `branch` is the number of its branch.
    pub(super) fn features(&self, branch: Option<BranchNumber>) -> Features<'_> {
        Features {
            kinds: self.kinds(),
            leanings: self.leanings(),
            words: self.words(),
            branch,
            beside_branch: self.street.is_some() || !self.refused.is_empty(),
        }
    }

    /// Words and leanings follow from the text.
    fn text(&self) -> Option<(&str, &str, TextLanguage)> {
        self.said().map(|said| (&*said.text, &*said.trade, said.language))
    }
}

impl PartialEq for Profile {
    fn eq(&self, other: &Self) -> bool {
        self.branch == other.branch
            && self.street == other.street
            && self.refused == other.refused
            && self.nameless == other.nameless
            && self.confirmed == other.confirmed
            && self.text() == other.text()
            && self.kinds() == other.kinds()
    }
}

/// How sure a kind is, is always a number.
impl Eq for Profile {}

impl Hash for Profile {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.kinds().iter().for_each(|(kind, sure)| (kind, sure.to_bits()).hash(state));
        (&self.confirmed, &self.branch, self.nameless, self.text()).hash(state);
        (&self.street, &self.refused).hash(state);
    }
}

/// Every profile once, with the number of offers that have it.
#[derive(Debug, Default)]
pub(super) struct Profiles {
    all: Numbered<Kept>,
    numbers: HashMap<Arc<Profile>, ProfileNumber>,
}

#[derive(Debug)]
struct Kept {
    profile: Arc<Profile>,
    offers: u32,
    /// Where it says nothing in words of its own.
    group: Option<Group>,
}

/// The place of a profile; that of one which nobody has any more is given to the next.
pub(super) type ProfileNumber = u32;

impl Profiles {
    /// Counts one more offer; `Err` gives the profile back when nobody had it before.
    pub(super) fn share(&mut self, profile: Profile) -> Result<ProfileNumber, Profile> {
        let Some(number) = self.numbers.get(&profile) else { return Err(profile) };
        self.all.get_mut(*number).offers += 1;
        Ok(*number)
    }

    /// Takes a profile in that nobody had before.
    pub(super) fn insert(&mut self, profile: Arc<Profile>, group: Option<Group>) -> ProfileNumber {
        let number = self.all.insert(Kept { profile: Arc::clone(&profile), offers: 1, group });
        self.numbers.insert(profile, number);
        number
    }

    /// Counts one offer less; gives the profile back when that was the last.
    pub(super) fn leave(&mut self, number: ProfileNumber) -> Option<Arc<Profile>> {
        let kept = self.all.get_mut(number);
        kept.offers -= 1;
        if kept.offers > 0 {
            return None;
        }
        let Kept { profile, .. } = self.all.remove(number)?;
        self.numbers.remove(&profile);
        Some(profile)
    }

    pub(super) fn get(&self, number: ProfileNumber) -> &Arc<Profile> {
        &self.all.get(number).profile
    }

    pub(super) fn group(&self, number: ProfileNumber) -> Option<Group> {
        self.all.get(number).group
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(kind: KindIndex, text: &str) -> Profile {
        let text_of =
            |text: &str| Said { text: text.into(), trade: Box::default(), language: TextLanguage::German };
        let said = (!text.is_empty()).then(|| Box::new(text_of(text)));
        Profile {
            traits: Traits::new(&[(kind, 1.0)], &[], 0.0),
            confirmed: Box::default(),
            branch: None,
            street: None,
            refused: Box::default(),
            nameless: false,
            audience: Audience::default(),
            said,
        }
    }

    #[test]
    fn equal_profiles_are_one_until_the_last_leaves() {
        let mut profiles = Profiles::default();
        let first = profiles.share(profile(1, "")).unwrap_or_else(|new| profiles.insert(Arc::new(new), None));
        assert_eq!(profiles.share(profile(1, "")).ok(), Some(first));
        assert!(profiles.share(profile(2, "")).is_err() && profiles.share(profile(1, "Brot")).is_err());
        assert!(profiles.leave(first).is_none());
        assert!(profiles.leave(first).is_some());
        assert!(profiles.share(profile(1, "")).is_err());
        assert_eq!(profiles.insert(Arc::new(profile(2, "")), None), first);
    }
}
