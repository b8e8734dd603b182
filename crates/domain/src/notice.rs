//! Telling people what is stored about them, who did not give it themselves (Datenschutzhinweis, Art. 14 GDPR).

use crate::issue::{FieldIssue, Issues, Problem};
use crate::lifecycle::words;
use crate::period::parse_date;
use jiff::civil::Date;

words! {
    /// How somebody was told.
    Way, "letter, mail or talk" {
        /// On paper, handed over or sent.
        Letter = "letter",
        /// By mail.
        Mail = "mail",
        /// Spoken, with the paper shown.
        Talk = "talk",
    }
}

/// That a person was told, on which day and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    on: Date,
    way: Way,
}

impl Notice {
    /// The only way in: nobody was told on a day to come.
    ///
    /// # Errors
    /// When the day has not come yet.
    pub fn new(on: Date, way: Way, today: Date) -> Result<Self, Problem> {
        if on > today {
            return Err(Problem::OutOfRange {
                given: on.to_string(),
                least: Date::MIN.to_string(),
                most: today.to_string(),
            });
        }
        Ok(Self { on, way })
    }

    /// The day.
    #[must_use]
    pub fn on(self) -> Date {
        self.on
    }

    /// How.
    #[must_use]
    pub fn way(self) -> Way {
        self.way
    }
}

/// The last day on which a person may be told who was noted on a day: a month later (Art. 14(3)(a) GDPR).
#[must_use]
pub fn due(noted: Date) -> Date {
    noted.saturating_add(jiff::Span::new().months(1))
}

/// A notice's form as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct NoticeForm {
    /// A date.
    pub on: String,
    /// `letter`, `mail` or `talk`.
    pub way: String,
}

impl NoticeForm {
    /// Reads the form on a day.
    ///
    /// # Errors
    /// All issues of the form.
    pub fn read(&self, today: Date) -> Result<Notice, Vec<FieldIssue>> {
        let mut issues = Issues::default();
        let on = issues.take("on", parse_date(&self.on));
        let way = issues.take("way", self.way.parse());
        let both = on.zip(way);
        let notice = both.and_then(|(on, way)| issues.take("on", Notice::new(on, way, today)));
        issues.finish()?;
        notice.ok_or_else(|| vec![FieldIssue::new("on", Problem::Missing)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 3, 2);

    fn read(on: &str, way: &str) -> Result<Notice, Vec<String>> {
        let form = NoticeForm { on: on.into(), way: way.into() };
        form.read(TODAY).map_err(|issues| issues.into_iter().map(|issue| issue.field).collect())
    }

    #[test]
    fn the_month_ends_where_the_next_one_does() {
        assert_eq!(due(date(2026, 3, 2)), date(2026, 4, 2));
        assert_eq!(due(date(2026, 1, 31)), date(2026, 2, 28));
    }

    #[test]
    fn who_was_told_was_told_on_a_day_that_has_come() {
        let told = read("02.03.2026", "talk").expect("today");
        assert_eq!((told.on(), told.way()), (TODAY, Way::Talk));
        assert_eq!(read("03.03.2026", "letter"), Err(vec!["on".to_owned()]));
        assert_eq!(read("", "pigeon"), Err(vec!["on".to_owned(), "way".to_owned()]));
    }
}
