//! Who must not be taken in again: contacts in the one spelling under which they are recognised.
//!
//! The spelling is never stored; what is kept is its keyed hash.

use crate::address::Address;
use crate::contact_channel::Medium;
use crate::lifecycle::words;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

words! {
    /// What an objection recognises.
    ContactKind, "mail, phone or place" {
        /// A mail address.
        Mail = "mail",
        /// A telephone number.
        Phone = "phone",
        /// A name with its address.
        Place = "place",
    }
}

/// A contact in the spelling under which it is recognised.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Contact {
    /// What it is.
    pub kind: ContactKind,
    spelling: String,
}

impl Contact {
    /// A way to reach somebody; nothing for a letter box and a page, and for what is no address and no number.
    #[must_use]
    pub fn of_channel(medium: Medium, value: &str) -> Option<Self> {
        match medium {
            Medium::Mail => mail(value).map(|spelling| Self { kind: ContactKind::Mail, spelling }),
            Medium::Phone => phone(value).map(|spelling| Self { kind: ContactKind::Phone, spelling }),
            Medium::Post | Medium::Web => None,
        }
    }

    /// A name at an address; nothing without a street, because a name alone is many people's.
    #[must_use]
    pub fn of_place(name: &str, address: &Address) -> Option<Self> {
        let street = address.street.as_ref()?;
        let number = address.house_number.as_ref().map_or("", |number| number.as_str());
        let parts = [folded(name), folded(&street_of(street.as_str())), folded(number)];
        (!parts[0].is_empty()).then(|| Self { kind: ContactKind::Place, spelling: parts.join("|") })
    }

    /// The bytes that are hashed: the kind stands in front, so that no number equals a name.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        format!("{}:{}", self.kind, self.spelling).into_bytes()
    }
}

/// Small letters, no space, without what many providers ignore behind a plus sign.
fn mail(value: &str) -> Option<String> {
    let small = value.trim().trim_start_matches("mailto:").to_lowercase();
    let (local, host) = small.rsplit_once('@')?;
    let local = local.split('+').next().unwrap_or(local);
    (!local.is_empty() && host.contains('.')).then(|| format!("{local}@{host}"))
}

/// Digits with the country in front; numbers without one are German ones.
fn phone(value: &str) -> Option<String> {
    let value = value.trim().trim_start_matches("tel:").replace("(0)", "");
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let international = match (value.starts_with('+'), digits.strip_prefix("00")) {
        (true, _) => digits.clone(),
        (false, Some(rest)) => rest.to_owned(),
        (false, None) => format!("49{}", digits.strip_prefix('0').unwrap_or(&digits)),
    };
    (digits.len() >= 5).then_some(international)
}

/// How a street ends is written in many ways.
fn street_of(street: &str) -> String {
    let small = street.to_lowercase();
    for (long, short) in
        [("straße", "str"), ("strasse", "str"), ("str.", "str"), ("platz", "pl"), ("pl.", "pl")]
    {
        if let Some(stem) = small.strip_suffix(long) {
            return format!("{stem}{short}");
        }
    }
    small
}

/// Letters and digits alone, small and without marks.
fn folded(text: &str) -> String {
    let plain = text.to_lowercase().replace('ß', "ss");
    plain.nfkd().filter(|sign| !is_combining_mark(*sign) && sign.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(medium: Medium, value: &str) -> Option<Contact> {
        Contact::of_channel(medium, value)
    }

    fn at(street: &str, number: &str) -> Address {
        Address { street: street.parse().ok(), house_number: number.parse().ok(), postcode: None, city: None }
    }

    #[test]
    fn one_number_is_recognised_however_it_is_written() {
        let known = channel(Medium::Phone, "030 1234567");
        for spelling in
            ["+49 30 123 45 67", "0049-30-1234567", "(030) 1234567", "tel:+49301234567", "+49 (0)30 1234567"]
        {
            assert_eq!(channel(Medium::Phone, spelling), known, "{spelling}");
        }
        assert_ne!(channel(Medium::Phone, "030 1234568"), known);
        assert_eq!(channel(Medium::Phone, "kein"), None);
    }

    #[test]
    fn one_mail_address_is_recognised_however_it_is_written() {
        let known = channel(Medium::Mail, "ayse@example.org");
        for spelling in [" Ayse@Example.ORG", "mailto:ayse@example.org", "ayse+kiez@example.org"] {
            assert_eq!(channel(Medium::Mail, spelling), known, "{spelling}");
        }
        assert_eq!(channel(Medium::Mail, "niemand"), None);
        assert_eq!(channel(Medium::Web, "https://example.org"), None);
    }

    #[test]
    fn a_shop_is_recognised_by_name_and_address_and_never_by_the_name_alone() {
        let known = Contact::of_place("Bäckerei Ayşe", &at("Graefestraße", "12"));
        assert!(known.is_some());
        for (name, street, number) in
            [("BÄCKEREI AYŞE", "Graefestr.", "12"), ("Backerei Ayse", "graefestrasse", "12 ")]
        {
            assert_eq!(Contact::of_place(name, &at(street, number)), known, "{name}");
        }
        assert_ne!(Contact::of_place("Bäckerei Ayşe", &at("Graefestraße", "13")), known);
        assert_eq!(Contact::of_place("Bäckerei Ayşe", &Address::default()), None);
    }

    #[test]
    fn no_number_equals_a_name() {
        let phone = channel(Medium::Phone, "030 1234567").expect("a number");
        assert!(phone.bytes().starts_with(b"phone:49"));
    }
}
