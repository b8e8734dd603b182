//! The areas between the streets, found by walking around each of them with the area on the left.

use super::plane::{Point, double_area};
use super::skeleton::{Skeleton, Street};
use std::collections::{BTreeMap, BTreeSet};

/// An area between streets, against the clock.
pub(super) struct Face {
    pub(super) corners: Vec<Point>,
    /// Index of the street along the side that begins at the corner of the same place.
    pub(super) streets: Vec<usize>,
}

type Step<'a> = (&'a str, &'a str);

/// Every area that is closed by streets all around.
pub(super) fn find(skeleton: &Skeleton) -> Vec<Face> {
    let streets = streets_by_step(&skeleton.streets);
    let neighbours = neighbours(skeleton, &streets);
    let steps = neighbours.iter().flat_map(|(from, all)| all.iter().map(move |to| (*from, *to)));
    let mut walked: BTreeSet<Step<'_>> = BTreeSet::new();
    let mut faces = Vec::new();
    for first in steps {
        let mut around = Vec::new();
        let mut step = first;
        while walked.insert(step) {
            around.push(step);
            step = next_left(step, &neighbours);
        }
        let corners: Vec<Point> = around.iter().map(|(from, _)| skeleton.nodes[*from]).collect();
        // The outside of everything is walked with the clock.
        if around.len() > 2 && double_area(&corners) > 0.0 {
            let streets = around.iter().map(|step| streets[step]).collect();
            faces.push(Face { corners, streets });
        }
    }
    faces
}

fn streets_by_step(streets: &[Street]) -> BTreeMap<Step<'_>, usize> {
    let mut by_step = BTreeMap::new();
    for (at, street) in streets.iter().enumerate() {
        for pair in street.nodes.windows(2) {
            by_step.insert((pair[0].as_str(), pair[1].as_str()), at);
            by_step.insert((pair[1].as_str(), pair[0].as_str()), at);
        }
    }
    by_step
}

/// The next crossings of each crossing, against the clock; streets that lead out of the drawing are left out.
fn neighbours<'a>(
    skeleton: &Skeleton,
    streets: &BTreeMap<Step<'a>, usize>,
) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut all: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, to) in streets.keys() {
        all.entry(from).or_default().push(to);
    }
    while let Some(end) = all.iter().find(|(_, to)| to.len() == 1).map(|(from, _)| *from) {
        all.remove(end);
        all.values_mut().for_each(|to| to.retain(|other| *other != end));
    }
    all.retain(|_, to| !to.is_empty());
    for (from, to) in &mut all {
        let direction = |id: &str| bearing(skeleton.nodes[id] - skeleton.nodes[*from]);
        to.sort_by(|one, other| direction(one).total_cmp(&direction(other)));
    }
    all
}

/// The sharpest turn to the left at the end of a step keeps the same area on the left.
fn next_left<'a>((from, to): Step<'a>, neighbours: &BTreeMap<&'a str, Vec<&'a str>>) -> Step<'a> {
    let around = &neighbours[to];
    let at = around.iter().position(|id| *id == from).unwrap_or(0);
    (to, around[(at + around.len() - 1) % around.len()])
}

/// Grows with the angle against the clock, from 0 to 4, without trigonometry.
fn bearing(direction: Point) -> f64 {
    let share = direction.y / (direction.x.abs() + direction.y.abs());
    match (direction.x < 0.0, direction.y < 0.0) {
        (true, _) => 2.0 - share,
        (false, true) => 4.0 + share,
        (false, false) => share,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_blocks_with_a_street_between_and_a_street_that_leads_away() {
        let text = "node A 0,0\nnode B 100,0\nnode C 200,0\nnode D 0,100\nnode E 100,100\nnode F 200,100\nnode G 300,0\n\
                    street Süd | street | 10 | A B C G\nstreet Nord | street | 10 | D E F\n\
                    street West | street | 10 | A D\nstreet Mitte | street | 10 | B E\nstreet Ost | street | 10 | C F\n";
        let skeleton = Skeleton::read(text).expect("fine");
        let faces = find(&skeleton);
        assert_eq!(faces.len(), 2);
        for face in &faces {
            assert_eq!(double_area(&face.corners), 20_000.0);
            let names: BTreeSet<&str> =
                face.streets.iter().map(|at| skeleton.streets[*at].name.as_str()).collect();
            assert!(names.contains("Mitte") && names.len() == 4, "{names:?}");
        }
    }
}
