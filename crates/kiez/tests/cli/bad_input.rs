//! What bad input gets: file, line, field and reason, the status of the contract, nothing lost.

use crate::program::Place;

/// A file that cannot be read as a whole: status 1, a sentence, nothing taken in.
fn refused_as_a_whole(kind: &str, name: &str, bytes: &[u8], words: &[&str]) {
    let place = Place::with_installation();
    place.write("good.csv", "name,street\nTischlerei Yilmaz,Graefestraße 12\n");
    place.write(name, bytes);
    let files = if kind == "actors" { vec!["good.csv", name] } else { vec![name] };
    let arguments = [&["import", "--data", "data", kind][..], &files].concat();
    place.call(&arguments).with(1).saying(&[name]).saying(words);
    let actors = place.call(&["dump", "--canonical", "--data", "data"]).with(0).out;
    assert!(!actors.contains("Tischlerei Yilmaz"), "a part was taken in although a file failed");
}

#[test]
fn files_that_cannot_be_read() {
    refused_as_a_whole("actors", "empty.csv", b"", &["is empty"]);
    refused_as_a_whole("actors", "cut.json", b"name,street\nA,B\n", &[".json", "CSV"]);
    refused_as_a_whole("actors", "noise.csv", &[b'n', 0, 1, 2, 0xFF, 0, 7, b'\n', 0, 0], &["noise.csv"]);
    refused_as_a_whole("cards", "cards.csv", b"what,who\nneed,Kita\n", &["cards.csv:1", "text", "missing"]);
    refused_as_a_whole(
        "quarter",
        "half.geojson",
        b"{\"type\": \"FeatureCollection\", \"features\": [{",
        &["half.geojson:1"],
    );
    refused_as_a_whole(
        "actors",
        "quote.csv",
        b"name,street\n\"Laden,Graefestr 1\nB,C\n",
        &["quote.csv:2", "quotation mark"],
    );
}

#[test]
fn a_folder_instead_of_a_file() {
    let place = Place::with_installation();
    std::fs::create_dir(place.path("folder")).expect("made");
    place.call(&["import", "--data", "data", "actors", "folder"]).with(1).saying(&["folder", "is a folder"]);
    place
        .call(&["import", "--data", "data", "actors", "nowhere.csv"])
        .with(1)
        .saying(&["nowhere.csv", "no such file"]);
}

#[test]
fn rows_that_cannot_be_read_are_left_out_and_the_rest_stays() {
    let place = Place::with_installation();
    let rows = "name,street,lat,lon\n\
        Tischlerei Yilmaz,Graefestraße 12,52.4920,13.4175\n\
        Vertauscht,Graefestraße 14,13.4175,52.4920\n\
        Zuviel,Graefestraße 16,52.4920,13.4175,noch etwas\n\
        \"Laden mit\nZeilenumbruch\",Graefestraße 18,52.4920,13.4175\n\
        Weit weg,Graefestraße 20,-33.8,151.2\n";
    place.write("shops.csv", rows);
    let ended =
        place.call(&["import", "--data", "data", "actors", "shops.csv", "--rejects", "left-out.csv"]).with(3);
    ended.saying(&["shops.csv:3: ", "swapped", "shops.csv:4: ", "shops.csv:7: "]);
    let rejects = std::fs::read_to_string(place.path("left-out.csv")).expect("written");
    assert!(rejects.starts_with("file,line,field,reason\n") && rejects.lines().count() >= 4, "{rejects}");
    let again = place.import("actors", &["shops.csv"], 3);
    assert_eq!((&again["read"], &again["new"], &again["unchanged"]), (&5.into(), &0.into(), &2.into()));
}

#[test]
fn left_out_rows_do_not_go_where_the_report_stands() {
    let place = Place::with_installation();
    place.write("list.csv", "name,street\nTeesalon,Graefestraße 3\n,Graefestraße 5\n");
    let call = ["import", "--data", "data", "actors", "list.csv", "--rejects", "-"];
    place.call(&call).with(2).saying(&["--rejects -", "name a file"]);
    assert!(!place.path("-").exists());
    let first = place.import("actors", &["list.csv"], 3);
    assert_eq!(first["new"], 1, "the refused call has taken nothing in");
}

#[test]
fn german_excel_is_read() {
    let place = Place::with_installation();
    let rows = "Bezeichnung;Straße;PLZ;Breite;Länge;id\r\nBäckerei Morgenröte;Graefestraße 12;10967;52,4920;13,4175;9,43E+11\r\n\
                Gärtnerei;Urbanstraße 5;10967;52,4900;13,4100;12\r\n";
    let windows: Vec<u8> = rows.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin")).collect();
    place.write("liste.csv", windows);
    let report = place.import("actors", &["liste.csv"], 3);
    assert_eq!((&report["new"], &report["refused"][0]["line"]), (&1.into(), &2.into()), "{report}");
    assert!(
        report["refused"][0]["reason"].as_str().is_some_and(|reason| reason.contains("shortened by Excel"))
    );
}

#[test]
fn a_quarter_that_is_not_closed_is_refused() {
    let place = Place::with_installation();
    let ring = "[[13.41,52.48],[13.42,52.48],[13.42,52.49],[13.41,52.49]]";
    let feature = format!(
        r#"{{"type":"Feature","properties":{{"name":"Offen"}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}"#
    );
    place.write("open.geojson", feature);
    let report = place.import("quarter", &["open.geojson"], 3);
    assert!(
        report["refused"][0]["reason"].as_str().is_some_and(|reason| reason.contains("not closed")),
        "{report}"
    );
}

#[test]
fn a_spreadsheet_with_one_cell_far_away_is_no_danger() {
    let place = Place::with_installation();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "name").expect("written");
    sheet.write_string(0, 1, "street").expect("written");
    sheet.write_string(1_048_575, 16_383, "fern").expect("written");
    place.write("far.xlsx", book.save_to_buffer().expect("a workbook"));
    place.call(&["import", "--data", "data", "actors", "far.xlsx"]).with(1).saying(&["far.xlsx"]);
}

#[test]
fn the_same_file_twice_changes_nothing_and_can_be_taken_back() {
    let place = Place::with_installation();
    place.write(
        "shops.csv",
        "id,name,street\n1,Tischlerei Yilmaz,Graefestraße 12\n2,Café Kanal,Planufer 92\n",
    );
    let dry = place
        .call(&["import", "--data", "data", "actors", "shops.csv", "--dry-run", "--format", "json"])
        .with(0);
    assert!(dry.out.contains("\"new\": 2"), "{}", dry.out);
    let first = place.import("actors", &["shops.csv"], 0);
    assert_eq!((&first["read"], &first["new"]), (&2.into(), &2.into()));
    let before = place.call(&["dump", "--canonical", "--data", "data"]).with(0).out;
    let second = place.import("actors", &["shops.csv"], 0);
    assert_eq!((&second["new"], &second["changed"], &second["unchanged"]), (&0.into(), &0.into(), &2.into()));
    assert_eq!(before, place.call(&["dump", "--canonical", "--data", "data"]).with(0).out);
    let id = first["import"].as_str().expect("an id").to_owned();
    let reverted = place.call(&["import", "--data", "data", "--revert", &id]).with(0).out;
    assert!(reverted.contains("\"removed\": 2"), "{reverted}");
}

#[test]
fn a_cell_without_end_is_left_out_and_a_file_without_end_is_not_read() {
    let place = Place::with_installation();
    let endless = "a".repeat(5_000_000);
    place.write("cell.csv", format!("name,street\nTischlerei,Graefestraße 12\n{endless},Graefestraße 14\n"));
    let report = place.import("actors", &["cell.csv"], 3);
    assert_eq!((&report["new"], &report["refused"][0]["line"]), (&1.into(), &3.into()), "{report}");
    assert!(report.to_string().len() < 5_000, "the cell itself is not repeated in the report");
    // A gigabyte of one cell, without a gigabyte on the disk: a file with a hole.
    place.write("gigabyte.csv", "name,street\n\"");
    let file = std::fs::OpenOptions::new().write(true).open(place.path("gigabyte.csv")).expect("there");
    file.set_len(1024 * 1024 * 1024).expect("the file system knows holes");
    let ended = place.call(&["import", "--data", "data", "actors", "gigabyte.csv"]).with(1);
    ended.saying(&["gigabyte.csv", "too large", "512 MB"]);
}

#[test]
fn every_usual_encoding_is_read_and_a_broken_one_is_named() {
    let place = Place::with_installation();
    let text = "name,street\nBäckerei Ayşe,Graefestraße 12\n";
    let utf16: Vec<u8> =
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    place.write("utf16.csv", utf16);
    assert_eq!(place.import("actors", &["utf16.csv"], 0)["new"], 1);
    place.write("bom.csv", format!("\u{feff}{text}"));
    assert_eq!(place.import("actors", &["bom.csv"], 0)["unchanged"], 1, "the same row in another encoding");
    // Half of a letter in the middle of what is otherwise UTF-8, and a row that lost a letter earlier.
    place.write("lost.csv", "name,street\nB\u{fffd}ckerei,Graefestraße 14\n");
    let report = place.import("actors", &["lost.csv"], 3);
    assert!(
        report["refused"][0]["reason"].as_str().is_some_and(|reason| reason.contains("encoding")),
        "{report}"
    );
}

#[test]
fn lines_that_run_into_each_other_are_told_by_their_line() {
    let place = Place::with_installation();
    let rows = "name;street;zip_code\nLaden Eins;Graefestraße 1;10967 Laden Zwei;Graefestraße 2;10967\n\
                Laden Drei;Graefestraße 3;10967\nLaden\nVier;Graefestraße 4;10967\n";
    place.write("run.csv", rows);
    let report = place.import("actors", &["run.csv"], 3);
    let lines: Vec<&serde_json::Value> =
        report["refused"].as_array().expect("a list").iter().map(|refusal| &refusal["line"]).collect();
    assert_eq!(lines, [2, 4], "{report}");
    // The second half of the torn row looks like any other row: nobody can know.
    assert_eq!(report["new"], 2, "{report}");
}

#[test]
fn values_that_an_import_changed_come_back_on_the_command_line_too() {
    let place = Place::with_installation();
    place.write("walk.csv", "id;Straße;Hausnr;Nutzung;Datum\n1;Graefestraße;3;Leerstand;02.03.2026\n");
    place.import("premises", &["walk.csv"], 0);
    let before = place.call(&["dump", "--canonical", "--data", "data"]).with(0).out;
    place.write("walk.csv", "id;Straße;Hausnr;Nutzung;Datum\n1;Graefestraße;3;Gastronomie;01.07.2026\n");
    let second = place.import("premises", &["walk.csv"], 0);
    let id = second["import"].as_str().expect("an id").to_owned();
    let reverted = place.call(&["import", "--data", "data", "--revert", &id]).with(0).out;
    assert!(reverted.contains("\"restored\": 1"), "{reverted}");
    let after = place.call(&["dump", "--canonical", "--data", "data"]).with(0).out;
    let lines = |dump: &str, table: &str| {
        let of_table = format!("{{\"table\":\"{table}\"");
        dump.lines().filter(|line| line.starts_with(&of_table)).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(lines(&before, "premises_observation"), lines(&after, "premises_observation"));
    assert!(!lines(&before, "premises_observation").is_empty(), "{before}");
    assert!(lines(&after, "premises").iter().any(|line| line.contains("vacant")), "{after}");
}
