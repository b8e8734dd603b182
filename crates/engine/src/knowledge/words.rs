//! Everything that is known about one word, computed once.

use super::{Knowledge, Letter, Pattern};
use crate::text::compound::Part;
use crate::text::fold;
use crate::text::language::TextLanguage;
use crate::text::stem::folded_word;
use std::collections::HashMap;
use std::sync::Arc;

/// One word of a text, looked at from all sides.
#[derive(Debug)]
pub(crate) struct WordForms {
    pub(crate) german: String,
    pub(crate) english: String,
    pub(crate) parts: Vec<Part>,
    pub(crate) stop: bool,
    pub(crate) generic: bool,
    pub(crate) hits: Vec<Hit>,
}

/// A pattern of the term table that this word meets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) pattern: usize,
    pub(crate) weight: f32,
    /// The weight where the writer does without capital letters, so that a small one tells nothing.
    pub(crate) without_capitals: f32,
    pub(crate) language: TextLanguage,
}

/// Reads words and remembers them; texts of one market repeat the same few thousand.
#[derive(Debug)]
pub(crate) struct Reader<'k> {
    knowledge: &'k Knowledge,
    /// What another reader knows already.
    known: Option<&'k Memory>,
    seen: Memory,
}

/// The forms of words that were read lately.
#[derive(Debug, Default)]
struct Memory {
    fresh: HashMap<String, Arc<WordForms>>,
    /// What was fresh before; who is asked for again becomes fresh again.
    stale: HashMap<String, Arc<WordForms>>,
}

/// So many words are remembered before those that were not asked for again are forgotten: neither the names of a city's
/// businesses nor endless input fill the memory.
const MOST_REMEMBERED: usize = 4_096;
/// An English term in a German text must be a word that German does not have.
const FOREIGN: f32 = 0.8;
/// A word with a small letter is no thing, though its stem is that of one.
const OTHER_LETTER: f32 = 0.3;
const AFFIX: f32 = 0.95;
const HEAD_FROM: f32 = 0.8;
const EMPTY_HEAD: f32 = 0.3;
const TELLING_MODIFIER: f32 = 0.85;
/// Particles that leave the deed what it is.
const PARTICLES: [&str; 13] = [
    "zusammen",
    "gemeinsam",
    "herum",
    "weiter",
    "fertig",
    "dazu",
    "rum",
    "mit",
    "nach",
    "vor",
    "hin",
    "her",
    "neu",
];
const WITHOUT_PARTICLE: f32 = 0.85;

impl<'k> Reader<'k> {
    pub(crate) fn new(knowledge: &'k Knowledge) -> Self {
        Self { knowledge, known: None, seen: Memory::default() }
    }

    /// Another reader for a while, who begins with what this one knows.
    pub(crate) fn beside(&self) -> Reader<'_> {
        Reader { knowledge: self.knowledge, known: Some(&self.seen), seen: Memory::default() }
    }

    pub(crate) fn knowledge(&self) -> &'k Knowledge {
        self.knowledge
    }

    /// The word that a torn verb makes together with its particle, as `ziehen … um` makes `umziehen`.
    pub(crate) fn joined(&mut self, verb: &str, particle: &str) -> Option<Arc<WordForms>> {
        let joined = self.knowledge.stems().joined_verb(verb, particle)?;
        Some(self.word(&joined))
    }

    /// The verb with which a question begins, as in `Streicht wer mit uns?`: its capital letter makes no thing of it. A word
    /// that tells a kind as it stands, looked at already, is no verb: in `Band gesucht` nobody binds.
    pub(crate) fn begun(&mut self, written: &str, forms: &WordForms) -> Option<Arc<WordForms>> {
        let thing =
            !written.starts_with(char::is_uppercase) || forms.hits.iter().any(|hit| hit.weight > AFFIX);
        if thing {
            return None;
        }
        let verb = self.knowledge.stems().beginning_verb(&folded_word(written))?;
        Some(self.word(&verb))
    }

    /// The word that was probably meant where an unknown long one, looked at already, is a slip away from one that
    /// tells a kind.
    pub(crate) fn mended(&mut self, written: &str, forms: &WordForms) -> Option<Arc<WordForms>> {
        let known = forms.stop || !forms.hits.is_empty() || !forms.parts.is_empty();
        let meant =
            if known { None } else { self.knowledge.slips().meant(written, self.knowledge.dictionary()) };
        meant.map(|meant| self.word(meant))
    }

    pub(crate) fn word(&mut self, written: &str) -> Arc<WordForms> {
        let known = self.seen.fresh.get(written).or_else(|| self.known.and_then(|known| known.get(written)));
        if let Some(known) = known {
            return Arc::clone(known);
        }
        let again = self.seen.stale.remove(written);
        let forms = again.unwrap_or_else(|| Arc::new(read(self.knowledge, written)));
        self.seen.insert(written, Arc::clone(&forms));
        forms
    }
}

impl Memory {
    fn get(&self, written: &str) -> Option<&Arc<WordForms>> {
        self.fresh.get(written).or_else(|| self.stale.get(written))
    }

    fn insert(&mut self, written: &str, forms: Arc<WordForms>) {
        if self.fresh.len() >= MOST_REMEMBERED {
            self.stale = std::mem::take(&mut self.fresh);
        }
        self.fresh.insert(written.to_owned(), forms);
    }
}

fn read(knowledge: &Knowledge, written: &str) -> WordForms {
    let folded = folded_word(written);
    let german = knowledge.stems().german_of(written, &folded);
    let english = knowledge.stems().english_of_folded(&folded);
    let stop = knowledge.is_stop(written, &folded);
    let mut parts = if stop { Vec::new() } else { knowledge.dictionary().split(knowledge.stems(), &folded) };
    let empty_head = parts.iter().any(|part| part.weight > HEAD_FROM && knowledge.is_generic(&part.stem));
    if empty_head {
        // `Malerbetrieb` is about painters, not about being a firm.
        for part in &mut parts {
            part.weight =
                if knowledge.is_generic(&part.stem) { EMPTY_HEAD } else { part.weight.max(TELLING_MODIFIER) };
        }
    }
    let generic = knowledge.is_generic(&german);
    let mut forms = WordForms { german, english, parts, stop, generic, hits: Vec::new() };
    forms.hits = hits(knowledge, &forms, (written, &folded));
    forms.generic |= says_nothing_together(knowledge, &forms);
    if !stop && forms.hits.is_empty() && written.starts_with(char::is_lowercase) {
        forms.hits = without_particle(knowledge, &folded);
    }
    forms
}

/// What a verb tells without its particle, where that only says how: `zusammenleimen` is `leimen`.
fn without_particle(knowledge: &Knowledge, folded: &str) -> Vec<Hit> {
    let Some(verb) = PARTICLES.iter().find_map(|particle| folded.strip_prefix(particle)) else {
        return Vec::new();
    };
    if verb.len() < 5 {
        return Vec::new();
    }
    let forms = read(knowledge, verb);
    let mut hits = if forms.stop || forms.generic { Vec::new() } else { forms.hits };
    hits.iter_mut().for_each(|hit| {
        hit.weight *= WITHOUT_PARTICLE;
        hit.without_capitals *= WITHOUT_PARTICLE;
    });
    hits
}

/// `Gruppenstunde`, `Vereinsmitglieder`: made of words that every text of the field has, and no word of a kind itself.
fn says_nothing_together(knowledge: &Knowledge, forms: &WordForms) -> bool {
    !forms.parts.is_empty()
        && forms.parts.iter().all(|part| knowledge.is_generic(&part.stem))
        && forms.hits.iter().all(|hit| hit.weight < AFFIX)
}

fn hits(knowledge: &Knowledge, forms: &WordForms, (written, folded): (&str, &str)) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut meet = |pattern: Pattern<'_>, (weight, like): (f32, f32), language: TextLanguage| {
        let Some(pattern) = knowledge.terms().find(pattern) else { return };
        match hits.iter_mut().find(|hit| hit.pattern == pattern) {
            Some(hit) => {
                hit.weight = hit.weight.max(weight * like);
                hit.without_capitals = hit.without_capitals.max(weight);
            }
            None => hits.push(Hit { pattern, weight: weight * like, without_capitals: weight, language }),
        }
    };
    let german = TextLanguage::German;
    let small = written.starts_with(char::is_lowercase);
    // `Bilder` are not what `bilden` tells, but `beim Streichen` is what `streichen` tells.
    let thing = !small
        && !knowledge.stems().is_verb(folded)
        && knowledge.terms().find(Pattern::German(Letter::Capital, &forms.german)).is_some();
    let letters = [
        (Letter::Either, 1.0),
        (Letter::Capital, if small { OTHER_LETTER } else { 1.0 }),
        (Letter::Small, if thing { OTHER_LETTER } else { 1.0 }),
    ];
    for (letter, like) in letters {
        meet(Pattern::German(letter, &forms.german), (1.0, like), german);
        for part in &forms.parts {
            meet(Pattern::German(letter, &part.stem), (part.weight, like), german);
        }
    }
    // In an English text the weight becomes 1 where the sentence is read (`kinds::evidence`).
    let foreign = if folded.len() < 4 || knowledge.dictionary().knows(folded) { 0.0 } else { FOREIGN };
    meet(Pattern::English(&forms.english), (foreign, 1.0), TextLanguage::English);
    if forms.stop {
        return hits;
    }
    let root = fold::root(folded);
    for (at, _) in root.char_indices().skip(2) {
        meet(Pattern::Begins(&root[..at]), (AFFIX, 1.0), german);
        meet(Pattern::Ends(&root[at..]), (AFFIX, 1.0), german);
    }
    meet(Pattern::Begins(&root), (AFFIX, 1.0), german);
    hits
}
