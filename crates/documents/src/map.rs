//! Places as GeoJSON.

use geojson::{Feature, FeatureCollection, Geometry, GeometryValue, JsonObject};
use kiez_domain::position::Position;

/// One place with what is said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its id.
    pub id: String,
    /// Where it is; a place without a position stands in the list with a null geometry (RFC 7946 §3.2).
    pub position: Option<Position>,
    /// Name and value of each property, in order.
    pub properties: Vec<(&'static str, String)>,
}

/// Writes places as a GeoJSON feature collection (RFC 7946), WGS 84, longitude first.
#[must_use]
pub fn geo_json(places: &[Place]) -> String {
    let features = places.iter().map(feature).collect();
    FeatureCollection { bbox: None, features, foreign_members: None }.to_string()
}

fn feature(place: &Place) -> Feature {
    let mut properties = JsonObject::new();
    for (name, value) in &place.properties {
        properties.insert((*name).to_owned(), value.as_str().into());
    }
    let point = |at: Position| Geometry::new(GeometryValue::new_point([at.lon(), at.lat()]));
    Feature {
        bbox: None,
        geometry: place.position.map(point),
        id: Some(geojson::feature::Id::String(place.id.clone())),
        properties: Some(properties),
        foreign_members: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longitude_comes_first_and_an_unknown_place_is_null() {
        let at = Position::new(52.49, 13.41).expect("valid");
        let places = [
            Place { id: "a".into(), position: Some(at), properties: vec![("name", "Café".into())] },
            Place { id: "b".into(), position: None, properties: Vec::new() },
        ];
        let value: serde_json::Value = serde_json::from_str(&geo_json(&places)).expect("JSON");
        assert_eq!(value["features"][0]["geometry"]["coordinates"], serde_json::json!([13.41, 52.49]));
        assert_eq!(value["features"][0]["properties"]["name"], "Café");
        assert!(value["features"][1]["geometry"].is_null());
    }
}
