//! `walk`: doors in, a walk out.

use crate::program::{Ended, Place};
use serde_json::Value;

/// A hundredth of a degree of latitude is 1.11 km, on foot 1.45 km: 0.0005 degrees are 72 m, a minute.
const DOORS: &str = "id,lat,lon,value,join,opening_hours,last_visit\n\
    far,52.5010,13.4,1,0.5,,\n\
    near,52.5005,13.4,1,0.5,Mo-Fr 09:00-18:00,2026-01-01\n\
    shut,52.5005,13.4,9,0.5,Tu 09:00-18:00,\n\
    late,52.5015,13.4,1,0.5,Mo 09:30-12:00,\n";

fn walk(place: &Place, more: &[&str], status: i32) -> Ended {
    let usual = ["walk", "--premises", "doors.csv", "--start", "52.5,13.4", "--at", "2026-03-02T09:00"];
    place.call(&[&usual[..], more].concat()).with(status)
}

fn rows(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn ids(out: &str) -> Vec<String> {
    rows(out).iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn doors_come_in_order_with_arrival_times_and_why_and_the_same_bytes_twice() {
    let place = Place::empty();
    place.write("doors.csv", DOORS);
    let first = walk(&place, &["--minutes", "60", "--lang", "en"], 0);
    assert_eq!(first.out, walk(&place, &["--minutes", "60", "--lang", "en"], 0).out);
    // Monday: the shop that opens on Tuesdays is not there; the late one is reached after its door opened or waited for.
    assert_eq!(ids(&first.out), ["near", "far", "late"]);
    let rows = rows(&first.out);
    let keys: Vec<_> = rows[0].as_object().expect("an object").keys().cloned().collect();
    assert_eq!(keys, ["stop", "id", "arrives", "begins", "leaves", "walk_m", "worth", "why"]);
    // 73 m: a minute; eight at the door, unless told otherwise.
    assert_eq!(
        (&rows[0]["arrives"], &rows[0]["leaves"]),
        (&"2026-03-02T09:01".into(), &"2026-03-02T09:09".into())
    );
    assert_eq!(rows[2]["begins"], "2026-03-02T09:30");
    // 60 of 180 days have passed since.
    assert_eq!(rows[0]["worth"], 0.166667);
    let why = rows[0]["why"].to_string();
    assert!(why.contains("60 days ago") && why.contains("33%") && why.contains("18:00"), "{why}");
    let first = first.saying(&["3 of 4 doors", "1 closed"]);
    assert!(!first.out.contains("shut"));
}

#[test]
fn the_way_back_and_the_time_at_a_door_count() {
    let place = Place::empty();
    place.write("doors.csv", "id;lat;lon\na;52,5040;13,4\nb;52,5080;13,4\n");
    // 580 m and 1160 m: 7 minutes and a bit each; a visit takes 10.
    let of = |more: &[&str]| ids(&walk(&place, &[&["--door-minutes", "10"], more].concat(), 0).out);
    assert_eq!(of(&["--minutes", "36"]), ["a", "b"]);
    assert_eq!(of(&["--minutes", "36", "--back"]), ["a"]);
    assert_eq!(of(&["--minutes", "10"]), [""; 0]);
    assert_eq!(of(&["--minutes", "0"]), [""; 0]);
}

#[test]
fn rows_with_faults_are_named_and_the_rest_is_walked() {
    let place = Place::empty();
    place.write(
        "doors.csv",
        "id,lat,lon,value,join,opening_hours,last_visit\n\
        a,52.5,13.4,,,,\n\
        a,52.5,13.4,,,,\n\
        c,,13.4,,,,\n\
        d,52.5,ost,,,,\n\
        e,52.5,13.4,viel,,,\n\
        f,52.5,13.4,,1.5,,\n\
        g,52.5,13.4,,,bald wieder,\n\
        h,52.5,13.4,,,,2027-01-01\n\
        i,52.5,13.4,,,,gestern\n\
        j,52.5,13.4,,,Apr-Sep Mo 09:00-12:00,2025-01-01T10:00\n",
    );
    let ended = walk(&place, &["--minutes", "120"], 3);
    let ended = ended.saying(&["doors.csv:3: id: ", "doors.csv:4: lat: ", "doors.csv:5: lon: ", "\"ost\""]);
    let ended =
        ended.saying(&["doors.csv:6: value: ", "doors.csv:7: join: ", "doors.csv:8: opening_hours: "]);
    let ended =
        ended.saying(&["doors.csv:9: last_visit: ", "doors.csv:10: last_visit: ", "not the same every week"]);
    let mut found = ids(&ended.out);
    found.sort();
    assert_eq!(found, ["a", "j"]);
}

#[test]
fn wrong_calls_and_files_that_are_none_are_told_apart() {
    let place = Place::empty();
    place.write("doors.csv", DOORS);
    walk(&place, &["--minutes", "bald"], 2);
    walk(&place, &["--minutes", "1441"], 2);
    walk(&place, &["--minutes", "60", "--lang", "xx"], 2);
    let from = |start: &str| {
        place.call(&["walk", "--premises", "doors.csv", "--minutes", "60", "--start", start]).with(2)
    };
    from("52.5").saying(&["--start", "52.5"]);
    from("95,13").saying(&["--start", "90"]);
    from("").saying(&["--start"]);
    place.write("other.csv", "id,name\na,Bäckerei\n");
    let other = ["walk", "--premises", "other.csv", "--minutes", "60", "--start", "52.5,13.4"];
    place.call(&other).with(1).saying(&["other.csv:1", "lat"]);
    place.call(&["walk", "--premises", "none.csv", "--minutes", "60", "--start", "52.5,13.4"]).with(1);
}

#[test]
fn rows_also_come_as_a_table_for_spreadsheets_and_people() {
    let place = Place::empty();
    place.write("doors.csv", DOORS);
    let csv = walk(&place, &["--minutes", "60", "--format", "csv", "--quiet"], 0);
    assert!(
        csv.out.starts_with("stop,id,arrives,begins,leaves,walk_m,worth,why\n1,near,2026-03-02T09:01,"),
        "{}",
        csv.out
    );
    assert_eq!(csv.err, "");
    let json: Vec<Value> =
        serde_json::from_str(&walk(&place, &["--minutes", "60", "--format", "json"], 0).out).expect("a list");
    assert_eq!(json.len(), 3);
}
