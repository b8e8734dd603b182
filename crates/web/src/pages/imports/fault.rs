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
        let field = if own_field { own_name(locale, field) } else { field };
        let said = said.and_then(|said| saying::sentence(locale, &said));
        Self { file, line: (line > 0).then_some(line), field, why: Why::of(said, reason) }
    }
}

/// A name of ours in the reader's words; in a map the element stands before it.
fn own_name(locale: Locale, field: String) -> String {
    let (words, (element, name)) = (Words::of(locale), field.rsplit_once(' ').unwrap_or(("", &field)));
    let key = format!("field-{name}");
    if !words.has(&key) {
        return field;
    }
    format!("{element} {}", words.text(&key)).trim_start().to_owned()
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

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_domain::issue::Problem;
    use kiez_domain::saying::{Say, Saying};

    fn row(field: &str, said: Option<Saying>) -> RefusedRow {
        RefusedRow {
            file: "cafes.csv".into(),
            line: 3,
            field: field.into(),
            own_field: true,
            reason: "is missing: please fill it in".into(),
            said,
        }
    }

    fn in_german(row: RefusedRow) -> (String, String, bool) {
        let RowFault { field, why: Why { sentence, english }, .. } = RowFault::of(Locale::German, row);
        (field, sentence, english)
    }

    #[test]
    fn a_reason_is_said_in_the_readers_language() {
        let (field, sentence, english) = in_german(row("postcode", Some(Problem::Missing.saying())));
        assert_eq!((field.as_str(), sentence.as_str(), english), ("Postleitzahl", "Bitte ausfüllen.", false));
    }

    #[test]
    fn what_an_older_program_stored_stays_english_and_says_so() {
        let (_, sentence, english) = in_german(RefusedRow { own_field: false, ..row("PLZ", None) });
        assert_eq!((sentence.as_str(), english), ("is missing: please fill it in", true));
    }

    #[test]
    fn what_a_newer_program_stored_is_read_in_english_too() {
        let unknown = Saying { code: "row-fault-from-the-future".into(), ..Problem::Missing.saying() };
        assert!(in_german(row("postcode", Some(unknown))).2);
    }

    #[test]
    fn only_names_of_ours_are_translated() {
        let field = |name: &str, own_field| in_german(RefusedRow { own_field, ..row(name, None) }).0;
        assert_eq!(field("street", false), "street", "the file's heading is looked for in the file");
        assert_eq!(field("street", true), "Straße");
        assert_eq!(field("node/123 house_number", true), "node/123 Nr.", "an element of a map");
        assert_eq!(field("node/123 lanes", true), "node/123 lanes", "a name that nobody translated");
    }

    #[test]
    fn a_map_has_no_lines() {
        assert_eq!(RowFault::of(Locale::German, RefusedRow { line: 0, ..row("name", None) }).line, None);
    }
}
