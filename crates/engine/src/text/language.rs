//! Which of the two languages a text is written in.

use crate::text::fold;
use crate::text::token;

/// A language that the analysis knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextLanguage {
    /// German, also when nothing tells.
    German,
    /// English.
    English,
}

/// Guesses by the small words; German when they do not tell.
#[must_use]
pub fn guess(text: &str) -> TextLanguage {
    let (mut german, mut english) = (0, 0);
    for token in token::tokens(text) {
        let folded = fold::fold(token.written);
        german += usize::from(GERMAN.contains(&folded.as_str()));
        english += usize::from(ENGLISH.contains(&folded.as_str()));
    }
    if english > german { TextLanguage::English } else { TextLanguage::German }
}

/// Small words that only one of the two languages has.
const GERMAN: [&str; 40] = [
    "der", "die", "das", "und", "fuer", "mit", "wir", "ein", "eine", "einen", "einer", "bei", "zum", "zur",
    "von", "vom", "im", "am", "auf", "aus", "unser", "unsere", "den", "dem", "des", "ist", "sind", "oder",
    "nicht", "nach", "suchen", "kann", "koennen", "sich", "auch", "zu", "wer", "ihr", "bieten", "brauchen",
];
const ENGLISH: [&str; 32] = [
    "the", "and", "for", "with", "we", "our", "of", "to", "is", "are", "can", "you", "your", "from", "need",
    "needs", "looking", "offer", "who", "a", "their", "that", "on", "by", "have", "some", "would", "help",
    "free", "once", "week", "at",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_tell() {
        assert_eq!(guess("Wir suchen Stühle für das Fest"), TextLanguage::German);
        assert_eq!(guess("We need chairs for the party"), TextLanguage::English);
        assert_eq!(guess("Catering"), TextLanguage::German);
    }
}
