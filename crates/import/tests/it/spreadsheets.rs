//! Spreadsheets all the way: through a real child process with its limits set.

use kiez_import::actor::{RawActor, read_actors};
use kiez_import::reading::{ReadOptions, Reading};
use kiez_import::source::Source;
use kiez_import::spreadsheet::child;
use rust_xlsxwriter::Workbook;
use std::fs::File;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Where the child of a test writes its answer; without it the function below is no child.
const ANSWER: &str = "KIEZ_TEST_SPREADSHEET_ANSWER";

/// Not a test by itself: started again by the tests below, it plays the hidden command of the binary.
#[test]
fn plays_the_child() {
    if let Some(answer) = std::env::var_os(ANSWER) {
        let out = File::create(answer).expect("a file for the answer");
        child::run(Path::new("-"), out);
    }
}

/// Reads bytes as a spreadsheet, with this test binary as the program that reads it.
fn read(bytes: Vec<u8>) -> Result<Reading<RawActor>, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let program = folder.path().join("reader");
    let this = std::env::current_exe().expect("a running test knows itself");
    let script = format!(
        "#!/bin/sh\n{ANSWER}='{0}/answer' '{1}' --exact spreadsheets::plays_the_child > /dev/null\ncat '{0}/answer'\n",
        folder.path().display(),
        this.display()
    );
    std::fs::write(&program, script).expect("writable");
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o700)).expect("ours");
    let options = ReadOptions { spreadsheet_program: Some(program), ..ReadOptions::default() };
    read_actors(&Source::new("list.xlsx", bytes), &options).map_err(|error| error.to_string())
}

#[test]
fn a_list_from_a_spreadsheet_is_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in ["Firma", "Straße", "Breite", "Länge", "Telefon"].into_iter().enumerate() {
        sheet.write(0, u16::try_from(column).expect("small"), heading).expect("written");
    }
    sheet.write(1, 0, "Café Özgür").expect("written");
    sheet.write(1, 2, 52.4912).expect("written");
    sheet.write(1, 3, 13.4156).expect("written");
    sheet.write(1, 4, 4_930_123_456_789_i64).expect("written");
    sheet.write(3, 0, "Ohne Ort").expect("written");
    sheet.write(3, 2, 13.4).expect("written");
    sheet.write(3, 3, 52.5).expect("written");
    let reading = read(book.save_to_buffer().expect("a book")).expect("readable");
    let actor = &reading.candidates[0].row;
    assert_eq!((actor.name.as_str(), actor.phone.as_deref()), ("Café Özgür", Some("4930123456789")));
    assert_eq!(actor.position.map(|place| (place.lat(), place.lon())), Some((52.4912, 13.4156)));
    assert_eq!((reading.read, reading.refused[0].line, reading.refused[0].field.as_str()), (2, 4, "Breite"));
}

#[test]
fn hostile_sheets_end_in_a_sentence() {
    let mut book = Workbook::new();
    book.add_worksheet().write(1_048_575, 16_383, "x").expect("written");
    let error = read(book.save_to_buffer().expect("a book")).expect_err("far away");
    assert!(
        error.starts_with(
            "list.xlsx: the spreadsheet is not read: the sheet \"Sheet1\" has a filled cell in row 1048576"
        ),
        "{error}"
    );
    let error = read(b"PK\x03\x04 and nothing else".to_vec()).expect_err("damaged");
    assert!(error.contains("it is damaged or no XLSX"), "{error}");
}

/// Turns the stated sizes of all parts into one byte, in the parts themselves and in the list at the end.
fn lie_about_sizes(mut bytes: Vec<u8>) -> Vec<u8> {
    for (mark, offset) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
        let found: Vec<usize> = (0..bytes.len() - 4).filter(|at| &bytes[*at..at + 4] == mark).collect();
        for at in found {
            bytes[at + offset..at + offset + 4].copy_from_slice(&1_u32.to_le_bytes());
        }
    }
    bytes
}

#[test]
fn a_sheet_that_lies_about_its_size_is_no_danger() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "name").expect("written");
    sheet.write(0, 1, "street").expect("written");
    sheet.write(1, 0, "A").expect("written");
    let honest = book.save_to_buffer().expect("a book");
    // Whether the reader notices the lie or reads what is there, there is an answer.
    match read(lie_about_sizes(honest)) {
        Ok(reading) => assert_eq!(reading.candidates.len(), 1),
        Err(error) => assert!(error.starts_with("list.xlsx: "), "{error}"),
    }
}
