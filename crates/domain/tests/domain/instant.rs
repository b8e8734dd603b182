use jiff::civil::datetime;
use kiez_domain::instant::Instant;
use proptest::prelude::*;

/// A moment on a wall clock in Berlin.
fn berlin(year: i16, month: i8, day: i8, (hour, minute): (i8, i8)) -> Instant {
    let wall = datetime(year, month, day, hour, minute, 0, 0).in_tz("Europe/Berlin").expect("a moment");
    Instant(wall.timestamp().as_millisecond())
}

#[test]
fn a_moment_is_written_in_utc() {
    assert_eq!(Instant(0).to_string(), "1970-01-01T00:00:00Z");
    assert_eq!(berlin(2026, 3, 2, (8, 30)).to_string(), "2026-03-02T07:30:00Z");
    assert_eq!(berlin(2026, 7, 2, (8, 30)).to_string(), "2026-07-02T06:30:00Z");
}

#[test]
fn a_moment_beyond_every_calendar_is_still_written() {
    assert_eq!(Instant(i64::MAX).to_string(), format!("{} ms", i64::MAX));
}

#[test]
fn a_deadline_counts_24_hours_whatever_the_wall_clock_does() {
    // On 29 March 2026 two o'clock becomes three, on 25 October 2026 three becomes two again.
    assert_eq!(berlin(2026, 3, 28, (8, 30)).plus_days(1), berlin(2026, 3, 29, (9, 30)));
    assert_eq!(berlin(2026, 10, 24, (8, 30)).plus_days(1), berlin(2026, 10, 25, (7, 30)));
    assert_eq!(berlin(2026, 3, 2, (8, 30)).plus_days(7), berlin(2026, 3, 9, (8, 30)));
    assert_eq!(berlin(2026, 3, 29, (1, 59)).plus_minutes(1), berlin(2026, 3, 29, (3, 0)));
}

#[test]
fn moments_sort_by_time() {
    assert!(berlin(2026, 3, 2, (8, 29)) < berlin(2026, 3, 2, (8, 30)));
    assert!(Instant(-1) < Instant(0));
}

proptest! {
    #[test]
    fn days_and_minutes_never_leave_the_range(at in any::<i64>(), days in any::<i64>(), minutes in any::<i64>()) {
        let (later, on) = (Instant(at).plus_days(days.saturating_abs()), Instant(at).plus_minutes(minutes.saturating_abs()));
        prop_assert!(later >= Instant(at) && on >= Instant(at));
        prop_assert!(!later.to_string().is_empty());
    }

    #[test]
    fn a_day_has_1440_minutes(at in -1_000_000_000_000i64..4_000_000_000_000, days in -10_000i64..10_000) {
        prop_assert_eq!(Instant(at).plus_days(days), Instant(at).plus_minutes(days * 1_440));
    }
}
