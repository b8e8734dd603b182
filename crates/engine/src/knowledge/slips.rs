//! Slips of the pen: `Sitzgelegenheitn` means the word that it misses by a letter.

use crate::text::compound::Dictionary;
use crate::text::stem::folded_word;
use rustc_hash::FxHashMap;

/// Long words of the taxonomy by their first two letters, in the order of the alphabet.
#[derive(Debug, Default)]
pub(crate) struct Slips(FxHashMap<[u8; 2], Vec<Known>>);

/// A word folded, and as it is written.
type Known = (Box<str>, Box<str>);

/// Shorter words are a letter away from many others: `Sticken` is not `Stricken`.
const SHORTEST: usize = 8;
/// From this length on two letters may be wrong.
const TWO_SLIPS_FROM: usize = 13;

impl Slips {
    pub(super) fn new<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut by_beginning: FxHashMap<[u8; 2], Vec<Known>> = FxHashMap::default();
        for written in words {
            let folded = folded_word(written);
            if let ([first, second, ..], true) = (folded.as_bytes(), folded.len() >= SHORTEST) {
                by_beginning.entry([*first, *second]).or_default().push((folded.into(), written.into()));
            }
        }
        for words in by_beginning.values_mut() {
            words.sort_unstable();
            words.dedup_by(|one, other| one.0 == other.0);
        }
        Self(by_beginning)
    }

    /// The word meant by one that nobody knows; the nearest, and of equally near ones the first of the alphabet.
    ///
    /// A slip in the first two letters is not seen: that keeps the search short.
    pub(super) fn meant(&self, written: &str, dictionary: &Dictionary) -> Option<&str> {
        let folded = folded_word(written);
        let ([first, second, ..], true) = (folded.as_bytes(), folded.len() >= SHORTEST) else { return None };
        if dictionary.knows(&folded) {
            return None;
        }
        let allowed = if folded.len() >= TWO_SLIPS_FROM { 2 } else { 1 };
        let near = self.0.get(&[*first, *second])?.iter().filter_map(|(word, written)| {
            let slips = slips(folded.as_bytes(), word.as_bytes(), allowed)?;
            (slips > 0).then_some((slips, written))
        });
        near.min_by_key(|(slips, _)| *slips).map(|(_, written)| &**written)
    }
}

/// How many letters are wrong, missing, too many, or stand in the wrong order (Damerau 1964, with changes of
/// neighbours only); `None` when more than allowed.
fn slips(one: &[u8], other: &[u8], allowed: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > allowed {
        return None;
    }
    let width = other.len() + 1;
    let (mut before, mut last): (Vec<usize>, Vec<usize>) = (vec![0; width], (0..width).collect());
    for (row, letter) in one.iter().enumerate() {
        let mut next = vec![row + 1; width];
        for (column, theirs) in other.iter().enumerate() {
            let changed = last[column] + usize::from(letter != theirs);
            let mut least = changed.min(last[column + 1] + 1).min(next[column] + 1);
            let crossed = row > 0 && column > 0 && *letter == other[column - 1] && one[row - 1] == *theirs;
            if crossed {
                least = least.min(before[column - 1] + 1);
            }
            next[column + 1] = least;
        }
        if next.iter().all(|slips| *slips > allowed) {
            return None;
        }
        (before, last) = (last, next);
    }
    Some(last[width - 1]).filter(|slips| *slips <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::stem::Stems;
    use proptest::prelude::*;

    fn meant(written: &str) -> Option<String> {
        let words = ["Sitzgelegenheit", "Datenschutz", "Matratze", "Werkstatt", "Stricken"];
        let mut dictionary = Dictionary::default();
        dictionary.add(&Stems::new(), "Werkstadt");
        Slips::new(words.into_iter()).meant(written, &dictionary).map(str::to_owned)
    }

    #[test]
    fn a_missing_a_doubled_a_wrong_and_a_turned_letter_are_seen_through() {
        assert_eq!(meant("Sitzgelegenheitn").as_deref(), Some("Sitzgelegenheit"));
        assert_eq!(meant("Datenschuz").as_deref(), Some("Datenschutz"));
        assert_eq!(meant("Matrazte").as_deref(), Some("Matratze"));
        assert_eq!(meant("Datenshcutz").as_deref(), Some("Datenschutz"));
    }

    #[test]
    fn short_words_known_words_and_other_words_are_left_alone() {
        for written in ["Sticken", "Werkstadt", "Datenbank", "Matratze", "Mattscheibe", ""] {
            assert_eq!(meant(written), None, "{written}");
        }
    }

    proptest! {
        #[test]
        fn the_count_is_that_of_the_whole_table(one in "[ab]{0,9}", other in "[ab]{0,9}") {
            let (one, other) = (one.as_bytes(), other.as_bytes());
            let all = slips(one, other, usize::MAX);
            prop_assert_eq!(all, slips(other, one, usize::MAX));
            for allowed in 0..3 {
                prop_assert_eq!(slips(one, other, allowed), all.filter(|slips| *slips <= allowed));
            }
        }
    }
}
