//! What a business said when it was asked: for one kind of resource, or whether it takes part at all.

use crate::actor::StageEvent;
use crate::issue::{FieldIssue, Issues, Problem};
use crate::kind::KindId;
use crate::lifecycle::words;
use crate::period::parse_date;
use crate::text;
use jiff::civil::Date;

words! {
    /// What was said.
    Said, "open, interested, yes or no" {
        /// Somebody was there, nothing is decided.
        Open = "open",
        /// It wants to know more.
        Interested = "interested",
        /// It says yes.
        Yes = "yes",
        /// It says no.
        No = "no",
    }
}

/// An answer as somebody notes it: parsed, not yet stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnswer {
    /// What was asked for; nothing where it was about taking part at all.
    pub kind: Option<KindId>,
    /// What was said.
    pub said: Said,
    /// On which day.
    pub on: Date,
    /// "Call again" from this day on.
    pub again: Option<Date>,
}

impl NewAnswer {
    /// What a step along the lifecycle says about taking part; nothing for steps that nobody is asked about.
    #[must_use]
    pub fn of_step(event: StageEvent, on: Date) -> Option<Self> {
        let said = match event {
            StageEvent::Visit => Said::Open,
            StageEvent::ShowInterest => Said::Interested,
            StageEvent::Join => Said::Yes,
            StageEvent::Decline => Said::No,
            StageEvent::FallQuiet | StageEvent::ChangeOwner | StageEvent::Close => return None,
        };
        Some(Self { kind: None, said, on, again: None })
    }

    /// The step along the lifecycle that the answer means. Whoever was asked for one thing was visited, no more.
    #[must_use]
    pub fn step(&self) -> StageEvent {
        match (self.said, &self.kind) {
            (_, Some(_)) | (Said::Open, None) => StageEvent::Visit,
            (Said::Interested, None) => StageEvent::ShowInterest,
            (Said::Yes, None) => StageEvent::Join,
            (Said::No, None) => StageEvent::Decline,
        }
    }
}

/// An answer's form as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    /// The id of a kind; empty: about taking part at all.
    pub kind: String,
    /// `open`, `interested`, `yes` or `no`.
    pub said: String,
    /// A date; empty is today.
    pub on: String,
    /// A date after that one; may be empty.
    pub again: String,
}

impl AnswerForm {
    /// Reads the form on a day: nobody answered in the future, and "call again" comes after the answer.
    ///
    /// # Errors
    /// All issues of the form.
    pub fn read(self, today: Date) -> Result<NewAnswer, Vec<FieldIssue>> {
        let mut issues = Issues::default();
        let date = |text: &str| Some(text.trim()).filter(|day| !day.is_empty()).map(parse_date).transpose();
        let kind = issues.take("kind", text::optional(&self.kind)).flatten();
        let said = issues.take("said", self.said.parse());
        let on = issues.take("on", date(&self.on)).flatten().unwrap_or(today);
        let again = issues.take("again", date(&self.again)).flatten();
        issues.take("on", within(on, Date::MIN, today));
        let next = on.saturating_add(jiff::Span::new().days(1));
        if let Some(again) = again {
            issues.take("again", within(again, next, Date::MAX));
        }
        match said {
            Some(said) => issues.finish().map(|()| NewAnswer { kind, said, on, again }),
            None => issues.finish().map(|()| unreachable!("a missing part has left an issue")),
        }
    }
}

fn within(day: Date, least: Date, most: Date) -> Result<(), Problem> {
    if least <= day && day <= most {
        return Ok(());
    }
    Err(Problem::OutOfRange { given: day.to_string(), least: least.to_string(), most: most.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 3, 2);

    fn form(said: &str, on: &str, again: &str) -> AnswerForm {
        AnswerForm { said: said.into(), on: on.into(), again: again.into(), kind: "cake".into() }
    }

    #[test]
    fn an_answer_is_of_today_unless_it_says_otherwise() {
        let answer = form("no", "", "07.04.2026").read(TODAY).expect("complete");
        assert_eq!((answer.said, answer.on, answer.again), (Said::No, TODAY, Some(date(2026, 4, 7))));
        assert_eq!(answer.kind.map(|kind| kind.to_string()).as_deref(), Some("cake"));
        assert_eq!(form("yes", "2026-02-01", "").read(TODAY).expect("complete").on, date(2026, 2, 1));
    }

    #[test]
    fn nobody_answered_in_the_future_or_is_called_again_before() {
        let fields = |form: AnswerForm| -> Vec<String> {
            form.read(TODAY).expect_err("wrong").into_iter().map(|issue| issue.field).collect()
        };
        assert_eq!(fields(form("no", "2026-03-03", "")), ["on"]);
        assert_eq!(fields(form("no", "", "2026-03-02")), ["again"]);
        assert_eq!(fields(form("perhaps", "soon", "never")), ["said", "on", "again"]);
    }

    #[test]
    fn steps_and_answers_about_taking_part_mean_the_same() {
        for event in [StageEvent::Visit, StageEvent::ShowInterest, StageEvent::Join, StageEvent::Decline] {
            let answer = NewAnswer::of_step(event, TODAY).expect("somebody was asked");
            assert_eq!(answer.step(), event);
        }
        assert_eq!(NewAnswer::of_step(StageEvent::Close, TODAY), None);
        let cake = form("no", "", "").read(TODAY).expect("complete");
        assert_eq!(cake.step(), StageEvent::Visit, "no cake is no refusal to take part");
    }
}
