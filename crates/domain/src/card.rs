//! What stands on a card, whether it asks or gives: the part that needs and offers share.

use crate::id::ActorId;
use crate::issue::{FieldIssue, Issues};
use crate::kind::{self, KindId};
use crate::language::{self, LanguageTag};
use crate::position::Position;
use crate::text::{self, Body, Line};
use crate::week_hours::WeekHours;

/// A card that was read: who says what, in which words, when and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Whose card it is; it may come without a name.
    pub actor: Option<ActorId>,
    /// The name on the card, when it names no actor of the directory.
    pub said_by: Option<Line>,
    /// In the person's own words; about groups, never about one client.
    pub text: Body,
    /// Language of the text.
    pub language: LanguageTag,
    /// Kinds of resource set by hand; empty: the engine finds them in the text.
    pub kinds: Vec<KindId>,
    /// When it is needed or to be had; none: any time.
    pub times: Option<WeekHours>,
    /// Languages in which people can talk.
    pub languages: Vec<LanguageTag>,
    /// Where, when not at the actor's seat.
    pub position: Option<Position>,
}

/// A card's part of a form as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct CardForm {
    /// Actor id; may be empty.
    pub actor: String,
    /// The name on the card, in any words; may be empty.
    pub said_by: String,
    /// What is needed or given.
    pub text: String,
    /// Language tag; empty: German.
    pub language: String,
    /// Comma list of kinds.
    pub kinds: String,
    /// Days and hours; empty: any.
    pub times: String,
    /// Comma list of language tags.
    pub languages: String,
    /// Latitude.
    pub lat: String,
    /// Longitude.
    pub lon: String,
}

impl TryFrom<CardForm> for Card {
    type Error = Vec<FieldIssue>;

    fn try_from(form: CardForm) -> Result<Self, Self::Error> {
        let mut issues = Issues::default();
        let text = issues.take("text", form.text.parse());
        let actor = issues.take("actor", text::optional(&form.actor)).flatten();
        let said_by = issues.take("said_by", text::optional(&form.said_by)).flatten();
        let language = issues.take("language", text::optional(&form.language)).flatten();
        let kinds = issues.take("kinds", kind::parse_list(&form.kinds));
        let times = issues.take("times", text::optional(&form.times)).flatten();
        let languages = issues.take("languages", language::parse_list(&form.languages));
        let position = issues.take("lat", Position::from_texts(&form.lat, &form.lon)).flatten();
        issues.finish()?;
        Ok(Self {
            actor,
            said_by,
            text: text.expect("no issue was found"),
            language: language.unwrap_or_else(LanguageTag::german),
            kinds: kinds.unwrap_or_default(),
            times,
            languages: languages.unwrap_or_default(),
            position,
        })
    }
}

impl From<&Card> for CardForm {
    /// The form filled with what is stored.
    fn from(card: &Card) -> Self {
        Self {
            actor: text::shown(card.actor.as_ref()),
            said_by: text::shown(card.said_by.as_ref()),
            text: card.text.to_string(),
            language: card.language.to_string(),
            kinds: text::listed(&card.kinds),
            times: text::shown(card.times.as_ref()),
            languages: text::listed(&card.languages),
            lat: text::shown(card.position.map(Position::lat).as_ref()),
            lon: text::shown(card.position.map(Position::lon).as_ref()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn full() -> CardForm {
        CardForm {
            actor: "0198c0de-0000-7000-8000-000000000001".into(),
            said_by: "die aus dem Nähtreff".into(),
            text: "Saal für das Fest,\nzweimal".into(),
            language: "tr".into(),
            kinds: "room_event, room_seminar".into(),
            times: "Mo 09:00-12:00".into(),
            languages: "de, tr".into(),
            lat: "52.49".into(),
            lon: "13.41".into(),
        }
    }

    #[test]
    fn a_text_alone_is_a_card() {
        let card = Card::try_from(CardForm { text: "Stühle".into(), ..CardForm::default() }).expect("enough");
        assert_eq!((card.text.as_str(), card.language.as_str()), ("Stühle", "de"));
        assert_eq!((card.actor, card.said_by, card.times, card.position), (None, None, None, None));
        assert!(card.kinds.is_empty() && card.languages.is_empty());
    }

    #[test]
    fn a_stored_card_fills_the_form_it_came_from() {
        let card = Card::try_from(full()).expect("valid");
        assert_eq!(CardForm::from(&card), full());
    }

    #[test]
    fn kinds_are_a_set_however_they_are_typed() {
        let form = CardForm { kinds: "wood;  furniture wood,".into(), ..full() };
        let card = Card::try_from(form).expect("valid");
        assert_eq!(text::listed(&card.kinds), "furniture, wood");
    }

    #[test]
    fn every_issue_is_reported_at_once_in_the_order_of_the_form() {
        let form = CardForm {
            actor: "Kita".into(),
            said_by: "a\u{0}b".into(),
            text: " \n ".into(),
            language: "deutsch bitte".into(),
            kinds: "Holz!".into(),
            times: "immer".into(),
            languages: "de, ??".into(),
            lat: "52".into(),
            lon: String::new(),
        };
        let issues = Card::try_from(form).expect_err("nothing is right");
        let fields: Vec<_> = issues.iter().map(|issue| issue.field.as_str()).collect();
        assert_eq!(fields, ["text", "actor", "said_by", "language", "kinds", "times", "languages", "lat"]);
    }

    proptest! {
        #[test]
        fn what_was_accepted_comes_back_as_itself(words in "\\PC{1,60}", name in "\\PC{0,40}") {
            let form = CardForm { text: words, said_by: name, ..full() };
            if let Ok(card) = Card::try_from(form) {
                prop_assert_eq!(Card::try_from(CardForm::from(&card)), Ok(card));
            }
        }
    }
}
