//! `kiez import osm` with the built program.

use crate::program::Place;
use kiez_testkit::pbf::Map;
use serde_json::Value;

fn some_map() -> Map {
    Map::new().node(1, (52.4925, 13.4140), &[("shop", "books"), ("name", "مكتبة الكتب")]).node(
        2,
        (52.5200, 13.4140),
        &[("amenity", "kindergarten"), ("name", "Kita Morgen")],
    )
}

#[test]
fn a_map_is_taken_in_once_and_reported_as_the_contract_says() {
    let place = Place::with_installation();
    place.write("kiez.osm.pbf", some_map().file());
    let import = ["import", "--data", "data", "osm", "kiez.osm.pbf", "--format", "json"];
    let report = |text: String| serde_json::from_str::<Value>(&text).expect("JSON");
    let first = report(place.call(&import).with(0).out);
    assert_eq!((first["read"].as_u64(), first["new"].as_u64()), (Some(2), Some(2)));
    let again = report(place.call(&import).with(0).out);
    assert_eq!((again["new"].as_u64(), again["unchanged"].as_u64()), (Some(0), Some(2)));
    let everything = place.call(&["dump", "--canonical", "--data", "data"]).with(0).out;
    assert!(everything.contains("مكتبة الكتب"), "names of every script survive");
}

#[test]
fn a_part_of_a_map_is_asked_for_in_words() {
    let place = Place::with_installation();
    place.write("kiez.osm.pbf", some_map().file());
    let import = ["import", "--data", "data", "osm", "kiez.osm.pbf", "--dry-run", "--format", "json"];
    let with = |more: &[&str]| place.call(&[&import[..], more].concat());
    let near: Value =
        serde_json::from_str(&with(&["--around", "52.4925,13.4140,300"]).with(0).out).expect("JSON");
    assert_eq!(near["read"].as_u64(), Some(1));
    with(&["--around", "52.4925;13.4140"]).with(2).saying(&["--around", "52.4923,13.4151,800"]);
    with(&["--around", "52.4925,13.4140,-3"]).with(2).saying(&["--around"]);
    with(&["--around", "95,13.4140,300"]).with(2).saying(&["--around", "95"]);
    with(&["--around", "10,10,300"]).with(1).saying(&["nothing in the region"]);
    with(&["--quarter", "Nirgendwo"]).with(1).saying(&["Nirgendwo", "neither the project nor the map"]);
    with(&["--limit-elements", "1"]).with(1).saying(&["--around", "--quarter", "--limit-elements"]);
    with(&["--only", "x"]).with(2).saying(&["--quarter"]);
    let table = ["import", "--data", "data", "actors", "kiez.osm.pbf", "--around", "1,1,1"];
    place.call(&table).with(2).saying(&["--around", "osm"]);
}

#[test]
fn a_damaged_map_and_what_is_none_are_refused_with_nothing_taken() {
    let place = Place::with_installation();
    let mut cut = some_map().file();
    cut.truncate(cut.len() - 9);
    place.write("cut.osm.pbf", cut);
    place.write("list.csv", "name,street\nA,B\n");
    let import = |name: &str| place.call(&["import", "--data", "data", "osm", name]);
    import("cut.osm.pbf").with(1).saying(&["cut.osm.pbf", "damaged at byte", "cut off"]);
    import("list.csv").with(1).saying(&["list.csv", ".osm.pbf"]);
    import("nowhere.osm.pbf").with(1).saying(&["nowhere.osm.pbf", "no such file"]);
    assert!(!place.call(&["dump", "--canonical", "--data", "data"]).with(0).out.contains("Kita Morgen"));
}

#[test]
fn what_the_map_has_no_longer_is_asked_after() {
    let place = Place::with_installation();
    let covering = |map: Map| map.covering((52.4, 13.3), (52.6, 13.5)).file();
    place.write("kiez.osm.pbf", covering(some_map()));
    let import = ["import", "--data", "data", "osm", "kiez.osm.pbf"];
    place.call(&import).with(0);
    place.write(
        "kiez.osm.pbf",
        covering(Map::new().node(1, (52.4925, 13.4140), &[("shop", "books"), ("name", "مكتبة الكتب")])),
    );
    place.call(&import).with(0).saying(&["Kita Morgen (node/2) is no longer in the map", "closed or moved"]);
    place.call(&["doctor", "--data", "data"]).with(0);
}
