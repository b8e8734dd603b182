//! The offers of one group in blocks of neighbours.

use super::Slot;
use super::ground::{Frame, Point, View};
use kiez_domain::position::Position;

/// Offers along a curve through the ground, cut into blocks; those without a place stand beside.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    blocks: Vec<Block>,
    placeless: Vec<Slot>,
}

#[derive(Debug)]
struct Block {
    /// Not after any offer of this block, and after all of the block before.
    first: Key,
    frame: Frame,
    /// In the order of their keys.
    offers: Vec<Placed>,
}

#[derive(Debug, Clone, Copy)]
struct Placed {
    point: Point,
    slot: Slot,
}

/// The order of offers: along the curve, then by slot, so that many at one point can still be told apart.
type Key = (u64, Slot);

/// So many neighbours are looked at together: one or two pages of the first cache.
const MOST: usize = 64;

impl Blocks {
    pub(super) fn put(&mut self, slot: Slot, position: Option<Position>) {
        let Some(point) = position.map(Point::of) else {
            if let Err(place) = self.placeless.binary_search(&slot) {
                self.placeless.insert(place, slot);
            }
            return;
        };
        let new = Placed { point, slot };
        let Some(at) = self.find(new.key()) else {
            let frame = Frame::around([point]).expect("one point has a frame");
            return self.blocks.push(Block { first: new.key(), frame, offers: vec![new] });
        };
        let block = &mut self.blocks[at];
        block.put(new);
        if block.offers.len() > MOST {
            let rest = block.split();
            self.blocks.insert(at + 1, rest);
        }
    }

    pub(super) fn remove(&mut self, slot: Slot, position: Option<Position>) {
        let Some(point) = position.map(Point::of) else {
            if let Ok(place) = self.placeless.binary_search(&slot) {
                self.placeless.remove(place);
            }
            return;
        };
        let gone = Placed { point, slot }.key();
        let Some(at) = self.find(gone) else { return };
        let block = &mut self.blocks[at];
        let Ok(place) = block.offers.binary_search_by_key(&gone, Placed::key) else { return };
        block.offers.remove(place);
        match Frame::around(block.offers.iter().map(|placed| placed.point)) {
            Some(frame) => block.frame = frame,
            None => drop(self.blocks.remove(at)),
        }
    }

    pub(super) fn placeless(&self) -> &[Slot] {
        &self.placeless
    }

    /// The blocks that may hold somebody within so many metres, with their distance, the nearest first.
    pub(super) fn within(&self, view: &View, metres: f64, near: &mut Vec<(f64, u32)>) {
        near.clear();
        let all = (0..).zip(&self.blocks).map(|(number, block)| (view.least_metres_to(&block.frame), number));
        near.extend(all.filter(|(least, _)| *least <= metres));
        near.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    }

    pub(super) fn block(&self, number: u32) -> impl Iterator<Item = (Slot, Point)> {
        self.blocks[number as usize].offers.iter().map(|placed| (placed.slot, placed.point))
    }

    /// The block to which a key belongs; `None` when there is no block at all.
    fn find(&self, key: Key) -> Option<usize> {
        let behind = self.blocks.partition_point(|block| block.first <= key);
        (!self.blocks.is_empty()).then(|| behind.saturating_sub(1))
    }
}

impl Block {
    fn put(&mut self, new: Placed) {
        self.first = self.first.min(new.key());
        self.frame.add(new.point);
        let place = self.offers.partition_point(|placed| placed.key() < new.key());
        self.offers.insert(place, new);
    }

    /// Cuts the second half off.
    fn split(&mut self) -> Self {
        let rest = self.offers.split_off(self.offers.len() / 2);
        self.offers.shrink_to_fit();
        let frame = |offers: &[Placed]| Frame::around(offers.iter().map(|placed| placed.point));
        self.frame = frame(&self.offers).expect("half of more than one is not empty");
        let frame = frame(&rest).expect("half of more than one is not empty");
        Self { first: rest[0].key(), frame, offers: rest }
    }
}

impl Placed {
    fn key(&self) -> Key {
        (self.point.along_the_curve(), self.slot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn at(lat: u8, lon: u8) -> Option<Position> {
        // A small ground with many offers at one point.
        Position::new(52.4 + f64::from(lat % 8) * 0.01, 13.3 + f64::from(lon % 8) * 0.01).ok()
    }

    fn all(blocks: &Blocks) -> Vec<Slot> {
        let numbers = 0..u32::try_from(blocks.blocks.len()).expect("few");
        let mut all: Vec<Slot> = numbers
            .flat_map(|number| blocks.block(number).map(|(slot, _)| slot).collect::<Vec<_>>())
            .collect();
        all.extend(blocks.placeless());
        all.sort_unstable();
        all
    }

    proptest! {
        #[test]
        fn whoever_was_put_is_there_until_taken_out(
            steps in proptest::collection::vec((0..300_u32, any::<u8>(), any::<u8>(), 0..4_u8), 0..900),
        ) {
            let mut blocks = Blocks::default();
            let mut truth: BTreeMap<Slot, Option<Position>> = BTreeMap::new();
            for (slot, lat, lon, what) in steps {
                if let Some(position) = truth.remove(&slot) {
                    blocks.remove(slot, position);
                }
                if what > 0 {
                    let position = at(lat, lon).filter(|_| what > 1);
                    blocks.put(slot, position);
                    truth.insert(slot, position);
                }
            }
            prop_assert_eq!(all(&blocks), truth.keys().copied().collect::<Vec<_>>());
            prop_assert!(blocks.blocks.iter().all(|block| (1..=MOST).contains(&block.offers.len())));
        }

        #[test]
        fn nobody_within_reach_is_left_out(
            places in proptest::collection::vec((any::<u8>(), any::<u8>()), 0..400), metres in 0.0..9_000.0f64,
        ) {
            let mut blocks = Blocks::default();
            (0..).zip(&places).for_each(|(slot, (lat, lon))| blocks.put(slot, at(*lat, *lon)));
            let from = at(3, 3).expect("a place");
            let mut near = Vec::new();
            blocks.within(&View::of(Some(from)), metres, &mut near);
            prop_assert!(near.is_sorted_by(|a, b| a.0 <= b.0));
            let found: Vec<Slot> =
                near.iter().flat_map(|(_, number)| blocks.block(*number).map(|(slot, _)| slot).collect::<Vec<_>>()).collect();
            for (slot, (lat, lon)) in (0..).zip(&places) {
                let reached = at(*lat, *lon).is_some_and(|place| from.distance_m(place) <= metres);
                prop_assert!(!reached || found.contains(&slot));
            }
        }
    }
}
