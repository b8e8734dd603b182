//! Lines that say the same become as few and as long as possible, and no stretch is drawn twice.
//!
//! Maps cut a street at every crossing; a name needs a long line to be written along. Two quarters share a
//! boundary and each brings its own copy.

use geo::{Coord, LineString};
use std::collections::{HashMap, HashSet};

/// A place by its bits: sources repeat shared places exactly.
type Node = (u64, u64);

/// The lines without repeated stretches, joined where exactly two ends meet.
pub(crate) fn joined(lines: Vec<LineString>) -> Vec<LineString> {
    let lines = once(lines);
    let mut ends: HashMap<Node, Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        for end in [line.first(), line.last()].into_iter().flatten() {
            ends.entry(node(*end)).or_default().push(at);
        }
    }
    let mut left: Vec<Option<Vec<Coord>>> = lines.into_iter().map(Some).collect();
    let mut whole = Vec::new();
    for at in 0..left.len() {
        let Some(mut line) = left[at].take() else { continue };
        // Forward, then the same from the other end.
        for _ in 0..2 {
            while let Some(next) = continuation(&line, &ends, &mut left) {
                line.extend(next);
            }
            line.reverse();
        }
        whole.push(LineString::new(line));
    }
    whole
}

/// What goes on where the line ends, without the shared place; nothing at a crossing or a dead end.
fn continuation(
    line: &[Coord],
    ends: &HashMap<Node, Vec<usize>>,
    left: &mut [Option<Vec<Coord>>],
) -> Option<Vec<Coord>> {
    let end = node(*line.last()?);
    let [one, other] = ends.get(&end)?[..] else { return None };
    let next = [one, other].into_iter().find(|at| left[*at].is_some())?;
    let mut next = left[next].take()?;
    if next.first().is_none_or(|first| node(*first) != end) {
        next.reverse();
    }
    next.remove(0);
    Some(next)
}

/// Cuts every stretch out that an earlier line has drawn already.
fn once(lines: Vec<LineString>) -> Vec<Vec<Coord>> {
    let mut drawn: HashSet<(Node, Node)> = HashSet::new();
    let mut kept = Vec::new();
    for line in lines {
        let mut stretch: Vec<Coord> = Vec::new();
        for side in line.0.windows(2) {
            let (from, to) = (node(side[0]), node(side[1]));
            if from == to {
                continue;
            }
            if drawn.insert((from.min(to), from.max(to))) {
                if stretch.is_empty() {
                    stretch.push(side[0]);
                }
                stretch.push(side[1]);
            } else if !stretch.is_empty() {
                kept.push(std::mem::take(&mut stretch));
            }
        }
        if !stretch.is_empty() {
            kept.push(stretch);
        }
    }
    kept
}

fn node(at: Coord) -> Node {
    (at.x.to_bits(), at.y.to_bits())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(places: &[(f64, f64)]) -> LineString {
        LineString::from(places.to_vec())
    }

    #[test]
    fn a_street_in_pieces_becomes_one_line_whatever_the_direction_of_the_pieces() {
        let pieces = vec![
            line(&[(1.0, 0.0), (2.0, 0.0)]),
            line(&[(1.0, 0.0), (0.0, 0.0)]),
            line(&[(3.0, 0.0), (2.0, 0.0)]),
        ];
        let whole = joined(pieces);
        assert_eq!(whole, [line(&[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0)])]);
    }

    #[test]
    fn nothing_is_joined_across_a_crossing() {
        let star = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)].map(|end| line(&[(0.0, 0.0), end]));
        assert_eq!(joined(star.to_vec()).len(), 3);
    }

    #[test]
    fn a_shared_edge_is_drawn_once() {
        let west = line(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]);
        let east = line(&[(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.0, 0.0)]);
        let whole = joined(vec![west, east]);
        let sides: usize = whole.iter().map(|line| line.lines().count()).sum();
        assert_eq!(sides, 7, "eight sides of two squares less the shared one: {whole:?}");
    }

    #[test]
    fn a_ring_stays_closed_and_a_place_repeated_is_no_stretch() {
        let ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)];
        let whole = joined(vec![line(&ring)]);
        assert_eq!(whole.len(), 1);
        assert!(whole[0].is_closed() && whole[0].0.len() == 4, "{whole:?}");
    }
}
