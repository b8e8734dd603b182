//! The languages of pages for people who hold a link and have no account: more than the program itself speaks, because
//! a letter goes to whoever it goes to.

use crate::locale::Locale;
use crate::words::Words;
use fluent_langneg::{NegotiationStrategy, convert_vec_str_to_langids_lossy, negotiate_languages};
use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// The sentences of those pages in the languages that the program itself does not speak.
pub const SOURCES: [(LinkLanguage, &str); 2] = [
    (LinkLanguage::Turkish, include_str!("../locales/tr/links.ftl")),
    (LinkLanguage::Arabic, include_str!("../locales/ar/links.ftl")),
];

/// A language in which every sentence of those pages is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkLanguage {
    /// German.
    German,
    /// English.
    English,
    /// Turkish.
    Turkish,
    /// Arabic, from right to left.
    Arabic,
}

impl LinkLanguage {
    /// All of them, German first.
    pub const ALL: [Self; 4] = [Self::German, Self::English, Self::Turkish, Self::Arabic];

    /// BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
            Self::Turkish => "tr",
            Self::Arabic => "ar",
        }
    }

    /// Its name in itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::German => "Deutsch",
            Self::English => "English",
            Self::Turkish => "Türkçe",
            Self::Arabic => "العربية",
        }
    }

    /// Direction of writing, as HTML says it.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        if matches!(self, Self::Arabic) { "rtl" } else { "ltr" }
    }

    /// Its sentences.
    #[must_use]
    pub fn words(self) -> &'static Words {
        static TURKISH: LazyLock<Words> = LazyLock::new(|| Words::of_links("tr", SOURCES[0].1));
        static ARABIC: LazyLock<Words> = LazyLock::new(|| Words::of_links("ar", SOURCES[1].1));
        match self {
            Self::German => Words::of(Locale::German),
            Self::English => Words::of(Locale::English),
            Self::Turkish => &TURKISH,
            Self::Arabic => &ARABIC,
        }
    }

    /// A day as it is written there.
    #[must_use]
    pub fn day(self, day: Date) -> String {
        let pattern = match self {
            Self::German | Self::Turkish => "%d.%m.%Y",
            Self::English => "%-d %b %Y",
            Self::Arabic => "%-d/%-m/%Y",
        };
        day.strftime(pattern).to_string()
    }

    /// The best of them for an `Accept-Language` header; German when none fits.
    #[must_use]
    pub fn negotiate(accepted: &str) -> Self {
        let wanted: Vec<&str> =
            accepted.split(',').filter_map(|part| part.split(';').next()).map(str::trim).collect();
        let wanted = convert_vec_str_to_langids_lossy(wanted);
        let spoken = convert_vec_str_to_langids_lossy(Self::ALL.map(Self::tag));
        let found = negotiate_languages(&wanted, &spoken, None, NegotiationStrategy::Lookup);
        found.first().and_then(|tag| tag.to_string().parse().ok()).unwrap_or(Self::German)
    }
}

impl fmt::Display for LinkLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for LinkLanguage {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        Self::ALL.into_iter().find(|language| language.tag() == text).ok_or(UnknownLanguage)
    }
}

/// No such language on these pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown language: de, en, tr or ar")]
pub struct UnknownLanguage;

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_tag_reads_back_and_the_browsers_wish_is_met() {
        for language in LinkLanguage::ALL {
            assert_eq!(language.tag().parse(), Ok(language));
        }
        assert!("fr".parse::<LinkLanguage>().is_err());
        assert_eq!(LinkLanguage::negotiate("tr-TR,tr;q=0.9,de;q=0.5"), LinkLanguage::Turkish);
        assert_eq!(LinkLanguage::negotiate("ar-EG"), LinkLanguage::Arabic);
        assert_eq!(LinkLanguage::negotiate("zh"), LinkLanguage::German);
    }

    #[test]
    fn a_day_is_written_as_people_there_write_it() {
        let day = date(2026, 3, 2);
        let written = LinkLanguage::ALL.map(|language| language.day(day));
        assert_eq!(written, ["02.03.2026", "2 Mar 2026", "02.03.2026", "2/3/2026"]);
    }
}
