//! The hours of a week as a set of 168.

use crate::issue::{Expected, Problem};
use std::fmt;
use std::str::FromStr;

/// A set of the 168 hours of a week, Monday 00:00 first; wall time of the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WeekHours([u64; 3]);

const DAYS: [(&str, &[&str]); 7] = [
    ("Mo", &["mo", "mon", "montag", "monday"]),
    ("Tu", &["tu", "tue", "di", "dienstag", "tuesday"]),
    ("We", &["we", "wed", "mi", "mittwoch", "wednesday"]),
    ("Th", &["th", "thu", "do", "donnerstag", "thursday"]),
    ("Fr", &["fr", "fri", "freitag", "friday"]),
    ("Sa", &["sa", "sat", "samstag", "sonnabend", "saturday"]),
    ("Su", &["su", "sun", "so", "sonntag", "sunday"]),
];

impl WeekHours {
    /// No hour at all.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == [0; 3]
    }

    /// How many hours are in the set.
    #[must_use]
    pub fn count(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// The hours that are in both sets.
    #[must_use]
    pub fn overlap(self, other: Self) -> Self {
        Self([self.0[0] & other.0[0], self.0[1] & other.0[1], self.0[2] & other.0[2]])
    }

    /// Whether the hour (0 = Monday 00:00–01:00, 167 = Sunday 23:00–24:00) is in the set.
    #[must_use]
    pub fn contains(self, hour: usize) -> bool {
        hour < 168 && self.0[hour / 64] >> (hour % 64) & 1 == 1
    }

    fn insert(&mut self, hour: usize) {
        self.0[hour / 64] |= 1 << (hour % 64);
    }

    fn insert_range(&mut self, day: usize, from: usize, to: usize) {
        // An evening may end after midnight: "Fr 20:00-02:00" reaches into Saturday.
        let end = if to <= from { to + 24 } else { to };
        for hour in from..end {
            self.insert((day * 24 + hour) % 168);
        }
    }
}

impl FromIterator<usize> for WeekHours {
    /// The set of these hours; those beyond Sunday are those of the next Monday.
    fn from_iter<T: IntoIterator<Item = usize>>(hours: T) -> Self {
        let mut set = Self::default();
        hours.into_iter().for_each(|hour| set.insert(hour % 168));
        set
    }
}

impl FromStr for WeekHours {
    type Err = Problem;

    /// Reads a comma list; a part without a day continues the day before it. Parts of an hour count as the whole hour.
    fn from_str(text: &str) -> Result<Self, Problem> {
        let unreadable = || Problem::unreadable(text, Expected::Hours);
        let mut hours = Self::default();
        let mut days: Option<Vec<usize>> = None;
        for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
            let (named, range) = part.rsplit_once(char::is_whitespace).unwrap_or(("", part));
            let (named, range) = if range.contains(':')
                || range.contains('-') && range.starts_with(|c: char| c.is_ascii_digit())
            {
                (named, Some(range))
            } else {
                (part, None)
            };
            if !named.is_empty() {
                days = Some(days_of(named).ok_or_else(unreadable)?);
            }
            let days = days.as_ref().ok_or_else(unreadable)?;
            let (from, to) = range.map_or(Some((0, 24)), hours_of).ok_or_else(unreadable)?;
            days.iter().for_each(|day| hours.insert_range(*day, from, to));
        }
        if hours.is_empty() { Err(Problem::Missing) } else { Ok(hours) }
    }
}

impl fmt::Display for WeekHours {
    /// The canonical spelling: one part per run of hours within a day.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (day, (name, _)) in DAYS.iter().enumerate() {
            let mut hour = 0;
            while hour < 24 {
                let from = hour;
                while hour < 24 && self.contains(day * 24 + hour) {
                    hour += 1;
                }
                if hour > from {
                    write!(f, "{separator}{name} {from:02}:00-{hour:02}:00")?;
                    separator = ", ";
                }
                hour += 1;
            }
        }
        Ok(())
    }
}

impl TryFrom<String> for WeekHours {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        text.parse()
    }
}

impl From<WeekHours> for String {
    fn from(hours: WeekHours) -> String {
        hours.to_string()
    }
}

fn day_of(name: &str) -> Option<usize> {
    let name = name.trim().trim_end_matches('.').to_lowercase();
    DAYS.iter().position(|(_, names)| names.contains(&name.as_str()))
}

/// "Mo", "Mo-Fr" (also over the end of the week: "Fr-Mo").
fn days_of(text: &str) -> Option<Vec<usize>> {
    let Some((first, last)) = text.split_once(['-', '–']) else { return Some(vec![day_of(text)?]) };
    let (first, last) = (day_of(first)?, day_of(last)?);
    let span = (last + 7 - first) % 7;
    Some((0..=span).map(|step| (first + step) % 7).collect())
}

/// "09:00-12:30" → from 9 up to 13 (the last hour counts whole).
fn hours_of(text: &str) -> Option<(usize, usize)> {
    let (from, to) = text.split_once(['-', '–'])?;
    let (from, _) = clock(from)?;
    let (to, minute) = clock(to)?;
    let end = if minute > 0 { to + 1 } else { to };
    (from < 24 && end <= 24 && from != end).then_some((from, end))
}

fn clock(text: &str) -> Option<(usize, usize)> {
    let (hour, minute) = text.trim().split_once(':').unwrap_or((text.trim(), "0"));
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour <= 24 && minute < 60 && !(hour == 24 && minute > 0)).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn display_and_parse_are_inverse(bits in proptest::collection::btree_set(0usize..168, 1..60)) {
            let mut hours = WeekHours::default();
            bits.iter().for_each(|hour| hours.insert(*hour));
            prop_assert_eq!(hours.to_string().parse::<WeekHours>(), Ok(hours));
            prop_assert_eq!(hours.count() as usize, bits.len());
        }

        #[test]
        fn any_text_is_read_or_refused_without_panic(text in "\\PC{0,40}") {
            drop(text.parse::<WeekHours>());
        }
    }

    #[test]
    fn german_and_english_days_are_read() {
        let hours: WeekHours = "Mo 09:00-12:00, Di–Mi 14:00-15:30, 20:00-21:00".parse().expect("readable");
        assert_eq!(
            hours.to_string(),
            "Mo 09:00-12:00, Tu 14:00-16:00, Tu 20:00-21:00, We 14:00-16:00, We 20:00-21:00"
        );
    }

    #[test]
    fn a_night_reaches_into_the_next_day_and_week() {
        let hours: WeekHours = "So 22:00-02:00".parse().expect("readable");
        assert!(hours.contains(167) && hours.contains(0) && hours.contains(1) && !hours.contains(2));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "09:00-12:00", "Mo 25:00-26:00", "Xx 09:00-10:00", "Mo 09:00", "Mo 9:61-10:00"] {
            assert!(text.parse::<WeekHours>().is_err(), "{text}");
        }
    }
}
