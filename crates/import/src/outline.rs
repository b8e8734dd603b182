//! Whether a ring of corners can be the edge of an area.

use crate::row_fault::RowFault;
use kiez_domain::position::Position;

/// Most corners of one ring.
pub(crate) const CORNER_LIMIT: usize = 20_000;

pub(crate) fn check(corners: &[Position]) -> Result<(), RowFault> {
    let (Some(first), Some(last)) = (corners.first(), corners.last()) else {
        return Err(RowFault::TooFewCorners { found: 0 });
    };
    if first != last {
        return Err(RowFault::OpenRing { first: in_words(*first), last: in_words(*last) });
    }
    if corners.len() < 4 {
        return Err(RowFault::TooFewCorners { found: corners.len() });
    }
    match crossing(corners) {
        Some(place) => Err(RowFault::SelfCrossing { place: in_words(place) }),
        None => Ok(()),
    }
}

fn in_words(place: Position) -> String {
    format!("{:.5}/{:.5}", place.lat(), place.lon())
}

/// A corner near which two sides cross; touching is fine. Sides are compared only where they overlap from
/// west to east, so that real outlines with thousands of corners take no time.
fn crossing(corners: &[Position]) -> Option<Position> {
    let mut sides: Vec<(Position, Position)> = corners.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let west = |side: &(Position, Position)| side.0.lon().min(side.1.lon());
    sides.sort_by(|a, b| west(a).total_cmp(&west(b)));
    for (at, one) in sides.iter().enumerate() {
        let east = one.0.lon().max(one.1.lon());
        let beside = sides[at + 1..].iter().take_while(|other| west(other) <= east);
        if beside.into_iter().any(|other| cross(*one, *other)) {
            return Some(one.0);
        }
    }
    None
}

/// Whether each side separates the ends of the other strictly.
fn cross(one: (Position, Position), other: (Position, Position)) -> bool {
    let turn = |a: Position, b: Position, c: Position| {
        (b.lon() - a.lon()) * (c.lat() - a.lat()) - (b.lat() - a.lat()) * (c.lon() - a.lon())
    };
    turn(one.0, one.1, other.0) * turn(one.0, one.1, other.1) < 0.0
        && turn(other.0, other.1, one.0) * turn(other.0, other.1, one.1) < 0.0
}
