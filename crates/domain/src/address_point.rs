//! A door of a town: an address and where it is on the ground, from an open map.

use crate::address::Address;
use crate::issue::{Issues, Problem};
use crate::position::Position;
use crate::text::Line;

/// An address whose place is known.
#[derive(Debug, Clone, PartialEq)]
pub struct AddressPoint {
    street: Line,
    house_number: Line,
    postcode: Option<Line>,
    city: Option<Line>,
    position: Position,
}

impl AddressPoint {
    /// An address with street and number and its place.
    ///
    /// # Errors
    /// [`Problem::Missing`] without street or number; what is wrong with the first text that cannot be read.
    pub fn new(address: Address, position: Position) -> Result<Self, Problem> {
        let Address { street, house_number, postcode, city } = address;
        let (street, house_number) = (street.ok_or(Problem::Missing)?, house_number.ok_or(Problem::Missing)?);
        Ok(Self { street, house_number, postcode, city, position })
    }

    /// Reads the texts of a foreign file or of a stored row.
    ///
    /// # Errors
    /// As [`AddressPoint::new`].
    pub fn from_texts(
        (street, house_number): (&str, &str),
        (postcode, city): (&str, &str),
        position: Position,
    ) -> Result<Self, Problem> {
        let mut issues = Issues::default();
        let address = Address::collect(&mut issues, street, house_number, postcode, city);
        issues
            .finish()
            .map_err(|issues| issues.into_iter().next().map_or(Problem::Missing, |issue| issue.problem))?;
        Self::new(address, position)
    }

    /// The street, as the source writes it.
    #[must_use]
    pub fn street(&self) -> &Line {
        &self.street
    }

    /// The house number, as the source writes it.
    #[must_use]
    pub fn house_number(&self) -> &Line {
        &self.house_number
    }

    /// The postal code, where the source has it.
    #[must_use]
    pub fn postcode(&self) -> Option<&Line> {
        self.postcode.as_ref()
    }

    /// The town, where the source has it.
    #[must_use]
    pub fn city(&self) -> Option<&Line> {
        self.city.as_ref()
    }

    /// Where it is.
    #[must_use]
    pub fn position(&self) -> Position {
        self.position
    }

    /// The address without its place.
    #[must_use]
    pub fn address(&self) -> Address {
        Address {
            street: Some(self.street.clone()),
            house_number: Some(self.house_number.clone()),
            postcode: self.postcode.clone(),
            city: self.city.clone(),
        }
    }
}

/// The street as it is looked up: small letters, ß as ss, umlauts spelled out, "str." and "straße" alike, no blanks,
/// hyphens or points. `Graefestr.`, `Graefe-Straße` and `GRAEFESTRASSE` are one street.
#[must_use]
pub fn fold_street(street: &str) -> String {
    let mut folded = String::with_capacity(street.len());
    for c in street.trim().to_lowercase().chars() {
        match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            c if c.is_alphanumeric() => folded.push(c),
            // A mark above or below a letter of another script belongs to the name.
            c if !c.is_ascii() && !c.is_whitespace() && !c.is_control() && !is_dash(c) => folded.push(c),
            _ => {}
        }
    }
    // "str" at the end is the usual short form; "strasse" in the middle ("Straße des 17. Juni") stays.
    match folded.strip_suffix("strasse").or_else(|| folded.strip_suffix("str")) {
        Some(name) => format!("{name}str"),
        None if street.trim().to_lowercase().starts_with("str.") => {
            format!("strasse{}", folded.trim_start_matches("str"))
        }
        None => folded,
    }
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2019}' | '\u{00B4}')
}

/// The house number as it is looked up: `12 A` and `12a` are one door.
#[must_use]
pub fn fold_house_number(number: &str) -> String {
    number.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The number that a house number begins with; by it the nearest door of a street is found.
#[must_use]
pub fn leading_number(number: &str) -> Option<u32> {
    let digits: String = number.trim().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_street_are_one_key() {
        for spelling in ["Graefestraße", "Graefestr.", "GRAEFESTRASSE", "Graefe-Straße", " graefe str "] {
            assert_eq!(fold_street(spelling), "graefestr", "{spelling}");
        }
        assert_eq!(fold_street("Straße des 17. Juni"), fold_street("Str. des 17. Juni"));
        assert_eq!(fold_street("Böckhstraße"), fold_street("Boeckhstr."));
    }

    #[test]
    fn different_streets_stay_different() {
        let streets =
            ["Graefestraße", "Grafenstraße", "Am Graefe", "Strausberger Platz", "Straßburger Straße"];
        let keys: std::collections::BTreeSet<String> = streets.iter().map(|s| fold_street(s)).collect();
        assert_eq!(keys.len(), streets.len());
        assert_ne!(fold_street("улица Ленина"), fold_street("улица Мира"));
    }

    #[test]
    fn a_number_may_have_letters_and_spans() {
        assert_eq!(fold_house_number("12 A"), "12a");
        assert_eq!(leading_number("23 - 31"), Some(23));
        assert_eq!(leading_number("12a"), Some(12));
        assert_eq!(leading_number("a12"), None);
        assert_eq!(leading_number("99999999999"), None);
    }

    #[test]
    fn a_door_needs_street_and_number() {
        let at = Position::new(52.49, 13.41).expect("valid");
        assert!(AddressPoint::from_texts(("Graefestraße", "12"), ("", ""), at).is_ok());
        assert_eq!(AddressPoint::from_texts(("", "12"), ("10967", ""), at), Err(Problem::Missing));
        assert_eq!(AddressPoint::from_texts(("Graefestraße", " "), ("", ""), at), Err(Problem::Missing));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(street in "\\PC{0,40}") {
            let once = fold_street(&street);
            prop_assert_eq!(fold_street(&once), once);
        }
    }
}
