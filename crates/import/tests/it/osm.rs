//! Small maps with a known content, and the real ones where they lie beside the project.

use crate::shared_data::shared;
use kiez_domain::basemap::{Ground, Shape};
use kiez_domain::bounds::Bounds;
use kiez_domain::position::Position;
use kiez_import::file_fault::FileFault;
use kiez_import::osm::{MapOptions, OsmMap, Progress, Region, read_map};
use kiez_import::source::{Source, load};
use kiez_testkit::pbf::Map;
use std::sync::{Arc, Mutex};

fn read(map: &Map) -> OsmMap {
    read_with(map, &MapOptions::default()).unwrap_or_else(|fault| panic!("{fault}"))
}

fn read_with(map: &Map, options: &MapOptions) -> Result<OsmMap, FileFault> {
    read_map(&Source::new("kiez.osm.pbf", map.file()), options).map_err(|error| *error.fault)
}

fn grounds(map: &OsmMap) -> Vec<Ground> {
    map.base_map.features.iter().map(|feature| feature.ground).collect()
}

fn at(lat: f64, lon: f64) -> Position {
    Position::new(lat, lon).expect("valid")
}

#[test]
fn one_corner_of_a_quarter_is_read_whole() {
    let map = Map::new()
        .node(
            1,
            (52.49, 13.41),
            &[
                ("shop", "bakery"),
                ("name", "Fırın Ayşe"),
                ("addr:street", "Graefestraße"),
                ("addr:housenumber", "12"),
            ],
        )
        .node(2, (52.491, 13.41), &[])
        .node(3, (52.49, 13.412), &[])
        .node(4, (52.48, 13.40), &[("amenity", "bench")])
        .way(7, &[2, 3], &[("highway", "residential"), ("name", "Graefestraße"), ("name:ar", "شارع غريفه")])
        .square(
            10,
            (52.492, 13.411),
            0.001,
            &[("building", "yes"), ("amenity", "kindergarten"), ("name", "Kita Ufer")],
        );
    let map = read(&map);
    let actors: Vec<(Option<&str>, &str)> = map
        .actors
        .candidates
        .iter()
        .map(|actor| (actor.row.external_id.as_deref(), actor.row.name.as_str()))
        .collect();
    assert_eq!(actors, [(Some("node/1"), "Fırın Ayşe"), (Some("way/10"), "Kita Ufer")]);
    // The Kita is a building of a thousandth of a degree: its place is the middle of it.
    assert_eq!(map.actors.candidates[1].row.position, Some(at(52.4925, 13.4115)));
    assert_eq!(map.addresses.len(), 1);
    assert_eq!(map.addresses[0].address().to_string(), "Graefestraße 12");
    assert_eq!(map.addresses[0].position(), at(52.49, 13.41));
    assert_eq!(grounds(&map), [Ground::Address, Ground::Street, Ground::Building]);
    let street = &map.base_map.features[1];
    assert_eq!(street.shape, Shape::Line(vec![at(52.491, 13.41), at(52.49, 13.412)]));
    assert_eq!(street.names.local.as_ref().map(|name| name.as_str()), Some("Graefestraße"));
    let arabic = street.names.translated.get(&"ar".parse().expect("a language"));
    assert_eq!(arabic.map(|name| name.as_str()), Some("شارع غريفه"));
}

#[test]
fn an_area_of_several_ways_keeps_its_hole() {
    let outer = [(1, 0.0, 0.0), (2, 0.0, 4.0), (3, 4.0, 4.0), (4, 4.0, 0.0)];
    let map = outer.iter().fold(Map::new(), |map, (id, lat, lon)| map.node(*id, (*lat, *lon), &[]));
    let map =
        map.way(20, &[1, 2, 3], &[]).way(21, &[1, 4, 3], &[]).square(30, (1.0, 1.0), 1.0, &[]).relation(
            40,
            &[(20, "outer"), (21, "outer"), (30, "inner")],
            &[("type", "multipolygon"), ("leisure", "park"), ("name", "Hasenheide")],
        );
    let map = read(&map);
    let Shape::Area(park) = &map.base_map.features[0].shape else { panic!("an area") };
    assert_eq!(park.parts().len(), 1);
    assert!(park.contains(at(0.5, 0.5)) && park.contains(at(3.5, 3.5)) && !park.contains(at(1.5, 1.5)));
}

#[test]
fn boundaries_are_outlines_and_each_edge_is_drawn_once() {
    // Two districts side by side share the way 11.
    let corners = [(1, 0.0, 0.0), (2, 0.0, 1.0), (3, 1.0, 1.0), (4, 1.0, 0.0), (5, 0.0, 2.0), (6, 1.0, 2.0)];
    let map = corners.iter().fold(Map::new(), |map, (id, lat, lon)| map.node(*id, (*lat, *lon), &[]));
    let district = [("type", "boundary"), ("boundary", "administrative"), ("admin_level", "9")];
    let named = |name: &'static str| [&district[..], &[("name", name)]].concat();
    let map = map
        .way(10, &[3, 4, 1, 2], &[("boundary", "administrative")])
        .way(11, &[2, 3], &[("boundary", "administrative")])
        .way(12, &[3, 6, 5, 2], &[("boundary", "administrative")])
        .relation(50, &[(10, "outer"), (11, "outer")], &named("Kreuzberg"))
        .relation(51, &[(12, "outer"), (11, "outer")], &named("Neukölln"))
        .square(60, (0.2, 0.2), 0.1, &[("place", "neighbourhood"), ("name", "Graefekiez")]);
    let map = read(&map);
    let found: Vec<(&str, &str, Option<u8>)> = map
        .outlines
        .iter()
        .map(|outline| (outline.id.as_str(), outline.name.as_str(), outline.level))
        .collect();
    assert_eq!(
        found,
        [
            ("way/60", "Graefekiez", None),
            ("relation/50", "Kreuzberg", Some(9)),
            ("relation/51", "Neukölln", Some(9))
        ]
    );
    assert!(map.outlines[1].outline.contains(at(0.5, 0.5)) && map.outlines[2].outline.contains(at(0.5, 1.5)));
    assert_eq!(grounds(&map), [Ground::Boundary; 3]);
}

#[test]
fn what_is_not_whole_is_drawn_as_far_as_it_is_there() {
    let map = Map::new()
        .node(1, (0.0, 0.0), &[])
        .node(2, (0.0, 1.0), &[])
        .node(4, (0.0, 3.0), &[])
        .node(5, (0.0, 4.0), &[])
        // Node 3 is not in the file: a line across the gap would be a lie.
        .way(10, &[1, 2, 3, 4, 5], &[("highway", "primary")])
        .way(11, &[1, 2, 3, 1], &[("building", "yes")])
        .relation(12, &[(99, "outer")], &[("type", "multipolygon"), ("natural", "water")]);
    let map = read(&map);
    let lines: Vec<&Shape> = map.base_map.features.iter().map(|feature| &feature.shape).collect();
    assert_eq!(
        lines,
        [&Shape::Line(vec![at(0.0, 0.0), at(0.0, 1.0)]), &Shape::Line(vec![at(0.0, 3.0), at(0.0, 4.0)])]
    );
    let notes = map.actors.notes.join("\n");
    assert!(notes.contains("2 shapes reach beyond the edge of the file"), "{notes}");
    assert!(notes.contains("it has no buildings; everything else is taken"), "{notes}");
}

#[test]
fn the_box_of_the_file_counts_else_that_of_what_is_in_it() {
    let map = Map::new().node(1, (1.0, 2.0), &[("shop", "books"), ("name", "Buch")]);
    assert_eq!(read(&map).covered, Bounds::around([at(1.0, 2.0)]));
    let said = map.covering((0.5, 1.5), (3.0, 4.0));
    assert_eq!(read(&said).covered, Bounds::around([at(0.5, 1.5), at(3.0, 4.0)]));
}

#[test]
fn an_outline_that_crosses_itself_is_reported_and_everything_else_is_taken() {
    let map = [(1, 0.0, 0.0), (2, 1.0, 1.0), (3, 0.0, 1.0), (4, 1.0, 0.0)]
        .iter()
        .fold(Map::new(), |map, (id, lat, lon)| map.node(*id, (*lat, *lon), &[]))
        .way(10, &[1, 2, 3, 4, 1], &[("place", "quarter"), ("name", "Schleife")])
        .node(7, (0.5, 0.5), &[("shop", "books"), ("name", "Buch")]);
    let map = read(&map);
    assert_eq!((map.outlines.len(), map.actors.candidates.len()), (0, 1));
    let notes = map.actors.notes.join("\n");
    assert!(notes.contains("way/10 (Schleife): the outline crosses itself near"), "{notes}");
}

#[test]
fn a_house_has_its_number_once_whoever_is_in_it() {
    let (street, number) = (("addr:street", "Graefestraße"), ("addr:housenumber", "12;14"));
    let map = Map::new()
        .node(1, (52.49, 13.41), &[street, number])
        .node(
            2,
            (52.490_2, 13.41),
            &[street, ("addr:housenumber", "12; 14"), ("shop", "bakery"), ("name", "Fırın")],
        )
        .node(3, (52.490_1, 13.41), &[("addr:street", "Planufer"), number])
        .node(4, (52.50, 13.41), &[street, number]);
    let map = read(&map);
    let numbers = map.base_map.features.iter().filter(|feature| feature.ground == Ground::Address);
    let numbers: Vec<_> =
        numbers.map(|feature| (feature.names.local.as_ref().map(|n| n.as_str()), &feature.shape)).collect();
    // The shop stands 22 metres beside the door of its house, the last house in the next town.
    let twelve = [at(52.49, 13.41), at(52.490_1, 13.41), at(52.50, 13.41)].map(Shape::Point);
    assert_eq!(numbers, twelve.iter().map(|shape| (Some("12, 14"), shape)).collect::<Vec<_>>());
}

#[test]
fn a_door_with_two_numbers_is_two_addresses_and_a_place_may_stand_for_a_street() {
    let map = Map::new()
        .node(
            1,
            (1.0, 1.0),
            &[
                ("addr:street", "Dieffenbachstraße"),
                ("addr:housenumber", "12;14"),
                ("addr:postcode", "10967"),
                ("addr:city", "Berlin"),
            ],
        )
        .node(2, (1.0, 2.0), &[("addr:place", "Kolonie Süd"), ("addr:housenumber", "3")])
        .node(3, (1.0, 3.0), &[("addr:housenumber", "5")])
        .node(4, (1.0, 4.0), &[("addr:street", "Planufer"), ("addr:housenumber", "13 A, Floor 5 , 15b")])
        .square(
            10,
            (2.0, 2.0),
            0.001,
            &[("building", "yes"), ("addr:street", "Böckhstraße"), ("addr:housenumber", "9")],
        );
    let found: Vec<String> = read(&map).addresses.iter().map(|door| door.address().to_string()).collect();
    assert_eq!(
        found,
        [
            "Dieffenbachstraße 12, 10967 Berlin",
            "Dieffenbachstraße 14, 10967 Berlin",
            "Kolonie Süd 3",
            "Planufer 13 A",
            "Planufer 15b",
            "Böckhstraße 9"
        ]
    );
}

#[test]
fn only_the_wanted_region_is_taken_and_ways_stay_whole() {
    let shop = |name: &'static str| [("shop", "books"), ("name", name)];
    let map = Map::new()
        .node(1, (52.49, 13.41), &shop("Nah"))
        .node(2, (52.60, 13.41), &shop("Fern"))
        .node(3, (52.70, 13.41), &[])
        .way(10, &[1, 2], &[("highway", "primary"), ("name", "Lang")])
        .way(11, &[2, 3], &[("highway", "primary"), ("name", "Woanders")]);
    let around = |lat, lon| MapOptions {
        region: Some(Region::Around { centre: at(lat, lon), radius_m: 500.0 }),
        ..MapOptions::default()
    };
    let near = read_with(&map, &around(52.491, 13.41)).expect("readable");
    assert_eq!(near.actors.candidates.len(), 1);
    assert_eq!(near.actors.candidates[0].row.name, "Nah");
    assert_eq!(near.base_map.features.len(), 1);
    assert_eq!(near.base_map.features[0].shape, Shape::Line(vec![at(52.49, 13.41), at(52.60, 13.41)]));
    assert_eq!(read_with(&map, &around(48.0, 11.0)).err(), Some(FileFault::NothingThere));
}

#[test]
fn a_country_is_refused_with_the_way_out_and_the_limit_can_be_raised() {
    let map = (1..=50)
        .fold(Map::new(), |map, id| map.node(id, (1.0, id as f64), &[("shop", "books"), ("name", "Buch")]));
    let limited = |limit_elements| MapOptions { limit_elements, ..MapOptions::default() };
    let refused = read_with(&map, &limited(49)).expect_err("one too many");
    assert_eq!(refused, FileFault::MapTooLarge { limit: 49 });
    let told = refused.to_string();
    assert!(told.contains("--around") && told.contains("--quarter") && told.contains("--limit-elements"));
    assert_eq!(read_with(&map, &limited(50)).expect("enough").actors.candidates.len(), 50);
    let region = Some(Region::Around { centre: at(1.0, 7.0), radius_m: 1_000.0 });
    let one = MapOptions { region, ..limited(5) };
    assert_eq!(read_with(&map, &one).expect("the region is small").actors.candidates.len(), 1);
}

#[test]
fn who_waits_hears_how_far_it_is() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ear = Arc::clone(&heard);
    let progress = Progress::to(move |step, share| ear.lock().expect("nobody panics").push((step, share)));
    let map = Map::new().node(1, (1.0, 1.0), &[]).way(2, &[1, 1], &[]);
    read_with(&map, &MapOptions { progress, ..MapOptions::default() }).expect("readable");
    let heard = heard.lock().expect("nobody panics");
    assert!(heard.len() >= 3 && heard.iter().all(|(_, share)| (0.0..=1.0).contains(share)), "{heard:?}");
}

#[test]
fn the_centre_of_helsinki_is_read() {
    let Some(shared) = shared() else { return };
    let source = load(&shared.join("data/osm_pbf/helsinki_centre.osm.pbf")).expect("readable");
    let map = read_map(&source, &MapOptions::default()).expect("a map");
    let notes = map.actors.notes.join("\n");
    assert!(notes.contains("24260 nodes, 5130 ways, 620 relations"), "{notes}");
    // Counted by another program: 1,073 named shops and amenities, and 363 offices, sights, crafts and practices
    // with a name; benches and toilets among the first, works of art among the others.
    let named = map.actors.candidates.iter().filter(|actor| !actor.row.unnamed).count();
    assert!((1_073..=1_436).contains(&named), "{named}");
    let box_of_helsinki = |at: Position| (60.0..60.4).contains(&at.lat()) && (24.7..25.3).contains(&at.lon());
    assert!(map.actors.candidates.iter().all(|actor| actor.row.position.is_some_and(box_of_helsinki)));
    // Counted by another program: 1,451 elements have street and number, 92 of them are houses and areas, of which
    // some are cut off at the edge.
    assert!((1_451 - 92..=1_451).contains(&map.addresses.len()), "{}", map.addresses.len());
}

#[test]
fn a_small_country_is_read() {
    let Some(shared) = shared() else { return };
    let source = load(&shared.join("data/osm_pbf/liechtenstein.osm.pbf")).expect("readable");
    let map = read_map(&source, &MapOptions::default()).expect("a map");
    let notes = map.actors.notes.join("\n");
    assert!(notes.contains("142832 nodes, 15247 ways, 358 relations"), "{notes}");
    let municipalities: Vec<&str> =
        map.outlines.iter().filter(|outline| outline.level == Some(8)).map(|o| o.name.as_str()).collect();
    // The eleven municipalities of the country are known.
    for name in ["Balzers", "Vaduz", "Schaan", "Triesen", "Planken", "Ruggell", "Schellenberg"] {
        assert!(municipalities.contains(&name), "{name}: {municipalities:?}");
    }
    let vaduz = map.outlines.iter().find(|outline| outline.name.as_str() == "Vaduz").expect("the capital");
    assert!(vaduz.outline.contains(at(47.1410, 9.5209)), "the town hall lies in it");
}
