//! German compounds split by a dictionary: `Küchenstuhl` is a chair, and something about a kitchen.

use crate::text::stem::{Stems, folded_word};
use crate::text::{fingerprint, fold, gender};
use rustc_hash::{FxHashMap, FxHashSet};
use std::num::NonZeroU32;

/// A part of a compound.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its German stem.
    pub stem: String,
    /// 1 is the whole word; the head (last part) counts more than a modifier.
    pub weight: f32,
}

/// Known words in the forms in which they stand inside a compound.
///
/// Ten thousand words in all their forms are a few hundred thousand entries: the stem that many forms share is kept
/// once, and a form that stands both inside and at the end is one entry.
#[derive(Debug, Default)]
pub struct Dictionary {
    /// By a hash of the form: two hundred thousand strings would take longer to make than all else at the start.
    forms: FxHashMap<u64, Form>,
    stems: Vec<Box<str>>,
    numbers: FxHashMap<Box<str>, StemNumber>,
    whole: FxHashSet<String>,
}

/// Which stem a form belongs to inside a compound, and which at its end.
#[derive(Debug, Clone, Copy, Default)]
struct Form {
    inner: Option<StemNumber>,
    last: Option<StemNumber>,
    /// Whether it is the word itself, inside and at the end, and no form of it.
    itself: (bool, bool),
}

/// A place in the list of stems, counted from 1.
type StemNumber = NonZeroU32;

const HEAD: f32 = 0.9;
const MODIFIER: f32 = 0.45;
const SHORTEST: usize = 3;
/// The `Ente` does not stand in `Entsorgung`.
const PREFIX: &str = "ent";
/// How many forms a word has that no other has, on average.
const FORMS_OF_A_WORD: usize = 10;
const LONGEST: usize = 48;

impl Dictionary {
    /// Adds a word in its base form; a lower-case word ending in -en is taken for a verb.
    pub fn add(&mut self, stems: &Stems, word: &str) {
        let folded = folded_word(word);
        let root = fold::root(&folded);
        if root.len() < SHORTEST
            || root.len() > LONGEST
            || !root.bytes().all(|letter| letter.is_ascii_lowercase())
        {
            return;
        }
        let stem = self.number(stems.german_of(word, &folded));
        let verb = word.starts_with(char::is_lowercase);
        for ending in ["", "e", "en", "n", "er", "s", "es", "ern", "innen", "in"] {
            self.stands_last(&root, ending, stem);
        }
        if verb {
            for base in ["en", "n"].into_iter().filter_map(|ending| root.strip_suffix(ending)) {
                if base.len() < SHORTEST {
                    continue;
                }
                self.shortened_inside(base, stem);
                for noun in ["ung", "ungen", "er", "t", "te", "ten", "end"] {
                    self.stands_last(base, noun, stem);
                }
            }
            return;
        }
        for link in ["", "s", "n", "en", "es", "e", "er"] {
            self.stands_inside(&root, link, stem);
        }
        let shortened = root.strip_suffix('e').filter(|base| base.len() >= SHORTEST && *base != PREFIX);
        if let Some(base) = shortened {
            self.shortened_inside(base, stem);
        }
    }

    /// `Schul` in `Schulfest`: a form, not the word itself.
    fn shortened_inside(&mut self, base: &str, stem: StemNumber) {
        self.form(base, "").inner.get_or_insert(stem);
    }

    fn number(&mut self, stem: String) -> StemNumber {
        if let Some(number) = self.numbers.get(stem.as_str()) {
            return *number;
        }
        self.stems.push(stem.clone().into());
        let number = u32::try_from(self.stems.len()).ok().and_then(NonZeroU32::new);
        let number = number.expect("a dictionary has between one and four thousand million stems");
        self.numbers.insert(stem.into(), number);
        number
    }

    /// Of two words with one form the first keeps it, but a word itself goes before a form of another: in `Turnhalle`
    /// there is no door.
    fn stands_inside(&mut self, base: &str, link: &str, stem: StemNumber) {
        let form = self.form(base, link);
        if form.inner.is_none() || (link.is_empty() && !form.itself.0) {
            form.inner = Some(stem);
            form.itself.0 = link.is_empty();
        }
    }

    fn stands_last(&mut self, base: &str, ending: &str, stem: StemNumber) {
        let form = self.form(base, ending);
        if form.last.is_none() || (ending.is_empty() && !form.itself.1) {
            form.last = Some(stem);
            form.itself.1 = ending.is_empty();
        }
    }

    fn form(&mut self, base: &str, ending: &str) -> &mut Form {
        self.forms.entry(key(base, ending)).or_default()
    }

    /// Makes room for the forms of so many words at once, instead of moving all of them again and again.
    pub fn expect(&mut self, words: usize) {
        self.forms.reserve(words * FORMS_OF_A_WORD);
    }

    fn inner(&self, form: &str) -> Option<&str> {
        self.forms.get(&key(form, ""))?.inner.map(|number| self.stem(number))
    }

    fn last(&self, form: &str) -> Option<&str> {
        self.forms.get(&key(form, ""))?.last.map(|number| self.stem(number))
    }

    fn stem(&self, number: StemNumber) -> &str {
        &self.stems[number.get() as usize - 1]
    }

    /// Adds a word that means more than its parts and is never split, such as Kindergarten.
    pub fn add_whole(&mut self, stems: &Stems, word: &str) {
        self.whole.insert(stems.german(word));
    }

    /// Whether the dictionary has this folded word itself.
    #[must_use]
    pub fn knows(&self, folded: &str) -> bool {
        self.last(&fold::root(folded)).is_some()
    }

    /// The parts of a folded word, outer and nested ones; empty when it is no known compound.
    #[must_use]
    pub fn split(&self, stems: &Stems, folded: &str) -> Vec<Part> {
        let root = fold::root(gender::without_feminine_ending(folded));
        let mut parts = Vec::new();
        self.split_root(stems, &root, (1.0, 2), &mut parts);
        parts
    }

    fn split_root(&self, stems: &Stems, root: &str, level: (f32, u8), parts: &mut Vec<Part>) {
        let (weight, depth) = level;
        let cuts = if depth == 0 { Vec::new() } else { self.best_cuts(root) };
        if cuts.is_empty() || self.whole.contains(&stems.german_of_root(root)) {
            return;
        }
        for (number, piece) in cuts.iter().enumerate() {
            let head = number + 1 == cuts.len();
            let form = if head { self.last(piece) } else { self.inner(piece) };
            let Some(stem) = form else { continue };
            let worth = weight * if head { HEAD } else { MODIFIER };
            push(parts, stem, worth);
            self.split_root(stems, piece, (worth, depth - 1), parts);
        }
        // `Kinderbuchlesung`: two neighbours together may be a word of their own.
        for pair in cuts.windows(2) {
            let together = format!("{}{}", pair[0], pair[1]);
            if let Some(stem) = self.last(&together) {
                let head = std::ptr::eq(pair[1], cuts[cuts.len() - 1]);
                push(parts, stem, weight * if head { HEAD } else { MODIFIER });
            }
        }
    }

    /// The cut with the fewest parts and, among those, the longest head; empty when there is none.
    fn best_cuts<'word>(&self, root: &'word str) -> Vec<&'word str> {
        let length = root.len();
        if !(2 * SHORTEST..=LONGEST).contains(&length)
            || !root.bytes().all(|letter| letter.is_ascii_lowercase())
        {
            return Vec::new();
        }
        // reached[end] = (parts so far, where the last of them begins)
        let mut reached: Vec<Option<(usize, usize)>> = vec![None; length + 1];
        reached[0] = Some((0, 0));
        for end in SHORTEST..=length - SHORTEST {
            for begin in 0..=end - SHORTEST {
                let Some((count, _)) = reached[begin] else { continue };
                if reached[end].is_none_or(|(best, _)| count + 1 < best)
                    && self.inner(&root[begin..end]).is_some()
                {
                    reached[end] = Some((count + 1, begin));
                }
            }
        }
        let heads = (SHORTEST..=length - SHORTEST)
            .filter_map(|begin| reached[begin].map(|(count, _)| (count, begin)))
            .filter(|(_, begin)| self.last(&root[*begin..]).is_some());
        let Some((_, head)) = heads.min() else { return Vec::new() };
        let mut cuts = vec![&root[head..]];
        let mut end = head;
        while end > 0 {
            let begin = reached[end].map_or(0, |(_, begin)| begin);
            cuts.push(&root[begin..end]);
            end = begin;
        }
        cuts.reverse();
        cuts
    }
}

/// That two of some hundred thousand forms share a key is less likely than one in a thousand million.
fn key(base: &str, ending: &str) -> u64 {
    fingerprint::of(base.bytes().chain(ending.bytes()))
}

fn push(parts: &mut Vec<Part>, stem: &str, weight: f32) {
    match parts.iter_mut().find(|part| part.stem == stem) {
        Some(part) => part.weight = part.weight.max(weight),
        None => parts.push(Part { stem: stem.to_owned(), weight }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dictionary(stems: &Stems) -> Dictionary {
        let mut dictionary = Dictionary::default();
        for word in [
            "Küche", "Stuhl", "Kind", "Buch", "Lesung", "Garten", "helfen", "Schule", "Fest", "Werk", "Zeug",
            "Verein", "Haus",
        ] {
            dictionary.add(stems, word);
        }
        dictionary.add_whole(stems, "Kindergarten");
        dictionary
    }

    fn parts(word: &str) -> Vec<String> {
        let stems = Stems::new();
        dictionary(&stems).split(&stems, &fold::fold(word)).into_iter().map(|part| part.stem).collect()
    }

    #[test]
    fn compounds_fall_into_parts() {
        let stems = Stems::new();
        assert_eq!(parts("Küchenstühle"), [stems.german("Küche"), stems.german("Stuhl")]);
        assert_eq!(parts("Vereinshaus"), ["verein", "haus"]);
        assert_eq!(parts("Schulfest"), ["schul", "fest"]);
        assert_eq!(parts("Kinderbuchlesung"), ["kind", "buch", "lesung"].map(|word| stems.german(word)));
    }

    #[test]
    fn a_word_itself_goes_before_a_form_of_another() {
        let stems = Stems::new();
        let mut dictionary = Dictionary::default();
        for word in ["Tür", "Halle", "Turn", "Ente", "Sorgung"] {
            dictionary.add(&stems, word);
        }
        let parts = |word: &str| -> Vec<String> {
            dictionary.split(&stems, word).into_iter().map(|part| part.stem).collect()
        };
        assert_eq!(parts("turnhalle"), ["Turn", "Halle"].map(|word| stems.german(word)));
        assert!(parts("entsorgung").is_empty());
        assert_eq!(parts("entenhalle"), ["Ente", "Halle"].map(|word| stems.german(word)));
    }

    #[test]
    fn the_head_weighs_more() {
        let stems = Stems::new();
        let parts = dictionary(&stems).split(&stems, "gartenfest");
        assert!(parts[1].weight > parts[0].weight);
    }

    #[test]
    fn words_with_a_meaning_of_their_own_stay_whole() {
        assert!(parts("Kindergarten").is_empty());
        assert!(parts("Unbekanntes").is_empty());
    }

    proptest! {
        #[test]
        fn any_word_is_split_without_panic_and_weights_are_bounded(word in "[a-zäöüßé]{0,60}") {
            let stems = Stems::new();
            for part in dictionary(&stems).split(&stems, &fold::fold(&word)) {
                prop_assert!(part.weight > 0.0 && part.weight < 1.0);
            }
        }
    }
}
