//! One shape for everything with rows and headings, whether it was CSV, XLSX or GeoJSON.

use crate::delimited;
use crate::error::{Field, ReadError, Refusal};
use crate::file_fault::{Counted, FileFault};
use crate::geojson;
use crate::place::CoordinateSystem;
use crate::reading::ReadOptions;
use crate::row_fault::RowFault;
use crate::source::{Format, Source};
use crate::spreadsheet;
use csv::StringRecord;

/// Most characters of one cell.
pub(crate) const CELL_LIMIT: usize = 20_000;
/// Most columns of one file.
const COLUMN_LIMIT: usize = 5_000;
/// Most records of one file.
const RECORD_LIMIT: usize = 1_000_000;
/// Most cells of one file, empty ones included: what stands in memory at once.
const TABLE_LIMIT: usize = 50_000_000;

/// Rows under headings.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(crate) file: String,
    /// Line of the heading.
    pub(crate) heading_line: u64,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Row>,
    /// Records found, also those that were refused before they became a row.
    pub(crate) read: usize,
    pub(crate) refused: Vec<Refusal>,
    pub(crate) notes: Vec<String>,
    pub(crate) coordinates: Option<CoordinateSystem>,
}

/// One record with the line where it starts.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) cells: StringRecord,
    /// Where it is, when the format says so beside the cells: x to the east, y to the north.
    pub(crate) place: Option<(f64, f64)>,
}

impl Table {
    /// Reads whatever the bytes are.
    pub(crate) fn read(source: &Source, options: &ReadOptions) -> Result<Self, ReadError> {
        let mut table = match source.format()? {
            Format::Delimited => delimited::read(source)?,
            Format::Json => geojson::read_table(source)?,
            Format::Spreadsheet => spreadsheet::read(source, options)?,
        };
        if table.read == 0 {
            return Err(ReadError::new(source.name(), FileFault::NoRecords).at_line(table.heading_line));
        }
        table.refuse_unreadable_rows();
        Ok(table)
    }

    /// Fails when so many records under such a heading would be more than we are ready to hold.
    pub(crate) fn check_size(&self, records: usize) -> Result<(), ReadError> {
        let columns = self.columns.len();
        let (found, limit, counted) = if columns > COLUMN_LIMIT {
            (columns, COLUMN_LIMIT, Counted::Columns)
        } else if records > RECORD_LIMIT {
            (records, RECORD_LIMIT, Counted::Records)
        } else if records.saturating_mul(columns) > TABLE_LIMIT {
            (records.saturating_mul(columns), TABLE_LIMIT, Counted::Cells)
        } else {
            return Ok(());
        };
        Err(ReadError::new(&self.file, FileFault::TooMuch { found, limit, counted }))
    }

    /// Takes a record in, or refuses it when its fields do not fit the heading.
    pub(crate) fn push(&mut self, line: u64, mut cells: StringRecord) -> Result<(), ReadError> {
        self.read += 1;
        self.check_size(self.read)?;
        let expected = self.columns.len();
        // Spreadsheets like to leave delimiters behind the last column.
        let only_blanks_behind = cells.iter().skip(expected).all(|cell| cell.trim().is_empty());
        if cells.len() > expected && only_blanks_behind {
            cells.truncate(expected);
        }
        if cells.len() == expected {
            self.rows.push(Row { line, cells, place: None });
        } else {
            let fault = RowFault::FieldCount { found: cells.len(), expected };
            self.refused.push(Refusal::new(&self.file, line, Field::Ours("row"), fault));
        }
        Ok(())
    }

    /// Refuses rows with cells that no field could hold or whose characters got lost.
    fn refuse_unreadable_rows(&mut self) {
        let (file, columns, refused) = (&self.file, &self.columns, &mut self.refused);
        self.rows.retain(|row| {
            let before = refused.len();
            let suspicious =
                row.cells.as_slice().len() > CELL_LIMIT || row.cells.as_slice().contains('\u{FFFD}');
            if suspicious {
                for (cell, column) in row.cells.iter().zip(columns) {
                    if let Some(fault) = unreadable(cell) {
                        refused.push(Refusal::new(file, row.line, Field::Heading(column), fault));
                    }
                }
            }
            refused.len() == before
        });
    }
}

fn unreadable(cell: &str) -> Option<RowFault> {
    let length = cell.chars().count();
    if length > CELL_LIMIT {
        return Some(RowFault::TooLong { length, limit: CELL_LIMIT });
    }
    cell.contains('\u{FFFD}').then_some(RowFault::LostCharacter)
}

/// Counts lines up to growing positions in a text, whatever ends its lines.
pub(crate) struct LineCounter<'a> {
    bytes: &'a [u8],
    position: usize,
    line: u64,
}

impl<'a> LineCounter<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), position: 0, line: 1 }
    }

    /// The line of a position that is not before the one asked for last.
    pub(crate) fn line_at(&mut self, position: usize) -> u64 {
        let end = position.min(self.bytes.len());
        while self.position < end {
            let byte = self.bytes[self.position];
            let next = self.bytes.get(self.position + 1);
            if byte == b'\n' || (byte == b'\r' && next != Some(&b'\n')) {
                self.line += 1;
            }
            self.position += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_too_large_for_memory_are_refused() {
        let columns = |count: usize| Table { columns: vec![String::new(); count], ..Table::default() };
        assert!(columns(475).check_size(100_000).is_ok());
        let said = |table: &Table, records| table.check_size(records).expect_err("too large").to_string();
        assert!(said(&columns(5_001), 1).contains("5001 columns, at most 5000"));
        assert!(said(&columns(1), 1_000_001).contains("1000001 records, at most 1000000"));
        assert!(said(&columns(100), 500_001).contains("50000100 cells, at most 50000000"));
    }
}
