//! A moment, as it is stored.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, date};
use std::fmt;

/// A moment in milliseconds since 1970-01-01 00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Instant(pub i64);

/// Whose clock on the wall is meant.
pub const ZONE: &str = "Europe/Berlin";

impl Instant {
    /// The day on the calendar of [`ZONE`]; the first day of 1970 for a moment that no calendar has.
    #[must_use]
    pub fn day(self) -> Date {
        self.on_the_wall().date()
    }

    /// What calendar and clock on the wall of [`ZONE`] show; the beginning of 1970 for a moment that no calendar has.
    #[must_use]
    pub fn on_the_wall(self) -> DateTime {
        let zoned = Timestamp::from_millisecond(self.0).and_then(|at| at.in_tz(ZONE));
        zoned.map_or(date(1970, 1, 1).into(), |zoned| zoned.datetime())
    }

    /// The moment `days` days later (24 hours each; for deadlines, not for dates on a wall).
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(86_400_000)))
    }

    /// The moment `minutes` minutes later.
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0.saturating_add(minutes.saturating_mul(60_000)))
    }
}

impl fmt::Display for Instant {
    /// RFC 3339 in UTC.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Timestamp::from_millisecond(self.0) {
            Ok(timestamp) => timestamp.fmt(f),
            Err(_) => write!(f, "{} ms", self.0),
        }
    }
}
