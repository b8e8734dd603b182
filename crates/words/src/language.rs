//! Names of languages in the reader's language.

use crate::locale::Locale;
use crate::words::Words;
use kiez_domain::language::LanguageTag;

/// The name of a language, such as "Türkisch"; the tag itself when it is not among the usual ones.
#[must_use]
pub fn name(locale: Locale, tag: &LanguageTag) -> String {
    let words = Words::of(locale);
    let key = format!("language-{}", tag.primary());
    if words.has(&key) { words.text(&key) } else { tag.to_string() }
}

/// Names of several languages, comma separated.
#[must_use]
pub fn names(locale: Locale, tags: &[LanguageTag]) -> String {
    tags.iter().map(|tag| name(locale, tag)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_named_in_the_language_of_the_page() {
        let tags = kiez_domain::language::parse_list("tr, ar, tlh").expect("well-formed");
        assert_eq!(names(Locale::German, &tags), "Türkisch, Arabisch, tlh");
        assert_eq!(names(Locale::English, &tags), "Turkish, Arabic, tlh");
    }
}
