//! A box on the ground: from its lowest to its highest latitude and longitude.

use crate::position::Position;

/// The smallest box of latitudes and longitudes around some places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The corner with the lowest latitude and longitude.
    pub south_west: Position,
    /// The corner with the highest latitude and longitude.
    pub north_east: Position,
}

impl Bounds {
    /// The box around places; none when there is no place. Boxes across the date line are not known.
    #[must_use]
    pub fn around(places: impl IntoIterator<Item = Position>) -> Option<Self> {
        let mut places = places.into_iter();
        let first = places.next()?;
        let (mut south, mut west, mut north, mut east) = (first.lat(), first.lon(), first.lat(), first.lon());
        for place in places {
            south = south.min(place.lat());
            west = west.min(place.lon());
            north = north.max(place.lat());
            east = east.max(place.lon());
        }
        let corner = |lat, lon| Position::new(lat, lon).ok();
        Some(Self { south_west: corner(south, west)?, north_east: corner(north, east)? })
    }

    /// Whether the place lies inside or on the edge.
    #[must_use]
    pub fn contains(&self, place: Position) -> bool {
        (self.south_west.lat()..=self.north_east.lat()).contains(&place.lat())
            && (self.south_west.lon()..=self.north_east.lon()).contains(&place.lon())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lat: f64, lon: f64) -> Position {
        Position::new(lat, lon).expect("valid")
    }

    proptest! {
        #[test]
        fn a_box_holds_every_place_it_was_made_of(places in prop::collection::vec((-90.0..=90.0f64, -180.0..=180.0f64), 1..20)) {
            let places: Vec<Position> = places.into_iter().map(|(lat, lon)| at(lat, lon)).collect();
            let bounds = Bounds::around(places.iter().copied()).expect("there is a place");
            prop_assert!(places.into_iter().all(|place| bounds.contains(place)));
        }
    }
}
