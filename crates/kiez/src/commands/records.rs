//! Small tables that commands read without a database: rows with a reason for each that is left out.

use crate::failure::Failure;
use crate::output::Output;
use kiez_domain::issue::{Expected, Problem};
use kiez_import::error::{Field, ReadError, Refusal};
use kiez_import::file_fault::{FileFault, Headings};
use kiez_import::reading::ReadOptions;
use kiez_import::rows::{self, PlainRow, Rows};
use kiez_import::source;
use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;

/// A table with its columns found by name.
pub(crate) struct Records {
    table: Rows,
    columns: BTreeMap<String, usize>,
}

impl Records {
    /// Reads a table that has the needed columns and perhaps the optional ones.
    pub(crate) fn read(
        path: &Path,
        needed: &[&'static str],
        optional: &[&str],
        output: &Output,
    ) -> Result<Self, Failure> {
        let options =
            ReadOptions { spreadsheet_program: std::env::current_exe().ok(), ..ReadOptions::default() };
        let table = rows::read(&source::load(path)?, &options)?;
        table.notes.iter().for_each(|note| output.say(note));
        let mut columns = BTreeMap::new();
        for (at, heading) in table.headings.iter().enumerate() {
            let name = heading.trim().to_lowercase();
            let known = needed.contains(&name.as_str()) || optional.contains(&name.as_str());
            if !known {
                output.say(&format!(
                    "{}:{}: the column \"{heading}\" is not used",
                    table.file, table.heading_line
                ));
            } else if columns.insert(name, at).is_some() {
                let fault = FileFault::DuplicateColumn { heading: heading.clone() };
                return Err(ReadError::new(&table.file, fault).at_line(table.heading_line).into());
            }
        }
        if let Some(wanted) = needed.iter().find(|wanted| !columns.contains_key(**wanted)) {
            let headings = Headings::All { list: table.headings.join(", ") };
            let known = needed.iter().chain(optional).copied().collect::<Vec<_>>().join(", ");
            let fault = FileFault::MissingColumn { wanted, known, headings };
            return Err(ReadError::new(&table.file, fault).at_line(table.heading_line).into());
        }
        Ok(Self { table, columns })
    }

    /// Turns each row into a value; rows with faults are named on standard error and left out.
    pub(crate) fn parse<T>(
        self,
        parse: impl Fn(&mut Cells<'_>) -> Option<T>,
        output: &Output,
    ) -> (Vec<T>, usize) {
        let mut values = Vec::with_capacity(self.table.rows.len());
        let mut refused = self.table.refused.clone();
        let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
        for row in &self.table.rows {
            let mut cells = Cells { records: &self, row, refused: Vec::new() };
            cells.check_id(&mut seen);
            let value = parse(&mut cells);
            let faults = cells.refused;
            match value {
                Some(value) if faults.is_empty() => values.push(value),
                _ => refused.extend(faults),
            }
        }
        refused.sort_by_key(|refusal| refusal.line);
        refused.iter().for_each(|refusal| output.warn(&refusal.to_string()));
        (values, refused.len())
    }
}

/// The cells of one row by column, and what is wrong with them.
pub(crate) struct Cells<'a> {
    records: &'a Records,
    row: &'a PlainRow,
    refused: Vec<Refusal>,
}

impl<'a> Cells<'a> {
    /// The text of a cell; empty where there is no such column.
    pub(crate) fn text(&self, column: &str) -> &'a str {
        let at = self.records.columns.get(column);
        at.and_then(|at| self.row.cells.get(*at)).map_or("", |cell| cell.trim())
    }

    /// File and line, to begin a message with.
    pub(crate) fn place(&self) -> String {
        format!("{}:{}", self.records.table.file, self.row.line)
    }

    /// The text of a cell that may be empty.
    pub(crate) fn optional(&self, column: &str) -> Option<String> {
        let text = self.text(column);
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The value of a cell that may be empty.
    pub(crate) fn value<T: FromStr<Err = Problem>>(&mut self, column: &str) -> Option<T> {
        let parsed = kiez_domain::text::optional(self.text(column));
        self.take(column, parsed).flatten()
    }

    /// A whole number that may be empty.
    pub(crate) fn count(&mut self, column: &str) -> Option<u32> {
        let parsed = kiez_domain::limits::parse_count(self.text(column), 0, 1_000_000);
        self.take(column, parsed).flatten()
    }

    /// A number that is not below zero; a decimal comma is fine.
    pub(crate) fn number(&mut self, column: &str) -> Option<f64> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let parsed =
            text.replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite() && *number >= 0.0);
        self.take(column, parsed.ok_or_else(|| Problem::unreadable(text, Expected::Number)))
    }

    /// Keeps a value, or notes what is wrong with the cell.
    pub(crate) fn take<T>(&mut self, column: &str, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.refuse(column, problem)).ok()
    }

    fn refuse(&mut self, column: &str, problem: Problem) {
        self.refused.push(Refusal::new(
            &self.records.table.file,
            self.row.line,
            Field::Heading(column),
            problem,
        ));
    }

    fn check_id(&mut self, seen: &mut BTreeMap<&'a str, u64>) {
        let id = self.text("id");
        if id.is_empty() {
            return self.refuse("id", Problem::Missing);
        }
        if let Some(first) = seen.get(id) {
            let what =
                format!("\"{id}\" stands already in line {first}; an id may stand only once in a file");
            return self.refuse("id", Problem::Taken { what });
        }
        seen.insert(id, self.row.line);
    }
}
