//! What somebody is ready to give: kind, amount, how often, limits.

use crate::card::{Card, CardForm};
use crate::id::OfferId;
use crate::issue::{FieldIssue, Issues};
use crate::lifecycle::lifecycle;
use crate::limits::{Limits, Rhythm, parse_count};
use crate::posting::{Posted, Posting};
use crate::text;
use uuid::Uuid;

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
    /// Who gives what.
    pub card: Card,
    /// How much, how often.
    pub limits: Limits,
    /// Minutes it costs the giver each time, when said.
    pub effort_min: Option<u32>,
}

/// An offer as it is stored.
pub type Offer = Posted<NewOffer>;

/// An offer's form as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct OfferForm {
    /// The card.
    #[serde(flatten)]
    pub card: CardForm,
    /// Whole number; empty: 1.
    pub capacity: String,
    /// The span by its stored name; empty: once.
    pub per: String,
    /// Minutes; may be empty.
    pub effort_min: String,
}

impl TryFrom<OfferForm> for NewOffer {
    type Error = Vec<FieldIssue>;

    fn try_from(form: OfferForm) -> Result<Self, Self::Error> {
        let mut issues = Issues::default();
        let card = issues.join(form.card.try_into());
        let capacity = issues.take("capacity", parse_count(&form.capacity, 0, Limits::MOST)).flatten();
        let per = issues.take("per", text::optional::<Rhythm>(&form.per)).flatten();
        let effort_min = issues.take("effort_min", parse_count(&form.effort_min, 0, 100_000)).flatten();
        let limits = issues.take("capacity", Limits::new(capacity.unwrap_or(1), per.unwrap_or(Rhythm::Once)));
        issues.finish()?;
        Ok(Self {
            card: card.expect("no issue was found"),
            limits: limits.expect("no issue was found"),
            effort_min,
        })
    }
}

impl From<CardForm> for OfferForm {
    /// A card alone is an offer: one, once.
    fn from(card: CardForm) -> Self {
        Self { card, ..Self::default() }
    }
}

impl From<&NewOffer> for OfferForm {
    /// The form filled with what is stored.
    fn from(offer: &NewOffer) -> Self {
        Self {
            card: (&offer.card).into(),
            capacity: offer.limits.capacity().to_string(),
            per: offer.limits.per().to_string(),
            effort_min: text::shown(offer.effort_min.as_ref()),
        }
    }
}

impl Posting for NewOffer {
    const NOUN: &'static str = "offer";
    const OPEN: OfferState = OfferState::Open;
    type Id = OfferId;
    type State = OfferState;
    type Form = OfferForm;

    fn id(uuid: Uuid) -> OfferId {
        OfferId::new(uuid)
    }
    fn card(&self) -> &Card {
        &self.card
    }
    fn card_mut(&mut self) -> &mut Card {
        &mut self.card
    }
    fn form_card(form: &OfferForm) -> &CardForm {
        &form.card
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> OfferForm {
        CardForm { text: text.into(), ..CardForm::default() }.into()
    }

    #[test]
    fn an_offer_is_given_once_unless_it_says_more() {
        let offer = NewOffer::try_from(form("Saal am Montag")).expect("a text is enough");
        assert_eq!((offer.limits.capacity(), offer.limits.per()), (1, Rhythm::Once));
        assert_eq!((offer.effort_min, offer.card().text.as_str()), (None, "Saal am Montag"));
    }

    #[test]
    fn a_stored_offer_fills_the_form_it_came_from() {
        let card = CardForm { text: "Werkbank".into(), language: "de".into(), ..CardForm::default() };
        let (capacity, per, effort_min) = ("2".into(), "quarter".into(), "15".into());
        let form = OfferForm { card, capacity, per, effort_min };
        let offer = NewOffer::try_from(form.clone()).expect("valid");
        assert_eq!(OfferForm::from(&offer), form);
    }

    #[test]
    fn a_wrong_span_is_named() {
        let issues = NewOffer::try_from(OfferForm { per: "manchmal".into(), ..form("Brot") })
            .expect_err("no such span");
        assert_eq!(issues.iter().map(|issue| issue.field.as_str()).collect::<Vec<_>>(), ["per"]);
        assert!(
            issues[0].problem.to_string().contains("once, week, month, quarter or year"),
            "{}",
            issues[0]
        );
    }

    #[test]
    fn issues_of_the_card_and_of_the_offer_are_reported_at_once() {
        let mut form =
            OfferForm { capacity: "-1".into(), per: "century".into(), effort_min: "kurz".into(), ..form("") };
        form.card.times = "immer".into();
        let issues = NewOffer::try_from(form).expect_err("five things are wrong");
        let fields: Vec<_> = issues.iter().map(|issue| issue.field.as_str()).collect();
        assert_eq!(fields, ["text", "times", "capacity", "per", "effort_min"]);
    }

    #[test]
    fn nothing_at_present_is_an_amount_and_too_much_is_none() {
        for (capacity, fine) in [("0", true), ("10000", true), ("10001", false)] {
            let form = OfferForm { capacity: capacity.into(), ..form("Brot") };
            assert_eq!(NewOffer::try_from(form).is_ok(), fine, "{capacity}");
        }
    }

    #[test]
    fn an_offer_pauses_and_returns_and_is_never_lost() {
        assert_eq!(OfferState::Draft.transition(OfferEvent::Post), Ok(NewOffer::OPEN));
        assert_eq!(OfferState::Open.transition(OfferEvent::Pause), Ok(OfferState::Paused));
        for state in [OfferState::Paused, OfferState::Withdrawn] {
            assert_eq!(state.transition(OfferEvent::Resume), Ok(OfferState::Open));
        }
        let refused = OfferState::Draft.transition(OfferEvent::Pause).expect_err("not confirmed yet");
        assert_eq!((refused.noun, refused.possible.as_str()), ("offer", "post, withdraw"));
    }
}
