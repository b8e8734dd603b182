//! A part of a long list.

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// Rows to leave out at the beginning.
    pub offset: u64,
    /// Rows wanted at most.
    pub size: u32,
}

impl Page {
    /// The most rows of one page.
    pub const MOST: u32 = 500;

    /// The first rows of a list.
    #[must_use]
    pub const fn first(size: u32) -> Self {
        Self { offset: 0, size }
    }

    /// Where the part before this one begins; none before the first.
    #[must_use]
    pub fn previous(self) -> Option<u64> {
        (self.offset > 0).then(|| self.offset.saturating_sub(u64::from(self.size)))
    }

    pub(crate) fn limit(self) -> i64 {
        i64::from(self.size.min(Self::MOST))
    }

    pub(crate) fn skip(self) -> i64 {
        i64::try_from(self.offset).unwrap_or(i64::MAX)
    }
}

impl Default for Page {
    /// The first fifty.
    fn default() -> Self {
        Self::first(50)
    }
}

/// A part of a list and how long the whole is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<T> {
    /// The rows of this part.
    pub rows: Vec<T>,
    /// How many rows the whole list has.
    pub total: u64,
    /// Where the next part begins, when there is one.
    pub next: Option<u64>,
}

impl<T> Listing<T> {
    pub(crate) fn new(rows: Vec<T>, total: u64, page: Page) -> Self {
        let end = page.offset.saturating_add(rows.len() as u64);
        Self { next: (end < total && !rows.is_empty()).then_some(end), rows, total }
    }

    /// One part of a list that is known as a whole.
    #[must_use]
    pub fn of(all: Vec<T>, page: Page) -> Self {
        let total = all.len() as u64;
        let left_out = usize::try_from(page.offset).unwrap_or(usize::MAX);
        let size = page.size.min(Page::MOST) as usize;
        Self::new(all.into_iter().skip(left_out).take(size).collect(), total, page)
    }

    /// The same part with every row made into something else.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Listing<U> {
        Listing { rows: self.rows.into_iter().map(change).collect(), total: self.total, next: self.next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_has_no_next() {
        let listing = Listing::new(vec![1, 2], 5, Page { offset: 2, size: 2 });
        assert_eq!(listing.next, Some(4));
        assert_eq!(Listing::new(vec![1], 5, Page { offset: 4, size: 2 }).next, None);
        assert_eq!(Listing::<u8>::new(vec![], 5, Page { offset: 9, size: 2 }).next, None);
    }

    #[test]
    fn a_list_that_is_known_as_a_whole_is_cut_into_the_same_parts() {
        let part = |offset| Listing::of(vec![1, 2, 3, 4, 5], Page { offset, size: 2 });
        assert_eq!(part(0), Listing { rows: vec![1, 2], total: 5, next: Some(2) });
        assert_eq!(part(4), Listing { rows: vec![5], total: 5, next: None });
        assert_eq!(part(u64::MAX), Listing { rows: vec![], total: 5, next: None });
    }

    #[test]
    fn nobody_asks_for_everything_at_once() {
        assert_eq!(Page::first(u32::MAX).limit(), 500);
    }
}
