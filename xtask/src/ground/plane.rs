//! Points, lines and polygons on a flat piece of town, in metres: x to the east, y to the north.
//!
//! Only additions, products, quotients and square roots: they are the same on every machine.

use std::ops::{Add, Mul, Neg, Sub};

/// A place or a direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Point {
    pub(super) const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub(super) fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    /// Positive when `other` lies to the left.
    pub(super) fn cross(self, other: Self) -> f64 {
        self.x * other.y - self.y * other.x
    }

    pub(super) fn length(self) -> f64 {
        self.dot(self).sqrt()
    }

    /// The same direction, one metre long.
    pub(super) fn unit(self) -> Self {
        self * (1.0 / self.length().max(f64::MIN_POSITIVE))
    }

    /// A quarter turn to the left.
    pub(super) fn left(self) -> Self {
        Self::new(-self.y, self.x)
    }

    /// The place at a share of the way to `other`.
    pub(super) fn towards(self, other: Self, share: f64) -> Self {
        self + (other - self) * share
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f64> for Point {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }
}

impl Neg for Point {
    type Output = Self;
    fn neg(self) -> Self {
        Self::new(-self.x, -self.y)
    }
}

/// Twice the area inside the corners; positive when they run against the clock.
pub(super) fn double_area(corners: &[Point]) -> f64 {
    sides(corners).map(|(a, b)| a.cross(b)).sum()
}

/// The sides of a polygon, the last one back to the first corner.
pub(super) fn sides(corners: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    corners.iter().enumerate().map(|(at, corner)| (*corner, corners[(at + 1) % corners.len()]))
}

/// Whether the place lies inside the polygon.
pub(super) fn contains(corners: &[Point], place: Point) -> bool {
    let crossings = sides(corners).filter(|(a, b)| {
        (a.y > place.y) != (b.y > place.y) && place.x < (b.x - a.x) * (place.y - a.y) / (b.y - a.y) + a.x
    });
    crossings.count() % 2 == 1
}

/// A polygon against the clock whose side `i` is moved inward by `by[i]` metres.
///
/// None when nothing sensible is left: a side that would turn around.
pub(super) fn inset(corners: &[Point], by: &[f64]) -> Option<Vec<Point>> {
    let count = corners.len();
    let moved: Vec<(Point, Point)> = sides(corners)
        .zip(by)
        .map(|((a, b), by)| {
            let inward = (b - a).unit().left() * *by;
            (a + inward, b + inward)
        })
        .collect();
    let inner: Vec<Point> = (0..count).map(|at| meet(moved[(at + count - 1) % count], moved[at])).collect();
    let keeps = sides(&inner).zip(sides(corners)).all(|((a, b), (c, d))| (b - a).dot(d - c) > 0.0);
    (keeps && double_area(&inner) > 0.0).then_some(inner)
}

/// Where two lines meet; of nearly parallel ones the middle of the gap between them.
fn meet((a, b): (Point, Point), (c, d): (Point, Point)) -> Point {
    let (along, other) = (b - a, d - c);
    let cross = along.cross(other);
    if cross.abs() < 0.02 * along.length() * other.length() {
        return b.towards(c, 0.5);
    }
    a + along * ((c - a).cross(other) / cross)
}

/// How far a ray runs until it meets a side of the polygon; a side it starts on does not count.
pub(super) fn ray(corners: &[Point], from: Point, direction: Point) -> Option<f64> {
    let hits = sides(corners).filter_map(|(a, b)| {
        let side = b - a;
        let cross = direction.cross(side);
        if cross.abs() < 1e-9 {
            return None;
        }
        let (far, along) = ((a - from).cross(side) / cross, (a - from).cross(direction) / cross);
        (far > 0.5 && (0.0..=1.0).contains(&along)).then_some(far)
    });
    hits.min_by(f64::total_cmp)
}

/// Whether two convex polygons share more than a seam of `slack` metres.
pub(super) fn overlap(one: &[Point], other: &[Point], slack: f64) -> bool {
    sides(one).chain(sides(other)).all(|(a, b)| {
        let axis = (b - a).unit().left();
        let (low, high) = reach(one, axis);
        let (lower, higher) = reach(other, axis);
        high - lower > slack && higher - low > slack
    })
}

fn reach(corners: &[Point], axis: Point) -> (f64, f64) {
    corners
        .iter()
        .map(|corner| corner.dot(axis))
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)))
}

/// The upright box around places.
pub(super) fn around(places: &[Point]) -> Vec<Point> {
    let ((west, east), (south, north)) =
        (reach(places, Point::new(1.0, 0.0)), reach(places, Point::new(0.0, 1.0)));
    vec![Point::new(west, south), Point::new(east, south), Point::new(east, north), Point::new(west, north)]
}

/// A smooth curve through the places (Catmull and Rom), `steps` parts between two of them.
pub(super) fn smooth(places: &[Point], closed: bool, steps: u16) -> Vec<Point> {
    let count = places.len();
    let at = |index: usize, by: isize| -> Point {
        let wanted = index as isize + by;
        let last = count as isize - 1;
        let wanted = if closed { wanted.rem_euclid(count as isize) } else { wanted.clamp(0, last) };
        places[wanted.unsigned_abs()]
    };
    let spans = if closed { count } else { count - 1 };
    let mut curve = Vec::new();
    for span in 0..spans {
        let (p, q, r, s) = (at(span, -1), at(span, 0), at(span, 1), at(span, 2));
        for step in 0..steps {
            let t = f64::from(step) / f64::from(steps);
            let square = (p * 2.0 - q * 5.0 + r * 4.0 - s) * (t * t);
            let cube = (q * 3.0 - p - r * 3.0 + s) * (t * t * t);
            curve.push((q * 2.0 + (r - p) * t + square + cube) * 0.5);
        }
    }
    if !closed {
        curve.push(at(count - 1, 0));
    }
    curve
}

#[cfg(test)]
/// Whether a place lies on the outline, to a hand's breadth.
pub(super) fn on_edge(outline: &[Point], place: Point) -> bool {
    sides(outline).any(|(a, b)| {
        let along = (b - a).unit();
        let (beside, at) = (along.cross(place - a).abs(), along.dot(place - a));
        beside < 0.1 && (-0.1..=(b - a).length() + 0.1).contains(&at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Point; 4] =
        [Point::new(0.0, 0.0), Point::new(10.0, 0.0), Point::new(10.0, 10.0), Point::new(0.0, 10.0)];

    #[test]
    fn a_square_has_its_area_and_its_inside() {
        assert_eq!(double_area(&SQUARE), 200.0);
        assert!(contains(&SQUARE, Point::new(3.0, 9.0)) && !contains(&SQUARE, Point::new(11.0, 5.0)));
    }

    #[test]
    fn an_inset_takes_from_each_side_what_it_was_told() {
        let inner = inset(&SQUARE, &[1.0, 2.0, 3.0, 4.0]).expect("something is left");
        assert_eq!((inner[0], inner[2]), (Point::new(4.0, 1.0), Point::new(8.0, 7.0)));
        assert!(inset(&SQUARE, &[6.0; 4]).is_none());
    }

    #[test]
    fn neighbours_share_a_wall_and_do_not_overlap() {
        let beside: Vec<Point> = SQUARE.iter().map(|corner| *corner + Point::new(10.0, 0.0)).collect();
        let into: Vec<Point> = SQUARE.iter().map(|corner| *corner + Point::new(8.0, 3.0)).collect();
        assert!(!overlap(&SQUARE, &beside, 0.1) && overlap(&SQUARE, &into, 0.1));
    }

    #[test]
    fn a_ray_ends_at_the_wall_in_front() {
        assert_eq!(ray(&SQUARE, Point::new(5.0, 0.0), Point::new(0.0, 1.0)), Some(10.0));
        assert_eq!(ray(&SQUARE, Point::new(5.0, 20.0), Point::new(0.0, 1.0)), None);
    }

    #[test]
    fn a_curve_goes_through_its_places() {
        let curve = smooth(&SQUARE, false, 4);
        assert!(SQUARE.iter().all(|place| curve.contains(place)));
        assert_eq!(smooth(&SQUARE, true, 4).len(), 16);
    }
}
