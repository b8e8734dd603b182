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

    /// The format that was asked for, if any.
    pub(crate) fn asked(&self) -> Option<Format> {
        self.format
    }

    /// Whether somebody sits at the terminal who wants to see how far long work has come.
    pub(crate) fn watches(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
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

    /// Objects that all have the keys of the first, in the format asked for.
    pub(crate) fn objects(&mut self, objects: &[Value], usual: Format) -> Result<(), Failure> {
        match self.format_or(usual) {
            Format::Json => self.json(&objects),
            Format::Jsonl => objects.iter().try_for_each(|object| self.json_line(object)),
            columns => {
                let keys = objects.first().and_then(Value::as_object);
                let headings: Vec<&str> = keys.into_iter().flat_map(Map::keys).map(String::as_str).collect();
                let row = |object: &Value| headings.iter().map(|heading| object[*heading].clone()).collect();
                let rows: Vec<Vec<Value>> = objects.iter().map(row).collect();
                self.rows(&headings, &rows, columns)
            }
        }
    }

    /// One object: a line of JSON, or its values under headings.
    pub(crate) fn object(&mut self, object: &Value) -> Result<(), Failure> {
        match self.format_or(Format::Json) {
            Format::Json | Format::Jsonl => self.json_line(object),
            _ => self.objects(std::slice::from_ref(object), Format::Csv),
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::sync::{Arc, Mutex};

    /// What was written, kept for the test.
    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("one thread").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(format: Option<Format>, write: impl FnOnce(&mut Output) -> Result<(), Failure>) -> String {
        let kept = Kept::default();
        let mut output = Output { format, quiet: false, color: false, out: Box::new(kept.clone()) };
        write(&mut output).expect("written");
        let bytes = kept.0.lock().expect("one thread").clone();
        String::from_utf8(bytes).expect("UTF-8")
    }

    fn two() -> Vec<Value> {
        vec![
            json!({ "id": 1, "words": ["a", "b"], "note": null }),
            json!({ "id": 20, "words": [], "note": "x,\ny" }),
        ]
    }

    #[test]
    fn the_same_rows_come_out_in_every_format() {
        let written = |format| written(Some(format), |output| output.objects(&two(), Format::Json));
        assert_eq!(written(Format::Csv), "id,words,note\n1,\"a, b\",\n20,,\"x, y\"\n");
        assert_eq!(written(Format::Table), "id  words  note\n1   a, b\n20         x, y\n");
        assert_eq!(written(Format::Jsonl).lines().count(), 2);
        assert_eq!(serde_json::from_str::<Vec<Value>>(&written(Format::Json)).expect("JSON"), two());
    }

    #[test]
    fn a_command_has_its_own_usual_form_until_another_is_asked_for() {
        let rows = |output: &mut Output| output.rows(&["id"], &[vec![json!(7)]], Format::Csv);
        assert_eq!(written(None, rows), "id\n7\n");
        assert_eq!(written(Some(Format::Jsonl), rows), "{\"id\":7}\n");
        let object = |output: &mut Output| output.object(&json!({ "url": "u", "port": 7 }));
        assert_eq!(written(None, object), "{\"url\":\"u\",\"port\":7}\n");
        assert_eq!(written(Some(Format::Csv), object), "url,port\nu,7\n");
    }

    #[test]
    fn no_rows_are_an_empty_list_and_no_heading_is_made_up() {
        let none = |output: &mut Output| output.objects(&[], Format::Json);
        assert_eq!(written(None, none), "[]\n");
        assert_eq!(written(Some(Format::Jsonl), none), "");
    }
}
