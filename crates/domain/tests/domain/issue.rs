use kiez_domain::access::Password;
use kiez_domain::branch::BranchId;
use kiez_domain::issue::{Expected, FieldIssue, Issues, Problem};
use kiez_domain::limits::{Limits, Rhythm};
use kiez_domain::money::Money;
use kiez_domain::saying::{Say, Value};
use kiez_domain::text::{Body, Name};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Every way to be wrong, from the door where it happens, with what the sentence must tell.
fn one_of_each() -> Vec<(Problem, &'static str, Vec<&'static str>)> {
    vec![
        ("".parse::<Name>().expect_err("empty"), "missing", vec!["missing", "fill it in"]),
        ("ä".repeat(201).parse::<Name>().expect_err("long"), "too-long", vec!["201", "200"]),
        ("a\u{7}".parse::<Body>().expect_err("a bell"), "control-character", vec!["U+0007", "type"]),
        ("viel".parse::<Money>().expect_err("no amount"), "unreadable", vec!["\"viel\"", "1.234,56"]),
        (
            Limits::new(Limits::MOST + 1, Rhythm::Year).expect_err("too many"),
            "out-of-range",
            vec!["10001", "0", "10000"],
        ),
        (Problem::Taken { what: "graefekiez".into() }, "taken", vec!["graefekiez", "exists"]),
        (Problem::Unknown { what: "the kind \"x\"".into() }, "unknown", vec!["the kind \"x\"", "not found"]),
        (chosen("kurz").expect_err("short"), "too-short", vec!["4", "12"]),
        (chosen("Mira Mira Mira").expect_err("a name"), "guessable", vec!["guess", "longer"]),
        (Problem::NoFit, "no-fit", vec!["does not fit", "once more"]),
        (Problem::Objected, "objected", vec!["objected", "ask for it themselves"]),
        (Problem::NoBasis, "no-basis", vec!["nothing allows", "consent"]),
        (Problem::TooMany { count: 31, limit: 30 }, "too-many", vec!["31", "30"]),
    ]
}

fn chosen(password: &str) -> Result<Password, Problem> {
    Password::choose(password, ("Mira", "mira@example.org"))
}

/// Fails to compile when a variant is added, so that it gets its line above.
fn place(problem: &Problem) -> usize {
    match problem {
        Problem::Missing => 0,
        Problem::TooLong { .. } => 1,
        Problem::ControlCharacter { .. } => 2,
        Problem::Unreadable { .. } => 3,
        Problem::OutOfRange { .. } => 4,
        Problem::Taken { .. } => 5,
        Problem::Unknown { .. } => 6,
        Problem::TooShort { .. } => 7,
        Problem::Guessable => 8,
        Problem::NoFit => 9,
        Problem::Objected => 10,
        Problem::NoBasis => 11,
        Problem::TooMany { .. } => 12,
    }
}

#[test]
fn every_problem_says_what_is_wrong_and_with_what() {
    for (at, (problem, code, words)) in one_of_each().iter().enumerate() {
        assert_eq!((place(problem), problem.saying().code), (at, format!("problem-{code}")));
        let sentence = problem.to_string();
        for word in words {
            assert!(sentence.contains(word), "{code} does not say {word}: {sentence}");
        }
        assert!(!sentence.contains(['{', '}']) && !sentence.ends_with('.'), "{sentence}");
    }
}

#[test]
fn codes_are_the_keys_of_sentences() {
    let codes: BTreeSet<_> = one_of_each().iter().map(|(problem, ..)| problem.saying().code).collect();
    assert_eq!(codes.len(), 13);
    for code in codes {
        assert!(code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{code}");
    }
}

#[test]
fn a_problem_hands_its_values_to_every_language() {
    let values = |problem: Problem| problem.saying().values;
    let bell = values("a\u{7}".parse::<Body>().expect_err("a bell"));
    assert_eq!(bell["code"], Value::Text("U+0007".into()));
    let long = values("ä".repeat(201).parse::<Name>().expect_err("long"));
    assert_eq!((&long["length"], &long["limit"]), (&Value::Count(201), &Value::Count(200)));
    let Value::Saying(expected) = &values("täglich".parse::<Rhythm>().expect_err("no rhythm"))["expected"]
    else {
        panic!("what is expected is a saying of its own")
    };
    assert_eq!(expected.code, "expected-one-of");
    // "Or" is English: a list that every language shows has commas only.
    assert_eq!(expected.values["words"], Value::Text("once, week, month, quarter, year".into()));
}

#[test]
fn a_form_hears_of_every_issue_in_the_order_of_its_fields() {
    let mut issues = Issues::default();
    assert_eq!(issues.take("name", "".parse::<Name>()), None);
    let note = issues.take("note", "klingeln".parse::<Body>()).map(String::from);
    assert_eq!(note.as_deref(), Some("klingeln"));
    assert_eq!(issues.take("branch", "volcano".parse::<BranchId>()), None);
    issues.add("name", Problem::Taken { what: "Holzwurm".into() });
    let found = issues.finish().expect_err("three issues");
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert_eq!(told[0], "name: is missing: please fill it in");
    assert!(told[1].starts_with("branch: ") && told[1].contains("volcano"), "{}", told[1]);
    assert_eq!(told[2], "name: exists already: Holzwurm");
}

#[test]
fn a_form_without_issues_is_fine() {
    let mut issues = Issues::default();
    assert!(issues.take("name", "Holzwurm".parse::<Name>()).is_some());
    assert_eq!(issues.finish(), Ok(()));
}

#[test]
fn an_issue_names_its_field_first() {
    assert_eq!(FieldIssue::new("lat", Problem::Missing).to_string(), "lat: is missing: please fill it in");
}

proptest! {
    #[test]
    fn a_quotation_is_short_and_says_when_it_was_cut(text in "\\PC{0,120}") {
        let Problem::Unreadable { given, expected } = Problem::unreadable(&text, Expected::Hours) else { panic!("another") };
        let (quoted, whole) = (given.chars().count(), text.chars().count());
        prop_assert_eq!(expected, Expected::Hours);
        prop_assert_eq!(quoted, if whole > 60 { 61 } else { whole });
        prop_assert!(text.starts_with(given.trim_end_matches('…')) || whole <= 60);
        prop_assert_eq!(given.ends_with('…') && given != text, whole > 60);
    }
}
