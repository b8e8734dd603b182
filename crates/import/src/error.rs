//! Which error to use where: [`ReadError`] when a file as a whole cannot be used, so that nothing of it is taken;
//! [`Refusal`] when one row is left out and the rest goes on. Both say where it is, what is wrong and what to do.

use crate::file_fault::FileFault;
use kiez_domain::saying::{Say, Saying};
use std::fmt;

/// A file that cannot be read as a whole, with the place in it where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// The file as the person named it.
    pub file: String,
    /// Line, counted from 1, where one can be named.
    pub line: Option<u64>,
    /// Column in the line, counted from 1, where one can be named.
    pub column: Option<u64>,
    /// What is wrong with it.
    pub fault: Box<FileFault>,
}

impl ReadError {
    /// Names the file and what is wrong with it.
    #[must_use]
    pub fn new(file: &str, fault: FileFault) -> Self {
        Self { file: file.to_owned(), line: None, column: None, fault: Box::new(fault) }
    }

    /// Adds the line.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// Adds the column of the line.
    #[must_use]
    pub fn at_column(mut self, column: u64) -> Self {
        self.column = Some(column);
        self
    }

    /// What is wrong, for readers of every language; the place stands beside it.
    #[must_use]
    pub fn saying(&self) -> Saying {
        self.fault.saying()
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = self.column {
            write!(f, ":{column}")?;
        }
        write!(f, ": {}", self.fault)
    }
}

impl std::error::Error for ReadError {}

/// One thing that is wrong with one row; a row with several has several.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Refusal {
    /// The file as the person named it.
    pub file: String,
    /// Line where the record starts, counted from 1; 0 in a map, which has no lines: the field names the element then.
    pub line: u64,
    /// Column in the line, where one can be named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u64>,
    /// The field concerned, by the heading of the file where it has one.
    pub field: String,
    /// Whether the field's name is one of ours: readers of other languages know it by another.
    #[serde(skip)]
    pub own_field: bool,
    /// What is wrong and what to do, as an English sentence.
    pub reason: String,
    /// The same for readers of every language.
    #[serde(skip)]
    pub said: Saying,
}

/// What a fault concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field<'a> {
    /// A heading or property, as it stands in the file.
    Heading(&'a str),
    /// A name of ours, such as `row` or `geometry`, for what has no name in the file.
    Ours(&'a str),
}

impl<'a> Field<'a> {
    /// The name, whoever gave it.
    #[must_use]
    pub fn name(self) -> &'a str {
        match self {
            Self::Heading(name) | Self::Ours(name) => name,
        }
    }
}

/// Why something is left out: in English, and for readers of every language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    sentence: String,
    said: Saying,
}

impl<T: Say> From<T> for Reason {
    fn from(fault: T) -> Self {
        Self { sentence: fault.to_string(), said: fault.saying() }
    }
}

impl Refusal {
    /// Joins the place and the reason.
    pub fn new(file: &str, line: u64, field: Field<'_>, reason: impl Into<Reason>) -> Self {
        let Reason { sentence: reason, said } = reason.into();
        let own_field = matches!(field, Field::Ours(_));
        let field = field.name().to_owned();
        Self { file: file.to_owned(), line, column: None, field, own_field, reason, said }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}: {}", self.file, self.field, self.reason),
            line => write!(f, "{}:{line}: {}: {}", self.file, self.field, self.reason),
        }
    }
}
