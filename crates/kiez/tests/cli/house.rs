//! The data folder, the server, the demo.

use crate::http::get;
use crate::program::Place;
use serde_json::Value;
use std::net::TcpListener;

#[test]
fn init_makes_a_folder_once() {
    let place = Place::empty();
    let link = place.call(&["init", "--data", "data", "--slug", "nord"]).with(0).out;
    assert!(link.starts_with("http://127.0.0.1:8080/link/") && link.trim().len() > 50, "{link}");
    place.call(&["init", "--data", "data"]).with(1).saying(&["already"]);
    assert!(
        place.call(&["project", "list", "--data", "data", "--format", "csv"]).with(0).out.contains("nord")
    );
    place.call(&["doctor", "--data", "data"]).with(0);
}

#[test]
fn people_come_and_go() {
    let place = Place::with_installation();
    let add = [
        "user",
        "add",
        "--data",
        "data",
        "--name",
        "Amira Demir",
        "--role",
        "coordinator",
        "--format",
        "jsonl",
    ];
    let added: Value = serde_json::from_str(&place.call(&add).with(0).out).expect("JSON");
    let id = added["user"].as_str().expect("an id").to_owned();
    assert!(place.call(&["user", "link", "--data", "data", &id]).with(0).out.contains("/link/"));
    place.call(&["user", "revoke", "--data", "data", &id]).with(0);
    let listed = place.call(&["user", "list", "--data", "data", "--format", "jsonl"]).with(0).out;
    let gone = listed.lines().find(|line| line.contains("Amira Demir")).expect("still listed");
    assert!(gone.contains("\"may_sign_in\":false"), "{gone}");
    place.call(&["user", "link", "--data", "data", &id]).with(1);
}

#[test]
fn several_projects_must_be_told_apart() {
    let place = Place::with_installation();
    place.call(&["project", "add", "--data", "data", "--slug", "sued", "--name", "Süd"]).with(0);
    place
        .call(&["project", "add", "--data", "data", "--slug", "sued", "--name", "Süd"])
        .with(1)
        .saying(&["sued"]);
    place.write("shops.csv", "name,street\nTischlerei,Graefestraße 12\n");
    place.call(&["import", "--data", "data", "actors", "shops.csv"]).with(2).saying(&[
        "kiez",
        "sued",
        "--project",
    ]);
    let west = ["import", "--data", "data", "actors", "shops.csv", "--project", "west"];
    place.call(&west).with(1).saying(&["west", "kiez", "sued"]);
    place.call(&["import", "--data", "data", "actors", "shops.csv", "--project", "sued"]).with(0);
}

#[test]
fn folders_that_are_none() {
    let place = Place::empty();
    place.call(&["doctor", "--data", "nowhere"]).with(1).saying(&["nowhere", "kiez init"]);
    place.write("file", "no folder");
    place.call(&["doctor", "--data", "file"]).with(1).saying(&["file", "not a data folder"]);
    std::fs::create_dir(place.path("empty")).expect("made");
    place.call(&["serve", "--data", "empty"]).with(1).saying(&["empty", "kiez init"]);
    std::fs::create_dir(place.path("broken")).expect("made");
    place.write("broken/kiez.db", "this is no database, only words that stand where one should be");
    place.call(&["doctor", "--data", "broken"]).with(1).saying(&["database"]);
}

#[test]
fn an_unknown_setting_stops_the_start() {
    let place = Place::with_installation();
    place.write("data/kiez.toml", "listen = \"127.0.0.1:0\"\nbase_ulr = \"https://kiez.example\"\n");
    place.call(&["serve", "--data", "data"]).with(1).saying(&["kiez.toml:2: ", "base_ulr", "base_url"]);
    place.call(&["config", "check", "--data", "data"]).with(4).saying(&["kiez.toml:2: "]);
    place.write("data/kiez.toml", "base_url = \"https://kiez.example\"\n");
    place.call(&["config", "check", "--data", "data"]).with(0);
    let shown = place.call(&["config", "show", "--data", "data", "--format", "csv"]).with(0).out;
    assert!(shown.contains("base_url,https://kiez.example,file"), "{shown}");
}

#[test]
fn a_second_server_and_a_port_in_use_are_refused() {
    let place = Place::with_installation();
    let (first, line) = place.serve(&["serve", "--data", "data", "--listen", "127.0.0.1:0"]);
    assert!(line.contains("http://127.0.0.1:"), "{line}");
    let second = place.call(&["serve", "--data", "data", "--listen", "127.0.0.1:0"]).with(1);
    second.saying(&[&format!("process {} on ", first.id()), "stop it first"]);
    place.call(&["project", "list", "--data", "data"]).with(0);
    drop(first);
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    place.call(&["serve", "--data", "data", "--listen", &address]).with(1).saying(&[&address, "in use"]);
    place.call(&["serve", "--data", "data", "--listen", "nowhere"]).with(2).saying(&["--listen", "nowhere"]);
}

#[test]
fn the_demo_says_where_it_is_and_who_may_sign_in() {
    let place = Place::empty();
    let arguments = ["demo", "--no-browser", "--port", "0", "--format", "json", "--today", "2026-03-02"];
    let (_server, line) = place.serve(&arguments);
    let told: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
    let url = told["url"].as_str().expect("an address");
    for role in ["coordinator", "institution"] {
        let link = told["links"][role].as_str().expect("a link");
        let path = link.strip_prefix(url).expect("a link of this server");
        for host in ["127.0.0.1", "localhost"] {
            assert!(get(url, host, path).starts_with("HTTP/1.1 200"), "{role} at {host}");
        }
    }
    assert!(get(url, "localhost", "/w").starts_with("HTTP/1.1 303"));
}

#[test]
fn a_database_newer_than_the_program_is_left_alone() {
    let place = Place::with_installation();
    let file = place.path("data/kiez.db");
    let mut bytes = std::fs::read(&file).expect("a database");
    // The oldest program that may use it stands in the file as text; a newer program would have raised it.
    let places: Vec<usize> = (0..bytes.len() - 5).filter(|at| &bytes[*at..*at + 5] == b"0.1.0").collect();
    assert!(!places.is_empty(), "the database does not say which program may use it");
    places.iter().for_each(|at| bytes[*at..*at + 5].copy_from_slice(b"9.9.9"));
    std::fs::write(&file, bytes).expect("written");
    for command in
        [&["serve", "--data", "data"][..], &["doctor", "--data", "data"], &["migrate", "--data", "data"]]
    {
        place.call(command).with(1).saying(&["9.9.9", "newer"]);
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let script = format!("\"{}\" registry dump | true; echo ${{PIPESTATUS[0]}}", env!("CARGO_BIN_EXE_kiez"));
    let output = std::process::Command::new("bash").args(["-c", &script]).output().expect("a shell");
    let told = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!((told.0.trim(), told.1.as_ref()), ("0", ""));
}

#[test]
fn a_quarter_in_the_coordinates_of_berlin_is_unchanged_the_second_time() {
    let place = Place::with_installation();
    let map = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::25833"}},
        "features":[{"type":"Feature","properties":{"name":"Nord","PLR_ID":"02020206"},"geometry":{"type":"Polygon",
        "coordinates":[[[392000.123456,5817000.654321],[393000.111111,5817000.2],[393000.3,5818000.77777],[392000.123456,5817000.654321]]]}}]}"#;
    place.write("quarter.geojson", map);
    assert_eq!(place.import("quarter", &["quarter.geojson"], 0)["new"], 1);
    let again = place.import("quarter", &["quarter.geojson"], 0);
    assert_eq!((&again["changed"], &again["unchanged"]), (&0.into(), &1.into()), "{again}");
}
