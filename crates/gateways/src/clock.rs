//! What time it is.

use jiff::Timestamp;
use kiez_domain::instant::Instant;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The wall clock, or a clock that stands still until it is moved.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    Real,
    /// A clock for tests and the demo: the same time until somebody moves it.
    Standing(Arc<AtomicI64>),
    /// The machine's clock so many milliseconds away: the demo lives on a day of its own.
    Shifted(i64),
}

impl Clock {
    /// A clock that stands at the given moment.
    #[must_use]
    pub fn standing(at: Instant) -> Self {
        Self::Standing(Arc::new(AtomicI64::new(at.0)))
    }

    /// A clock that goes on from the given moment as the machine's does from now.
    #[must_use]
    pub fn going_on_from(at: Instant) -> Self {
        Self::Shifted(at.0.saturating_sub(Self::Real.now().0))
    }

    /// The moment now.
    #[must_use]
    pub fn now(&self) -> Instant {
        match self {
            Self::Real => Instant(real_now().as_millisecond()),
            Self::Standing(at) => Instant(at.load(Ordering::SeqCst)),
            Self::Shifted(by) => Instant(real_now().as_millisecond().saturating_add(*by)),
        }
    }

    /// What the clocks of other people's devices show: a demo lives on a day of its own, the phones of its guests do not.
    #[must_use]
    pub fn elsewhere(&self) -> Instant {
        match self {
            Self::Shifted(_) => Self::Real.now(),
            Self::Real | Self::Standing(_) => self.now(),
        }
    }

    /// Moves a standing clock; a real one goes its own way.
    pub fn move_to(&self, to: Instant) {
        if let Self::Standing(at) = self {
            at.store(to.0, Ordering::SeqCst);
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
fn real_now() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_clock_stands_until_it_is_moved() {
        let clock = Clock::standing(Instant(5));
        assert_eq!(clock.now(), Instant(5));
        clock.move_to(Instant(9));
        assert_eq!(clock.now(), Instant(9));
    }

    #[test]
    fn a_shifted_clock_goes_on_from_its_day() {
        let clock = Clock::going_on_from(Instant(1_000_000));
        let now = clock.now();
        assert!((1_000_000..1_060_000).contains(&now.0), "{now}");
        assert!(clock.now() >= now);
    }

    #[test]
    fn the_real_clock_is_past_2026() {
        assert!(Clock::Real.now() > Instant(1_767_000_000_000));
    }
}
