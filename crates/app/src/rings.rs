//! Rings and bundles: who could help each other in turn, and what goes together in one visit or one trip.

mod bundles;
mod circle;

use crate::actor::{ActorName, Names};
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::moves::{Wanted, wanted};
use crate::suggestion::{self, SuggestionView};
use crate::thinking::apart;
use crate::verdict::Verdicts;
use kiez_domain::id::{ActorId, NeedId, ProjectId};
use kiez_domain::kind::KindId;
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use kiez_domain::policy::Facts;
use kiez_engine::whole::CANDIDATES;
use kiez_engine::{Edge, Market};
use kiez_store::conn::Conn;
use kiez_store::engine::ForEngine;
use std::collections::{BTreeMap, BTreeSet};

/// A link of a ring must be likelier to hold than not, because where one fails, all fail: of first suggestions from this
/// score on six of ten were right (`docs/quality.md`).
const LEAST_LINK: f64 = 0.3;
/// What goes along on one visit must be worth a word of its own.
const LEAST_PART: f64 = 0.5;
/// Whoever drives is asked first and may say no: any suggestion worth showing will do.
const LEAST_DRIVER: f64 = 0.3;

/// What one visit costs, in minutes: each that is not needed saves so much.
pub const VISIT_MINUTES: u32 = kiez_engine::bundles::VISIT_MINUTES;

/// One actor could help another.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkView {
    /// Who gives.
    pub giver: ActorName,
    /// Who gets.
    pub taker: ActorName,
    /// What is needed.
    pub need: Wanted,
    /// What is given, and why it fits.
    pub suggestion: SuggestionView,
}

/// One visit at a giver that serves several needs.
#[derive(Debug, Clone, PartialEq)]
pub struct VisitView {
    /// Who is visited.
    pub giver: ActorName,
    /// The needs, each with what could meet it.
    pub parts: Vec<(Wanted, SuggestionView)>,
    /// Minutes saved against as many visits.
    pub minutes: u32,
}

/// One trip that serves several needs.
#[derive(Debug, Clone, PartialEq)]
pub struct TripView {
    /// What has to be driven.
    pub kind: KindId,
    /// The needs in the order of the way.
    pub needs: Vec<Wanted>,
    /// Whoever could drive for all of them, the surest.
    pub driver: Option<SuggestionView>,
    /// Minutes saved against as many trips.
    pub minutes: u32,
}

/// What goes together.
#[derive(Debug, Clone, PartialEq)]
pub struct Together {
    /// The rings, the most worth first: each giver helps the next one's giver.
    pub rings: Vec<Vec<LinkView>>,
    /// How many rings there were to choose from.
    pub rings_found: usize,
    /// Whether no other choice of rings is worth more, proven.
    pub rings_are_best: bool,
    /// How many actors both need and give.
    pub both: usize,
    /// Visits that serve several needs.
    pub visits: Vec<VisitView>,
    /// Trips that serve several needs.
    pub trips: Vec<TripView>,
    /// Whether no other choice of visits, and none of trips, saves more, proven.
    pub bundles_are_best: bool,
}

/// Everything of a project that could go together. What was put off or excluded takes no part, and a guess what somebody
/// could give is no link: nobody has said so yet.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn of_project(ctx: &Ctx, caller: &Caller, project: ProjectId) -> Result<Together, AppError> {
    caller.may("suggestion", "list", Facts::of_project(project))?;
    let mut conn = ctx.db.read().await?;
    let needs: Vec<ForEngine<NewNeed>> = kiez_store::engine::open(&mut conn, project).await?;
    let offers: Vec<ForEngine<NewOffer>> = kiez_store::engine::open(&mut conn, project).await?;
    let verdicts = Verdicts::of_project(&mut conn, project, ctx.today()).await?;
    let slot = ctx.markets.current(&mut conn, (project, ctx.today())).await?;
    let indexed = slot.read().await;
    let kiez = Kiez { market: &indexed.market, cards: Cards::of(&needs, &offers), verdicts };
    let (circles, bundles) = apart(|| (circle::find(&kiez), bundles::find(&kiez)));
    let pairs = circles.rings.iter().flatten().chain(bundles.visits.iter().flat_map(|(pairs, _)| pairs));
    let actors: BTreeSet<ActorId> =
        pairs.flat_map(|pair| pair.taker.into_iter().chain([pair.giver])).collect();
    let actors: Vec<ActorId> = actors.into_iter().collect();
    let names = crate::actor::names(&mut conn, project, &actors).await?;
    let mut shown = Shown { conn: &mut conn, project, kiez: &kiez, names };
    let mut rings = Vec::new();
    for ring in &circles.rings {
        rings.extend(shown.ring(ring).await?);
    }
    let mut visits = Vec::new();
    for visit in &bundles.visits {
        visits.extend(shown.visit(visit).await?);
    }
    let mut trips = Vec::new();
    for trip in bundles.trips {
        trips.push(shown.trip(trip).await?);
    }
    Ok(Together {
        rings,
        rings_found: circles.found,
        rings_are_best: circles.are_best,
        both: circles.both,
        visits,
        trips,
        bundles_are_best: bundles.are_best,
    })
}

/// Open needs and offers of somebody in the directory, by their ids on the market.
struct Cards<'a> {
    needs: BTreeMap<String, &'a ForEngine<NewNeed>>,
    offers: BTreeMap<String, &'a ForEngine<NewOffer>>,
}

/// What everything is found in.
struct Kiez<'a> {
    market: &'a Market,
    cards: Cards<'a>,
    verdicts: BTreeMap<NeedId, Verdicts>,
}

/// A need and an offer by their ids on the market, and whose they are.
#[derive(Debug, Clone, PartialEq)]
struct Pair {
    need: String,
    offer: String,
    taker: Option<ActorId>,
    giver: ActorId,
    /// In ten-thousandths.
    fit: u32,
}

impl<'a> Cards<'a> {
    fn of(needs: &'a [ForEngine<NewNeed>], offers: &'a [ForEngine<NewOffer>]) -> Self {
        Self {
            needs: needs.iter().map(|need| (need.id.to_string(), need)).collect(),
            offers: offers.iter().map(|offer| (offer.id.to_string(), offer)).collect(),
        }
    }

    fn taker(&self, need: &str) -> Option<ActorId> {
        self.needs.get(need)?.data.card.actor
    }

    fn giver(&self, offer: &str) -> Option<ActorId> {
        self.offers.get(offer)?.data.card.actor
    }
}

impl Kiez<'_> {
    /// The pairs that fit at least so well, of those for which `wanted` says so of taker and giver; nobody helps itself.
    fn pairs(&self, least: f64, wanted: impl Fn(Option<ActorId>, ActorId) -> bool + Sync) -> Vec<Pair> {
        let allowed = |need: &str, offer: &str| {
            let (Some(known), Some(giver)) = (self.cards.needs.get(need), self.cards.giver(offer)) else {
                return false;
            };
            let taker = known.data.card.actor;
            let verdicts = self.verdicts.get(&known.id);
            taker != Some(giver)
                && wanted(taker, giver)
                && verdicts.is_none_or(|verdicts| verdicts.allows(offer))
        };
        let edges = self.market.edges(CANDIDATES, allowed);
        edges
            .iter()
            .filter(|edge| edge.score.value() >= least)
            .filter_map(|edge| self.pair_of(edge))
            .collect()
    }

    fn pair_of(&self, edge: &Edge<'_>) -> Option<Pair> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a score lies within 0 and 1"
        )]
        let fit = (edge.score.value() * 10_000.0).round() as u32;
        Some(Pair {
            taker: self.cards.taker(edge.need),
            giver: self.cards.giver(edge.offer)?,
            need: edge.need.to_owned(),
            offer: edge.offer.to_owned(),
            fit,
        })
    }
}

/// What was found, with its words.
struct Shown<'a> {
    conn: &'a mut Conn,
    project: ProjectId,
    kiez: &'a Kiez<'a>,
    /// Of everybody in a ring or a visit.
    names: Names,
}

impl Shown<'_> {
    async fn ring(&mut self, pairs: &[Pair]) -> Result<Option<Vec<LinkView>>, AppError> {
        let mut links = Vec::new();
        for pair in pairs {
            let taker = pair.taker.and_then(|taker| self.name(taker));
            let giver = self.name(pair.giver);
            let found = self.part(&pair.need, &pair.offer).await?;
            if let (Some(giver), Some(taker), Some((need, suggestion))) = (giver, taker, found) {
                links.push(LinkView { giver, taker, need, suggestion });
            }
        }
        Ok((links.len() == pairs.len()).then_some(links))
    }

    async fn visit(&mut self, (pairs, minutes): &(Vec<Pair>, u32)) -> Result<Option<VisitView>, AppError> {
        let mut parts = Vec::new();
        for pair in pairs {
            parts.extend(self.part(&pair.need, &pair.offer).await?);
        }
        let giver = pairs.first().and_then(|pair| self.name(pair.giver));
        let is_whole = parts.len() == pairs.len();
        Ok(giver.filter(|_| is_whole).map(|giver| VisitView { giver, parts, minutes: *minutes }))
    }

    async fn trip(&mut self, trip: bundles::Trip) -> Result<TripView, AppError> {
        let driver = match trip.driver.as_ref().zip(trip.needs.first()) {
            Some((offer, need)) => self.part(need, offer).await?.map(|(_, suggestion)| suggestion),
            None => None,
        };
        let needs = trip.needs.iter().filter_map(|need| self.kiez.cards.needs.get(need));
        Ok(TripView {
            kind: trip.kind,
            needs: needs.map(|need| wanted(need)).collect(),
            driver,
            minutes: trip.minutes,
        })
    }

    async fn part(&mut self, need: &str, offer: &str) -> Result<Option<(Wanted, SuggestionView)>, AppError> {
        let (Some(known), Some(found)) =
            (self.kiez.cards.needs.get(need), self.kiez.market.pair(need, offer))
        else {
            return Ok(None);
        };
        let view = suggestion::offer_view(self.conn, self.project, found).await?;
        Ok(view.map(|view| (wanted(known), view)))
    }

    fn name(&self, actor: ActorId) -> Option<ActorName> {
        self.names.get(&actor).cloned()
    }
}
