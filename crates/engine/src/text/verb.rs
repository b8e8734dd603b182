//! German verbs led back to their infinitive: `gestrichen`, `fährt`, `abgeholt`, and `ziehen … um`.

use crate::text::stem::folded_word;
use rustc_hash::{FxHashMap, FxHashSet};

/// Infinitives and irregular forms, folded.
#[derive(Debug)]
pub struct Verbs {
    infinitives: FxHashSet<String>,
    irregular: FxHashMap<String, String>,
}

const IRREGULAR: &str = include_str!("../../../../data/verbs_de.txt");

/// First parts that leave their verb and stand at the end of the sentence.
const PARTICLES: [&str; 41] = [
    "ab",
    "an",
    "auf",
    "aus",
    "bei",
    "ein",
    "her",
    "hin",
    "los",
    "mit",
    "nach",
    "um",
    "vor",
    "vorbei",
    "weg",
    "weiter",
    "zu",
    "zurueck",
    "zusammen",
    "durch",
    "rein",
    "raus",
    "rauf",
    "runter",
    "rueber",
    "rum",
    "herein",
    "heraus",
    "herum",
    "herunter",
    "hinaus",
    "hoch",
    "fest",
    "frei",
    "fern",
    "auseinander",
    "bereit",
    "kaputt",
    "sauber",
    "teil",
    "wieder",
];

/// Of a verb that a person does, did, or is doing, and of the adjectives made of it.
const FINITE_ENDINGS: [&str; 17] = [
    "t", "e", "et", "st", "te", "ten", "ter", "tes", "tem", "ete", "eten", "ende", "enden", "ender", "endes",
    "nde", "nden",
];

impl Verbs {
    /// Knows the irregular verbs; others are learned.
    #[must_use]
    pub fn new() -> Self {
        let mut verbs = Self { infinitives: FxHashSet::default(), irregular: FxHashMap::default() };
        for line in IRREGULAR.lines() {
            let mut forms = line.split_whitespace().map(folded_word);
            let Some(infinitive) = forms.next() else { continue };
            for form in forms {
                verbs.irregular.entry(form).or_insert_with(|| infinitive.clone());
            }
            verbs.infinitives.insert(infinitive);
        }
        verbs
    }

    /// Learns an infinitive; words that are none are passed over.
    pub fn learn(&mut self, word: &str) {
        let folded = folded_word(word);
        if word.starts_with(char::is_lowercase) && folded.len() > 4 && folded.ends_with('n') {
            self.infinitives.insert(folded);
        }
    }

    /// Whether it is a known infinitive.
    #[must_use]
    pub fn knows(&self, folded: &str) -> bool {
        self.infinitives.contains(folded)
    }

    /// The verb of a folded word with which a question may begin, such as `repariert` or `faehrt`; not of words that end as
    /// nouns do: `Räume` is seldom a form of `räumen`.
    #[must_use]
    pub fn begins(&self, folded: &str) -> Option<String> {
        let irregular = self.irregular.get(folded).cloned();
        irregular.or_else(|| if folded.ends_with('t') { self.finite(folded) } else { None })
    }

    /// The infinitive of a folded form, when it is a form that its stem does not give away.
    #[must_use]
    pub fn infinitive(&self, folded: &str) -> Option<String> {
        if let Some(found) = self.plain(folded) {
            return Some(found);
        }
        PARTICLES.iter().find_map(|particle| {
            let base = folded.strip_prefix(particle)?;
            let base =
                base.strip_prefix("zu").filter(|rest| self.infinitives.contains(*rest)).map(str::to_owned);
            let base = base.or_else(|| self.plain(&folded[particle.len()..]))?;
            Some(format!("{particle}{base}"))
        })
    }

    /// The verb that a particle at the end of a sentence belongs to: `ziehen` and `um` make `umziehen`.
    #[must_use]
    pub fn joined(&self, folded_verb: &str, folded_particle: &str) -> Option<String> {
        if !PARTICLES.contains(&folded_particle) {
            return None;
        }
        let irregular = self.irregular.get(folded_verb).map(|verb| format!("{folded_particle}{verb}"));
        let torn = format!("{folded_particle}{folded_verb}");
        irregular.filter(|verb| self.infinitives.contains(verb)).or_else(|| self.finite(&torn))
    }

    fn plain(&self, folded: &str) -> Option<String> {
        if let Some(found) = self.irregular.get(folded) {
            return Some(found.clone());
        }
        let participle = folded.strip_prefix("ge")?;
        ["t", "te", "ten", "tes", "ter", "en", "ene", "enen"]
            .iter()
            .filter_map(|ending| participle.strip_suffix(ending))
            .find_map(|base| self.with_ending(base))
    }

    /// `packt`, `packe`, `packen`, `packte` give `packen`, and so do the words made of them: `verstopfte`, `tropfende`.
    #[must_use]
    pub fn finite(&self, folded: &str) -> Option<String> {
        if self.infinitives.contains(folded) {
            return Some(folded.to_owned());
        }
        FINITE_ENDINGS
            .iter()
            .filter_map(|ending| folded.strip_suffix(ending))
            .find_map(|base| self.with_ending(base))
    }

    fn with_ending(&self, base: &str) -> Option<String> {
        ["en", "n"]
            .iter()
            .map(|ending| format!("{base}{ending}"))
            .find(|verb| self.infinitives.contains(verb))
    }
}

impl Default for Verbs {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn verbs() -> Verbs {
        let mut verbs = Verbs::new();
        ["holen", "umziehen", "packen", "anpacken", "bauen", "abbauen"]
            .iter()
            .for_each(|verb| verbs.learn(verb));
        verbs
    }

    #[test]
    fn irregular_forms_and_participles_lead_back() {
        assert_eq!(verbs().infinitive("gestrichen").as_deref(), Some("streichen"));
        assert_eq!(verbs().infinitive("abgeholt").as_deref(), Some("abholen"));
        assert_eq!(verbs().infinitive("abzubauen").as_deref(), Some("abbauen"));
        assert_eq!(verbs().infinitive("gedicht"), None);
    }

    #[test]
    fn what_was_done_and_what_is_being_done_leads_back() {
        for form in ["packte", "packten", "packende", "packender"] {
            assert_eq!(verbs().finite(form).as_deref(), Some("packen"), "{form}");
        }
        assert_eq!(verbs().finite("warten"), None);
    }

    #[test]
    fn a_question_begins_with_a_verb_and_a_list_with_a_noun() {
        assert_eq!(verbs().begins("packt").as_deref(), Some("packen"));
        assert_eq!(verbs().begins("faehrt").as_deref(), Some("fahren"));
        assert_eq!(verbs().begins("bauen"), None);
    }

    #[test]
    fn a_torn_verb_is_joined() {
        assert_eq!(verbs().joined("ziehen", "um").as_deref(), Some("umziehen"));
        assert_eq!(verbs().joined("packt", "an").as_deref(), Some("anpacken"));
        assert_eq!(verbs().joined("haus", "um"), None);
    }

    proptest! {
        #[test]
        fn any_word_is_tried_without_panic(word in "\\PC{0,20}") {
            let folded = folded_word(&word);
            drop(verbs().infinitive(&folded));
            drop(verbs().joined(&folded, "um"));
        }
    }
}
