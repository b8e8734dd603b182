//! Texts that people type: normalised, bounded, printable.

use crate::issue::{Expected, Problem};
use std::fmt;
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident: $limit:literal characters, $lines:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Characters that fit.
            pub const LIMIT: usize = $limit;

            /// The text itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = Problem;
            fn from_str(text: &str) -> Result<Self, Problem> {
                parse(text, $limit, Lines::$lines).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = Problem;
            fn try_from(text: String) -> Result<Self, Problem> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }
    )*};
}

texts! {
    /// A name of an actor, quarter, project or person: one line.
    Name: 200 characters, One;
    /// A short remark on one line: a street, a function, a label.
    Line: 300 characters, One;
    /// A card, a need, an offer, a note: may have several lines.
    Body: 20_000 characters, Many;
}

/// The short name of a project in addresses: `graefekiez`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// Signs that fit.
    pub const LIMIT: usize = 60;

    /// The slug itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Slug {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let edges = text.starts_with('-') || text.ends_with('-');
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        if text.len() > Self::LIMIT {
            return Err(Problem::TooLong { length: text.chars().count(), limit: Self::LIMIT });
        }
        if edges || !text.chars().all(allowed) {
            return Err(Problem::unreadable(text, Expected::Slug));
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for Slug {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> String {
        slug.0
    }
}

/// Reads a field that may be left empty.
///
/// # Errors
/// What is wrong with a text that is not empty.
pub fn optional<T: FromStr<Err = Problem>>(text: &str) -> Result<Option<T>, Problem> {
    if text.trim().is_empty() { Ok(None) } else { text.parse().map(Some) }
}

/// The text of a field that may be empty.
#[must_use]
pub fn shown<T: fmt::Display>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// The comma list of a field.
#[must_use]
pub fn listed<T: fmt::Display>(values: &[T]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    One,
    Many,
}

/// Unicode NFC, outer space removed, inner space of a one-line text folded, no control characters.
fn parse(text: &str, limit: usize, lines: Lines) -> Result<String, Problem> {
    let composed: String = text.nfc().collect::<String>().replace("\r\n", "\n").replace('\r', "\n");
    let text = match lines {
        Lines::One => composed.split_whitespace().collect::<Vec<_>>().join(" "),
        Lines::Many => composed.trim().to_owned(),
    };
    if text.is_empty() {
        return Err(Problem::Missing);
    }
    if let Some(found) = text.chars().find(|c| is_forbidden(*c)) {
        return Err(Problem::ControlCharacter { code: u32::from(found) });
    }
    let length = text.chars().count();
    if length > limit { Err(Problem::TooLong { length, limit }) } else { Ok(text) }
}

/// Control characters but line feed and tab, and the marks that turn the direction of foreign text around.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_accepted_reads_back_as_itself(text in "\\PC{1,80}") {
            if let Ok(name) = text.parse::<Name>() {
                prop_assert_eq!(name.to_string().parse::<Name>(), Ok(name.clone()));
                prop_assert!(!name.as_str().contains('\n'));
            }
            if let Ok(body) = text.parse::<Body>() {
                prop_assert_eq!(body.to_string().parse::<Body>(), Ok(body));
            }
        }

        #[test]
        fn slugs_read_back(text in "[a-z0-9][a-z0-9-]{0,20}[a-z0-9]") {
            prop_assert_eq!(text.parse::<Slug>().map(String::from), Ok(text));
        }
    }

    #[test]
    fn two_spellings_of_an_umlaut_are_one_name() {
        assert_eq!("Ba\u{0308}ckerei".parse::<Name>(), "Bäckerei".parse::<Name>());
    }

    #[test]
    fn quoted_line_breaks_in_a_name_become_spaces() {
        assert_eq!("Café\n am  Ufer".parse::<Name>().map(String::from), Ok("Café am Ufer".to_owned()));
    }

    #[test]
    fn what_cannot_be_a_text_says_why() {
        assert_eq!(" \n".parse::<Name>(), Err(Problem::Missing));
        assert_eq!("a\u{0}b".parse::<Body>(), Err(Problem::ControlCharacter { code: 0 }));
        assert_eq!("a\u{202E}b".parse::<Name>(), Err(Problem::ControlCharacter { code: 0x202E }));
        assert_eq!("ä".repeat(201).parse::<Name>(), Err(Problem::TooLong { length: 201, limit: 200 }));
        assert!("Graefe Kiez".parse::<Slug>().is_err());
    }
}
