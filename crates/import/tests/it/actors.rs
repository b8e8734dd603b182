//! Actors: what is recognised, and what bad input gets.

use kiez_domain::branch::Side;
use kiez_import::actor::{RawActor, read_actors};
use kiez_import::mapping::Mapping;
use kiez_import::place::PlausibleBox;
use kiez_import::reading::{ReadOptions, Reading};
use kiez_import::source::Source;

fn read_named(name: &str, bytes: &[u8]) -> Result<Reading<RawActor>, String> {
    let source = Source::new(name, bytes.to_vec());
    read_actors(&source, &ReadOptions::default()).map_err(|error| error.to_string())
}

fn read(text: &str) -> Reading<RawActor> {
    read_named("list.csv", text.as_bytes()).expect("readable")
}

fn refusals(reading: &Reading<RawActor>) -> Vec<String> {
    reading.refused.iter().map(ToString::to_string).collect()
}

#[test]
fn a_german_list_from_excel_is_read() {
    let reading = read(
        "Nr. intern;Firma;Straße;Hausnr.;PLZ;Ort;Breite;Länge;Telefon;E-Mail;Sprachen;Öffnungszeiten;Art\n\
         7;Café Özgür;Böckhstraße;12a;10967;Berlin;52,4912;13,4156;030 123;cafe@example.org;de, tr;Mo-Fr 8-18;Unternehmen\n",
    );
    let actor = &reading.candidates[0].row;
    assert_eq!(actor.name, "Café Özgür");
    assert_eq!((actor.street.as_deref(), actor.house_number.as_deref()), (Some("Böckhstraße"), Some("12a")));
    assert_eq!(actor.position.map(|place| (place.lat(), place.lon())), Some((52.4912, 13.4156)));
    assert_eq!(actor.languages, ["de", "tr"]);
    assert_eq!(actor.side, Some(Side::Business));
    assert_eq!(actor.opening_hours.as_deref(), Some("Mo-Fr 8-18"));
    assert_eq!(actor.extra, [("Nr. intern".to_owned(), "7".to_owned())]);
}

#[test]
fn names_in_six_scripts_stay_as_they_are() {
    let names = ["Bäckerei Süß", "مقهى النيل", "Кафе Пушкин", "茶館", "Ταβέρνα", "บ้านไทย"];
    let text = format!("name,street\n{}\n", names.map(|name| format!("{name},Weg 1")).join("\n"));
    let found: Vec<String> = read(&text).candidates.into_iter().map(|candidate| candidate.row.name).collect();
    assert_eq!(found, names);
}

#[test]
fn line_breaks_in_quotation_marks_become_blanks_and_lines_stay_true() {
    let reading = read("name,street\n\"Haus\nam See\",Weg 1\nCafé,\"Weg\r\n 2\"\n");
    let found: Vec<(u64, &str, Option<&str>)> =
        reading.candidates.iter().map(|c| (c.line, c.row.name.as_str(), c.row.street.as_deref())).collect();
    assert_eq!(found, [(2, "Haus am See", Some("Weg 1")), (4, "Café", Some("Weg 2"))]);
}

#[test]
fn a_row_names_all_its_faults_and_the_others_stay() {
    let reading = read(
        "id;name;lat;lon;phone\n9,43E+11;A;52,4;abc;1\n2;B\u{1};13,4;52,5;2\n3;C;0;0;3\n4;D;52,49;;4\n5;E;52,49;13,41;5\n5;F;;;6\n",
    );
    assert_eq!(reading.read, 6);
    assert_eq!(reading.candidates.len(), 1);
    let found: Vec<(u64, &str)> = reading.refused.iter().map(|r| (r.line, r.field.as_str())).collect();
    assert_eq!(found, [(2, "id"), (2, "lon"), (3, "lat"), (3, "name"), (4, "lat"), (5, "lon"), (7, "id")]);
    let said = refusals(&reading);
    assert!(said[0].contains("list.csv:2: id: \"9,43E+11\" is a number shortened by Excel"), "{said:?}");
    assert!(said[1].contains("\"abc\" is not a number"), "{said:?}");
    assert!(said[2].contains("look swapped"), "{said:?}");
    assert!(said[3].contains("control character (U+0001)"), "{said:?}");
    assert!(said[4].contains("0/0 lies in the sea"), "{said:?}");
    assert!(said[5].contains("is empty while the other coordinate is given"), "{said:?}");
    assert!(said[6].contains("\"5\" stands already in line 6"), "{said:?}");
}

#[test]
fn places_far_from_the_project_are_refused() {
    let berlin = PlausibleBox { west: 12.7, south: 52.0, east: 14.2, north: 53.0 };
    let options = ReadOptions { plausible: berlin, ..ReadOptions::default() };
    let source = Source::new("list.csv", b"name,lat,lon\nMunich,48.1,11.6\n".to_vec());
    let reading = read_actors(&source, &options).expect("readable");
    assert!(
        reading.refused[0].reason.contains("outside the expected area (latitude 52.00 to 53.00"),
        "{:?}",
        reading.refused
    );
}

#[test]
fn very_long_and_lost_text_is_refused() {
    let long = "x".repeat(20_001);
    let reading = read(&format!("name,note\nA,{long}\nB,Caf\u{FFFD}\nC,ok\n"));
    let said = refusals(&reading);
    assert!(
        said[0].starts_with("list.csv:2: note: is too long: 20001 characters, at most 20000"),
        "{said:?}"
    );
    assert!(said[1].starts_with("list.csv:3: note: contains a character that got lost"), "{said:?}");
    assert_eq!(reading.candidates.len(), 1);
}

#[test]
fn files_that_cannot_be_used_say_why() {
    let cases: [(&str, &[u8], &str); 8] = [
        ("a.csv", b"", "a.csv: is empty"),
        ("a.csv", b"name;street\n", "a.csv:1: holds no records"),
        (
            "liste.csv",
            b"farbe;form\nrot;rund\n",
            "liste.csv:1: the column \"name\" is missing; recognised headings: name",
        ),
        ("a.csv", b"name;name\nA;B\n", "a.csv:1: the heading \"name\" stands there twice"),
        ("a.csv", b"name,street\nA,\"Weg\nB,Weg\n", "a.csv:2: a quotation mark opened here is never closed"),
        ("a.json", b"name,street\nA,Weg\n", "a.json: is called .json but looks like text with columns"),
        ("a.csv", b"{\"type\":\"FeatureCollection\"}", "a.csv: is called .csv but looks like JSON"),
        ("a.csv", b"name\0street", "a.csv: is not text in UTF-8"),
    ];
    for (name, bytes, said) in cases {
        let error = read_named(name, bytes).expect_err(said);
        assert!(error.starts_with(said), "{error}");
    }
}

#[test]
fn a_mapping_file_names_the_headings_that_nobody_would_guess() {
    let source = Source::new("list.csv", "Wie heißt es;Wo ist es\nCafé;Weg 1\n".as_bytes().to_vec());
    let mapping = |text: &str| Mapping::read(&Source::new("m.toml", text.as_bytes().to_vec())).expect("TOML");
    let with = |text: &str| {
        let options = ReadOptions { mapping: Some(mapping(text)), ..ReadOptions::default() };
        read_actors(&source, &options).map_err(|error| error.to_string())
    };
    let reading = with("[columns]\nname = \"Wie heißt es\"\nstreet = \"Wo ist es\"\n").expect("mapped");
    assert_eq!(reading.candidates[0].row.street.as_deref(), Some("Weg 1"));
    let error = with("[columns]\nname = \"Name\"\n").expect_err("no such heading");
    assert_eq!(
        error,
        "m.toml: the mapping file cannot be used: name = \"Name\", but list.csv has no such heading; found: Wie heißt es, Wo ist es"
    );
    assert!(
        with("[columns]\nnane = \"Name\"\n").is_err_and(|error| error.contains("\"nane\" is not a field"))
    );
}

#[test]
fn points_in_metres_are_projected() {
    let text = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::25833"}},
"features":[
{"type":"Feature","properties":{"e_nr":"1","e_name":"Jugendhaus","e_strasse":"Weg","e_hnr":"3"},"geometry":{"type":"Point","coordinates":[392000,5818000]}},
{"type":"Feature","properties":{"e_nr":"2","e_name":"Weit weg"},"geometry":{"type":"Point","coordinates":[392000,58180]}}]}"#;
    let reading = read_named("youth.geojson", text.as_bytes()).expect("readable");
    let actor = &reading.candidates[0].row;
    let place = actor.position.expect("projected");
    assert!((place.lat() - 52.5).abs() < 0.02 && (place.lon() - 13.41).abs() < 0.02, "{place:?}");
    assert_eq!((actor.name.as_str(), actor.house_number.as_deref()), ("Jugendhaus", Some("3")));
    assert_eq!((reading.refused[0].line, reading.refused[0].field.as_str()), (4, "geometry"));
    assert_eq!(reading.candidates[0].line, 3);
}

#[test]
fn rows_without_a_name_get_a_description_or_are_refused() {
    let reading = read("id,name,nace_desc\n1,,Rechtsanwaltskanzleien\n2,,\n");
    let actor = &reading.candidates[0].row;
    assert_eq!((actor.name.as_str(), actor.unnamed), ("Rechtsanwaltskanzleien", true));
    assert_eq!(actor.branch.as_ref().map(ToString::to_string).as_deref(), Some("lawyer"));
    assert!(
        refusals(&reading)[0]
            .starts_with("list.csv:3: name: is empty, and nothing in the row says what it does")
    );
    let reading = read_named("playgrounds.csv", b"id,name\n1,\n").expect("a known category");
    assert_eq!(reading.candidates[0].row.name, "Spielplatz");
}

#[test]
fn what_databases_write_for_nothing_is_nothing() {
    let reading = read("name,street,lat,lon\nCafé,NULL,NULL,NULL\n");
    let actor = &reading.candidates[0].row;
    assert_eq!((&actor.street, actor.position), (&None, None));
}

#[test]
fn windows_text_is_read_and_noted() {
    let reading = read_named("list.csv", b"name;stra\xDFe\nB\xE4cker;Weg 1\n").expect("readable");
    assert_eq!(reading.candidates[0].row.name, "Bäcker");
    assert_eq!(reading.candidates[0].row.street.as_deref(), Some("Weg 1"));
    assert_eq!(reading.notes, ["list.csv: not UTF-8, read as Windows-1252"]);
}
