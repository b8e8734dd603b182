//! A named polygon: a project has a home quarter and any number of neighbours.

use crate::bounds::Bounds;
use crate::id::QuarterId;
use crate::issue::{Expected, Problem};
use crate::position::Position;
use crate::text::{Line, Name};

/// One closed ring of positions; the last equals the first.
#[derive(Debug, Clone, PartialEq)]
pub struct Ring(Vec<Position>);

impl Ring {
    /// The only way in.
    ///
    /// # Errors
    /// When the ring has fewer than four corners or is not closed.
    pub fn new(corners: Vec<Position>) -> Result<Self, Problem> {
        if corners.len() < 4 {
            return Err(Problem::OutOfRange {
                given: format!("{} corners", corners.len()),
                least: "4".to_owned(),
                most: "any number".to_owned(),
            });
        }
        if corners.first() == corners.last() {
            return Ok(Self(corners));
        }
        Err(Problem::unreadable("the ring is not closed", Expected::Ring))
    }

    /// The corners, the first repeated at the end.
    #[must_use]
    pub fn corners(&self) -> &[Position] {
        &self.0
    }

    /// Whether a place lies inside or on a corner; places on a side may fall on either.
    #[must_use]
    pub fn holds(&self, place: Position) -> bool {
        self.encloses(place) || self.0.contains(&place)
    }

    /// Whether a ray to the east crosses the ring an odd number of times (Jordan's curve theorem).
    fn encloses(&self, place: Position) -> bool {
        self.crossings(place.lat()).filter(|lon| place.lon() < *lon).count() % 2 == 1
    }

    /// Longitudes at which the ring crosses a latitude, an even number of them.
    fn crossings(&self, lat: f64) -> impl Iterator<Item = f64> {
        self.0.windows(2).filter_map(move |side| {
            let (a, b) = (side[0], side[1]);
            ((a.lat() > lat) != (b.lat() > lat)).then(|| {
                let share = (lat - a.lat()) / (b.lat() - a.lat());
                a.lon() + share * (b.lon() - a.lon())
            })
        })
    }
}

/// Parts of a quarter, each an outer ring with its holes.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline(Vec<Vec<Ring>>);

impl Outline {
    /// The only way in.
    ///
    /// # Errors
    /// When there is no part, or a part has no outer ring.
    pub fn new(parts: Vec<Vec<Ring>>) -> Result<Self, Problem> {
        if parts.is_empty() || parts.iter().any(Vec::is_empty) {
            Err(Problem::Missing)
        } else {
            Ok(Self(parts))
        }
    }

    /// The outline with every corner at seven decimals, a centimetre: as it is stored, and as two files of the same
    /// quarter are compared after a projection has filled the digits behind.
    #[must_use]
    pub fn at_the_centimetre(self) -> Self {
        let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
        let corner = |at: Position| Position::new(round(at.lat()), round(at.lon())).unwrap_or(at);
        let ring = |ring: Ring| Ring(ring.0.into_iter().map(corner).collect());
        Self(self.0.into_iter().map(|part| part.into_iter().map(ring).collect()).collect())
    }

    /// The parts.
    #[must_use]
    pub fn parts(&self) -> &[Vec<Ring>] {
        &self.0
    }

    /// The corners of all rings, in drawing order.
    pub fn corners(&self) -> impl Iterator<Item = Position> + '_ {
        self.0.iter().flatten().flat_map(|ring| ring.0.iter().copied())
    }

    /// The box around all parts.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        Bounds::around(self.corners()).expect("every part has an outer ring, and a ring has corners")
    }

    /// The middle of the box around all parts.
    #[must_use]
    pub fn centre(&self) -> Option<Position> {
        let Bounds { south_west, north_east } = self.bounds();
        let middle = |degrees: fn(Position) -> f64| f64::midpoint(degrees(south_west), degrees(north_east));
        Position::new(middle(Position::lat), middle(Position::lon)).ok()
    }

    /// A place that lies inside, never in a hole: in the middle of the widest stretch on the line that halves the
    /// largest part from south to north. Where nothing has any extent it is the centre.
    #[must_use]
    pub fn place_inside(&self) -> Option<Position> {
        let size = |part: &&Vec<Ring>| {
            let lats = || part[0].0.iter().map(|corner| corner.lat());
            lats().fold(f64::NEG_INFINITY, f64::max) - lats().fold(f64::INFINITY, f64::min)
        };
        let largest = self.0.iter().max_by(|a, b| size(a).total_cmp(&size(b)))?;
        let lats = || largest[0].0.iter().map(|corner| corner.lat());
        let lat =
            f64::midpoint(lats().fold(f64::INFINITY, f64::min), lats().fold(f64::NEG_INFINITY, f64::max));
        let mut edges: Vec<f64> = largest.iter().flat_map(|ring| ring.crossings(lat)).collect();
        edges.sort_by(f64::total_cmp);
        let stretches = edges.chunks_exact(2);
        let widest = stretches.max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])));
        widest.map_or_else(
            || self.centre(),
            |stretch| Position::new(lat, f64::midpoint(stretch[0], stretch[1])).ok(),
        )
    }

    /// Whether some part of the edge is at most so many metres from the place.
    #[must_use]
    pub fn edge_is_within(&self, place: Position, metres: f64) -> bool {
        let rings = self.0.iter().flatten();
        rings.flat_map(|ring| ring.0.windows(2)).any(|side| side_is_within((side[0], side[1]), place, metres))
    }

    /// Whether two quarters share ground. Neighbours share a line only, and where two offices drew it a few metres
    /// apart they still do.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let reaches_into = |one: &Self, other: &Self| {
            let mut places = one.corners().chain(one.place_inside());
            places.any(|place| other.contains(place) && !other.edge_is_within(place, DRAWN_APART_M))
        };
        self.box_meets(other) && (reaches_into(self, other) || reaches_into(other, self))
    }

    /// Whether the boxes around both meet: cheap to ask before anything else.
    fn box_meets(&self, other: &Self) -> bool {
        let apart = |one: Bounds, other: Bounds| {
            let (least, most) = (one.south_west, other.north_east);
            least.lat() > most.lat() || least.lon() > most.lon()
        };
        let (one, other) = (self.bounds(), other.bounds());
        !apart(one, other) && !apart(other, one)
    }

    /// Whether the place lies inside: in an outer ring and in none of its holes.
    #[must_use]
    pub fn contains(&self, place: Position) -> bool {
        self.0
            .iter()
            .any(|part| part[0].encloses(place) && !part[1..].iter().any(|hole| hole.encloses(place)))
    }
}

/// Metres by which two maps draw one line apart.
const DRAWN_APART_M: f64 = 10.0;
/// Metres of a degree of latitude on a globe with the mean radius of the earth.
const DEGREE_M: f64 = 111_195.0;

/// Measured on a plane through the place: over the width of a city the error is far below a metre.
fn side_is_within((a, b): (Position, Position), place: Position, metres: f64) -> bool {
    let east = |corner: Position| (corner.lon() - place.lon()) * DEGREE_M * place.lat().to_radians().cos();
    let north = |corner: Position| (corner.lat() - place.lat()) * DEGREE_M;
    let (ax, ay) = (east(a), north(a));
    let (dx, dy) = (east(b) - ax, north(b) - ay);
    let length = dx * dx + dy * dy;
    let share = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (ax + share * dx).hypot(ay + share * dy) <= metres
}

/// A quarter as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Quarter {
    /// Its id.
    pub id: QuarterId,
    /// Its name.
    pub name: Name,
    /// The official code, such as `02020206`.
    pub code: Option<Line>,
    /// Where it ends.
    pub outline: Outline,
    /// Optimistic version.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(south: f64, west: f64, size: f64) -> Ring {
        let corner = |lat: f64, lon: f64| Position::new(lat, lon).expect("valid");
        let (north, east) = (south + size, west + size);
        let corners = [(south, west), (south, east), (north, east), (north, west), (south, west)];
        Ring::new(corners.into_iter().map(|(lat, lon)| corner(lat, lon)).collect()).expect("closed")
    }

    #[test]
    fn a_hole_does_not_belong_to_the_quarter() {
        let outline =
            Outline::new(vec![vec![square(0.0, 0.0, 10.0), square(4.0, 4.0, 2.0)]]).expect("one part");
        let at = |lat, lon| outline.contains(Position::new(lat, lon).expect("valid"));
        assert!(at(1.0, 1.0) && at(9.9, 9.9));
        assert!(!at(5.0, 5.0) && !at(10.1, 5.0) && !at(5.0, -0.1));
    }

    #[test]
    fn a_place_inside_is_never_in_a_hole_or_between_the_arms() {
        let ring = |corners: &[(f64, f64)]| {
            Ring::new(corners.iter().map(|(lat, lon)| Position::new(*lat, *lon).expect("valid")).collect())
                .expect("closed")
        };
        let holed =
            Outline::new(vec![vec![square(0.0, 0.0, 10.0), square(4.0, 4.0, 2.0)]]).expect("one part");
        assert!(holed.place_inside().is_some_and(|place| holed.contains(place)));
        // A horseshoe: the middle of its box lies between the arms.
        let horseshoe = ring(&[
            (0.0, 0.0),
            (0.0, 10.0),
            (10.0, 10.0),
            (10.0, 8.0),
            (2.0, 8.0),
            (2.0, 3.0),
            (10.0, 3.0),
            (10.0, 0.0),
            (0.0, 0.0),
        ]);
        let horseshoe = Outline::new(vec![vec![horseshoe]]).expect("one part");
        assert!(!horseshoe.contains(horseshoe.centre().expect("a centre")));
        assert_eq!(horseshoe.place_inside(), Position::new(5.0, 1.5).ok());
        let flat = ring(&[(1.0, 0.0), (1.0, 2.0), (1.0, 4.0), (1.0, 0.0)]);
        let flat = Outline::new(vec![vec![flat]]).expect("one part");
        assert_eq!(flat.place_inside(), Position::new(1.0, 2.0).ok());
    }

    #[test]
    fn neighbours_share_a_line_and_no_ground() {
        let one = |south, west, size| Outline::new(vec![vec![square(south, west, size)]]).expect("one part");
        let home = one(52.0, 13.0, 0.01);
        assert!(!home.overlaps(&one(52.0, 13.01, 0.01)), "beside it");
        // 0.0001 degrees of longitude are seven metres here.
        assert!(!home.overlaps(&one(52.0, 13.0099, 0.01)), "drawn a little apart");
        assert!(home.overlaps(&one(52.005, 13.005, 0.01)));
        assert!(home.overlaps(&one(52.002, 13.002, 0.001)), "inside it");
        assert!(home.overlaps(&home.clone()));
    }

    #[test]
    fn the_edge_is_near_on_both_sides() {
        let outline = Outline::new(vec![vec![square(52.0, 13.0, 0.1)]]).expect("one part");
        let near = |lat, metres| outline.edge_is_within(Position::new(lat, 13.05).expect("valid"), metres);
        // 0.004 degrees of latitude are 445 metres.
        assert!(near(52.104, 450.0) && near(52.096, 450.0) && !near(52.104, 440.0) && !near(52.05, 450.0));
    }

    #[test]
    fn the_centre_is_the_middle_of_the_box() {
        let outline =
            Outline::new(vec![vec![square(0.0, 0.0, 2.0)], vec![square(4.0, 6.0, 2.0)]]).expect("two parts");
        assert_eq!(outline.centre(), Position::new(3.0, 4.0).ok());
    }

    #[test]
    fn an_open_ring_is_refused() {
        let corners = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0)];
        let open = corners.iter().map(|(lat, lon)| Position::new(*lat, *lon).expect("valid")).collect();
        assert!(Ring::new(open).is_err());
        assert!(Outline::new(vec![]).is_err());
    }
}
