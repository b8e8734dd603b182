//! A language somebody speaks or a text is written in.

use crate::issue::{Expected, Problem};
use crate::sizes::LANGUAGES;
use std::fmt;
use std::str::FromStr;

/// A BCP 47 language tag in its usual case, such as `de`, `tr`, `zh-Hant` or `pt-BR`.
///
/// Only the well-formed shape is checked (RFC 5646 §2.1: language, script, region, variants), not the registry.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LanguageTag(String);

impl LanguageTag {
    /// German.
    #[must_use]
    pub fn german() -> Self {
        Self("de".to_owned())
    }

    /// The whole tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language alone: `pt` of `pt-BR`. Two people understand each other when this is equal.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl FromStr for LanguageTag {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        let unreadable = || Problem::unreadable(text, Expected::Language);
        let mut parts = text.split(['-', '_']);
        let language = parts.next().unwrap_or_default();
        if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Err(unreadable());
        }
        let mut tag = language.to_ascii_lowercase();
        for part in parts {
            tag.push('-');
            tag.push_str(&subtag(part).ok_or_else(unreadable)?);
        }
        if tag.len() > 35 { Err(unreadable()) } else { Ok(Self(tag)) }
    }
}

/// A script (4 letters), region (2 letters or 3 digits) or variant in its usual case.
fn subtag(part: &str) -> Option<String> {
    let alphanumeric = part.bytes().all(|b| b.is_ascii_alphanumeric());
    match part.len() {
        2 if alphanumeric => Some(part.to_ascii_uppercase()),
        4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
            Some(part[..1].to_ascii_uppercase() + &part[1..].to_ascii_lowercase())
        }
        3..=8 if alphanumeric => Some(part.to_ascii_lowercase()),
        _ => None,
    }
}

/// Reads a comma list of tags; each once, in the order given.
///
/// # Errors
/// The first tag that cannot be read.
pub fn parse_list(text: &str) -> Result<Vec<LanguageTag>, Problem> {
    let mut tags: Vec<LanguageTag> = Vec::new();
    for part in text.split([',', ';', ' ']).map(str::trim).filter(|part| !part.is_empty()) {
        let tag = part.parse()?;
        if !tags.contains(&tag) {
            tags.push(tag);
        }
        if tags.len() > LANGUAGES {
            return Err(Problem::TooMany { count: tags.len(), limit: LANGUAGES });
        }
    }
    Ok(tags)
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for LanguageTag {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        text.parse()
    }
}

impl From<LanguageTag> for String {
    fn from(tag: LanguageTag) -> String {
        tag.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_tag_reads_back_as_itself(text in "[a-zA-Z]{2,3}(-[a-zA-Z]{4})?(-[a-zA-Z]{2})?") {
            let tag: LanguageTag = text.parse().expect("well-formed");
            prop_assert_eq!(tag.to_string().parse::<LanguageTag>(), Ok(tag));
        }

        #[test]
        fn any_text_is_read_or_refused_without_panic(text in "\\PC{0,20}") {
            drop(text.parse::<LanguageTag>());
        }
    }

    #[test]
    fn case_is_put_right() {
        assert_eq!("PT_br".parse::<LanguageTag>().map(String::from), Ok("pt-BR".to_owned()));
        assert_eq!("ZH-hant".parse::<LanguageTag>().map(String::from), Ok("zh-Hant".to_owned()));
    }

    #[test]
    fn words_are_not_tags() {
        assert!("Deutsch".parse::<LanguageTag>().is_err());
        assert!("d".parse::<LanguageTag>().is_err());
    }

    #[test]
    fn lists_keep_order_and_drop_repeats() {
        let tags = parse_list("de, tr,de").expect("readable");
        assert_eq!(tags.iter().map(LanguageTag::as_str).collect::<Vec<_>>(), ["de", "tr"]);
    }
}
