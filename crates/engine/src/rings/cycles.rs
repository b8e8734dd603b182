//! All rings of two to four, each once.

use super::{Graph, LONGEST, MOST_RINGS};
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// A ring by its actors; the first is the smallest, so that the same ring is found once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cycle {
    pub(super) worth: u64,
    length: usize,
    actors: [usize; LONGEST],
}

/// The best rings there are.
pub(super) struct Found {
    /// In the order of their actors.
    pub(super) rings: Vec<Cycle>,
    /// Whether these are all.
    pub(super) is_whole: bool,
}

impl Cycle {
    pub(super) fn actors(&self) -> &[usize] {
        &self.actors[..self.length]
    }
}

/// The better one is greater: more worth, then shorter, then of earlier actors.
impl Ord for Cycle {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_actors = || other.actors().cmp(self.actors());
        self.worth.cmp(&other.worth).then(other.length.cmp(&self.length)).then_with(by_actors)
    }
}

impl PartialOrd for Cycle {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Finds the rings, of too many the best.
pub(super) fn all(graph: &Graph) -> Found {
    let mut back: Vec<Vec<(usize, u32)>> = vec![Vec::new(); graph.helped.len()];
    for (giver, arrows) in graph.helped.iter().enumerate() {
        arrows.iter().for_each(|arrow| back[arrow.taker].push((giver, arrow.worth)));
    }
    let mut search = Search {
        graph,
        closes: vec![0; graph.helped.len()],
        path: Vec::with_capacity(LONGEST),
        best: BinaryHeap::new(),
        is_whole: true,
    };
    for (first, closing) in back.iter().enumerate() {
        closing.iter().for_each(|(giver, worth)| search.closes[*giver] = *worth);
        search.path.push(first);
        search.follow(u32::MAX);
        search.path.pop();
        closing.iter().for_each(|(giver, _)| search.closes[*giver] = 0);
    }
    let mut rings: Vec<Cycle> = search.best.into_iter().map(|Reverse(cycle)| cycle).collect();
    rings.sort_by(|a, b| a.actors().cmp(b.actors()));
    Found { rings, is_whole: search.is_whole }
}

struct Search<'g> {
    graph: &'g Graph,
    /// How strong the link of each actor to the first of the path is; 0 where there is none.
    closes: Vec<u32>,
    path: Vec<usize>,
    /// The best rings so far, the worst of them on top.
    best: BinaryHeap<Reverse<Cycle>>,
    is_whole: bool,
}

impl Search<'_> {
    /// Goes on from the last of the path, whose links are at least this strong.
    fn follow(&mut self, weakest: u32) {
        let graph = self.graph;
        let (first, last) = (self.path[0], self.path[self.path.len() - 1]);
        for arrow in &graph.helped[last] {
            if arrow.taker <= first || self.path.contains(&arrow.taker) {
                continue;
            }
            let weakest = weakest.min(arrow.worth);
            self.path.push(arrow.taker);
            let closing = self.closes[arrow.taker];
            if closing > 0 {
                self.keep(weakest.min(closing));
            }
            if self.path.len() < LONGEST {
                self.follow(weakest);
            }
            self.path.pop();
        }
    }

    fn keep(&mut self, weakest: u32) {
        let length = self.path.len();
        let mut actors = [0; LONGEST];
        actors[..length].copy_from_slice(&self.path);
        self.best.push(Reverse(Cycle { worth: u64::from(weakest) * length as u64, length, actors }));
        if self.best.len() > MOST_RINGS {
            self.best.pop();
            self.is_whole = false;
        }
    }
}
