//! What somebody is ready to give: kind, amount, how often, limits.

use crate::id::{ActorId, OfferId};
use crate::issue::{FieldIssue, Issues};
use crate::kind::KindId;
use crate::language::{self, LanguageTag};
use crate::lifecycle::lifecycle;
use crate::limits::{Limits, Rhythm, parse_count};
use crate::need::parse_kinds;
use crate::position::Position;
use crate::text::{self, Body, Line};
use crate::week_hours::WeekHours;

lifecycle! {
    /// Where an offer stands.
    states OfferState of "offer" {
        /// Noted at the door, not yet confirmed by the giver.
        Draft = "draft",
        /// To be had.
        Open = "open",
        /// Not at present.
        Paused = "paused",
        /// Taken back or used up.
        Withdrawn = "withdrawn",
    }
    /// What happens to an offer.
    events OfferEvent {
        /// The giver confirms it.
        Post = "post",
        /// Not at present.
        Pause = "pause",
        /// To be had again.
        Resume = "resume",
        /// Taken back or used up.
        Withdraw = "withdraw",
    }
    table {
        Draft, Post => Open: "giver or coordinator; a text";
        Open, Pause => Paused: "giver or coordinator";
        Paused, Resume => Open: "giver or coordinator";
        Draft | Open | Paused, Withdraw => Withdrawn: "giver or coordinator";
        Withdrawn, Resume => Open: "giver or coordinator";
    }
}

/// An offer as somebody enters or imports it: parsed, not yet stored.
#[derive(Debug, Clone, PartialEq)]
pub struct NewOffer {
    /// Who gives it; a card may come without a name.
    pub actor: Option<ActorId>,
    /// The name on the card, when it names no actor of the directory.
    pub said_by: Option<Line>,
    /// In the giver's own words.
    pub text: Body,
    /// Language of the text.
    pub language: LanguageTag,
    /// Kinds of resource set by hand; empty: the engine finds them.
    pub kinds: Vec<KindId>,
    /// How much, how often.
    pub limits: Limits,
    /// Minutes it costs the giver each time, when said.
    pub effort_min: Option<u32>,
    /// When it can be had; none: any time.
    pub times: Option<WeekHours>,
    /// Languages spoken.
    pub languages: Vec<LanguageTag>,
    /// Where it can be had, when not at the actor's seat.
    pub position: Option<Position>,
}

/// An offer's form as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct OfferForm {
    /// Actor id; may be empty.
    pub actor: String,
    /// The name on the card, in any words; may be empty.
    pub said_by: String,
    /// The offer itself.
    pub text: String,
    /// Language tag; empty: German.
    pub language: String,
    /// Comma list of kinds.
    pub kinds: String,
    /// Whole number; empty: 1.
    pub capacity: String,
    /// The span by its stored name; empty: once.
    pub per: String,
    /// Minutes; may be empty.
    pub effort_min: String,
    /// Days and hours; empty: any.
    pub times: String,
    /// Comma list of language tags.
    pub languages: String,
    /// Latitude.
    pub lat: String,
    /// Longitude.
    pub lon: String,
}

impl TryFrom<OfferForm> for NewOffer {
    type Error = Vec<FieldIssue>;

    fn try_from(form: OfferForm) -> Result<Self, Self::Error> {
        let mut issues = Issues::default();
        let text = issues.take("text", form.text.parse());
        let actor = issues.take("actor", text::optional(&form.actor)).flatten();
        let said_by = issues.take("said_by", text::optional(&form.said_by)).flatten();
        let language = issues.take("language", text::optional(&form.language)).flatten();
        let kinds = issues.take("kinds", parse_kinds(&form.kinds));
        let capacity = issues.take("capacity", parse_count(&form.capacity, 0, Limits::MOST)).flatten();
        let per = issues.take("per", text::optional::<Rhythm>(&form.per)).flatten();
        let effort_min = issues.take("effort_min", parse_count(&form.effort_min, 0, 100_000)).flatten();
        let times = issues.take("times", text::optional(&form.times)).flatten();
        let languages = issues.take("languages", language::parse_list(&form.languages));
        let position = issues.take("lat", Position::from_texts(&form.lat, &form.lon)).flatten();
        let limits = issues.take("capacity", Limits::new(capacity.unwrap_or(1), per.unwrap_or(Rhythm::Once)));
        issues.finish()?;
        Ok(Self {
            actor,
            said_by,
            text: text.expect("no issue was found"),
            language: language.unwrap_or_else(LanguageTag::german),
            kinds: kinds.unwrap_or_default(),
            limits: limits.expect("no issue was found"),
            effort_min,
            times,
            languages: languages.unwrap_or_default(),
            position,
        })
    }
}

impl From<&NewOffer> for OfferForm {
    /// The form filled with what is stored.
    fn from(offer: &NewOffer) -> Self {
        Self {
            actor: text::shown(offer.actor.as_ref()),
            said_by: text::shown(offer.said_by.as_ref()),
            text: offer.text.to_string(),
            language: offer.language.to_string(),
            kinds: text::listed(&offer.kinds),
            capacity: offer.limits.capacity().to_string(),
            per: offer.limits.per().to_string(),
            effort_min: text::shown(offer.effort_min.as_ref()),
            times: text::shown(offer.times.as_ref()),
            languages: text::listed(&offer.languages),
            lat: text::shown(offer.position.map(Position::lat).as_ref()),
            lon: text::shown(offer.position.map(Position::lon).as_ref()),
        }
    }
}

/// An offer as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// Its id.
    pub id: OfferId,
    /// What is given.
    pub data: NewOffer,
    /// Where it stands.
    pub state: OfferState,
    /// Whether it is public.
    pub published: bool,
    /// Optimistic version.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_is_given_once_unless_it_says_more() {
        let form = OfferForm { text: "Saal am Montag".into(), ..OfferForm::default() };
        let offer = NewOffer::try_from(form).expect("a text is enough");
        assert_eq!((offer.limits.capacity(), offer.limits.per()), (1, Rhythm::Once));
    }

    #[test]
    fn a_wrong_span_is_named() {
        let form = OfferForm { text: "Brot".into(), per: "manchmal".into(), ..OfferForm::default() };
        let issues = NewOffer::try_from(form).expect_err("no such span");
        assert_eq!(issues[0].field, "per");
    }
}
