//! The proof that a plan holds and is the best one, recomputed from the plan alone.
//!
//! Nothing here comes from the solver. Weak duality: for *any* prices no plan brings more than
//!
//! Σ over edges `most × max(0, profit − need − offer)` + Σ over nodes `units × max(0, node − group)` + Σ over groups of the
//! greatest sum of `group − deduction` over its first units (a node without a group counts as one of price 0).
//!
//! A plan that keeps all limits and brings exactly as much is the best one. That also implies complementary slackness
//! (a term with slack would leave a gap), and units are integers by type.

use super::fault::Violation;
use super::plan::Plan;
use super::problem::{Edge, Problem};
use super::schedule::Schedule;
use std::collections::HashMap;

/// A plan that was checked: it keeps every limit, and no other brings more.
///
/// There is no way to one but [`certify`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Certificate {
    value: i128,
    bound: i128,
}

impl Certificate {
    /// What the plan brings: profits less deductions.
    #[must_use]
    pub fn value(&self) -> i128 {
        self.value
    }

    /// What no plan can exceed; the same as the value.
    #[must_use]
    pub fn bound(&self) -> i128 {
        self.bound
    }
}

/// Checks a plan against its problem, whoever made it.
///
/// # Errors
///
/// The first [`Violation`]: a limit that is not kept, or a gap between what the plan brings and what its prices prove.
pub fn certify(problem: &Problem, plan: &Plan) -> Result<Certificate, Violation> {
    let prices = &plan.prices;
    for (what, prices, count) in [
        ("needs", prices.needs.len(), problem.needs.len()),
        ("offers", prices.offers.len(), problem.offers.len()),
        ("institutions", prices.institutions.len(), problem.institutions.len()),
        ("actors", prices.actors.len(), problem.actors.len()),
    ] {
        if prices != count {
            return Err(Violation::Prices { what, prices, count });
        }
    }
    let value = value(problem, plan)?;
    let bound = bound(problem, plan);
    if value == bound { Ok(Certificate { value, bound }) } else { Err(Violation::Gap { value, bound }) }
}

/// What a plan brings, once every limit is seen to be kept.
fn value(problem: &Problem, plan: &Plan) -> Result<i128, Violation> {
    let mut gifts: HashMap<(u32, u32), u32> = HashMap::with_capacity(plan.given.len());
    for given in &plan.given {
        if gifts.insert((given.need, given.offer), given.units).is_some() {
            return Err(Violation::Twice { need: given.need, offer: given.offer });
        }
    }
    let (mut profit, mut needs) = (0_i128, vec![0_u64; problem.needs.len()]);
    let mut offers = vec![0_u64; problem.offers.len()];
    for Edge { need, offer, profit: each, most } in problem.edges() {
        let Some(units) = gifts.remove(&(need, offer)) else { continue };
        if units == 0 || units > most {
            return Err(Violation::Edge { need, offer, units, most });
        }
        profit += i128::from(each) * i128::from(units);
        needs[need as usize] += u64::from(units);
        offers[offer as usize] += u64::from(units);
    }
    if let Some((&(need, offer), &units)) = gifts.iter().min() {
        return Err(Violation::Edge { need, offer, units, most: 0 });
    }
    within("need", &needs, problem.needs.iter().map(|need| need.units))?;
    within("offer", &offers, problem.offers.iter().map(|offer| offer.capacity))?;
    let institution_of = problem.needs.iter().map(|need| need.institution);
    let actor_of = problem.offers.iter().map(|offer| offer.actor);
    let institutions = deducted("institution", &needs, institution_of, &problem.institutions)?;
    let actors = deducted("actor", &offers, actor_of, &problem.actors)?;
    Ok(profit - institutions - actors)
}

fn within(what: &'static str, units: &[u64], most: impl Iterator<Item = u32>) -> Result<(), Violation> {
    match units.iter().zip(most).enumerate().find(|(_, (units, most))| **units > u64::from(*most)) {
        Some((index, (&units, most))) => Err(Violation::Over { what, index, units, most: u64::from(most) }),
        None => Ok(()),
    }
}

/// What the units of all groups are deducted together.
fn deducted(
    what: &'static str,
    units: &[u64],
    group_of: impl Iterator<Item = Option<u32>>,
    schedules: &[Schedule],
) -> Result<i128, Violation> {
    let mut loads = vec![0_u64; schedules.len()];
    for (group, units) in group_of.zip(units) {
        if let Some(group) = group {
            loads[group as usize] += units;
        }
    }
    let mut sum = 0;
    for (index, (schedule, &units)) in schedules.iter().zip(&loads).enumerate() {
        for (length, deduction) in schedule.pieces(units) {
            match deduction {
                Some(deduction) => sum += i128::from(length) * i128::from(deduction),
                None => return Err(Violation::Over { what, index, units, most: units - length }),
            }
        }
    }
    Ok(sum)
}

/// What no plan can bring more than, at the prices of this one.
fn bound(problem: &Problem, plan: &Plan) -> i128 {
    let prices = &plan.prices;
    let edges: i128 = problem
        .edges()
        .map(|edge| {
            let price =
                i128::from(prices.needs[edge.need as usize]) + i128::from(prices.offers[edge.offer as usize]);
            i128::from(edge.most) * (i128::from(edge.profit) - price).max(0)
        })
        .sum();
    let needs = problem.needs.iter().map(|need| (need.units, need.institution));
    let offers = problem.offers.iter().map(|offer| (offer.capacity, offer.actor));
    edges
        + side(needs, &prices.needs, &problem.institutions, &prices.institutions)
        + side(offers, &prices.offers, &problem.actors, &prices.actors)
}

fn side(
    nodes: impl Iterator<Item = (u32, Option<u32>)>,
    prices: &[i32],
    schedules: &[Schedule],
    group_prices: &[i32],
) -> i128 {
    let (mut sum, mut units_of) = (0_i128, vec![0_u64; schedules.len()]);
    for ((units, group), &price) in nodes.zip(prices) {
        let mut least = 0;
        if let Some(group) = group {
            least = group_prices[group as usize];
            units_of[group as usize] += u64::from(units);
        }
        sum += i128::from(units) * (i128::from(price) - i128::from(least)).max(0);
    }
    for ((schedule, &price), &units) in schedules.iter().zip(group_prices).zip(&units_of) {
        for (length, deduction) in schedule.pieces(units) {
            let gain = deduction.map_or(0, |deduction| i128::from(price) - i128::from(deduction));
            sum += i128::from(length) * gain.max(0);
        }
    }
    sum
}
