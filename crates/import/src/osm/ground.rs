//! What a thing on the ground is, from its tags.
//!
//! Source of the meanings: <https://wiki.openstreetmap.org/wiki/Map_features>.

use super::tags::TagSet;
use kiez_domain::basemap::{Ground, Names};
use kiez_domain::language::LanguageTag;
use kiez_domain::text::Name;

/// A line on the ground.
pub(super) fn of_line(tags: &TagSet) -> Option<Ground> {
    if matches!(tags.value("tunnel"), "yes" | "culvert" | "building_passage") {
        return None;
    }
    let street = match tags.value("highway") {
        "motorway" | "trunk" | "primary" | "secondary" | "motorway_link" | "trunk_link" | "primary_link"
        | "secondary_link" => Some(Ground::MainRoad),
        "tertiary" | "tertiary_link" | "residential" | "unclassified" | "living_street" | "road"
        | "pedestrian" => Some(Ground::Street),
        "service" if tags.value("service") == "parking_aisle" => None,
        "service" if tags.value("service") == "driveway" => Some(Ground::Path),
        "service" => Some(Ground::Street),
        "footway" | "path" | "cycleway" | "steps" | "track" | "bridleway" => Some(Ground::Path),
        _ => None,
    };
    street.or_else(|| match (tags.value("railway"), tags.value("waterway")) {
        ("rail" | "light_rail" | "subway" | "tram" | "narrow_gauge" | "monorail" | "funicular", _) => {
            Some(Ground::Rail)
        }
        (_, "river" | "canal" | "stream" | "ditch" | "drain") => Some(Ground::Waterway),
        _ => None,
    })
}

/// An area on the ground.
pub(super) fn of_area(tags: &TagSet) -> Option<Ground> {
    if !matches!(tags.value("building"), "" | "no") {
        return Some(Ground::Building);
    }
    match (tags.value("natural"), tags.value("waterway"), tags.value("landuse")) {
        ("water", ..) | (_, "riverbank" | "dock", _) | (.., "reservoir" | "basin") => {
            return Some(Ground::Water);
        }
        ("wood", ..) | (.., "forest") => return Some(Ground::Wood),
        (.., "cemetery") => return Some(Ground::Cemetery),
        (.., "recreation_ground" | "village_green") => return Some(Ground::Park),
        _ => {}
    }
    match (tags.value("leisure"), tags.value("amenity"), tags.value("highway")) {
        ("park" | "garden", ..) => Some(Ground::Park),
        ("pitch" | "playground" | "track", ..) => Some(Ground::Pitch),
        (_, "grave_yard", _) => Some(Ground::Cemetery),
        (_, "marketplace", _) => Some(Ground::Square),
        (_, _, "pedestrian" | "footway") => Some(Ground::Square),
        _ if tags.value("place") == "square" => Some(Ground::Square),
        _ => matches!(
            (tags.value("natural"), tags.value("landuse")),
            ("grassland" | "heath" | "scrub", _)
                | (_, "grass" | "meadow" | "allotments" | "farmland" | "orchard" | "vineyard")
        )
        .then_some(Ground::Grass),
    }
}

/// Whether a closed way with these tags is an area: a street that runs in a circle is none.
pub(super) fn closes_an_area(tags: &TagSet) -> bool {
    let lines = ["highway", "railway", "waterway"];
    match tags.value("area") {
        "yes" => true,
        "no" => false,
        _ => {
            !lines.iter().any(|key| tags.get(key).is_some())
                || matches!(tags.value("waterway"), "riverbank" | "dock")
        }
    }
}

/// A name on the ground.
pub(super) fn of_node(tags: &TagSet) -> Option<Ground> {
    let place = matches!(
        tags.value("place"),
        "city"
            | "town"
            | "village"
            | "hamlet"
            | "borough"
            | "suburb"
            | "quarter"
            | "neighbourhood"
            | "square"
    );
    let station = matches!(tags.value("railway"), "station" | "halt");
    match (place, station) {
        _ if tags.get("name").is_none() => None,
        (true, _) => Some(Ground::Place),
        (_, true) => Some(Ground::Station),
        _ => None,
    }
}

/// The names in all languages; a name that cannot be shown is none.
pub(super) fn names(tags: &TagSet) -> Names {
    let mut names = Names { local: tags.get("name").and_then(|name| name.parse().ok()), ..Names::default() };
    for (key, value) in tags.iter() {
        let Some(language) = key.strip_prefix("name:") else { continue };
        // "name:prefix" and the like are not languages: their first part is longer than three letters.
        if let (Ok(language), Ok(name)) = (language.parse::<LanguageTag>(), value.parse::<Name>()) {
            names.translated.insert(language, name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_tell_what_is_on_the_ground() {
        let line = |tags: &[(&str, &str)]| of_line(&TagSet::keep(tags));
        assert_eq!(line(&[("highway", "secondary")]), Some(Ground::MainRoad));
        assert_eq!(line(&[("highway", "residential")]), Some(Ground::Street));
        assert_eq!(line(&[("highway", "steps")]), Some(Ground::Path));
        assert_eq!(line(&[("highway", "proposed")]), None);
        assert_eq!(line(&[("railway", "subway"), ("tunnel", "yes")]), None);
        assert_eq!(line(&[("railway", "tram")]), Some(Ground::Rail));
        assert_eq!(line(&[("waterway", "canal")]), Some(Ground::Waterway));
        let area = |tags: &[(&str, &str)]| of_area(&TagSet::keep(tags));
        assert_eq!(area(&[("building", "yes"), ("amenity", "school")]), Some(Ground::Building));
        assert_eq!(area(&[("building", "no"), ("leisure", "park")]), Some(Ground::Park));
        assert_eq!(area(&[("natural", "water")]), Some(Ground::Water));
        assert_eq!(area(&[("landuse", "allotments")]), Some(Ground::Grass));
        assert_eq!(area(&[("place", "square")]), Some(Ground::Square));
        assert_eq!(area(&[("landuse", "residential")]), None);
    }

    #[test]
    fn a_street_in_a_circle_is_no_area() {
        let closes = |tags: &[(&str, &str)]| closes_an_area(&TagSet::keep(tags));
        assert!(!closes(&[("highway", "residential")]));
        assert!(closes(&[("highway", "pedestrian"), ("area", "yes")]));
        assert!(closes(&[("building", "yes")]));
    }

    #[test]
    fn names_in_six_scripts_are_kept_and_no_language_is_invented() {
        let tags = TagSet::keep(&[
            ("name", "Kottbusser Tor"),
            ("name:ar", "باب كوتبوس"),
            ("name:ru", "Котбусские ворота"),
            ("name:el", "Πύλη"),
            ("name:he", "שער"),
            ("name:ja", "コットブス門"),
            ("name:prefix", "U-Bahnhof"),
            ("name:tr", "a\u{202E}b"),
        ]);
        let names = names(&tags);
        let languages: Vec<&str> = names.translated.keys().map(LanguageTag::as_str).collect();
        assert_eq!(languages, ["ar", "el", "he", "ja", "ru"]);
        assert_eq!(names.local.map(String::from), Some("Kottbusser Tor".to_owned()));
    }

    #[test]
    fn a_place_without_a_name_says_nothing() {
        assert_eq!(of_node(&TagSet::keep(&[("place", "suburb"), ("name", "Neukölln")])), Some(Ground::Place));
        assert_eq!(of_node(&TagSet::keep(&[("place", "suburb")])), None);
        assert_eq!(
            of_node(&TagSet::keep(&[("railway", "station"), ("name", "Südstern")])),
            Some(Ground::Station)
        );
    }
}
