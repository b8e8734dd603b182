//! Coordinates of a file become a position: decimal comma, projection, and whether the place can be meant.

use crate::row_fault::RowFault;
use kiez_domain::position::Position;
use proj4rs::Proj;

/// The area in which places are expected, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlausibleBox {
    /// Smallest longitude.
    pub west: f64,
    /// Smallest latitude.
    pub south: f64,
    /// Largest longitude.
    pub east: f64,
    /// Largest latitude.
    pub north: f64,
}

impl Default for PlausibleBox {
    /// Europe with room around it.
    fn default() -> Self {
        Self { west: -25.0, south: 34.0, east: 45.0, north: 72.0 }
    }
}

/// Metres in one degree of latitude.
const METRES_PER_DEGREE: f64 = 111_195.0;

impl PlausibleBox {
    /// The box around some positions with a margin in metres; nothing when there is no position.
    #[must_use]
    pub fn around(positions: &[Position], margin_m: f64) -> Option<Self> {
        let first = positions.first()?;
        let mut found = Self { west: first.lon(), south: first.lat(), east: first.lon(), north: first.lat() };
        for position in positions {
            found.west = found.west.min(position.lon());
            found.east = found.east.max(position.lon());
            found.south = found.south.min(position.lat());
            found.north = found.north.max(position.lat());
        }
        let up = margin_m / METRES_PER_DEGREE;
        let widest = found.south.abs().max(found.north.abs()).min(85.0);
        let aside = up / widest.to_radians().cos();
        Some(Self {
            west: found.west - aside,
            south: found.south - up,
            east: found.east + aside,
            north: found.north + up,
        })
    }

    fn contains(&self, latitude: f64, longitude: f64) -> bool {
        (self.south..=self.north).contains(&latitude) && (self.west..=self.east).contains(&longitude)
    }

    fn does_not_hold(&self, latitude: f64, longitude: f64) -> RowFault {
        let [south, north, west, east] =
            [self.south, self.north, self.west, self.east].map(|edge| format!("{edge:.2}"));
        RowFault::OutsideArea { latitude, longitude, south, north, west, east }
    }
}

/// A coordinate system that we can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CoordinateSystem {
    /// Degrees, WGS 84.
    Degrees,
    /// ETRS89 / UTM zone 33N, EPSG:25833: official maps of eastern Germany.
    Utm33,
    /// ETRS89 / UTM zone 32N, EPSG:25832: official maps of western Germany.
    Utm32,
}

impl CoordinateSystem {
    /// Reads names such as `urn:ogc:def:crs:EPSG::25833`, `EPSG:4326`, `urn:ogc:def:crs:OGC:1.3:CRS84`.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name.rsplit(':').next().unwrap_or("").trim() {
            "4326" | "CRS84" | "4258" => Some(Self::Degrees),
            "25833" => Some(Self::Utm33),
            "25832" => Some(Self::Utm32),
            _ => None,
        }
    }

    fn projection(self) -> Option<Proj> {
        let zone = match self {
            Self::Degrees => return None,
            Self::Utm33 => "+proj=utm +zone=33 +ellps=GRS80 +units=m +no_defs",
            Self::Utm32 => "+proj=utm +zone=32 +ellps=GRS80 +units=m +no_defs",
        };
        Some(Proj::from_proj_string(zone).expect("the definitions above are valid"))
    }
}

/// Turns the coordinates of one file into positions.
pub(crate) struct Locator {
    plausible: PlausibleBox,
    /// What the file says about itself; without that the numbers decide.
    declared: Option<CoordinateSystem>,
    projections: [(CoordinateSystem, Proj); 2],
    degrees: Proj,
    /// Set once metres were found in a file that does not say what they are.
    pub(crate) guessed: bool,
}

impl Locator {
    pub(crate) fn new(plausible: PlausibleBox, declared: Option<CoordinateSystem>) -> Self {
        let projection = |system: CoordinateSystem| system.projection().expect("a projected system");
        let degrees =
            Proj::from_proj_string("+proj=longlat +ellps=GRS80 +no_defs").expect("a valid definition");
        let projections = [CoordinateSystem::Utm33, CoordinateSystem::Utm32].map(|s| (s, projection(s)));
        Self { plausible, declared, projections, degrees, guessed: false }
    }

    /// A place from numbers, `x` to the east and `y` to the north.
    pub(crate) fn locate(&mut self, x: f64, y: f64) -> Result<Position, RowFault> {
        let (longitude, latitude) = self.degrees_of(x, y)?;
        if latitude == 0.0 && longitude == 0.0 {
            return Err(RowFault::NullIsland);
        }
        if self.plausible.contains(latitude, longitude) {
            return Position::new(latitude, longitude).map_err(|_| RowFault::NotProjectable { x, y });
        }
        if self.plausible.contains(longitude, latitude) {
            return Err(RowFault::Swapped { latitude, longitude });
        }
        Err(self.plausible.does_not_hold(latitude, longitude))
    }

    /// A place from two cells; nothing when both are empty. The fault names which cell it concerns.
    pub(crate) fn locate_texts(
        &mut self,
        latitude: &str,
        longitude: &str,
    ) -> Result<Option<Position>, (Axis, RowFault)> {
        match (latitude.is_empty(), longitude.is_empty()) {
            (true, true) => return Ok(None),
            (true, false) => return Err((Axis::Latitude, RowFault::HalfAPlace)),
            (false, true) => return Err((Axis::Longitude, RowFault::HalfAPlace)),
            (false, false) => {}
        }
        let y = decimal(latitude).map_err(|fault| (Axis::Latitude, fault))?;
        let x = decimal(longitude).map_err(|fault| (Axis::Longitude, fault))?;
        self.locate(x, y).map(Some).map_err(|fault| (Axis::Latitude, fault))
    }

    fn degrees_of(&mut self, x: f64, y: f64) -> Result<(f64, f64), RowFault> {
        if !x.is_finite() || !y.is_finite() {
            return Err(RowFault::NotProjectable { x, y });
        }
        let system = match self.declared {
            Some(system) => system,
            None if looks_like_metres(x, y) => {
                self.guessed = true;
                CoordinateSystem::Utm33
            }
            None => CoordinateSystem::Degrees,
        };
        let Some((_, projection)) = self.projections.iter().find(|(known, _)| *known == system) else {
            return Ok((x, y));
        };
        let mut point = (x, y, 0.0);
        proj4rs::transform::transform(projection, &self.degrees, &mut point)
            .map_err(|_| RowFault::NotProjectable { x, y })?;
        Ok((point.0.to_degrees(), point.1.to_degrees()))
    }
}

/// Which of the two cells of a place a fault concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    Latitude,
    Longitude,
}

/// Eastings and northings of UTM within Europe are six and seven digits long.
fn looks_like_metres(x: f64, y: f64) -> bool {
    (100_000.0..=900_000.0).contains(&x) && (3_700_000.0..=8_000_000.0).contains(&y)
}

/// Reads a number with a decimal point or a decimal comma.
pub(crate) fn decimal(text: &str) -> Result<f64, RowFault> {
    if shortened_by_excel(text) {
        return Err(RowFault::Shortened { given: text.to_owned() });
    }
    let plain = if text.contains('.') { text.to_owned() } else { text.replace(',', ".") };
    let number = plain.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    number.ok_or_else(|| RowFault::NotANumber { given: text.chars().take(60).collect() })
}

/// Whether Excel put `9,43E+11` where a long number stood.
pub(crate) fn shortened_by_excel(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.trim().split_once(['E', 'e']) else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, rest) = mantissa.split_once([',', '.']).unwrap_or((mantissa, "0"));
    digits(whole) && digits(rest) && exponent.strip_prefix('+').is_some_and(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn locator() -> Locator {
        Locator::new(PlausibleBox::default(), None)
    }

    #[test]
    fn a_place_in_metres_lands_in_berlin() {
        // Alexanderplatz: 52.52° N, 13.41° E, grid square 392 km east, 5820 km north of zone 33.
        let mut locator = Locator::new(PlausibleBox::default(), Some(CoordinateSystem::Utm33));
        let place = locator.locate(392_100.0, 5_819_900.0).expect("in Berlin");
        assert!((place.lat() - 52.52).abs() < 0.01 && (place.lon() - 13.41).abs() < 0.01, "{place:?}");
    }

    #[test]
    fn the_central_meridian_and_the_equator_are_exact() {
        // By definition of UTM: easting 500 km lies on 15° east, and the scale there is 0.9996.
        let everywhere = PlausibleBox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
        let mut locator = Locator::new(everywhere, Some(CoordinateSystem::Utm33));
        let place = locator.locate(500_000.0, 0.0).expect("on the equator");
        assert!((place.lon() - 15.0).abs() < 1e-9 && place.lat().abs() < 1e-9, "{place:?}");
        // One degree of the meridian at the equator is 110,574.4 m on GRS 80.
        let north = locator.locate(500_000.0, 110_574.4 * 0.9996).expect("one degree north");
        assert!((north.lat() - 1.0).abs() < 1e-5, "{north:?}");
    }

    #[test]
    fn metres_without_a_name_are_recognised_and_noted() {
        let mut locator = locator();
        assert!(locator.locate(392_100.0, 5_819_900.0).is_ok());
        assert!(locator.guessed);
    }

    #[test]
    fn implausible_places_say_why() {
        assert!(matches!(locator().locate(52.5, 13.4), Err(RowFault::Swapped { .. })));
        assert!(matches!(locator().locate(0.0, 0.0), Err(RowFault::NullIsland)));
        assert!(matches!(locator().locate(-70.0, -30.0), Err(RowFault::OutsideArea { .. })));
        assert!(matches!(locator().locate(f64::NAN, 52.0), Err(RowFault::NotProjectable { .. })));
        assert_eq!(locator().locate_texts("52,49", "13,41").map(|p| p.map(Position::lat)), Ok(Some(52.49)));
        assert_eq!(locator().locate_texts("52,49", ""), Err((Axis::Longitude, RowFault::HalfAPlace)));
        assert_eq!(locator().locate_texts("", ""), Ok(None));
        assert!(matches!(
            locator().locate_texts("NaN", "13"),
            Err((Axis::Latitude, RowFault::NotANumber { .. }))
        ));
    }

    #[test]
    fn fifty_kilometres_around_the_quarter() {
        let quarter = [Position::new(52.49, 13.41).expect("valid")];
        let near = PlausibleBox::around(&quarter, 50_000.0).expect("one position");
        assert!(near.contains(52.9, 13.41) && !near.contains(53.0, 13.41), "{near:?}");
        assert!(near.contains(52.49, 14.1) && !near.contains(52.49, 14.2), "{near:?}");
        assert_eq!(PlausibleBox::around(&[], 1.0), None);
    }

    #[test]
    fn numbers_shortened_by_excel_are_recognised() {
        for text in ["9,43E+11", "9.43E+11", "1E+09", "4,93089e+10"] {
            assert!(shortened_by_excel(text), "{text}");
        }
        for text in ["943000000000", "E+11", "12E", "13E4", "Haus 9E+", ""] {
            assert!(!shortened_by_excel(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_numbers_make_it_panic(x in proptest::num::f64::ANY, y in proptest::num::f64::ANY) {
            for declared in [None, Some(CoordinateSystem::Utm33), Some(CoordinateSystem::Degrees)] {
                let _ = Locator::new(PlausibleBox::default(), declared).locate(x, y);
            }
        }

        #[test]
        fn comma_and_point_mean_the_same(number in -180.0..180.0f64) {
            let text = number.to_string();
            prop_assert_eq!(decimal(&text), decimal(&text.replace('.', ",")));
        }
    }
}
