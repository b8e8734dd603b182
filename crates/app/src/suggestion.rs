//! Suggestions: what could meet a need, whom an offer could help, and why not.

use crate::actor::ActorName;
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::market::{ACTOR_PREFIX, worth_showing};
use crate::verdict::Verdicts;
use kiez_domain::id::{ActorId, NeedId, OfferId, ProjectId};
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use kiez_domain::policy::Facts;
use kiez_domain::suggestion::{Obstacle, Parts, Reason, Score};
use kiez_domain::text::Line;
use kiez_domain::verdict::{Decision, Giver};
use kiez_engine::{Market, Suggestion};
use kiez_store::conn::Conn;

/// The other side of a suggestion.
#[derive(Debug, Clone, PartialEq)]
pub enum Partner {
    /// An offer that somebody made.
    Offer {
        /// Its id.
        id: OfferId,
        /// Its text.
        text: String,
    },
    /// A need that an offer could meet.
    Need {
        /// Its id.
        id: NeedId,
        /// Its text.
        text: String,
    },
    /// A business that made no such offer, but could: nobody has asked yet.
    Actor,
}

/// One suggestion as a page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct SuggestionView {
    /// What meets.
    pub partner: Partner,
    /// Whose it is.
    pub actor: Option<ActorName>,
    /// The name on the card, when it names no actor of the directory.
    pub said_by: Option<Line>,
    /// Score from 0 to 1.
    pub score: Score,
    /// The parts of the score.
    pub parts: Parts,
    /// Reasons; the locale files make sentences of them.
    pub reasons: Vec<Reason>,
    /// How many other businesses of this name could be asked as well.
    pub same_name: u32,
    /// A coordinator put it first.
    pub pinned: bool,
}

impl SuggestionView {
    /// Who could meet the need, as a verdict names it; nobody where the partner is a need.
    #[must_use]
    pub fn giver(&self) -> Option<Giver> {
        match self.partner {
            Partner::Offer { id, .. } => Some(Giver::Offer(id)),
            Partner::Actor => self.actor.as_ref().map(|actor| Giver::Actor(actor.id)),
            Partner::Need { .. } => None,
        }
    }
}

/// Suggestions for a need, best first; an institution gets them for its own needs.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such need or the caller may not see its suggestions.
pub async fn for_need(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    need: NeedId,
    top: usize,
) -> Result<Vec<SuggestionView>, AppError> {
    let mut conn = ctx.db.read().await?;
    let owner = kiez_store::posting::facts::<NewNeed>(&mut conn, project, need)
        .await?
        .ok_or(AppError::NotFound)?
        .owner;
    caller.may("suggestion", "read", Facts::of_object(project, owner, false))?;
    let slot = ctx.markets.current(&mut conn, (project, ctx.today())).await?;
    let verdicts = Verdicts::of_need(&mut conn, (project, need), ctx.today()).await?;
    let found = allowed(&slot.read().await.market, &need.to_string(), &verdicts, top);
    let mut views = Vec::new();
    for (suggestion, pinned) in found {
        if let Some(view) = offer_view(&mut conn, project, suggestion).await? {
            views.push(SuggestionView { pinned, ..view });
        }
    }
    drop_repeated_guesses(&mut views);
    views.truncate(top);
    Ok(views)
}

/// What may be put forward for a need: first what is pinned, then the best of the rest, without what was put aside.
fn allowed(market: &Market, need: &str, verdicts: &Verdicts, top: usize) -> Vec<(Suggestion, bool)> {
    let pinned = verdicts.pinned().filter_map(|offer| market.pair(need, offer)).map(|found| (found, true));
    // Guesses that repeat an offer fall out later, so a few more are asked for.
    let others = market.offers_for(need, top * 2 + verdicts.len()).into_iter();
    let others = others.filter(|found| worth_showing(found.score) && verdicts.on(&found.offer).is_none());
    pinned.chain(others.map(|found| (found, false))).collect()
}

/// An actor with an offer that fits needs no guess about what it could give.
fn drop_repeated_guesses(views: &mut Vec<SuggestionView>) {
    let made = views.iter().filter(|view| view.partner != Partner::Actor);
    let made: Vec<_> = made.filter_map(|view| view.actor.as_ref().map(|actor| actor.id)).collect();
    views.retain(|view| {
        view.partner != Partner::Actor || view.actor.as_ref().is_none_or(|actor| !made.contains(&actor.id))
    });
}

/// Needs that an offer could meet, best first.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such offer or the caller may not see its suggestions.
pub async fn for_offer(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    offer: OfferId,
    top: usize,
) -> Result<Vec<SuggestionView>, AppError> {
    let mut conn = ctx.db.read().await?;
    let owner = kiez_store::posting::facts::<NewOffer>(&mut conn, project, offer)
        .await?
        .ok_or(AppError::NotFound)?
        .owner;
    caller.may("suggestion", "read", Facts::of_object(project, owner, false))?;
    let slot = ctx.markets.current(&mut conn, (project, ctx.today())).await?;
    let verdicts = Verdicts::of_project(&mut conn, project, ctx.today()).await?;
    let about = offer.to_string();
    let found = slot.read().await.market.needs_for(&about, top);
    let mut views = Vec::new();
    for suggestion in found.into_iter().filter(|suggestion| worth_showing(suggestion.score)) {
        let Some(view) = need_view(&mut conn, caller, project, suggestion).await? else { continue };
        let Partner::Need { id, .. } = view.partner else { continue };
        let decided = verdicts.get(&id).and_then(|verdicts| verdicts.on(&about));
        if !matches!(decided, Some(Decision::Later | Decision::Never)) {
            views.push(SuggestionView { pinned: decided == Some(Decision::Pin), ..view });
        }
    }
    Ok(views)
}

/// Why an offer does not stand among the suggestions for a need.
#[derive(Debug, Clone, PartialEq)]
pub struct WhyNotView {
    /// The offer's text.
    pub offer: String,
    /// What stands in the way; empty when nothing does.
    pub obstacles: Vec<Obstacle>,
    /// The score without the hard obstacles.
    pub score: Score,
}

/// Says why an offer is not suggested for a need; for coordinators.
///
/// # Errors
/// [`AppError::NotFound`] when one of them does not exist or the caller may not see both.
pub async fn why_not(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    need: NeedId,
    offer: OfferId,
) -> Result<WhyNotView, AppError> {
    caller.may("suggestion", "read", Facts::of_project(project))?;
    let mut conn = ctx.db.read().await?;
    kiez_store::posting::facts::<NewNeed>(&mut conn, project, need).await?.ok_or(AppError::NotFound)?;
    let found =
        kiez_store::posting::find::<NewOffer>(&mut conn, project, offer).await?.ok_or(AppError::NotFound)?;
    let slot = ctx.markets.current(&mut conn, (project, ctx.today())).await?;
    let answer = slot.read().await.market.why_not(&need.to_string(), &offer.to_string());
    let answer = answer.ok_or(AppError::NotFound)?;
    Ok(WhyNotView {
        offer: found.data.card.text.into(),
        obstacles: answer.obstacles,
        score: answer.score.unwrap_or_default(),
    })
}

/// What meets a need, as a page shows it; nothing when it is no longer there.
pub(crate) async fn offer_view(
    conn: &mut Conn,
    project: ProjectId,
    found: Suggestion,
) -> Result<Option<SuggestionView>, AppError> {
    let (partner, actor, said_by) = if let Some(id) = found.offer.strip_prefix(ACTOR_PREFIX) {
        (Partner::Actor, id.parse::<ActorId>().ok(), None)
    } else {
        let Ok(id) = found.offer.parse::<OfferId>() else { return Ok(None) };
        let Some(offer) = kiez_store::posting::find::<NewOffer>(conn, project, id).await? else {
            return Ok(None);
        };
        let card = offer.data.card;
        (Partner::Offer { id, text: card.text.into() }, card.actor, card.said_by)
    };
    let actor = name_of(conn, project, actor).await?;
    Ok(Some(view(found, partner, (actor, said_by))))
}

/// An institution that gives sees the other institution's need only when it is published.
async fn need_view(
    conn: &mut Conn,
    caller: &Caller,
    project: ProjectId,
    found: Suggestion,
) -> Result<Option<SuggestionView>, AppError> {
    let Ok(id) = found.need.parse::<NeedId>() else { return Ok(None) };
    let Some(need) = kiez_store::posting::find::<NewNeed>(conn, project, id).await? else { return Ok(None) };
    if caller.may("need", "read", Facts::of_object(project, need.data.card.actor, need.published)).is_err() {
        return Ok(None);
    }
    let card = need.data.card;
    let actor = name_of(conn, project, card.actor).await?;
    Ok(Some(view(found, Partner::Need { id, text: card.text.into() }, (actor, card.said_by))))
}

async fn name_of(
    conn: &mut Conn,
    project: ProjectId,
    id: Option<ActorId>,
) -> Result<Option<ActorName>, AppError> {
    Ok(crate::actor::names(conn, project, id.as_slice()).await?.into_values().next())
}

fn view(
    found: Suggestion,
    partner: Partner,
    (actor, said_by): (Option<ActorName>, Option<Line>),
) -> SuggestionView {
    let Suggestion { score, parts, reasons, same_name, .. } = found;
    SuggestionView { partner, actor, said_by, score, parts, reasons, same_name, pinned: false }
}
