//! What a coordinator decided about a suggestion before anybody is asked: it stands first, later, or never.

use crate::id::{ActorId, NeedId, OfferId, VerdictId};
use crate::issue::{Expected, FieldIssue, Issues, Problem};
use crate::lifecycle::words;
use crate::period::parse_date;
use crate::text::{self, Line};
use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;

words! {
    /// What is decided about a need and somebody who could meet it.
    Decision, "pin, later or never" {
        /// It stands first, whatever else is found.
        Pin = "pin",
        /// It is not put forward before a day.
        Later = "later",
        /// These two are not put together.
        Never = "never",
    }
}

/// Who could meet the need: an offer, or a business that made none.
///
/// Written as `offer:ID` or `actor:ID`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Giver {
    /// Somebody offers it.
    Offer(OfferId),
    /// Somebody could give it.
    Actor(ActorId),
}

impl fmt::Display for Giver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offer(id) => write!(f, "offer:{id}"),
            Self::Actor(id) => write!(f, "actor:{id}"),
        }
    }
}

impl FromStr for Giver {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        match text.split_once(':') {
            Some(("offer", id)) => id.parse().map(Self::Offer),
            Some(("actor", id)) => id.parse().map(Self::Actor),
            _ => Err(Problem::unreadable(text, Expected::Id)),
        }
    }
}

/// A decision as somebody makes it: parsed, not yet stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVerdict {
    giver: Giver,
    decision: Decision,
    until: Option<Date>,
    reason: Option<Line>,
}

impl NewVerdict {
    /// The only way in: "later" needs the day from which the pair may be put forward again, and nothing else has one.
    ///
    /// # Errors
    /// When the day is missing, has passed already, or stands where none belongs.
    pub fn new(
        (giver, decision): (Giver, Decision),
        until: Option<Date>,
        reason: Option<Line>,
        today: Date,
    ) -> Result<Self, Vec<FieldIssue>> {
        let wrong = |problem| Err(vec![FieldIssue::new("until", problem)]);
        match (decision, until) {
            (Decision::Later, None) => wrong(Problem::Missing),
            (Decision::Later, Some(day)) if day <= today => wrong(Problem::OutOfRange {
                given: day.to_string(),
                least: today.saturating_add(jiff::Span::new().days(1)).to_string(),
                most: Date::MAX.to_string(),
            }),
            (Decision::Later, until) => Ok(Self { giver, decision, until, reason }),
            (Decision::Pin | Decision::Never, _) => Ok(Self { giver, decision, until: None, reason }),
        }
    }

    /// Who could meet the need.
    #[must_use]
    pub fn giver(&self) -> Giver {
        self.giver
    }

    /// What was decided.
    #[must_use]
    pub fn decision(&self) -> Decision {
        self.decision
    }

    /// The day from which the pair may be put forward again; for [`Decision::Later`] alone.
    #[must_use]
    pub fn until(&self) -> Option<Date> {
        self.until
    }

    /// Why, in the coordinator's words.
    #[must_use]
    pub fn reason(&self) -> Option<&Line> {
        self.reason.as_ref()
    }

    /// What holds on a day; nothing once the day of "later" has come.
    #[must_use]
    pub fn holds_on(&self, today: Date) -> Option<Decision> {
        let over = self.until.is_some_and(|until| until <= today);
        (!over).then_some(self.decision)
    }
}

/// A decision's form as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct VerdictForm {
    /// `offer:ID` or `actor:ID`.
    pub giver: String,
    /// `pin`, `later` or `never`.
    pub decision: String,
    /// A date; may be empty unless the decision is `later`.
    pub until: String,
    /// Why; may be empty.
    pub reason: String,
}

impl VerdictForm {
    /// Reads the form on a day.
    ///
    /// # Errors
    /// All issues of the form.
    pub fn read(self, today: Date) -> Result<NewVerdict, Vec<FieldIssue>> {
        let mut issues = Issues::default();
        let giver = issues.take("giver", self.giver.parse());
        let decision = issues.take("decision", self.decision.parse());
        let until = Some(self.until.trim()).filter(|day| !day.is_empty()).map(parse_date).transpose();
        let until = issues.take("until", until).flatten();
        let reason = issues.take("reason", text::optional(&self.reason)).flatten();
        match giver.zip(decision) {
            Some(pair) => {
                issues.finish()?;
                NewVerdict::new(pair, until, reason, today)
            }
            None => issues.finish().map(|()| unreachable!("a missing part has left an issue")),
        }
    }
}

/// A decision as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Its id.
    pub id: VerdictId,
    /// The need.
    pub need: NeedId,
    /// What was decided.
    pub data: NewVerdict,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 3, 2);

    fn form(decision: &str, until: &str) -> VerdictForm {
        VerdictForm {
            giver: "offer:0198c0de-0000-7000-8000-000000000001".into(),
            decision: decision.into(),
            until: until.into(),
            reason: "  macht   Urlaub ".into(),
        }
    }

    #[test]
    fn later_holds_until_its_day_has_come() {
        let verdict = form("later", "01.04.2026").read(TODAY).expect("a day to come");
        assert_eq!(verdict.holds_on(TODAY), Some(Decision::Later));
        assert_eq!(verdict.holds_on(date(2026, 3, 31)), Some(Decision::Later));
        assert_eq!(verdict.holds_on(date(2026, 4, 1)), None);
        assert_eq!(verdict.reason().map(Line::as_str), Some("macht Urlaub"));
    }

    #[test]
    fn later_without_a_day_to_come_is_refused_at_that_field() {
        for until in ["", "2026-03-02", "2025-01-01", "bald"] {
            let issues = form("later", until).read(TODAY).expect_err(until);
            assert_eq!(issues.iter().map(|issue| issue.field.as_str()).collect::<Vec<_>>(), ["until"]);
        }
    }

    #[test]
    fn a_pin_and_a_never_have_no_end() {
        for decision in ["pin", "never"] {
            let verdict = form(decision, "2026-04-01").read(TODAY).expect("complete");
            assert_eq!(verdict.until(), None);
            assert_eq!(verdict.holds_on(date(2099, 1, 1)).map(Decision::name), Some(decision));
        }
    }

    #[test]
    fn every_issue_is_told_at_once() {
        let form = VerdictForm { giver: "shop:1".into(), reason: "x".repeat(301), ..VerdictForm::default() };
        let issues = form.read(TODAY).expect_err("three things are wrong");
        let fields: Vec<_> = issues.iter().map(|issue| issue.field.as_str()).collect();
        assert_eq!(fields, ["giver", "decision", "reason"]);
    }

    #[test]
    fn a_giver_reads_back_as_itself() {
        for text in
            ["offer:0198c0de-0000-7000-8000-000000000001", "actor:0198c0de-0000-7000-8000-000000000002"]
        {
            assert_eq!(text.parse::<Giver>().map(|giver| giver.to_string()).as_deref(), Ok(text));
        }
        assert!("offer".parse::<Giver>().is_err());
    }
}
