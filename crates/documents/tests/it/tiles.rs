use geo::{BoundingRect as _, Geometry};
use kiez_documents::tiles::{HEAD, Index, TilesError, archive, unpack};
use kiez_domain::basemap::{BaseMap, Ground, GroundFeature, Names, Shape};
use kiez_domain::position::Position;
use kiez_domain::quarter::{Outline, Ring};
use kiez_domain::tile::{LEAST_ZOOM, MOST_ZOOM, TileAddress};
use mvt_reader::Reader;
use mvt_reader::feature::Value;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// South-west corner of a small made-up quarter.
const CORNER: (f64, f64) = (52.49, 13.41);

/// A place so many hundredths of a thousandth of a degree north and east of the corner: about a metre each.
fn at(north: i32, east: i32) -> Position {
    let place = |from: f64, steps: i32| (from * 1e5 + f64::from(steps)).round() / 1e5;
    Position::new(place(CORNER.0, north), place(CORNER.1, east)).expect("on the earth")
}

fn ring(south: i32, west: i32, side: i32) -> Ring {
    let (north, east) = (south + side, west + side);
    let corners = [at(south, west), at(south, east), at(north, east), at(north, west), at(south, west)];
    Ring::new(corners.to_vec()).expect("closed")
}

fn area(rings: Vec<Ring>) -> Shape {
    Shape::Area(Outline::new(vec![rings]).expect("one part"))
}

fn feature(ground: Ground, name: &str, shape: Shape) -> GroundFeature {
    let local = (!name.is_empty()).then(|| name.parse().expect("a name"));
    GroundFeature { ground, names: Names { local, ..Names::default() }, shape }
}

/// A park with a pond cut out, a street in two pieces, a house, two quarters side by side, a name.
fn quarter() -> BaseMap {
    let mut square = feature(Ground::Place, "Zickenplatz", Shape::Point(at(300, 300)));
    square.names.translated.insert("tr".parse().expect("a tag"), "Keçi Meydanı".parse().expect("a name"));
    let features = vec![
        feature(Ground::Park, "Hasenheide", area(vec![ring(0, 0, 400), ring(100, 100, 50)])),
        feature(Ground::Street, "Graefestraße", Shape::Line(vec![at(500, 0), at(500, 300)])),
        feature(Ground::Street, "Graefestraße", Shape::Line(vec![at(500, 600), at(500, 300)])),
        feature(Ground::Building, "", area(vec![ring(520, 100, 20)])),
        feature(Ground::Boundary, "West", area(vec![ring(0, 0, 600)])),
        feature(Ground::Boundary, "East", area(vec![ring(0, 600, 600)])),
        square,
        feature(Ground::Address, "12", Shape::Point(at(530, 110))),
    ];
    BaseMap { features }
}

fn index(bytes: &[u8]) -> Index {
    let slice = |range: std::ops::Range<u64>| &bytes[cut(range.start)..cut(range.end)];
    let head = slice(0..HEAD.min(bytes.len() as u64));
    Index::read(head, slice(Index::leaves(head).expect("an archive"))).expect("our own archive")
}

fn cut(place: u64) -> usize {
    usize::try_from(place).expect("in memory")
}

/// Attributes and shape of a feature.
type Seen = (BTreeMap<String, String>, Geometry<f32>);

/// What another program sees in the tile around the quarter's middle: class, attributes, geometry by layer.
fn seen(bytes: &[u8], zoom: u8) -> BTreeMap<String, Vec<Seen>> {
    let tile = TileAddress::around(at(300, 300), zoom).expect("drawn");
    let range = index(bytes).find(tile).expect("there is something");
    let reader =
        Reader::new(unpack(&bytes[cut(range.start)..cut(range.end)]).expect("gzip")).expect("a tile");
    let text = |value: &Value| if let Value::String(text) = value { text.clone() } else { String::new() };
    let mut layers = BTreeMap::new();
    for (number, layer) in reader.get_layer_names().expect("layers").into_iter().enumerate() {
        let features = reader.get_features(number).expect("features").into_iter().map(|feature| {
            let tags = feature.properties.iter().flatten().map(|(key, value)| (key.clone(), text(value)));
            (tags.collect(), feature.get_geometry().clone())
        });
        layers.insert(layer, features.collect());
    }
    layers
}

fn named(tags: &BTreeMap<String, String>, key: &str) -> String {
    tags.get(key).cloned().unwrap_or_default()
}

#[test]
fn another_reader_sees_what_was_drawn() {
    let bytes = archive(&quarter(), Some("© OpenStreetMap contributors")).expect("drawn");
    let layers = seen(&bytes, 14);
    let names: Vec<&str> = layers.keys().map(String::as_str).collect();
    assert_eq!(names, ["boundary", "building", "green", "place", "street"]);
    let (tags, park) = &layers["green"][0];
    assert_eq!((named(tags, "class"), named(tags, "name")), ("park".into(), "Hasenheide".into()));
    let Geometry::MultiPolygon(parts) = park else { panic!("{park:?}") };
    assert_eq!((parts.0.len(), parts.0[0].interiors().len()), (1, 1), "one part with the pond as its hole");
    let (tags, street) = &layers["street"][0];
    assert_eq!((named(tags, "class"), named(tags, "name")), ("street".into(), "Graefestraße".into()));
    assert!(matches!(street, Geometry::LineString(_)), "two pieces of a street are one line: {street:?}");
    let places: Vec<String> = layers["place"].iter().map(|(tags, _)| named(tags, "name")).collect();
    assert_eq!(places, ["Hasenheide", "Zickenplatz"], "a named area has one place for its name");
    assert_eq!(named(&layers["place"][1].0, "name:tr"), "Keçi Meydanı");
}

#[test]
fn a_boundary_that_two_quarters_share_is_drawn_once() {
    let bytes = archive(&quarter(), None).expect("drawn");
    let mut length = 0.0;
    for (_, geometry) in &seen(&bytes, 14)["boundary"] {
        let lines = match geometry {
            Geometry::LineString(line) => vec![line.clone()],
            Geometry::MultiLineString(lines) => lines.0.clone(),
            other => panic!("{other:?}"),
        };
        for side in lines.iter().flat_map(|line| line.lines()) {
            length += f64::from((side.end.x - side.start.x).abs() + (side.end.y - side.start.y).abs());
        }
    }
    // Four sides from south to north are three, of east to west four. A degree of longitude is 4096·2^14/360 units,
    // one of latitude is longer by 1/cos φ.
    let degree = 4096.0 * f64::from(1 << 14) / 360.0;
    let (high, wide) = (0.006 * degree / CORNER.0.to_radians().cos(), 0.006 * degree);
    assert!((length - 3.0 * high - 4.0 * wide).abs() < 12.0, "{length} of {}", 3.0 * high + 4.0 * wide);
}

#[test]
fn small_things_appear_when_one_comes_closer() {
    let bytes = archive(&quarter(), None).expect("drawn");
    assert!(!seen(&bytes, 12).contains_key("building") && seen(&bytes, 14).contains_key("building"));
    assert!(!seen(&bytes, 11).contains_key("street") && seen(&bytes, 12).contains_key("street"));
    assert!(seen(&bytes, 10).contains_key("boundary"));
    assert!(!seen(&bytes, 15).contains_key("address"), "a house is smaller than its number there");
}

#[test]
fn the_same_map_gives_the_same_bytes() {
    assert_eq!(archive(&quarter(), None).expect("drawn"), archive(&quarter(), None).expect("drawn"));
}

#[test]
fn the_metadata_name_layers_and_source() {
    let bytes = archive(&quarter(), Some("© OpenStreetMap contributors")).expect("drawn");
    // Metadata: offset and length at bytes 24 and 32 of the header (PMTiles 3, section 3.1).
    let number = |place: usize| u64::from_le_bytes(bytes[place..place + 8].try_into().expect("eight bytes"));
    let packed = &bytes[cut(number(24))..cut(number(24) + number(32))];
    let metadata: serde_json::Value = serde_json::from_slice(&unpack(packed).expect("gzip")).expect("JSON");
    assert_eq!(metadata["attribution"], "© OpenStreetMap contributors");
    let layers: Vec<_> =
        metadata["vector_layers"].as_array().expect("a list").iter().map(|l| &l["id"]).collect();
    assert_eq!(layers, ["water", "green", "building", "rail", "street", "boundary", "address", "place"]);
    assert_eq!((bytes[100], bytes[101]), (LEAST_ZOOM, MOST_ZOOM));
}

#[test]
fn what_lies_outside_is_told_from_what_is_empty() {
    let bytes = archive(&quarter(), None).expect("drawn");
    let index = index(&bytes);
    let middle = TileAddress::around(at(300, 300), 16).expect("drawn");
    assert!(index.covers(middle));
    let beside = TileAddress::new(16, middle.column() + 100, middle.row()).expect("drawn");
    assert!(!index.covers(beside) && index.find(beside).is_none());
}

#[test]
fn an_empty_map_and_a_continent_are_refused_in_words() {
    assert!(matches!(archive(&BaseMap::default(), None), Err(TilesError::Empty)));
    let far = |lat, lon| Position::new(lat, lon).expect("on the earth");
    let corners =
        vec![far(30.0, -20.0), far(30.0, 60.0), far(70.0, 60.0), far(70.0, -20.0), far(30.0, -20.0)];
    let continent = area(vec![Ring::new(corners).expect("closed")]);
    let map = BaseMap { features: vec![feature(Ground::Water, "", continent)] };
    let refused = archive(&map, None).expect_err("too large").to_string();
    assert!(refused.contains("more than a city"), "{refused}");
}

#[test]
fn a_place_at_the_pole_and_a_line_without_length_harm_nobody() {
    let pole = Position::new(90.0, 180.0).expect("on the earth");
    let map = BaseMap {
        features: vec![
            feature(Ground::Place, "Nordpol", Shape::Point(pole)),
            feature(Ground::Street, "", Shape::Line(vec![pole, pole])),
            feature(Ground::Water, "", Shape::Line(vec![at(0, 0)])),
        ],
    };
    archive(&map, None).expect("drawn");
}

fn anything() -> impl Strategy<Value = GroundFeature> {
    let place = (-300..900i32, -300..900i32).prop_map(|(north, east)| at(north, east));
    let line = prop::collection::vec(place.clone(), 2..8).prop_map(Shape::Line);
    let ring = prop::collection::vec(place.clone(), 3..8).prop_map(|mut corners| {
        corners.push(corners[0]);
        area(vec![Ring::new(corners).expect("closed")])
    });
    let ground = prop::sample::select(vec![
        Ground::Water,
        Ground::Park,
        Ground::Building,
        Ground::Path,
        Ground::Boundary,
    ]);
    (ground, prop_oneof![place.prop_map(Shape::Point), line, ring])
        .prop_map(|(g, shape)| feature(g, "", shape))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Also for areas that cross themselves.
    #[test]
    fn whatever_is_drawn_stays_within_the_buffer_and_can_be_read(features in prop::collection::vec(anything(), 1..6)) {
        let bytes = archive(&BaseMap { features }, None).expect("drawn");
        let index = index(&bytes);
        let mut tiles = 0;
        for zoom in LEAST_ZOOM..=MOST_ZOOM {
            let far = TileAddress::around(at(900, 900), zoom).expect("drawn");
            let near = TileAddress::around(at(-300, -300), zoom).expect("drawn");
            for (column, row) in (near.column()..=far.column()).flat_map(|c| (far.row()..=near.row()).map(move |r| (c, r))) {
                let Some(range) = index.find(TileAddress::new(zoom, column, row).expect("drawn")) else { continue };
                tiles += 1;
                let tile = unpack(&bytes[cut(range.start)..cut(range.end)]).expect("gzip");
                let reader = Reader::new(tile).expect("a tile");
                for layer in 0..reader.get_layer_names().expect("layers").len() {
                    for feature in reader.get_features(layer).expect("features") {
                        let bounds = feature.get_geometry().bounding_rect().expect("not empty");
                        prop_assert!(bounds.min().x >= -64.0 && bounds.max().x <= 4160.0, "{bounds:?}");
                        prop_assert!(bounds.min().y >= -64.0 && bounds.max().y <= 4160.0, "{bounds:?}");
                    }
                }
            }
        }
        prop_assert!(tiles > 0);
    }

    #[test]
    fn a_damaged_archive_is_read_or_refused(at in 0..600usize, byte in any::<u8>(), length in 0..600usize) {
        let mut bytes = archive(&quarter(), None).expect("drawn");
        bytes[at] = byte;
        let head = &bytes[..length.max(at)];
        if let Ok(range) = Index::leaves(head)
            && let Some(leaves) = bytes.get(usize::try_from(range.start).unwrap_or(usize::MAX)..usize::try_from(range.end).unwrap_or(usize::MAX))
            && let Ok(index) = Index::read(head, leaves)
        {
            let tile = TileAddress::new(14, 8802, 5375).expect("drawn");
            prop_assert!(index.find(tile).is_none_or(|range| range.start <= range.end));
        }
    }
}
