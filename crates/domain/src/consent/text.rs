//! The words that people agree to: plain, short, one version for ever. The version is the hash of the words.

use super::Purpose;
use crate::issue::{Expected, Problem};
use crate::language::LanguageTag;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::fmt::{self, Write as _};
use std::str::FromStr;
use std::sync::LazyLock;

/// The SHA-256 of a text, as 64 small hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextVersion(String);

impl TextVersion {
    /// The version of these words.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut digits = String::with_capacity(64);
        for byte in Sha256::digest(text.as_bytes()) {
            write!(digits, "{byte:02x}").expect("writing to memory cannot fail");
        }
        Self(digits)
    }

    /// All its digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As much of it as people compare.
    #[must_use]
    pub fn short(&self) -> &str {
        &self.0[..8]
    }
}

impl fmt::Display for TextVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for TextVersion {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        match text.len() == 64 && text.bytes().all(is_digit) {
            true => Ok(Self(text.to_owned())),
            false => Err(Problem::unreadable(text, Expected::Id)),
        }
    }
}

/// A text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentText {
    /// What it asks for.
    pub purpose: Purpose,
    /// Its language.
    pub language: LanguageTag,
    /// From which day on it is asked.
    pub since: Date,
    /// The words themselves.
    pub text: String,
    /// Their version.
    pub version: TextVersion,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    text: Vec<Entry>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    purpose: String,
    language: String,
    since: String,
    text: String,
}

/// Every text that was ever asked, the oldest first within a purpose and language.
#[must_use]
pub fn all() -> &'static [ConsentText] {
    static TEXTS: LazyLock<Vec<ConsentText>> = LazyLock::new(|| {
        read(include_str!("../../../../data/consent/texts.toml"))
            .expect("texts.toml is read by a test before it ships")
    });
    &TEXTS
}

/// The words that are asked today; in German where nobody has written them in that language.
#[must_use]
pub fn current(purpose: Purpose, language: &str) -> &'static ConsentText {
    let latest = |language: &str| {
        let mut fitting = all().iter().rev();
        fitting.find(|text| text.purpose == purpose && text.language.as_str() == language)
    };
    let found = latest(language).or_else(|| latest("de"));
    found.expect("a test sees that every purpose has its German words")
}

/// The languages in which every purpose can be asked.
#[must_use]
pub fn languages() -> [&'static str; 4] {
    ["de", "en", "tr", "ar"]
}

/// The words of a version; nothing for one that this program does not know.
#[must_use]
pub fn of_version(version: &TextVersion) -> Option<&'static ConsentText> {
    all().iter().find(|text| text.version == *version)
}

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
enum TextFileError {
    #[error("texts.toml: {0}")]
    Syntax(#[from] toml::de::Error),
    #[error("texts.toml, {purpose} in {language}: {problem}")]
    Word { purpose: String, language: String, problem: Problem },
}

fn read(file: &str) -> Result<Vec<ConsentText>, TextFileError> {
    let file: File = toml::from_str(file)?;
    file.text.iter().map(parsed).collect()
}

fn parsed(entry: &Entry) -> Result<ConsentText, TextFileError> {
    let word = |problem| TextFileError::Word {
        purpose: entry.purpose.clone(),
        language: entry.language.clone(),
        problem,
    };
    let text = entry.text.trim().to_owned();
    Ok(ConsentText {
        purpose: entry.purpose.parse().map_err(word)?,
        language: entry.language.parse().map_err(word)?,
        since: crate::period::parse_date(&entry.since).map_err(word)?,
        version: TextVersion::of(&text),
        text,
    })
}
