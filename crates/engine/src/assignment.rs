//! Who gives what to whom, best for the whole Kiez at once, with a proof.
//!
//! [`Problem`] (what there is) → [`solve`] (the best plan and its prices) → [`Certificate`] (recomputed from the plan alone).
//! [`Standing`] keeps a plan the best one while needs and offers come and go; [`what_if`] asks what would be otherwise.
//! How it works and why it is exact: `docs/decisions/0012-exact-assignment.md`.

mod augment;
mod certificate;
mod fault;
mod network;
mod plan;
mod problem;
mod queue;
mod rows;
mod schedule;
mod search;
mod settle;
mod standing;
mod tie;
mod what_if;

pub use certificate::{Certificate, certify};
pub use fault::{ProblemFault, Violation};
pub use plan::{Given, Plan, Prices};
pub use problem::{Draft, Edge, NeedUnits, OfferUnits, Problem};
pub use schedule::Schedule;
pub use standing::{Partner, Standing};
pub use what_if::{Difference, what_if};

/// The best plan for `problem`, with the prices that prove it.
///
/// Exact and deterministic: no pair of plans is compared by chance, the same problem gives the same plan.
#[must_use]
pub fn solve(problem: &Problem) -> Plan {
    let mut network = network::Network::of(problem);
    settle::Settler::default().begin(&mut network);
    plan::read(&network)
}
