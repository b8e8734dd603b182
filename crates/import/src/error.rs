//! Which error to use where: [`ReadError`] when a file as a whole cannot be used, so that nothing of it is taken;
//! [`Refusal`] when one row is left out and the rest goes on. Both say where it is, what is wrong and what to do.

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

/// Each way in which a file as a whole can be unusable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// The path leads nowhere.
    #[error("there is no such file: check the path")]
    NotFound,
    /// The path leads to a folder.
    #[error("is a folder, not a file: name the files in it, for example {0}/*.csv")]
    Folder(String),
    /// The operating system says no.
    #[error("may not be read by this account: check the rights of the file")]
    NoPermission,
    /// The operating system failed in another way.
    #[error("cannot be read: {0}")]
    Unreadable(String),
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
    #[error("looks like {found}, but {wanted} is needed")]
    WrongFormat {
        /// What the bytes look like.
        found: &'static str,
        /// What could be read.
        wanted: &'static str,
    },
    /// The ending of the name says one thing and the bytes another.
    #[error("is called .{ending} but looks like {found}: give it the ending that fits, or export it again")]
    WrongEnding {
        /// The ending of the file name.
        ending: String,
        /// What the bytes look like.
        found: &'static str,
    },
    /// Bytes that are not text in any encoding we know.
    #[error("is not text in UTF-8, UTF-16 or Windows-1252 ({detail}): save it as UTF-8")]
    WrongEncoding {
        /// What gave it away.
        detail: String,
    },
    /// A quotation mark that is never closed swallows the rest of the file.
    #[error(
        "a quotation mark opened here is never closed, so everything below would be one field: close it or remove it"
    )]
    UnclosedQuote,
    /// A column without which nothing can be read.
    #[error("the column \"{wanted}\" is missing; recognised headings: {known}; found: {found}")]
    MissingColumn {
        /// The name of our field.
        wanted: &'static str,
        /// Headings that would do.
        known: String,
        /// Headings that stand there.
        found: String,
    },
    /// Two columns of one name, of which we would have to guess.
    #[error("the heading \"{0}\" stands there twice: rename one of the columns")]
    DuplicateColumn(String),
    /// More than we are ready to hold in memory.
    #[error("has {found} {what}, at most {limit} are read: split it into several files")]
    TooMuch {
        /// What the file has.
        found: usize,
        /// What is read.
        limit: usize,
        /// Columns, records or cells.
        what: &'static str,
    },
    /// JSON that stops in the middle.
    #[error("the file ends in the middle: it was probably cut off while it was saved or loaded ({0})")]
    TruncatedJson(String),
    /// JSON with a slip in it.
    #[error("is not valid JSON: {0}")]
    BrokenJson(String),
    /// JSON, but not a map.
    #[error(
        "is JSON but not GeoJSON: expected a FeatureCollection, a Feature or a geometry at the top, found {0}"
    )]
    NotGeoJson(String),
    /// A coordinate system that we cannot project.
    #[error("uses the coordinate system {0}: export it as EPSG:4326 (WGS 84) or EPSG:25833")]
    UnknownCoordinateSystem(String),
    /// A spreadsheet with something in it that we will not load.
    #[error("the spreadsheet is not read: {0}")]
    Spreadsheet(String),
    /// A map that was cut off or that lies about itself.
    #[error(
        "the map is damaged at byte {at}: {reason}; nothing of it is taken: load it again from where it came"
    )]
    BrokenMap {
        /// Where the damaged part of the file begins.
        at: u64,
        /// What is wrong with it.
        reason: String,
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
    /// A mapping file with something wrong in it.
    #[error("the mapping file cannot be used: {0}")]
    Mapping(String),
}

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
    /// What is wrong and what to do, as a sentence.
    pub reason: String,
}

impl Refusal {
    /// Joins the place and the reason.
    pub fn new(file: &str, line: u64, field: impl Into<String>, reason: impl fmt::Display) -> Self {
        Self { file: file.to_owned(), line, column: None, field: field.into(), reason: reason.to_string() }
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

/// Each way in which a row or one of its fields can be unusable.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RowFault {
    /// The row does not have the fields that the heading announces.
    #[error(
        "the row has {found} fields, the heading has {expected}: a line break or a delimiter without quotation marks is probably in it"
    )]
    FieldCount {
        /// Fields of the row.
        found: usize,
        /// Fields of the heading.
        expected: usize,
    },
    /// Nothing stands in a field that is needed.
    #[error("is empty: fill it in")]
    Empty,
    /// Neither a name nor anything to describe it by.
    #[error("is empty, and nothing in the row says what it does: fill in the name or the branch")]
    Nameless,
    /// More text than any field holds.
    #[error("is too long: {length} characters, at most {limit} are read; is a quotation mark missing?")]
    TooLong {
        /// Characters found.
        length: usize,
        /// Characters read.
        limit: usize,
    },
    /// A character that nobody can see.
    #[error("contains a control character (U+{0:04X}): type the text again")]
    ControlCharacter(u32),
    /// A character that was lost when the file was saved.
    #[error("contains a character that got lost in a wrong encoding: save the file as UTF-8 and try again")]
    LostCharacter,
    /// A number that Excel shortened.
    #[error(
        "\"{0}\" is a number shortened by Excel, the digits behind it are lost: format the column as text and export again"
    )]
    Shortened(String),
    /// Not a number.
    #[error("\"{0}\" is not a number: expected degrees such as 52.4937 or 52,4937")]
    NotANumber(String),
    /// Only one of two coordinates.
    #[error("is empty while the other coordinate is given: fill in both or neither")]
    HalfAPlace,
    /// Zero degrees north, zero degrees east.
    #[error("0/0 lies in the sea off Africa and usually stands for \"unknown\": leave both fields empty")]
    NullIsland,
    /// Latitude stands where longitude should.
    #[error(
        "the coordinates look swapped: latitude {latitude} and longitude {longitude} make sense the other way round"
    )]
    Swapped {
        /// Latitude as read.
        latitude: f64,
        /// Longitude as read.
        longitude: f64,
    },
    /// A place far from everything expected.
    #[error("latitude {latitude}, longitude {longitude} lies outside the expected area ({area})")]
    OutsideArea {
        /// Latitude as read.
        latitude: f64,
        /// Longitude as read.
        longitude: f64,
        /// The expected area in words.
        area: String,
    },
    /// Coordinates that the projection cannot take.
    #[error("the coordinates {x} {y} cannot be projected: check the coordinate system of the file")]
    NotProjectable {
        /// As read.
        x: f64,
        /// As read.
        y: f64,
    },
    /// A geometry of the wrong kind.
    #[error("the geometry is {found}, expected {wanted}")]
    WrongGeometry {
        /// What stands there.
        found: String,
        /// What could be read.
        wanted: &'static str,
    },
    /// The same id a second time.
    #[error("\"{id}\" stands already in line {first_line}: an id may stand only once in a file")]
    DuplicateId {
        /// The id.
        id: String,
        /// Where it stood first.
        first_line: u64,
    },
    /// A word that is not one of the known ones.
    #[error("\"{given}\" is not known: expected {expected}")]
    UnknownWord {
        /// What stands there.
        given: String,
        /// The known words.
        expected: &'static str,
    },
    /// Not a day of the calendar.
    #[error("\"{0}\" is not a date: expected 2026-03-02 or 02.03.2026")]
    NotADate(String),
    /// An outline that does not come back to where it began.
    #[error(
        "the ring is not closed: it begins at {first} and ends at {last}; the last corner must repeat the first"
    )]
    OpenRing {
        /// First corner.
        first: String,
        /// Last corner.
        last: String,
    },
    /// Too few corners to enclose anything.
    #[error("the ring has {0} corners, at least four are needed (the last repeats the first)")]
    TooFewCorners(usize),
    /// More corners than we are ready to take.
    #[error("the ring has {found} corners, at most {limit} are read: simplify the outline")]
    TooManyCorners {
        /// Corners found.
        found: usize,
        /// Corners read.
        limit: usize,
    },
    /// An outline that crosses itself.
    #[error("the outline crosses itself near {0}: draw it again without the crossing")]
    SelfCrossing(String),
}
