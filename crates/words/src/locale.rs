//! The languages the program speaks.

use fluent_langneg::{NegotiationStrategy, convert_vec_str_to_langids_lossy, negotiate_languages};
use std::fmt;
use std::str::FromStr;

/// A language with complete sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locale {
    /// German, the first language of the program.
    German,
    /// English.
    English,
    /// English letters with marks, written from right to left: shows at once whether a page is ready
    /// for Arabic, and which words were forgotten in a template. Offered in the demo alone.
    Mirrored,
}

impl Locale {
    /// Languages with sentences of their own.
    pub const SPOKEN: [Self; 2] = [Self::German, Self::English];

    /// BCP 47 tag; `ar-XB` is the private region that Unicode uses for mirrored pseudo text.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
            Self::Mirrored => "ar-XB",
        }
    }

    /// Its name in itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::German => "Deutsch",
            Self::English => "English",
            Self::Mirrored => "Pseudo",
        }
    }

    /// Direction of writing, as HTML says it.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::German | Self::English => "ltr",
            Self::Mirrored => "rtl",
        }
    }

    /// The language of labels in data files (`de`, `en`, `tr`, `ar`).
    #[must_use]
    pub const fn label_language(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
            Self::Mirrored => "ar",
        }
    }

    /// The best of the spoken languages for an `Accept-Language` header; German when none fits.
    #[must_use]
    pub fn negotiate(accepted: &str) -> Self {
        let wanted: Vec<&str> =
            accepted.split(',').filter_map(|part| part.split(';').next()).map(str::trim).collect();
        let wanted = convert_vec_str_to_langids_lossy(wanted);
        let spoken = convert_vec_str_to_langids_lossy(Self::SPOKEN.map(Self::tag));
        let found = negotiate_languages(&wanted, &spoken, None, NegotiationStrategy::Lookup);
        found.first().and_then(|tag| tag.to_string().parse().ok()).unwrap_or(Self::German)
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Locale {
    type Err = UnknownLocale;

    fn from_str(text: &str) -> Result<Self, UnknownLocale> {
        let all = [Self::German, Self::English, Self::Mirrored];
        all.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(text)).ok_or(UnknownLocale)
    }
}

/// No such language here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown language: de, en or ar-XB (mirrored test language)")]
pub struct UnknownLocale;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_wish_is_met_or_german_is_spoken() {
        assert_eq!(Locale::negotiate("en-GB,en;q=0.9,de;q=0.5"), Locale::English);
        assert_eq!(Locale::negotiate("fr, de-AT;q=0.8"), Locale::German);
        assert_eq!(Locale::negotiate("zh"), Locale::German);
        assert_eq!(Locale::negotiate(""), Locale::German);
    }

    #[test]
    fn a_tag_reads_back() {
        for locale in [Locale::German, Locale::English, Locale::Mirrored] {
            assert_eq!(locale.tag().parse(), Ok(locale));
        }
        assert!("xx".parse::<Locale>().is_err());
    }
}
