//! What can be wrong with a value somebody gave us, in words for that person.

use std::fmt;

/// A problem with one value, without saying where the value stood.
///
/// Each variant has a stable [`code`](Problem::code) under which the pages find the sentence in the
/// reader's language; `Display` is the English sentence for the terminal and for refused rows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
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
    /// Characters nobody can see or print.
    #[error("contains a control character (U+{code:04X}): please type the text again")]
    ControlCharacter {
        /// Code point of the first one.
        code: u32,
    },
    /// The value is not of the expected form; the sentence names an example.
    #[error("\"{given}\" cannot be read: expected {expected}")]
    Unreadable {
        /// What stood there, shortened.
        given: String,
        /// The expected form with an example.
        expected: &'static str,
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

impl Problem {
    /// Stable name of the variant: the key of its sentence in the locale files (`problem-<code>`).
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong { .. } => "too-long",
            Self::ControlCharacter { .. } => "control-character",
            Self::Unreadable { .. } => "unreadable",
            Self::OutOfRange { .. } => "out-of-range",
            Self::Taken { .. } => "taken",
            Self::Unknown { .. } => "unknown",
        }
    }

    /// Says that `given` cannot be read, quoting at most 60 characters of it.
    #[must_use]
    pub fn unreadable(given: &str, expected: &'static str) -> Self {
        let mut quoted: String = given.chars().take(60).collect();
        if given.chars().nth(60).is_some() {
            quoted.push('…');
        }
        Self::Unreadable { given: quoted, expected }
    }
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
