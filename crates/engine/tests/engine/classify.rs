//! Which kind a sentence is about, as needs and as offers say it, and laws that hold for any text.

use kiez_engine::{KindFinding, Knowledge, TextSide, classify};
use proptest::prelude::*;

fn found(text: &str, side: TextSide) -> Vec<KindFinding> {
    classify(Knowledge::built_in(), text, side, 50)
}

/// Compares every sentence before it fails, so that one run shows all that is wrong.
fn compare(side: TextSide, sentences: &[(&str, &str)]) {
    let first =
        |text: &str| found(text, side).first().map_or("nothing".to_owned(), |one| one.kind.to_string());
    let wrong: Vec<String> = sentences
        .iter()
        .map(|(text, kind)| (text, kind, first(text)))
        .filter(|(_, kind, first)| *kind != first)
        .map(|(text, kind, first)| format!("{text}: {first} instead of {kind}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn needs_are_understood() {
    compare(
        TextSide::Need,
        &[
            ("Wir brauchen Möbel für das Frauenhaus", "furniture"),
            ("Fahrräder für unsere Jugendlichen", "bicycle"),
            ("Wer repariert unsere Fahrräder?", "bicycle_repair"),
            ("Kuchen für das Sommerfest", "cake"),
            ("Unsere Website ist veraltet", "website"),
            ("Wer dolmetscht beim Elternabend?", "translation_interpreting"),
            ("Ein Kurs in Erster Hilfe", "first_aid"),
            ("Umzugskartons gesucht", "packaging_material"),
            ("Jemand soll unseren Kindern vorlesen", "reading_aloud"),
            ("Ein Praktikum für eine Schülerin", "internship"),
            ("Ein Hochbeet für den Hof", "raised_beds"),
            ("Freikarten für das Theater", "tickets"),
        ],
    );
}

#[test]
fn offers_are_understood() {
    compare(
        TextSide::Offer,
        &[
            ("Unser Malerbetrieb streicht einen Tag lang", "painting"),
            ("Farbe und Pinsel aus unserem Markt", "paint_supplies"),
            ("Kies und Schotter", "building_material"),
            ("Gebrauchte Laptops", "computer_hardware"),
            ("Erstberatung beim Steuerberater", "tax_finance_advice"),
            ("Wir schneiden kostenlos Haare", "haircut"),
            ("Yoga am Morgen", "yoga"),
            ("Betriebsbesichtigung in unserer Druckerei", "company_visit"),
            ("Anhänger für ein Wochenende", "trailer"),
            ("Töpfe und Messer", "kitchen_equipment"),
        ],
    );
}

#[test]
fn a_knife_is_no_fair_and_a_hike_no_wall() {
    let kinds = |text: &str| {
        let found = found(text, TextSide::Need);
        found.into_iter().map(|one| one.kind.to_string()).collect::<Vec<_>>()
    };
    assert!(!kinds("Präsentation auf einer Messe").contains(&"kitchen_equipment".to_owned()));
    assert!(!kinds("Wir möchten gemeinsam wandern").contains(&"painting".to_owned()));
}

#[test]
fn whom_it_is_for_is_not_named_as_what_decided() {
    for (text, beneficiary) in
        [("Fahrräder für unsere Jugendlichen", "Jugendlichen"), ("Sport für Kinder", "Kinder")]
    {
        let first = &found(text, TextSide::Need)[0];
        assert!(!first.words.contains(&beneficiary.to_owned()), "{text}: {:?}", first.words);
    }
}

#[test]
fn material_is_told_from_the_work_done_with_it() {
    let material = found("Farbe und Pinsel aus unserem Markt", TextSide::Offer);
    assert!(material.iter().all(|one| one.kind.as_str() != "building_material"), "{material:?}");
    let work = found("Wir streichen einen Tag lang Wände", TextSide::Offer);
    assert!(work.iter().all(|one| one.kind.as_str() != "paint_supplies"), "{work:?}");
}

#[test]
fn english_is_understood_by_kind() {
    for (text, kind) in [
        ("We need a lawyer", "legal_advice"),
        ("Looking for a website", "website"),
        ("Yoga for our group", "yoga"),
        ("We need used laptops", "computer_hardware"),
    ] {
        let found = found(text, TextSide::Need);
        assert!(found.iter().take(2).any(|one| one.kind.as_str() == kind), "{text}: {found:?}");
    }
}

const PIECES: [&str; 10] = [
    "Möbel",
    "Kuchen",
    "Rechtsanwalt",
    "Fahrräder",
    "streichen",
    "für das Frauenhaus",
    "Wir suchen",
    "Yoga",
    "Website",
    "und",
];

fn sentence() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 1..6)
        .prop_map(|pieces| pieces.join(" "))
}

fn side() -> impl Strategy<Value = TextSide> {
    proptest::sample::select(vec![TextSide::Need, TextSide::Offer, TextSide::Either])
}

proptest! {
    #[test]
    fn fewer_are_the_first_of_more(text in sentence(), side in side(), top in 0..6_usize) {
        let all = found(&text, side);
        let few = classify(Knowledge::built_in(), &text, side, top);
        prop_assert_eq!(&few[..], &all[..top.min(all.len())]);
    }

    #[test]
    fn the_surest_stands_first_and_no_kind_twice(text in sentence(), side in side()) {
        let all = found(&text, side);
        prop_assert!(all.windows(2).all(|pair| pair[0].score >= pair[1].score));
        let mut kinds: Vec<&str> = all.iter().map(|one| one.kind.as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        prop_assert_eq!(kinds.len(), all.len());
    }

    #[test]
    fn every_word_that_decided_stands_in_the_text(text in sentence(), side in side()) {
        for one in found(&text, side) {
            prop_assert!(!one.words.is_empty());
            prop_assert!(one.words.iter().all(|word| text.contains(word.as_str())), "{:?}", one.words);
        }
    }

    #[test]
    fn a_text_read_twice_is_read_the_same(text in "\\PC{0,60}", side in side()) {
        prop_assert_eq!(found(&text, side), found(&text, side));
    }

    #[test]
    fn saying_a_thing_twice_makes_it_no_less_sure(piece in proptest::sample::select(PIECES.to_vec()), side in side()) {
        let twice = format!("{piece}, {piece}");
        for one in found(piece, side) {
            let again = found(&twice, side).into_iter().find(|other| other.kind == one.kind);
            prop_assert!(again.is_some_and(|again| again.score >= one.score - 1e-6), "{piece}: {:?}", one.kind);
        }
    }
}
