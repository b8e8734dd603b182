//! Which part of the ground a drawn map shows, and how signs that would cover each other find room.

use kiez_app::ground::Frame;
use kiez_domain::bounds::Bounds;
use kiez_domain::tile::Plane;

/// Width of a drawn map in its own points; the page scales it.
pub(super) const WIDTH: u16 = 1000;
/// How much lower than wide it may become; it is never higher than wide.
const LOWEST: f64 = 0.6;
/// The least ground that is shown, in metres from edge to edge: a single place gets its streets around it.
const LEAST_M: f64 = 350.0;
/// Air around the outermost places, as a share of the whole.
const AIR: f64 = 0.07;

/// The sheet around a box, with some air, in a shape that fits a page, and the ground it shows.
pub(super) fn around(bounds: Bounds) -> Option<(Frame, Bounds)> {
    let (a, b) = (Plane::of(bounds.south_west), Plane::of(bounds.north_east));
    // The world is 40,075 km around at the equator (WGS 84), and less towards the poles.
    let least = LEAST_M / (40_075_017.0 * bounds.south_west.lat().to_radians().cos().max(0.1));
    let wide = ((b.x - a.x) * (1.0 + 2.0 * AIR)).max(least);
    let high = ((a.y - b.y) * (1.0 + 2.0 * AIR)).max(wide * LOWEST);
    let wide = wide.max(high);
    let (x, y) = (f64::midpoint(a.x, b.x), f64::midpoint(a.y, b.y));
    let corner = |x: f64, y: f64| Plane { x, y }.position().ok();
    let shown = Bounds {
        south_west: corner(x - wide / 2.0, y + high / 2.0)?,
        north_east: corner(x + wide / 2.0, y - high / 2.0)?,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 600 and 1000")]
    let height = (f64::from(WIDTH) * high / wide).round() as u16;
    Some((Frame::around(shown, (WIDTH, height)), shown))
}

/// A place on the sheet, in points from the left and from the top.
pub(super) type Point = (f64, f64);

/// Moves points apart that would cover each other: each goes to the nearest free spot of a spiral around it.
pub(super) fn spread(points: &[Point], distance: f64) -> Vec<Point> {
    let mut taken: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        let free = |spot: &Point| taken.iter().all(|other| apart(*spot, *other) >= distance);
        let spot = spiral(*point, distance / 3.0).find(free).unwrap_or(*point);
        taken.push(spot);
    }
    taken
}

/// How far two points lie apart.
pub(super) fn apart(a: Point, b: Point) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// The point itself, then spots farther and farther out, each turn by the golden angle (Vogel 1979).
fn spiral((x, y): Point, step: f64) -> impl Iterator<Item = Point> {
    const GOLDEN_ANGLE: f64 = 2.399_963_229_728_653;
    (0..400_u32).map(move |turn| {
        let (radius, angle) = (step * f64::from(turn).sqrt(), f64::from(turn) * GOLDEN_ANGLE);
        (x + radius * angle.cos(), y + radius * angle.sin())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_domain::position::Position;

    fn at(lat: f64, lon: f64) -> Position {
        Position::new(lat, lon).expect("valid")
    }

    fn framed(south_west: Position, north_east: Position) -> (Frame, Bounds) {
        around(Bounds { south_west, north_east }).expect("on the earth")
    }

    #[test]
    fn north_is_up_and_east_is_on_the_right() {
        let (frame, _) = framed(at(52.485, 13.405), at(52.497, 13.425));
        let (west, east) = (frame.point_of(at(52.49, 13.41)), frame.point_of(at(52.49, 13.42)));
        let north = frame.point_of(at(52.495, 13.41));
        assert!(west.0 < east.0 && (west.1 - east.1).abs() < 1e-6);
        assert!(north.1 < west.1);
    }

    #[test]
    fn what_it_is_made_of_lies_inside_with_air_around() {
        let (south_west, north_east) = (at(52.485, 13.405), at(52.497, 13.425));
        let (frame, shown) = framed(south_west, north_east);
        let (width, height) = frame.size();
        for corner in [south_west, north_east] {
            let (x, y) = frame.point_of(corner);
            assert!(x > 10.0 && x < width - 10.0 && y > 10.0 && y < height - 10.0, "{x} {y}");
            assert!(shown.contains(corner));
        }
    }

    #[test]
    fn a_single_place_gets_its_streets_around_it() {
        let place = at(52.49, 13.41);
        let (frame, shown) = framed(place, place);
        let across = at(52.49, shown.south_west.lon()).distance_m(at(52.49, shown.north_east.lon()));
        assert!((across - LEAST_M).abs() < 5.0, "{across} m");
        assert!(frame.place(place).is_some());
    }

    #[test]
    fn no_shape_is_slimmer_than_a_page_can_bear() {
        let street = framed(at(52.40, 13.41), at(52.50, 13.411)).0.size();
        assert!(street.1 <= street.0, "never higher than wide: {street:?}");
        let canal = framed(at(52.49, 13.30), at(52.491, 13.50)).0.size();
        assert!((canal.1 - canal.0 * LOWEST).abs() <= 1.0, "{canal:?}");
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
