//! What the engine knows before it sees a text: kinds with their words, and the dictionary of German.

mod slips;
mod terms;
mod words;

use crate::taxonomy::{Taxonomy, TaxonomyError};
use crate::text::compound::Dictionary;
use crate::text::stem::{Stems, folded_word};
use crate::text::stop_words;
use rustc_hash::FxHashSet;
use slips::Slips;
use std::sync::LazyLock;
pub(crate) use terms::{Letter, Pattern, Term, TermSide, TermTable};
pub(crate) use words::Reader;

/// Taxonomy, dictionary and small words, ready for use.
#[derive(Debug)]
pub struct Knowledge {
    taxonomy: Taxonomy,
    stems: Stems,
    dictionary: Dictionary,
    terms: TermTable,
    slips: Slips,
    stop_words: FxHashSet<&'static str>,
    generic: FxHashSet<String>,
}

/// The files of `data/taxonomy`, as the build found them.
const TAXONOMY_FILES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/taxonomy_files.rs"));
const WORDS: &str = include_str!("../../../data/words_de.txt");
const WHOLE_WORDS: &str = include_str!("../../../data/words_whole_de.txt");

impl Knowledge {
    /// The knowledge that comes with the program.
    ///
    /// # Panics
    /// When a file of the taxonomy is broken, which a test of this crate rules out.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Knowledge> = LazyLock::new(|| {
            Knowledge::read(TAXONOMY_FILES).expect("a test reads every taxonomy file of the build")
        });
        &BUILT_IN
    }

    /// Makes knowledge from taxonomy files given as (name, text).
    ///
    /// # Errors
    /// When the files do not form a taxonomy.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, TaxonomyError> {
        let taxonomy = Taxonomy::read(files)?;
        let mut stems = Stems::new();
        WORDS.split_whitespace().for_each(|word| stems.learn(word));
        let words = terms::words(&taxonomy);
        words.iter().for_each(|word| stems.learn(word));
        let stop_words: FxHashSet<&'static str> =
            stop_words::GERMAN.split_whitespace().chain(stop_words::ENGLISH.split_whitespace()).collect();
        let mut dictionary = Dictionary::default();
        dictionary.expect(words.len());
        for word in WHOLE_WORDS.split_whitespace() {
            dictionary.add_whole(&stems, word);
        }
        for word in WORDS.split_whitespace() {
            dictionary.add(&stems, word);
        }
        // A shorter one would be found inside too many others.
        for word in words.iter().filter(|word| word.chars().count() >= 4) {
            dictionary.add(&stems, word);
        }
        let generic = stop_words::GENERIC.split_whitespace().map(|word| stems.german(word)).collect();
        let slips = Slips::new(words.iter().copied());
        let terms = TermTable::default();
        let mut knowledge = Self { taxonomy, stems, dictionary, terms, slips, stop_words, generic };
        knowledge.terms = TermTable::compile(&knowledge);
        Ok(knowledge)
    }

    /// The kinds of resource.
    #[must_use]
    pub fn taxonomy(&self) -> &Taxonomy {
        &self.taxonomy
    }

    pub(crate) fn terms(&self) -> &TermTable {
        &self.terms
    }

    pub(crate) fn slips(&self) -> &Slips {
        &self.slips
    }

    pub(crate) fn stems(&self) -> &Stems {
        &self.stems
    }

    pub(crate) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    pub(crate) fn is_stop_word(&self, written: &str) -> bool {
        self.is_stop(written, &folded_word(written))
    }

    /// Whether a word is a small one, whose folded form is known already.
    pub(crate) fn is_stop(&self, written: &str, folded: &str) -> bool {
        // `IT` is a trade, `it` is not.
        if written == "IT" {
            return false;
        }
        folded.len() < 2
            || self.stop_words.contains(folded)
            || folded.bytes().all(|byte| byte.is_ascii_digit())
    }

    pub(crate) fn is_generic(&self, german_stem: &str) -> bool {
        self.generic.contains(german_stem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_taxonomy_of_the_build_is_read_and_has_no_fault() {
        let taxonomy = Taxonomy::read(TAXONOMY_FILES).expect("every file is well-formed");
        assert!(taxonomy.kinds().len() >= 150, "only {} kinds", taxonomy.kinds().len());
        let faults = taxonomy.lint();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
