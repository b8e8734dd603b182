//! The ground of the map from a shell: `kiez tiles`, `kiez import ground`.

use crate::program::Place;
use serde_json::Value;

/// A street, a park, and a feature that nobody can draw, on line 4.
const DRAWING: &str = r#"{"type":"FeatureCollection","attribution":"Gezeichnet im Kiez","features":[
{"type":"Feature","properties":{"ground":"street","name":"Seilerstraße"},"geometry":{"type":"LineString","coordinates":[[13.41,52.49],[13.42,52.49]]}},
{"type":"Feature","properties":{"ground":"park","name":"Fuchsheide"},"geometry":{"type":"Polygon","coordinates":[[[13.41,52.48],[13.42,52.48],[13.42,52.489],[13.41,52.48]]]}},
{"type":"Feature","properties":{"ground":"lava"},"geometry":{"type":"Point","coordinates":[13.41,52.49]}}
]}"#;

#[test]
fn a_drawing_becomes_one_file_of_tiles_and_the_same_bytes_twice() {
    let place = Place::empty();
    place.write("ground.geojson", DRAWING);
    let call = || place.call(&["tiles", "ground.geojson", "-o", "ground.pmtiles"]).with(3);
    call().saying(&["ground.geojson:4: ground", "lava", "2 shapes"]);
    let first = std::fs::read(place.path("ground.pmtiles")).expect("written");
    assert!(first.starts_with(b"PMTiles\x03"));
    call();
    assert!(std::fs::read(place.path("ground.pmtiles")).expect("written") == first);
    assert!(!place.path("ground.pmtiles.part").exists());
}

#[test]
fn what_cannot_become_tiles_says_why() {
    let place = Place::empty();
    place.write("nothing.osm.pbf", "");
    place.call(&["tiles", "nothing.osm.pbf", "-o", "x"]).with(1).saying(&["nothing.osm.pbf", "empty"]);
    place.write("words.pbf", "these are only words, and quite a few of them");
    place.call(&["tiles", "words.pbf", "-o", "x"]).with(1).saying(&["words.pbf", "OpenStreetMap"]);
    place.write("ground.geojson", DRAWING);
    let nowhere = place.call(&["tiles", "ground.geojson", "-o", "no/such/folder/x.pmtiles"]).with(1);
    nowhere.saying(&["no/such/folder/x.pmtiles", "cannot be written"]);
    let lava = r#"{"type":"Feature","properties":{"ground":"lava"},"geometry":null}"#;
    place.write("lava.geojson", lava);
    place
        .call(&["tiles", "lava.geojson", "-o", "x"])
        .with(1)
        .saying(&["lava.geojson", "nothing of the file can be drawn"]);
    place.call(&["tiles", "ground.geojson"]).with(2);
}

#[test]
fn the_ground_of_a_project_is_replaced_as_a_whole() {
    let place = Place::with_installation();
    place.write("ground.geojson", DRAWING);
    let import = |more: &[&str]| {
        let call =
            [&["import", "ground", "ground.geojson", "--data", "data", "--format", "json"], more].concat();
        let report: Value = serde_json::from_str(&place.call(&call).with(3).out).expect("JSON");
        ["read", "new", "changed", "unchanged"].map(|key| report[key].as_u64().expect("a number"))
    };
    assert_eq!(import(&["--dry-run"]), [3, 2, 0, 0]);
    assert_eq!(import(&[]), [3, 2, 0, 0], "the dry run left nothing behind");
    assert_eq!(import(&[]), [3, 0, 0, 2]);
    place.write("ground.geojson", DRAWING.replace("13.42,52.49]", "13.43,52.49]"));
    assert_eq!(import(&[]), [3, 0, 2, 0]);
    place.call(&["doctor", "--data", "data"]).with(0);
    let two = ["import", "ground", "ground.geojson", "ground.geojson", "--data", "data"];
    place.call(&two).with(2).saying(&["one file"]);
}
