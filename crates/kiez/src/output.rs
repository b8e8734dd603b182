//! The one way to standard output (results) and standard error (messages).

use crate::failure::Failure;
use clap::ValueEnum;
use serde_json::{Map, Value};
use std::io::{self, IsTerminal, Write};

/// How rows come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Columns for people.
    Table,
    /// One JSON document.
    Json,
    /// One JSON object per line.
    Jsonl,
    /// Comma separated values with a heading.
    Csv,
}

/// When messages are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal.
    Auto,
    /// Also into a file.
    Always,
    /// Not at all.
    Never,
}

/// Writes results and messages as the person asked for them.
pub(crate) struct Output {
    format: Option<Format>,
    quiet: bool,
    color: bool,
    out: Box<dyn Write>,
}

impl Output {
    /// Standard output and standard error.
    pub(crate) fn new(format: Option<Format>, quiet: bool, color: Color) -> Self {
        let color = match color {
            Color::Auto => io::stderr().is_terminal(),
            Color::Always => true,
            Color::Never => false,
        };
        Self { format, quiet, color, out: Box::new(io::BufWriter::new(io::stdout())) }
    }

    /// The format that was asked for, else the command's own.
    pub(crate) fn format_or(&self, usual: Format) -> Format {
        self.format.unwrap_or(usual)
    }

    /// One line of the result.
    pub(crate) fn line(&mut self, line: &str) -> Result<(), Failure> {
        Ok(writeln!(self.out, "{line}")?)
    }

    /// A value as one JSON document.
    pub(crate) fn json(&mut self, value: &impl serde::Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(value);
        self.line(&text.map_err(|error| Failure::failed(format!("the result is no JSON: {error}")))?)
    }

    /// A value as one line of JSON.
    pub(crate) fn json_line(&mut self, value: &impl serde::Serialize) -> Result<(), Failure> {
        let text = serde_json::to_string(value);
        self.line(&text.map_err(|error| Failure::failed(format!("the result is no JSON: {error}")))?)
    }

    /// Rows under headings, in the format asked for.
    pub(crate) fn rows(
        &mut self,
        headings: &[&str],
        rows: &[Vec<Value>],
        usual: Format,
    ) -> Result<(), Failure> {
        match self.format_or(usual) {
            Format::Table => self.table(headings, rows),
            Format::Json => self.json(&rows.iter().map(|row| object(headings, row)).collect::<Vec<_>>()),
            Format::Jsonl => rows.iter().try_for_each(|row| self.json_line(&object(headings, row))),
            Format::Csv => self.csv(headings, rows),
        }
    }

    /// Everything that writes bytes itself.
    pub(crate) fn writer(&mut self) -> &mut dyn Write {
        &mut self.out
    }

    /// Hands everything over to the reader.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }

    /// A message to the person, on standard error; nothing with `--quiet`.
    pub(crate) fn say(&self, message: &str) {
        if !self.quiet {
            to_stderr(message);
        }
    }

    /// What says messages while something runs; none with `--quiet`.
    pub(crate) fn voice(&self) -> Option<fn(&str)> {
        (!self.quiet).then_some(to_stderr as fn(&str))
    }

    /// A message that also `--quiet` does not silence: a refused row, a finding.
    pub(crate) fn warn(&self, message: &str) {
        if self.color { to_stderr(&format!("\u{1b}[33m{message}\u{1b}[0m")) } else { to_stderr(message) }
    }

    fn table(&mut self, headings: &[&str], rows: &[Vec<Value>]) -> Result<(), Failure> {
        let cells: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(shown).collect()).collect();
        let width = |column: usize| {
            let widest = cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
            widest.max(headings[column].chars().count())
        };
        let widths: Vec<usize> = (0..headings.len()).map(width).collect();
        let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
        for row in std::iter::once(&headings).chain(&cells) {
            let padded =
                row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}", width = *width));
            let line = padded.collect::<Vec<_>>().join("  ");
            self.line(line.trim_end())?;
        }
        Ok(())
    }

    fn csv(&mut self, headings: &[&str], rows: &[Vec<Value>]) -> Result<(), Failure> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let in_memory = |_| Failure::failed("the rows do not fit under their headings");
        writer.write_record(headings).map_err(in_memory)?;
        for row in rows {
            writer.write_record(row.iter().map(shown)).map_err(in_memory)?;
        }
        let bytes = writer.into_inner().map_err(|_| Failure::failed("the rows cannot be written as CSV"))?;
        Ok(self.out.write_all(&bytes)?)
    }
}

/// Writes a line to standard error; where that is closed too, there is nobody to tell.
pub(crate) fn to_stderr(message: &str) {
    let _nobody_listens = writeln!(io::stderr(), "{message}");
}

fn object(headings: &[&str], row: &[Value]) -> Map<String, Value> {
    headings.iter().map(|heading| (*heading).to_owned()).zip(row.iter().cloned()).collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.replace(['\n', '\t'], " "),
        Value::Null => String::new(),
        Value::Array(parts) => parts.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
