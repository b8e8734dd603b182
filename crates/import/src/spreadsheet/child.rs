//! The limited process that opens a spreadsheet: it sets its own limits before it touches a byte.

use crate::sheet_fault::SheetFault;
use calamine::{Data, DataRef, Reader, Xlsx};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Cursor, Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// Rows below this one are not read.
const ROW_LIMIT: u32 = 200_000;
/// Columns to the right of this one are not read.
const COLUMN_LIMIT: u32 = 1_000;
/// Most filled cells.
const CELL_LIMIT: usize = 5_000_000;
/// Most bytes of all parts of the file together, unpacked.
const UNPACKED_LIMIT: u64 = 200 * 1024 * 1024;
/// Most bytes of the file itself.
const FILE_LIMIT: u64 = 100 * 1024 * 1024;
/// Memory that the process may ask for.
#[cfg(unix)]
const MEMORY_LIMIT: u64 = 1024 * 1024 * 1024;
/// Seconds of work that the process may do.
#[cfg(unix)]
const WORK_LIMIT: u64 = 20;

/// One line of the answer.
#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Answer {
    /// Which sheet the rows come from.
    Sheet(String),
    /// Number of the row, counted from 1, and its cells from the first column on.
    Row(u32, Vec<String>),
    /// Why nothing is read.
    Refused(SheetFault),
    /// That was all.
    End,
}

/// Reads the spreadsheet at `path` (`-`: standard input) and writes its rows as lines of JSON.
///
/// This is the whole of the hidden command `kiez __xlsx PATH`; it limits the process it runs in, so call it nowhere
/// else and before anything else.
pub fn run(path: &Path, out: impl Write) -> ExitCode {
    let mut out = io::BufWriter::new(out);
    let refused = match limit_this_process().and_then(|()| read_bytes(path)) {
        Ok(bytes) => answer(&bytes, &mut out),
        Err(reason) => Err(reason),
    };
    let last = match &refused {
        Ok(()) => Answer::End,
        Err(reason) => Answer::Refused(reason.clone()),
    };
    if write(&mut out, &last).and_then(|()| out.flush().map_err(|error| mute(&error))).is_err()
        || refused.is_err()
    {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

#[cfg(unix)]
fn limit_this_process() -> Result<(), SheetFault> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limits = [(Resource::As, MEMORY_LIMIT), (Resource::Cpu, WORK_LIMIT), (Resource::Core, 0)];
    for (resource, limit) in limits {
        let limit = Rlimit { current: Some(limit), maximum: Some(limit) };
        setrlimit(resource, limit)
            .map_err(|error| SheetFault::ReaderUnlimited { detail: error.to_string() })?;
    }
    Ok(())
}

/// Elsewhere the limits on extent and unpacked size have to do, and the parent's patience.
#[cfg(not(unix))]
fn limit_this_process() -> Result<(), SheetFault> {
    Ok(())
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, SheetFault> {
    let mut bytes = Vec::new();
    let limit = FILE_LIMIT + 1;
    let read = if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes))
    };
    read.map_err(|error| SheetFault::Unreadable { detail: error.to_string() })?;
    if bytes.len() as u64 > FILE_LIMIT {
        return Err(SheetFault::TooLarge { limit_megabytes: FILE_LIMIT / 1024 / 1024 });
    }
    Ok(bytes)
}

fn answer(bytes: &[u8], out: &mut impl Write) -> Result<(), SheetFault> {
    check_unpacked_size(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    for sheet in book.sheet_names() {
        let rows = filled_cells(&mut book, &sheet)?;
        if rows.is_empty() {
            continue;
        }
        write(out, &Answer::Sheet(sheet))?;
        for (row, cells) in rows {
            write(out, &Answer::Row(row + 1, side_by_side(cells)))?;
        }
        return Ok(());
    }
    Err(SheetFault::NothingInIt)
}

/// Unpacking stops at the stated sizes, so a file that lies about them is damaged; the limit on memory stands behind it.
fn check_unpacked_size(bytes: &[u8]) -> Result<(), SheetFault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut total = 0_u64;
    for index in 0..archive.len() {
        total = total.saturating_add(archive.by_index_raw(index).map_err(|error| damaged(&error))?.size());
    }
    if total <= UNPACKED_LIMIT {
        return Ok(());
    }
    let (found_megabytes, limit_megabytes) = (total / 1024 / 1024, UNPACKED_LIMIT / 1024 / 1024);
    Err(SheetFault::UnpacksTooLarge { found_megabytes, limit_megabytes })
}

/// Cells by row and column. They are taken one by one, so that an empty sheet of any extent costs nothing.
fn filled_cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &str,
) -> Result<BTreeMap<u32, BTreeMap<u32, String>>, SheetFault> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(|error| damaged(&error))?;
    let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    let mut count = 0;
    while let Some(cell) = cells.next_cell().map_err(|error| damaged(&error))? {
        let (row, column) = cell.get_position();
        let text = in_words(cell.get_value());
        if text.is_empty() {
            continue;
        }
        if row >= ROW_LIMIT || column >= COLUMN_LIMIT {
            return Err(SheetFault::StrayCell {
                sheet: sheet.to_owned(),
                row: row + 1,
                column: column + 1,
                row_limit: ROW_LIMIT,
                column_limit: COLUMN_LIMIT,
            });
        }
        count += 1;
        if count > CELL_LIMIT {
            return Err(SheetFault::TooManyCells { sheet: sheet.to_owned(), limit: CELL_LIMIT });
        }
        rows.entry(row).or_default().insert(column, text);
    }
    Ok(rows)
}

fn side_by_side(cells: BTreeMap<u32, String>) -> Vec<String> {
    let mut row = Vec::new();
    for (column, text) in cells {
        row.resize(column as usize, String::new());
        row.push(text);
    }
    row
}

/// A cell as a person would read it: whole numbers without point, days as 2026-03-02.
fn in_words(value: &DataRef<'_>) -> String {
    match value {
        DataRef::DateTime(moment) if !moment.is_duration() => {
            let (year, month, day, hour, minute, _, _) = moment.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            if (hour, minute) == (0, 0) { date } else { format!("{date}T{hour:02}:{minute:02}") }
        }
        other => Data::from(other.clone()).to_string(),
    }
}

fn write(out: &mut impl Write, answer: &Answer) -> Result<(), SheetFault> {
    serde_json::to_writer(&mut *out, answer).map_err(|error| mute(&error))?;
    out.write_all(b"\n").map_err(|error| mute(&error))
}

fn damaged(error: &dyn std::fmt::Display) -> SheetFault {
    SheetFault::Damaged { detail: error.to_string() }
}

fn mute(error: &dyn std::fmt::Display) -> SheetFault {
    SheetFault::ReaderMute { detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

    fn rows(bytes: &[u8]) -> Result<Vec<Answer>, String> {
        let mut out = Vec::new();
        answer(bytes, &mut out).map_err(|fault| fault.to_string())?;
        let lines = out.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        Ok(lines.map(|line| serde_json::from_slice(line).expect("JSON")).collect())
    }

    fn row(number: u32, cells: &[&str]) -> Answer {
        Answer::Row(number, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn a_sheet_comes_back_as_a_person_reads_it() {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("leer").expect("a name");
        let sheet = book.add_worksheet().set_name("Läden").expect("a name");
        sheet.write(0, 0, "Name").expect("written");
        sheet.write(0, 1, "Nr").expect("written");
        sheet.write(3, 0, "Café\nam Ufer").expect("written");
        sheet.write(3, 1, 943_000_000_123_i64).expect("written");
        sheet.write(3, 3, 52.4912).expect("written");
        let day = Format::new().set_num_format("dd.mm.yyyy");
        let date = ExcelDateTime::from_ymd(2026, 3, 2).expect("a day");
        sheet.write_datetime_with_format(3, 4, &date, &day).expect("written");
        let found = rows(&book.save_to_buffer().expect("a book"));
        let expected = vec![
            Answer::Sheet("Läden".to_owned()),
            row(1, &["Name", "Nr"]),
            row(4, &["Café\nam Ufer", "943000000123", "", "52.4912", "2026-03-02"]),
        ];
        assert_eq!(found, Ok(expected));
    }

    #[test]
    fn one_cell_in_the_farthest_corner_is_refused_at_once() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "Name").expect("written");
        sheet.write(1_048_575, 16_383, "x").expect("written");
        let error = rows(&book.save_to_buffer().expect("a book")).expect_err("far away");
        assert!(error.contains("a filled cell in row 1048576, column 16384"), "{error}");
    }

    #[test]
    fn a_cell_of_a_gigabyte_is_refused_before_it_is_unpacked() {
        let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        packed.start_file("xl/worksheets/sheet1.xml", options).expect("a part");
        let blanks = vec![b' '; 1024 * 1024];
        for _ in 0..201 {
            packed.write_all(&blanks).expect("written");
        }
        let bytes = packed.finish().expect("an archive").into_inner();
        assert!(bytes.len() < 1024 * 1024, "{} bytes", bytes.len());
        let error = rows(&bytes).expect_err("too large");
        assert_eq!(error, "unpacked it has 201 MB, at most 200 MB are read; save the sheet as CSV");
    }

    #[test]
    fn what_is_no_spreadsheet_says_so() {
        assert!(
            rows(b"PK\x03\x04 and then nothing").is_err_and(|error| error.contains("damaged or no XLSX"))
        );
        let empty = Workbook::new().save_to_buffer().expect("a book");
        assert!(rows(&empty).is_err_and(|error| error.contains("no sheet in it has anything in it")));
    }
}
