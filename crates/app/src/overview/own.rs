//! What an institution finds when it signs in: its own needs, how they stand, and for how many somebody could be found.

use crate::actor::ActorName;
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::{posting, suggestion};
use kiez_domain::id::{NeedId, ProjectId};
use kiez_domain::need::{NeedState, NewNeed};
use kiez_store::need::NeedFilter;
use kiez_store::page::Page;

/// So many needs are looked at, the newest first.
const LOOKED_AT: u32 = 40;
/// So many suggestions are counted for a need: as many as its page shows at once.
pub const COUNTED: usize = 5;

/// The entrance of an institution.
#[derive(Debug, Clone, PartialEq)]
pub struct Own {
    /// For whom the caller speaks.
    pub actor: Option<ActorName>,
    /// Needs that are not settled, those that can be taken further first.
    pub needs: Vec<OwnNeed>,
    /// How many were met.
    pub met: u64,
}

/// One need of the institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnNeed {
    /// Its id.
    pub id: NeedId,
    /// Its text.
    pub text: String,
    /// How it stands.
    pub state: NeedState,
    /// How many could meet it, [`COUNTED`] at most; only for open ones.
    pub suggested: usize,
}

/// The needs of the institution for which the caller speaks.
///
/// # Errors
/// [`AppError::NotFound`] for everybody who may not list needs of the project.
pub async fn own(ctx: &Ctx, caller: &Caller, project: ProjectId) -> Result<Own, AppError> {
    let of_state = |state| NeedFilter { state, ..NeedFilter::default() };
    let listed =
        posting::list::<NewNeed>(ctx, caller, project, of_state(None), Page::first(LOOKED_AT)).await?;
    let met = of_state(Some(NeedState::Met));
    let met = posting::list::<NewNeed>(ctx, caller, project, met, Page::first(1)).await?.total;
    let mut needs = Vec::new();
    for view in listed.rows.into_iter().filter(|view| rank(view.posted.state, 1).is_some()) {
        let (id, state) = (view.posted.id, view.posted.state);
        let suggested = match state {
            NeedState::Open => suggestion::for_need(ctx, caller, project, id, COUNTED).await?.len(),
            _ => 0,
        };
        needs.push(OwnNeed { id, text: view.text().to_owned(), state, suggested });
    }
    // Stable: of one rank the newest stays first.
    needs.sort_by_key(|need| rank(need.state, need.suggested));
    let actor = crate::actor::choices(ctx, caller, project).await?.into_iter().next();
    Ok(Own { actor, needs, met })
}

/// What wants something of the institution comes first; nothing for what is settled.
fn rank(state: NeedState, suggested: usize) -> Option<u8> {
    match state {
        NeedState::Open if suggested > 0 => Some(0),
        NeedState::Agreed => Some(1),
        NeedState::Proposed => Some(2),
        NeedState::Open | NeedState::Draft => Some(3),
        NeedState::Met | NeedState::Expired | NeedState::Withdrawn => None,
    }
}
