//! Telling a branch from the words of a name or a description.
//!
//! German puts what a thing is at the end of a compound: a Tischlerei-Museum is a museum, a
//! Naturkita a Kita. So the longest known ending of each word is looked up, then its beginning,
//! and the best find of the whole text decides.

use super::{BranchId, BrokenCatalogue, Line};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Shorter words are found only when they stand alone: "Amt" is no part of "Samt".
const SHORTEST_END: usize = 4;
/// Beginnings must be longer still: "Wein" does not make Mr Weinert a wine merchant.
const SHORTEST_BEGINNING: usize = 5;
/// No word or phrase of a catalogue needs more words.
const LONGEST_PHRASE: usize = 6;
/// Endings of gender, number and case, which a word of the catalogue may have in a text.
const ENDINGS: [&str; 9] = ["", "s", "n", "e", "en", "er", "es", "in", "innen"];
/// After these a word says where, whose or for whom, not what: the café at the town hall is a café.
const ASIDE: [&str; 23] = [
    "am",
    "an",
    "auf",
    "bei",
    "beim",
    "der",
    "des",
    "fuer",
    "gegen",
    "gegenueber",
    "im",
    "in",
    "mit",
    "nahe",
    "neben",
    "um",
    "unter",
    "von",
    "vom",
    "vor",
    "zu",
    "zum",
    "zur",
];
/// Words that end so are addresses: nobody bakes in the Bäckerstraße for that.
const STREETS: [&str; 8] = ["strasse", "str", "platz", "weg", "allee", "damm", "ufer", "gasse"];

/// How much a find says, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Firmness {
    /// "Laden", "GmbH": a branch that says little.
    General,
    /// A word that is also a surname or a place, or stands aside.
    Weak,
    /// A word of one branch.
    Firm,
}

/// Which part of a word was found, least telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Beginning,
    End,
    Whole,
}

#[derive(Debug, Clone)]
struct Entry {
    branch: BranchId,
    firmness: Firmness,
    alone: bool,
}

/// A find; of two the greater is taken, of equal ones the first in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Weight {
    firmness: Firmness,
    part: Part,
    length: usize,
}

/// All words of the catalogue, folded; phrases with one space between their words.
#[derive(Debug)]
pub(super) struct WordIndex {
    entries: HashMap<String, Entry>,
    /// First word of each phrase, with the number of words of the longest.
    phrases: HashMap<String, usize>,
    longest: usize,
}

impl WordIndex {
    pub(super) fn new(lines: &[(BranchId, &Line)]) -> Result<Self, BrokenCatalogue> {
        let mut index = Self { entries: HashMap::new(), phrases: HashMap::new(), longest: 0 };
        for (id, line) in lines {
            for word in &line.words {
                index.insert(id, line.general, word)?;
            }
        }
        Ok(index)
    }

    fn insert(&mut self, branch: &BranchId, general: bool, word: &str) -> Result<(), BrokenCatalogue> {
        let alone = word.starts_with('=');
        let firmness = match (general, word.trim_start_matches('=').starts_with('?')) {
            (true, _) => Firmness::General,
            (false, true) => Firmness::Weak,
            (false, false) => Firmness::Firm,
        };
        let key = tokens(&fold(word)).iter().map(|token| token.text).collect::<Vec<_>>().join(" ");
        let count = key.split(' ').count();
        if let (2.., Some((first, _))) = (count, key.split_once(' ')) {
            let longest = self.phrases.entry(first.to_owned()).or_default();
            *longest = (*longest).max(count);
        }
        self.longest = self.longest.max(key.len());
        let entry = Entry { branch: branch.clone(), firmness, alone };
        let twice = |_| BrokenCatalogue::Twice { what: "word", name: word.to_owned() };
        self.entries.insert(key, entry).map_or(Ok(()), |old| Err(twice(old)))
    }

    pub(super) fn find(&self, text: &str) -> Option<BranchId> {
        let folded = fold(text);
        let tokens = tokens(&folded);
        let mut best: Option<(Weight, &BranchId)> = None;
        let mut aside = 0usize;
        let mut place = 0;
        while let Some(token) = tokens.get(place) {
            let (taken, finds) = match self.phrase(&tokens[place..]) {
                Some((taken, find)) => (taken, [Some(find), None]),
                None => (1, self.single(token)),
            };
            for (mut weight, branch) in finds.into_iter().flatten() {
                if aside > 0 {
                    weight.firmness = weight.firmness.min(Firmness::Weak);
                }
                if best.is_none_or(|(known, _)| weight > known) {
                    best = Some((weight, branch));
                }
            }
            aside = if ASIDE.contains(&token.text) { 3 } else { aside.saturating_sub(taken) };
            place += taken;
        }
        best.map(|(_, branch)| branch.clone())
    }

    /// The longest phrase that begins here, and how many words it has.
    fn phrase(&self, tokens: &[Token<'_>]) -> Option<(usize, (Weight, &BranchId))> {
        let longest = *self.phrases.get(tokens.first()?.text)?;
        (2..=longest.min(tokens.len()).min(LONGEST_PHRASE)).rev().find_map(|count| {
            let words: Vec<&str> = tokens[..count].iter().map(|token| token.text).collect();
            let key = words.join(" ");
            let part = tokens[count - 1].part(Part::Whole);
            found(self.whole(&key), part).map(|find| (count, find))
        })
    }

    /// What the end and the beginning of one word tell.
    fn single(&self, token: &Token<'_>) -> [Option<(Weight, &BranchId)>; 2] {
        if let Some(whole) = self.whole(token.text) {
            return [found(Some(whole), token.part(Part::Whole)), None];
        }
        let end = self.end(token.text);
        let beginning = self.beginning(token.text);
        // In Landschaftsbau|betrieb the end "Baubetrieb" is none: the longer of two that overlap is meant.
        let overlap = |from: usize, to: usize| from > to && from + to > token.text.len();
        let end = end.filter(|(_, to)| !beginning.is_some_and(|(_, from)| overlap(from, *to)));
        [found(end, token.part(Part::End)), found(beginning, Part::Beginning)]
    }

    /// The whole word, as it is or without an ending.
    fn whole(&self, word: &str) -> Option<(&Entry, usize)> {
        ENDINGS.iter().find_map(|ending| {
            let stem = word.strip_suffix(ending)?;
            let inflected = !ending.is_empty();
            let entry = self.entries.get(stem)?;
            (!inflected || stem.len() >= SHORTEST_END).then_some((entry, stem.len()))
        })
    }

    /// The longest known end of a compound.
    fn end(&self, word: &str) -> Option<(&Entry, usize)> {
        let from = word.len().saturating_sub(self.longest + 5).max(1);
        (from..word.len().saturating_sub(SHORTEST_END - 1))
            .filter(|start| word.is_char_boundary(*start))
            .find_map(|start| {
                let (entry, length) = self.whole(&word[start..])?;
                (!entry.alone && length >= SHORTEST_END).then_some((entry, length))
            })
    }

    /// The longest known beginning of a compound.
    fn beginning(&self, word: &str) -> Option<(&Entry, usize)> {
        if STREETS.iter().any(|street| word.ends_with(street)) {
            return None;
        }
        let longest = word.len().saturating_sub(1).min(self.longest);
        (SHORTEST_BEGINNING..=longest).rev().filter(|end| word.is_char_boundary(*end)).find_map(|end| {
            let entry = self.entries.get(&word[..end])?;
            (!entry.alone).then_some((entry, end))
        })
    }
}

/// Weighs what was found in a part of a word.
fn found(entry: Option<(&Entry, usize)>, part: Part) -> Option<(Weight, &BranchId)> {
    entry.map(|(entry, length)| (Weight { firmness: entry.firmness, part, length }, &entry.branch))
}

/// A word of a text; `joined` when a hyphen ties it to the next.
#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    joined: bool,
}

impl Token<'_> {
    /// What a find in this word is in the compound that a hyphen may make of it and the next.
    fn part(&self, part: Part) -> Part {
        if self.joined { Part::Beginning } else { part }
    }
}

/// The words of a folded text.
fn tokens(folded: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = folded;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let word = &rest[start..];
        let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
        rest = &word[end..];
        let mut following = rest.chars();
        let joined = following.next() == Some('-') && following.next().is_some_and(char::is_alphanumeric);
        tokens.push(Token { text: &word[..end], joined });
    }
    tokens
}

/// A text in small letters with ae, oe, ue, ss for umlauts, without accents and gender signs.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 4);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            'a'..='z' | '0'..='9' | ' ' | '-' => folded.push(letter),
            'A'..='Z' => folded.push(letter.to_ascii_lowercase()),
            // Friseur*in, Friseur:in, FriseurIn and Friseur_innen are one word.
            '*' | ':' if letters.peek() == Some(&'i') => {}
            letter if letter.is_ascii() => folded.push(letter),
            'ä' | 'Ä' => folded.push_str("ae"),
            'ö' | 'Ö' => folded.push_str("oe"),
            'ü' | 'Ü' => folded.push_str("ue"),
            'ß' | 'ẞ' => folded.push_str("ss"),
            'ı' => folded.push('i'),
            // The second half of an umlaut that came in two.
            '\u{308}' if folded.ends_with(['a', 'o', 'u']) => folded.push('e'),
            '\u{300}'..='\u{36f}' => {}
            '‐' | '‑' | '–' => folded.push('-'),
            other => {
                folded.extend(other.to_lowercase().nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)))
            }
        }
    }
    folded
}
