//! CSV and its relatives: which delimiter, where each record starts, quotation marks that are never closed.

use crate::encoding::decode;
use crate::error::ReadError;
use crate::file_fault::FileFault;
use crate::source::Source;
use crate::table::{LineCounter, Table};
use csv::StringRecord;

/// Delimiters that people use, the usual one first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

pub(crate) fn read(source: &Source) -> Result<Table, ReadError> {
    let mut table = Table { file: source.name().to_owned(), ..Table::default() };
    let note = each_record(source, |line, record| {
        if table.heading_line == 0 {
            table.heading_line = line;
            table.columns = record.iter().map(|cell| cell.trim().to_owned()).collect();
            return Ok(());
        }
        table.push(line, std::mem::take(record))
    })?;
    table.heading_line = table.heading_line.max(1);
    table.notes.extend(note);
    Ok(table)
}

/// Shows every record that is not blank with the line where it starts, the heading first; gives a remark on the file.
pub(crate) fn each_record(
    source: &Source,
    mut show: impl FnMut(u64, &mut StringRecord) -> Result<(), ReadError>,
) -> Result<Option<String>, ReadError> {
    let decoded = decode(source)?;
    let (text, told) = without_separator_line(&decoded.text);
    let delimiter = told.unwrap_or_else(|| find_delimiter(source, text));
    let skipped = decoded.text.len() - text.len();
    let mut lines = LineCounter::new(&decoded.text);
    if let Some(position) = unclosed_quote(text.as_bytes(), delimiter) {
        let line = lines.line_at(skipped + position);
        return Err(ReadError::new(source.name(), FileFault::UnclosedQuote).at_line(line));
    }
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let unreadable = |error: csv::Error| {
        ReadError::new(source.name(), FileFault::Unreadable { detail: error.to_string() })
    };
    while reader.read_record(&mut record).map_err(unreadable)? {
        // The reader's own count is off by the empty lines and line ends it skips: count from the text.
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let blank = text.as_bytes()[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let line = lines.line_at(skipped + start + blank);
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            show(line, &mut record)?;
        }
    }
    Ok(decoded.note)
}

/// Excel accepts a first line `sep=;` and some programs write it.
fn without_separator_line(text: &str) -> (&str, Option<u8>) {
    let first = text.lines().next().unwrap_or("");
    let told = first.strip_prefix("sep=").filter(|rest| rest.len() == 1).map(|rest| rest.as_bytes()[0]);
    match told {
        Some(delimiter) => (text[first.len()..].trim_start_matches(['\r', '\n']), Some(delimiter)),
        None => (text, None),
    }
}

/// The delimiter that stands most often in the heading, outside quotation marks.
fn find_delimiter(source: &Source, text: &str) -> u8 {
    if matches!(source.ending().as_str(), "tsv" | "tab")
        && text.lines().next().is_some_and(|l| l.contains('\t'))
    {
        return b'\t';
    }
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if !quoted => {
                if let Some(which) = DELIMITERS.iter().position(|delimiter| *delimiter == byte) {
                    counts[which] += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    counts.iter().position(|count| *count == most).map_or(b',', |which| DELIMITERS[which])
}

/// Where a quotation mark opens a field that is never closed.
fn unclosed_quote(bytes: &[u8], delimiter: u8) -> Option<usize> {
    let mut opened = None;
    let mut field_starts = true;
    let mut position = 0;
    while let Some(byte) = bytes.get(position) {
        match (opened, byte) {
            (Some(_), b'"') if bytes.get(position + 1) == Some(&b'"') => position += 1,
            (Some(_), b'"') => opened = None,
            (Some(_), _) => {}
            (None, b'"') if field_starts => opened = Some(position),
            (None, _) => {}
        }
        field_starts = opened.is_none() && (*byte == delimiter || matches!(byte, b'\n' | b'\r'));
        position += 1;
    }
    opened
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        read(&Source::new("a.csv", text.as_bytes().to_vec())).expect("readable")
    }

    fn cells(table: &Table) -> Vec<(u64, Vec<&str>)> {
        table.rows.iter().map(|row| (row.line, row.cells.iter().collect())).collect()
    }

    #[test]
    fn every_delimiter_is_found() {
        for delimiter in [",", ";", "\t", "|"] {
            let text = format!("name{delimiter}\"a, b; c\"\nCafé{delimiter}x\n");
            let table = table(&text);
            assert_eq!(table.columns, ["name", "a, b; c"], "{delimiter:?}");
            assert_eq!(cells(&table), [(2, vec!["Café", "x"])]);
        }
        assert_eq!(table("sep=;\nname;a,b\nCafé;1,5\n").rows[0].line, 3);
    }

    #[test]
    fn lines_are_where_records_start_whatever_ends_them() {
        for end in ["\n", "\r\n", "\r"] {
            let text = "name,street\n\nA,1\n\"B\nb\",2\n\n\nC,3".replace('\n', end);
            let table = table(&text);
            let lines: Vec<u64> = table.rows.iter().map(|row| row.line).collect();
            assert_eq!(lines, [3, 4, 8], "{end:?}");
        }
    }

    #[test]
    fn lines_that_run_into_each_other_are_refused_alone() {
        let table = table("id,name,street\n1,A,Weg 1\n2,B,Weg 2,3,C\n4,D\n5,E,Weg 5,,\n");
        assert_eq!(table.read, 4);
        assert_eq!(cells(&table), [(2, vec!["1", "A", "Weg 1"]), (5, vec!["5", "E", "Weg 5"])]);
        let refused: Vec<String> = table.refused.iter().map(ToString::to_string).collect();
        assert_eq!(refused.len(), 2);
        assert!(
            refused[0].starts_with("a.csv:3: row: the row has 5 fields, the heading has 3"),
            "{refused:?}"
        );
        assert!(refused[1].starts_with("a.csv:4: row: the row has 2 fields"), "{refused:?}");
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_named_by_its_line() {
        let source = Source::new("a.csv", b"id,name\n1,\"A \"\"x\"\"\"\n2,\"B\n3,C\n".to_vec());
        let error = read(&source).expect_err("never closed");
        assert!(
            error.to_string().starts_with("a.csv:3: a quotation mark opened here is never closed"),
            "{error}"
        );
        assert_eq!(cells(&table("id,name\n1,Zum \"Anker\n"))[0].1, ["1", "Zum \"Anker"]);
    }
}
