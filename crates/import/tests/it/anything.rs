//! Whatever the bytes are: an answer or a sentence, never a panic, and every record accounted for.

use kiez_import::actor::read_actors;
use kiez_import::card::read_cards;
use kiez_import::mapping::Mapping;
use kiez_import::premises::read_premises;
use kiez_import::quarter::read_quarters;
use kiez_import::reading::{ReadOptions, Reading};
use kiez_import::source::Source;
use proptest::prelude::*;
use std::collections::HashSet;

/// Every record is either taken or refused with a reason and a line of the file.
fn accounted<T>(reading: &Reading<T>) {
    let refused: HashSet<u64> = reading.refused.iter().map(|refusal| refusal.line).collect();
    assert!(refused.len() <= reading.refused_rows() && reading.refused_rows() <= reading.refused.len());
    assert!(reading.refused.iter().all(|refusal| refusal.line > 0 && !refusal.reason.is_empty()));
}

fn read_every_way(name: &str, bytes: Vec<u8>) {
    let source = Source::new(name, bytes);
    let options = ReadOptions::default();
    if let Ok(reading) = read_actors(&source, &options) {
        accounted(&reading);
    }
    if let Ok(reading) = read_cards(&source, &options) {
        accounted(&reading);
    }
    if let Ok(reading) = read_premises(&source, &options) {
        accounted(&reading);
    }
    if let Ok(reading) = read_quarters(&source, &options) {
        accounted(&reading);
    }
    let _ = Mapping::read(&source);
}

/// Text that is nearly a table: pieces that mean something to the reader, in any order.
fn nearly_csv() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("id;name;lat;lon;street"),
        Just("what\ttext\tlat"),
        Just("street,use,date"),
        Just(";"),
        Just(","),
        Just("\t"),
        Just("\n"),
        Just("\r\n"),
        Just("\r"),
        Just("\""),
        Just("\"\""),
        Just("9,43E+11"),
        Just("52,49"),
        Just("13.41"),
        Just("NaN"),
        Just("need"),
        Just("sep=;\n"),
        Just("\u{FEFF}"),
        Just("\u{1}"),
        Just("Straße"),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// JSON that is nearly a map.
fn nearly_geojson() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{\"type\":\"FeatureCollection\",\"features\":["),
        Just("{\"type\":\"Feature\","),
        Just("\"properties\":{\"name\":\"A\"},"),
        Just("\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"),
        Just("[[[13,52],[13.1,52],[13.1,52.1],[13,52]]]"),
        Just("[13,52]"),
        Just("null"),
        Just("}"),
        Just("]"),
        Just(","),
        Just("\n"),
        Just("[["),
        Just("1e400"),
        Just("\"id\":7,"),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_every_way("a", bytes);
    }

    #[test]
    fn nearly_tables(text in nearly_csv()) {
        read_every_way("a.csv", text.into_bytes());
    }

    #[test]
    fn nearly_maps(text in nearly_geojson()) {
        read_every_way("a.geojson", text.into_bytes());
    }
}

#[test]
fn brackets_without_end_do_not_exhaust_the_stack() {
    read_every_way("a.geojson", "[".repeat(1_000_000).into_bytes());
    let nested = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{{\"type\":\"Feature\",\"geometry\":{}{}}}]}}",
        "[".repeat(200_000),
        "]".repeat(200_000)
    );
    read_every_way("a.geojson", nested.into_bytes());
}
