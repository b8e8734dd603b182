//! A thought from a card or a doorstep, by either side, before it is a need or an offer.

use crate::id::{ActorId, IdeaId};
use crate::issue::{FieldIssue, Issues};
use crate::lifecycle::lifecycle;
use crate::text::{self, Body, Line};

lifecycle! {
    /// Where an idea stands.
    states IdeaState of "idea" {
        /// Written down.
        Noted = "noted",
        /// Told to the other side.
        Carried = "carried",
        /// Became a need or an offer.
        Grown = "grown",
        /// Laid aside.
        Shelved = "shelved",
    }
    /// What happens to an idea.
    events IdeaEvent {
        /// It is told to the other side.
        Carry = "carry",
        /// It becomes a need or an offer.
        Grow = "grow",
        /// It is laid aside.
        Shelve = "shelve",
        /// It is taken up again.
        TakeUp = "take_up",
    }
    table {
        Noted, Carry => Carried: "coordinator; to whom";
        Noted | Carried, Grow => Grown: "coordinator; the need or offer";
        Noted | Carried, Shelve => Shelved: "coordinator";
        Shelved, TakeUp => Noted: "coordinator";
    }
}

/// An idea as somebody notes or imports it: parsed, not yet stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIdea {
    /// Whose idea, when it is somebody of the directory.
    pub actor: Option<ActorId>,
    /// The name on the card, when it names no actor of the directory.
    pub said_by: Option<Line>,
    /// The idea itself.
    pub text: Body,
}

/// An idea's form as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct IdeaForm {
    /// Actor id; may be empty.
    pub actor: String,
    /// The name on the card, in any words; may be empty.
    pub said_by: String,
    /// The idea itself.
    pub text: String,
}

impl TryFrom<IdeaForm> for NewIdea {
    type Error = Vec<FieldIssue>;

    fn try_from(form: IdeaForm) -> Result<Self, Self::Error> {
        let mut issues = Issues::default();
        let text = issues.take("text", form.text.parse());
        let actor = issues.take("actor", text::optional(&form.actor)).flatten();
        let said_by = issues.take("said_by", text::optional(&form.said_by)).flatten();
        issues.finish()?;
        Ok(Self { actor, said_by, text: text.expect("no issue was found") })
    }
}

impl From<&NewIdea> for IdeaForm {
    /// The form filled with what is stored.
    fn from(idea: &NewIdea) -> Self {
        Self {
            actor: text::shown(idea.actor.as_ref()),
            said_by: text::shown(idea.said_by.as_ref()),
            text: idea.text.to_string(),
        }
    }
}

/// An idea as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idea {
    /// Its id.
    pub id: IdeaId,
    /// What was noted.
    pub data: NewIdea,
    /// Where it stands.
    pub state: IdeaState,
    /// Optimistic version.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idea_keeps_its_words_and_the_name_on_the_card() {
        let form = IdeaForm {
            text: " Brot vom Vortag ".into(),
            said_by: "Frau  vom Markt".into(),
            ..IdeaForm::default()
        };
        let idea = NewIdea::try_from(form).expect("a text is enough");
        assert_eq!(idea.text.as_str(), "Brot vom Vortag");
        assert_eq!(idea.said_by.map(String::from), Some("Frau vom Markt".to_owned()));
    }

    #[test]
    fn every_issue_of_an_idea_is_reported_at_once() {
        let form = IdeaForm { actor: "Kita".into(), said_by: "x".repeat(301), ..IdeaForm::default() };
        let issues = NewIdea::try_from(form).expect_err("three things are wrong");
        let fields: Vec<_> = issues.iter().map(|issue| issue.field.as_str()).collect();
        assert_eq!(fields, ["text", "actor", "said_by"]);
    }
}
