//! The words of all kinds, compiled so that one look-up per word of a text finds them.

use super::Knowledge;
use crate::taxonomy::{KindIndex, Taxonomy};
use crate::text::fold;
use crate::text::language::TextLanguage;
use crate::text::stem::folded_word;
use crate::text::token;
use rustc_hash::{FxHashMap, FxHashSet};

/// A word, or several that must occur together, which tell a kind.
#[derive(Debug)]
pub(crate) struct Term {
    pub(crate) kind: KindIndex,
    pub(crate) patterns: Vec<usize>,
    pub(crate) weight: f32,
    pub(crate) side: TermSide,
    /// Whether it tells how a thing shall be where a thing is named: `Lesung auf Polnisch` is no wish for an interpreter.
    pub(crate) beside: bool,
    /// Whether a name of several words is in it, as `Erste Hilfe`, and not only words that are said together.
    pub(crate) is_name: bool,
}

/// Who says a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TermSide {
    Either,
    Need,
    Offer,
}

/// How one word of a term is compared with a word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pattern<'w> {
    German(Letter, &'w str),
    English(&'w str),
    Begins(&'w str),
    Ends(&'w str),
}

/// What the first letter of a German term tells of it: `Bild` is never meant by `bilden`, `Beratung` is by `beraten`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Letter {
    /// A thing.
    Capital,
    /// What is done, or how.
    Small,
    /// A thing made from what is done: told by either.
    Either,
}

impl Letter {
    /// Of a term as it is written in the taxonomy, or of a part of one.
    fn of(knowledge: &Knowledge, written: &str, folded: &str) -> Self {
        if written.starts_with(char::is_lowercase) {
            Self::Small
        } else if folded.ends_with("ung") || folded.ends_with("ungen") || knowledge.stems.is_verb(folded) {
            Self::Either
        } else {
            Self::Capital
        }
    }
}

#[derive(Debug, Default)]
pub(crate) struct TermTable {
    terms: Vec<Term>,
    patterns: Patterns,
    by_pattern: Vec<Vec<usize>>,
    /// The pattern of each German word as written, while the terms are compiled: the same words stand in many terms.
    written: FxHashMap<Box<str>, usize>,
}

/// The number of each pattern, found without making a string of its own: a name of twelve letters is asked for in twenty
/// ways.
#[derive(Debug, Default)]
struct Patterns([FxHashMap<Box<str>, usize>; 6]);

#[derive(Clone, Copy)]
struct Whose {
    kind: KindIndex,
    language: TextLanguage,
    side: TermSide,
}

const WEAK: f32 = 0.35;
const COMBINED: f32 = 0.95;
/// `Kinderbuch` as a term is also told by `Bücher für Kinder`, a little less surely.
const TAKEN_APART: f32 = 0.6;

impl TermTable {
    pub(super) fn compile(knowledge: &Knowledge) -> Self {
        let (german, english) = (TextLanguage::German, TextLanguage::English);
        let mut table = Self::default();
        for (kind, entry) in knowledge.taxonomy.kinds().iter().enumerate() {
            let terms = &entry.terms;
            for (list, language, side) in [
                (&terms.de, german, TermSide::Either),
                (&terms.need_de, german, TermSide::Need),
                (&terms.offer_de, german, TermSide::Offer),
                (&terms.en, english, TermSide::Either),
                (&terms.need_en, english, TermSide::Need),
                (&terms.offer_en, english, TermSide::Offer),
            ] {
                for term in list {
                    table.add(knowledge, term, Whose { kind, language, side });
                }
            }
            let whose = Whose { kind, language: german, side: TermSide::Either };
            table.add_name(knowledge, &entry.labels.de, whose);
        }
        table.written = FxHashMap::default();
        table
    }

    pub(crate) fn term(&self, term: usize) -> &Term {
        &self.terms[term]
    }

    pub(crate) fn terms_of(&self, pattern: usize) -> &[usize] {
        &self.by_pattern[pattern]
    }

    pub(crate) fn find(&self, pattern: Pattern<'_>) -> Option<usize> {
        self.patterns.get(pattern)
    }

    fn add(&mut self, knowledge: &Knowledge, text: &str, whose: Whose) {
        let weak = text.trim_end().ends_with('~');
        let beside = text.trim_end().ends_with('?');
        let mut patterns = Vec::new();
        for piece in text.split('+') {
            self.add_piece(knowledge, piece.trim_matches([' ', '~', '?']), whose.language, &mut patterns);
        }
        patterns.sort_unstable();
        patterns.dedup();
        let several = patterns.len() > 1;
        let weight = if weak {
            WEAK
        } else if several {
            COMBINED
        } else {
            1.0
        };
        let is_name = text.split('+').any(|piece| piece.trim().contains(' '));
        self.push(Term { kind: whose.kind, patterns, weight, side: whose.side, beside, is_name });
        if !several && whose.language == TextLanguage::German && !text.contains(['*', ' ']) {
            self.add_taken_apart(knowledge, text.trim_end_matches(['~', '?']), whose, weight * TAKEN_APART);
        }
    }

    /// The name of a kind tells it: its words together surely, one of `X und Y` alone weakly.
    fn add_name(&mut self, knowledge: &Knowledge, name: &str, whose: Whose) {
        let telling = |word: &&str| !knowledge.is_stop_word(word);
        for part in name.split([',', '/']).flat_map(|part| part.split(" und ")) {
            let words: Vec<&str> = part.split_whitespace().filter(telling).collect();
            let weak = if words.len() == 1 { "~" } else { "" };
            self.add(knowledge, &format!("{}{weak}", words.join(" ")), whose);
        }
    }

    fn add_piece(
        &mut self,
        knowledge: &Knowledge,
        piece: &str,
        language: TextLanguage,
        patterns: &mut Vec<usize>,
    ) {
        let bare = fold::root(&folded_word(piece.trim_matches('*')));
        if bare.is_empty() {
            return;
        }
        if piece.ends_with('*') {
            patterns.push(self.pattern(Pattern::Begins(&bare)));
            return;
        }
        if piece.starts_with('*') {
            patterns.push(self.pattern(Pattern::Ends(&bare)));
            return;
        }
        let words = token::tokens(piece);
        for word in &words {
            // `Pop-up` is no pop: only words that stand free are left out.
            let tied = word.after_hyphen || words.iter().any(|next| next.after_hyphen);
            if words.len() > 1 && !tied && knowledge.is_stop_word(word.written) {
                continue;
            }
            let number = match language {
                TextLanguage::German => self.german(knowledge, word.written),
                TextLanguage::English => {
                    let folded = folded_word(word.written);
                    self.pattern(Pattern::English(&knowledge.stems.english_of_folded(&folded)))
                }
            };
            patterns.push(number);
        }
    }

    fn german(&mut self, knowledge: &Knowledge, written: &str) -> usize {
        if let Some(number) = self.written.get(written) {
            return *number;
        }
        let folded = folded_word(written);
        let letter = Letter::of(knowledge, written, &folded);
        let stem = knowledge.stems.german_of(written, &folded);
        let number = self.pattern(Pattern::German(letter, &stem));
        self.written.insert(written.into(), number);
        number
    }

    fn add_taken_apart(&mut self, knowledge: &Knowledge, word: &str, whose: Whose, weight: f32) {
        let parts = knowledge.dictionary.split(&knowledge.stems, &folded_word(word));
        if parts.len() != 2 || parts.iter().any(|part| knowledge.is_generic(&part.stem)) {
            return;
        }
        let patterns =
            parts.into_iter().map(|part| self.pattern(Pattern::German(Letter::Either, &part.stem))).collect();
        self.push(Term {
            kind: whose.kind,
            patterns,
            weight,
            side: whose.side,
            beside: false,
            is_name: false,
        });
    }

    fn push(&mut self, term: Term) {
        if term.patterns.is_empty() {
            return;
        }
        let number = self.terms.len();
        for pattern in &term.patterns {
            self.by_pattern[*pattern].push(number);
        }
        self.terms.push(term);
    }

    fn pattern(&mut self, pattern: Pattern<'_>) -> usize {
        self.patterns.get(pattern).unwrap_or_else(|| {
            self.by_pattern.push(Vec::new());
            let number = self.by_pattern.len() - 1;
            self.patterns.insert(pattern, number);
            number
        })
    }
}

impl Patterns {
    fn get(&self, pattern: Pattern<'_>) -> Option<usize> {
        let (way, word) = pattern.parts();
        self.0[way].get(word).copied()
    }

    fn insert(&mut self, pattern: Pattern<'_>, number: usize) {
        let (way, word) = pattern.parts();
        self.0[way].insert(word.into(), number);
    }
}

impl<'w> Pattern<'w> {
    /// The way of comparing by number, and the word.
    fn parts(self) -> (usize, &'w str) {
        match self {
            Self::German(Letter::Capital, word) => (0, word),
            Self::German(Letter::Small, word) => (1, word),
            Self::German(Letter::Either, word) => (2, word),
            Self::English(word) => (3, word),
            Self::Begins(word) => (4, word),
            Self::Ends(word) => (5, word),
        }
    }
}

/// All words of the German terms, as written, each once: thousands of terms are made of the same few hundred words.
pub(super) fn words(taxonomy: &Taxonomy) -> Vec<&str> {
    let terms = taxonomy.kinds().iter().map(|kind| &kind.terms);
    let lists = terms.flat_map(|terms| [&terms.de, &terms.need_de, &terms.offer_de]);
    let plain = lists.flatten().filter(|term| !term.contains('*'));
    let mut seen = FxHashSet::default();
    let written = plain.flat_map(|term| token::tokens(term)).map(|token| token.written);
    written.filter(|word| seen.insert(*word)).collect()
}
