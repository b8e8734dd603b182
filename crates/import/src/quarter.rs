//! Outlines of quarters from GeoJSON: closed, plausible, not crossing themselves.

use crate::error::{ReadError, Refusal};
use crate::file_fault::{FileFault, Needed};
use crate::geojson::{self, Feature, GEOMETRY};
use crate::outline;
use crate::place::Locator;
use crate::reading::{Candidate, ReadOptions, Reading};
use crate::row_fault::{Geometry, RowFault, WantedGeometry};
use crate::source::{Format, Source};
use kiez_domain::quarter::{Outline, Ring};
use serde_json::Value;

/// A quarter as a foreign map tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct RawQuarter {
    /// The official code, such as `02020206`.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// Where it ends.
    pub outline: Outline,
}

/// Reads quarters from GeoJSON in EPSG:4326 or EPSG:25833; with [`ReadOptions::only`] just those named there.
///
/// # Errors
/// When the file as a whole cannot be read, or one of the wanted quarters is not in it.
pub fn read_quarters(source: &Source, options: &ReadOptions) -> Result<Reading<RawQuarter>, ReadError> {
    let format = source.format()?;
    if format != Format::Json {
        let fault = FileFault::WrongFormat { looks: format.looks(), needed: Needed::GeoJson };
        return Err(ReadError::new(source.name(), fault));
    }
    let found = geojson::read(source)?;
    if found.features.is_empty() && found.refused.is_empty() {
        return Err(ReadError::new(source.name(), FileFault::NoRecords));
    }
    let mut locator = Locator::new(options.plausible, found.coordinates);
    let mut missing: Vec<&str> = options.only.iter().map(String::as_str).collect();
    let mut reading = Reading {
        file: source.name().to_owned(),
        read: 0,
        candidates: Vec::new(),
        refused: found.refused,
        notes: found.notes,
    };
    reading.read = reading.refused.len();
    for feature in &found.features {
        let code = property(feature, &CODES);
        let name = property(feature, &NAMES);
        let wanted = |only: &str| code.as_deref() == Some(only) || name.as_deref() == Some(only);
        if !options.only.is_empty() && !options.only.iter().any(|only| wanted(only)) {
            continue;
        }
        missing.retain(|only| !wanted(only));
        reading.read += 1;
        let name = name.or_else(|| code.clone()).unwrap_or_else(|| source.stem().to_owned());
        match read_outline(feature, &mut locator) {
            Ok(outline) => {
                reading
                    .candidates
                    .push(Candidate { line: feature.line, row: RawQuarter { code, name, outline } });
            }
            Err(fault) => reading.refused.push(Refusal::new(source.name(), feature.line, GEOMETRY, fault)),
        }
    }
    if let Some(only) = missing.first() {
        let fault = FileFault::NoSuchQuarter { wanted: (*only).to_owned() };
        return Err(ReadError::new(source.name(), fault));
    }
    Ok(reading)
}

/// Properties that hold the official code; those in capitals belong to Berlin's planning areas.
const CODES: [&str; 8] = ["code", "id", "PLR_ID", "BZR_ID", "schluessel", "Schluessel", "gml_id", "nummer"];
/// Properties that hold the name.
const NAMES: [&str; 7] = ["name", "Name", "NAME", "PLR_NAME", "BZR_NAME", "bezeichnung", "titel"];

fn property(feature: &Feature, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match feature.properties.get(*name)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

pub(crate) fn read_outline(feature: &Feature, locator: &mut Locator) -> Result<Outline, RowFault> {
    let wrong = |geometry| RowFault::WrongGeometry { geometry, wanted: WantedGeometry::Area };
    let geometry = feature.geometry.as_ref().ok_or_else(|| wrong(Geometry::Missing))?;
    let coordinates = geometry
        .get("coordinates")
        .and_then(Value::as_array)
        .ok_or_else(|| wrong(Geometry::WithoutCoordinates))?;
    let polygons: Vec<&Vec<Value>> = match geometry.get("type").and_then(Value::as_str) {
        Some("Polygon") => vec![coordinates],
        Some("MultiPolygon") => coordinates.iter().filter_map(Value::as_array).collect(),
        Some(other) => return Err(wrong(Geometry::Other { kind: other.to_owned() })),
        None => return Err(wrong(Geometry::WithoutType)),
    };
    let mut parts = Vec::with_capacity(polygons.len());
    for polygon in polygons {
        let rings: Result<Vec<Ring>, RowFault> =
            polygon.iter().map(|ring| read_ring(ring, locator)).collect();
        parts.push(rings?);
    }
    Outline::new(parts).map_err(|_| wrong(Geometry::Empty))
}

fn read_ring(ring: &Value, locator: &mut Locator) -> Result<Ring, RowFault> {
    let corners = ring.as_array().map_or(&[][..], Vec::as_slice);
    if corners.len() > outline::CORNER_LIMIT {
        return Err(RowFault::TooManyCorners { found: corners.len(), limit: outline::CORNER_LIMIT });
    }
    let mut positions = Vec::with_capacity(corners.len());
    for corner in corners {
        let number = |at: usize| corner.get(at).and_then(Value::as_f64).unwrap_or(f64::NAN);
        positions.push(locator.locate(number(0), number(1))?);
    }
    outline::check(&positions)?;
    Ring::new(positions).map_err(|_| RowFault::TooFewCorners { found: corners.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, only: &[&str]) -> Result<Reading<RawQuarter>, String> {
        let only = only.iter().map(|text| (*text).to_owned()).collect();
        let options = ReadOptions { only, ..ReadOptions::default() };
        read_quarters(&Source::new("q.geojson", text.as_bytes().to_vec()), &options)
            .map_err(|error| error.to_string())
    }

    fn feature(name: &str, kind: &str, coordinates: &str) -> String {
        format!(
            r#"{{"type":"Feature","properties":{{"id":"{name}1","name":"{name}"}},"geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}"#
        )
    }

    fn collection(features: &[String]) -> String {
        format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}", features.join(",\n"))
    }

    const SQUARE: &str = "[[[13.0,52.0],[13.2,52.0],[13.2,52.2],[13.0,52.2],[13.0,52.0]]]";

    #[test]
    fn one_of_many_is_found_by_code_or_name() {
        let text = collection(&[
            feature("A", "Polygon", SQUARE),
            feature("B", "MultiPolygon", &format!("[{SQUARE}]")),
        ]);
        assert_eq!(read(&text, &[]).expect("readable").candidates.len(), 2);
        let found = read(&text, &["B1"]).expect("readable");
        assert_eq!(
            (found.read, found.candidates[0].row.name.as_str(), found.candidates[0].line),
            (1, "B", 3)
        );
        assert_eq!(read(&text, &["A"]).expect("readable").candidates[0].row.code.as_deref(), Some("A1"));
        assert!(
            read(&text, &["C"]).is_err_and(|error| error.contains("no quarter with the code or name \"C\""))
        );
    }

    #[test]
    fn metres_become_degrees() {
        let square =
            "[[[391000,5817000],[392000,5817000],[392000,5818000],[391000,5818000],[391000,5817000]]]";
        let text = collection(&[feature("A", "Polygon", square)]).replace(
            "\"features\"",
            r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::25833"}},"features""#,
        );
        let found = read(&text, &[]).expect("readable");
        let corner = found.candidates[0].row.outline.parts()[0][0].corners()[0];
        assert!((corner.lat() - 52.49).abs() < 0.02 && (corner.lon() - 13.4).abs() < 0.02, "{corner:?}");
    }

    #[test]
    fn bad_outlines_are_refused_with_the_reason() {
        let cases = [
            (
                "Polygon",
                "[[[13.0,52.0],[13.2,52.0],[13.2,52.2],[13.0,52.2]]]",
                "the ring is not closed: it begins at 52.00000/13.00000",
            ),
            (
                "Polygon",
                "[[[13.0,52.0],[13.2,52.2],[13.2,52.0],[13.0,52.2],[13.0,52.0]]]",
                "crosses itself near 52.",
            ),
            ("Polygon", "[[[52.0,13.0],[52.0,13.2],[52.2,13.2],[52.0,13.0]]]", "look swapped"),
            ("Polygon", "[[[13.0,52.0],[13.2,52.0],[13.0,52.0]]]", "3 corners"),
            ("Polygon", "[]", "empty"),
            ("Polygon", "[[]]", "0 corners"),
            ("Polygon", "[[[13.0,\"x\"],[13.2,52.0],[13.0,52.0]]]", "cannot be projected"),
            ("Point", "[13.0,52.0]", "a Point, expected a Polygon"),
        ];
        for (kind, coordinates, reason) in cases {
            let found = read(&collection(&[feature("A", kind, coordinates)]), &[]).expect("readable");
            assert!(found.candidates.is_empty(), "{coordinates}");
            assert!(found.refused[0].reason.contains(reason), "{coordinates}: {}", found.refused[0].reason);
            assert_eq!((found.refused[0].line, found.refused[0].field.as_str()), (2, "geometry"));
        }
    }

    #[test]
    fn files_that_are_no_map_say_so() {
        assert!(
            read("name;street\n", &[])
                .is_err_and(|error| error.contains("is called .geojson but looks like text"))
        );
        assert!(read("{\"type\":\"FeatureCollection\",\"features\":[]}", &[]).is_err());
    }
}
