use kiez_domain::issue::Problem;
use kiez_domain::position::Position;
use proptest::prelude::*;
use std::f64::consts::PI;

/// Mean radius of the earth in metres (IUGG 1980).
const RADIUS: f64 = 6_371_008.8;

fn at(lat: f64, lon: f64) -> Position {
    Position::new(lat, lon).expect("on earth")
}

fn anywhere() -> impl Strategy<Value = Position> {
    (-90.0..=90.0f64, -180.0..=180.0f64).prop_map(|(lat, lon)| at(lat, lon))
}

#[test]
fn the_edges_of_the_map_are_places_and_what_lies_beyond_is_none() {
    for (lat, lon) in [(90.0, 180.0), (-90.0, -180.0), (0.0, 0.0)] {
        assert_eq!(Position::new(lat, lon).map(|place| (place.lat(), place.lon())), Ok((lat, lon)));
    }
    for (lat, lon) in [
        (90.000_1, 0.0),
        (0.0, -180.000_1),
        (f64::INFINITY, 0.0),
        (0.0, f64::NAN),
        (52.49, f64::NEG_INFINITY),
    ] {
        let Err(Problem::OutOfRange { least, most, .. }) = Position::new(lat, lon) else {
            panic!("{lat} {lon}")
        };
        assert_eq!(least, format!("-{most}"));
    }
}

#[test]
fn two_fields_of_a_form_are_a_place_or_none() {
    assert_eq!(Position::from_texts("", " "), Ok(None));
    assert_eq!(Position::from_texts(" 52,4921 ", "13.4151"), Ok(Some(at(52.4921, 13.4151))));
    assert_eq!(Position::from_texts("52.4921", ""), Err(Problem::Missing));
    assert_eq!(Position::from_texts("", "13.4151"), Err(Problem::Missing));
    for (lat, lon) in [("nördlich", "13.4"), ("52.4.9", "13.4"), ("52°29'", "13.4")] {
        assert!(matches!(Position::from_texts(lat, lon), Err(Problem::Unreadable { .. })), "{lat}");
    }
    for (lat, lon) in [("91", "13.4"), ("52.4", "NaN"), ("inf", "13.4")] {
        assert!(matches!(Position::from_texts(lat, lon), Err(Problem::OutOfRange { .. })), "{lat} {lon}");
    }
}

#[test]
fn great_circles_have_the_lengths_of_geometry() {
    let near = |found: f64, expected: f64| (found - expected).abs() < 1.0;
    assert!(near(at(0.0, 0.0).distance_m(at(90.0, 0.0)), RADIUS * PI / 2.0), "equator to pole");
    assert!(near(at(0.0, 0.0).distance_m(at(0.0, 180.0)), RADIUS * PI), "half around");
    assert!(near(at(90.0, 12.0).distance_m(at(90.0, -77.0)), 0.0), "all meridians meet at the pole");
    assert!(near(at(0.0, 179.5).distance_m(at(0.0, -179.5)), RADIUS * PI / 180.0), "over the date line");
}

#[test]
fn a_degree_of_longitude_shrinks_with_the_cosine_of_the_latitude() {
    let degree = |lat: f64| at(lat, 13.0).distance_m(at(lat, 13.1));
    assert!((degree(60.0) / degree(0.0) - 0.5).abs() < 1e-4, "cos 60° is a half");
}

#[test]
fn people_walk_around_blocks() {
    let (kita, joiner) = (at(52.4899, 13.4151), at(52.4912, 13.4178));
    assert!((kita.walk_m(joiner) / kita.distance_m(joiner) - 1.3).abs() < 1e-12);
    // 0.0013° north are 144.6 m, 0.0027° east at this latitude 182.8 m: 233 m by Pythagoras.
    assert!((kita.distance_m(joiner) - 233.0).abs() < 1.0, "{}", kita.distance_m(joiner));
}

#[test]
fn a_stored_place_is_parsed_too() {
    let read = |text: &str| serde_json::from_str::<Position>(text);
    assert_eq!(read(r#"{"lat":52.5,"lon":13.4}"#).expect("a place"), at(52.5, 13.4));
    assert!(read(r#"{"lat":152.5,"lon":13.4}"#).expect_err("no place").to_string().contains("152.5"));
    assert!(read(r#"{"lat":52.5}"#).is_err());
}

proptest! {
    #[test]
    fn a_way_over_a_third_place_is_never_shorter(a in anywhere(), b in anywhere(), c in anywhere()) {
        prop_assert!(a.distance_m(c) <= a.distance_m(b) + b.distance_m(c) + 1e-3);
    }

    #[test]
    fn a_place_reads_back_as_itself(place in anywhere()) {
        let texts = (place.lat().to_string(), place.lon().to_string());
        prop_assert_eq!(Position::from_texts(&texts.0, &texts.1), Ok(Some(place)));
        prop_assert_eq!(Position::from_texts(&texts.0.replace('.', ","), &texts.1), Ok(Some(place)));
        // Stored places have seven decimals, a centimetre; JSON keeps these to the last digit.
        let place = at((place.lat() * 1e7).round() / 1e7, (place.lon() * 1e7).round() / 1e7);
        let json = serde_json::to_string(&place).expect("written");
        prop_assert_eq!(serde_json::from_str::<Position>(&json).expect("read"), place);
    }

    #[test]
    fn no_text_makes_a_place_panic(lat in "\\PC{0,12}", lon in "\\PC{0,12}") {
        drop(Position::from_texts(&lat, &lon));
    }
}
