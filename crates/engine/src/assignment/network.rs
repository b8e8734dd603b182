//! The state while solving: two sides that mirror each other, and the ties between them.
//!
//! Side 0 are needs, grouped by institution; side 1 are offers, grouped by actor. Everything is written once for "own" and
//! "other" side. A plan with prices is the best one when all of this holds (rc: reduced cost, never negative):
//!
//! | from → to | while | rc |
//! |---|---|---|
//! | node → node of the other side | the edge has room | price + price − profit |
//! | back along a tie | it has units | profit − price − price |
//! | group → its node | the node has spare units | price of the group − price of the node |
//! | node → its group | it has ties | price of the node − price of the group |
//! | ground → group | always | deduction of the next unit − price of the group |
//! | group → ground | it has units | price of the group − deduction of the last unit |
//!
//! (as own side; the other side is the same with all arrows turned). A node without a group stands for a group of its own
//! with price and deductions 0.

use super::problem::Problem;
use super::rows::Rows;
use super::schedule::Schedule;
use super::tie::{NONE, Tie, Ties};
use std::borrow::Cow;

/// Needs are side 0, offers side 1.
pub(super) const NEEDS: usize = 0;
pub(super) const OFFERS: usize = 1;

/// A need or an offer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) price: i32,
    /// Units that are in no tie.
    pub(super) spare: u32,
    /// The first of its ties, or [`NONE`].
    pub(super) first: u32,
}

impl Node {
    pub(super) fn new(spare: u32) -> Self {
        Self { price: 0, spare, first: NONE }
    }

    /// Whether it has no tie.
    pub(super) fn is_idle(&self) -> bool {
        self.first == NONE
    }
}

/// An institution or an actor.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) price: i32,
    /// Units in ties of its members.
    pub(super) load: u32,
    pub(super) schedule: Schedule,
    pub(super) members: Vec<u32>,
}

impl Group {
    fn new(schedule: &Schedule) -> Self {
        Self { price: 0, load: 0, schedule: schedule.clone(), members: Vec::new() }
    }

    /// What the next unit would be deducted.
    pub(super) fn next(&self) -> i32 {
        self.schedule.deduction(self.load + 1)
    }
}

#[derive(Debug, Clone)]
pub(super) struct Side<'p> {
    pub(super) nodes: Vec<Node>,
    pub(super) rows: Cow<'p, Rows>,
    /// The group of each node or [`NONE`]; empty where there are no groups.
    pub(super) group_of: Vec<u32>,
    pub(super) groups: Vec<Group>,
}

impl Side<'_> {
    #[inline]
    pub(super) fn group(&self, node: u32) -> Option<u32> {
        self.group_of.get(node as usize).copied().filter(|group| *group != NONE)
    }

    /// The price of a node's group; 0 where it has none.
    pub(super) fn group_price(&self, node: u32) -> i32 {
        self.group(node).map_or(0, |group| self.groups[group as usize].price)
    }
}

#[derive(Debug, Clone)]
pub(super) struct Network<'p> {
    pub(super) sides: [Side<'p>; 2],
    pub(super) ties: Ties,
    /// How many units each edge carries; empty where all carry one.
    pub(super) most: Cow<'p, [u32]>,
    /// One bit for each edge: nothing more can go along it.
    full: Vec<u64>,
}

impl<'p> Network<'p> {
    /// Nothing is given, all prices are 0. The rows of the offers are empty: searches that begin at needs never look at them.
    pub(super) fn of(problem: &'p Problem) -> Self {
        let needs = problem.needs.iter().map(|need| Node::new(need.units)).collect();
        let offers = problem.offers.iter().map(|offer| Node::new(offer.capacity)).collect();
        let institution_of = problem.needs.iter().map(|need| need.institution);
        let actor_of = problem.offers.iter().map(|offer| offer.actor);
        let needs = side(needs, Cow::Borrowed(&problem.rows), institution_of, &problem.institutions);
        let offers = side(offers, Cow::Owned(Rows::default()), actor_of, &problem.actors);
        let full = vec![0; problem.rows.edges().div_ceil(64)];
        Self { sides: [needs, offers], ties: Ties::default(), most: Cow::Borrowed(&problem.most), full }
    }

    /// Makes the rows of the offers, so that searches may begin there.
    pub(super) fn see_from_offers(&mut self) {
        let [needs, offers] = &mut self.sides;
        if offers.rows.nodes() < offers.nodes.len() {
            offers.rows = Cow::Owned(needs.rows.transposed(offers.nodes.len()));
        }
    }

    pub(super) fn is_grouped(&self) -> bool {
        self.sides.iter().any(|side| !side.groups.is_empty())
    }

    #[inline]
    pub(super) fn is_full(&self, edge: u32) -> bool {
        self.full[edge as usize / 64] >> (edge % 64) & 1 == 1
    }

    /// How many units an edge carries at most.
    #[inline]
    pub(super) fn most(&self, edge: u32) -> u32 {
        self.most.get(edge as usize).copied().unwrap_or(1)
    }

    /// The tie on an edge of a node, if there is one.
    pub(super) fn tie_on(&self, side: usize, node: u32, edge: u32) -> Option<u32> {
        let first = self.sides[side].nodes[node as usize].first;
        self.ties.list(side, first).find(|(_, tie)| tie.edge == edge).map(|(number, _)| number)
    }

    /// Ties `units` more of `node` on `side` to the other end of the entry; spare units are the caller's.
    pub(super) fn tie(&mut self, side: usize, node: u32, place: u32, units: u32) {
        let entry = self.sides[side].rows.at(place);
        let most = self.most(entry.edge);
        let known = if most == 1 { None } else { self.tie_on(side, node, entry.edge) };
        let tied = match known {
            Some(number) => {
                let tie = self.ties.get_mut(number);
                tie.units += units;
                tie.units
            }
            None => {
                self.add_tie(side, node, place, units);
                units
            }
        };
        if tied == most {
            self.full[entry.edge as usize / 64] |= 1 << (entry.edge % 64);
        }
    }

    #[inline]
    fn add_tie(&mut self, side: usize, node: u32, place: u32, units: u32) {
        let entry = self.sides[side].rows.at(place);
        let ends = if side == NEEDS { [node, entry.to] } else { [entry.to, node] };
        let [need, offer] = [NEEDS, OFFERS].map(|side| self.sides[side].nodes[ends[side] as usize].first);
        let tie = Tie { node: ends, next: [need, offer], profit: entry.profit, edge: entry.edge, units };
        let number = self.ties.add(tie);
        for (side, end) in ends.into_iter().enumerate() {
            self.sides[side].nodes[end as usize].first = number;
        }
    }

    /// Takes `units` out of a tie; spare units are the caller's.
    pub(super) fn untie(&mut self, number: u32, units: u32) {
        let tie = self.ties.get_mut(number);
        tie.units -= units;
        let Tie { node, edge, units, .. } = *tie;
        self.full[edge as usize / 64] &= !(1 << (edge % 64));
        if units == 0 {
            for (side, end) in node.into_iter().enumerate() {
                let first = &mut self.sides[side].nodes[end as usize].first;
                self.ties.unlink(side, first, number);
            }
            self.ties.release(number);
        }
    }
}

/// Changes, and what they need: the network's own rows.
impl Network<'_> {
    /// Its own copy of everything.
    pub(super) fn into_owned(self) -> Network<'static> {
        let sides = self.sides.map(|side| Side {
            nodes: side.nodes,
            rows: Cow::Owned(side.rows.into_owned()),
            group_of: side.group_of,
            groups: side.groups,
        });
        let most = Cow::Owned(self.most.into_owned());
        Network { sides, ties: self.ties, most, full: self.full }
    }

    /// One need or offer more, without units and edges.
    pub(super) fn add_node(&mut self, side: usize) {
        let side = &mut self.sides[side];
        side.nodes.push(Node::new(0));
        side.rows.to_mut().add_node();
        if !side.groups.is_empty() {
            side.group_of.push(NONE);
        }
    }

    /// Says how much an edge carries that is new or had no ties left.
    pub(super) fn set_edge(&mut self, edge: u32, most: u32) {
        let length = edge as usize + 1;
        if self.full.len() * 64 < length {
            self.full.push(0);
        }
        if self.most.is_empty() && most == 1 {
            return;
        }
        let all = self.most.to_mut();
        if all.len() < length {
            all.resize(length, 1);
        }
        all[edge as usize] = most;
    }

    pub(super) fn join_group(&mut self, side: usize, node: u32, group: Option<u32>) {
        if let Some(group) = group {
            self.sides[side].group_of[node as usize] = group;
            self.sides[side].groups[group as usize].members.push(node);
        }
    }

    pub(super) fn leave_group(&mut self, side: usize, node: u32) {
        let side = &mut self.sides[side];
        if let Some(group) = side.group(node) {
            side.group_of[node as usize] = NONE;
            side.groups[group as usize].members.retain(|member| *member != node);
        }
    }
}

fn side<'p>(
    nodes: Vec<Node>,
    rows: Cow<'p, Rows>,
    group_of: impl Iterator<Item = Option<u32>>,
    schedules: &[Schedule],
) -> Side<'p> {
    let mut groups: Vec<Group> = schedules.iter().map(Group::new).collect();
    if groups.is_empty() {
        return Side { nodes, rows, group_of: Vec::new(), groups };
    }
    let group_of: Vec<u32> = group_of.map(|group| group.unwrap_or(NONE)).collect();
    for (node, group) in (0..).zip(&group_of) {
        if let Some(group) = groups.get_mut(*group as usize) {
            group.members.push(node);
        }
    }
    Side { nodes, rows, group_of, groups }
}
