use jiff::ToSpan;
use jiff::civil::{Date, date};
use kiez_domain::issue::Problem;
use kiez_domain::period::{Period, parse_date};
use proptest::prelude::*;

#[test]
fn days_are_read_as_people_and_as_programs_write_them() {
    for (written, day) in [
        ("31.03.2026", date(2026, 3, 31)),
        ("1.4.2026", date(2026, 4, 1)),
        (" 2026-03-31 ", date(2026, 3, 31)),
        ("29.02.2024", date(2024, 2, 29)),
    ] {
        assert_eq!(parse_date(written), Ok(day), "{written}");
    }
}

#[test]
fn days_that_no_calendar_has_are_refused() {
    assert_eq!(parse_date(" "), Err(Problem::Missing));
    for wrong in [
        "29.02.2025",
        "31.04.2026",
        "00.01.2026",
        "2026-02-30",
        "03/31/2026",
        "31.03.",
        "31.3.26.1",
        "morgen",
    ] {
        let refused = parse_date(wrong).expect_err(wrong).to_string();
        assert!(refused.contains(wrong) && refused.contains("31.03.2026"), "{refused}");
    }
}

#[test]
fn an_open_end_holds_every_later_day() {
    let begun = Period::new(date(2017, 3, 1), None).expect("open");
    assert!(begun.contains(date(2017, 3, 1)) && begun.contains(Date::MAX));
    assert!(!begun.contains(date(2017, 2, 28)));
    assert_eq!((begun.from(), begun.to()), (date(2017, 3, 1), None));
}

#[test]
fn one_day_is_a_period() {
    let day = date(2026, 6, 6);
    let feast = Period::new(day, Some(day)).expect("one day");
    assert!(feast.contains(day));
    assert!(!feast.contains(date(2026, 6, 5)) && !feast.contains(date(2026, 6, 7)));
}

#[test]
fn a_period_that_runs_backwards_says_between_what_its_end_may_lie() {
    let Err(Problem::OutOfRange { given, least, .. }) = Period::new(date(2026, 3, 2), Some(date(2026, 3, 1)))
    else {
        panic!("it was taken")
    };
    assert_eq!((given.as_str(), least.as_str()), ("2026-03-01", "2026-03-02"));
}

fn days() -> impl Strategy<Value = Date> {
    (1900i16..2100, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

proptest! {
    #[test]
    fn a_day_reads_back_in_both_spellings(day in days()) {
        prop_assert_eq!(parse_date(&day.to_string()), Ok(day));
        let german = format!("{:02}.{:02}.{}", day.day(), day.month(), day.year());
        prop_assert_eq!(parse_date(&german), Ok(day));
    }

    #[test]
    fn a_period_holds_exactly_the_days_between_its_ends(from in days(), length in 0i32..5_000, at in -10i32..5_010) {
        let to = from.checked_add(length.days()).expect("in the calendar");
        let day = from.checked_add(at.days()).expect("in the calendar");
        let period = Period::new(from, Some(to)).expect("forwards");
        prop_assert_eq!(period.contains(day), (0..=length).contains(&at));
        prop_assert_eq!((period.from(), period.to()), (from, Some(to)));
    }

    #[test]
    fn no_text_makes_a_day_panic(text in "\\PC{0,14}|[0-9]{0,4}[.-][0-9]{0,3}[.-][0-9]{0,6}") {
        if let Ok(day) = parse_date(&text) {
            prop_assert_eq!(parse_date(&day.to_string()), Ok(day));
        }
    }
}
