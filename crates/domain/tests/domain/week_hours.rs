use kiez_domain::issue::Problem;
use kiez_domain::week_hours::WeekHours;
use proptest::prelude::*;

fn week(text: &str) -> WeekHours {
    text.parse().expect("hours of a week")
}

/// The hours of the set, 0 is Monday 00:00.
fn hours(week: WeekHours) -> Vec<usize> {
    (0..168).filter(|hour| week.contains(*hour)).collect()
}

#[test]
fn a_day_without_hours_is_the_whole_day() {
    assert_eq!(hours(week("Tu")), (24..48).collect::<Vec<_>>());
    assert_eq!(hours(week("Mo 00:00-24:00")), (0..24).collect::<Vec<_>>());
    assert_eq!(week("Mo-Su").count(), 168);
}

#[test]
fn days_are_read_in_both_languages_short_and_long_whatever_their_case() {
    for (written, day) in [
        ("mo", 0),
        ("Montag", 0),
        ("DI.", 1),
        ("tuesday", 1),
        ("Mi", 2),
        ("do", 3),
        ("Thu", 3),
        ("Freitag", 4),
        ("Sonnabend", 5),
        ("So", 6),
        ("sunday", 6),
    ] {
        assert_eq!(hours(week(&format!("{written} 10:00-11:00"))), [day * 24 + 10], "{written}");
    }
}

#[test]
fn a_part_of_an_hour_counts_as_the_whole_hour() {
    assert_eq!(hours(week("Mo 09:30-10:00")), [9]);
    assert_eq!(hours(week("Mo 09:00-09:15")), [9]);
    assert_eq!(hours(week("Mo 08:30-10:01")), [8, 9, 10]);
    assert_eq!(hours(week("Su 23:30-24:00")), [167]);
}

#[test]
fn an_evening_may_end_after_midnight_and_the_week_goes_around() {
    assert_eq!(hours(week("Fr 22:00-00:00")), [118, 119]);
    assert_eq!(hours(week("Fr 23:00-01:30")), [119, 120, 121]);
    assert_eq!(hours(week("Su 23:00-01:00")), [0, 167]);
    assert_eq!(hours(week("Sa-Mo 12:00-13:00")), [12, 132, 156]);
}

#[test]
fn a_part_without_a_day_goes_on_with_the_day_before() {
    assert_eq!(week("We 09:00-12:00, 14:00-16:00; Fr 9-10"), week("Mi 9-12, Mi 14-16, Fr 09:00-10:00"));
    assert_eq!(hours(week("Mo,We 10:00-11:00")).len(), 25, "Monday whole, Wednesday one hour");
}

#[test]
fn what_nobody_can_parse_is_refused_with_an_example() {
    assert_eq!(" , ;".parse::<WeekHours>(), Err(Problem::Missing));
    for wrong in [
        "nach Vereinbarung",
        "Mo 24:00-25:00",
        "Mo 12:60-13:00",
        "Mo 10:00-10:00",
        "Mo-Xy 9-10",
        "9-10",
        "Mo 24:30-01:00",
    ] {
        let refused = wrong.parse::<WeekHours>().expect_err(wrong).to_string();
        assert!(refused.contains("Mo 09:00-12:00"), "{refused}");
    }
}

#[test]
fn nothing_is_in_an_empty_set_or_beyond_the_week() {
    let none = week("Mo").overlap(week("Tu"));
    assert!(none.is_empty() && none.count() == 0 && none.to_string().is_empty());
    assert!(!week("Mo-Su").contains(168) && !week("Mo-Su").contains(usize::MAX));
}

fn any_week() -> impl Strategy<Value = (Vec<usize>, WeekHours)> {
    proptest::collection::btree_set(0usize..168, 1..80).prop_map(|set| {
        let names = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"];
        let part = |hour: &usize| format!("{} {}:00-{}:00", names[hour / 24], hour % 24, hour % 24 + 1);
        let text = set.iter().map(part).collect::<Vec<_>>().join(", ");
        (set.into_iter().collect(), week(&text))
    })
}

proptest! {
    #[test]
    fn exactly_the_hours_that_were_said_are_in((said, week) in any_week()) {
        prop_assert_eq!(hours(week), said);
    }

    #[test]
    fn what_both_have_is_what_each_has((_, a) in any_week(), (_, b) in any_week()) {
        let both = a.overlap(b);
        prop_assert_eq!(both, b.overlap(a));
        prop_assert_eq!(a.overlap(a), a);
        for hour in 0..168 {
            prop_assert_eq!(both.contains(hour), a.contains(hour) && b.contains(hour));
        }
        prop_assert!(both.count() <= a.count().min(b.count()));
    }

    #[test]
    fn the_spelling_is_canonical((_, week) in any_week()) {
        let spelled = week.to_string();
        prop_assert_eq!(spelled.parse::<WeekHours>().expect("its own spelling").to_string(), spelled);
    }
}
