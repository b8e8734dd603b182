//! What if somebody gave nothing, or nobody walked far? The plan under a condition, against the plan without.

use super::weighing::Weighed;
use super::{Move, Shown, Wanted, Week, wanted};
use crate::error::AppError;
use crate::suggestion::SuggestionView;
use kiez_engine::Market;
use kiez_engine::whole::{Chosen, Otherwise};
use std::collections::BTreeMap;

/// What a condition changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// Needs for which something changes, in the order of the needs.
    pub needs: Vec<Change>,
    /// How many needs get something as things are.
    pub served_before: usize,
    /// How many would get something.
    pub served_after: usize,
    /// What the plan brings as things are, in ten-thousandths of a sure unit.
    pub before: i128,
    /// What it would bring: never more.
    pub after: i128,
}

/// What changes for one need.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The need.
    pub need: Wanted,
    /// Who would not give any more.
    pub lost: Vec<SuggestionView>,
    /// Who would step in.
    pub gained: Vec<SuggestionView>,
}

/// Which pairs count.
pub(super) struct Condition<'a> {
    week: &'a Week,
    market: &'a Market,
    weighed: &'a Weighed,
}

impl<'a> Condition<'a> {
    /// The condition of a week; nothing where there is none.
    pub(super) fn of(week: &'a Week, market: &'a Market, weighed: &'a Weighed) -> Option<Self> {
        let there_is = week.without.is_some() || week.walk_m.is_some();
        there_is.then_some(Self { week, market, weighed })
    }

    /// Whether a pair counts. Where nobody knows the way, nothing speaks against it, as everywhere.
    pub(super) fn keeps(&self, need: usize, found: usize) -> bool {
        let chosen = Chosen { need, found, units: 1 };
        let is_gone = self.week.without.is_some() && self.weighed.giver(&chosen) == self.week.without;
        let walk = || self.market.walk_m(&self.weighed.needs[need], self.weighed.offer(&chosen));
        let is_far = self.week.walk_m.is_some_and(|limit| walk().is_some_and(|walk| walk > f64::from(limit)));
        !is_gone && !is_far
    }
}

impl Shown<'_> {
    /// What is different, need by need.
    pub(super) async fn changes(&mut self, other: &Otherwise) -> Result<Changes, AppError> {
        let mut needs: BTreeMap<usize, Change> = BTreeMap::new();
        for (chosen, is_lost) in
            other.lost.iter().map(|one| (one, true)).chain(other.gained.iter().map(|one| (one, false)))
        {
            let Some(Move { suggestion, .. }) = self.pair(chosen).await? else { continue };
            let change = needs.entry(chosen.need).or_insert_with(|| Change {
                need: wanted(&self.needs[chosen.need]),
                lost: Vec::new(),
                gained: Vec::new(),
            });
            if is_lost { change.lost.push(suggestion) } else { change.gained.push(suggestion) }
        }
        let (before, after) = served(other);
        Ok(Changes {
            needs: needs.into_values().collect(),
            served_before: before,
            served_after: after,
            before: other.before,
            after: other.after,
        })
    }
}

/// How many needs get something as things are, and how many would.
fn served(other: &Otherwise) -> (usize, usize) {
    let mut units: BTreeMap<usize, [i64; 2]> = BTreeMap::new();
    for chosen in &other.chosen {
        let [before, after] = units.entry(chosen.need).or_default();
        *before += i64::from(chosen.units);
        *after += i64::from(chosen.units);
    }
    for chosen in &other.lost {
        units.entry(chosen.need).or_default()[0] += i64::from(chosen.units);
    }
    for chosen in &other.gained {
        units.entry(chosen.need).or_default()[0] -= i64::from(chosen.units);
    }
    let count = |side: usize| units.values().filter(|units| units[side] > 0).count();
    (count(0), count(1))
}
