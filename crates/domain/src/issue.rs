//! What can be wrong with a value somebody gave us, in words for that person.

use crate::saying::Say;
use serde::{Serialize, Serializer};
use std::fmt;

/// A problem with one value, without saying where the value stood.
///
/// Each variant has a sentence in every language (`problem-<variant>`, see [`Say`]); `Display` is the English one for
/// the terminal and for refused rows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
pub enum Problem {
    /// Nothing was given where something is needed.
    #[error("is missing: please fill it in")]
    Missing,
    /// More characters than the field holds.
    #[error("is too long: {length} characters, at most {limit} fit")]
    TooLong {
        /// Characters given.
        length: usize,
        /// Characters that fit.
        limit: usize,
    },
    /// Fewer characters than a secret needs.
    #[error("is too short: {length} characters, at least {least} are needed")]
    TooShort {
        /// Characters given.
        length: usize,
        /// Characters needed.
        least: usize,
    },
    /// A secret that everybody tries first.
    #[error("is easy to guess: choose something longer that has nothing to do with you")]
    Guessable,
    /// A secret or code that does not fit.
    #[error("does not fit: please look again and type it once more")]
    NoFit,
    /// Characters nobody can see or print.
    #[error("contains a control character (U+{code:04X}): please type the text again")]
    ControlCharacter {
        /// Code point of the first one.
        #[serde(serialize_with = "code_point")]
        code: u32,
    },
    /// The value is not of the expected form; the sentence names an example.
    #[error("\"{given}\" cannot be read: expected {expected}")]
    Unreadable {
        /// What stood there, shortened.
        given: String,
        /// The expected form with an example.
        expected: Expected,
    },
    /// A number outside its range.
    #[error("{given} is out of range: between {least} and {most}")]
    OutOfRange {
        /// The number given, as written.
        given: String,
        /// Smallest allowed.
        least: String,
        /// Largest allowed.
        most: String,
    },
    /// Somebody who does not want to be taken in.
    #[error(
        "has objected: whoever is behind it is not taken in and not written to, unless they ask for it themselves"
    )]
    Objected,
    /// A mail that nothing allows: no consent stands, and nobody has asked for it.
    #[error(
        "nothing allows a mail to this address: no consent to a first mail stands, and nobody has asked for it; note the consent, or say that the person asked"
    )]
    NoBasis,
    /// More things in a list than it holds.
    #[error("are too many: {count}, at most {limit} fit")]
    TooMany {
        /// Things given.
        count: usize,
        /// Things that fit.
        limit: usize,
    },
    /// Something that may exist once exists already.
    #[error("exists already: {what}")]
    Taken {
        /// What exists.
        what: String,
    },
    /// A reference to something that is not there.
    #[error("not found: {what}")]
    Unknown {
        /// What was looked for.
        what: String,
    },
}

impl Say for Problem {
    const NOUN: &'static str = "problem";
}

impl Problem {
    /// Says that `given` cannot be read, quoting at most 60 characters of it.
    #[must_use]
    pub fn unreadable(given: &str, expected: Expected) -> Self {
        let mut quoted: String = given.chars().take(60).collect();
        if given.chars().nth(60).is_some() {
            quoted.push('…');
        }
        Self::Unreadable { given: quoted, expected }
    }
}

/// A character by its number, as tables of characters write it: `U+0007`.
///
/// # Errors
/// Those of the serializer.
pub fn code_point<S: Serializer>(code: &u32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("U+{code:04X}"))
}

/// The form that a value should have had; every language names it with an example (`expected-<variant>`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
pub enum Expected {
    /// An amount of money.
    Amount,
    /// Three colours in one number.
    Colour,
    /// A day of the calendar.
    Day,
    /// Degrees of latitude or longitude.
    Degrees,
    /// Days of the week with hours.
    Hours,
    /// The id of something stored.
    Id,
    /// An import that can be taken back.
    ImportOfRows,
    /// A kind of resource.
    Kind,
    /// The tag of a language.
    Language,
    /// A number that may have a fraction.
    Number,
    /// A ring that comes back to where it began.
    Ring,
    /// A name for addresses of pages.
    Slug,
    /// A whole number.
    WholeNumber,
    /// A state of a lifecycle.
    State {
        /// Whose lifecycle.
        noun: &'static str,
    },
    /// A step of a lifecycle.
    Step {
        /// Whose lifecycle.
        noun: &'static str,
    },
    /// One word of a closed list; the words are the same in every language.
    OneOf {
        /// The list, with "or" before its last word.
        #[serde(serialize_with = "with_commas")]
        words: &'static str,
    },
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Amount => "an amount such as 1.234,56",
            Self::Colour => "red, green and blue in six digits, such as #b3290f",
            Self::Day => "a day such as 2026-03-31 or 31.03.2026",
            Self::Degrees => "degrees such as 52.4937",
            Self::Hours => "days and hours such as \"Mo 09:00-12:00, We-Fr 14:00-18:00\"",
            Self::Id => "an id such as 0198c0de-0000-7000-8000-000000000001",
            Self::ImportOfRows => "an import of actors, cards or premises: quarters are drawn anew instead",
            Self::Kind => "a kind of resource such as room_event",
            Self::Language => "a language tag such as de, tr or pt-BR",
            Self::Number => "a number such as 2.5",
            Self::Ring => "a ring whose last corner equals its first",
            Self::Slug => "small letters a–z, digits and hyphens, such as graefe-kiez",
            Self::WholeNumber => "a whole number such as 2",
            Self::State { noun } => return write!(f, "a state of a {noun}"),
            Self::Step { noun } => return write!(f, "a step of a {noun}"),
            Self::OneOf { words } => words,
        })
    }
}

/// "Or" is a word of one language, a comma is none.
fn with_commas<S: Serializer>(words: &&'static str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&words.replace(" or ", ", "))
}

/// A problem together with the name of the field it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldIssue {
    /// Name of the form field or column, as in the code.
    pub field: String,
    /// What is wrong with it.
    pub problem: Problem,
}

impl FieldIssue {
    /// Joins a field's name and its problem.
    pub fn new(field: impl Into<String>, problem: Problem) -> Self {
        Self { field: field.into(), problem }
    }
}

impl fmt::Display for FieldIssue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.problem)
    }
}

/// Collects every issue of a form instead of stopping at the first.
#[derive(Debug, Default)]
pub struct Issues(Vec<FieldIssue>);

impl Issues {
    /// Keeps the value, or notes the problem under `field` and returns nothing.
    pub fn take<T>(&mut self, field: &str, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.add(field, problem)).ok()
    }

    /// Keeps the value of a part of the form that has fields of its own, or notes all its issues.
    pub fn join<T>(&mut self, part: Result<T, Vec<FieldIssue>>) -> Option<T> {
        part.map_err(|issues| self.0.extend(issues)).ok()
    }

    /// Notes a problem.
    pub fn add(&mut self, field: &str, problem: Problem) {
        self.0.push(FieldIssue::new(field, problem));
    }

    /// The collected issues as an error, or `Ok` when there are none.
    ///
    /// # Errors
    /// All collected issues, in the order in which they were found.
    pub fn finish(self) -> Result<(), Vec<FieldIssue>> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0) }
    }
}
