//! Units in the plan: one tie for each pair that has some, in two lists, its need's and its offer's.

pub(super) const NONE: u32 = u32::MAX;

/// Units that go from an offer to a need.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tie {
    /// Its need and its offer.
    pub(super) node: [u32; 2],
    /// The next tie of the same need, and of the same offer.
    pub(super) next: [u32; 2],
    pub(super) profit: i32,
    pub(super) edge: u32,
    pub(super) units: u32,
}

/// All ties; a place that became free is used again.
#[derive(Debug, Clone, Default)]
pub(super) struct Ties {
    all: Vec<Tie>,
    free: Vec<u32>,
}

impl Ties {
    #[inline]
    pub(super) fn get(&self, tie: u32) -> &Tie {
        &self.all[tie as usize]
    }

    #[inline]
    pub(super) fn get_mut(&mut self, tie: u32) -> &mut Tie {
        &mut self.all[tie as usize]
    }

    pub(super) fn add(&mut self, tie: Tie) -> u32 {
        if let Some(place) = self.free.pop() {
            self.all[place as usize] = tie;
            return place;
        }
        self.all.push(tie);
        super::rows::place(self.all.len() - 1)
    }

    /// Takes a tie out of the list of one of its ends; `first` is where that list begins.
    pub(super) fn unlink(&mut self, side: usize, first: &mut u32, tie: u32) {
        let next = self.get(tie).next[side];
        if *first == tie {
            *first = next;
            return;
        }
        let mut before = *first;
        while self.get(before).next[side] != tie {
            before = self.get(before).next[side];
        }
        self.get_mut(before).next[side] = next;
    }

    /// Gives back the place of a tie that is in no list any more.
    pub(super) fn release(&mut self, tie: u32) {
        self.free.push(tie);
    }

    /// The ties of a list that begins with `first`.
    pub(super) fn list(&self, side: usize, first: u32) -> impl Iterator<Item = (u32, &Tie)> {
        let mut at = first;
        std::iter::from_fn(move || {
            let number = at;
            let tie = self.all.get(number as usize)?;
            at = tie.next[side];
            Some((number, tie))
        })
    }
}
