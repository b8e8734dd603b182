//! What stands behind "für", "bei", "von", "in" is whom, where or when, seldom the wish itself.

use crate::text::fold;
use crate::text::token::Token;
use crate::text::wish;
use std::ops::Range;

const BEHIND: f32 = 0.55;
/// What a thing shall have is part of the wish: `Saal mit Küche`.
const ACCOMPANYING: f32 = 0.7;

/// The weight of every token by its place in the sentence.
///
/// Behind a preposition the words up to the next stop, `und`, or verb-like turn count less, unless a word that is
/// empty by itself stands before it: in "Hilfe beim Streichen" the wish stands behind.
#[must_use]
pub fn weights(tokens: &[Token<'_>]) -> Vec<f32> {
    let mut weights = Vec::with_capacity(tokens.len());
    let mut behind = 0_usize;
    let mut depth = BEHIND;
    let mut noun_before = false;
    let mut named = false;
    let mut said_something = false;
    for token in tokens {
        let folded = fold::fold(token.written);
        if token.after_stop {
            behind = 0;
            said_something = false;
        }
        if PREPOSITIONS.contains(&folded.as_str()) {
            (behind, depth) = (if said_something { 5 } else { 0 }, BEHIND);
            (named, noun_before) = (false, false);
            weights.push(0.0);
            continue;
        }
        if ACCOMPANIED.contains(&folded.as_str()) && noun_before && said_something && behind == 0 {
            (behind, depth) = (3, ACCOMPANYING);
            (named, noun_before) = (false, false);
            weights.push(0.0);
            continue;
        }
        let noun = token.written.starts_with(char::is_uppercase);
        noun_before = noun;
        // "Der Zaun im Garten muss gestrichen werden": behind the noun the sentence goes on.
        let goes_on = named && !noun && !ARTICLES.contains(&folded.as_str());
        if goes_on || ENDS.contains(&folded.as_str()) {
            behind = 0;
        }
        named |= noun;
        weights.push(if behind > 0 { depth } else { 1.0 });
        behind = behind.saturating_sub(1);
        let says = noun && token.written.len() > 3;
        said_something |= says && !EMPTY.iter().any(|word| folded.starts_with(word));
    }
    for occasion in occasions(tokens) {
        for weight in &mut weights[occasion] {
            *weight = weight.min(BEHIND);
        }
    }
    weights
}

/// Where a clause begins with the occasion and goes on to the wish, as in "Zum Sommerfest fehlt noch Kuchen": the
/// places of the occasion.
///
/// Where nothing but helpers or material is wanted ("Zum Streichen suchen wir Leute"), the occasion is the wish.
fn occasions(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let mut occasions = Vec::new();
    for begin in (0..tokens.len()).filter(|at| tokens[*at].after_stop || *at == 0) {
        if !LEADING.contains(&fold::fold(tokens[begin].written).as_str()) {
            continue;
        }
        let rest = &tokens[begin + 1..];
        let clause = &rest[..rest.iter().position(|token| token.after_stop).unwrap_or(rest.len())];
        let wanting = |token: &Token<'_>| {
            let folded = fold::fold(token.written);
            wish::seeks(&folded) || WANTING.contains(&folded.as_str())
        };
        let Some(verb) = clause.iter().position(wanting) else { continue };
        if clause[verb..].iter().any(names_a_thing) {
            occasions.push(begin + 1..begin + 1 + verb);
        }
    }
    occasions
}

/// Clauses that tell more about a thing named before, as in "eine Website, auf der man Termine sieht": their places.
///
/// Behind "jemand" or "eine Person" stands no detail but the wish.
pub(crate) fn details(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let is = |at: usize, all: &[&str]| {
        tokens.get(at).is_some_and(|token: &Token<'_>| all.contains(&fold::fold(token.written).as_str()))
    };
    let mut details = Vec::new();
    let mut clause = 0;
    for at in (0..tokens.len()).filter(|at| tokens[*at].after_stop) {
        let same_sentence = !tokens[at].after_sentence;
        let pronoun = if is(at, &BEFORE_PRONOUNS) { at + 1 } else { at };
        let goes_on = pronoun == at || tokens.get(pronoun).is_some_and(|token| !token.after_stop);
        // Behind a pronoun stands no noun: "die Lampe" names a thing.
        let refers = same_sentence
            && goes_on
            && is(pronoun, &PRONOUNS)
            && tokens.get(pronoun + 1).is_some_and(|token| !starts_large(token));
        if refers && tokens[clause..at].iter().any(names_a_thing) {
            let rest = &tokens[at + 1..];
            let end = rest.iter().position(|token| token.after_stop).unwrap_or(rest.len());
            details.push(at..at + 1 + end);
        } else {
            clause = at;
        }
    }
    details
}

fn starts_large(token: &Token<'_>) -> bool {
    token.written.starts_with(char::is_uppercase)
}

/// Whether a word is a noun that can be what is wanted; who says only "Leute" or "Material" has said the wish before.
fn names_a_thing(token: &Token<'_>) -> bool {
    let folded = fold::fold(token.written);
    let noun = token.written.starts_with(char::is_uppercase) && token.written.len() > 3;
    noun && !DETERMINERS.contains(&folded.as_str())
        && !EMPTY.iter().chain(&WHO_OR_WHAT).any(|word| folded.starts_with(word))
}

/// They have a capital letter at the beginning of a sentence.
const DETERMINERS: [&str; 8] = ["eine", "einen", "einem", "einer", "unser", "unsere", "unseren", "some"];
const BEFORE_PRONOUNS: [&str; 13] =
    ["auf", "an", "in", "mit", "fuer", "von", "zu", "bei", "unter", "ueber", "durch", "aus", "with"];
const PRONOUNS: [&str; 17] = [
    "der", "die", "das", "dem", "den", "deren", "dessen", "denen", "welcher", "welche", "welches", "welchem",
    "welchen", "wo", "which", "who", "that",
];
const LEADING: [&str; 9] = ["fuer", "fuers", "zu", "zum", "zur", "bei", "beim", "for", "wegen"];
/// Beside the verbs of whoever lacks something: where a clause goes on from its occasion.
const WANTING: [&str; 15] = [
    "braeuchten",
    "benoetigen",
    "benoetigt",
    "wuenschen",
    "werden",
    "wird",
    "spenden",
    "geben",
    "stellen",
    "bieten",
    "liefern",
    "bringen",
    "haben",
    "leihen",
    "verleihen",
];
const WHO_OR_WHAT: [&str; 24] = [
    "leute",
    "person",
    "mensch",
    "jemand",
    "freiwillige",
    "ehrenamtliche",
    "haende",
    "team",
    "mitarbeit",
    "kolleg",
    "azubi",
    "gruppe",
    "profi",
    "fachleute",
    "fachkraft",
    "expert",
    "partner",
    "firm",
    "unternehm",
    "betrieb",
    "verein",
    "zeit",
    "material",
    "sponsor",
];

const ACCOMPANIED: [&str; 2] = ["mit", "ohne"];
const PREPOSITIONS: [&str; 17] = [
    "fuer", "fuers", "bei", "beim", "von", "vom", "in", "im", "an", "am", "zum", "zur", "aus", "for", "at",
    "from", "of",
];
const ENDS: [&str; 8] = ["und", "oder", "sowie", "and", "or", "suchen", "brauchen", "bieten"];
const ARTICLES: [&str; 10] =
    ["der", "die", "das", "des", "dem", "den", "eines", "einer", "unserer", "unseres"];
const EMPTY: [&str; 15] = [
    "hilfe",
    "unterstuetz",
    "beratung",
    "begleitung",
    "helfer",
    "interesse",
    "bedarf",
    "wunsch",
    "suche",
    "help",
    "support",
    "mithilfe",
    "einladung",
    "leute",
    "haende",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

    #[test]
    fn the_beneficiary_counts_less() {
        let weights = weights(&tokens("Möbel für das Frauenhaus"));
        assert!(weights[3] < weights[0]);
    }

    #[test]
    fn behind_the_place_the_sentence_goes_on() {
        let weights = weights(&tokens("Der Zaun im Kitagarten müsste gestrichen werden"));
        assert!(weights[3] < 1.0 && (weights[5] - 1.0).abs() < f32::EPSILON, "{weights:?}");
    }

    #[test]
    fn an_occasion_that_stands_first_counts_less_than_the_wish_behind_it() {
        let weights = weights(&tokens("Zum Seniorennachmittag fehlt noch die Torte, für Kuchen ist gesorgt"));
        assert!(weights[1] < weights[5], "{weights:?}");
        assert!((weights[7] - 1.0).abs() < f32::EPSILON, "no wish stands behind the cake: {weights:?}");
    }

    #[test]
    fn where_only_people_or_material_are_wanted_the_occasion_is_the_wish() {
        for text in ["Zum Streichen suchen wir Leute", "Zum Basteln brauchen wir Material"] {
            assert!((weights(&tokens(text))[1] - 1.0).abs() < f32::EPSILON, "{text}");
        }
    }

    #[test]
    fn what_tells_more_about_a_thing_is_a_detail_and_the_wish_for_somebody_is_none() {
        let found = |text: &str| details(&tokens(text)).into_iter().next();
        assert_eq!(found("Eine Website, auf der man Termine sieht"), Some(2..7));
        assert_eq!(found("Eine Bäckerin, die von ihrem Beruf erzählt, für die Kinder"), Some(2..7));
        assert_eq!(found("Jemand, der Flyer druckt"), None);
        assert_eq!(found("Eine Person, die mit uns Flyer druckt"), None);
        assert_eq!(found("Bretter, Leisten, die Lampe im Flur"), None);
        assert_eq!(found("Regale, die"), None);
    }

    #[test]
    fn behind_an_empty_word_stands_the_wish() {
        assert_eq!(weights(&tokens("Hilfe beim Streichen")), [1.0, 0.0, 1.0]);
    }
}
