//! The locale files: complete in both languages, readable, with the same values.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use kiez_words::words::SOURCES;
use kiez_words::{Locale, Words};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Keys of a language with the names of the values each sentence uses.
fn keys(language: usize) -> BTreeMap<String, BTreeSet<String>> {
    keys_of(SOURCES[language].1)
}

fn keys_of(files: &[(&str, &str)]) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for (file, text) in files {
        let resource = parser::parse(*text).unwrap_or_else(|(_, errors)| panic!("{file}: {errors:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut used = BTreeSet::new();
            if let Some(pattern) = &message.value {
                values(pattern, &mut used);
            }
            let earlier = all.insert(message.id.name.to_owned(), used);
            assert!(earlier.is_none(), "{file}: the key {} stands twice", message.id.name);
        }
    }
    all
}

fn values(pattern: &Pattern<&str>, used: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => name(inline, used),
            Expression::Select { selector, variants } => {
                name(selector, used);
                variants.iter().for_each(|variant| values(&variant.value, used));
            }
        }
    }
}

fn name(inline: &InlineExpression<&str>, used: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = inline {
        used.insert(id.name.to_owned());
    }
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_values() {
    let (german, english) = (keys(0), keys(1));
    let missing: Vec<_> = german.keys().filter(|key| !english.contains_key(*key)).collect();
    assert!(missing.is_empty(), "English lacks {missing:?}");
    let missing: Vec<_> = english.keys().filter(|key| !german.contains_key(*key)).collect();
    assert!(missing.is_empty(), "German lacks {missing:?}");
    for (key, used) in &german {
        assert_eq!(used, &english[key], "{key} uses other values in English");
    }
}

#[test]
fn pages_for_people_with_a_link_say_everything_in_turkish_and_arabic_too() {
    let german = SOURCES[0].1.iter().find(|(file, _)| *file == "links.ftl").expect("there");
    let german = keys_of(std::slice::from_ref(german));
    assert!(german.len() > 60 && german.keys().all(|key| key.starts_with("mine-")));
    for (language, text) in kiez_words::link::SOURCES {
        let there = keys_of(&[("links.ftl", text)]);
        assert_eq!(there, german, "{language}");
        for key in german.keys() {
            let said = language.words().text(key);
            let same = said == Words::of(Locale::German).text(key);
            assert!(!same || said.split_whitespace().count() == 1, "{key} is German in {language}");
        }
    }
}

#[test]
fn no_german_sentence_is_left_in_english() {
    // A word may be the same in both languages; a whole sentence may not.
    let sentence = |locale, key: &str| Words::of(locale).text(key);
    for key in keys(0).keys() {
        let german = sentence(Locale::German, key);
        let long = german.split_whitespace().count() > 3;
        assert!(!long || german != sentence(Locale::English, key), "{key} is the same in both languages");
    }
}

/// Source files of the pages and this crate, to see which keys they name.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the source folder is there") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "html") {
            found.push(path);
        }
    }
}

#[test]
fn every_key_that_a_page_names_exists() {
    let mut files = Vec::new();
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for folder in ["web/src", "words/src", "kiez/src"] {
        sources(&crates.join(folder), &mut files);
    }
    let words = Words::of(Locale::German);
    let mut seen = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).expect("readable");
        for call in ["c.t(\"", "c.count(\"", "c.with(\"", "words.text(\"", "words.with(\"", "words.count(\""]
        {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                assert!(words.has(key), "{}: no sentence for {key}", file.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 100, "the search found only {seen} keys: it no longer knows how pages name them");
}

#[test]
fn the_mirrored_language_marks_what_came_from_a_file() {
    assert_eq!(Words::of(Locale::Mirrored).text("save"), "Sávé");
}
