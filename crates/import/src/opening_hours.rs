//! Opening hours as OpenStreetMap writes them, read as an ordinary week.
//!
//! The grammar (<https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification>) knows seasons, holidays and
//! sunsets. What it says about an ordinary week is read; what no week can say stays the text it is.

use kiez_domain::opening_week::{OpeningWeek, Span};
use opening_hours_syntax::rules::day::{DaySelector, WeekDayRange, Weekday};
use opening_hours_syntax::rules::time::{Time, TimeSelector, TimeSpan};
use opening_hours_syntax::rules::{RuleKind, RuleOperator, RuleSequence};

/// Texts above this length are not looked at: 255 characters fit into a tag.
const LIMIT: usize = 1_000;

/// What a text says about opening hours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// An ordinary week; empty where the door never opens.
    Week(OpeningWeek),
    /// Hours that no ordinary week can say, such as those of a season.
    NoWeek,
    /// No opening hours at all.
    Unreadable,
}

/// The ordinary week of a text; none when it cannot be read, is about seasons, or has no hour.
#[must_use]
pub fn read(text: &str) -> Option<OpeningWeek> {
    match look(text) {
        Told::Week(week) if !week.is_empty() => Some(week),
        _ => None,
    }
}

/// Reads a text for whoever must know why there is no week.
#[must_use]
pub fn look(text: &str) -> Told {
    if text.len() > LIMIT {
        return Told::Unreadable;
    }
    match opening_hours_syntax::parse(text) {
        Err(_) => Told::Unreadable,
        Ok(hours) => week(&hours.rules).map_or(Told::NoWeek, Told::Week),
    }
}

fn week(rules: &[RuleSequence]) -> Option<OpeningWeek> {
    let mut days: [Vec<Span>; 7] = Default::default();
    for rule in rules {
        // What holds only when nothing else does, such as "by appointment", is no hour of the week.
        if rule.operator != RuleOperator::Fallback {
            apply(rule, &mut days)?;
        }
    }
    Some(OpeningWeek::new(days))
}

/// A rule replaces what was said of its days before, or adds to it.
fn apply(rule: &RuleSequence, days: &mut [Vec<Span>; 7]) -> Option<()> {
    let spans = match rule.kind {
        RuleKind::Open => spans(&rule.time_selector)?,
        RuleKind::Closed => Vec::new(),
        RuleKind::Unknown => return None,
    };
    for day in weekdays(&rule.day_selector)? {
        match rule.operator {
            RuleOperator::Additional => days[day].extend_from_slice(&spans),
            _ => days[day].clone_from(&spans),
        }
    }
    Some(())
}

/// The days of the week a rule is about; holidays are no days of an ordinary week.
fn weekdays(days: &DaySelector) -> Option<Vec<usize>> {
    if !(days.year.is_empty() && days.monthday.is_empty() && days.week.is_empty()) {
        return None;
    }
    if days.weekday.is_empty() {
        return Some((0..7).collect());
    }
    let mut found = Vec::new();
    for range in &days.weekday {
        if let WeekDayRange::Fixed { range, offset, nth_from_start, nth_from_end } = range {
            // The first Monday of a month is no ordinary Monday.
            let every = nth_from_start.iter().chain(nth_from_end).all(|nth| *nth);
            if !every || *offset != 0 {
                return None;
            }
            let (first, last) = (number(*range.start()), number(*range.end()));
            let length = (last + 7 - first) % 7;
            found.extend((0..=length).map(|step| (first + step) % 7));
        }
    }
    Some(found)
}

fn number(day: Weekday) -> usize {
    day.num_days_from_monday() as usize
}

fn spans(times: &TimeSelector) -> Option<Vec<Span>> {
    times.spans.iter().map(span).collect()
}

/// A stretch between two fixed times; one that ends with the sun, or when the last guest goes, is none.
fn span(span: &TimeSpan) -> Option<Span> {
    let (Time::Fixed(from), Time::Fixed(to)) = (&span.range.start, &span.range.end) else { return None };
    if span.open_end || span.repeats.is_some() {
        return None;
    }
    let (from, to) = (from.mins_from_midnight(), to.mins_from_midnight());
    Span::new(from, if to <= from { to + 24 * 60 } else { to })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The week in the spelling of [`kiez_domain::week_hours::WeekHours`], which is tested on its own.
    fn hours(text: &str) -> Option<String> {
        read(text).map(|week| week.hours().to_string())
    }

    fn all_days(hours: &str) -> String {
        ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"].map(|day| format!("{day} {hours}")).join(", ")
    }

    #[test]
    fn ordinary_weeks_are_read() {
        assert_eq!(hours("Mo 09:00-12:00").as_deref(), Some("Mo 09:00-12:00"));
        assert_eq!(
            hours("Mo,We 09:00-12:00,14:00-18:00").as_deref(),
            Some("Mo 09:00-12:00, Mo 14:00-18:00, We 09:00-12:00, We 14:00-18:00")
        );
        assert_eq!(
            hours("Sa-Mo 10:00-11:00").as_deref(),
            Some("Mo 10:00-11:00, Sa 10:00-11:00, Su 10:00-11:00")
        );
        assert_eq!(hours("24/7"), Some(all_days("00:00-24:00")));
        assert_eq!(hours("10:00-20:00"), Some(all_days("10:00-20:00")));
        assert_eq!(hours("Fr 20:00-02:00").as_deref(), Some("Fr 20:00-24:00, Sa 00:00-02:00"));
    }

    #[test]
    fn a_later_rule_replaces_and_one_behind_a_comma_adds() {
        assert_eq!(
            hours("Mo-Tu 09:00-18:00; Tu 09:00-12:00").as_deref(),
            Some("Mo 09:00-18:00, Tu 09:00-12:00")
        );
        assert_eq!(hours("Mo-Tu 09:00-18:00; Tu off").as_deref(), Some("Mo 09:00-18:00"));
        assert_eq!(
            hours("Mo 09:00-12:00, Mo 15:00-18:00").as_deref(),
            Some("Mo 09:00-12:00, Mo 15:00-18:00")
        );
    }

    #[test]
    fn holidays_and_appointments_leave_the_week_as_it_is() {
        assert_eq!(hours("Mo 09:00-12:00; PH off").as_deref(), Some("Mo 09:00-12:00"));
        assert_eq!(hours("Mo 09:00-12:00 || \"nach Vereinbarung\"").as_deref(), Some("Mo 09:00-12:00"));
    }

    #[test]
    fn minutes_are_kept() {
        let week = read("Fr 08:15-18:30").expect("readable");
        assert_eq!((week.days()[4][0].begins(), week.days()[4][0].ends()), ((8, 15), (18, 30)));
    }

    #[test]
    fn what_no_week_can_say_stays_text() {
        for text in [
            "",
            "nach Vereinbarung",
            "Apr-Sep Mo 09:00-12:00",
            "Mo[1] 09:00-12:00",
            "sunrise-sunset",
            "Mo 18:00+",
            "off",
            "Mo-Fr 9 bis 18 Uhr außer wenn nicht",
            "week 1-10 Mo 09:00-12:00",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read(&"Mo 09:00-12:00;".repeat(1_000)), None);
    }

    #[test]
    fn never_open_is_a_week_and_seasons_are_told_from_nonsense() {
        assert_eq!(look("off"), Told::Week(OpeningWeek::default()));
        assert_eq!(look("Apr-Sep Mo 09:00-12:00"), Told::NoWeek);
        assert_eq!(look("bald wieder"), Told::Unreadable);
    }

    proptest! {
        #[test]
        fn any_text_is_a_week_or_none(text in "([A-Za-z0-9:;,+ \\-\\[\\]]{0,40}|\\PC{0,40})") {
            drop(read(&text));
        }
    }
}
