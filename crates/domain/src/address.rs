//! A postal address of a ground-floor unit or a seat.

use crate::issue::{Issues, Problem};
use crate::sizes::SHORT;
use crate::text::{self, Line};
use std::fmt;

/// Street, number, postal code, town; every part may be unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Street without the house number.
    pub street: Option<Line>,
    /// House number with its letter.
    pub house_number: Option<Line>,
    /// Postal code.
    pub postcode: Option<Line>,
    /// Town.
    pub city: Option<Line>,
}

impl Address {
    /// Reads the four parts of a form and notes every issue under the part's name.
    pub fn collect(
        issues: &mut Issues,
        street: &str,
        house_number: &str,
        postcode: &str,
        city: &str,
    ) -> Self {
        Self {
            street: issues.take("street", text::optional(street)).flatten(),
            house_number: issues.take("house_number", short(house_number)).flatten(),
            postcode: issues.take("postcode", short(postcode)).flatten(),
            city: issues.take("city", text::optional(city)).flatten(),
        }
    }

    /// Splits "Graefestraße 12a" into street and number; a street without a number keeps it whole.
    #[must_use]
    pub fn split_street(street: &str) -> (String, String) {
        let street = street.trim();
        let number_at = street
            .char_indices()
            .find(|(at, c)| c.is_ascii_digit() && *at > 0 && street[..*at].ends_with(char::is_whitespace));
        match number_at {
            // "Straße des 17. Juni 135": the number is the last group that starts with a digit.
            Some(_) => {
                let at = last_number(street).unwrap_or(street.len());
                (street[..at].trim().to_owned(), street[at..].trim().to_owned())
            }
            None => (street.to_owned(), String::new()),
        }
    }
}

/// Where the last group of words begins that starts with a digit and is not an ordinal ("17.").
fn last_number(street: &str) -> Option<usize> {
    let mut found = None;
    let mut at = 0;
    for word in street.split_inclusive(char::is_whitespace) {
        let bare = word.trim();
        let starts = bare.starts_with(|c: char| c.is_ascii_digit());
        if at > 0 && starts && !bare.ends_with('.') && found.is_none() {
            found = Some(at);
        } else if found.is_some()
            && !starts
            && bare.chars().count() > 1
            && bare.chars().all(char::is_alphabetic)
        {
            found = None;
        }
        at += word.len();
    }
    found
}

fn short(text: &str) -> Result<Option<Line>, Problem> {
    let length = text.trim().chars().count();
    if length > SHORT { Err(Problem::TooLong { length, limit: SHORT }) } else { text::optional(text) }
}

impl fmt::Display for Address {
    /// One line: "Graefestraße 12a, 10967 Berlin".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pair = |a: &Option<Line>, b: &Option<Line>| {
            let parts: Vec<&str> = [a, b].into_iter().flatten().map(Line::as_str).collect();
            parts.join(" ")
        };
        let (near, far) = (pair(&self.street, &self.house_number), pair(&self.postcode, &self.city));
        let separator = if near.is_empty() || far.is_empty() { "" } else { ", " };
        write!(f, "{near}{separator}{far}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streets_and_numbers_come_apart() {
        let cases = [
            ("Graefestraße 12a", "Graefestraße", "12a"),
            ("Straße des 17. Juni 135", "Straße des 17. Juni", "135"),
            ("Müllerstraße", "Müllerstraße", ""),
            ("Hasenheide 23 - 31", "Hasenheide", "23 - 31"),
            ("Alt-Moabit 10", "Alt-Moabit", "10"),
            ("", "", ""),
        ];
        for (whole, street, number) in cases {
            assert_eq!(Address::split_street(whole), (street.to_owned(), number.to_owned()), "{whole}");
        }
    }

    #[test]
    fn an_address_is_one_line() {
        let mut issues = Issues::default();
        let address = Address::collect(&mut issues, "Graefestraße", "12a", "10967", "Berlin");
        assert_eq!(address.to_string(), "Graefestraße 12a, 10967 Berlin");
        assert_eq!(Address::collect(&mut issues, "", "", "", "Berlin").to_string(), "Berlin");
        assert!(issues.finish().is_ok());
    }
}
