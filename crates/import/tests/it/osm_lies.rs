//! Maps that are cut off or that lie: a sentence, bounded memory, never a panic.

use kiez_import::file_fault::FileFault;
use kiez_import::osm::{MapOptions, OsmMap, read_map};
use kiez_import::source::Source;
use kiez_testkit::pbf::{Map, blob, bytes, differences, head, number, packed, part, texts};
use proptest::prelude::*;

fn read(file: Vec<u8>) -> Result<OsmMap, FileFault> {
    read_map(&Source::new("kiez.osm.pbf", file), &MapOptions::default()).map_err(|error| *error.fault)
}

fn refused(file: Vec<u8>) -> String {
    read(file).expect_err("it lies").to_string()
}

fn good_head() -> Vec<u8> {
    head(&["OsmSchema-V0.6"])
}

fn with_block(block: &[u8]) -> Vec<u8> {
    [good_head(), part("OSMData", &blob(block))].concat()
}

/// A block of one group with one field.
fn with_group(field: u64, message: &[u8]) -> Vec<u8> {
    let table = texts(&[String::new(), "shop".to_owned(), "books".to_owned()]);
    with_block(&[bytes(1, &table), bytes(2, &bytes(field, message))].concat())
}

fn some_map() -> Map {
    Map::new()
        .node(1, (52.49, 13.41), &[("shop", "books"), ("name", "Buch")])
        .square(10, (52.0, 13.0), 0.001, &[("building", "yes")])
        .relation(20, &[(10, "outer")], &[("type", "multipolygon"), ("leisure", "park")])
}

#[test]
fn what_is_no_map_is_told_apart_from_a_damaged_one() {
    assert_eq!(read(Vec::new()).err(), Some(FileFault::Empty));
    for stranger in [&b"name;street\n"[..], b"PK\x03\x04", b"{\"type\":\"FeatureCollection\"}", b"\x00\x00"] {
        assert!(refused(stranger.to_vec()).contains("a map of OpenStreetMap (.osm.pbf"), "{stranger:?}");
    }
}

#[test]
fn a_file_cut_off_anywhere_is_refused_or_is_a_whole_shorter_file() {
    let file = some_map().file();
    let ends = [good_head_length(&file), file.len()];
    for length in 0..file.len() {
        let answer = read(file[..length].to_vec());
        assert_eq!(answer.is_ok(), ends.contains(&length), "cut off after {length} of {} bytes", file.len());
    }
}

fn good_head_length(file: &[u8]) -> usize {
    let head = usize::from(file[3]) + 4;
    // The size of the blob is the last byte of its head.
    head + usize::from(file[head - 1])
}

#[test]
fn the_place_of_the_damage_is_named() {
    let mut file = some_map().file();
    let data_at = good_head_length(&file);
    file.truncate(file.len() - 1);
    let told = refused(file);
    assert!(told.starts_with(&format!("the map is damaged at byte {data_at}: ")), "{told}");
    assert!(told.contains("probably cut off"), "{told}");
}

#[test]
fn announced_sizes_are_not_believed() {
    let lying_head = [&u32::MAX.to_be_bytes()[..], &[0x0A, 9], b"OSMHeader"].concat();
    assert!(refused(lying_head).contains("announces 4294967295 bytes, at most 65536 are read"));
    let huge = [bytes(1, b"OSMData"), number(3, u64::MAX)].concat();
    let file = [good_head(), (huge.len() as u32).to_be_bytes().to_vec(), huge].concat();
    assert!(refused(file).contains("announces 18446744073709551615 bytes"));
    let wrong = [bytes(1, b"abc"), number(2, 4)].concat();
    assert!(
        refused([good_head(), part("OSMData", &wrong)].concat()).contains("has 3 bytes unpacked, expected 4")
    );
}

#[test]
fn a_bomb_is_given_up_before_it_fills_the_memory() {
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;
    let mut packing = ZlibEncoder::new(Vec::new(), Compression::best());
    for _ in 0..40 {
        packing.write_all(&vec![0; 1024 * 1024]).expect("memory");
    }
    let bomb = packing.finish().expect("packed");
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    let told = refused([good_head(), part("OSMData", &bytes(3, &bomb))].concat());
    assert!(told.contains("expected 33554432"), "{told}");
    assert!(
        refused([good_head(), part("OSMData", &bytes(3, b"no zlib"))].concat())
            .contains("cannot be unpacked")
    );
}

#[test]
fn millions_of_empty_groups_cost_nothing() {
    // A library that builds each group takes a hundred bytes for these two.
    let groups = with_block(&b"\x12\x00".repeat(4_000_000));
    assert_eq!(read(groups).expect("empty, but a map").base_map.features.len(), 0);
}

#[test]
fn a_street_that_goes_round_and_round_is_more_than_may_be_kept() {
    let nodes = bytes(8, &differences(&[1; 10_000]));
    let way = [number(1, 7), bytes(2, &packed(&[1])), bytes(3, &packed(&[2])), nodes].concat();
    let table = texts(&[String::new(), "highway".to_owned(), "primary".to_owned()]);
    let file = with_block(&[bytes(1, &table), bytes(2, &bytes(3, &way).repeat(100))].concat());
    let options = MapOptions { limit_elements: 20_000, ..MapOptions::default() };
    let refused = read_map(&Source::new("kiez.osm.pbf", file), &options).expect_err("a million corners");
    // A hundred ways over ten thousand nodes would do; what they take in memory would not.
    assert_eq!(*refused.fault, FileFault::MapTooLarge { limit: 20_000 });
}

#[test]
fn texts_that_are_not_there_are_noticed() {
    let pointing = |index| {
        let way = [number(1, 7), bytes(2, &packed(&[index])), bytes(3, &packed(&[2]))].concat();
        with_group(3, &way)
    };
    assert!(read(pointing(1)).is_ok());
    assert!(refused(pointing(3)).contains("points to the text 3, the block has 3"));
    assert!(refused(pointing(u64::MAX)).contains("points to the text 18446744073709551615"));
    let table = bytes(1, &bytes(1, b"\xFF\xFE"));
    let node =
        [number(1, 2), bytes(2, &packed(&[0])), bytes(3, &packed(&[0])), number(8, 0), number(9, 0)].concat();
    let file = with_block(&[table, bytes(2, &bytes(1, &node))].concat());
    assert!(refused(file).contains("a text is not UTF-8"));
    let many = [bytes(1, &b"\x0A\x00".repeat(1_000_001)), bytes(2, &bytes(1, &node))].concat();
    assert!(refused(with_block(&many)).contains("more than 1000000 texts"));
}

#[test]
fn sums_that_no_number_holds_are_noticed() {
    let largest = packed(&[u64::MAX - 1, u64::MAX - 1]);
    let dense = |ids: &[u8], lats: &[u8]| {
        with_group(2, &[bytes(1, ids), bytes(8, lats), bytes(9, &packed(&[0, 0]))].concat())
    };
    assert!(refused(dense(&largest, &packed(&[0, 0]))).contains("add up to more than a number holds"));
    assert!(refused(dense(&packed(&[2, 2]), &largest)).contains("add up to more than a number holds"));
    assert!(refused(dense(&packed(&[2, 2, 2]), &packed(&[0, 0]))).contains("different lengths"));
    let beyond = differences(&[900_000_001]);
    let file =
        with_group(2, &[bytes(1, &packed(&[14])), bytes(8, &beyond), bytes(9, &packed(&[0]))].concat());
    assert!(refused(file).contains("node 7 lies outside the earth"));
}

#[test]
fn members_of_unknown_kinds_and_uneven_lists_are_noticed() {
    let relation = |roles: &[u64], ids: &[i64], kinds: &[u64]| {
        let members = [bytes(8, &packed(roles)), bytes(9, &differences(ids)), bytes(10, &packed(kinds))];
        with_group(4, &[number(1, 7), members.concat()].concat())
    };
    assert!(read(relation(&[0], &[5], &[1])).is_ok());
    assert!(refused(relation(&[0], &[5], &[9])).contains("a member of the unknown kind 9"));
    assert!(refused(relation(&[0], &[5, 6], &[1])).contains("different lengths"));
    assert!(refused(relation(&[0, 0], &[5], &[1])).contains("different lengths"));
}

#[test]
fn what_cannot_be_understood_says_what_to_do() {
    let history = [head(&["HistoricalInformation"]), part("OSMData", &blob(b""))].concat();
    assert!(refused(history).contains("needs \"HistoricalInformation\""));
    let zstd = [good_head(), part("OSMData", &bytes(7, b"x"))].concat();
    assert!(refused(zstd).contains("packed with zstd, only zlib is read"));
    assert!(refused(part("OSMData", &blob(b""))).contains("does not begin with the head of a map"));
    assert!(refused([good_head(), part("OSMData", b"")].concat()).contains("a part holds nothing"));
    assert!(
        read([good_head(), part("Weather", b"anything")].concat()).is_ok(),
        "unknown parts are passed over"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_few_wrong_bytes_are_an_answer_or_a_sentence(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut file = some_map().file();
        for (place, byte) in changes {
            let at = place.index(file.len());
            file[at] = byte;
        }
        if let Err(fault) = read(file) {
            prop_assert!(!fault.to_string().is_empty());
        }
    }

    #[test]
    fn any_bytes_in_a_block_are_an_answer_or_a_sentence(content in prop::collection::vec(any::<u8>(), 0..300)) {
        drop(read(with_block(&content)));
        drop(read(with_group(2, &content)));
        drop(read(with_group(4, &content)));
    }
}
