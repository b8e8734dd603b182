//! Each way in which a row or one of its fields can be unusable.

use kiez_domain::issue::code_point;
use kiez_domain::saying::Say;
use serde::Serializer;
use std::fmt;

/// What is wrong with a row or one of its fields.
#[derive(Debug, Clone, PartialEq, thiserror::Error, serde::Serialize)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
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
    #[error("contains a control character (U+{code:04X}): type the text again")]
    ControlCharacter {
        /// Its code point.
        #[serde(serialize_with = "code_point")]
        code: u32,
    },
    /// A character that was lost when the file was saved.
    #[error("contains a character that got lost in a wrong encoding: save the file as UTF-8 and try again")]
    LostCharacter,
    /// A number that Excel shortened.
    #[error(
        "\"{given}\" is a number shortened by Excel, the digits behind it are lost: format the column as text and export again"
    )]
    Shortened {
        /// What is left of it.
        given: String,
    },
    /// Not a number.
    #[error("\"{given}\" is not a number: expected degrees such as 52.4937 or 52,4937")]
    NotANumber {
        /// What stands there.
        given: String,
    },
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
        #[serde(serialize_with = "as_read")]
        latitude: f64,
        /// Longitude as read.
        #[serde(serialize_with = "as_read")]
        longitude: f64,
    },
    /// A place far from everything expected.
    #[error(
        "latitude {latitude}, longitude {longitude} lies outside the expected area (latitude {south} to {north}, longitude {west} to {east})"
    )]
    OutsideArea {
        /// Latitude as read.
        #[serde(serialize_with = "as_read")]
        latitude: f64,
        /// Longitude as read.
        #[serde(serialize_with = "as_read")]
        longitude: f64,
        /// Where the expected area begins in the south, in degrees with two digits behind the point.
        south: String,
        /// Where it ends in the north.
        north: String,
        /// Where it begins in the west.
        west: String,
        /// Where it ends in the east.
        east: String,
    },
    /// Coordinates that the projection cannot take.
    #[error("the coordinates {x} {y} cannot be projected: check the coordinate system of the file")]
    NotProjectable {
        /// As read.
        #[serde(serialize_with = "as_read")]
        x: f64,
        /// As read.
        #[serde(serialize_with = "as_read")]
        y: f64,
    },
    /// An entry of a list of features that is none.
    #[error("{detail}")]
    NotAFeature {
        /// What the parser says: English, and not for every reader.
        detail: String,
    },
    /// A geometry of the wrong kind.
    #[error("the geometry is {geometry}, expected {wanted}")]
    WrongGeometry {
        /// What stands there.
        geometry: Geometry,
        /// What could be read.
        wanted: WantedGeometry,
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
    #[error("\"{given}\" is not known: expected {known}")]
    UnknownWord {
        /// What stands there.
        given: String,
        /// The known words.
        known: KnownWords,
    },
    /// Not a day of the calendar.
    #[error("\"{given}\" is not a date: expected 2026-03-02 or 02.03.2026")]
    NotADate {
        /// What stands there.
        given: String,
    },
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
    #[error("the ring has {found} corners, at least four are needed (the last repeats the first)")]
    TooFewCorners {
        /// Corners found.
        found: usize,
    },
    /// More corners than we are ready to take.
    #[error("the ring has {found} corners, at most {limit} are read: simplify the outline")]
    TooManyCorners {
        /// Corners found.
        found: usize,
        /// Corners read.
        limit: usize,
    },
    /// An outline that crosses itself.
    #[error("the outline crosses itself near {place}: draw it again without the crossing")]
    SelfCrossing {
        /// A corner nearby.
        place: String,
    },
}

impl Say for RowFault {
    const NOUN: &'static str = "row-fault";
}

/// Coordinates are shown as the file has them: whoever looks for them there must find them.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn as_read<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(number)
}

/// A geometry that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, thiserror::Error)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
pub enum Geometry {
    /// There is none.
    #[error("missing")]
    Missing,
    /// There is nothing in it.
    #[error("empty")]
    Empty,
    /// There is nothing in it, but it says what it is.
    #[error("an empty {kind}")]
    EmptyOf {
        /// What it calls itself.
        kind: String,
    },
    /// It says what it is and not where.
    #[error("without coordinates")]
    WithoutCoordinates,
    /// It does not say what it is.
    #[error("without a type")]
    WithoutType,
    /// It is something else.
    #[error("a {kind}")]
    Other {
        /// What it calls itself.
        kind: String,
    },
    /// A line that leads nowhere.
    #[error("a line of {places} places")]
    ShortLine {
        /// How many places it has.
        places: usize,
    },
}

/// A geometry that could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
pub enum WantedGeometry {
    /// Anything with a place in it.
    Point,
    /// More than one place.
    TwoPlaces,
    /// An area.
    Area,
    /// Whatever a map can draw.
    Shape,
}

impl fmt::Display for WantedGeometry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Point => "a point with two numbers",
            Self::TwoPlaces => "at least two",
            Self::Area => "a Polygon or MultiPolygon",
            Self::Shape => "a Point, LineString, Polygon or MultiPolygon",
        })
    }
}

/// A closed list of words that a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "code", content = "values", rename_all = "kebab-case")]
pub enum KnownWords {
    /// What a card is.
    CardKinds,
    /// How premises are used.
    Uses,
}

impl fmt::Display for KnownWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CardKinds => "need, offer or idea (Bedarf, Ressource, Idee)",
            Self::Uses => {
                "dwelling, gastronomy, retail, local economy, social, vacant, other or unknown \
                 (Wohnen, Gastronomie, Einzelhandel, Lokale Ökonomie, Soziales, Leerstand)"
            }
        })
    }
}
