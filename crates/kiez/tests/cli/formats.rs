//! The same rows in every format, results and messages on their own streams, `-` for standard input.

use crate::program::Place;
use serde_json::Value;

const NEEDS: &str = "id,text\nn1,Die Kita sucht Holzreste zum Basteln\n";
const OFFERS: &str = "id,text\no1,Tischlerei gibt Verschnitt ab\n";

fn place() -> Place {
    let place = Place::with_installation();
    place.write("needs.csv", NEEDS);
    place.write("offers.csv", OFFERS);
    place.write("texts.tsv", "a\tHolzreste zum Basteln\n");
    place
}

/// Every command that gives rows, with the name of its first column.
const ROWS: [(&[&str], &str); 11] = [
    (&["suggest", "--needs", "needs.csv", "--offers", "offers.csv"], "need"),
    (&["classify", "--file", "texts.tsv"], "id"),
    (&["rank", "--corpus", "texts.tsv", "--queries", "texts.tsv"], "query"),
    (&["project", "list", "--data", "data"], "slug"),
    (&["user", "list", "--data", "data"], "id"),
    (&["migrate", "--data", "data"], "database"),
    (&["config", "show", "--data", "data"], "key"),
    (&["routes"], "method"),
    (&["policy", "dump"], "resource"),
    (&["registry", "dump"], "table"),
    (&["import", "cards", "cards.csv", "--data", "data", "--dry-run"], "file"),
];

#[test]
fn every_command_that_gives_rows_gives_them_in_every_format() {
    let place = place();
    place.write("cards.csv", "what,text\nneed,Holz\n");
    for (arguments, first) in ROWS {
        let written = |format| place.call(&[arguments, &["--format", format]].concat()).with(0).out;
        let csv = written("csv");
        assert!(csv.lines().count() > 1 && csv.starts_with(&format!("{first},")), "{arguments:?}: {csv}");
        let table = written("table");
        assert!(table.lines().count() > 1 && table.starts_with(first), "{arguments:?}: {table}");
        assert_ne!(table, csv, "{arguments:?}");
        if arguments[0] == "import" {
            continue; // Its JSON is one report, not rows: see `imports`.
        }
        let lines: Vec<Value> =
            written("jsonl").lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
        let document: Value = serde_json::from_str(&written("json")).expect("a document");
        assert!(lines.iter().all(|line| line.get(first).is_some()), "{arguments:?}: {lines:?}");
        assert_eq!(Value::from(lines), document, "{arguments:?}");
    }
}

#[test]
fn numbers_are_numbers_in_json_and_parts_are_columns_in_a_spreadsheet() {
    let place = place();
    let suggest = |format| {
        place
            .call(&["suggest", "--needs", "needs.csv", "--offers", "offers.csv", "--format", format])
            .with(0)
            .out
    };
    let document: Value = serde_json::from_str(&suggest("json")).expect("a document");
    let row = &document[0];
    assert!(row["score"].as_f64().is_some_and(|score| score > 0.0), "{row}");
    assert_eq!(row["parts"]["distance"], 0.5, "nothing is known of the way");
    assert!(row["reasons"].is_array(), "{row}");
    let csv = suggest("csv");
    let heading = "need,rank,offer,score,resource,text,branch,distance,time,language,thrift,reasons";
    assert_eq!(csv.lines().next(), Some(heading));
}

#[test]
fn results_and_messages_have_their_own_streams_and_quiet_leaves_the_results() {
    let place = place();
    place.write("cards.csv", "what,text\nneed,Holz\nwish,Farbe\n");
    let import = ["import", "cards", "cards.csv", "--data", "data", "--dry-run"];
    let loud = place.call(&import).with(3).saying(&["cards.csv:3: what: ", "dry run"]);
    let quiet = place.call(&[&import[..], &["--quiet"]].concat()).with(3).saying(&["cards.csv:3: what: "]);
    assert_eq!(loud.out, quiet.out);
    assert!(!quiet.err.contains("dry run"), "{}", quiet.err);
    assert!(!loud.out.contains("cards.csv:3") && !loud.err.contains('\u{1b}'), "{}", loud.err);
    let coloured = place.call(&[&import[..], &["--color", "always"]].concat()).with(3);
    assert!(coloured.err.contains("\u{1b}[33mcards.csv:3: what: ") && !coloured.out.contains('\u{1b}'));
    let plain = place.call(&[&import[..], &["--color", "never"]].concat()).with(3);
    assert!(!plain.err.contains('\u{1b}'), "{}", plain.err);
    place.call(&[&import[..], &["--color", "sometimes"]].concat()).with(2);
}

#[test]
fn a_hyphen_is_standard_input_once() {
    let place = place();
    let offers = place.call(&["suggest", "--needs", "needs.csv", "--offers", "offers.csv"]).with(0).out;
    let piped = place.call_with(OFFERS, &["suggest", "--needs", "needs.csv", "--offers", "-"]).with(0).out;
    assert_eq!(piped, offers);
    let kinds = place.call(&["classify", "--file", "texts.tsv"]).with(0).out;
    assert_eq!(
        place.call_with("a\tHolzreste zum Basteln\n", &["classify", "--file", "-"]).with(0).out,
        kinds
    );
    place.call_with("what,text\nneed,Holz\n", &["import", "cards", "-", "--data", "data"]).with(0);
    assert!(place.dump().contains("\"text\":\"Holz\""));
    for twice in [
        &["suggest", "--needs", "-", "--offers", "-"][..],
        &["rank", "--corpus", "-", "--queries", "-"],
        &["import", "cards", "-", "-", "--data", "data"],
    ] {
        place.call_with(NEEDS, twice).with(2).saying(&["standard input", "once"]);
    }
    let empty = place.call_with("", &["classify", "--file", "-"]).with(1);
    empty.saying(&["standard input", "is empty"]);
}

#[test]
fn what_cannot_be_asked_for_is_wrong_usage() {
    let place = place();
    for (arguments, words) in [
        (&["dump", "--canonical", "--data", "data", "--format", "csv"][..], &["one form", "--format"][..]),
        (&["dump", "--data", "data"], &["--canonical"]),
        (&["classify", "--file", "texts.tsv", "--lang", "xx"], &["--lang \"xx\"", "de, en, tr, ar"]),
        (&["classify", "--file", "texts.tsv", "--side", "both"], &["--side \"both\"", "either"]),
        (
            &["suggest", "--needs", "needs.csv", "--offers", "offers.csv", "--lang", "xx"],
            &["\"xx\"", "de, en"],
        ),
        (&["serve", "--data", "data", "--listen", "8080"], &["--listen", "127.0.0.1:8080"]),
        (&["user", "list", "--data", "data", "--log", "loud"], &["--log", "debug"]),
        (&["config", "show", "--data", "data", "--metrics-token", "short"], &["--metrics-token", "16"]),
        (&["demo", "--today", "yesterday"], &["--today", "2026-03-31"]),
        (&["import", "--data", "data", "wishes", "needs.csv"], &["wishes", "actors, cards"]),
        (&["import", "--data", "data", "--revert", "7"], &["--revert", "0198c0de"]),
        (&["import", "actors", "needs.csv", "--revert", "7"], &["--revert"]),
        (&["jobs", "run", "--data", "data"], &["--until-idle"]),
        (&["completions", "cmd"], &["bash"]),
        (&["routes", "--format", "yaml"], &["jsonl"]),
    ] {
        let ended = place.call(arguments).with(2).saying(words);
        assert_eq!(ended.out, "", "{arguments:?}");
    }
}

#[test]
fn an_import_that_is_not_there_cannot_be_taken_back() {
    let place = place();
    let revert = ["import", "--data", "data", "--revert", "0198c0de-0000-7000-8000-000000000001"];
    place.call(&revert).with(1).saying(&["not found"]);
}

#[test]
fn the_check_of_the_settings_speaks_to_people_and_to_programs() {
    let place = place();
    let check = |format: &[&str]| place.call(&[&["config", "check", "--data", "data"][..], format].concat());
    assert_eq!(check(&[]).with(0).out, "data: no fault\n");
    assert_eq!(check(&["--format", "json"]).with(0).out, "[]\n");
    place.write("data/kiez.toml", "listen = \"nowhere\"\nsmtp = 7\n");
    let faults: Value = serde_json::from_str(&check(&["--format", "json"]).with(4).out).expect("JSON");
    assert_eq!(faults.as_array().map(Vec::len), Some(2), "{faults}");
    check(&[]).with(4).saying(&["kiez.toml:1: listen", "kiez.toml:2: smtp"]);
}

#[cfg(unix)]
#[test]
fn a_full_or_closed_output_is_no_crash() {
    let place = place();
    for (command, status) in [
        ("dump --canonical --data data", "1"),
        ("user list --data data", "1"),
        ("routes", "1"),
        ("suggest --needs needs.csv --offers offers.csv", "1"),
    ] {
        let script = format!("'{}' {command} > /dev/full; echo $?", env!("CARGO_BIN_EXE_kiez"));
        let output = std::process::Command::new("bash")
            .args(["-c", &script])
            .current_dir(place.path("."))
            .output()
            .expect("a shell");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), status, "{command}: {told}");
        assert!(told.contains("standard output") && !told.contains("panicked"), "{command}: {told}");
    }
}
