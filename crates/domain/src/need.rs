//! What an institution, the round table or the quarter lacks.

use crate::id::{ActorId, NeedId};
use crate::issue::{FieldIssue, Issues};
use crate::kind::KindId;
use crate::language::{self, LanguageTag};
use crate::lifecycle::lifecycle;
use crate::limits::parse_count;
use crate::position::Position;
use crate::text::{self, Body, Line};
use crate::week_hours::WeekHours;

lifecycle! {
    /// Where a need stands.
    states NeedState of "need" {
        /// Noted, not yet asked for.
        Draft = "draft",
        /// Wanted.
        Open = "open",
        /// A proposal is under way.
        Proposed = "proposed",
        /// An agreement is made.
        Agreed = "agreed",
        /// Fulfilled.
        Met = "met",
        /// Not confirmed again in time.
        Expired = "expired",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
    /// What happens to a need.
    events NeedEvent {
        /// It is asked for.
        Post = "post",
        /// A suggestion is put to the sides.
        Propose = "propose",
        /// The sides said no, or did not answer.
        Reopen = "reopen",
        /// The sides agreed.
        Agree = "agree",
        /// It was done.
        Meet = "meet",
        /// Nobody confirmed it.
        Expire = "expire",
        /// It is taken back.
        Withdraw = "withdraw",
    }
    table {
        Draft, Post => Open: "institution or coordinator; a text";
        Open, Propose => Proposed: "coordinator; a proposal";
        Proposed | Agreed, Reopen => Open: "coordinator; a reason";
        Met | Expired | Withdrawn, Reopen => Open: "institution or coordinator";
        Proposed | Open, Agree => Agreed: "coordinator; an agreement";
        Agreed | Proposed | Open, Meet => Met: "institution or coordinator; a deed or a word";
        Draft | Open, Expire => Expired: "by date: not confirmed for 3 months";
        Draft | Open | Proposed | Agreed, Withdraw => Withdrawn: "institution or coordinator";
    }
}

/// A need as somebody enters or imports it: parsed, not yet stored.
#[derive(Debug, Clone, PartialEq)]
pub struct NewNeed {
    /// Who lacks it; a card may come without a name.
    pub actor: Option<ActorId>,
    /// The name on the card, when it names no actor of the directory.
    pub said_by: Option<Line>,
    /// In the institution's own words; about groups, never about a person.
    pub text: Body,
    /// Language of the text.
    pub language: LanguageTag,
    /// Kinds of resource set by hand; empty: the engine finds them in the text.
    pub kinds: Vec<KindId>,
    /// How many are wanted.
    pub units: u32,
    /// How far away the help may be, walking metres; none: no limit.
    pub radius_m: Option<u32>,
    /// When it is needed; hard.
    pub times: Option<WeekHours>,
    /// Languages in which people must talk.
    pub languages: Vec<LanguageTag>,
    /// Where it is needed, when not at the actor's seat.
    pub position: Option<Position>,
}

/// A need's form as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct NeedForm {
    /// Actor id; may be empty.
    pub actor: String,
    /// The name on the card, in any words; may be empty.
    pub said_by: String,
    /// The need itself.
    pub text: String,
    /// Language tag; empty: German.
    pub language: String,
    /// Comma list of kinds.
    pub kinds: String,
    /// Whole number; empty: 1.
    pub units: String,
    /// Walking metres; empty: no limit.
    pub radius_m: String,
    /// Days and hours; empty: any.
    pub times: String,
    /// Comma list of language tags.
    pub languages: String,
    /// Latitude.
    pub lat: String,
    /// Longitude.
    pub lon: String,
}

impl From<&NewNeed> for NeedForm {
    /// The form filled with what is stored.
    fn from(need: &NewNeed) -> Self {
        Self {
            actor: text::shown(need.actor.as_ref()),
            said_by: text::shown(need.said_by.as_ref()),
            text: need.text.to_string(),
            language: need.language.to_string(),
            kinds: text::listed(&need.kinds),
            units: need.units.to_string(),
            radius_m: text::shown(need.radius_m.as_ref()),
            times: text::shown(need.times.as_ref()),
            languages: text::listed(&need.languages),
            lat: text::shown(need.position.map(Position::lat).as_ref()),
            lon: text::shown(need.position.map(Position::lon).as_ref()),
        }
    }
}

/// Largest radius that makes sense on foot or by tram, in metres.
pub const MOST_RADIUS_M: u32 = 50_000;

impl TryFrom<NeedForm> for NewNeed {
    type Error = Vec<FieldIssue>;

    fn try_from(form: NeedForm) -> Result<Self, Self::Error> {
        let mut issues = Issues::default();
        let text = issues.take("text", form.text.parse());
        let actor = issues.take("actor", text::optional(&form.actor)).flatten();
        let said_by = issues.take("said_by", text::optional(&form.said_by)).flatten();
        let language = issues.take("language", text::optional(&form.language)).flatten();
        let kinds = issues.take("kinds", parse_kinds(&form.kinds));
        let units = issues.take("units", parse_count(&form.units, 1, 10_000)).flatten();
        let radius_m = issues.take("radius_m", parse_count(&form.radius_m, 50, MOST_RADIUS_M)).flatten();
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
            units: units.unwrap_or(1),
            radius_m,
            times,
            languages: languages.unwrap_or_default(),
            position,
        })
    }
}

/// Reads a comma list of kinds, each once.
///
/// # Errors
/// The first that is not of the form of a kind's id.
pub fn parse_kinds(list: &str) -> Result<Vec<KindId>, crate::issue::Problem> {
    let parts = list.split([',', ';', ' ']).map(str::trim).filter(|part| !part.is_empty());
    let mut kinds: Vec<KindId> = parts.map(str::parse).collect::<Result<_, _>>()?;
    kinds.sort();
    kinds.dedup();
    Ok(kinds)
}

/// A need as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// Its id.
    pub id: NeedId,
    /// What is lacking.
    pub data: NewNeed,
    /// Where it stands.
    pub state: NeedState,
    /// Whether it is public.
    pub published: bool,
    /// Optimistic version.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_with_a_text_alone_is_a_need() {
        let form = NeedForm { text: "Stühle".to_owned(), ..NeedForm::default() };
        let need = NewNeed::try_from(form).expect("a text is enough");
        assert_eq!((need.units, need.language.as_str()), (1, "de"));
    }

    #[test]
    fn a_stored_need_fills_the_form_it_came_from() {
        let form = NeedForm {
            text: "Saal".into(),
            language: "de".into(),
            kinds: "room_event, room_seminar".into(),
            units: "2".into(),
            radius_m: "800".into(),
            times: "Mo 09:00-12:00".into(),
            languages: "de, tr".into(),
            lat: "52.49".into(),
            lon: "13.41".into(),
            actor: String::new(),
            said_by: "die aus dem Nähtreff".into(),
        };
        let need = NewNeed::try_from(form.clone()).expect("valid");
        assert_eq!(NeedForm::from(&need), form);
    }

    #[test]
    fn every_issue_is_reported_at_once() {
        let form =
            NeedForm { units: "viele".into(), radius_m: "1".into(), lat: "52".into(), ..NeedForm::default() };
        let issues = NewNeed::try_from(form).expect_err("four things are wrong");
        let fields: Vec<_> = issues.iter().map(|issue| issue.field.as_str()).collect();
        assert_eq!(fields, ["text", "units", "radius_m", "lat"]);
    }
}
