//! Areas from the pieces of their edge.

use kiez_domain::position::Position;
use kiez_domain::quarter::{Outline, Ring};
use std::collections::HashMap;

/// Most rings of one area; a forest with more holes than that is left out.
const RING_LIMIT: usize = 2_000;

/// Closed rings, and how many pieces did not become one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Joined {
    pub(super) rings: Vec<Vec<i64>>,
    pub(super) left_over: usize,
}

/// Joins pieces, each a list of nodes, at their ends.
pub(super) fn join(pieces: Vec<Vec<i64>>) -> Joined {
    let mut ends: HashMap<i64, Vec<usize>> = HashMap::new();
    for (at, piece) in pieces.iter().enumerate() {
        for end in [piece.first(), piece.last()].into_iter().flatten() {
            ends.entry(*end).or_default().push(at);
        }
    }
    let mut pieces: Vec<Option<Vec<i64>>> = pieces.into_iter().map(Some).collect();
    let mut joined = Joined::default();
    for at in 0..pieces.len() {
        let Some(mut ring) = pieces[at].take() else { continue };
        let mut parts = 1;
        while ring.first() != ring.last() {
            let Some(next) = next_piece(&mut ends, &mut pieces, ring.last().copied()) else { break };
            ring.extend_from_slice(&next[1..]);
            parts += 1;
        }
        if ring.len() >= 4 && ring.first() == ring.last() {
            joined.rings.push(ring);
        } else {
            joined.left_over += parts;
        }
    }
    joined
}

/// A piece that begins at the node, turned round when it ends there. Spent pieces are forgotten on the way.
fn next_piece(
    ends: &mut HashMap<i64, Vec<usize>>,
    pieces: &mut [Option<Vec<i64>>],
    node: Option<i64>,
) -> Option<Vec<i64>> {
    let candidates = ends.get_mut(&node?)?;
    while let Some(at) = candidates.pop() {
        if let Some(mut piece) = pieces[at].take() {
            if piece.first() != node.as_ref() {
                piece.reverse();
            }
            return Some(piece);
        }
    }
    None
}

/// An area of outer rings and the holes in them; none when there is no outer ring or far too many.
pub(super) fn outline(outer: Vec<Vec<Position>>, inner: Vec<Vec<Position>>) -> Option<Outline> {
    if outer.len() + inner.len() > RING_LIMIT {
        return None;
    }
    let rings = |corners: Vec<Vec<Position>>| corners.into_iter().filter_map(|ring| Ring::new(ring).ok());
    let mut parts: Vec<Vec<Ring>> = rings(outer).map(|ring| vec![ring]).collect();
    for hole in rings(inner) {
        let around = parts.iter_mut().find(|part| hole.corners().iter().all(|c| part[0].holds(*c)));
        // A hole in nothing is a slip of the map and changes nothing.
        if let Some(part) = around {
            part.push(hole);
        }
    }
    Outline::new(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pieces_are_joined_whichever_way_they_run() {
        let joined = join(vec![vec![1, 2, 3], vec![5, 4, 3], vec![5, 6, 1]]);
        assert_eq!(joined.rings, [vec![1, 2, 3, 4, 5, 6, 1]]);
        assert_eq!(joined.left_over, 0);
    }

    #[test]
    fn closed_pieces_stand_for_themselves_and_open_ones_are_counted() {
        let joined = join(vec![vec![1, 2, 3, 1], vec![7, 8], vec![8, 9], vec![4], vec![]]);
        assert_eq!(joined.rings, [vec![1, 2, 3, 1]]);
        assert_eq!(joined.left_over, 4);
    }

    proptest! {
        #[test]
        fn a_ring_cut_anywhere_is_joined_again(length in 4_i64..40, cuts in prop::collection::btree_set(1_usize..39, 0..8)) {
            let ring: Vec<i64> = (0..length).chain([0]).collect();
            let mut pieces = Vec::new();
            let mut from = 0;
            for cut in cuts.into_iter().filter(|cut| *cut < ring.len() - 1).chain([ring.len() - 1]) {
                pieces.push(ring[from..=cut].to_vec());
                from = cut;
            }
            let joined = join(pieces);
            prop_assert_eq!(joined.left_over, 0);
            prop_assert_eq!(joined.rings.len(), 1);
            prop_assert_eq!(joined.rings[0].len(), ring.len());
        }
    }

    fn square(south: f64, west: f64, size: f64) -> Vec<Position> {
        let corners = [(0.0, 0.0), (0.0, size), (size, size), (size, 0.0), (0.0, 0.0)];
        corners.iter().map(|(n, e)| Position::new(south + n, west + e).expect("valid")).collect()
    }

    #[test]
    fn a_hole_goes_into_the_part_around_it() {
        let outer = vec![square(0.0, 0.0, 1.0), square(10.0, 10.0, 4.0)];
        let outline =
            outline(outer, vec![square(11.0, 11.0, 1.0), square(50.0, 50.0, 1.0)]).expect("an area");
        assert_eq!(outline.parts().iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn thousands_of_rings_are_left_out() {
        assert!(outline(vec![square(0.0, 0.0, 1.0); RING_LIMIT], vec![square(0.2, 0.2, 0.1)]).is_none());
        assert!(outline(vec![], vec![square(0.2, 0.2, 0.1)]).is_none());
    }
}
