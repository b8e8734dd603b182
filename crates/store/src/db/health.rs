//! Whether the database could be written the last time somebody tried: a full disk, or one that has become read-only,
//! shows on the pages while it lasts.

use crate::error::StoreError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Noted by every transaction that writes.
#[derive(Debug, Default)]
pub struct WriterHealth {
    failing: AtomicBool,
    /// Connections were opened for reading alone, because the disk is read-only.
    reading_only: AtomicBool,
    /// When it was found that they need not be any more: older ones are closed.
    reopened: Mutex<Option<Instant>>,
}

impl WriterHealth {
    /// Whether the last who tried could not write.
    pub(super) fn is_failing(&self) -> bool {
        self.failing.load(Ordering::Relaxed)
    }

    /// Notes that everything was opened for reading alone.
    pub(super) fn opened_for_reading(self) -> Self {
        self.failed(&StoreError::ReadOnly);
        self.reading_only.store(true, Ordering::Relaxed);
        self
    }

    /// Whether everything was opened for reading alone when the program started.
    pub(super) fn reads_only(&self) -> bool {
        self.reading_only.load(Ordering::Relaxed)
    }

    /// Notes that connections are opened for writing from now on: older ones are not wanted any more.
    pub(super) fn reopen(&self) {
        *self.reopened.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether a connection of this age was opened for reading alone and is not wanted any more.
    pub(super) fn is_outdated(&self, age: Duration) -> bool {
        let reopened = *self.reopened.lock().unwrap_or_else(PoisonError::into_inner);
        reopened.is_some_and(|at| age > at.elapsed())
    }

    /// Notes a failure, when it is one of the disk.
    pub(crate) fn failed(&self, error: &StoreError) {
        if matches!(error, StoreError::Full | StoreError::ReadOnly | StoreError::Disk(_))
            && !self.failing.swap(true, Ordering::Relaxed)
        {
            tracing::error!(%error, "nothing can be stored; reading goes on");
        }
    }

    /// Notes that something was written.
    pub(crate) fn worked(&self) {
        if self.failing.swap(false, Ordering::Relaxed) {
            tracing::warn!("the database can be written again");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trouble_of_the_disk_counts_and_one_success_ends_it() {
        let health = WriterHealth::default();
        health.failed(&StoreError::Stale);
        health.failed(&StoreError::Busy);
        assert!(!health.is_failing());
        health.failed(&StoreError::Full);
        assert!(health.is_failing());
        health.worked();
        assert!(!health.is_failing());
    }

    #[test]
    fn what_was_opened_for_reading_is_outdated_when_writing_is_possible_again() {
        let health = WriterHealth::default().opened_for_reading();
        let age = Duration::from_secs(5);
        assert!(health.is_failing() && !health.is_outdated(age));
        health.reopen();
        assert!(health.is_outdated(age) && !health.is_outdated(Duration::ZERO));
    }
}
