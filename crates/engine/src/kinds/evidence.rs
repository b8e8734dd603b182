//! From the words of a text to evidence for kinds, and from evidence to a score.

use super::{Found, TextSide};
use crate::knowledge::{Reader, Term, TermSide};
use crate::taxonomy::KindIndex;
use crate::text::language::TextLanguage;
use crate::text::token::{self, Token};
use crate::text::{phrase, wish};
use std::collections::{BTreeMap, BTreeSet};

/// One term that the text meets.
#[derive(Debug)]
pub(super) struct Evidence {
    kind: KindIndex,
    strength: f32,
    tokens: Vec<usize>,
    /// Those of the tokens that say something by themselves; all when none does.
    telling: Vec<usize>,
    /// Whether the term only tells how a thing shall be.
    beside: bool,
}

/// Where a pattern was met: the token, how well the word meets it, and the weight of its place in the sentence.
type Meeting = (usize, f32, f32);

/// `Wer hilft` and `Zeit` stand in every second text.
const HOLLOW: f32 = 0.45;
/// `Euro` and `fehlen` say more together.
const HOLLOW_TOGETHER: f32 = 0.7;
/// The opposite side's way of saying still hints.
const OTHER_SIDE: f32 = 0.5;
/// A part of a word counts less where the whole word has a meaning of its own.
const PART_OF_A_KNOWN_WORD: f32 = 0.4;
/// As a word with a small letter counts against a thing.
const DESCRIPTION: f32 = 0.6;
/// As a word that tells more about a thing counts against the thing.
const DETAIL: f32 = 0.5;
/// One plain word makes a kind this sure; several add up without ever reaching 1.
const ONE_WORD: f32 = 0.72;

pub(super) fn collect(
    reader: &mut Reader<'_>,
    tokens: &[Token<'_>],
    side: TextSide,
    language: TextLanguage,
) -> Vec<Evidence> {
    let met = Met::read(reader, tokens, side, language);
    let table = reader.knowledge().terms();
    let candidates: BTreeSet<usize> =
        met.meetings.keys().flat_map(|pattern| table.terms_of(*pattern)).copied().collect();
    candidates.into_iter().filter_map(|number| met.evidence(table.term(number), side)).collect()
}

/// What the words of a text met in the vocabulary.
struct Met {
    /// By pattern: where it was met.
    meetings: BTreeMap<usize, Vec<Meeting>>,
    /// By token: how well it met what it met best.
    best_hit: Vec<f32>,
    /// By token: whether it is a small word, that tells something only together with another.
    stop: Vec<bool>,
    /// By token: whether it says little by itself.
    empty: Vec<bool>,
}

impl Met {
    fn read(reader: &mut Reader<'_>, tokens: &[Token<'_>], side: TextSide, language: TextLanguage) -> Self {
        let places = clauses(tokens, side);
        let capitals = token::has_capitals(tokens);
        let mut met = Self {
            meetings: BTreeMap::new(),
            best_hit: vec![0.0; tokens.len()],
            stop: vec![false; tokens.len()],
            empty: vec![false; tokens.len()],
        };
        for (at, token) in tokens.iter().enumerate() {
            let forms = reader.word(token.written);
            met.stop[at] = forms.stop;
            let joined = torn_verb(tokens, at).and_then(|particle| reader.joined(token.written, particle));
            // `holen` says little, `holen … ab` a deed.
            met.empty[at] = joined.as_ref().map_or(forms.stop || forms.generic, |joined| joined.generic);
            let mended = (side != TextSide::Name).then(|| reader.mended(token.written, &forms)).flatten();
            let begun = if token.after_sentence { reader.begun(token.written, &forms) } else { None };
            let besides = joined.iter().chain(&mended).chain(&begun).flat_map(|other| &other.hits);
            for hit in forms.hits.iter().chain(besides) {
                let weight = if capitals { hit.weight } else { hit.without_capitals };
                let weight = in_language(weight, hit.language, language);
                if weight > 0.0 {
                    met.meetings.entry(hit.pattern).or_default().push((at, weight, places[at]));
                    met.best_hit[at] = met.best_hit[at].max(weight);
                }
            }
        }
        met
    }

    /// What speaks for a term; nothing where one of its patterns is missing or small words alone meet it.
    fn evidence(&self, term: &Term, side: TextSide) -> Option<Evidence> {
        let meetings: Vec<Meeting> = term
            .patterns
            .iter()
            .map(|pattern| self.meetings.get(pattern).and_then(|all| best(all, &self.best_hit)))
            .collect::<Option<_>>()?;
        if meetings.iter().all(|(at, _, _)| self.stop[*at]) {
            return None;
        }
        let hollow = match meetings.len() {
            _ if meetings.iter().any(|(at, _, _)| !self.empty[*at]) => 1.0,
            1 => HOLLOW,
            _ => HOLLOW_TOGETHER,
        };
        let strength = strength(&meetings, &self.best_hit) * term.weight * said_by(term.side, side) * hollow;
        let tokens: BTreeSet<usize> = meetings.iter().map(|(at, _, _)| *at).collect();
        let tokens: Vec<usize> = tokens.into_iter().collect();
        let mut telling = tokens.clone();
        // `Erste Hilfe` is one name; of words that only stand together, those count that say something.
        telling.retain(|at| if term.is_name { !self.stop[*at] } else { !self.empty[*at] });
        if telling.is_empty() {
            telling.clone_from(&tokens);
        }
        Some(Evidence { kind: term.kind, strength, tokens, telling, beside: term.beside })
    }
}

/// How much every word counts by its place: as in its clause, and how a thing shall be counts less than the thing, also
/// where it stands first and has its capital letter from the sentence: `Stabile Regale`.
pub(crate) fn places(tokens: &[Token<'_>], side: TextSide) -> Vec<f32> {
    let mut places = clauses(tokens, side);
    for (at, place) in places.iter_mut().enumerate() {
        if describes_what_follows(tokens, at) {
            *place *= DESCRIPTION;
        }
    }
    for detail in phrase::details(tokens) {
        places[detail].iter_mut().for_each(|place| *place *= DETAIL);
    }
    places
}

/// Whether a word at the beginning of a sentence has the ending of an adjective, and a noun stands behind it.
fn describes_what_follows(tokens: &[Token<'_>], at: usize) -> bool {
    let token = &tokens[at];
    let Some(next) = tokens.get(at + 1).filter(|next| !next.after_stop && !next.after_hyphen) else {
        return false;
    };
    token.after_sentence
        && token.written.starts_with(char::is_uppercase)
        && next.written.starts_with(char::is_uppercase)
        && ADJECTIVE_ENDINGS.iter().any(|ending| token.written.ends_with(ending))
}

const ADJECTIVE_ENDINGS: [&str; 5] = ["e", "er", "es", "en", "em"];

/// How much every word counts by its clause: whom it is for, why, and what is denied count less.
fn clauses(tokens: &[Token<'_>], side: TextSide) -> Vec<f32> {
    let mut places: Vec<f32> = phrase::weights(tokens).into_iter().map(|place| place.max(0.4)).collect();
    let wishes = if side == TextSide::Need { wish::weights(tokens) } else { vec![1.0; tokens.len()] };
    for (place, (wish, denial)) in places.iter_mut().zip(wishes.into_iter().zip(wish::denials(tokens))) {
        *place *= wish * denial;
    }
    places
}

/// Joins the evidence of each kind; a word counts once for a kind, by the strongest term it is part of.
pub(super) fn weigh(evidence: Vec<Evidence>, tokens: &[Token<'_>]) -> Vec<Found> {
    let mut by_kind: BTreeMap<KindIndex, Vec<Evidence>> = BTreeMap::new();
    for piece in evidence {
        by_kind.entry(piece.kind).or_default().push(piece);
    }
    let mut found = Vec::new();
    for (kind, mut pieces) in by_kind {
        pieces.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.tokens.cmp(&b.tokens)));
        let (mut used, mut telling) = (BTreeSet::new(), BTreeSet::new());
        let (mut doubt, mut beside) = (1.0_f32, true);
        for piece in &pieces {
            let fresh = piece.tokens.iter().filter(|at| !used.contains(*at)).count();
            if fresh == 0 {
                continue;
            }
            let share = fresh as f32 / piece.tokens.len() as f32;
            doubt *= 1.0 - ONE_WORD * piece.strength.min(1.0) * share;
            used.extend(piece.tokens.iter().copied());
            telling.extend(piece.telling.iter().copied());
            beside &= piece.beside;
        }
        let mut words: Vec<String> = Vec::new();
        for at in telling {
            let written = tokens[at].written.to_owned();
            if !words.contains(&written) {
                words.push(written);
            }
        }
        found.push(Found { kind, score: 1.0 - doubt, words, beside });
    }
    found
}

/// The last word of the clause that begins with the verb at this place, where a torn particle would stand.
fn torn_verb<'text>(tokens: &[Token<'text>], at: usize) -> Option<&'text str> {
    let behind = tokens[at + 1..].iter().take(8);
    let ends = |token: &Token<'_>| token.after_stop || ENDS_A_CLAUSE.contains(&token.written);
    behind.take_while(|token| !ends(token)).last().map(|token| token.written)
}

const ENDS_A_CLAUSE: [&str; 4] = ["und", "oder", "aber", "sowie"];

fn in_language(weight: f32, word: TextLanguage, text: TextLanguage) -> f32 {
    match (word, text) {
        (TextLanguage::English, TextLanguage::English) => 1.0,
        (TextLanguage::German, TextLanguage::English) => weight * 0.5,
        _ => weight,
    }
}

fn said_by(term: TermSide, text: TextSide) -> f32 {
    match (term, text) {
        (TermSide::Either, _)
        | (TermSide::Need, TextSide::Need)
        | (TermSide::Offer, TextSide::Offer | TextSide::Name) => 1.0,
        (_, TextSide::Either) => 0.9,
        _ => OTHER_SIDE,
    }
}

fn worth(meeting: &Meeting, best_hit: &[f32]) -> f32 {
    let (at, hit, place) = *meeting;
    let known = if hit + 0.05 < best_hit[at] { PART_OF_A_KNOWN_WORD } else { 1.0 };
    hit * place * known
}

fn best(all: &[Meeting], best_hit: &[f32]) -> Option<Meeting> {
    all.iter().copied().max_by(|a, b| worth(a, best_hit).total_cmp(&worth(b, best_hit)).then(b.0.cmp(&a.0)))
}

/// The mean over the words of a term. Inside a combination a modifier is as good as a word: it is confirmed by the other.
fn strength(meetings: &[Meeting], best_hit: &[f32]) -> f32 {
    if let [single] = meetings {
        return worth(single, best_hit);
    }
    let sum: f32 = meetings.iter().map(|(_, hit, place)| hit.sqrt() * place.sqrt()).sum();
    sum / meetings.len() as f32
}
