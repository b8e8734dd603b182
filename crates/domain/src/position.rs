//! A place on the ground in WGS 84.

use crate::issue::{Expected, Problem};

/// Latitude and longitude in degrees (WGS 84, EPSG:4326), finite and in range.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "RawPosition")]
pub struct Position {
    lat: f64,
    lon: f64,
}

#[derive(serde::Deserialize)]
struct RawPosition {
    lat: f64,
    lon: f64,
}

/// Mean radius of the earth in metres (IUGG 1980).
const EARTH_RADIUS_M: f64 = 6_371_008.8;

impl Position {
    /// The only way in.
    ///
    /// # Errors
    /// When a number is not finite or outside ±90 or ±180 degrees.
    pub fn new(lat: f64, lon: f64) -> Result<Self, Problem> {
        in_range(lat, 90.0)?;
        in_range(lon, 180.0)?;
        Ok(Self { lat, lon })
    }

    /// Reads two fields of a form; both empty means that the place is unknown. A decimal comma is fine.
    ///
    /// # Errors
    /// When only one is given, or one is no number in range.
    pub fn from_texts(lat: &str, lon: &str) -> Result<Option<Self>, Problem> {
        if lat.trim().is_empty() && lon.trim().is_empty() {
            return Ok(None);
        }
        Self::new(degrees(lat)?, degrees(lon)?).map(Some)
    }

    /// Degrees north.
    #[must_use]
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Degrees east.
    #[must_use]
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Distance as the crow flies in metres, by the haversine formula (Sinnott 1984).
    #[must_use]
    pub fn distance_m(self, other: Self) -> f64 {
        let (lat_a, lat_b) = (self.lat.to_radians(), other.lat.to_radians());
        let half_lat = ((lat_b - lat_a) / 2.0).sin();
        let half_lon = ((other.lon - self.lon).to_radians() / 2.0).sin();
        let h = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
        2.0 * EARTH_RADIUS_M * h.clamp(0.0, 1.0).sqrt().asin()
    }

    /// So much longer than the crow's way is the way on foot: the usual detour factor of dense street grids.
    pub const DETOUR: f64 = 1.3;

    /// Walking distance in metres: the crow's way times [`Self::DETOUR`].
    #[must_use]
    pub fn walk_m(self, other: Self) -> f64 {
        self.distance_m(other) * Self::DETOUR
    }
}

impl TryFrom<RawPosition> for Position {
    type Error = Problem;
    fn try_from(raw: RawPosition) -> Result<Self, Problem> {
        Self::new(raw.lat, raw.lon)
    }
}

fn degrees(text: &str) -> Result<f64, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Missing);
    }
    text.replace(',', ".").parse().map_err(|_| Problem::unreadable(text, Expected::Degrees))
}

fn in_range(degrees: f64, most: f64) -> Result<(), Problem> {
    if degrees.is_finite() && degrees.abs() <= most {
        return Ok(());
    }
    Err(Problem::OutOfRange {
        given: degrees.to_string(),
        least: (-most).to_string(),
        most: most.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn anywhere() -> impl Strategy<Value = Position> {
        (-90.0..=90.0f64, -180.0..=180.0f64)
            .prop_map(|(lat, lon)| Position::new(lat, lon).expect("the ranges are those of the type"))
    }

    proptest! {
        #[test]
        fn distance_is_symmetric_and_bounded(a in anywhere(), b in anywhere()) {
            prop_assert!((a.distance_m(b) - b.distance_m(a)).abs() < 1e-6);
            prop_assert!(a.distance_m(a) < 1e-6);
            prop_assert!(a.distance_m(b) <= std::f64::consts::PI * EARTH_RADIUS_M + 1.0);
        }
    }

    #[test]
    fn a_degree_of_latitude_is_111_kilometres() {
        let berlin = Position::new(52.0, 13.4).expect("valid");
        let north = Position::new(53.0, 13.4).expect("valid");
        assert!((berlin.distance_m(north) - 111_195.0).abs() < 10.0);
    }

    #[test]
    fn nowhere_is_refused() {
        assert!(Position::new(f64::NAN, 0.0).is_err());
        assert!(Position::new(0.0, 180.1).is_err());
    }
}
