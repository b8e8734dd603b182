//! The window of a drawn map: which part of the ground it shows, and where a place comes to stand in it.

use kiez_domain::basemap::Bounds;
use kiez_domain::position::Position;
use kiez_domain::tile::Plane;

/// Width of a drawn map in its own points; the page scales it.
pub(super) const WIDTH: f64 = 1000.0;
/// How much wider than high it may become, and how much higher than wide.
const SLIMMEST: (f64, f64) = (0.6, 1.0);
/// The least ground that is shown, in metres from edge to edge: a single place gets its streets around it.
const LEAST_M: f64 = 350.0;
/// Air around the outermost places, as a share of the whole.
const AIR: f64 = 0.07;

/// A window on web mercator's plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    west: f64,
    north: f64,
    /// Points per unit of the plane.
    scale: f64,
    /// Height in points; the width is [`WIDTH`].
    pub(super) height: f64,
}

impl Frame {
    /// The window around a box, with some air, in a shape that fits a page.
    pub(super) fn around(bounds: Bounds) -> Self {
        let (a, b) = (Plane::of(bounds.south_west), Plane::of(bounds.north_east));
        // The world is 40,075 km around at the equator (WGS 84), and less towards the poles.
        let least = LEAST_M / (40_075_017.0 * bounds.south_west.lat().to_radians().cos().max(0.1));
        let wide = ((b.x - a.x) * (1.0 + 2.0 * AIR)).max(least);
        let high = ((a.y - b.y) * (1.0 + 2.0 * AIR)).max(least * SLIMMEST.0);
        let wide = wide.max(high / SLIMMEST.1);
        let high = high.max(wide * SLIMMEST.0);
        let (west, north) = (f64::midpoint(a.x, b.x) - wide / 2.0, f64::midpoint(a.y, b.y) - high / 2.0);
        let scale = WIDTH / wide;
        Self { west, north, scale, height: (high * scale).round() }
    }

    /// Where a place stands, in points from the upper left corner.
    pub(super) fn point(&self, place: Position) -> (f64, f64) {
        let plane = Plane::of(place);
        ((plane.x - self.west) * self.scale, (plane.y - self.north) * self.scale)
    }

    /// Whether a point is inside.
    #[cfg(test)]
    pub(super) fn holds(&self, (x, y): (f64, f64)) -> bool {
        (0.0..=WIDTH).contains(&x) && (0.0..=self.height).contains(&y)
    }

    /// The ground that is shown.
    pub(super) fn bounds(&self) -> Option<Bounds> {
        let corner = |x: f64, y: f64| {
            Plane { x: self.west + x / self.scale, y: self.north + y / self.scale }.position().ok()
        };
        Some(Bounds { south_west: corner(0.0, self.height)?, north_east: corner(WIDTH, 0.0)? })
    }
}

/// Moves points apart that would cover each other: each goes to the nearest free spot of a spiral around it.
pub(super) fn spread(points: &[(f64, f64)], distance: f64) -> Vec<(f64, f64)> {
    let mut taken: Vec<(f64, f64)> = Vec::with_capacity(points.len());
    for point in points {
        let free = |spot: &(f64, f64)| taken.iter().all(|other| apart(*spot, *other) >= distance);
        let spot = spiral(*point, distance / 3.0).find(free).unwrap_or(*point);
        taken.push(spot);
    }
    taken
}

fn apart(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// The point itself, then spots farther and farther out, each turn by the golden angle (Vogel 1979).
fn spiral((x, y): (f64, f64), step: f64) -> impl Iterator<Item = (f64, f64)> {
    const GOLDEN_ANGLE: f64 = 2.399_963_229_728_653;
    (0..400_u32).map(move |turn| {
        let (radius, angle) = (step * f64::from(turn).sqrt(), f64::from(turn) * GOLDEN_ANGLE);
        (x + radius * angle.cos(), y + radius * angle.sin())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, lon: f64) -> Position {
        Position::new(lat, lon).expect("valid")
    }

    fn graefekiez() -> Bounds {
        Bounds { south_west: at(52.485, 13.405), north_east: at(52.497, 13.425) }
    }

    #[test]
    fn north_is_up_and_east_is_on_the_right() {
        let frame = Frame::around(graefekiez());
        let (west, east) = (frame.point(at(52.49, 13.41)), frame.point(at(52.49, 13.42)));
        let north = frame.point(at(52.495, 13.41));
        assert!(west.0 < east.0 && (west.1 - east.1).abs() < 1e-6);
        assert!(north.1 < west.1);
    }

    #[test]
    fn what_it_is_made_of_lies_inside_with_air_around() {
        let frame = Frame::around(graefekiez());
        for corner in [at(52.485, 13.405), at(52.497, 13.425)] {
            let (x, y) = frame.point(corner);
            assert!(x > 10.0 && x < WIDTH - 10.0 && y > 10.0 && y < frame.height - 10.0, "{x} {y}");
        }
        let shown = frame.bounds().expect("on the earth");
        assert!(shown.contains(at(52.485, 13.405)) && shown.contains(at(52.497, 13.425)));
    }

    #[test]
    fn a_single_place_gets_its_streets_around_it() {
        let place = at(52.49, 13.41);
        let frame = Frame::around(Bounds { south_west: place, north_east: place });
        let shown = frame.bounds().expect("on the earth");
        let across = at(52.49, shown.south_west.lon()).distance_m(at(52.49, shown.north_east.lon()));
        assert!((across - LEAST_M).abs() < 5.0, "{across} m");
        assert!(frame.holds(frame.point(place)));
    }

    #[test]
    fn no_shape_is_slimmer_than_a_page_can_bear() {
        let street = Bounds { south_west: at(52.40, 13.41), north_east: at(52.50, 13.411) };
        assert!(Frame::around(street).height <= WIDTH / SLIMMEST.0);
        let canal = Bounds { south_west: at(52.49, 13.30), north_east: at(52.491, 13.50) };
        assert!((Frame::around(canal).height - WIDTH * SLIMMEST.0).abs() <= 1.0);
    }

    #[test]
    fn signs_of_one_house_do_not_cover_each_other() {
        let crowd = vec![(500.0, 300.0); 12];
        let spots = spread(&crowd, 24.0);
        assert_eq!(spots[0], (500.0, 300.0), "the first stays where it is");
        for (at, spot) in spots.iter().enumerate() {
            assert!(spots[..at].iter().all(|other| apart(*spot, *other) >= 24.0));
        }
    }

    #[test]
    fn signs_with_room_stay() {
        let points = [(10.0, 10.0), (100.0, 10.0)];
        assert_eq!(spread(&points, 24.0), points);
    }
}
