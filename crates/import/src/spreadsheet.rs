//! XLSX, read by a limited process of its own: a hostile sheet of a kilobyte can ask for half a terabyte.
//!
//! The parent sends the bytes to `kiez __xlsx -` and gets lines of JSON back: one for each row, then one that says
//! that this was all. Whatever ends without that last line has died on the way and is refused.

pub mod child;

use crate::error::ReadError;
use crate::file_fault::FileFault;
use crate::reading::ReadOptions;
use crate::sheet_fault::SheetFault;
use crate::source::Source;
use crate::table::Table;
use child::Answer;
use csv::StringRecord;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// The hidden word of the command line under which the child starts.
pub const CHILD_COMMAND: &str = "__xlsx";
/// How long the child may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Most bytes that the child may answer.
const ANSWER_LIMIT: u64 = 256 * 1024 * 1024;

pub(crate) fn read(source: &Source, options: &ReadOptions) -> Result<Table, ReadError> {
    let refuse = |sheet| ReadError::new(source.name(), FileFault::Spreadsheet { sheet });
    let Some(program) = &options.spreadsheet_program else {
        return Err(refuse(SheetFault::NoReader));
    };
    let answer = read_in_child(program, source, PATIENCE).map_err(refuse)?;
    let mut table = Table { file: source.name().to_owned(), heading_line: 1, ..Table::default() };
    let mut finished = false;
    for line in answer.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let died = |_| refuse(SheetFault::ReaderStopped);
        match serde_json::from_slice::<Answer>(line).map_err(died)? {
            Answer::Sheet(sheet) => {
                table.notes.push(format!("{}: read the sheet \"{sheet}\"", source.name()))
            }
            Answer::Row(row, cells) => take_row(&mut table, u64::from(row), cells)?,
            Answer::Refused(fault) => return Err(refuse(fault)),
            Answer::End => finished = true,
        }
    }
    if !finished {
        return Err(refuse(SheetFault::ReaderLimited));
    }
    if table.columns.is_empty() {
        return Err(ReadError::new(source.name(), FileFault::Empty));
    }
    Ok(table)
}

/// The first row with two filled cells is the heading: a title may stand above it.
fn take_row(table: &mut Table, row: u64, mut cells: Vec<String>) -> Result<(), ReadError> {
    let filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    if table.columns.is_empty() {
        if filled > 1 {
            table.heading_line = row;
            table.columns = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        }
        return Ok(());
    }
    if filled > 0 {
        if cells.len() < table.columns.len() {
            cells.resize(table.columns.len(), String::new());
        }
        table.push(row, StringRecord::from(cells))?;
    }
    Ok(())
}

/// What the child answers, or why there is no answer.
fn read_in_child(program: &Path, source: &Source, patience: Duration) -> Result<Vec<u8>, SheetFault> {
    let mut child = Command::new(program)
        .args([CHILD_COMMAND, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| SheetFault::ReaderNotStarted {
            program: program.display().to_string(),
            detail: error.to_string(),
        })?;
    let mut input = child.stdin.take().expect("the pipe was asked for");
    let output = child.stdout.take().expect("the pipe was asked for");
    thread::scope(|scope| {
        // A child that stops listening says why itself: a broken pipe is no news.
        scope.spawn(move || drop(input.write_all(source.bytes())));
        let (sender, receiver) = channel();
        scope.spawn(move || drop(sender.send(read_answer(output))));
        let answer = receiver.recv_timeout(patience);
        let result = match answer {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(SheetFault::ReaderUnheard { detail: error.to_string() }),
            Err(_) => Err(SheetFault::TooSlow { seconds: patience.as_secs() }),
        };
        end(&mut child);
        result
    })
}

fn read_answer(output: impl Read) -> io::Result<Vec<u8>> {
    let mut answer = Vec::new();
    output.take(ANSWER_LIMIT + 1).read_to_end(&mut answer)?;
    if answer.len() as u64 > ANSWER_LIMIT {
        return Err(io::Error::other("it holds more than 256 MB of text"));
    }
    Ok(answer)
}

/// Ends the child, which closes its pipes and so ends the threads that wait on them.
fn end(child: &mut Child) {
    // It may have ended by itself: then there is nothing to kill and only its status to fetch.
    drop(child.kill());
    drop(child.wait());
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// A program that does not read spreadsheets but behaves as one that does may behave.
    fn ask(script: &str, patience: Duration) -> Result<String, String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let program = folder.path().join("reader");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("writable");
        std::fs::set_permissions(&program, PermissionsExt::from_mode(0o700)).expect("ours");
        let source = Source::new("a.xlsx", b"PK\x03\x04".repeat(100_000));
        let answer = read_in_child(&program, &source, patience).map_err(|fault| fault.to_string())?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    fn table(script: &str) -> Result<Table, String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let program = folder.path().join("reader");
        std::fs::write(&program, format!("#!/bin/sh\ncat > /dev/null\n{script}\n")).expect("writable");
        std::fs::set_permissions(&program, PermissionsExt::from_mode(0o700)).expect("ours");
        let options = ReadOptions { spreadsheet_program: Some(program), ..ReadOptions::default() };
        let source = Source::new("a.xlsx", b"PK\x03\x04".to_vec());
        read(&source, &options).map_err(|error| error.to_string())
    }

    #[test]
    fn a_child_that_does_not_listen_or_never_ends_is_left() {
        assert_eq!(ask("echo done", PATIENCE), Ok("done\n".to_owned()));
        let error = ask("exec sleep 60", Duration::from_millis(200)).expect_err("too slow");
        assert!(error.starts_with("it takes longer than 0 seconds"), "{error}");
    }

    #[test]
    fn a_child_that_dies_is_noticed() {
        let died = table("echo '{\"row\":[1,[\"name\",\"street\"]]}'; kill -9 $$").expect_err("killed");
        assert!(died.contains("needs too much memory or time"), "{died}");
        let cut = table("printf '{\"row\":[1,[\"na'").expect_err("cut off");
        assert!(cut.contains("stopped in the middle of a row"), "{cut}");
        let refused = table("echo '{\"refused\":{\"code\":\"nothing-in-it\"}}'").expect_err("refused");
        assert!(
            refused.ends_with("the spreadsheet is not read: no sheet in it has anything in it"),
            "{refused}"
        );
    }

    #[test]
    fn a_title_above_the_heading_is_passed_over() {
        let script = r#"cat <<'E'
{"sheet":"Liste"}
{"row":[1,["Unsere Läden"]]}
{"row":[3,["name","street"]]}
{"row":[4,["A"]]}
{"row":[5,["B","Weg 1",""]]}
"end"
E"#;
        let table = table(script).expect("readable");
        assert_eq!((table.heading_line, table.read), (3, 2));
        assert_eq!((table.rows[0].line, table.rows[0].cells.get(1)), (4, Some("")));
        assert_eq!(table.rows[1].cells, StringRecord::from(vec!["B", "Weg 1"]));
    }
}
