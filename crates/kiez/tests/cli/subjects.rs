//! Erased is gone from every file of the data folder, and no copy of yesterday brings it back.

use crate::program::{Place, Server};
use serde_json::Value;
use std::path::Path;

/// Words that stand in the import, in the note of the shop, and in the cards.
const SIGNS: [&str; 3] = ["Kanarienvogel", "Zwitschergasse", "Piepmatz"];

fn filled() -> Place {
    let place = Place::with_installation();
    place.write(
        "shops.csv",
        "id,name,street,house_number,branch,phone,note,lat,lon\n\
         a,Kanarienvogel & Co,Zwitschergasse,7,bakery,030 7654321,Piepmatz ist der Hund,,\n\
         b,Tischlerei Holzwurm,Graefestraße,12,carpentry,,,,\n\
         c,Kanarienvogel Filiale,Zwitschergasse,9,kein Wort einer Branche,,,,\n\
         d,Nistkasten,Graefestraße,3,bakery,,,bei Kanarienvogel & Co,13\n",
    );
    place.write(
        "cards.csv",
        "what,text,who\noffer,Brötchen von Piepmatz,Kanarienvogel & Co\nneed,Holz,Kanarienvogel Hansi\n",
    );
    // What is refused is quoted in the report of the import.
    place.call(&["import", "actors", "shops.csv", "--data", "data"]).with(3);
    place.import("cards", &["cards.csv"], 0);
    place
}

/// The id of the row of a table that holds these words.
fn id_of(place: &Place, table: &str, words: &str) -> String {
    let dump = place.dump();
    let start = format!("{{\"table\":\"{table}\"");
    let line = dump.lines().find(|line| line.starts_with(&start) && line.contains(words)).expect("there");
    let row: Value = serde_json::from_str(line).expect("JSON");
    row["row"]["id"].as_str().expect("an id").to_owned()
}

/// The files of a folder that hold one of the words.
fn holding(folder: &Path, signs: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("read").map(|entry| entry.expect("an entry").path()) {
        let bytes = std::fs::read(&entry).unwrap_or_default();
        for sign in signs {
            if bytes.windows(sign.len()).any(|window| window == sign.as_bytes()) {
                found.push(format!("{} in {}", sign, entry.display()));
            }
        }
    }
    found
}

fn erased(place: &Place) -> String {
    let all: Vec<String> = std::iter::repeat_with(|| {
        let dump = place.dump();
        let line =
            dump.lines().find(|l| l.starts_with("{\"table\":\"actor\"") && l.contains("Kanarienvogel"))?;
        let row: Value = serde_json::from_str(line).expect("JSON");
        let id = row["row"]["id"].as_str().expect("an id").to_owned();
        place.call(&["erase", &format!("actor:{id}"), "--data", "data"]).with(0).saying(&["erased"]);
        Some(id)
    })
    .map_while(|id| id)
    .collect();
    all.first().expect("somebody was there").clone()
}

#[test]
fn what_is_erased_is_in_no_file_any_more() {
    let place = filled();
    assert!(place.dump().contains("bei Kanarienvogel & Co"));
    let id = id_of(&place, "actor", "Kanarienvogel & Co");
    assert!(!holding(&place.path("data"), &SIGNS).is_empty());
    let told = place.call(&["erase", &format!("actor:{id}"), "--dry-run", "--data", "data"]).with(0).out;
    assert!(told.contains("offer") && told.contains("goes"), "{told}");
    assert_eq!(id_of(&place, "actor", "Kanarienvogel & Co"), id, "nothing has gone");
    erased(&place);
    // The card of Hansi is a need of nobody in the directory; its name is another one.
    let left = holding(&place.path("data"), &["Zwitschergasse", "Piepmatz", "Kanarienvogel & Co", "7654321"]);
    assert_eq!(left, [""; 0]);
    place.is_sound();
    let ledger = std::fs::read_to_string(place.path("data/erasures.jsonl")).expect("written");
    assert!(ledger.contains("\"kind\":\"actor\"") && !ledger.contains(&id), "{ledger}");
    place.call(&["erase", &format!("actor:{id}"), "--data", "data"]).with(1).saying(&["erased already"]);
    place.call(&["erase", "actor:nobody", "--data", "data"]).with(2);
    place.call(&["erase", "nobody", "--data", "data"]).with(2);
}

#[test]
fn a_backup_of_yesterday_brings_nobody_back() {
    let place = filled();
    std::fs::create_dir(place.path("backups")).expect("made");
    place.call(&["backup", "backups/yesterday.kiezbackup", "--data", "data"]).with(0);
    std::fs::copy(place.path("backups/yesterday.kiezbackup"), place.path("elsewhere.kiezbackup"))
        .expect("copied");
    erased(&place);
    let gone = ["Zwitschergasse", "Piepmatz", "Kanarienvogel & Co"];
    // The ledger followed to where the backup lies.
    place
        .call(&["restore", "backups/yesterday.kiezbackup", "--data", "second"])
        .with(0)
        .saying(&["erased once more"]);
    assert_eq!(holding(&place.path("second"), &gone), [""; 0]);
    assert_eq!(place.call(&["doctor", "--data", "second"]).with(0).out, "no fault found\n");
    // A copy that lies elsewhere needs to be told where the ledger is.
    place
        .call(&["restore", "elsewhere.kiezbackup", "--data", "third"])
        .with(0)
        .saying(&["nothing had to be"]);
    assert!(!holding(&place.path("third"), &gone).is_empty());
    place
        .call(&["restore", "elsewhere.kiezbackup", "--data", "fourth", "--erasures", "data/erasures.jsonl"])
        .with(0)
        .saying(&["erased once more"]);
    assert_eq!(holding(&place.path("fourth"), &gone), [""; 0]);
    place
        .call(&["restore", "elsewhere.kiezbackup", "--data", "fifth", "--erasures", "none"])
        .with(1)
        .saying(&["none"]);
}

#[test]
fn a_database_file_of_yesterday_is_erased_before_the_server_answers() {
    let place = filled();
    // The files beside it belong to it, as far as they are there.
    let files = ["data/kiez.db", "data/kiez.db-wal", "data/kiez.db-shm"].map(|name| place.path(name));
    let yesterday = files.clone().map(|file| std::fs::read(file).ok());
    erased(&place);
    for (file, bytes) in files.iter().zip(yesterday) {
        match bytes {
            Some(bytes) => std::fs::write(file, bytes).expect("put back"),
            None => drop(std::fs::remove_file(file)),
        }
    }
    let told = place.call(&["doctor", "--data", "data"]).with(4).out;
    assert!(told.contains("copy from before"), "{told}");
    let (server, line): (Server, String) =
        place.serve(&["serve", "--data", "data", "--listen", "127.0.0.1:0"]);
    assert!(line.contains("served at"), "{line}");
    let gone = ["Zwitschergasse", "Piepmatz", "Kanarienvogel & Co"];
    assert_eq!(holding(&place.path("data"), &gone), [""; 0]);
    drop(server);
    place.is_sound();
}

#[test]
fn a_report_names_what_is_stored_and_where_it_came_from() {
    let place = filled();
    let id = id_of(&place, "actor", "Holzwurm");
    let report = |file: &str, more: &[&str]| {
        let words = [&["report", "access", "--actor", &id, "-o", file, "--data", "data"], more].concat();
        place.call(&words)
    };
    report("report.json", &[]).with(0).saying(&["personal data"]);
    let read: Value =
        serde_json::from_slice(&std::fs::read(place.path("report.json")).expect("written")).expect("JSON");
    let fields = read["sections"][0]["records"][0]["fields"].as_array().expect("fields");
    let name = fields.iter().find(|field| field["column"] == "name").expect("there");
    assert_eq!((&name["value"], &name["source"]), (&"Tischlerei Holzwurm".into(), &"aus einer Datei".into()));
    assert!(read["sections"][0]["records"][0]["source"].as_str().expect("a source").contains("shops.csv"));
    assert!(read["logic"].as_array().expect("words").len() >= 3);
    report("report.html", &["--lang", "en"]).with(0);
    let page = std::fs::read_to_string(place.path("report.html")).expect("written");
    assert!(page.contains("<html lang=\"en\">") && page.contains("Tischlerei Holzwurm"));
    report("report.pdf", &[]).with(0);
    let paper = std::fs::read(place.path("report.pdf")).expect("written");
    assert!(paper.starts_with(b"%PDF-1.7"));
    let name = "Tischlerei Holzwurm".as_bytes();
    assert!(paper.windows(name.len()).any(|part| part == name), "its title says whose data it holds");
    report("report.txt", &[]).with(2).saying(&[".pdf, .json or .html"]);
    report("report.json", &["--lang", "xx"]).with(2);
    place
        .call(&[
            "report",
            "access",
            "--actor",
            "0198c0de-0000-7000-8000-000000000001",
            "-o",
            "x.json",
            "--data",
            "data",
        ])
        .with(1)
        .saying(&["nobody"]);
    assert!(place.dump().contains("\"access_report\""), "the trail tells that it was made");
}

#[test]
fn what_is_due_is_shown_before_it_goes() {
    let place = filled();
    let run = |more: &[&str]| place.call(&[&["retention", "run", "--data", "data"], more].concat());
    assert_eq!(run(&["--dry-run", "--format", "jsonl"]).with(0).out, "");
    run(&[]).with(0);
    run(&["--dry-run", "--agreed"]).with(2);
    place.is_sound();
}

#[test]
fn a_whole_project_waits_and_then_goes() {
    let place = filled();
    let project = id_of(&place, "project", "kiez");
    let told = place.call(&["erase", &format!("project:{project}"), "--data", "data"]).with(0);
    assert!(told.err.contains("waits for 24 hours"), "{}", told.err);
    let listed = place.call(&["erase", "--list", "--data", "data", "--format", "jsonl"]).with(0).out;
    let waiting: Value = serde_json::from_str(listed.lines().next().expect("one")).expect("JSON");
    let id = waiting["id"].as_str().expect("an id");
    place.call(&["erase", "--withdraw", id, "--data", "data"]).with(0);
    place.call(&["erase", "--confirm", id, "--data", "data"]).with(1);
    place.call(&["erase", &format!("project:{project}"), "--data", "data"]).with(0);
    let listed = place.call(&["erase", "--list", "--data", "data", "--format", "jsonl"]).with(0).out;
    let waiting: Value = serde_json::from_str(listed.lines().next().expect("one")).expect("JSON");
    place.call(&["erase", "--confirm", waiting["id"].as_str().expect("an id"), "--data", "data"]).with(0);
    assert_eq!(holding(&place.path("data"), &["Kanarienvogel", "Holzwurm", "Koordination"]), [""; 0]);
    place.is_sound();
}
