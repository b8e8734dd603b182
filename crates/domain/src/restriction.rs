//! Restriction of processing (Art. 18 GDPR): what is stored stays, and nobody works with it.

use crate::id::{ActorId, PersonId};
use crate::issue::{FieldIssue, Issues, Problem};
use crate::lifecycle::lifecycle;
use crate::period::parse_date;
use crate::text::Line;
use jiff::civil::Date;

lifecycle! {
    /// Whether the data of somebody may be worked with.
    states RestrictionState of "restriction" {
        /// As usual.
        Lifted = "lifted",
        /// Kept, and in no suggestion, no list for work and on no public page.
        Restricted = "restricted",
    }
    /// What can happen.
    events RestrictionEvent {
        /// Somebody asked for it.
        Restrict = "restrict",
        /// The reason is gone.
        Lift = "lift",
        /// The day has come until which it was to last.
        Lapse = "lapse",
    }
    table {
        Lifted, Restrict => Restricted: "coordinators; with the reason";
        Restricted, Lift => Lifted: "coordinators; whoever asked for it was told before";
        Restricted, Lapse => Lifted: "the program, on the day until which it was to last";
    }
}

/// What is restricted, as a form says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct RestrictionForm {
    /// Why.
    pub reason: String,
    /// The day on which it ends; empty where it lasts until somebody lifts it.
    pub until: String,
}

/// A restriction to be noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRestriction {
    reason: Line,
    until: Option<Date>,
}

impl NewRestriction {
    /// Reads a form; the day must lie ahead.
    ///
    /// # Errors
    /// All issues.
    pub fn read(form: &RestrictionForm, today: Date) -> Result<Self, Vec<FieldIssue>> {
        let mut issues = Issues::default();
        let reason = issues.take("reason", form.reason.parse());
        let until = Some(form.until.trim()).filter(|day| !day.is_empty()).map(parse_date).transpose();
        let until = until.and_then(|until| in_the_future(until, today));
        let until = issues.take("until", until);
        issues.finish()?;
        match (reason, until) {
            (Some(reason), Some(until)) => Ok(Self { reason, until }),
            _ => Err(Vec::new()),
        }
    }

    /// Why.
    #[must_use]
    pub fn reason(&self) -> &Line {
        &self.reason
    }

    /// The day on which it ends.
    #[must_use]
    pub fn until(&self) -> Option<Date> {
        self.until
    }
}

/// Whose data is restricted: an actor's with all that belongs to it, or that of one of its people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restricted {
    /// The actor.
    pub actor: ActorId,
    /// The person, when it is about one alone.
    pub person: Option<PersonId>,
}

fn in_the_future(until: Option<Date>, today: Date) -> Result<Option<Date>, Problem> {
    match until {
        Some(day) if day <= today => Err(Problem::OutOfRange {
            given: day.to_string(),
            least: today.saturating_add(jiff::Span::new().days(1)).to_string(),
            most: Date::MAX.to_string(),
        }),
        until => Ok(until),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_reason_is_needed_and_the_day_lies_ahead() {
        let today = date(2026, 3, 2);
        let read = |reason: &str, until: &str| {
            NewRestriction::read(&RestrictionForm { reason: reason.into(), until: until.into() }, today)
        };
        let new = read("Adresse wird geprüft", "03.03.2026").expect("complete");
        assert_eq!((new.reason().as_str(), new.until()), ("Adresse wird geprüft", Some(date(2026, 3, 3))));
        assert_eq!(read("bestritten", "").expect("without an end").until(), None);
        let fields = |wrong: Vec<FieldIssue>| wrong.into_iter().map(|issue| issue.field).collect::<Vec<_>>();
        assert_eq!(fields(read("", "2026-03-02").expect_err("both")), ["reason", "until"]);
        assert_eq!(fields(read("bestritten", "bald").expect_err("no day")), ["until"]);
    }
}
