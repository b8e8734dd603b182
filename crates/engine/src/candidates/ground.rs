//! Places as whole numbers, and how far they are at least.

use kiez_domain::position::Position;

/// A place in ten-millionths of a degree: a centimetre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) lat: i32,
    pub(super) lon: i32,
}

/// The smallest box around some places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    low: Point,
    high: Point,
}

/// The ground as seen from a need; from nowhere, where the need has no place.
#[derive(Debug, Clone, Copy)]
pub(super) struct View(Option<From>);

#[derive(Debug, Clone, Copy)]
struct From {
    lat: f64,
    lon: f64,
    /// No place nearer to a pole than this, by absolute latitude, is narrower than `shrink`.
    highest: f64,
    shrink: f64,
}

const PER_DEGREE: f64 = 1e7;
/// A degree of a great circle on the mean radius of the earth (IUGG 1980), in metres.
const DEGREE_M: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0;
/// A chord is shorter than its arc: over one degree by less than this share.
const CHORD: f64 = 0.9999;
/// Rounding a place to a centimetre moves it by less than this, in metres.
const ROUNDING_M: f64 = 0.03;

impl Point {
    pub(super) fn of(position: Position) -> Self {
        let whole = |degrees: f64| (degrees * PER_DEGREE).round() as i32;
        Self { lat: whole(position.lat()), lon: whole(position.lon()) }
    }

    /// The place along a curve that keeps neighbours together (Morton 1966).
    pub(super) fn along_the_curve(self) -> u64 {
        let turned = |value: i32| u64::from(value.cast_unsigned() ^ 0x8000_0000);
        spread(turned(self.lat)) << 1 | spread(turned(self.lon))
    }
}

impl Frame {
    pub(super) fn around(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        let mut points = points.into_iter();
        let first = points.next()?;
        let mut frame = Self { low: first, high: first };
        points.for_each(|point| frame.add(point));
        Some(frame)
    }

    pub(super) fn add(&mut self, point: Point) {
        self.low = Point { lat: self.low.lat.min(point.lat), lon: self.low.lon.min(point.lon) };
        self.high = Point { lat: self.high.lat.max(point.lat), lon: self.high.lon.max(point.lon) };
    }
}

impl View {
    pub(super) fn of(position: Option<Position>) -> Self {
        Self(position.map(|from| {
            let highest = (from.lat().abs() + 0.5).min(90.0);
            From {
                lat: from.lat() * PER_DEGREE,
                lon: from.lon() * PER_DEGREE,
                highest: highest * PER_DEGREE,
                shrink: highest.to_radians().cos().max(0.0),
            }
        }))
    }

    /// Metres as the crow flies to a place, or a little less; 0 when seen from nowhere.
    pub(super) fn least_metres(&self, point: Point) -> f64 {
        self.least_metres_to(&Frame { low: point, high: point })
    }

    /// Metres to the nearest place that the frame can hold, or a little less.
    pub(super) fn least_metres_to(&self, frame: &Frame) -> f64 {
        let Some(from) = self.0 else { return 0.0 };
        let (south, north) = (f64::from(frame.low.lat), f64::from(frame.high.lat));
        let (west, east) = (f64::from(frame.low.lon), f64::from(frame.high.lon));
        let up = (south - from.lat).max(from.lat - north).clamp(0.0, PER_DEGREE);
        let aside = (west - from.lon).max(from.lon - east).clamp(0.0, PER_DEGREE);
        let round_the_back = (east - from.lon).max(from.lon - west) > 180.0 * PER_DEGREE;
        let too_high = north.max(-south) > from.highest;
        let aside = if round_the_back || too_high { 0.0 } else { aside * from.shrink };
        (CHORD * DEGREE_M / PER_DEGREE * (up * up + aside * aside).sqrt() - ROUNDING_M).max(0.0)
    }
}

/// Puts a zero between any two bits.
fn spread(value: u64) -> u64 {
    let value = (value | value << 16) & 0x0000_ffff_0000_ffff;
    let value = (value | value << 8) & 0x00ff_00ff_00ff_00ff;
    let value = (value | value << 4) & 0x0f0f_0f0f_0f0f_0f0f;
    let value = (value | value << 2) & 0x3333_3333_3333_3333;
    (value | value << 1) & 0x5555_5555_5555_5555
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn anywhere() -> impl Strategy<Value = Position> {
        (-90.0..=90.0f64, -180.0..=180.0f64)
            .prop_map(|(lat, lon)| Position::new(lat, lon).expect("the ranges are those of the type"))
    }

    /// Somewhere within a few kilometres of a place, or round the back of the earth.
    fn near() -> impl Strategy<Value = (Position, Position)> {
        (-89.9..89.9f64, -180.0..180.0f64, -0.1..0.1f64, -0.1..0.1f64).prop_map(|(lat, lon, up, aside)| {
            let lon_two =
                if (lon + aside).abs() > 180.0 { lon + aside - 360.0_f64.copysign(lon) } else { lon + aside };
            (Position::new(lat, lon).expect("in range"), Position::new(lat + up, lon_two).expect("in range"))
        })
    }

    proptest! {
        #[test]
        fn nobody_is_nearer_than_is_said(from in anywhere(), to in anywhere()) {
            prop_assert!(View::of(Some(from)).least_metres(Point::of(to)) <= from.distance_m(to));
        }

        #[test]
        fn neighbours_are_not_nearer_than_is_said_either((from, to) in near()) {
            prop_assert!(View::of(Some(from)).least_metres(Point::of(to)) <= from.distance_m(to));
        }

        #[test]
        fn in_a_city_what_is_said_is_nearly_the_truth(up in -0.1..0.1f64, aside in -0.1..0.1f64) {
            let from = Position::new(52.5, 13.4).expect("in range");
            let to = Position::new(52.5 + up, 13.4 + aside).expect("in range");
            let said = View::of(Some(from)).least_metres(Point::of(to));
            prop_assert!(said >= from.distance_m(to) * 0.98 - 0.1, "{said} of {}", from.distance_m(to));
        }

        #[test]
        fn a_frame_is_as_near_as_the_nearest_in_it(from in anywhere(), all in proptest::collection::vec(anywhere(), 1..9)) {
            let points = all.iter().map(|place| Point::of(*place));
            let frame = Frame::around(points.clone()).expect("not empty");
            let view = View::of(Some(from));
            for place in &all {
                prop_assert!(view.least_metres_to(&frame) <= from.distance_m(*place));
            }
        }
    }

    #[test]
    fn the_curve_keeps_neighbours_together() {
        let at = |lat, lon| Point { lat, lon }.along_the_curve();
        assert!(at(0, 0) < at(0, 1) && at(0, 1) < at(1, 0) && at(1, 1) < at(2, 0));
        assert!(at(-1, -1) < at(0, 0));
    }

    #[test]
    fn from_nowhere_everything_is_here() {
        let point = Point::of(Position::new(52.5, 13.4).expect("in range"));
        assert!(View::of(None).least_metres(point) <= 0.0);
    }
}
