//! A queue of places to look at, the nearest first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Distances never fall between two `pop`s. What is as near as the last one taken waits on a stack: most paths are short
/// and most of their steps cost nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Queue {
    near: Vec<u32>,
    distance: i32,
    far: BinaryHeap<Reverse<(i32, u32)>>,
}

impl Queue {
    pub(super) fn clear(&mut self) {
        self.near.clear();
        self.far.clear();
        self.distance = 0;
    }

    #[inline]
    pub(super) fn push(&mut self, distance: i32, key: u32) {
        if distance == self.distance {
            self.near.push(key);
        } else {
            self.far.push(Reverse((distance, key)));
        }
    }

    #[inline]
    pub(super) fn pop(&mut self) -> Option<(i32, u32)> {
        if let Some(key) = self.near.pop() {
            return Some((self.distance, key));
        }
        let Reverse((distance, key)) = self.far.pop()?;
        self.distance = distance;
        Some((distance, key))
    }
}
