//! What a text leans to: every word that stands anywhere in the words of a kind, also where it proves nothing alone.
//!
//! "Brot" does not say whether bread, baking or a visit to the bakery is meant, but it says that these are nearer
//! than a tax adviser. Two texts are compared by the angle between their leanings.

use crate::knowledge::Reader;
use crate::taxonomy::KindIndex;
use crate::text::language::TextLanguage;
use crate::text::phrase;
use crate::text::token;
use std::collections::{BTreeMap, BTreeSet};

/// The strongest leanings of a text; their squares add up to at most 1.
pub(crate) fn leanings(reader: &mut Reader<'_>, text: &str, language: TextLanguage) -> Vec<(KindIndex, f32)> {
    let tokens = token::tokens(text);
    let places = phrase::weights(&tokens);
    let mut leanings: BTreeMap<KindIndex, f32> = BTreeMap::new();
    for (at, token) in tokens.iter().enumerate() {
        let forms = reader.word(token.written);
        if forms.stop {
            continue;
        }
        let empty = if forms.generic { GENERIC } else { 1.0 };
        let mut word: BTreeMap<KindIndex, f32> = BTreeMap::new();
        for hit in forms.hits.iter().filter(|hit| hit.weight > 0.0 && spoken(hit.language, language)) {
            let table = reader.knowledge().terms();
            let terms = table.terms_of(hit.pattern);
            let kinds: BTreeSet<KindIndex> = terms.iter().map(|term| table.term(*term).kind).collect();
            // A word of many kinds tells little about each.
            let rare = 1.0 / (kinds.len() as f32).sqrt();
            for term in terms.iter().map(|term| table.term(*term)) {
                let worth = hit.weight * rare * term.weight.max(0.5) / (term.patterns.len() as f32).sqrt();
                let known = word.entry(term.kind).or_default();
                *known = known.max(worth);
            }
        }
        for (kind, worth) in word {
            *leanings.entry(kind).or_default() += worth * places[at].max(0.4) * empty;
        }
    }
    strongest(leanings)
}

const GENERIC: f32 = 0.2;
const MOST: usize = 16;

fn spoken(word: TextLanguage, text: TextLanguage) -> bool {
    word == text || text == TextLanguage::German
}

fn strongest(leanings: BTreeMap<KindIndex, f32>) -> Vec<(KindIndex, f32)> {
    let length = leanings.values().map(|worth| worth * worth).sum::<f32>().sqrt().max(0.5);
    let mut all: Vec<(KindIndex, f32)> =
        leanings.into_iter().map(|(kind, worth)| (kind, worth / length)).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    all.truncate(MOST);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;
    use proptest::prelude::*;

    #[test]
    fn empty_words_lean_nowhere() {
        let mut reader = Reader::new(Knowledge::built_in());
        assert!(leanings(&mut reader, "und wir die", TextLanguage::German).is_empty());
        assert!(!leanings(&mut reader, "Brot", TextLanguage::German).is_empty());
    }

    proptest! {
        #[test]
        fn leanings_are_bounded(text in "\\PC{0,100}") {
            let mut reader = Reader::new(Knowledge::built_in());
            let all = leanings(&mut reader, &text, TextLanguage::German);
            let length: f32 = all.iter().map(|(_, worth)| worth * worth).sum();
            prop_assert!(all.len() <= MOST && length <= 1.001);
        }
    }
}
