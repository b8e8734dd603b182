//! What stands behind "für", "bei", "von", "in" is whom, where or when, seldom the wish itself.

use crate::text::fold;
use crate::text::token::Token;

const BEHIND: f32 = 0.55;

/// The weight of every token by its place in the sentence.
///
/// Behind a preposition the words up to the next stop, `und`, or verb-like turn count less, unless a word that is
/// empty by itself stands before it: in "Hilfe beim Streichen" the wish stands behind.
#[must_use]
pub fn weights(tokens: &[Token<'_>]) -> Vec<f32> {
    let mut weights = Vec::with_capacity(tokens.len());
    let mut behind = 0_usize;
    let mut said_something = false;
    for token in tokens {
        let folded = fold::fold(token.written);
        if token.after_stop {
            behind = 0;
            said_something = false;
        }
        if PREPOSITIONS.contains(&folded.as_str()) {
            behind = if said_something { 5 } else { 0 };
            weights.push(0.0);
            continue;
        }
        if ENDS.contains(&folded.as_str()) {
            behind = 0;
        }
        weights.push(if behind > 0 { BEHIND } else { 1.0 });
        behind = behind.saturating_sub(1);
        let noun = token.written.starts_with(char::is_uppercase) && token.written.len() > 3;
        said_something |= noun && !EMPTY.iter().any(|word| folded.starts_with(word));
    }
    weights
}

const PREPOSITIONS: [&str; 16] = [
    "fuer", "bei", "beim", "von", "vom", "in", "im", "an", "am", "zum", "zur", "aus", "for", "at", "from",
    "of",
];
const ENDS: [&str; 8] = ["und", "oder", "sowie", "and", "or", "suchen", "brauchen", "bieten"];
const EMPTY: [&str; 12] = [
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
    fn behind_an_empty_word_stands_the_wish() {
        assert_eq!(weights(&tokens("Hilfe beim Streichen")), [1.0, 0.0, 1.0]);
    }
}
