//! Each way in which a file as a whole can be unusable.
//!
//! A value called `detail` is what a library or the operating system says: English, and not for every reader.

use crate::sheet_fault::SheetFault;
use kiez_domain::issue::Problem;
use kiez_domain::saying::Say;
use std::fmt;

/// What is wrong with a file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
pub enum FileFault {
    /// The path leads nowhere.
    #[error("there is no such file: check the path")]
    NotFound,
    /// The path leads to a folder.
    #[error("is a folder, not a file: name the files in it, for example {folder}/*.csv")]
    Folder {
        /// The folder.
        folder: String,
    },
    /// The operating system says no.
    #[error("may not be read by this account: check the rights of the file")]
    NoPermission,
    /// The operating system failed in another way.
    #[error("cannot be read: {detail}")]
    Unreadable {
        /// What it says.
        detail: String,
    },
    /// More bytes than we are ready to take.
    #[error("is too large: at most {limit_megabytes} MB are read: split it into several files")]
    TooLarge {
        /// The limit.
        limit_megabytes: u64,
    },
    /// Not a byte, or only blanks.
    #[error("is empty: there is nothing to read in it")]
    Empty,
    /// A heading and nothing below it, or an empty list.
    #[error("holds no records: there is nothing below its heading")]
    NoRecords,
    /// Another kind of file than wanted.
    #[error("looks like {looks}, but {needed} is needed")]
    WrongFormat {
        /// What the bytes look like.
        looks: Looks,
        /// What could be read.
        needed: Needed,
    },
    /// The ending of the name says one thing and the bytes another.
    #[error("is called .{ending} but looks like {looks}: give it the ending that fits, or export it again")]
    WrongEnding {
        /// The ending of the file name.
        ending: String,
        /// What the bytes look like.
        looks: Looks,
    },
    /// Bytes that are not text in any encoding we know.
    #[error("is not text in UTF-8, UTF-16 or Windows-1252 ({clue}): save it as UTF-8")]
    WrongEncoding {
        /// What gave it away.
        clue: Clue,
    },
    /// A quotation mark that is never closed swallows the rest of the file.
    #[error(
        "a quotation mark opened here is never closed, so everything below would be one field: close it or remove it"
    )]
    UnclosedQuote,
    /// A column without which nothing can be read.
    #[error("the column \"{wanted}\" is missing; recognised headings: {known}; found: {headings}")]
    MissingColumn {
        /// The name of our field.
        wanted: &'static str,
        /// Headings that would do.
        known: String,
        /// Headings that stand there.
        headings: Headings,
    },
    /// Two columns of one name, of which we would have to guess.
    #[error("the heading \"{heading}\" stands there twice: rename one of the columns")]
    DuplicateColumn {
        /// The heading.
        heading: String,
    },
    /// More than we are ready to hold in memory.
    #[error("has {found} {counted}, at most {limit} are read: split it into several files")]
    TooMuch {
        /// What the file has.
        found: usize,
        /// What is read.
        limit: usize,
        /// Columns, records or cells.
        counted: Counted,
    },
    /// JSON that stops in the middle.
    #[error("the file ends in the middle: it was probably cut off while it was saved or loaded ({detail})")]
    TruncatedJson {
        /// What the parser says.
        detail: String,
    },
    /// JSON with a slip in it.
    #[error("is not valid JSON: {detail}")]
    BrokenJson {
        /// What the parser says.
        detail: String,
    },
    /// JSON, but not a map.
    #[error(
        "is JSON but not GeoJSON: expected a FeatureCollection, a Feature or a geometry at the top, found {top}"
    )]
    NotGeoJson {
        /// What stands at the top.
        top: Top,
    },
    /// A coordinate system that we cannot project.
    #[error("uses the coordinate system {system}: export it as EPSG:4326 (WGS 84) or EPSG:25833")]
    UnknownCoordinateSystem {
        /// Its name in the file.
        system: String,
    },
    /// A quarter that was asked for by name and is not there.
    #[error("cannot be read: it holds no quarter with the code or name \"{wanted}\"")]
    NoSuchQuarter {
        /// The code or name.
        wanted: String,
    },
    /// Somebody who must be named beside the map, and cannot.
    #[error("cannot be read: \"attribution\": {problem}")]
    Attribution {
        /// What is wrong with the name.
        problem: Problem,
    },
    /// A spreadsheet with something in it that we will not load.
    #[error("the spreadsheet is not read: {sheet}")]
    Spreadsheet {
        /// Why.
        sheet: SheetFault,
    },
    /// A map that was cut off or that lies about itself.
    #[error(
        "the map is damaged at byte {at}: {detail}; nothing of it is taken: load it again from where it came"
    )]
    BrokenMap {
        /// Where the damaged part of the file begins.
        at: u64,
        /// What is wrong with it.
        detail: String,
    },
    /// A country where a neighbourhood was meant.
    #[error(
        "holds more than {limit} nodes, ways and relations, more than a quarter or a city has. Is it the map of a country? Take the region you need with --around LAT,LON,METRES or --quarter NAME, or raise the limit with --limit-elements NUMBER"
    )]
    MapTooLarge {
        /// What is read.
        limit: usize,
    },
    /// A region in which the map has nothing.
    #[error("has nothing in the region you asked for: is it the map of another place?")]
    NothingThere,
    /// A mapping file with something wrong in it; only the command line takes one.
    #[error("the mapping file cannot be used: {detail}")]
    Mapping {
        /// What is wrong with it.
        detail: String,
    },
}

impl Say for FileFault {
    const NOUN: &'static str = "file-fault";
}

/// What bytes look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
pub enum Looks {
    /// Text with columns.
    Csv,
    /// JSON of any kind.
    Json,
    /// An archive, as spreadsheets are.
    Zip,
    /// A document to print.
    Pdf,
    /// A picture.
    Png,
    /// A photograph.
    Jpeg,
    /// A picture of few colours.
    Gif,
    /// What Excel and Word wrote until 2003.
    OldOffice,
    /// Something packed.
    Gzip,
    /// The file of a database.
    Database,
    /// A page from the web.
    WebPage,
    /// XML of any kind.
    Xml,
    /// Nothing that we know.
    SomethingElse,
}

impl fmt::Display for Looks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Csv => "text with columns (CSV)",
            Self::Json => "JSON",
            Self::Zip => "a ZIP archive or spreadsheet (XLSX)",
            Self::Pdf => "a PDF",
            Self::Png => "a picture (PNG)",
            Self::Jpeg => "a picture (JPEG)",
            Self::Gif => "a picture (GIF)",
            Self::OldOffice => "an old Excel or Word file (.xls, .doc)",
            Self::Gzip => "a packed file (gzip)",
            Self::Database => "a database",
            Self::WebPage => "a web page",
            Self::Xml => "XML",
            Self::SomethingElse => "something else",
        })
    }
}

/// What could be read instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
pub enum Needed {
    /// A list of rows.
    Table,
    /// A list of rows as text.
    Csv,
    /// A map of features.
    GeoJson,
    /// A map of OpenStreetMap.
    OpenStreetMap,
}

impl fmt::Display for Needed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Table => "CSV, XLSX or GeoJSON",
            Self::Csv => "CSV or TSV",
            Self::GeoJson => "GeoJSON",
            Self::OpenStreetMap => "a map of OpenStreetMap (.osm.pbf, as from download.geofabrik.de)",
        })
    }
}

/// What gave away that bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, thiserror::Error)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
pub enum Clue {
    /// A byte that stands in no text.
    #[error("a NUL byte at position {position}")]
    NulByte {
        /// Where it stands, counted from 1.
        position: usize,
    },
    /// Text in an encoding that does not hold together.
    #[error("damaged {encoding}")]
    Damaged {
        /// The name of the encoding.
        encoding: &'static str,
    },
    /// More control characters than any text has.
    #[error("{count} control characters")]
    ControlCharacters {
        /// How many.
        count: usize,
    },
    /// A byte that the encoding leaves undefined.
    #[error("byte {byte}")]
    Undefined {
        /// The byte, as `0x81`.
        byte: String,
    },
}

/// Headings for a sentence: the first twelve.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, thiserror::Error)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
pub enum Headings {
    /// Every heading.
    #[error("{list}")]
    All {
        /// With commas.
        list: String,
    },
    /// The first of many.
    #[error("{list} and {more} more")]
    First {
        /// With commas.
        list: String,
        /// How many are left out.
        more: usize,
    },
}

impl Headings {
    /// Of a file's headings.
    pub(crate) fn of(headings: &[String]) -> Self {
        let list = headings.iter().take(12).map(String::as_str).collect::<Vec<_>>().join(", ");
        match headings.len().saturating_sub(12) {
            0 => Self::All { list },
            more => Self::First { list, more },
        }
    }
}

/// Of what a file has too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
pub enum Counted {
    /// Headings.
    Columns,
    /// Rows below them.
    Records,
    /// Both multiplied.
    Cells,
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Columns => "columns",
            Self::Records => "records",
            Self::Cells => "cells",
        })
    }
}

/// What stands at the top of JSON that is no map.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, thiserror::Error)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
pub enum Top {
    /// Nothing that says what it is.
    #[error("no \"type\"")]
    NoType,
    /// Something else.
    #[error("\"type\": \"{kind}\"")]
    Type {
        /// What it calls itself.
        kind: String,
    },
}
