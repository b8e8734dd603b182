//! What comes out of a file, and what may be said beforehand about how to read it.

use crate::error::Refusal;
use crate::mapping::Mapping;
use crate::place::PlausibleBox;
use std::path::PathBuf;

/// The kinds of files that can be read, by the word of the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImportKind {
    /// Businesses, institutions, initiatives, public bodies: CSV, XLSX, GeoJSON.
    Actors,
    /// Cards with needs, offers and ideas: CSV, TSV, XLSX.
    Cards,
    /// Ground-floor units: CSV, XLSX, GeoJSON.
    Premises,
    /// Outlines of quarters: GeoJSON.
    Quarter,
}

impl ImportKind {
    /// Every kind with its word.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Actors, "actors"),
        (Self::Cards, "cards"),
        (Self::Premises, "premises"),
        (Self::Quarter, "quarter"),
    ];

    /// The word of the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }
}

impl std::str::FromStr for ImportKind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|(_, word)| *word == text).map(|(kind, _)| *kind);
        found.ok_or_else(|| {
            format!("\"{text}\" cannot be imported: expected actors, cards, premises, quarter, ground or osm")
        })
    }
}

/// One row that can be used, with the line where it starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate<T> {
    /// Line where the record starts, counted from 1.
    pub line: u64,
    /// What stands there.
    pub row: T,
}

/// Everything that was found in one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading<T> {
    /// The file as the person named it.
    pub file: String,
    /// Records in the file, used and refused.
    pub read: usize,
    /// Rows that can be used.
    pub candidates: Vec<Candidate<T>>,
    /// What is wrong with the others; a row has one entry for each fault.
    pub refused: Vec<Refusal>,
    /// Remarks on the file as a whole, such as a guessed encoding.
    pub notes: Vec<String>,
}

impl<T> Reading<T> {
    /// How many rows are left out, however many faults each of them has.
    #[must_use]
    pub fn refused_rows(&self) -> usize {
        self.read - self.candidates.len()
    }
}

/// What may be said beforehand about how to read a file.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Where places are expected; Europe when nothing is said.
    pub plausible: PlausibleBox,
    /// Headings that we would not recognise by ourselves.
    pub mapping: Option<Mapping>,
    /// Codes or names of the quarters wanted from a file with many; empty: all of them.
    pub only: Vec<String>,
    /// The program that reads spreadsheets in a limited process of its own: `kiez` itself.
    pub spreadsheet_program: Option<PathBuf>,
}
