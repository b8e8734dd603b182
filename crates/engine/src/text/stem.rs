//! Inflection put aside.

use crate::text::verb::Verbs;
use crate::text::{fold, gender};
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use std::fmt;

/// Cuts endings of German and English words.
pub struct Stems {
    german: Stemmer,
    english: Stemmer,
    verbs: Verbs,
    /// Words whose root belongs to another word as well, folded, with the one they are forms of.
    unlike: FxHashMap<String, String>,
}

impl Stems {
    /// Makes both stemmers ready.
    #[must_use]
    pub fn new() -> Self {
        Self {
            german: Stemmer::create(Algorithm::German),
            english: Stemmer::create(Algorithm::English),
            verbs: Verbs::new(),
            unlike: unlike(),
        }
    }

    /// Learns an infinitive, so that its participles and torn forms are led back to it.
    pub fn learn(&mut self, word: &str) {
        self.verbs.learn(word);
    }

    /// The verb that a particle at the end of a sentence belongs to.
    #[must_use]
    pub fn joined_verb(&self, verb: &str, particle: &str) -> Option<String> {
        self.verbs.joined(&folded_word(verb), &folded_word(particle))
    }

    /// The verb with which a sentence begins, where this folded word is a form of one.
    #[must_use]
    pub fn beginning_verb(&self, folded: &str) -> Option<String> {
        self.verbs.begins(folded)
    }

    /// Whether a folded word is the infinitive of a known verb.
    #[must_use]
    pub fn is_verb(&self, folded: &str) -> bool {
        self.verbs.knows(folded)
    }

    /// The German stem of a word as written.
    #[must_use]
    pub fn german(&self, word: &str) -> String {
        self.german_of(word, &folded_word(word))
    }

    /// The German stem of a word as written, whose folded form is known already.
    ///
    /// A small letter tells a verb: `dolmetscht` belongs to dolmetschen, but `Fahrt` is no form of fahren.
    #[must_use]
    pub fn german_of(&self, word: &str, folded: &str) -> String {
        if let Some(base) = self.unlike.get(folded) {
            return base.clone();
        }
        let finite =
            || self.verbs.finite(folded).map(|infinitive| self.german_of_root(&fold::root(&infinitive)));
        if word.starts_with(char::is_lowercase) {
            return finite().unwrap_or_else(|| self.german_of_folded(folded));
        }
        self.german_of_root(&fold::root(gender::without_feminine_ending(folded)))
    }

    /// The German stem of a folded word without hyphen.
    #[must_use]
    pub fn german_of_folded(&self, folded: &str) -> String {
        if let Some(base) = self.unlike.get(folded) {
            return base.clone();
        }
        match self.verbs.infinitive(folded) {
            Some(infinitive) => self.german_of_root(&fold::root(&infinitive)),
            None => self.german_of_root(&fold::root(gender::without_feminine_ending(folded))),
        }
    }

    /// The German stem of a root, see [`fold::root`].
    #[must_use]
    pub fn german_of_root(&self, root: &str) -> String {
        if let Some(whole) = WHOLE_STEMS.iter().find(|whole| is_inflected(root, whole)) {
            return (*whole).to_owned();
        }
        // Verbs in -ieren and their nouns: the stemmer tears renovieren and Renovierung apart.
        for ending in VERBS_IN_IEREN {
            if let Some(base) = root.strip_suffix(ending).filter(|base| base.len() >= 3) {
                return format!("{base}ier");
            }
        }
        let stem = self.german.stem(root).into_owned();
        // `Ärztinnen` leaves a doubled n.
        match stem.strip_suffix("inn") {
            Some(base) if base.len() >= 5 => base.to_owned(),
            _ => stem,
        }
    }

    /// The English stem of a word as written; a word of which little would be left stays whole: nothing
    /// `international` is done by an `intern`.
    #[must_use]
    pub fn english(&self, word: &str) -> String {
        self.english_of_folded(&folded_word(word))
    }

    /// The English stem of a folded word without hyphen; see [`Stems::english`].
    #[must_use]
    pub fn english_of_folded(&self, folded: &str) -> String {
        let stem = self.english.stem(folded);
        let cut = folded.trim_end_matches('s').len().saturating_sub(stem.len());
        if cut > LONGEST_ENDING { folded.to_owned() } else { stem.into_owned() }
    }
}

/// `Stück` is no `Stuck`, and whoever needs `kurz` something wants nothing shortened: a line for each word with its forms.
const UNLIKE: &str = include_str!("../../../../data/unlike_de.txt");

fn unlike() -> FxHashMap<String, String> {
    let mut unlike = FxHashMap::default();
    for line in UNLIKE.lines() {
        let Some(base) = line.split_whitespace().next() else { continue };
        for form in line.split_whitespace() {
            // No stem of any other word has a sign in it.
            unlike.insert(folded_word(form), format!("{}.", folded_word(base)));
        }
    }
    unlike
}

/// Words whose end looks like an ending: the stemmer would make a fair of a knife (Messer, Messe), a wall of a hike
/// (wandern, Wand), rice of a journey (Reise, Reis), a day of an assembly (Montage, Montag), and so on.
const WHOLE_STEMS: [&str; 27] = [
    "messer",
    "wander",
    "reise",
    "lager",
    "schale",
    "roller",
    "keller",
    "noten",
    "hammer",
    "montage",
    "poster",
    "liste",
    "decke",
    "eisen",
    "kohle",
    "kammer",
    "hafer",
    "ostern",
    "schlosser",
    "bauer",
    "burger",
    "toner",
    "trauer",
    "heuer",
    "fuhrer",
    "drucker",
    "erzieher",
];

fn is_inflected(root: &str, whole: &str) -> bool {
    root.strip_prefix(whole).is_some_and(|ending| matches!(ending, "" | "n" | "s" | "ns" | "t" | "st" | "te"))
}

const LONGEST_ENDING: usize = 5;

const VERBS_IN_IEREN: [&str; 8] =
    ["ieren", "ierung", "ierungen", "iert", "ierte", "ierten", "iertes", "ierend"];

/// Folds one word and joins `E-Mail` to `email`.
#[must_use]
pub fn folded_word(word: &str) -> String {
    let folded = fold::fold(word);
    if folded.contains('-') { folded.replace('-', "") } else { folded }
}

impl Default for Stems {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Stems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stems")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_words_share_a_stem() {
        let stems = Stems::new();
        for (one, other) in [
            ("Stuhl", "Stühle"),
            ("Buch", "Bücher"),
            ("Raum", "Räumen"),
            ("renovieren", "Renovierung"),
            ("Maler", "Malerinnen"),
            ("Schreinerin", "Schreiner"),
            ("Lehrer", "Lehrerinnen"),
            ("Küche", "Küchen"),
        ] {
            assert_eq!(stems.german(one), stems.german(other), "{one} and {other}");
        }
        assert_eq!(stems.english("computers"), stems.english("computer"));
    }

    #[test]
    fn different_words_stay_different() {
        let stems = Stems::new();
        assert_ne!(stems.german("Kuchen"), stems.german("Küche"));
        for (one, other) in [("Band", "binden"), ("Montag", "Montage"), ("Post", "Poster"), ("Eis", "Eisen")]
        {
            assert_ne!(stems.german(one), stems.german(other), "{one} and {other}");
        }
        assert_ne!(stems.english("international"), stems.english("interns"));
        assert_eq!(stems.english("applications"), stems.english("application"));
        assert_ne!(stems.german("fördern"), stems.german("fordern"));
    }
}
