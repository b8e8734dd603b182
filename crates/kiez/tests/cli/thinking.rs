//! `suggest`, `classify`, `rank`, and what the program says about itself.

use crate::program::Place;
use serde_json::Value;

const NEEDS: &str = "id,text,times\nn1,Die Kita sucht Holzreste zum Basteln,\nn2,Wer repariert Fahrräder mit uns?,We 14:00-18:00\n";
const OFFERS: &str =
    "id;text;capacity\no1;Tischlerei gibt Verschnitt ab;3\no2;Fahrradwerkstatt hilft beim Reparieren;1\n";

fn rows(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

#[test]
fn suggestions_come_with_parts_and_reasons_and_the_same_bytes_twice() {
    let place = Place::empty();
    place.write("needs.csv", NEEDS);
    place.write("offers.csv", OFFERS);
    let arguments = ["suggest", "--needs", "needs.csv", "--offers", "offers.csv", "--top", "1"];
    let first = place.call(&arguments).with(0);
    assert_eq!(first.out, place.call(&arguments).with(0).out);
    let rows = rows(&first.out);
    let pairs: Vec<_> = rows.iter().map(|row| (row["need"].as_str(), row["offer"].as_str())).collect();
    assert_eq!(pairs, [(Some("n1"), Some("o1")), (Some("n2"), Some("o2"))]);
    for row in &rows {
        assert_eq!(row["rank"], 1);
        let keys: Vec<_> = row.as_object().expect("an object").keys().cloned().collect();
        assert_eq!(keys, ["need", "rank", "offer", "score", "parts", "reasons"]);
        let parts = row["parts"].as_object().expect("parts");
        let names: Vec<_> = parts.keys().map(String::as_str).collect();
        assert_eq!(names, ["resource", "text", "branch", "distance", "time", "language", "thrift"]);
        let bounded = |value: &Value| value.as_f64().is_some_and(|value| (0.0..=1.0).contains(&value));
        assert!(parts.values().chain([&row["score"]]).all(bounded), "{row}");
        assert!(!row["reasons"].as_array().expect("reasons").is_empty(), "{row}");
    }
}

#[test]
fn rows_with_faults_are_named_and_the_rest_goes_on() {
    let place = Place::empty();
    let needs = "id,text,lat,lon,times,resource,units\n\
        n1,Holzreste zum Basteln,,,,,\n\
        n1,noch einmal,,,,,\n\
        n3,Raum,abc,13.4,,,\n\
        n4,Raum,,,Blautag,,\n\
        n5,Raum,,,,no_such_kind,\n\
        n6,Raum,,,,,viele\n\
        n7,,,,,,\n";
    place.write("needs.csv", needs);
    place.write("offers.csv", OFFERS);
    let ended = place.call(&["suggest", "--needs", "needs.csv", "--offers", "offers.csv"]).with(3);
    let ended = ended.saying(&["needs.csv:3: id: ", "needs.csv:4: lat: ", "needs.csv:5: times: "]);
    let ended = ended.saying(&["needs.csv:6: resource: ", "no_such_kind", "needs.csv:7: units: "]);
    assert!(rows(&ended.out).iter().all(|row| row["need"] == "n1"), "{}", ended.out);
}

#[test]
fn an_empty_text_gets_no_suggestion_and_a_long_one_is_fine() {
    let place = Place::empty();
    let long = "Holz ".repeat(4_000);
    place.write("needs.tsv", format!("id\ttext\nleer\t\nlang\t{}\n", long.trim_end()));
    place.write("offers.csv", OFFERS);
    let ended = place.call(&["suggest", "--needs", "needs.tsv", "--offers", "offers.csv"]).with(0);
    assert!(rows(&ended.out).iter().all(|row| row["need"] == "lang"), "{}", ended.out);
}

#[test]
fn classify_names_kinds_with_and_without_a_heading() {
    let place = Place::empty();
    place.write("bare.tsv", "a\tWir suchen gebrauchte Stühle\n");
    place.write("headed.tsv", "id\ttext\na\tWir suchen gebrauchte Stühle\n");
    let bare = place.call(&["classify", "--file", "bare.tsv", "--top", "1"]).with(0).out;
    assert_eq!(bare, place.call(&["classify", "--file", "headed.tsv", "--top", "1"]).with(0).out);
    let row = &rows(&bare)[0];
    assert_eq!((&row["id"], &row["kinds"][0]["kind"]), (&Value::from("a"), &Value::from("furniture")));
    assert!(row["kinds"][0]["words"].to_string().contains("Stühle"), "{row}");
}

#[test]
fn rank_writes_run_lines() {
    let place = Place::empty();
    place.write("corpus.tsv", "d1\tein Raum am Abend\nd2\tHolz und Bretter\n");
    place.write("queries.tsv", "q1\tBretter aus Holz\n");
    let ended = place.call(&["rank", "--corpus", "corpus.tsv", "--queries", "queries.tsv"]).with(0);
    let parts: Vec<_> = ended.out.lines().next().expect("a line").split(' ').collect();
    assert_eq!((&parts[..4], parts[5]), (&["q1", "Q0", "d2", "1"][..], "kiez"));
    assert!(parts[4].parse::<f64>().expect("a number") > 0.0);
}

#[test]
fn every_command_has_an_example_in_its_help() {
    let place = Place::empty();
    let commands = "demo init serve project user import suggest classify rank walk migrate doctor dump config jobs routes \
                    policy registry completions man";
    for command in commands.split_whitespace() {
        let help = place.call(&[command, "--help"]).with(0).out;
        assert!(help.contains("Example:") && help.contains("kiez "), "{command}: {help}");
    }
    assert!(place.call(&["--help"]).with(0).out.contains("Example:"));
}

#[test]
fn what_the_program_is_made_of_can_be_read_by_programs() {
    let place = Place::empty();
    for (arguments, keys) in [
        (&["routes"][..], &["method", "path", "params", "policy"][..]),
        (&["policy", "dump"], &["resource", "action", "actor", "scope", "fields", "condition"]),
        (
            &["registry", "dump"],
            &["table", "column", "category", "purpose", "basis", "deletion", "visibility"],
        ),
    ] {
        let list: Vec<Value> = serde_json::from_str(&place.call(arguments).with(0).out).expect("a JSON list");
        assert!(list.len() > 10, "{arguments:?}");
        assert!(list.iter().all(|row| keys.iter().all(|key| row.get(key).is_some())), "{arguments:?}");
    }
    assert!(place.call(&["completions", "bash"]).with(0).out.contains("suggest"));
    assert!(place.call(&["man"]).with(0).out.contains(".TH kiez"));
}

#[test]
fn wrong_usage_ends_with_two() {
    let place = Place::empty();
    place.call(&["suggest"]).with(2);
    place.call(&["nonsense"]).with(2);
    place.call(&["suggest", "--needs", "a", "--offers", "b", "--lang", "xx"]).with(2);
}

#[test]
fn with_assign_chosen_pairs_carry_units_and_the_proof_comes_last() {
    let place = Place::empty();
    place.write(
        "needs.csv",
        "id,text,units\nn1,Holzreste zum Basteln,1\nn2,Holz und Bretter für die Werkbank,2\n",
    );
    place.write("offers.csv", "id;text;capacity\no1;Tischlerei gibt Holzreste und Bretter ab;2\n");
    let arguments = ["suggest", "--needs", "needs.csv", "--offers", "offers.csv", "--assign"];
    let rows = rows(&place.call(&arguments).with(0).out);
    let (proof, pairs) = rows.split_last().expect("a proof");
    let given: u64 = pairs.iter().filter_map(|row| row["units"].as_u64()).sum();
    assert_eq!((pairs.len(), given), (2, 2), "the offer's capacity is used up: {pairs:?}");
    let keys: Vec<_> = proof.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(keys, ["primal", "dual", "gap", "violations", "needs", "offers", "edges"]);
    assert_eq!(
        (&proof["gap"], &proof["violations"], &proof["primal"]),
        (&0.into(), &0.into(), &proof["dual"])
    );
    assert_eq!((&proof["needs"], &proof["offers"], &proof["edges"]), (&2.into(), &1.into(), &2.into()));
}

#[test]
fn under_headings_every_row_has_its_units_whoever_stands_first() {
    let place = Place::empty();
    place.write("offers.csv", "id;text;capacity\no1;Tischlerei gibt Holzreste und Bretter ab;1\n");
    for order in ["n1,Holz\nn2,Holzreste und Bretter\n", "n2,Holzreste und Bretter\nn1,Holz\n"] {
        place.write("needs.csv", format!("id,text\n{order}"));
        let arguments =
            ["suggest", "--needs", "needs.csv", "--offers", "offers.csv", "--assign", "--format", "csv"];
        let out = place.call(&arguments).with(0).out;
        let lines: Vec<&str> = out.lines().collect();
        assert!(lines[0].ends_with(",units"), "{out}");
        assert_eq!(lines[1..].iter().filter(|line| line.ends_with(",1")).count(), 1, "one of the two: {out}");
        assert_eq!(lines.len(), 3, "{out}");
    }
}
