//! Hours of the week with the day names of the reader's language, and moments as a clock on the wall shows them.

use crate::locale::Locale;
use jiff::Timestamp;
use jiff::civil::Date;
use kiez_domain::instant::{Instant, ZONE};
use kiez_domain::opening_week::{OpeningWeek, Span};
use kiez_domain::week_hours::WeekHours;

/// Day names as they are stored, and in German.
const GERMAN_DAYS: [(&str, &str); 4] = [("Tu ", "Di "), ("We ", "Mi "), ("Th ", "Do "), ("Su ", "So ")];

/// A moment by the clock on the wall: 02.03.2026, 08:30 or 2 Mar 2026, 08:30.
#[must_use]
pub fn moment(locale: Locale, at: Instant) -> String {
    let pattern = if locale == Locale::German { "%d.%m.%Y, %H:%M" } else { "%-d %b %Y, %H:%M" };
    let zoned = Timestamp::from_millisecond(at.0).and_then(|at| at.in_tz(ZONE));
    zoned.map_or_else(|_| at.to_string(), |zoned| zoned.strftime(pattern).to_string())
}

/// A day: 02.03.2026 or 2 Mar 2026.
#[must_use]
pub fn day(locale: Locale, day: Date) -> String {
    let pattern = if locale == Locale::German { "%d.%m.%Y" } else { "%-d %b %Y" };
    day.strftime(pattern).to_string()
}

/// "Mo 09:00–12:00, Di 14:00–16:00".
#[must_use]
pub fn week_hours(locale: Locale, hours: WeekHours) -> String {
    let mut text = hours.to_string().replace('-', "–");
    if locale == Locale::German {
        for (stored, german) in GERMAN_DAYS {
            text = text.replace(stored, german);
        }
    }
    text
}

/// One line for each run of days with the same hours: "Mo–Fr 08:00–18:30", "Sa 09:00–13:00, 15:00–18:00".
#[must_use]
pub fn opening_week(locale: Locale, week: &OpeningWeek) -> Vec<String> {
    let days = week.days();
    let mut lines = Vec::new();
    let mut first = 0;
    while first < days.len() {
        let last = (first..days.len()).take_while(|day| days[*day] == days[first]).last().unwrap_or(first);
        if !days[first].is_empty() {
            let spans: Vec<String> = days[first].iter().map(|span| clock_span(*span)).collect();
            lines.push(format!("{} {}", day_range(locale, first, last), spans.join(", ")));
        }
        first = last + 1;
    }
    lines
}

fn day_range(locale: Locale, first: usize, last: usize) -> String {
    let names = match locale {
        Locale::German => ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
        _ => ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
    };
    match last {
        last if last == first => names[first].to_owned(),
        _ => format!("{}–{}", names[first], names[last]),
    }
}

fn clock_span(span: Span) -> String {
    let ((from, from_minute), (to, to_minute)) = (span.begins(), span.ends());
    format!("{from:02}:{from_minute:02}–{to:02}:{to_minute:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_with_the_same_hours_stand_together() {
        let span = |from: u16, to: u16| Span::new(from, to).expect("has a length");
        let weekday = vec![span(480, 1_110)];
        let sunday = vec![span(600, 720), span(1_320, 1_560)];
        let days =
            [weekday.clone(), weekday.clone(), vec![], weekday.clone(), weekday.clone(), weekday, sunday];
        let week = OpeningWeek::new(days);
        assert_eq!(
            opening_week(Locale::German, &week),
            ["Mo–Di 08:00–18:30", "Do–Sa 08:00–18:30", "So 10:00–12:00, 22:00–02:00"]
        );
        assert_eq!(opening_week(Locale::English, &week)[1], "Th–Sa 08:00–18:30");
        assert!(opening_week(Locale::German, &OpeningWeek::default()).is_empty());
    }

    #[test]
    fn a_moment_is_told_by_the_clock_on_the_wall_in_summer_and_in_winter() {
        // 2 March 2026, 7:30 UTC, and 2 July 2026, 6:30 UTC: both are 8:30 in Berlin.
        assert_eq!(moment(Locale::German, Instant(1_772_436_600_000)), "02.03.2026, 08:30");
        assert_eq!(moment(Locale::English, Instant(1_782_973_800_000)), "2 Jul 2026, 08:30");
        assert_eq!(moment(Locale::German, Instant(i64::MAX)), format!("{} ms", i64::MAX));
    }

    #[test]
    fn days_are_named_in_the_language_of_the_page() {
        let hours: WeekHours = "Di 14:00-16:00, So 10:00-11:00".parse().expect("readable");
        assert_eq!(week_hours(Locale::German, hours), "Di 14:00–16:00, So 10:00–11:00");
        assert_eq!(week_hours(Locale::English, hours), "Tu 14:00–16:00, Su 10:00–11:00");
    }
}
