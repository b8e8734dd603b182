//! What an institution, the round table or the quarter lacks.

use crate::card::{Card, CardForm};
use crate::id::NeedId;
use crate::issue::{FieldIssue, Issues};
use crate::lifecycle::lifecycle;
use crate::limits::parse_count;
use crate::posting::{Posted, Posting};
use crate::text;
use uuid::Uuid;

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
    /// Who lacks what; its times are hard.
    pub card: Card,
    /// How many are wanted.
    pub units: u32,
    /// How far away the help may be, walking metres; none: no limit.
    pub radius_m: Option<u32>,
}

/// A need as it is stored.
pub type Need = Posted<NewNeed>;

/// A need's form as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct NeedForm {
    /// The card.
    #[serde(flatten)]
    pub card: CardForm,
    /// Whole number; empty: 1.
    pub units: String,
    /// Walking metres; empty: no limit.
    pub radius_m: String,
}

/// Largest radius that makes sense on foot or by tram, in metres.
pub const MOST_RADIUS_M: u32 = 50_000;

impl TryFrom<NeedForm> for NewNeed {
    type Error = Vec<FieldIssue>;

    fn try_from(form: NeedForm) -> Result<Self, Self::Error> {
        let mut issues = Issues::default();
        let card = issues.join(form.card.try_into());
        let units = issues.take("units", parse_count(&form.units, 1, 10_000)).flatten();
        let radius_m = issues.take("radius_m", parse_count(&form.radius_m, 50, MOST_RADIUS_M)).flatten();
        issues.finish()?;
        Ok(Self { card: card.expect("no issue was found"), units: units.unwrap_or(1), radius_m })
    }
}

impl From<CardForm> for NeedForm {
    /// A card alone is a need: one, from anywhere.
    fn from(card: CardForm) -> Self {
        Self { card, ..Self::default() }
    }
}

impl From<&NewNeed> for NeedForm {
    /// The form filled with what is stored.
    fn from(need: &NewNeed) -> Self {
        Self {
            card: (&need.card).into(),
            units: need.units.to_string(),
            radius_m: text::shown(need.radius_m.as_ref()),
        }
    }
}

impl Posting for NewNeed {
    const NOUN: &'static str = "need";
    const OPEN: NeedState = NeedState::Open;
    type Id = NeedId;
    type State = NeedState;
    type Form = NeedForm;

    fn id(uuid: Uuid) -> NeedId {
        NeedId::new(uuid)
    }
    fn card(&self) -> &Card {
        &self.card
    }
    fn card_mut(&mut self) -> &mut Card {
        &mut self.card
    }
    fn form_card(form: &NeedForm) -> &CardForm {
        &form.card
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> NeedForm {
        CardForm { text: text.into(), ..CardForm::default() }.into()
    }

    #[test]
    fn a_form_with_a_text_alone_is_one_need_from_anywhere() {
        let need = NewNeed::try_from(form("Stühle")).expect("a text is enough");
        assert_eq!((need.units, need.radius_m, need.card().text.as_str()), (1, None, "Stühle"));
    }

    #[test]
    fn a_stored_need_fills_the_form_it_came_from() {
        let card = CardForm { text: "Saal".into(), language: "de".into(), ..CardForm::default() };
        let form = NeedForm { card, units: "2".into(), radius_m: "800".into() };
        let need = NewNeed::try_from(form.clone()).expect("valid");
        assert_eq!(NeedForm::from(&need), form);
    }

    #[test]
    fn a_form_is_one_flat_list_of_fields() {
        let sent = serde_json::json!({"text": "Saal", "units": "2", "lat": "52.4", "unknown": "x"});
        let form: NeedForm = serde_json::from_value(sent).expect("readable");
        assert_eq!((form.card.text.as_str(), form.units.as_str()), ("Saal", "2"));
        let told = serde_json::to_value(&form).expect("told");
        let names: Vec<&str> = told.as_object().expect("fields").keys().map(String::as_str).collect();
        let expected = [
            "actor",
            "kinds",
            "language",
            "languages",
            "lat",
            "lon",
            "radius_m",
            "said_by",
            "text",
            "times",
            "units",
        ];
        assert_eq!(names.len(), expected.len());
        assert!(expected.iter().all(|name| names.contains(name)), "{names:?}");
    }

    #[test]
    fn issues_of_the_card_and_of_the_need_are_reported_at_once() {
        let mut form = NeedForm { units: "viele".into(), radius_m: "1".into(), ..form("") };
        form.card.lat = "52".into();
        let issues = NewNeed::try_from(form).expect_err("four things are wrong");
        let fields: Vec<_> = issues.iter().map(|issue| issue.field.as_str()).collect();
        assert_eq!(fields, ["text", "lat", "units", "radius_m"]);
    }

    #[test]
    fn units_and_radius_have_their_bounds() {
        for (units, radius_m, fine) in [
            ("1", "50", true),
            ("10000", "50000", true),
            ("0", "50", false),
            ("10001", "50", false),
            ("1", "49", false),
            ("1", "50001", false),
        ] {
            let form = NeedForm { units: units.into(), radius_m: radius_m.into(), ..form("Saal") };
            assert_eq!(NewNeed::try_from(form).is_ok(), fine, "{units} units within {radius_m} m");
        }
    }

    #[test]
    fn a_need_takes_part_while_it_is_open_and_can_always_be_taken_back_before_its_end() {
        assert_eq!(NeedState::Draft.transition(NeedEvent::Post), Ok(NewNeed::OPEN));
        for state in NeedState::all() {
            let ended = matches!(state, NeedState::Met | NeedState::Expired | NeedState::Withdrawn);
            assert_eq!(state.transition(NeedEvent::Withdraw).is_err(), ended, "{state}");
            // What has ended can be asked for again; what is open need not be.
            let reopened = state.transition(NeedEvent::Reopen);
            assert_eq!(reopened.is_ok(), ended || matches!(state, NeedState::Proposed | NeedState::Agreed));
        }
    }
}
