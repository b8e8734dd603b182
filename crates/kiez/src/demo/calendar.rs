//! The days of the demo's past, counted back from today.

use crate::failure::Failure;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use kiez_domain::instant::Instant;

/// Today, and what lies before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar {
    today: Date,
}

impl Calendar {
    pub(super) fn new(today: Date) -> Self {
        Self { today }
    }

    pub(super) fn days_ago(self, days: i64) -> Date {
        self.today.saturating_sub(days.days())
    }

    pub(super) fn months_ago(self, months: i32) -> Date {
        self.today.saturating_sub(months.months())
    }

    /// A day between so many and so many days ago, at a share of the way, when shops are open.
    pub(super) fn between(self, days: (i64, i64), share: f64) -> Date {
        let way = (days.0 - days.1) as f64 * share;
        self.working_day(self.days_ago(days.0 - way as i64))
    }

    /// So many days after, but not after yesterday.
    pub(super) fn after(self, date: Date, days: i64) -> Date {
        self.working_day(date.saturating_add(days.days()).min(self.days_ago(1)))
    }

    fn working_day(self, date: Date) -> Date {
        let back = match date.weekday() {
            Weekday::Saturday => 1,
            Weekday::Sunday => 2,
            _ => 0,
        };
        date.saturating_sub(back.days())
    }
}

/// Nine o'clock in Berlin.
pub(super) fn morning(date: Date) -> Result<Instant, Failure> {
    let morning = date.at(9, 0, 0, 0).in_tz("Europe/Berlin");
    let morning = morning.map_err(|error| Failure::usage(format!("--today {date}: {error}")))?;
    Ok(Instant(morning.timestamp().as_millisecond()))
}

/// Shares of the whole that lie well apart, whatever the number of things to spread (the golden ratio's multiples).
pub(super) fn spread(at: usize) -> f64 {
    (at as f64 * 0.618_033_988_749_895).fract()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const CALENDAR: Calendar = Calendar { today: date(2026, 3, 2) };

    #[test]
    fn the_morning_is_nine_in_berlin() {
        let at = |day: Date| morning(day).expect("a day").to_string();
        assert_eq!(at(date(2026, 3, 2)), "2026-03-02T08:00:00Z");
        assert_eq!(at(date(2026, 7, 1)), "2026-07-01T07:00:00Z");
    }

    #[test]
    fn days_and_months_are_counted_back() {
        assert_eq!(CALENDAR.months_ago(34), date(2023, 5, 2));
        assert_eq!(CALENDAR.days_ago(2), date(2026, 2, 28));
    }

    #[test]
    fn nobody_walks_at_the_weekend_and_nothing_happens_tomorrow() {
        for days in 0..30 {
            let day = CALENDAR.after(date(2026, 1, 5), days);
            assert!(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday), "{day}");
        }
        assert!(CALENDAR.after(date(2026, 3, 1), 90) < date(2026, 3, 2));
        assert_eq!(CALENDAR.between((10, 3), 0.0), date(2026, 2, 20));
    }

    #[test]
    fn what_is_spread_lies_apart() {
        let mut shares: Vec<f64> = (0..50).map(spread).collect();
        shares.sort_by(f64::total_cmp);
        assert!(shares.windows(2).all(|pair| pair[1] - pair[0] > 0.005));
    }
}
