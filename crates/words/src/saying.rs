//! Sayings as sentences: what is wrong with a field, a row or a file, in the reader's language.

use crate::locale::Locale;
use crate::number;
use crate::words::{Args, Words};
use kiez_domain::issue::Problem;
use kiez_domain::saying::{Say, Saying, Value};

/// The sentence; nothing when it is not known here, because a newer program stored it.
#[must_use]
pub fn sentence(locale: Locale, saying: &Saying) -> Option<String> {
    let words = Words::of(locale);
    if !words.has(&saying.code) {
        return None;
    }
    let mut args = Args::new();
    for (name, value) in &saying.values {
        args = args.with(name.as_str(), in_words(locale, value)?);
    }
    Some(words.with(&saying.code, &args))
}

/// What is wrong with a field, for the person who filled it in.
#[must_use]
pub fn problem(locale: Locale, problem: &Problem) -> String {
    sentence(locale, &problem.saying()).unwrap_or_else(|| problem.to_string())
}

fn in_words(locale: Locale, value: &Value) -> Option<String> {
    match value {
        Value::Count(count) => Some(number::whole(locale, i64::try_from(*count).unwrap_or(i64::MAX))),
        Value::Text(text) => Some(text.clone()),
        Value::Saying(inner) => sentence(locale, inner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_domain::issue::Expected;
    use std::collections::BTreeMap;

    #[test]
    fn counts_are_written_as_the_reader_writes_them() {
        let long = Problem::TooLong { length: 12_345, limit: 4_000 };
        let german = problem(Locale::German, &long);
        assert!(german.contains("12.345 Zeichen") && german.contains("4.000"), "{german}");
        let english = problem(Locale::English, &long);
        assert!(english.contains("12,345 characters") && english.contains("4,000"), "{english}");
    }

    #[test]
    fn words_of_ours_within_a_sentence_are_translated_too() {
        let german = problem(Locale::German, &Problem::unreadable("bald", Expected::Day));
        assert_eq!(german, "„bald“ ist nicht lesbar. Erwartet: ein Tag wie 2026-03-31 oder 31.03.2026.");
    }

    #[test]
    fn a_sentence_that_only_a_newer_program_knows_is_not_made_up() {
        let unknown = Saying { code: "row-fault-from-the-future".into(), values: BTreeMap::new() };
        assert_eq!(sentence(Locale::German, &unknown), None);
        let values = [("expected".to_owned(), Value::Saying(unknown))].into_iter().collect();
        let known = Saying { code: "problem-unreadable".into(), values };
        assert_eq!(sentence(Locale::German, &known), None, "nor half of it");
    }
}
