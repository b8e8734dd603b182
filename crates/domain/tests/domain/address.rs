use kiez_domain::address::Address;
use kiez_domain::issue::{Issues, Problem};
use proptest::prelude::*;

fn read(street: &str, number: &str, postcode: &str, city: &str) -> (Address, Vec<String>) {
    let mut issues = Issues::default();
    let address = Address::collect(&mut issues, street, number, postcode, city);
    let fields = issues.finish().err().unwrap_or_default().into_iter().map(|issue| issue.field).collect();
    (address, fields)
}

#[test]
fn every_part_may_be_missing() {
    for (parts, line) in [
        (("", "", "", ""), ""),
        (("Graefestraße", "", "", ""), "Graefestraße"),
        (("Graefestraße", "12a", "", ""), "Graefestraße 12a"),
        (("", "", "10967", "Berlin"), "10967 Berlin"),
        (("Graefestraße", "", "10967", ""), "Graefestraße, 10967"),
        (("Graefestraße", "12a", "10967", "Berlin"), "Graefestraße 12a, 10967 Berlin"),
    ] {
        let (address, fields) = read(parts.0, parts.1, parts.2, parts.3);
        assert_eq!((address.to_string().as_str(), fields), (line, vec![]));
    }
}

#[test]
fn every_fault_is_told_under_the_name_of_its_part() {
    let (_, fields) = read(&"x".repeat(301), &"1".repeat(21), &"2".repeat(21), "Ber\u{0}lin");
    assert_eq!(fields, ["street", "house_number", "postcode", "city"]);
    let mut issues = Issues::default();
    Address::collect(&mut issues, "Graefestraße", &"1".repeat(21), "", "");
    let found = issues.finish().expect_err("no house has such a number");
    assert_eq!(found[0].problem, Problem::TooLong { length: 21, limit: 20 });
}

#[test]
fn the_number_stands_behind_the_street() {
    for (whole, street, number) in [
        ("Karl-Marx-Str. 12", "Karl-Marx-Str.", "12"),
        ("Kottbusser Damm 25/26", "Kottbusser Damm", "25/26"),
        ("  Urbanstraße   48 a ", "Urbanstraße", "48 a"),
        ("Am Tempelhofer Berg 7 b", "Am Tempelhofer Berg", "7 b"),
        ("Straße 44", "Straße", "44"),
        ("17. Juni", "17. Juni", ""),
        ("1000-Blumen-Weg", "1000-Blumen-Weg", ""),
    ] {
        assert_eq!(Address::split_street(whole), (street.to_owned(), number.to_owned()), "{whole}");
    }
}

proptest! {
    #[test]
    fn no_letter_is_lost_between_street_and_number(street in "[A-ZÄÖÜ][a-zäöüß-]{2,12}( [A-Z][a-zß]{2,9})?", number in "[1-9][0-9]{0,2}[a-f]?") {
        let whole = format!("{street} {number}");
        prop_assert_eq!(Address::split_street(&whole), (street, number));
    }

    #[test]
    fn no_street_makes_the_split_panic(text in "\\PC{0,40}") {
        let (street, number) = Address::split_street(&text);
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(letters(&street) + &letters(&number), letters(&text));
    }
}
