//! The ground of a map from GeoJSON: for places that no other map shows, and for drawings of one's own.
//!
//! Each feature says with the property `ground` what it is (`street`, `building`, `park`, …: the names of
//! [`Ground`]), with `name` what it is called, and with `name:tr`, `name:ar`, … what others call it. The name of an
//! `address` is its house number; with `street`, and with `postcode` and `city` where they are known, it is a door that
//! addresses are found by. A member `attribution` beside the features says who must be named beside the map.

use crate::error::{Field, ReadError, Reason, Refusal};
use crate::file_fault::{FileFault, Needed};
use crate::geojson::{self, Feature, Features, GEOMETRY};
use crate::outline::CORNER_LIMIT;
use crate::place::Locator;
use crate::quarter::read_outline;
use crate::reading::{Candidate, ReadOptions, Reading};
use crate::row_fault::{Geometry, RowFault, WantedGeometry};
use crate::source::{Format, Source};
use kiez_domain::address_point::AddressPoint;
use kiez_domain::basemap::{BaseMap, Ground, GroundFeature, Names, Shape};
use kiez_domain::issue::Problem;
use kiez_domain::position::Position;
use kiez_domain::text::Line;
use serde_json::Value;

/// A drawing that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct GroundReading {
    /// The features with their lines, and what was left out.
    pub features: Reading<GroundFeature>,
    /// Doors with their addresses.
    pub addresses: Vec<AddressPoint>,
    /// Who must be named beside the map.
    pub attribution: Option<Line>,
}

impl GroundReading {
    /// What can be drawn, without the lines it stood in.
    #[must_use]
    pub fn base_map(&self) -> BaseMap {
        let features = self.features.candidates.iter().map(|candidate| candidate.row.clone());
        BaseMap { features: features.collect() }
    }
}

/// Reads the ground of a map; a feature that cannot be drawn is left out with its line and the reason.
///
/// # Errors
/// When the file as a whole cannot be read, or nothing of it can be drawn.
pub fn read_ground(source: &Source, options: &ReadOptions) -> Result<GroundReading, ReadError> {
    let fail = |fault| ReadError::new(source.name(), fault);
    let format = source.format()?;
    if format != Format::Json {
        return Err(fail(FileFault::WrongFormat { looks: format.looks(), needed: Needed::GeoJson }));
    }
    let Features { coordinates, features, notes, refused, attribution } = geojson::read(source)?;
    if features.is_empty() && refused.is_empty() {
        return Err(fail(FileFault::NoRecords));
    }
    let unreadable = |problem| fail(FileFault::Attribution { problem });
    let attribution = attribution.map(|text| text.parse::<Line>()).transpose().map_err(unreadable)?;
    let mut locator = Locator::new(options.plausible, coordinates);
    let read = features.len() + refused.len();
    let mut reading =
        Reading { file: source.name().to_owned(), read, candidates: Vec::new(), refused, notes };
    let mut addresses = Vec::new();
    for feature in features {
        match feature_and_door(&feature, &mut locator) {
            Ok((row, door)) => {
                reading.candidates.push(Candidate { line: feature.line, row });
                addresses.extend(door);
            }
            Err((field, reason)) => {
                reading.refused.push(Refusal::new(source.name(), feature.line, field, reason));
            }
        }
    }
    Ok(GroundReading { features: reading, addresses, attribution })
}

/// The field that is wrong, and why.
type Fault<'a> = (Field<'a>, Reason);

fn feature_and_door<'a>(
    feature: &'a Feature,
    locator: &mut Locator,
) -> Result<(GroundFeature, Option<AddressPoint>), Fault<'a>> {
    let row = ground_feature(feature, locator)?;
    let door = door(feature, &row)?;
    Ok((row, door))
}

/// The door that a house number with a street stands for.
fn door<'a>(feature: &'a Feature, row: &GroundFeature) -> Result<Option<AddressPoint>, Fault<'a>> {
    let text = |key: &str| feature.properties.get(key).and_then(Value::as_str).unwrap_or_default();
    let (Ground::Address, Shape::Point(at), Some(number)) = (row.ground, &row.shape, &row.names.local) else {
        return Ok(None);
    };
    if text("street").trim().is_empty() {
        return Ok(None);
    }
    let town = (text("postcode"), text("city"));
    let door = AddressPoint::from_texts((text("street"), number.as_str()), town, *at);
    door.map(Some).map_err(|problem| (Field::Heading("street"), problem.into()))
}

fn ground_feature<'a>(feature: &'a Feature, locator: &mut Locator) -> Result<GroundFeature, Fault<'a>> {
    let ground = ground(feature).map_err(|problem| (Field::Heading("ground"), problem.into()))?;
    let names = names(feature)?;
    let shape = shape(feature, locator).map_err(|fault| (GEOMETRY, fault.into()))?;
    Ok(GroundFeature { ground, names, shape })
}

fn ground(feature: &Feature) -> Result<Ground, Problem> {
    match feature.properties.get("ground") {
        None | Some(Value::Null) => Err(Problem::Missing),
        Some(Value::String(word)) => word.trim().parse(),
        Some(other) => other.to_string().parse(),
    }
}

fn names(feature: &Feature) -> Result<Names, Fault<'_>> {
    let mut names = Names::default();
    for (field, value) in &feature.properties {
        let Some(text) = value.as_str().filter(|text| !text.trim().is_empty()) else { continue };
        let fault = |problem: Problem| (Field::Heading(field), problem.into());
        if field == "name" {
            names.local = Some(text.parse().map_err(fault)?);
        } else if let Some(tag) = field.strip_prefix("name:") {
            names.translated.insert(tag.parse().map_err(fault)?, text.parse().map_err(fault)?);
        }
    }
    Ok(names)
}

fn shape(feature: &Feature, locator: &mut Locator) -> Result<Shape, RowFault> {
    let geometry = feature.geometry.as_ref();
    let coordinates = geometry.and_then(|geometry| geometry.get("coordinates")).unwrap_or(&Value::Null);
    match geometry.and_then(|geometry| geometry.get("type")).and_then(Value::as_str) {
        Some("Point") => place(coordinates, locator).map(Shape::Point),
        Some("LineString") => line(coordinates, locator).map(Shape::Line),
        Some("Polygon" | "MultiPolygon") => read_outline(feature, locator).map(Shape::Area),
        other => Err(RowFault::WrongGeometry {
            geometry: other.map_or(Geometry::Missing, |other| Geometry::Other { kind: other.to_owned() }),
            wanted: WantedGeometry::Shape,
        }),
    }
}

fn line(coordinates: &Value, locator: &mut Locator) -> Result<Vec<Position>, RowFault> {
    let places = coordinates.as_array().map_or(&[][..], Vec::as_slice);
    if places.len() > CORNER_LIMIT {
        return Err(RowFault::TooManyCorners { found: places.len(), limit: CORNER_LIMIT });
    }
    if places.len() < 2 {
        let geometry = Geometry::ShortLine { places: places.len() };
        return Err(RowFault::WrongGeometry { geometry, wanted: WantedGeometry::TwoPlaces });
    }
    places.iter().map(|at| place(at, locator)).collect()
}

fn place(at: &Value, locator: &mut Locator) -> Result<Position, RowFault> {
    let number = |axis: usize| at.get(axis).and_then(Value::as_f64).unwrap_or(f64::NAN);
    locator.locate(number(0), number(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<GroundReading, String> {
        let source = Source::new("ground.geojson", text.as_bytes().to_vec());
        read_ground(&source, &ReadOptions::default()).map_err(|error| error.to_string())
    }

    /// A feature on a line of its own.
    fn feature(properties: &str, kind: &str, coordinates: &str) -> String {
        format!(
            r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}"#
        )
    }

    fn collection(features: &[String]) -> String {
        format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}", features.join(",\n"))
    }

    #[test]
    fn every_kind_of_shape_with_its_names() {
        let street = r#""ground":"street","name":"Seilerstraße","name:tr":"Halatçı Sokağı","lanes":2"#;
        let text = collection(&[
            feature(street, "LineString", "[[13.41,52.49],[13.42,52.49]]"),
            feature(r#""ground":"place""#, "Point", "[13.41,52.49]"),
            feature(r#""ground":"park""#, "Polygon", "[[[13.0,52.0],[13.1,52.0],[13.1,52.1],[13.0,52.0]]]"),
        ]);
        let found = read(&text).expect("readable");
        assert_eq!((found.features.read, found.features.refused.len()), (3, 0));
        let map = found.base_map();
        assert_eq!(
            map.features.iter().map(|f| f.ground).collect::<Vec<_>>(),
            [Ground::Street, Ground::Place, Ground::Park]
        );
        let names = &map.features[0].names;
        assert_eq!(names.local.as_ref().map(ToString::to_string).as_deref(), Some("Seilerstraße"));
        let translated: Vec<_> = names.translated.iter().map(|(tag, name)| format!("{tag} {name}")).collect();
        assert_eq!(translated, ["tr Halatçı Sokağı"]);
        assert!(
            matches!(&map.features[0].shape, Shape::Line(places) if places[0].lat() == 52.49 && places[0].lon() == 13.41)
        );
        assert!(matches!(&map.features[2].shape, Shape::Area(_)));
        assert_eq!(found.attribution, None);
    }

    #[test]
    fn a_house_number_with_its_street_is_a_door() {
        let number = |more: &str| format!(r#""ground":"address","name":"12a"{more}"#);
        let street = r#","street":"Seilerstraße","postcode":"10000""#;
        let corners = "[[13.0,52.0],[13.1,52.0]]";
        let text = collection(&[
            feature(&number(street), "Point", "[13.41,52.49]"),
            feature(&number(""), "Point", "[13.42,52.49]"),
            feature(&number(street), "LineString", corners),
            feature(&number(r#","street":"a\u0000b""#), "Point", "[13.41,52.49]"),
        ]);
        let found = read(&text).expect("readable");
        let doors: Vec<String> = found.addresses.iter().map(|door| door.address().to_string()).collect();
        assert_eq!(doors, ["Seilerstraße 12a, 10000"]);
        assert_eq!(found.addresses[0].position(), Position::new(52.49, 13.41).expect("on the earth"));
        assert_eq!(found.features.candidates.len(), 3, "each of the others is drawn");
        let refused = &found.features.refused[0];
        assert_eq!((refused.line, refused.field.as_str()), (5, "street"));
    }

    #[test]
    fn who_must_be_named_stands_beside_the_features() {
        let point = feature(r#""ground":"place""#, "Point", "[13.41,52.49]");
        let named = |text: &str| {
            collection(std::slice::from_ref(&point)).replacen('{', &format!("{{\"attribution\":{text},"), 1)
        };
        let found = read(&named("\"© OpenStreetMap contributors\"")).expect("readable");
        assert_eq!(found.attribution.map(String::from).as_deref(), Some("© OpenStreetMap contributors"));
        assert!(read(&named("\" \"")).is_err_and(|error| error.contains("attribution")));
    }

    #[test]
    fn what_cannot_be_drawn_says_line_field_and_reason() {
        let at = "[13.41,52.49]";
        let cases = [
            (feature(r#""name":"x""#, "Point", at), "ground", "is missing"),
            (feature(r#""ground":"lava""#, "Point", at), "ground", "expected water, waterway, park"),
            (feature(r#""ground":7"#, "Point", at), "ground", "\"7\" cannot be read"),
            (feature(r#""ground":"place","name":"a\u0000b""#, "Point", at), "name", "control character"),
            (
                feature(r#""ground":"place","name:Türkisch":"b""#, "Point", at),
                "name:Türkisch",
                "language tag",
            ),
            (feature(r#""ground":"place""#, "Point", "[52.49,13.41]"), "geometry", "look swapped"),
            (feature(r#""ground":"place""#, "Point", "[]"), "geometry", "cannot be projected"),
            (
                feature(r#""ground":"street""#, "LineString", "[[13.41,52.49]]"),
                "geometry",
                "a line of 1 places",
            ),
            (
                feature(r#""ground":"street""#, "MultiPoint", "[]"),
                "geometry",
                "a MultiPoint, expected a Point, LineString",
            ),
            (
                feature(r#""ground":"park""#, "Polygon", "[[[13.0,52.0],[13.1,52.0],[13.0,52.0]]]"),
                "geometry",
                "3 corners",
            ),
        ];
        for (line, field, reason) in cases {
            let good = feature(r#""ground":"place""#, "Point", at);
            let found = read(&collection(&[good, line.clone()])).expect("readable");
            assert_eq!(found.features.candidates.len(), 1, "{line}");
            let refused = &found.features.refused[0];
            assert_eq!((refused.line, refused.field.as_str()), (3, field), "{line}");
            assert!(refused.reason.contains(reason), "{line}: {}", refused.reason);
        }
    }

    #[test]
    fn files_that_are_no_drawing_say_so() {
        assert!(read("name;street\n").is_err_and(|error| error.contains("looks like text")));
        assert!(read("{\"type\":\"FeatureCollection\",\"features\":[]}").is_err());
        assert!(
            read("{\"type\":\"FeatureCollection\",\"features\":[\n{]}").is_err_and(|e| e.contains(":2:"))
        );
    }
}
