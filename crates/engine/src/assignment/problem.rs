//! What is to be assigned: needs, offers, who may give what to whom, and what it is worth.

use super::fault::ProblemFault;
use super::rows::{Entry, Rows};
use super::schedule::Schedule;

/// The greatest profit and deduction: prices and lengths of paths are sums of four of them at most and fit 32 bits.
pub(super) const LIMIT: i32 = 1 << 28;
/// How many needs, offers, edges, actors or institutions there may be.
pub(super) const MOST: usize = 1 << 28;
/// How many units all needs may ask for together: what an institution receives fits 32 bits.
pub(super) const MOST_UNITS: u64 = 1 << 31;

/// A need in a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeedUnits {
    /// How many units it asks for, at least 1.
    pub units: u32,
    /// Whose need it is; needs of one institution share its schedule.
    pub institution: Option<u32>,
}

/// An offer in a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfferUnits {
    /// How many units it can give; 0 while it is paused.
    pub capacity: u32,
    /// Whose offer it is; offers of one actor share its cap.
    pub actor: Option<u32>,
}

/// An offer that could meet a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The number of the need.
    pub need: u32,
    /// The number of the offer.
    pub offer: u32,
    /// What each unit brings; an edge that brings nothing is never used.
    pub profit: i32,
    /// How many units the need may take from this offer; 1 where it wants different givers.
    pub most: u32,
}

/// A problem as it is told, not yet examined.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// All needs. Their order changes nothing but the speed: neighbours beside each other are best.
    pub needs: Vec<NeedUnits>,
    /// All offers, in the order of the needs' neighbourhoods if speed matters.
    pub offers: Vec<OfferUnits>,
    /// Who could give to whom, in any order.
    pub edges: Vec<Edge>,
    /// How many units each actor gives at most with all its offers together.
    pub actors: Vec<u32>,
    /// How each institution's further units count less.
    pub institutions: Vec<Schedule>,
}

/// A problem without contradictions: every number names something, no sum can overflow.
#[derive(Debug, Clone)]
pub struct Problem {
    pub(super) needs: Vec<NeedUnits>,
    pub(super) offers: Vec<OfferUnits>,
    pub(super) caps: Vec<u32>,
    /// The caps again, as institutions have them.
    pub(super) actors: Vec<Schedule>,
    pub(super) institutions: Vec<Schedule>,
    /// The edges of each need, the best first.
    pub(super) rows: Rows,
    /// How many units each edge carries; empty where all carry one.
    pub(super) most: Vec<u32>,
}

impl Problem {
    /// Examines a draft.
    ///
    /// # Errors
    ///
    /// The first [`ProblemFault`], with the number of what is wrong.
    pub fn new(draft: Draft) -> Result<Self, ProblemFault> {
        refuse_too_many(&draft)?;
        refuse_strangers(&draft)?;
        let Draft { needs, offers, mut edges, actors, institutions } = draft;
        for (number, edge) in edges.iter().enumerate() {
            edge.examine(number, needs.len(), offers.len())?;
        }
        refuse_twice(&mut edges)?;
        edges.retain(|edge| edge.profit > 0);
        edges.sort_unstable_by_key(|edge| (edge.need, -edge.profit, edge.offer));
        let most = if edges.iter().all(|edge| edge.most == 1) {
            Vec::new()
        } else {
            edges.iter().map(|edge| edge.most).collect()
        };
        let entries = (0..)
            .zip(&edges)
            .map(|(number, edge)| (edge.need, Entry { to: edge.offer, profit: edge.profit, edge: number }));
        let rows = Rows::sorted(needs.len(), entries);
        let (caps, actors) = (actors.clone(), actors.into_iter().map(Schedule::cap).collect());
        Ok(Self { needs, offers, caps, actors, institutions, rows, most })
    }

    /// How many needs there are.
    #[must_use]
    pub fn needs(&self) -> usize {
        self.needs.len()
    }

    /// How many offers there are.
    #[must_use]
    pub fn offers(&self) -> usize {
        self.offers.len()
    }

    /// The edges that bring something, need by need, the best of each need first.
    pub fn edges(&self) -> impl Iterator<Item = Edge> + '_ {
        (0..).zip(&self.needs).flat_map(|(need, _)| self.edges_of(need))
    }

    /// The edges of one need, the best first.
    pub fn edges_of(&self, need: u32) -> impl Iterator<Item = Edge> + '_ {
        let row = if (need as usize) < self.needs.len() { self.rows.row(need) } else { &[] };
        row.iter().map(move |entry| Edge {
            need,
            offer: entry.to,
            profit: entry.profit,
            most: self.most.get(entry.edge as usize).copied().unwrap_or(1),
        })
    }
}

impl Edge {
    pub(super) fn examine(&self, edge: usize, needs: usize, offers: usize) -> Result<(), ProblemFault> {
        let Self { need, offer, profit, most } = *self;
        if need as usize >= needs {
            return Err(ProblemFault::NoSuchNeed { edge, need, needs });
        }
        if offer as usize >= offers {
            return Err(ProblemFault::NoSuchOffer { edge, offer, offers });
        }
        if !(-LIMIT..=LIMIT).contains(&profit) {
            return Err(ProblemFault::Profit { edge, profit });
        }
        if most == 0 { Err(ProblemFault::NoUnitsOnEdge { edge }) } else { Ok(()) }
    }
}

fn refuse_too_many(draft: &Draft) -> Result<(), ProblemFault> {
    let counts = [
        ("needs", draft.needs.len()),
        ("offers", draft.offers.len()),
        ("edges", draft.edges.len()),
        ("actors", draft.actors.len()),
        ("institutions", draft.institutions.len()),
    ];
    match counts.into_iter().find(|(_, count)| *count > MOST) {
        Some((what, count)) => Err(ProblemFault::TooMany { what, count }),
        None => Ok(()),
    }
}

fn refuse_strangers(draft: &Draft) -> Result<(), ProblemFault> {
    let (actors, institutions) = (draft.actors.len(), draft.institutions.len());
    for (need, row) in draft.needs.iter().enumerate() {
        row.examine(need, institutions)?;
    }
    let units = draft.needs.iter().map(|need| u64::from(need.units)).sum();
    if units > MOST_UNITS {
        return Err(ProblemFault::TooManyUnits { units });
    }
    for (offer, row) in draft.offers.iter().enumerate() {
        row.examine(offer, actors)?;
    }
    Ok(())
}

impl NeedUnits {
    pub(super) fn examine(&self, need: usize, institutions: usize) -> Result<(), ProblemFault> {
        if self.units == 0 {
            return Err(ProblemFault::NoUnits { need });
        }
        match self.institution {
            Some(institution) if institution as usize >= institutions => {
                Err(ProblemFault::NoSuchInstitution { need, institution, institutions })
            }
            _ => Ok(()),
        }
    }
}

impl OfferUnits {
    pub(super) fn examine(&self, offer: usize, actors: usize) -> Result<(), ProblemFault> {
        match self.actor {
            Some(actor) if actor as usize >= actors => {
                Err(ProblemFault::NoSuchActor { offer, actor, actors })
            }
            _ => Ok(()),
        }
    }
}

/// Refuses a pair with two edges, and leaves the edges sorted by pair.
pub(super) fn refuse_twice(edges: &mut [Edge]) -> Result<(), ProblemFault> {
    edges.sort_unstable_by_key(|edge| (edge.need, edge.offer));
    let twice = edges.windows(2).find(|pair| (pair[0].need, pair[0].offer) == (pair[1].need, pair[1].offer));
    twice.map_or(Ok(()), |pair| Err(ProblemFault::Twice { need: pair[0].need, offer: pair[0].offer }))
}
