//! The edges of each need or each offer, the best first, side by side in memory.

/// One end of an edge, seen from the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    /// The node at the other end.
    pub(super) to: u32,
    pub(super) profit: i32,
    /// The number of the edge, the same from both ends.
    pub(super) edge: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Span {
    start: u32,
    length: u32,
    room: u32,
}

/// One row for each node. A row that outgrows its room moves to the end; what it leaves is collected now and then.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    spans: Vec<Span>,
    entries: Vec<Entry>,
    left_behind: usize,
}

impl Rows {
    /// Rows from entries that come node by node, the best of each first.
    pub(super) fn sorted(nodes: usize, entries: impl Iterator<Item = (u32, Entry)>) -> Self {
        let mut spans = vec![Span::default(); nodes];
        let mut all = Vec::with_capacity(entries.size_hint().0);
        for (place, (node, entry)) in (0..).zip(entries) {
            let span = &mut spans[node as usize];
            if span.length == 0 {
                span.start = place;
            }
            span.length += 1;
            span.room += 1;
            all.push(entry);
        }
        Self { spans, entries: all, left_behind: 0 }
    }

    /// The same edges seen from the other end, where there are `nodes`.
    pub(super) fn transposed(&self, nodes: usize) -> Self {
        let mut spans = vec![Span::default(); nodes];
        for entry in self.spans.iter().flat_map(|span| self.slice(*span)) {
            spans[entry.to as usize].room += 1;
        }
        let mut start = 0;
        for span in &mut spans {
            span.start = start;
            start += span.room;
        }
        let empty = Entry { to: 0, profit: 0, edge: 0 };
        let mut transposed = Self { spans, entries: vec![empty; start as usize], left_behind: 0 };
        for (node, span) in (0..).zip(&self.spans) {
            for entry in self.slice(*span) {
                let other = &mut transposed.spans[entry.to as usize];
                transposed.entries[(other.start + other.length) as usize] = Entry { to: node, ..*entry };
                other.length += 1;
            }
        }
        for span in &transposed.spans {
            let range = span.start as usize..(span.start + span.length) as usize;
            transposed.entries[range].sort_unstable_by_key(|entry| (-entry.profit, entry.to));
        }
        transposed
    }

    #[inline]
    pub(super) fn row(&self, node: u32) -> &[Entry] {
        self.slice(self.spans[node as usize])
    }

    /// Where the row's entries begin among all of them.
    #[inline]
    pub(super) fn start(&self, node: u32) -> u32 {
        self.spans[node as usize].start
    }

    /// The entry at a place among all of them.
    #[inline]
    pub(super) fn at(&self, place: u32) -> Entry {
        self.entries[place as usize]
    }

    pub(super) fn nodes(&self) -> usize {
        self.spans.len()
    }

    /// How many edges there are, with what was left behind.
    pub(super) fn edges(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn add_node(&mut self) {
        self.spans.push(Span::default());
    }

    /// Puts an entry into its place in the order of profits.
    pub(super) fn insert(&mut self, node: u32, entry: Entry) {
        self.make_room(node);
        let span = &mut self.spans[node as usize];
        let start = span.start as usize;
        let length = span.length as usize;
        span.length += 1;
        let row = &mut self.entries[start..=start + length];
        let key = |entry: &Entry| (-entry.profit, entry.to);
        let place = row[..length].partition_point(|known| key(known) < key(&entry));
        row.copy_within(place..length, place + 1);
        row[place] = entry;
    }

    pub(super) fn remove(&mut self, node: u32, edge: u32) {
        let span = self.spans[node as usize];
        let (start, end) = (span.start as usize, (span.start + span.length) as usize);
        let row = &mut self.entries[start..end];
        if let Some(place) = row.iter().position(|entry| entry.edge == edge) {
            row.copy_within(place + 1.., place);
            self.spans[node as usize].length -= 1;
        }
    }

    fn make_room(&mut self, node: u32) {
        let span = self.spans[node as usize];
        if span.length < span.room {
            return;
        }
        if self.left_behind > 1_024 && self.left_behind > self.entries.len() / 2 {
            self.collect();
            return self.make_room(node);
        }
        let room = (span.room * 2).max(4);
        let start = self.entries.len();
        self.entries.extend_from_within(span.start as usize..(span.start + span.length) as usize);
        self.entries.resize(start + room as usize, Entry { to: 0, profit: 0, edge: 0 });
        self.left_behind += span.room as usize;
        self.spans[node as usize] = Span { start: place(start), length: span.length, room };
    }

    fn collect(&mut self) {
        let mut entries = Vec::with_capacity(self.entries.len() - self.left_behind);
        for span in &mut self.spans {
            let start = place(entries.len());
            let range = span.start as usize..(span.start + span.room) as usize;
            entries.extend_from_slice(&self.entries[range]);
            span.start = start;
        }
        self.entries = entries;
        self.left_behind = 0;
    }

    #[inline]
    fn slice(&self, span: Span) -> &[Entry] {
        &self.entries[span.start as usize..(span.start + span.length) as usize]
    }
}

/// A place among the entries; a problem has so few edges that doubled rows stay within 32 bits.
pub(super) fn place(index: usize) -> u32 {
    u32::try_from(index).expect("problems are limited so that places fit 32 bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(to: u32, profit: i32, edge: u32) -> Entry {
        Entry { to, profit, edge }
    }

    fn ends(rows: &Rows, node: u32) -> Vec<(u32, i32)> {
        rows.row(node).iter().map(|entry| (entry.to, entry.profit)).collect()
    }

    #[test]
    fn the_other_end_sees_the_same_edges_the_best_first() {
        let rows = Rows::sorted(
            2,
            [(0, entry(1, 9, 0)), (0, entry(0, 4, 1)), (1, entry(0, 8, 2)), (1, entry(1, 9, 3))].into_iter(),
        );
        let other = rows.transposed(3);
        assert_eq!(ends(&other, 0), [(1, 8), (0, 4)]);
        assert_eq!(ends(&other, 1), [(0, 9), (1, 9)]);
        assert_eq!(ends(&other, 2), []);
    }

    #[test]
    fn rows_that_grow_and_shrink_keep_order_and_neighbours() {
        let mut rows = Rows::sorted(3, [(1, entry(7, 5, 0))].into_iter());
        for round in 0..4_000_u32 {
            let profit = i32::try_from(round % 97).expect("small");
            rows.insert(round % 3, entry(round, profit, round + 1));
        }
        for round in (0..4_000_u32).filter(|round| round % 2 == 0) {
            rows.remove(round % 3, round + 1);
        }
        for node in 0..3 {
            let row = rows.row(node);
            assert!(row.is_sorted_by_key(|entry| (-entry.profit, entry.to)));
            assert!(row.iter().all(|entry| entry.edge == 0 || (entry.to % 3 == node && entry.to % 2 == 1)));
        }
        assert_eq!((0..3).map(|node| rows.row(node).len()).sum::<usize>(), 2_001);
    }
}
