//! Papers: what is read on a sheet becomes a PDF that a screen reader can read and an archive can keep.
//!
//! A paper is given as finished sentences in blocks; how it looks stands in `paper/paper.typ`. The sentences reach the
//! typesetter as values, never as its source, so nothing that people wrote can be taken for a command.
//! Every PDF keeps to PDF/UA-1 (accessible) and PDF/A-2a (to be archived); what would break them is an error.

mod faces;
mod world;

use serde::Serialize;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use world::Desk;

/// What a paper says, in the order of the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// The title, which a reader's window shows as well.
    pub title: String,
    /// What stands small above the title, such as the project.
    pub kicker: String,
    /// The language as BCP 47 has it, such as `de`.
    pub language: String,
    /// Whether lines run from right to left.
    pub right_to_left: bool,
    /// Who the letter is for, line by line, in the window of its envelope; empty for what is no letter.
    pub address: Vec<String>,
    /// What stands small at the foot of every sheet: who made this and when.
    pub foot: String,
    /// The rest.
    pub blocks: Vec<Block>,
}

/// One piece of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A heading below the title.
    Heading {
        /// Its words.
        text: String,
    },
    /// A paragraph; each line of the text begins a line of the paper.
    Text {
        /// Its words.
        text: String,
    },
    /// What is said in one word each, with its name before it.
    Facts {
        /// Name and value.
        rows: Vec<(String, String)>,
    },
    /// Points in no order.
    List {
        /// One point each.
        points: Vec<String>,
    },
    /// A table whose head stands on every sheet.
    Table {
        /// The names of the columns; as many cells has every row.
        head: Vec<String>,
        /// How wide each column is in parts of the whole.
        widths: Vec<u16>,
        /// Cells by row.
        rows: Vec<Vec<String>>,
    },
    /// A drawing that says what words beside it say as well, such as a QR code.
    Picture {
        /// A whole SVG.
        svg: String,
        /// What those are told who do not see it.
        alternative: String,
        /// How wide it is, in millimetres.
        width_mm: u16,
    },
}

/// Why there is no PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperFault {
    /// The program was built without its type faces.
    #[error(
        "this program was built without the type faces for papers: build them (`cargo xtask demo` does) and build again"
    )]
    NoFaces,
    /// The typesetter will not.
    #[error("the paper cannot be set: {0}")]
    Set(String),
}

/// Sets a paper. `made` is when it was made, in whole seconds since 1970, UTC; the same paper of the same second is the same
/// bytes.
///
/// # Errors
/// [`PaperFault::NoFaces`] in a program built without type faces; [`PaperFault::Set`] when the typesetter refuses, for
/// instance a table whose rows have other lengths than its head.
pub fn pdf(paper: &Paper, made: i64) -> Result<Vec<u8>, PaperFault> {
    if faces::all().is_empty() {
        return Err(PaperFault::NoFaces);
    }
    let desk = Desk::with(paper)?;
    let set = typst::compile::<PagedDocument>(&desk);
    // What the typesetter remembers of earlier papers is of no use for long.
    typst::comemo::evict(1);
    let document = set.output.map_err(|faults| said(&faults))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Kiezgrößen".to_owned())),
        timestamp: moment(made).map(Timestamp::new_utc),
        standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
            .map_err(|fault| PaperFault::Set(fault.message().to_string()))?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|faults| said(&faults))
}

fn said(faults: &[typst::diag::SourceDiagnostic]) -> PaperFault {
    let all: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    PaperFault::Set(all.join("; "))
}

fn moment(seconds: i64) -> Option<Datetime> {
    let moment = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let part = |value: i8| u8::try_from(value).ok();
    Datetime::from_ymd_hms(
        i32::from(moment.year()),
        part(moment.month())?,
        part(moment.day())?,
        part(moment.hour())?,
        part(moment.minute())?,
        part(moment.second())?,
    )
}

#[cfg(test)]
mod tests;
