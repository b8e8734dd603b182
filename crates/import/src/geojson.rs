//! GeoJSON (RFC 7946, and older files with a `crs` member): features with the line where each starts.

use crate::encoding::decode;
use crate::error::{Field, ReadError, Refusal};
use crate::file_fault::{FileFault, Top};
use crate::place::CoordinateSystem;
use crate::row_fault::{Geometry, RowFault, WantedGeometry};
use crate::source::Source;
use crate::table::{LineCounter, Row, Table};
use csv::StringRecord;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// What a refusal calls the part of a feature that says where it is.
pub(crate) const GEOMETRY: Field<'static> = Field::Ours("geometry");

/// A whole file: its features, and what its numbers mean.
pub(crate) struct Features {
    pub(crate) coordinates: Option<CoordinateSystem>,
    pub(crate) features: Vec<Feature>,
    pub(crate) notes: Vec<String>,
    /// Entries of the list that are no features.
    pub(crate) refused: Vec<Refusal>,
    /// A member of its own (RFC 7946 §6.1): who must be named.
    pub(crate) attribution: Option<String>,
}

/// One feature with the line where it starts.
pub(crate) struct Feature {
    pub(crate) line: u64,
    pub(crate) properties: Map<String, Value>,
    pub(crate) geometry: Option<Value>,
}

#[derive(serde::Deserialize)]
struct Document<'a> {
    r#type: Option<String>,
    crs: Option<Value>,
    attribution: Option<Value>,
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
}

#[derive(serde::Deserialize)]
struct RawFeature {
    r#type: Option<String>,
    id: Option<Value>,
    properties: Option<Map<String, Value>>,
    geometry: Option<Value>,
}

pub(crate) fn read(source: &Source) -> Result<Features, ReadError> {
    let decoded = decode(source)?;
    let text = decoded.text.as_ref();
    let document: Document<'_> = serde_json::from_str(text).map_err(|error| broken(source, &error))?;
    let coordinates = coordinate_system(source, document.crs.as_ref())?;
    let mut found = Features {
        coordinates,
        features: Vec::new(),
        notes: decoded.note.into_iter().collect(),
        refused: Vec::new(),
        attribution: document.attribution.as_ref().and_then(Value::as_str).map(ToOwned::to_owned),
    };
    let mut lines = LineCounter::new(text);
    match (document.r#type.as_deref(), document.features) {
        (Some("FeatureCollection"), Some(features)) => {
            for raw in features {
                let line = lines.line_at(raw.get().as_ptr() as usize - text.as_ptr() as usize);
                match serde_json::from_str::<RawFeature>(raw.get()) {
                    Ok(feature) => found.features.push(Feature::from_raw(line, feature)),
                    Err(error) => found.refused.push(not_a_feature(source, line, &error)),
                }
            }
        }
        (Some("Feature"), None) => {
            let raw = serde_json::from_str::<RawFeature>(text).map_err(|error| broken(source, &error))?;
            found.features.push(Feature::from_raw(1, raw));
        }
        (Some("Polygon" | "MultiPolygon" | "Point"), None) => {
            let geometry = serde_json::from_str(text).map_err(|error| broken(source, &error))?;
            found.features.push(Feature { line: 1, properties: Map::new(), geometry: Some(geometry) });
        }
        (kind, _) => {
            let top = kind.map_or(Top::NoType, |kind| Top::Type { kind: kind.to_owned() });
            return Err(ReadError::new(source.name(), FileFault::NotGeoJson { top }));
        }
    }
    Ok(found)
}

impl Feature {
    fn from_raw(line: u64, raw: RawFeature) -> Self {
        let mut properties = raw.properties.unwrap_or_default();
        if let (Some(id), None) = (raw.id, properties.get("id")) {
            properties.insert("id".to_owned(), id);
        }
        let geometry = if raw.r#type.as_deref() == Some("Feature") { raw.geometry } else { None };
        Self { line, properties, geometry: geometry.filter(|geometry| !geometry.is_null()) }
    }
}

/// Reads features as rows: the names of all properties are the headings, the geometry is the place.
pub(crate) fn read_table(source: &Source) -> Result<Table, ReadError> {
    let found = read(source)?;
    let mut columns: Vec<String> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for name in found.features.iter().flat_map(|feature| feature.properties.keys()) {
        if !places.contains_key(name) {
            places.insert(name.clone(), columns.len());
            columns.push(name.clone());
        }
    }
    let mut table = Table {
        file: source.name().to_owned(),
        heading_line: 1,
        read: found.features.len() + found.refused.len(),
        columns,
        refused: found.refused,
        notes: found.notes,
        coordinates: found.coordinates,
        ..Table::default()
    };
    table.check_size(table.read)?;
    for feature in found.features {
        let place = match feature.geometry.as_ref().map(middle).transpose() {
            Ok(place) => place,
            Err(fault) => {
                table.refused.push(Refusal::new(&table.file, feature.line, GEOMETRY, fault));
                continue;
            }
        };
        let mut cells = vec![String::new(); table.columns.len()];
        for (name, value) in feature.properties {
            cells[places[&name]] = in_a_cell(value);
        }
        table.rows.push(Row { line: feature.line, cells: StringRecord::from(cells), place });
    }
    Ok(table)
}

fn in_a_cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Array(list) if list.iter().all(Value::is_string) => {
            list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// The point itself, or the middle of the extent of anything larger.
fn middle(geometry: &Value) -> Result<(f64, f64), RowFault> {
    let mut extent: Option<[f64; 4]> = None;
    let mut corners = vec![geometry.get("coordinates").unwrap_or(&Value::Null)];
    while let Some(part) = corners.pop() {
        let list = part.as_array().map_or(&[][..], Vec::as_slice);
        match list {
            [x, y, ..] if x.is_number() => {
                let (x, y) = (x.as_f64().unwrap_or(f64::NAN), y.as_f64().unwrap_or(f64::NAN));
                let [west, south, east, north] = extent.unwrap_or([x, y, x, y]);
                extent = Some([west.min(x), south.min(y), east.max(x), north.max(y)]);
            }
            parts => corners.extend(parts),
        }
    }
    let Some([west, south, east, north]) = extent else {
        let kind = geometry.get("type").map(Value::to_string);
        let geometry = kind.map_or(Geometry::Empty, |kind| Geometry::EmptyOf { kind });
        return Err(RowFault::WrongGeometry { geometry, wanted: WantedGeometry::Point });
    };
    Ok((f64::midpoint(west, east), f64::midpoint(south, north)))
}

fn coordinate_system(source: &Source, member: Option<&Value>) -> Result<Option<CoordinateSystem>, ReadError> {
    let Some(member) = member.filter(|member| !member.is_null()) else { return Ok(None) };
    let name = member.pointer("/properties/name").and_then(Value::as_str);
    let name = name.map_or_else(|| member.to_string(), str::to_owned);
    match CoordinateSystem::from_name(&name) {
        Some(system) => Ok(Some(system)),
        None => Err(ReadError::new(source.name(), FileFault::UnknownCoordinateSystem { system: name })),
    }
}

fn broken(source: &Source, error: &serde_json::Error) -> ReadError {
    let fault = if error.is_eof() {
        FileFault::TruncatedJson { detail: without_place(error) }
    } else {
        FileFault::BrokenJson { detail: without_place(error) }
    };
    let place = (error.line() as u64, error.column() as u64);
    ReadError::new(source.name(), fault).at_line(place.0.max(1)).at_column(place.1.max(1))
}

fn not_a_feature(source: &Source, line: u64, error: &serde_json::Error) -> Refusal {
    let fault = RowFault::NotAFeature { detail: error.to_string() };
    Refusal::new(source.name(), line, Field::Ours("feature"), fault)
}

/// The place stands in front of our sentence already.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.clone(), |(sentence, _)| sentence.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::new("a.geojson", text.as_bytes().to_vec())
    }

    const TWO: &str = r#"{"type": "FeatureCollection",
 "features": [
  {"type": "Feature", "properties": {"name": "A", "n": 3, "list": ["x", "y"]},
   "geometry": {"type": "Point", "coordinates": [13.41, 52.49]}},
  {"type": "Feature", "id": "way/1", "properties": {"name": "B"},
   "geometry": {"type": "Polygon", "coordinates": [[[13.0, 52.0], [13.2, 52.0], [13.2, 52.4], [13.0, 52.0]]]}},
  {"type": "Feature", "properties": {"name": "C"}, "geometry": {"type": "Point", "coordinates": []}},
  7
 ]}"#;

    #[test]
    fn features_are_rows_with_lines_and_places() {
        let table = read_table(&source(TWO)).expect("readable");
        assert_eq!(table.columns, ["name", "n", "list", "id"]);
        assert_eq!((table.rows[0].line, table.rows[0].place), (3, Some((13.41, 52.49))));
        assert_eq!(table.rows[0].cells, StringRecord::from(vec!["A", "3", "x, y", ""]));
        let (x, y) = table.rows[1].place.expect("a polygon has a middle");
        assert!((x - 13.1).abs() < 1e-9 && (y - 52.2).abs() < 1e-9);
        assert_eq!(table.rows[1].cells.get(3), Some("way/1"));
        let refused: Vec<(u64, &str)> = table.refused.iter().map(|r| (r.line, r.field.as_str())).collect();
        assert_eq!(refused, [(8, "feature"), (7, "geometry")]);
        assert_eq!(table.read, 4);
    }

    #[test]
    fn a_file_cut_off_says_where() {
        let error = read(&source(&TWO[..120])).err().expect("cut off").to_string();
        assert!(error.starts_with("a.geojson:3:") && error.contains("ends in the middle"), "{error}");
        let error = read(&source("{\"type\": oops}")).err().expect("a slip").to_string();
        assert!(error.starts_with("a.geojson:1:") && error.contains("not valid JSON"), "{error}");
    }

    #[test]
    fn other_json_and_other_systems_are_refused() {
        let error = read(&source("{\"needs\": []}")).err().expect("no map").to_string();
        assert!(error.contains("is JSON but not GeoJSON") && error.contains("no \"type\""), "{error}");
        assert!(read(&source("[1, 2]")).is_err());
        let text = r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"features":[]}"#;
        let error = read(&source(text)).err().expect("Web Mercator").to_string();
        assert!(error.contains("EPSG:3857") && error.contains("export it as EPSG:4326"), "{error}");
    }
}
