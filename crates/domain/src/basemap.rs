//! The ground below a neighbourhood's map: streets, buildings, water, green, rails, boundaries, names.

use crate::bounds::Bounds;
use crate::language::LanguageTag;
use crate::lifecycle::words;
use crate::position::Position;
use crate::quarter::Outline;
use crate::text::Name;
use std::collections::BTreeMap;

words! {
    /// What a feature of the ground is; it decides the layer of the map and from which zoom it is drawn.
    Ground, "water, waterway, park, wood, grass, cemetery, pitch, square, building, rail, main_road, street, path, boundary, place, station or address" {
        /// A lake, a wide river, a basin.
        Water = "water",
        /// A canal or stream drawn as a line.
        Waterway = "waterway",
        /// A park or garden.
        Park = "park",
        /// Trees.
        Wood = "wood",
        /// Meadow, lawn, allotments.
        Grass = "grass",
        /// A graveyard.
        Cemetery = "cemetery",
        /// A playground or sports ground.
        Pitch = "pitch",
        /// A square or a pedestrian area.
        Square = "square",
        /// A building.
        Building = "building",
        /// Tracks of trains, trams, undergrounds above the ground.
        Rail = "rail",
        /// A street that leads through: motorway to secondary.
        MainRoad = "main_road",
        /// Every other street with cars.
        Street = "street",
        /// Footways, cycleways, steps.
        Path = "path",
        /// An administrative boundary.
        Boundary = "boundary",
        /// A name without a shape: a suburb, a quarter, a square.
        Place = "place",
        /// A stop of trains or undergrounds.
        Station = "station",
        /// The number of a house, at its door.
        Address = "address",
    }
}

impl Ground {
    /// The layer of the vector tiles the feature stands in.
    #[must_use]
    pub fn layer(self) -> &'static str {
        match self {
            Self::Water | Self::Waterway => "water",
            Self::Park | Self::Wood | Self::Grass | Self::Cemetery | Self::Pitch => "green",
            Self::Building => "building",
            Self::Rail => "rail",
            Self::MainRoad | Self::Street | Self::Path | Self::Square => "street",
            Self::Boundary => "boundary",
            Self::Place | Self::Station => "place",
            Self::Address => "address",
        }
    }

    /// The lowest zoom (web mercator, tiles of 256 points count from 0) at which the feature says something.
    #[must_use]
    pub fn least_zoom(self) -> u8 {
        match self {
            Self::Water | Self::MainRoad | Self::Rail | Self::Boundary | Self::Wood | Self::Place => 10,
            Self::Park | Self::Waterway | Self::Cemetery | Self::Grass => 11,
            Self::Street | Self::Station => 12,
            Self::Pitch | Self::Square | Self::Building => 13,
            Self::Path => 14,
            // Closer, the browser enlarges these tiles.
            Self::Address => 16,
        }
    }
}

/// The shape of a feature in WGS 84.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// One place.
    Point(Position),
    /// A line of at least two places.
    Line(Vec<Position>),
    /// An area with its holes, of one or several parts.
    Area(Outline),
}

impl Shape {
    /// Every place of the shape, in drawing order.
    pub fn positions(&self) -> Box<dyn Iterator<Item = Position> + '_> {
        match self {
            Self::Point(at) => Box::new(std::iter::once(*at)),
            Self::Line(places) => Box::new(places.iter().copied()),
            Self::Area(outline) => Box::new(outline.corners()),
        }
    }
}

impl Shape {
    /// The box around it; none around a line without places.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        Bounds::around(self.positions())
    }
}

/// What a thing on the ground is called: as it is written there, and in other languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// The name on the sign.
    pub local: Option<Name>,
    /// The names in other languages, where the source has them.
    pub translated: BTreeMap<LanguageTag, Name>,
}

/// One feature of the ground.
#[derive(Debug, Clone, PartialEq)]
pub struct GroundFeature {
    /// What it is.
    pub ground: Ground,
    /// What it is called.
    pub names: Names,
    /// Where it is.
    pub shape: Shape,
}

/// Everything that is drawn below the actors of a region.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BaseMap {
    /// The features, in the order of the source.
    pub features: Vec<GroundFeature>,
}

impl BaseMap {
    /// The box around all features.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        Bounds::around(self.features.iter().flat_map(|feature| feature.shape.positions()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> Position {
        Position::new(lat, lon).expect("valid")
    }

    #[test]
    fn nothing_has_no_box() {
        assert_eq!(BaseMap::default().bounds(), None);
    }

    #[test]
    fn a_path_is_drawn_later_than_a_street_and_in_the_same_layer() {
        assert_eq!(Ground::Path.layer(), Ground::Street.layer());
        assert!(Ground::Path.least_zoom() > Ground::Street.least_zoom());
    }

    #[test]
    fn a_line_gives_its_places_in_order() {
        let places = vec![at(1.0, 2.0), at(3.0, 4.0)];
        assert_eq!(Shape::Line(places.clone()).positions().collect::<Vec<_>>(), places);
    }
}
