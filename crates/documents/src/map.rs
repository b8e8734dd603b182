//! Things on the ground as GeoJSON.

use geojson::{Feature, FeatureCollection, Geometry, GeometryValue, JsonObject, JsonValue};
use kiez_domain::basemap::Shape;
use kiez_domain::position::Position;
use kiez_domain::quarter::{Outline, Ring};

/// One thing with its shape and what is said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct MapFeature {
    /// Its id.
    pub id: String,
    /// Where it is; a thing without a place stands in the list with a null geometry (RFC 7946 §3.2).
    pub shape: Option<Shape>,
    /// Name and value of each property, in order.
    pub properties: Vec<(&'static str, Property)>,
}

/// The value of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Property {
    /// Words.
    Text(String),
    /// Yes or no.
    Flag(bool),
}

impl From<String> for Property {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Property {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<bool> for Property {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

/// Writes things as a GeoJSON feature collection (RFC 7946), WGS 84, longitude first.
#[must_use]
pub fn geo_json(things: &[MapFeature]) -> String {
    let features = things.iter().map(feature).collect();
    FeatureCollection { bbox: None, features, foreign_members: None }.to_string()
}

fn feature(thing: &MapFeature) -> Feature {
    let mut properties = JsonObject::new();
    for (name, value) in &thing.properties {
        let value = match value {
            Property::Text(text) => JsonValue::from(text.as_str()),
            Property::Flag(flag) => JsonValue::from(*flag),
        };
        properties.insert((*name).to_owned(), value);
    }
    Feature {
        bbox: None,
        geometry: thing.shape.as_ref().map(|shape| Geometry::new(geometry(shape))),
        id: Some(geojson::feature::Id::String(thing.id.clone())),
        properties: Some(properties),
        foreign_members: None,
    }
}

fn geometry(shape: &Shape) -> GeometryValue {
    match shape {
        Shape::Point(at) => GeometryValue::new_point(pair(*at)),
        Shape::Line(places) => GeometryValue::new_line_string(places.iter().copied().map(pair)),
        Shape::Area(outline) => area(outline),
    }
}

fn area(outline: &Outline) -> GeometryValue {
    let ring = |ring: &Ring| ring.corners().iter().copied().map(pair).collect::<Vec<_>>();
    GeometryValue::new_multi_polygon(
        outline.parts().iter().map(|part| part.iter().map(ring).collect::<Vec<_>>()),
    )
}

fn pair(at: Position) -> [f64; 2] {
    [at.lon(), at.lat()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> Position {
        Position::new(lat, lon).expect("valid")
    }

    fn written(thing: MapFeature) -> serde_json::Value {
        let value: serde_json::Value = serde_json::from_str(&geo_json(&[thing])).expect("JSON");
        value["features"][0].clone()
    }

    #[test]
    fn longitude_comes_first_and_an_unknown_place_is_null() {
        let properties = vec![("name", "Café".into()), ("home", true.into())];
        let cafe = MapFeature { id: "a".into(), shape: Some(Shape::Point(at(52.49, 13.41))), properties };
        let cafe = written(cafe);
        assert_eq!(cafe["geometry"]["coordinates"], serde_json::json!([13.41, 52.49]));
        assert_eq!(
            (&cafe["properties"]["name"], &cafe["properties"]["home"]),
            (&"Café".into(), &true.into())
        );
        let lost = written(MapFeature { id: "b".into(), shape: None, properties: Vec::new() });
        assert!(lost["geometry"].is_null());
    }

    #[test]
    fn lines_and_areas_keep_their_corners_and_holes() {
        let line = MapFeature {
            id: "l".into(),
            shape: Some(Shape::Line(vec![at(1.0, 2.0), at(3.0, 4.0)])),
            properties: Vec::new(),
        };
        assert_eq!(written(line)["geometry"]["coordinates"], serde_json::json!([[2.0, 1.0], [4.0, 3.0]]));
        let ring = |edge: f64| {
            let corners = vec![at(0.0, 0.0), at(0.0, edge), at(edge, edge), at(0.0, 0.0)];
            Ring::new(corners).expect("closed")
        };
        let outline = Outline::new(vec![vec![ring(9.0), ring(1.0)]]).expect("a part");
        let area =
            written(MapFeature { id: "q".into(), shape: Some(Shape::Area(outline)), properties: Vec::new() });
        assert_eq!(area["geometry"]["type"], "MultiPolygon");
        assert_eq!(area["geometry"]["coordinates"][0][1][1], serde_json::json!([1.0, 0.0]));
    }
}
