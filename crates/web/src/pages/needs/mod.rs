//! What the pages say of a need alone; the pages themselves are [`crate::pages::postings`].

use crate::layout::Chrome;
use crate::pages::postings::{OwnFields, Paged};
use crate::pages::verdicts::Verdicts;
use crate::request::Member;
use crate::state::WebState;
use kiez_app::error::AppError;
use kiez_app::suggestion::{self, SuggestionView};
use kiez_domain::id::NeedId;
use kiez_domain::need::{NeedForm, NewNeed};

impl Paged for NewNeed {
    const PLURAL: &'static str = "needs";
    const WHO: &'static str = "side-institution";
    const BY_HAND: &'static [&'static str] = &["post", "meet", "reopen", "withdraw"];

    fn own_fields(form: NeedForm) -> OwnFields {
        OwnFields::Need(form)
    }

    fn own_facts(&self, c: &Chrome) -> Vec<(String, String)> {
        let mut facts = vec![(c.t("field-units"), c.n(&u64::from(self.units)))];
        if let Some(radius) = self.radius_m {
            facts.push((c.t("field-radius_m"), format!("{} m", c.n(&u64::from(radius)))));
        }
        facts
    }

    async fn suggestions(
        state: &WebState,
        member: &Member,
        id: NeedId,
        top: usize,
    ) -> Result<Vec<SuggestionView>, AppError> {
        suggestion::for_need(&state.ctx, &member.visit.caller, member.project.id, id, top).await
    }

    async fn verdicts(state: &WebState, member: &Member, id: NeedId) -> Result<Option<Verdicts>, AppError> {
        Verdicts::of_need(state, member, id).await
    }
}
