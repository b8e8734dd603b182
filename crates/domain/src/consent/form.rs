//! A consent as somebody notes it at a desk, and as it comes by a link.

use super::{ConsentAct, ConsentChannel, Evidence, Purpose, current};
use crate::id::PersonId;
use crate::issue::{Expected, FieldIssue, Issues, Problem};
use crate::language::LanguageTag;
use crate::period::parse_date;
use crate::text::{self, Line};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One act about one or several purposes: parsed, not yet stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewConsent {
    /// What was said.
    pub act: ConsentAct,
    /// About what; each of them becomes an event of its own.
    pub purposes: Vec<Purpose>,
    /// The human it is about, when it is about one alone.
    pub person: Option<PersonId>,
    /// How it was said.
    pub channel: ConsentChannel,
    /// Who said it.
    pub said_by: Line,
    /// On which day.
    pub said_on: Date,
    /// In which language it was asked.
    pub language: LanguageTag,
    /// Where the paper lies.
    pub note: Option<Line>,
}

impl NewConsent {
    /// The same about one human at the actor, or about the actor itself.
    #[must_use]
    pub fn of(self, person: Option<PersonId>) -> Self {
        Self { person, ..self }
    }

    /// How one knows about one of the purposes: whoever says yes says it to words of a version.
    #[must_use]
    pub fn evidence(&self, purpose: Purpose) -> Evidence {
        let text = || current(purpose, self.language.primary());
        let given = self.act == ConsentAct::Given;
        let language = if given { text().language.clone() } else { self.language.clone() };
        Evidence {
            channel: self.channel,
            said_by: self.said_by.clone(),
            said_on: self.said_on,
            language,
            text: given.then(|| text().version.clone()),
            note: self.note.clone(),
        }
    }
}

/// The form of the desk as it was sent: purposes are fields that are called like them.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ConsentForm {
    /// `given`, `withdrawn` or `refused`.
    pub act: String,
    /// The id of a human at the actor; empty: the actor itself.
    pub person: String,
    /// `paper` or `oral`.
    pub heard: String,
    /// Who said it.
    pub who_said: String,
    /// A date; empty is today.
    pub said_on: String,
    /// The language in which it was asked; empty is German.
    pub asked_in: String,
    /// Where the paper lies.
    pub consent_note: String,
    /// What was ticked, by the names of the purposes.
    #[serde(flatten)]
    pub ticked: BTreeMap<String, String>,
}

impl ConsentForm {
    /// Whether a purpose was ticked.
    #[must_use]
    pub fn has(&self, purpose: Purpose) -> bool {
        self.ticked.contains_key(purpose.name())
    }

    /// Reads the form on a day: nobody agreed in the future, and paper lies somewhere.
    ///
    /// # Errors
    /// All issues of the form.
    pub fn read(self, today: Date) -> Result<NewConsent, Vec<FieldIssue>> {
        let mut issues = Issues::default();
        let purposes: Vec<Purpose> = Purpose::all().filter(|purpose| self.has(*purpose)).collect();
        let act = issues.take("act", self.act.parse());
        let person = issues.take("person", text::optional(&self.person)).flatten();
        let channel = issues.take("heard", at_the_desk(&self.heard));
        let said_by = issues.take("who_said", self.who_said.parse());
        let said_on = issues.take("said_on", day(&self.said_on, today));
        let language = issues.take("asked_in", text::optional(&self.asked_in)).flatten();
        let note = issues.take("consent_note", text::optional(&self.consent_note)).flatten();
        if purposes.is_empty() {
            issues.take::<()>("purposes", Err(Problem::Missing));
        }
        if channel == Some(ConsentChannel::Paper) && self.consent_note.trim().is_empty() {
            issues.take::<()>("consent_note", Err(Problem::Missing));
        }
        issues.finish()?;
        Ok(NewConsent {
            act: act.expect("no issue was found"),
            purposes,
            person,
            channel: channel.expect("no issue was found"),
            said_by: said_by.expect("no issue was found"),
            said_on: said_on.expect("no issue was found"),
            language: language.unwrap_or_else(LanguageTag::german),
            note,
        })
    }
}

/// What comes by a link or by a page comes by itself: nobody notes it for others.
fn at_the_desk(channel: &str) -> Result<ConsentChannel, Problem> {
    if channel.is_empty() {
        return Err(Problem::Missing);
    }
    let expected = Expected::OneOf { words: "paper or oral" };
    let heard = |channel: &ConsentChannel| matches!(channel, ConsentChannel::Paper | ConsentChannel::Oral);
    channel.parse().ok().filter(heard).ok_or_else(|| Problem::unreadable(channel, expected))
}

fn day(text: &str, today: Date) -> Result<Date, Problem> {
    let day = if text.trim().is_empty() { today } else { parse_date(text)? };
    let (least, most) = (today.saturating_sub(jiff::Span::new().years(20)), today);
    if least <= day && day <= most {
        return Ok(day);
    }
    Err(Problem::OutOfRange { given: day.to_string(), least: least.to_string(), most: most.to_string() })
}
