//! What the pages say of an offer alone; the pages themselves are [`crate::pages::postings`].

use crate::layout::Chrome;
use crate::pages::postings::{OwnFields, Paged};
use crate::pages::verdicts::Verdicts;
use crate::request::Member;
use crate::state::WebState;
use kiez_app::error::AppError;
use kiez_app::suggestion::{self, SuggestionView};
use kiez_domain::id::OfferId;
use kiez_domain::offer::{NewOffer, OfferForm};

impl Paged for NewOffer {
    const PLURAL: &'static str = "offers";
    const WHO: &'static str = "field-actor";
    const BY_HAND: &'static [&'static str] = &["post", "pause", "resume", "withdraw"];

    fn own_fields(form: OfferForm) -> OwnFields {
        OwnFields::Offer(form)
    }

    fn own_facts(&self, c: &Chrome) -> Vec<(String, String)> {
        let (amount, per) = (c.n(&u64::from(self.limits.capacity())), c.tt("per", &self.limits.per()));
        let mut facts = vec![(c.t("field-capacity"), format!("{amount} {per}"))];
        if let Some(minutes) = self.effort_min {
            facts.push((c.t("field-effort_min"), format!("{} min", c.n(&u64::from(minutes)))));
        }
        facts
    }

    async fn suggestions(
        state: &WebState,
        member: &Member,
        id: OfferId,
        top: usize,
    ) -> Result<Vec<SuggestionView>, AppError> {
        suggestion::for_offer(&state.ctx, &member.visit.caller, member.project.id, id, top).await
    }

    /// Decisions are made where the need stands.
    async fn verdicts(_: &WebState, _: &Member, _: OfferId) -> Result<Option<Verdicts>, AppError> {
        Ok(None)
    }
}
