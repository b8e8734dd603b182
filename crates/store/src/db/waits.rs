//! How long writers wait for their turn: where SQLite becomes too small for an office, it shows here first.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// Counted by every transaction that writes; a length of time, not a moment, so no clock is asked.
#[derive(Debug, Default)]
pub struct WriterWaits {
    begun: AtomicU64,
    ended: AtomicU64,
    micros: AtomicU64,
}

/// What has been counted since the program started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WriterFigures {
    /// How many wait now.
    pub waiting: u64,
    /// How many had their turn or gave up.
    pub waits: u64,
    /// How long these waited, all together, in microseconds.
    pub micros: u64,
}

/// One writer that waits; its wait ends with this value, also when the caller goes away.
pub(super) struct Waiting<'a> {
    waits: &'a WriterWaits,
    since: Instant,
}

impl WriterWaits {
    pub(super) fn begin(&self) -> Waiting<'_> {
        self.begun.fetch_add(1, Ordering::Relaxed);
        Waiting { waits: self, since: Instant::now() }
    }

    pub(super) fn figures(&self) -> WriterFigures {
        // What ended is read first: a wait that ends in between may not make the difference negative.
        let waits = self.ended.load(Ordering::Acquire);
        let waiting = self.begun.load(Ordering::Acquire).saturating_sub(waits);
        WriterFigures { waiting, waits, micros: self.micros.load(Ordering::Relaxed) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let micros = u64::try_from(self.since.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.waits.micros.fetch_add(micros, Ordering::Relaxed);
        self.waits.ended.fetch_add(1, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waits_is_counted_until_the_wait_is_over() {
        let waits = WriterWaits::default();
        let first = waits.begin();
        let second = waits.begin();
        assert_eq!((waits.figures().waiting, waits.figures().waits), (2, 0));
        drop(first);
        assert_eq!((waits.figures().waiting, waits.figures().waits), (1, 1));
        drop(second);
        assert_eq!((waits.figures().waiting, waits.figures().waits), (0, 2));
    }
}
