//! Cutting shapes to a box, and putting what is left on the grid of a tile.

use super::vector::{Dot, Patch};
use geo::{BooleanOps as _, BoundingRect as _, Coord, LineString, MultiPolygon, Polygon, Rect};

/// The stretches of a line inside a box (Liang and Barsky 1984, side by side).
pub(crate) fn line(line: &LineString, within: Rect) -> Vec<Vec<Coord>> {
    let mut stretches: Vec<Vec<Coord>> = Vec::new();
    let mut open = false;
    for side in line.lines() {
        let Some((from, to, leaves)) = stretch(side.start, side.end, within) else {
            open = false;
            continue;
        };
        match stretches.last_mut() {
            Some(current) if open => current.push(to),
            _ => stretches.push(vec![from, to]),
        }
        open = !leaves;
    }
    stretches
}

/// The part of one side inside the box, and whether it ends at the box rather than at its own end.
fn stretch(from: Coord, to: Coord, within: Rect) -> Option<(Coord, Coord, bool)> {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let edges = [
        (-dx, from.x - within.min().x),
        (dx, within.max().x - from.x),
        (-dy, from.y - within.min().y),
        (dy, within.max().y - from.y),
    ];
    for (towards, distance) in edges {
        if towards == 0.0 {
            if distance < 0.0 {
                return None;
            }
        } else if towards < 0.0 {
            enter = enter.max(distance / towards);
        } else {
            leave = leave.min(distance / towards);
        }
    }
    if enter > leave {
        return None;
    }
    let at = |share: f64| Coord { x: from.x + share * dx, y: from.y + share * dy };
    let start = if enter > 0.0 { at(enter) } else { from };
    let end = if leave < 1.0 { at(leave) } else { to };
    Some((start, end, leave < 1.0))
}

/// The part of an area inside a box.
pub(crate) fn area(area: &MultiPolygon, within: Rect) -> MultiPolygon {
    match area.bounding_rect() {
        None => MultiPolygon::new(Vec::new()),
        Some(bounds) if inside(bounds, within) => area.clone(),
        Some(_) => area.intersection(&within.to_polygon()),
    }
}

fn inside(bounds: Rect, within: Rect) -> bool {
    bounds.min().x >= within.min().x
        && bounds.min().y >= within.min().y
        && bounds.max().x <= within.max().x
        && bounds.max().y <= within.max().y
}

/// A place on the grid of a tile that begins at `origin`.
pub(crate) fn dot(at: Coord, origin: Coord) -> Dot {
    #[expect(clippy::cast_possible_truncation, reason = "shapes are cut to the tile before")]
    let grid = |value: f64| value.round() as i32;
    [grid(at.x - origin.x), grid(at.y - origin.y)]
}

/// Places on the grid, without those that fall onto the one before.
pub(crate) fn dots(places: &[Coord], origin: Coord) -> Vec<Dot> {
    let mut dots: Vec<Dot> = places.iter().map(|at| dot(*at, origin)).collect();
    dots.dedup();
    dots
}

/// The parts of an area on the grid: open rings, the outer one clockwise as one sees it, holes the other way
/// (Mapbox Vector Tiles 2.1, section 4.3.4.4). Rings that vanish on the grid are left out.
pub(crate) fn patches(area: &MultiPolygon, origin: Coord) -> Vec<Patch> {
    area.iter().filter_map(|part| patch(part, origin)).collect()
}

fn patch(part: &Polygon, origin: Coord) -> Option<Patch> {
    let outer = ring(part.exterior(), origin, true)?;
    let holes = part.interiors().iter().filter_map(|hole| ring(hole, origin, false));
    Some(std::iter::once(outer).chain(holes).collect())
}

fn ring(line: &LineString, origin: Coord, positive: bool) -> Option<Vec<Dot>> {
    let mut ring = dots(&line.0, origin);
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    let doubled = doubled_area(&ring);
    if ring.len() < 3 || doubled == 0 {
        return None;
    }
    if (doubled > 0) != positive {
        ring.reverse();
    }
    Some(ring)
}

/// Twice the area of an open ring by the surveyor's formula; positive means clockwise where `y` points down.
pub(crate) fn doubled_area(ring: &[Dot]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    let cross = |(a, b): (&Dot, &Dot)| i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1]);
    ring.iter().zip(next).map(cross).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn square(side: f64) -> Rect {
        Rect::new((0.0, 0.0), (side, side))
    }

    fn places() -> impl Strategy<Value = Vec<(f64, f64)>> {
        prop::collection::vec((-20.0..30.0f64, -20.0..30.0f64), 2..12)
    }

    proptest! {
        #[test]
        fn what_is_cut_stays_in_the_box(places in places()) {
            let within = square(10.0);
            let holds = |at: &Coord| at.x >= -1e-6 && at.y >= -1e-6 && at.x <= 10.0 + 1e-6 && at.y <= 10.0 + 1e-6;
            let cut = line(&LineString::from(places.clone()), within);
            prop_assert!(cut.iter().flatten().all(holds), "{cut:?}");
            let polygon = MultiPolygon::new(vec![Polygon::new(LineString::from(places), vec![])]);
            let cut = area(&polygon, within);
            prop_assert!(cut.iter().all(|part| part.exterior().coords().all(holds)), "{cut:?}");
        }

        #[test]
        fn a_line_inside_the_box_is_left_alone(places in prop::collection::vec((0.5..9.5f64, 0.5..9.5f64), 2..12)) {
            let whole = LineString::from(places);
            prop_assert_eq!(line(&whole, square(10.0)), vec![whole.0]);
        }
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_gives_two_stretches() {
        let zigzag = LineString::from(vec![(5.0, 5.0), (15.0, 5.0), (15.0, 8.0), (5.0, 8.0)]);
        let cut = line(&zigzag, square(10.0));
        let expected = [[(5.0, 5.0), (10.0, 5.0)], [(10.0, 8.0), (5.0, 8.0)]];
        assert_eq!(cut, expected.map(|line| line.map(Coord::from).to_vec()));
    }

    #[test]
    fn outer_rings_turn_clockwise_on_the_screen_and_holes_against_it() {
        let outer = vec![(0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (10.0, 0.0), (0.0, 0.0)];
        let hole = vec![(2.0, 2.0), (4.0, 2.0), (4.0, 4.0), (2.0, 4.0), (2.0, 2.0)];
        let polygon = Polygon::new(LineString::from(outer), vec![LineString::from(hole)]);
        let patches = patches(&MultiPolygon::new(vec![polygon]), Coord { x: 0.0, y: 0.0 });
        let areas: Vec<i64> = patches[0].iter().map(|ring| doubled_area(ring)).collect();
        assert_eq!(areas, [200, -8], "ten by ten, and two by two missing");
    }

    #[test]
    fn what_vanishes_on_the_grid_is_left_out() {
        let speck = vec![(0.1, 0.1), (0.2, 0.1), (0.2, 0.2), (0.1, 0.1)];
        let polygon = Polygon::new(LineString::from(speck), vec![]);
        assert!(patches(&MultiPolygon::new(vec![polygon]), Coord { x: 0.0, y: 0.0 }).is_empty());
    }
}
