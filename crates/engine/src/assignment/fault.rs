//! What can be wrong with a problem, and with a plan for it.

use super::problem::{LIMIT, MOST, MOST_UNITS};
use thiserror::Error;

/// Why something is no problem of assignment; all numbers of places count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProblemFault {
    /// An edge names a need that is not there.
    #[error("edge {edge} names need {need}, but there are {needs} needs: number them from 0")]
    NoSuchNeed {
        /// Which edge.
        edge: usize,
        /// The need that it names.
        need: u32,
        /// How many there are.
        needs: usize,
    },
    /// An edge names an offer that is not there.
    #[error("edge {edge} names offer {offer}, but there are {offers} offers: number them from 0")]
    NoSuchOffer {
        /// Which edge.
        edge: usize,
        /// The offer that it names.
        offer: u32,
        /// How many there are.
        offers: usize,
    },
    /// A need belongs to an institution that is not there.
    #[error(
        "need {need} belongs to institution {institution}, but there are {institutions}: number them from 0"
    )]
    NoSuchInstitution {
        /// Which need.
        need: usize,
        /// The institution that it names.
        institution: u32,
        /// How many there are.
        institutions: usize,
    },
    /// An offer belongs to an actor that is not there.
    #[error("offer {offer} belongs to actor {actor}, but there are {actors}: number them from 0")]
    NoSuchActor {
        /// Which offer.
        offer: usize,
        /// The actor that it names.
        actor: u32,
        /// How many there are.
        actors: usize,
    },
    /// A change of something that never was there.
    #[error("there is no {what} {number}: there are {count}, numbered from 0")]
    Unknown {
        /// Need or offer.
        what: &'static str,
        /// The number that was named.
        number: u32,
        /// How many there are.
        count: usize,
    },
    /// An edge to something that was taken out.
    #[error("{what} {number} was taken out: put it in again before it is joined")]
    Gone {
        /// Need or offer.
        what: &'static str,
        /// Its number.
        number: u32,
    },
    /// A need that asks for nothing.
    #[error("need {need} asks for 0 units: leave it out or ask for at least 1")]
    NoUnits {
        /// Which need.
        need: usize,
    },
    /// An edge on which nothing may be given.
    #[error("edge {edge} allows 0 units: leave it out or allow at least 1")]
    NoUnitsOnEdge {
        /// Which edge.
        edge: usize,
    },
    /// A profit beyond what sums are safe for.
    #[error(
        "edge {edge} has profit {profit}, but profits end at {LIMIT}: divide all profits by the same number"
    )]
    Profit {
        /// Which edge.
        edge: usize,
        /// What it would bring.
        profit: i32,
    },
    /// The same pair twice.
    #[error("need {need} and offer {offer} are joined by two edges: keep one, with the units of both")]
    Twice {
        /// The need.
        need: u32,
        /// The offer.
        offer: u32,
    },
    /// A deduction that makes a further unit worth more, or is beyond the limit.
    #[error(
        "unit {unit} is deducted {deduction} after {before}: deductions start at 0, never fall, and end at {LIMIT}"
    )]
    Deduction {
        /// The number of the unit, from 1.
        unit: u32,
        /// What would be deducted.
        deduction: i32,
        /// What the unit before is deducted.
        before: i32,
    },
    /// More units than sums are safe for.
    #[error(
        "the needs ask for {units} units together, but sums are safe up to {MOST_UNITS}: count in larger units"
    )]
    TooManyUnits {
        /// What all needs ask for.
        units: u64,
    },
    /// More than the numbers of places can name.
    #[error(
        "there are {count} {what}, but at most {MOST} can be told apart: solve parts of the city one by one"
    )]
    TooMany {
        /// Needs, offers, edges, actors or institutions.
        what: &'static str,
        /// How many.
        count: usize,
    },
}

/// Why a plan does not hold, or is not proven to be the best.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Violation {
    /// A gift on no edge of the problem, or one of more units than the edge allows, or of none.
    #[error("need {need} gets {units} units of offer {offer}, but {most} are allowed")]
    Edge {
        /// The need.
        need: u32,
        /// The offer.
        offer: u32,
        /// Units in the plan.
        units: u32,
        /// Units that are allowed; 0 where there is no edge.
        most: u32,
    },
    /// A pair that stands in the plan twice.
    #[error("need {need} and offer {offer} stand in the plan twice")]
    Twice {
        /// The need.
        need: u32,
        /// The offer.
        offer: u32,
    },
    /// A need, offer or actor with more units than it has.
    #[error("{what} {index} has {units} units in the plan, but only {most}")]
    Over {
        /// Need, offer or actor.
        what: &'static str,
        /// Its number.
        index: usize,
        /// Units in the plan.
        units: u64,
        /// Units that there are.
        most: u64,
    },
    /// Prices for other needs, offers, actors or institutions than the problem has.
    #[error("there are {prices} prices for {count} {what}")]
    Prices {
        /// Whose prices.
        what: &'static str,
        /// How many prices.
        prices: usize,
        /// How many of them the problem has.
        count: usize,
    },
    /// The prices allow more than the plan brings: it may not be the best.
    #[error("the plan brings {value}, its prices only prove that none brings more than {bound}")]
    Gap {
        /// What the plan brings.
        value: i128,
        /// What no plan can exceed.
        bound: i128,
    },
}
