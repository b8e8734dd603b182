//! Laws of the ranking of short texts.

use kiez_engine::{Corpus, Knowledge, rank};
use proptest::prelude::*;

const WORDS: [&str; 14] = [
    "Stühle",
    "Tische",
    "Kuchen",
    "Garten",
    "Anwalt",
    "Vertrag",
    "Musik",
    "Raum",
    "Farbe",
    "Wand",
    "für",
    "und",
    "Bürostuhl",
    "Gartenfest",
];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 0..6)
        .prop_map(|words| words.join(" "))
}

fn corpus() -> impl Strategy<Value = Vec<(String, String)>> {
    proptest::collection::vec(text(), 0..12)
        .prop_map(|texts| texts.into_iter().enumerate().map(|(at, text)| (format!("t{at}"), text)).collect())
}

proptest! {
    #[test]
    fn scores_are_positive_and_fall(corpus in corpus(), query in text()) {
        let found = rank(&corpus, &query, 50);
        prop_assert!(found.iter().all(|(_, score)| *score > 0.0 && score.is_finite()));
        prop_assert!(found.windows(2).all(|pair| pair[0].1 >= pair[1].1));
    }

    #[test]
    fn fewer_are_the_first_of_more(corpus in corpus(), query in text(), top in 0..12_usize) {
        let all = rank(&corpus, &query, 50);
        prop_assert_eq!(&rank(&corpus, &query, top)[..], &all[..top.min(all.len())]);
    }

    #[test]
    fn the_order_of_the_corpus_and_of_the_words_carries_nothing(corpus in corpus(), query in text()) {
        let mut turned = corpus.clone();
        turned.reverse();
        let backwards: Vec<&str> = query.split(' ').rev().collect();
        let ids = |found: Vec<(String, f64)>| found.into_iter().map(|(id, _)| id).collect::<Vec<_>>();
        let (one, other) = (rank(&corpus, &query, 50), rank(&turned, &query, 50));
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(one.len(), rank(&corpus, &backwards.join(" "), 50).len());
        prop_assert!(ids(one).iter().all(|id| corpus.iter().any(|(known, _)| known == id)));
    }

    #[test]
    fn a_corpus_asked_twice_answers_the_same(corpus in corpus(), query in text()) {
        let indexed = Corpus::new(Knowledge::built_in(), &corpus);
        let first = indexed.rank(Knowledge::built_in(), &query, 50);
        prop_assert_eq!(&first, &indexed.rank(Knowledge::built_in(), &query, 50));
        prop_assert_eq!(first, rank(&corpus, &query, 50));
    }
}

fn texts(texts: &[&str]) -> Vec<(String, String)> {
    texts.iter().map(|text| ((*text).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn a_rare_word_tells_more_than_one_that_all_have() {
    let corpus = texts(&["Stühle und Trommeln", "Stühle", "Stühle und Tische", "Stühle und Bänke"]);
    assert_eq!(rank(&corpus, "Stühle Trommeln", 4)[0].0, "Stühle und Trommeln");
}

#[test]
fn the_word_itself_goes_before_its_part_in_a_compound() {
    let corpus = texts(&["Gartenstuhl", "Stuhl"]);
    assert_eq!(rank(&corpus, "Stuhl", 2)[0].0, "Stuhl");
    assert_eq!(rank(&corpus, "Stuhl", 2).len(), 2);
}

#[test]
fn small_words_find_nothing() {
    let corpus = texts(&["Stühle für das Fest", "Kuchen und Kaffee"]);
    assert!(rank(&corpus, "für und das", 5).is_empty());
    assert!(rank(&corpus, "", 5).is_empty());
    assert!(rank(&[], "Stühle", 5).is_empty());
}

#[test]
fn one_word_in_a_short_text_tells_more_than_in_a_long_one() {
    let corpus = texts(&["Trommeln", "Trommeln Stühle Tische Bänke Lampen Regale Schränke Teppiche"]);
    assert_eq!(rank(&corpus, "Trommeln", 2)[0].0, "Trommeln");
}
