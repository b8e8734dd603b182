//! A span of days.

use crate::issue::{Expected, Problem};
use jiff::civil::Date;

/// From a first to a last day, both included; the end may be open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    from: Date,
    to: Option<Date>,
}

impl Period {
    /// The only way in.
    ///
    /// # Errors
    /// When the last day lies before the first.
    pub fn new(from: Date, to: Option<Date>) -> Result<Self, Problem> {
        match to {
            Some(to) if to < from => Err(Problem::OutOfRange {
                given: to.to_string(),
                least: from.to_string(),
                most: Date::MAX.to_string(),
            }),
            _ => Ok(Self { from, to }),
        }
    }

    /// First day.
    #[must_use]
    pub fn from(self) -> Date {
        self.from
    }

    /// Last day, when there is one.
    #[must_use]
    pub fn to(self) -> Option<Date> {
        self.to
    }

    /// Whether the day lies in the period.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// Reads a day written as `2026-03-31` or `31.03.2026`.
///
/// # Errors
/// When nothing is given or the text is no day of the calendar.
pub fn parse_date(text: &str) -> Result<Date, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Missing);
    }
    let unreadable = || Problem::unreadable(text, Expected::Day);
    let parts: Vec<&str> = text.split('.').collect();
    if let [day, month, year] = parts.as_slice() {
        let year = year.parse().map_err(|_| unreadable())?;
        let month = month.parse().map_err(|_| unreadable())?;
        let day = day.parse().map_err(|_| unreadable())?;
        return Date::new(year, month, day).map_err(|_| unreadable());
    }
    text.parse().map_err(|_| unreadable())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_day_are_read() {
        assert_eq!(parse_date("31.03.2026"), parse_date("2026-03-31"));
        for text in ["", "31.02.2026", "2026-13-01", "heute"] {
            assert!(parse_date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_period_holds_its_edges_and_never_runs_backwards() {
        let (first, last) = (parse_date("2017-03-01").expect("day"), parse_date("2019-12-31").expect("day"));
        let term = Period::new(first, Some(last)).expect("forwards");
        assert!(term.contains(first) && term.contains(last));
        assert!(!term.contains(parse_date("2020-01-01").expect("day")));
        assert!(Period::new(last, Some(first)).is_err());
    }
}
