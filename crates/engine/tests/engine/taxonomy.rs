//! The taxonomy of the build, and what is wrong with files that are not one.

use kiez_engine::taxonomy::{Kind, Taxonomy};
use kiez_engine::{Knowledge, TextSide, classify};
use std::collections::BTreeSet;

const TOP: &str =
    "[branch]\nid = \"goods\"\nlabels = { de = \"Sachen\", en = \"Goods\", tr = \"Eşya\", ar = \"أشياء\" }\n";

/// A file of one kind under `goods`, with more lines for it.
fn file(id: &str, lines: &str) -> String {
    format!(
        "{TOP}[[kind]]\nid = \"{id}\"\nparent = \"goods\"\nlabels = {{ de = \"Möbel\", en = \"Furniture\", tr = \"Mobilya\", ar = \"أثاث\" }}\n{lines}\n"
    )
}

fn read(text: &str) -> Result<Taxonomy, String> {
    Taxonomy::read(&[("small.toml", text)]).map_err(|fault| fault.to_string())
}

fn built_in() -> &'static [Kind] {
    Knowledge::built_in().taxonomy().kinds()
}

#[test]
fn a_broken_file_is_named_with_what_is_wrong() {
    for (text, part) in [
        (file("chairs", "colour = \"red\""), "unknown field `colour`"),
        (file("chairs", "effort_min = -5"), "small.toml"),
        (file("chairs", "branches = { moon_base = 0.5 }"), "moon_base"),
        (file("goods", ""), "the kind goods exists already"),
        (file("chairs", "").replace("parent = \"goods\"", "parent = \"chairs\""), "names the parent chairs"),
        (TOP.replace("id = \"goods\"", "id = \"Was ist das?\""), "small.toml"),
        (String::new(), "missing field `branch`"),
    ] {
        let fault = read(&text).expect_err("a broken file");
        assert!(fault.contains(part), "{fault}\nshould name {part}");
        assert!(fault.contains("small.toml"), "{fault}");
    }
}

#[test]
fn lint_finds_empty_labels_and_impossible_priors() {
    let lint = |text: &str| read(text).expect("well-formed").lint();
    assert_eq!(lint(&file("chairs", "branches = { cafe = 0.5 }")), Vec::<String>::new());
    assert_eq!(lint(&file("chairs", "branches = { cafe = 1.5 }")), ["chairs: a prior is outside 0 and 1"]);
    let unnamed = file("chairs", "").replace("tr = \"Mobilya\"", "tr = \" \"");
    assert_eq!(lint(&unnamed), ["chairs: a label is empty"]);
}

#[test]
fn related_kinds_that_are_not_there_are_left_out() {
    let taxonomy = read(&file("chairs", "related = [\"goods\", \"not_there\"]")).expect("well-formed");
    let chairs = taxonomy.index(&"chairs".parse().expect("an id")).expect("in the file");
    assert_eq!(taxonomy.kinds()[chairs].related, [0]);
}

#[test]
fn every_kind_hangs_on_the_tree() {
    for kind in built_in() {
        let (mut above, mut steps) = (kind, 0);
        while let Some(parent) = above.parent {
            above = &built_in()[parent];
            steps += 1;
            assert!(steps < 10, "{} goes round in a circle", kind.id);
        }
        assert_eq!(above.id, built_in()[kind.top].id, "{} stands under another top", kind.id);
    }
}

#[test]
fn every_kind_below_the_tops_has_words_effort_and_givers() {
    let bare: Vec<&str> = built_in()
        .iter()
        .filter(|kind| kind.parent.is_some())
        .filter(|kind| {
            kind.terms.de.is_empty()
                || kind.terms.en.is_empty()
                || kind.effort_minutes.is_none()
                || kind.branches.is_empty()
        })
        .map(|kind| kind.id.as_str())
        .collect();
    assert!(bare.is_empty(), "{bare:?}");
}

#[test]
fn names_are_written_in_the_letters_of_their_language() {
    for kind in built_in() {
        let labels = &kind.labels;
        let latin = |text: &str| text.chars().all(|letter| !('\u{600}'..='\u{6ff}').contains(&letter));
        assert!(latin(&labels.de) && latin(&labels.en) && latin(&labels.tr), "{}", kind.id);
        assert!(!labels.ar.chars().any(|letter| letter.is_ascii_alphabetic()), "{}: {}", kind.id, labels.ar);
        assert!(!labels.ar.contains(['ک', 'ی', 'گ']), "{}: Persian letters in {}", kind.id, labels.ar);
        assert!(!labels.tr.contains(['ä', 'ß']), "{}: German letters in {}", kind.id, labels.tr);
    }
}

#[test]
fn names_tell_kinds_apart_in_every_language() {
    for language in ["de", "en", "tr", "ar"] {
        let mut seen = BTreeSet::new();
        let twice: Vec<&str> = built_in()
            .iter()
            .map(|kind| kind.labels.in_language(language))
            .filter(|label| !seen.insert(*label))
            .collect();
        assert!(twice.is_empty(), "{language}: {twice:?}");
    }
}

#[test]
fn a_kind_is_found_by_its_own_name() {
    let below = built_in().iter().filter(|kind| kind.parent.is_some());
    let (mut asked, mut missed) = (0_usize, Vec::new());
    for kind in below {
        asked += 1;
        let found = classify(Knowledge::built_in(), &kind.labels.de, TextSide::Either, 5);
        if !found.iter().any(|one| one.kind == kind.id) {
            missed.push(kind.labels.de.as_str());
        }
    }
    // Names are for people, words for texts; but where the two part in more than one of twenty, words are lacking.
    assert!(missed.len() * 20 <= asked, "{} of {asked}: {missed:?}", missed.len());
}
