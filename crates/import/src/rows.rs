//! Plain rows under their headings, for commands that read small tables of their own.

use crate::delimited;
use crate::error::{Field, ReadError, Reason, Refusal};
use crate::file_fault::{FileFault, Headings, Needed};
use crate::reading::ReadOptions;
use crate::row_fault::RowFault;
use crate::source::{Format, Source};
use crate::table::Table;
use csv::StringRecord;

/// A table as it stands in the file: recognised encoding and delimiter, nothing interpreted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// The file as the person named it.
    pub file: String,
    /// Line of the heading.
    pub heading_line: u64,
    /// The headings.
    pub headings: Vec<String>,
    /// The rows that have as many cells as there are headings.
    pub rows: Vec<PlainRow>,
    /// The rows that were left out, with the reason.
    pub refused: Vec<Refusal>,
    /// Remarks on the file as a whole.
    pub notes: Vec<String>,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainRow {
    /// Line where the record starts, counted from 1.
    pub line: u64,
    /// Its cells, as many as there are headings.
    pub cells: Vec<String>,
}

/// Reads a table with a heading.
///
/// # Errors
/// When the file as a whole cannot be read.
pub fn read(source: &Source, options: &ReadOptions) -> Result<Rows, ReadError> {
    let table = Table::read(source, options)?;
    let plain = |row: &crate::table::Row| PlainRow {
        line: row.line,
        cells: row.cells.iter().map(str::to_owned).collect(),
    };
    Ok(Rows {
        file: table.file,
        heading_line: table.heading_line,
        headings: table.columns,
        rows: table.rows.iter().map(plain).collect(),
        refused: table.refused,
        notes: table.notes,
    })
}

/// Shows the wanted cells of every row of a delimited file without keeping any, so that millions of rows fit; a row that
/// is refused is named by the place of the wanted cell and the reason.
///
/// # Errors
/// When the file as a whole cannot be read, is no delimited text, or lacks one of the columns.
pub fn each<const N: usize>(
    source: &Source,
    wanted: [&'static str; N],
    mut show: impl FnMut(u64, [&str; N]) -> Result<(), (usize, Reason)>,
) -> Result<Vec<Refusal>, ReadError> {
    let format = source.format()?;
    if format != Format::Delimited {
        let fault = FileFault::WrongFormat { looks: format.looks(), needed: Needed::Csv };
        return Err(ReadError::new(source.name(), fault));
    }
    let mut columns: Option<[usize; N]> = None;
    let (mut fields, mut refused) = (0, Vec::new());
    delimited::each_record(source, |line, record| {
        let Some(columns) = columns else {
            fields = record.len();
            columns = Some(find_columns(source, wanted, (line, record))?);
            return Ok(());
        };
        let only_blanks_behind = record.iter().skip(fields).all(|cell| cell.trim().is_empty());
        if record.len() < fields || !only_blanks_behind {
            let fault = RowFault::FieldCount { found: record.len(), expected: fields };
            refused.push(Refusal::new(source.name(), line, Field::Ours("row"), fault));
        } else if let Err((at, reason)) = show(line, columns.map(|column| record[column].trim())) {
            refused.push(Refusal::new(source.name(), line, Field::Heading(wanted[at]), reason));
        }
        Ok(())
    })?;
    Ok(refused)
}

fn find_columns<const N: usize>(
    source: &Source,
    wanted: [&'static str; N],
    (line, heading): (u64, &StringRecord),
) -> Result<[usize; N], ReadError> {
    let find = |name: &str| heading.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    if let Some(missing) = wanted.into_iter().find(|name| find(name).is_none()) {
        let headings = Headings::All { list: heading.iter().collect::<Vec<_>>().join(", ") };
        let fault = FileFault::MissingColumn { wanted: missing, known: wanted.join(", "), headings };
        return Err(ReadError::new(source.name(), fault).at_line(line));
    }
    Ok(wanted.map(|name| find(name).unwrap_or_default()))
}

/// Reads lines of two columns, id and text; the heading `id`, `text` may be missing.
///
/// # Errors
/// When the file as a whole cannot be read.
pub fn read_texts(source: &Source, options: &ReadOptions) -> Result<Rows, ReadError> {
    let bytes = source.bytes();
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let other_encoding = text.starts_with(b"\xFF\xFE") || text.starts_with(b"\xFE\xFF");
    let spreadsheet = text.starts_with(b"PK\x03\x04");
    if text.trim_ascii().is_empty() || other_encoding || spreadsheet || has_heading(text) {
        return read(source, options);
    }
    let mut with_heading = b"id\ttext".to_vec();
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or(text);
    let columns = first.iter().filter(|byte| **byte == b'\t').count() + 1;
    (3..=columns).for_each(|column| with_heading.extend_from_slice(format!("\tcolumn{column}").as_bytes()));
    with_heading.push(b'\n');
    with_heading.extend_from_slice(text);
    let mut rows = read(&Source::new(source.name(), with_heading), options)?;
    // The heading that we put above is no line of the file.
    rows.heading_line = 1;
    rows.rows.iter_mut().for_each(|row| row.line = row.line.saturating_sub(1));
    rows.refused.iter_mut().for_each(|refusal| refusal.line = refusal.line.saturating_sub(1));
    Ok(rows)
}

fn has_heading(text: &[u8]) -> bool {
    let first =
        text.split(|byte| matches!(byte, b'\n' | b'\r')).find(|line| !line.is_empty()).unwrap_or(text);
    let first = String::from_utf8_lossy(first).to_lowercase();
    let cells: Vec<&str> =
        first.split([',', ';', '\t', '|']).map(|cell| cell.trim().trim_matches('"')).collect();
    cells.contains(&"id") && cells.contains(&"text")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(u64, Vec<String>)> {
        let source = Source::new("texts.tsv", text.as_bytes().to_vec());
        let rows = read_texts(&source, &ReadOptions::default()).expect("readable");
        rows.rows.into_iter().map(|row| (row.line, row.cells)).collect()
    }

    #[test]
    fn a_heading_may_be_missing() {
        let both =
            [(1, vec!["a".to_owned(), "Holz".to_owned()]), (2, vec!["b".to_owned(), "Raum".to_owned()])];
        assert_eq!(texts("a\tHolz\nb\tRaum\n"), both);
        let lines: Vec<_> = texts("id\ttext\na\tHolz\nb\tRaum\n").into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [2, 3]);
    }

    /// The pairs by their lines, and what was refused.
    type Found = (Vec<(u64, String)>, Vec<String>);

    fn pairs(text: &str) -> Result<Found, ReadError> {
        let mut found = Vec::new();
        let refused =
            each(&Source::new("edges.csv", text.into()), ["need", "offer"], |line, [need, offer]| {
                if need == "bad" {
                    return Err((0, Reason::from(RowFault::Empty)));
                }
                found.push((line, format!("{need}-{offer}")));
                Ok(())
            })?;
        Ok((found, refused.iter().map(ToString::to_string).collect()))
    }

    #[test]
    fn wanted_cells_are_shown_whatever_the_order_of_the_columns() {
        let (found, refused) =
            pairs("Offer;more;NEED\no1;x;n1\n\no2;y;bad\no3;z\no4;z;n4;;\n").expect("read");
        assert_eq!(found, [(2, "n1-o1".to_owned()), (6, "n4-o4".to_owned())]);
        assert!(refused.len() == 2 && refused[0].starts_with("edges.csv:4: need:"), "{refused:?}");
        assert!(refused[1].starts_with("edges.csv:5: row:"), "{refused:?}");
    }

    #[test]
    fn a_table_without_the_column_is_refused_as_a_whole_and_one_without_rows_is_empty() {
        assert_eq!(pairs("need,offer\n").expect("read"), (Vec::new(), Vec::new()));
        for (text, said) in [("need,other\nn1,x\n", "offer"), ("", "empty"), ("{}", "looks like")] {
            let fault = pairs(text).expect_err(text).to_string();
            assert!(fault.contains(said), "{fault}");
        }
    }

    #[test]
    fn one_line_is_enough() {
        assert_eq!(texts("a\tHolz"), [(1, vec!["a".to_owned(), "Holz".to_owned()])]);
    }
}
