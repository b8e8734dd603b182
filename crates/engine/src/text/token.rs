//! A text cut into words, with the stops between them.

use crate::text::gender;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'text> {
    /// As it stands in the text, without a gender ending set off by a sign.
    pub written: &'text str,
    /// Whether a stop (comma, full stop, bracket, new line) stands before it.
    pub after_stop: bool,
    /// Whether a sentence ended before it: full stop, colon, question mark, new line, dash.
    pub after_sentence: bool,
    /// Whether a hyphen ties it to the word before.
    pub after_hyphen: bool,
}

/// Longer texts are cut here: a need is a card, and a novel must not stop the work.
const MOST_TOKENS: usize = 1_500;
const LONGEST_WORD: usize = 80;

/// Cuts a text into words.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut after_stop, mut after_sentence) = (true, true);
    let mut after_hyphen = false;
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        if tokens.len() == MOST_TOKENS {
            break;
        }
        if !letter.is_alphanumeric() {
            after_hyphen = letter == '-' && !text[..at].ends_with(char::is_whitespace);
            after_stop |= is_stop(letter);
            after_sentence |= is_stop(letter) && !matches!(letter, ',' | '(' | ')');
            at += letter.len_utf8();
            continue;
        }
        let (length, skipped) = word_length(&text[at..]);
        let written = gender::without_inner_capital(&text[at..at + length]);
        if length <= LONGEST_WORD {
            tokens.push(Token { written, after_stop, after_sentence, after_hyphen });
        }
        (after_stop, after_sentence) = (false, false);
        after_hyphen = false;
        at += length + skipped;
    }
    tokens
}

/// Whether the writer uses capital letters at all.
#[must_use]
pub fn has_capitals(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|token| token.written.starts_with(char::is_uppercase))
}

/// Bytes of the word that begins here, and bytes of the gender ending behind it.
fn word_length(rest: &str) -> (usize, usize) {
    let mut letters = 0;
    for (at, letter) in rest.char_indices() {
        if letter.is_alphanumeric() || is_accent(letter) {
            letters += 1;
            continue;
        }
        // `E-Mail`, `T-Shirt`, `E-Bike`: a single letter and its hyphen belong to the word.
        let single = letter == '-' && letters == 1 && rest[..at].chars().all(char::is_alphabetic);
        if single && rest[at + 1..].starts_with(char::is_alphabetic) {
            letters += 1;
            continue;
        }
        let ending = if letters >= 3 { gender::ending_length(&rest[at..]) } else { 0 };
        return (at, ending);
    }
    (rest.len(), 0)
}

fn is_accent(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

fn is_stop(letter: char) -> bool {
    matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '\n' | '–' | '—' | '•' | '|')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|token| token.written).collect()
    }

    #[test]
    fn words_are_cut_at_signs_and_gender_endings_fall_away() {
        assert_eq!(
            words("Erzieher:innen, Näh-Kurs (2x) für E-Mail"),
            ["Erzieher", "Näh", "Kurs", "2x", "für", "E-Mail"]
        );
    }

    #[test]
    fn a_stop_is_remembered() {
        let stops: Vec<bool> =
            tokens("Tische, Stühle und Regale").into_iter().map(|token| token.after_stop).collect();
        assert_eq!(stops, [true, true, false, false]);
    }

    proptest! {
        #[test]
        fn any_text_is_cut_without_panic(text in "\\PC{0,80}") {
            for token in tokens(&text) {
                prop_assert!(!token.written.is_empty());
            }
        }
    }
}
