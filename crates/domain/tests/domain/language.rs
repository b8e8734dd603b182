use kiez_domain::issue::Problem;
use kiez_domain::language::{LanguageTag, parse_list};
use proptest::prelude::*;

fn tag(text: &str) -> LanguageTag {
    text.parse().expect("a tag")
}

#[test]
fn tags_have_their_usual_case() {
    // RFC 5646 §2.1.1: language in small letters, script with a capital, region in capitals.
    for (typed, usual) in [
        ("DE", "de"),
        (" tr ", "tr"),
        ("zh_hANT_tw", "zh-Hant-TW"),
        ("sr-CYRL", "sr-Cyrl"),
        ("es-419", "es-419"),
        ("DE-ch-1901", "de-CH-1901"),
        ("ckb", "ckb"),
    ] {
        assert_eq!(tag(typed).as_str(), usual, "{typed}");
    }
}

#[test]
fn people_understand_each_other_by_the_language_alone() {
    assert_eq!((tag("pt-BR").primary(), tag("zh-Hant").primary(), tag("ar").primary()), ("pt", "zh", "ar"));
    assert_eq!(LanguageTag::german().as_str(), "de");
}

#[test]
fn what_is_no_tag_is_refused() {
    assert_eq!("".parse::<LanguageTag>(), Err(Problem::Missing));
    let long = format!("de{}", "-abcdefgh".repeat(4));
    for wrong in
        ["d", "deut", "Türkisch", "de-", "-de", "de--DE", "de-a", "de-abcdefghi", "12", "de DE", &long]
    {
        assert!(matches!(wrong.parse::<LanguageTag>(), Err(Problem::Unreadable { .. })), "{wrong}");
    }
}

#[test]
fn a_list_may_be_separated_as_people_do_it() {
    let read = |text| parse_list(text).map(|tags| tags.iter().map(ToString::to_string).collect::<Vec<_>>());
    for text in ["tr, de", "tr;de", "tr de", " tr ,, de ;", "TR, de, tr"] {
        assert_eq!(read(text), Ok(vec!["tr".to_owned(), "de".to_owned()]), "{text}");
    }
    assert_eq!(read(""), Ok(vec![]));
    assert!(read("tr, Deutsch").is_err_and(|problem| problem.to_string().contains("Deutsch")));
}

proptest! {
    #[test]
    fn a_list_is_a_set_in_its_order(texts in proptest::collection::vec("[a-z]{2,3}", 0..8)) {
        let tags = parse_list(&texts.join(",")).expect("all are tags");
        let mut seen = Vec::new();
        for text in &texts {
            if !seen.contains(text) {
                seen.push(text.clone());
            }
        }
        prop_assert_eq!(tags.iter().map(ToString::to_string).collect::<Vec<_>>(), seen);
    }

    #[test]
    fn the_language_stands_first_in_its_tag(language in "[a-z]{2,3}", region in "[A-Z]{2}") {
        let tag = tag(&format!("{language}-{region}"));
        prop_assert_eq!(tag.primary(), language);
        prop_assert!(tag.as_str().len() <= 35);
    }
}
