use kiez_domain::issue::{Expected, Problem};
use kiez_domain::text::{Body, Line, Name, Slug, listed, optional, shown};
use proptest::prelude::*;

#[test]
fn names_are_kept_in_every_script() {
    for name in ["Bäckerei Ayşe", "مقهى السلام", "Księgarnia „Łódź“", "Çay Evi", "书店", "👩‍🍳 Kochclub"]
    {
        assert_eq!(name.parse::<Name>().map(String::from), Ok(name.to_owned()));
    }
}

#[test]
fn outer_and_double_spaces_go_and_inner_ones_stay() {
    assert_eq!("  Zum \t Holzwurm\u{a0} \n".parse::<Name>().map(String::from), Ok("Zum Holzwurm".to_owned()));
    assert_eq!("eins\n zwei".parse::<Line>().map(String::from), Ok("eins zwei".to_owned()));
}

#[test]
fn a_note_keeps_its_lines_and_every_system_ends_them_alike() {
    let unix: Body = "nur vormittags\nklingeln\n\n\tzweiter Hof".parse().expect("a note");
    assert_eq!("nur vormittags\r\nklingeln\r\n\r\n\tzweiter Hof\r\n".parse::<Body>(), Ok(unix.clone()));
    assert_eq!("nur vormittags\rklingeln\r\r\tzweiter Hof".parse::<Body>(), Ok(unix));
}

#[test]
fn a_text_may_be_as_long_as_its_field_and_not_a_letter_longer() {
    fn edge<T: std::str::FromStr<Err = Problem>>(limit: usize) {
        assert!("ß".repeat(limit).parse::<T>().is_ok(), "{limit} letters of two bytes");
        assert_eq!(
            "ß".repeat(limit + 1).parse::<T>().err(),
            Some(Problem::TooLong { length: limit + 1, limit })
        );
    }
    edge::<Name>(Name::LIMIT);
    edge::<Line>(Line::LIMIT);
    edge::<Body>(Body::LIMIT);
    assert_eq!((Name::LIMIT, Line::LIMIT, Body::LIMIT), (200, 300, 20_000));
    // Length is judged after the blanks have gone.
    assert!(format!("{}x", " ".repeat(500)).parse::<Name>().is_ok());
}

#[test]
fn signs_that_nobody_sees_are_refused_with_their_number() {
    for code in [0x00, 0x07, 0x1B, 0x7F, 0x85, 0x202A, 0x202E, 0x2066, 0x2069] {
        let text = format!("a{}b", char::from_u32(code).expect("a sign"));
        let refused = text.parse::<Body>();
        assert!(
            refused == Err(Problem::ControlCharacter { code }) || (code == 0x85 && refused.is_ok()),
            "U+{code:04X}: {refused:?}"
        );
    }
    assert!("rechts\u{200F}links".parse::<Name>().is_ok(), "a mark that only helps to order signs");
}

#[test]
fn short_names_for_addresses_are_plain() {
    assert_eq!(" graefe-kiez-2 ".parse::<Slug>().map(String::from), Ok("graefe-kiez-2".to_owned()));
    assert_eq!(" ".parse::<Slug>(), Err(Problem::Missing));
    assert_eq!("a".repeat(61).parse::<Slug>(), Err(Problem::TooLong { length: 61, limit: 60 }));
    for wrong in ["-a", "a-", "Graefe", "gräfe", "a b", "a/b", "a.b", "a_b", ".."] {
        let refused = wrong.parse::<Slug>().expect_err(wrong).to_string();
        assert!(refused.contains("graefe-kiez"), "{refused}");
    }
}

#[test]
fn an_empty_field_is_nothing_and_a_wrong_one_is_still_wrong() {
    assert_eq!(optional::<Name>(" \n "), Ok(None));
    assert_eq!(optional::<Slug>("Graefe"), Err(Problem::unreadable("Graefe", Expected::Slug)));
    assert_eq!(shown::<Name>(None), "");
    assert_eq!(shown(Some(&7)), "7");
    assert_eq!((listed(&["de", "tr"]), listed::<&str>(&[])), ("de, tr".to_owned(), String::new()));
}

proptest! {
    #[test]
    fn what_was_accepted_has_no_blank_edges_and_fits(text in "[ \\t\\n]{0,3}\\PC{0,60}[ \\r\\n]{0,3}") {
        if let Ok(line) = text.parse::<Line>() {
            prop_assert_eq!(line.as_str(), line.as_str().trim());
            prop_assert!(!line.as_str().contains("  ") && !line.as_str().contains(['\n', '\t']));
            prop_assert!(line.as_str().chars().count() <= Line::LIMIT);
        }
    }

    #[test]
    fn a_name_and_a_line_accept_the_same_short_texts(text in "\\PC{0,60}") {
        let name = text.parse::<Name>().map(String::from);
        prop_assert_eq!(name, text.parse::<Line>().map(String::from));
    }
}
