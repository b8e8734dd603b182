//! What is wrong with a file or its rows, as its reader sees it.

use kiez_app::import::{ReadError, RefusedRow};
use kiez_words::{Args, Locale, Words, number, saying};

/// Why, in the reader's language; in English where only an English sentence is known.
pub(super) struct Why {
    pub(super) sentence: String,
    pub(super) english: bool,
}

impl Why {
    fn of(said: Option<String>, otherwise: String) -> Self {
        let english = said.is_none();
        Self { sentence: said.unwrap_or(otherwise), english }
    }
}

/// A fault of a row that was left out.
pub(super) struct RowFault {
    pub(super) file: String,
    /// The line; none in a map, which has none.
    pub(super) line: Option<u64>,
    pub(super) field: String,
    pub(super) why: Why,
}

impl RowFault {
    pub(super) fn of(locale: Locale, row: RefusedRow) -> Self {
        let RefusedRow { file, line, field, own_field, reason, said } = row;
        let (words, key) = (Words::of(locale), format!("field-{field}"));
        let field = if own_field && words.has(&key) { words.text(&key) } else { field };
        let said = said.and_then(|said| saying::sentence(locale, &said));
        Self { file, line: (line > 0).then_some(line), field, why: Why::of(said, reason) }
    }
}

/// What is wrong with a file as a whole.
pub(super) struct FileFault {
    pub(super) file: String,
    /// Where in it, in words.
    pub(super) place: Option<String>,
    pub(super) why: Why,
}

impl FileFault {
    pub(super) fn of(locale: Locale, error: &ReadError) -> Self {
        let said = saying::sentence(locale, &error.saying());
        let why = Why::of(said, error.fault.to_string());
        Self { file: error.file.clone(), place: place(locale, error), why }
    }
}

fn place(locale: Locale, error: &ReadError) -> Option<String> {
    let shown = |number: u64| number::whole(locale, i64::try_from(number).unwrap_or(i64::MAX));
    let line = Args::new().with("line", shown(error.line?));
    let words = Words::of(locale);
    Some(match error.column {
        Some(column) => words.with("fault-at-column", &line.with("column", shown(column))),
        None => words.with("fault-at-line", &line),
    })
}
