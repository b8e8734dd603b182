//! Sets of languages by number: a city speaks in few combinations, and comparing two of them is one `and`.

use kiez_domain::language::LanguageTag;
use std::collections::HashMap;

/// Every combination of languages that was met; number 0 is the empty one, of which nothing is known.
#[derive(Debug)]
pub(crate) struct LanguageSets {
    numbers: HashMap<Box<str>, usize>,
    sets: Vec<Box<[u64]>>,
    known: HashMap<Box<[u64]>, u32>,
}

impl Default for LanguageSets {
    fn default() -> Self {
        let none: Box<[u64]> = Box::default();
        Self { numbers: HashMap::new(), sets: vec![none.clone()], known: HashMap::from([(none, 0)]) }
    }
}

impl LanguageSets {
    /// The number of a combination, whatever the order of its languages.
    pub(super) fn number(&mut self, tags: &[LanguageTag]) -> u32 {
        if tags.is_empty() {
            return 0;
        }
        let mut set = Vec::new();
        for tag in tags {
            let next = self.numbers.len();
            let place = *self.numbers.entry(tag.primary().into()).or_insert(next);
            insert(&mut set, place);
        }
        let set: Box<[u64]> = set.into();
        let next = u32::try_from(self.sets.len()).expect("fewer combinations than offers");
        let number = *self.known.entry(set.clone()).or_insert(next);
        if number == next {
            self.sets.push(set);
        }
        number
    }

    /// The languages that a need names; those that no offer speaks are left out.
    pub(super) fn asked(&self, tags: &[LanguageTag]) -> Vec<u64> {
        let mut set = Vec::new();
        let places = tags.iter().filter_map(|tag| self.numbers.get(tag.primary()));
        places.for_each(|place| insert(&mut set, *place));
        set
    }

    /// Whether one of the languages asked for is in the combination.
    pub(super) fn share(&self, number: u32, asked: &[u64]) -> bool {
        self.sets[number as usize].iter().zip(asked).any(|(one, other)| one & other != 0)
    }

    /// Whether a combination has a language.
    pub(super) fn has(&self, number: u32, tag: &LanguageTag) -> bool {
        self.share(number, &self.asked(std::slice::from_ref(tag)))
    }
}

fn insert(set: &mut Vec<u64>, place: usize) {
    let word = place / 64;
    if set.len() <= word {
        set.resize(word + 1, 0);
    }
    set[word] |= 1 << (place % 64);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(all: &[&str]) -> Vec<LanguageTag> {
        all.iter().map(|tag| tag.parse().expect("a tag")).collect()
    }

    #[test]
    fn a_combination_has_one_number_whatever_its_order_and_regions() {
        let mut sets = LanguageSets::default();
        assert_eq!(sets.number(&[]), 0);
        let number = sets.number(&tags(&["de", "tr"]));
        assert_eq!(sets.number(&tags(&["tr-TR", "de", "de-AT"])), number);
        assert_ne!(sets.number(&tags(&["de"])), number);
    }

    #[test]
    fn more_languages_than_fit_a_word_are_told_apart() {
        let mut sets = LanguageSets::default();
        let letters = || (b'a'..=b'z').map(char::from);
        let all: Vec<String> =
            letters().flat_map(|one| letters().map(move |two| format!("{one}{two}"))).collect();
        let numbers: Vec<u32> = all.iter().map(|tag| sets.number(&tags(&[tag]))).collect();
        for (number, own) in numbers.iter().zip(&all) {
            let speak = |tag: &str| sets.share(*number, &sets.asked(&tags(&[tag])));
            assert!(speak(own));
            assert_eq!(speak("qq"), own == "qq");
        }
    }

    #[test]
    fn a_language_that_nobody_speaks_is_shared_with_nobody() {
        let mut sets = LanguageSets::default();
        let number = sets.number(&tags(&["de"]));
        assert!(!sets.share(number, &sets.asked(&tags(&["tr"]))));
        assert!(sets.has(number, &tags(&["de-CH"])[0]) && !sets.has(0, &tags(&["de"])[0]));
    }
}
