//! What is wrong with a file, a row or a field is said in every language, with everything it names.
//!
//! Here and not below, because reading and speaking do not know each other.

use kiez_domain::issue::{Expected, Problem};
use kiez_domain::saying::{Say, Saying, Value};
use kiez_import::file_fault::{Clue, Counted, FileFault, Headings, Looks, Needed, Top};
use kiez_import::row_fault::{Geometry, KnownWords, RowFault, WantedGeometry};
use kiez_import::sheet_fault::SheetFault;
use kiez_words::{Locale, number, saying};

/// One of each variant; a variant that is missing here does not compile.
macro_rules! every {
    ($list:ident { $($variant:ident $({ $($field:ident: $value:expr),+ $(,)? })?),+ $(,)? }) => {{
        let all = vec![$($list::$variant $({ $($field: $value.into()),+ })?),+];
        for one in &all {
            match one { $($list::$variant { .. } => {})+ }
        }
        all
    }};
}

fn row_faults() -> Vec<RowFault> {
    let mut all = every!(RowFault {
        FieldCount { found: 7_u8, expected: 9_u8 },
        Empty,
        Nameless,
        TooLong { length: 701_u16, limit: 700_u16 },
        ControlCharacter { code: 7_u8 },
        LostCharacter,
        Shortened { given: "9,43E+11" },
        NotANumber { given: "nördlich" },
        HalfAPlace,
        NullIsland,
        Swapped { latitude: 13.25, longitude: 52.75 },
        OutsideArea { latitude: -33.5, longitude: 151.25, south: "1.10", north: "2.20", west: "3.30", east: "4.40" },
        NotProjectable { x: 1.5, y: 2.5 },
        NotAFeature { detail: "invalid type" },
        WrongGeometry { geometry: Geometry::Missing, wanted: WantedGeometry::Area },
        DuplicateId { id: "A-7", first_line: 31_u8 },
        UnknownWord { given: "Wunsch", known: KnownWords::CardKinds },
        NotADate { given: "gestern" },
        OpenRing { first: "52.1/13.1", last: "52.2/13.2" },
        TooFewCorners { found: 3_u8 },
        TooManyCorners { found: 801_u16, limit: 800_u16 },
        SelfCrossing { place: "52.3/13.3" },
    });
    let geometries = every!(Geometry {
        Missing,
        Empty,
        EmptyOf { kind: "Point" },
        WithoutCoordinates,
        WithoutType,
        Other { kind: "Circle" },
        ShortLine { places: 1_u8 },
    });
    let wanted = every!(WantedGeometry { Point, TwoPlaces, Area, Shape });
    let known = every!(KnownWords { CardKinds, Uses });
    let wrong = |geometry, wanted| RowFault::WrongGeometry { geometry, wanted };
    all.extend(geometries.into_iter().map(|geometry| wrong(geometry, WantedGeometry::Area)));
    all.extend(wanted.into_iter().map(|wanted| wrong(Geometry::Empty, wanted)));
    all.extend(known.into_iter().map(|known| RowFault::UnknownWord { given: "Wunsch".into(), known }));
    all
}

fn file_faults() -> Vec<FileFault> {
    let mut all = every!(FileFault {
        NotFound,
        Folder { folder: "listen" },
        NoPermission,
        Unreadable { detail: "Input/output error" },
        TooLarge { limit_megabytes: 512_u16 },
        Empty,
        NoRecords,
        WrongFormat { looks: Looks::Pdf, needed: Needed::Table },
        WrongEnding { ending: "csv", looks: Looks::Json },
        WrongEncoding { clue: Clue::NulByte { position: 5 } },
        UnclosedQuote,
        MissingColumn { wanted: "text", known: "was, what", headings: Headings::All { list: "a, b".into() } },
        DuplicateColumn { heading: "Ort" },
        TooMuch { found: 601_u16, limit: 600_u16, counted: Counted::Cells },
        TruncatedJson { detail: "EOF while parsing" },
        BrokenJson { detail: "expected value" },
        NotGeoJson { top: Top::NoType },
        UnknownCoordinateSystem { system: "EPSG:3857" },
        NoSuchQuarter { wanted: "Seilerkiez" },
        Attribution { problem: Problem::Missing },
        Spreadsheet { sheet: SheetFault::NothingInIt },
        BrokenMap { at: 77_u8, detail: "a blob is too long" },
        MapTooLarge { limit: 90_u8 },
        NothingThere,
        Mapping { detail: "no columns" },
    });
    let looks = every!(Looks {
        Csv,
        Json,
        Zip,
        Pdf,
        Png,
        Jpeg,
        Gif,
        OldOffice,
        Gzip,
        Database,
        WebPage,
        Xml,
        SomethingElse,
    });
    let needed = every!(Needed { Table, Csv, GeoJson, OpenStreetMap });
    let wrong = |looks, needed| FileFault::WrongFormat { looks, needed };
    all.extend(looks.into_iter().map(|looks| wrong(looks, Needed::Table)));
    all.extend(needed.into_iter().map(|needed| wrong(Looks::Pdf, needed)));
    all.extend(within_files());
    all.extend(sheet_faults().into_iter().map(|sheet| FileFault::Spreadsheet { sheet }));
    all
}

fn within_files() -> impl Iterator<Item = FileFault> {
    let clues = every!(Clue {
        NulByte { position: 5_u8 },
        Damaged { encoding: "UTF-16LE" },
        ControlCharacters { count: 44_u8 },
        Undefined { byte: "0x81" },
    });
    let counted = every!(Counted { Columns, Records, Cells });
    let tops = every!(Top { NoType, Type { kind: "Topology" }, });
    let headings = every!(Headings { All { list: "a, b" }, First { list: "a, b", more: 463_u16 }, });
    let missing = |headings| FileFault::MissingColumn { wanted: "text", known: "was".into(), headings };
    let clues = clues.into_iter().map(|clue| FileFault::WrongEncoding { clue });
    let counted = counted.into_iter().map(|counted| FileFault::TooMuch { found: 601, limit: 600, counted });
    let tops = tops.into_iter().map(|top| FileFault::NotGeoJson { top });
    clues.chain(counted).chain(tops).chain(headings.into_iter().map(missing))
}

fn sheet_faults() -> Vec<SheetFault> {
    every!(SheetFault {
        NoReader,
        ReaderNotStarted { program: "/opt/kiez", detail: "not found" },
        ReaderUnheard { detail: "broken pipe" },
        ReaderStopped,
        ReaderLimited,
        ReaderUnlimited { detail: "not permitted" },
        ReaderMute { detail: "broken pipe" },
        TooSlow { seconds: 30_u8 },
        Unreadable { detail: "broken pipe" },
        TooLarge { limit_megabytes: 100_u8 },
        UnpacksTooLarge { found_megabytes: 201_u8, limit_megabytes: 200_u8 },
        NothingInIt,
        StrayCell { sheet: "Läden", row: 501_u16, column: 502_u16, row_limit: 503_u16, column_limit: 504_u16 },
        TooManyCells { sheet: "Läden", limit: 505_u16 },
        Damaged { detail: "no workbook" },
    })
}

fn problems() -> Vec<Problem> {
    let mut all = every!(Problem {
        Missing,
        TooLong { length: 201_u8, limit: 200_u8 },
        TooMany { count: 31_u8, limit: 30_u8 },
        TooShort { length: 7_u8, least: 12_u8 },
        Guessable,
        NoFit,
        ControlCharacter { code: 7_u8 },
        Unreadable { given: "bald", expected: Expected::Day },
        OutOfRange { given: "999", least: "1", most: "30" },
        Objected,
        NoBasis,
        Taken { what: "graefekiez" },
        Unknown { what: "room_flying" },
    });
    let expected = every!(Expected {
        Amount, Colour, Day, Degrees, Hours, Id, ImportOfRows, Kind, Language, Number, Ring, Slug, WholeNumber,
        State { noun: "need" },
        Step { noun: "offer" },
        OneOf { words: "ours" },
    });
    all.extend(expected.into_iter().map(|expected| Problem::unreadable("bald", expected)));
    all
}

/// A value as its sentence must have it; none for what only other programs say.
fn shown(locale: Locale, (name, value): (&String, &Value)) -> Option<String> {
    match value {
        _ if name == "detail" => None,
        Value::Count(count) => Some(number::whole(locale, i64::try_from(*count).expect("a small number"))),
        Value::Text(text) => Some(text.clone()),
        Value::Saying(inner) => Some(said(locale, inner)),
    }
}

/// The sentence, after looking whether it has everything it should name and nothing that it cannot.
fn said(locale: Locale, saying: &Saying) -> String {
    let Some(sentence) = saying::sentence(locale, saying) else {
        panic!("{locale:?} has no sentence for {saying:?}")
    };
    for value in saying.values.iter().filter_map(|value| shown(locale, value)) {
        assert!(sentence.contains(&value), "{}: \"{value}\" is not named: {sentence}", saying.code);
    }
    assert!(!sentence.contains(['{', '}', '[']), "{}: {sentence}", saying.code);
    sentence
}

fn said_in_both<T: Say>(all: &[T]) {
    for saying in all.iter().map(Say::saying) {
        let (german, english) = (said(Locale::German, &saying), said(Locale::English, &saying));
        assert_ne!(german, english, "{}", saying.code);
        assert!(german.ends_with(['.', '?']) && english.ends_with(['.', '?']), "{german} / {english}");
    }
}

#[test]
fn every_fault_and_every_problem_is_said_in_german_and_english_with_all_it_names() {
    said_in_both(&row_faults());
    said_in_both(&file_faults());
    said_in_both(&problems());
}

/// Whether the terminal says more or other words, because they come from other programs or from a form.
fn says_more(saying: &Saying) -> bool {
    saying.values.iter().any(|(name, value)| match value {
        Value::Saying(inner) => name == "problem" || says_more(inner),
        _ => name == "detail",
    })
}

/// A sentence of a page as the terminal writes it: behind a colon, with straight quotation marks.
fn behind_a_colon(sentence: &str) -> String {
    let straight = sentence.replace(['“', '”'], "\"");
    let mut characters = straight.strip_suffix('.').unwrap_or(&straight).chars();
    characters.next().into_iter().flat_map(char::to_lowercase).chain(characters).collect()
}

fn same_as_the_terminal<T: Say>(all: &[T]) -> usize {
    let alike = all.iter().filter(|fault| !says_more(&fault.saying()));
    let compared = alike.map(|fault| {
        assert_eq!(behind_a_colon(&said(Locale::English, &fault.saying())), fault.to_string());
    });
    compared.count()
}

#[test]
fn english_pages_say_what_the_terminal_says() {
    let compared = (same_as_the_terminal(&row_faults()), same_as_the_terminal(&file_faults()));
    assert!(compared.0 > 20 && compared.1 > 40, "few sentences were compared: {compared:?}");
}
