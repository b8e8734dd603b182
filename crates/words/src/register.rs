//! The sentences of the field registry in the reader's language.

use crate::locale::Locale;
use crate::words::Words;

/// The key of a sentence of the registry: its letters and digits, small, with hyphens between.
#[must_use]
pub fn key(sentence: &str) -> String {
    let small = sentence.to_ascii_lowercase();
    let words = small.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    format!("register-{}", words.collect::<Vec<_>>().join("-"))
}

/// A sentence of the registry, which is written in English, in another language.
#[must_use]
pub fn sentence(locale: Locale, sentence: &str) -> String {
    Words::of(locale).text(&key(sentence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_found_by_its_words() {
        assert_eq!(
            key("with the project; objection: at once"),
            "register-with-the-project-objection-at-once"
        );
        assert_eq!(sentence(Locale::German, "with the account"), "Mit dem Konto");
    }
}
