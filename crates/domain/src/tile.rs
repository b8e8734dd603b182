//! One square of the map: its zoom, column and row.

use crate::issue::Problem;
use crate::position::Position;
use std::f64::consts::PI;
use std::fmt;

/// The lowest zoom that is drawn: a city on one screen.
pub const LEAST_ZOOM: u8 = 10;
/// The highest zoom that is drawn; beyond it the browser enlarges, and everything is there already.
pub const MOST_ZOOM: u8 = 16;

/// The address of a tile, as every map on the web counts them: row 0 in the north, column 0 at 180° west.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileAddress {
    zoom: u8,
    column: u32,
    row: u32,
}

impl TileAddress {
    /// The only way in.
    ///
    /// # Errors
    /// When the zoom is not drawn, or the world has no such column or row.
    pub fn new(zoom: u8, column: u32, row: u32) -> Result<Self, Problem> {
        in_range(u32::from(zoom), (LEAST_ZOOM.into(), MOST_ZOOM.into()))?;
        let last = (1 << zoom) - 1;
        in_range(column, (0, last))?;
        in_range(row, (0, last))?;
        Ok(Self { zoom, column, row })
    }

    /// The tile in which a place lies; beyond the map's edge at 85.05° the nearest one.
    ///
    /// # Errors
    /// When the zoom is not drawn.
    pub fn around(place: Position, zoom: u8) -> Result<Self, Problem> {
        let plane = Plane::of(place);
        let side = f64::from(1_u32 << zoom.min(31));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 0 and the side")]
        let at = |share: f64| (share * side).floor().clamp(0.0, side - 1.0) as u32;
        Self::new(zoom, at(plane.x), at(plane.y))
    }

    /// How close one looks: each step halves the ground a tile shows.
    #[must_use]
    pub fn zoom(self) -> u8 {
        self.zoom
    }

    /// Counted from 180° west.
    #[must_use]
    pub fn column(self) -> u32 {
        self.column
    }

    /// Counted from the north.
    #[must_use]
    pub fn row(self) -> u32 {
        self.row
    }
}

impl fmt::Display for TileAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.zoom, self.column, self.row)
    }
}

/// A place on the map's plane: web mercator (EPSG:3857), the whole world one wide and one high, `y` to the south.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plane {
    /// From 180° west (0) to 180° east (1).
    pub x: f64,
    /// From 85.05° north (0) to 85.05° south (1).
    pub y: f64,
}

/// Where the plane ends: the latitude at which the world is as high as wide, atan(sinh π).
const EDGE: f64 = 85.051_128_779_806_59;

impl Plane {
    /// The spherical mercator projection (Snyder 1987, formulas 7-1 and 7-2), scaled to one.
    #[must_use]
    pub fn of(place: Position) -> Self {
        let lat = place.lat().clamp(-EDGE, EDGE).to_radians();
        Self { x: place.lon() / 360.0 + 0.5, y: 0.5 - lat.tan().asinh() / (2.0 * PI) }
    }

    /// The place again, by the inverse formulas.
    ///
    /// # Errors
    /// When it lies beside the world.
    pub fn position(self) -> Result<Position, Problem> {
        let lat = ((0.5 - self.y) * 2.0 * PI).sinh().atan().to_degrees();
        Position::new(lat, (self.x - 0.5) * 360.0)
    }
}

fn in_range(given: u32, (least, most): (u32, u32)) -> Result<(), Problem> {
    if (least..=most).contains(&given) {
        return Ok(());
    }
    Err(Problem::OutOfRange { given: given.to_string(), least: least.to_string(), most: most.to_string() })
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
        fn a_place_comes_back_from_the_plane(lat in -85.0..85.0f64, lon in -180.0..180.0f64) {
            let back = Plane::of(at(lat, lon)).position().expect("on the earth");
            prop_assert!((back.lat() - lat).abs() < 1e-9 && (back.lon() - lon).abs() < 1e-9);
        }

        #[test]
        fn each_step_closer_halves_the_tile(lat in -89.0..89.0f64, lon in -180.0..=180.0f64, zoom in LEAST_ZOOM..MOST_ZOOM) {
            let (far, near) = (TileAddress::around(at(lat, lon), zoom), TileAddress::around(at(lat, lon), zoom + 1));
            let (far, near) = (far.expect("drawn"), near.expect("drawn"));
            prop_assert_eq!((near.column() / 2, near.row() / 2), (far.column(), far.row()));
        }
    }

    #[test]
    fn the_equator_and_greenwich_meet_in_the_middle_of_the_plane() {
        assert_eq!(Plane::of(at(0.0, 0.0)), Plane { x: 0.5, y: 0.5 });
        // By definition of the projection's edge the world is as high as it is wide.
        assert!(Plane::of(at(EDGE, 180.0)).y.abs() < 1e-12);
    }

    #[test]
    fn a_known_tile_of_berlin() {
        // By hand, formulas of the OpenStreetMap wiki ("Slippy map tilenames"): 32768·193.3777/360 = 17601.67,
        // 32768·(1 − ln(tan φ + sec φ)/π)/2 = 10746.99.
        let tile = TileAddress::around(at(52.5163, 13.3777), 15).expect("drawn");
        assert_eq!((tile.column(), tile.row()), (17_601, 10_746));
        assert_eq!(TileAddress::new(15, tile.column(), tile.row()), Ok(tile));
    }

    #[test]
    fn what_the_world_does_not_have_is_refused() {
        assert!(TileAddress::new(9, 0, 0).is_err() && TileAddress::new(17, 0, 0).is_err());
        assert!(TileAddress::new(10, 1023, 1023).is_ok());
        assert!(TileAddress::new(10, 1024, 0).is_err() && TileAddress::new(10, 0, 1024).is_err());
        assert!(TileAddress::around(at(0.0, 0.0), 200).is_err());
    }
}
