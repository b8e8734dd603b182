//! House numbers and doors: odd numbers on one side of a street, even ones on the other, rising along it.

use super::houses::House;
use super::plane::Point;
use super::skeleton::{Slab, Street};
use std::collections::BTreeMap;

/// Metres from the wall to where the number of a house stands.
const BEHIND: f64 = 4.5;

/// The front of a house with its address; units have their doors on it.
#[derive(Debug, Clone)]
pub(super) struct Front {
    /// Index of the street.
    pub(super) street: usize,
    pub(super) number: u32,
    pub(super) ends: (Point, Point),
    pub(super) at_corner: bool,
    /// Whether it belongs to the estate.
    pub(super) in_slab: bool,
}

impl Front {
    /// Where the doors of so many units are.
    pub(super) fn doors(&self, units: usize) -> Vec<Point> {
        let shares: &[f64] = match units {
            0 | 1 => &[0.5],
            2 => &[0.27, 0.74],
            _ => &[0.18, 0.5, 0.83],
        };
        shares.iter().map(|share| self.ends.0.towards(self.ends.1, *share)).collect()
    }

    /// Where the number stands: inside the house, behind the middle of its front.
    pub(super) fn number_place(&self) -> Point {
        let inwards = (self.ends.1 - self.ends.0).unit().left() * if self.in_slab { -BEHIND } else { BEHIND };
        self.ends.0.towards(self.ends.1, 0.5) + inwards
    }

    pub(super) fn length(&self) -> f64 {
        (self.ends.1 - self.ends.0).length()
    }
}

/// The front of a house of a block; its number follows when all of its street are known.
pub(super) fn of_house(house: &House) -> Front {
    Front { street: house.street, number: 0, ends: house.front, at_corner: house.at_corner, in_slab: false }
}

/// Numbers the fronts that have none yet.
pub(super) fn number(fronts: &mut [Front], streets: &[Street]) {
    let mut by_side: BTreeMap<(&str, bool), Vec<(f64, &mut Front)>> = BTreeMap::new();
    let starts = starts(streets);
    for front in fronts.iter_mut().filter(|front| front.number == 0) {
        let street = &streets[front.street];
        let (at, left) = along(street, front.ends.0.towards(front.ends.1, 0.5));
        let place = (starts[front.street] + at, front);
        by_side.entry((street.name.as_str(), left)).or_default().push(place);
    }
    for ((_, left), mut row) in by_side {
        row.sort_by(|one, other| one.0.total_cmp(&other.0));
        for (at, (_, front)) in (0u32..).zip(row) {
            front.number = 2 * at + if left { 2 } else { 1 };
        }
    }
}

/// The fronts of a slab, one per door, each two numbers apart; without a first number they wait for the street's.
pub(super) fn of_slab(slab: &Slab, street: usize) -> Vec<Front> {
    let along = slab.to - slab.from;
    let side = along.unit().left() * (slab.depth / 2.0);
    let step = 1.0 / f64::from(slab.doors.max(1));
    let ends = |at: u32| {
        let share = f64::from(at) * step;
        (slab.from + along * share + side, slab.from + along * (share + step) + side)
    };
    let front = |at: u32| Front {
        street,
        number: if slab.first_number == 0 { 0 } else { slab.first_number + 2 * at },
        ends: ends(at),
        at_corner: false,
        in_slab: true,
    };
    (0..slab.doors).map(front).collect()
}

/// Parts of a street with one name are numbered one after the other.
fn starts(streets: &[Street]) -> Vec<f64> {
    let length =
        |street: &Street| street.places.windows(2).map(|pair| (pair[1] - pair[0]).length()).sum::<f64>();
    let before =
        |at: usize| streets[..at].iter().filter(|one| one.name == streets[at].name).map(length).sum();
    (0..streets.len()).map(before).collect()
}

/// How far along the street a place is, and whether it lies to the left.
fn along(street: &Street, place: Point) -> (f64, bool) {
    let mut best = (f64::INFINITY, 0.0, false);
    let mut start = 0.0;
    for pair in street.places.windows(2) {
        let (way, offset) = (pair[1] - pair[0], place - pair[0]);
        let at = offset.dot(way.unit()).clamp(0.0, way.length());
        let far = (offset - way.unit() * at).length();
        if far < best.0 {
            best = (far, start + at, way.cross(offset) > 0.0);
        }
        start += way.length();
    }
    (best.1, best.2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::skeleton::Skeleton;

    fn house(x: f64, y: f64) -> House {
        let front = (Point::new(x - 5.0, y), Point::new(x + 5.0, y));
        House { street: 0, front, outline: Vec::new(), at_corner: false }
    }

    #[test]
    fn numbers_rise_along_the_street_odd_to_the_right_even_to_the_left() {
        let drawing = "node A 0,0\nnode B 100,0\nstreet Gasse | street | 20 | A B\n";
        let streets = Skeleton::read(drawing).expect("fine").streets;
        let houses = [house(70.0, 10.0), house(20.0, 10.0), house(20.0, -10.0), house(60.0, -10.0)];
        let mut fronts: Vec<Front> = houses.iter().map(of_house).collect();
        number(&mut fronts, &streets);
        let numbered: Vec<(u32, f64)> =
            fronts.iter().map(|front| (front.number, front.ends.0.x + 5.0)).collect();
        assert_eq!(numbered, [(4, 70.0), (2, 20.0), (1, 20.0), (3, 60.0)]);
    }

    #[test]
    fn a_slab_has_its_doors_on_the_left() {
        let (from, to) = (Point::new(0.0, 0.0), Point::new(40.0, 0.0));
        let slab = Slab { street: "Weg".into(), first_number: 9, doors: 2, from, to, depth: 12.0 };
        let fronts = of_slab(&slab, 3);
        assert_eq!(fronts.iter().map(|front| front.number).collect::<Vec<_>>(), [9, 11]);
        assert_eq!(fronts[1].doors(1), [Point::new(30.0, 6.0)]);
    }
}
