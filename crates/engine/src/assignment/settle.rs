//! Whoever has units left and could still gain gets a search of its own, until nobody could.

use super::augment::augment;
use super::network::{NEEDS, Network, OFFERS};
use super::rows::place;
use super::search::{OTHER_GROUP, OWN, OWN_GROUP, Search, Source, key};

/// A side and a number on it.
type Place = (usize, u32);

/// Makes a plan with prices the best one by searching from each place that is not at rest.
///
/// A node is at rest when nothing is spare or its price is not above its group's, a group when its price is not above the
/// next deduction. Nothing else may be amiss: this is what every change leaves behind (see the table in `network`).
#[derive(Debug, Clone, Default)]
pub(super) struct Settler {
    search: Search,
    nodes: Vec<Place>,
    groups: Vec<Place>,
}

impl Settler {
    /// The best plan where nothing is given yet and all prices are 0.
    ///
    /// The side with clearly fewer units begins: each of its units finds a place, while most units of the other side would
    /// search in vain.
    pub(super) fn begin(&mut self, network: &mut Network<'_>) {
        let units =
            |side: usize| -> u64 { network.sides[side].nodes.iter().map(|node| u64::from(node.spare)).sum() };
        let offers_begin = units(OFFERS) * 4 < units(NEEDS) * 3;
        if offers_begin {
            network.see_from_offers();
        }
        match (offers_begin, network.is_grouped()) {
            (false, false) => self.begin_alone::<NEEDS>(network),
            (true, false) => self.begin_alone::<OFFERS>(network),
            (false, true) => self.begin_in_groups::<NEEDS>(network),
            (true, true) => self.begin_in_groups::<OFFERS>(network),
        }
    }

    fn begin_alone<const SIDE: usize>(&mut self, network: &mut Network<'_>) {
        for node in 0..place(network.sides[SIDE].nodes.len()) {
            if network.sides[SIDE].nodes[node as usize].spare == 0 {
                // A paused offer has its price, too: what it would bring.
                lower_to_best::<SIDE, false>(network, node);
            }
            self.settle_node::<SIDE, false>(network, node);
        }
    }

    /// A group begins with all its members at once, at the price of the best.
    fn begin_in_groups<const SIDE: usize>(&mut self, network: &mut Network<'_>) {
        let nodes = 0..place(network.sides[SIDE].nodes.len());
        for node in nodes.clone() {
            let side = &mut network.sides[SIDE];
            let worth = side.rows.row(node).first().map_or(0, |entry| entry.profit);
            side.nodes[node as usize].price = worth;
            if let Some(group) = side.group(node) {
                let price = &mut side.groups[group as usize].price;
                *price = worth.max(*price);
            }
        }
        for node in nodes {
            match network.sides[SIDE].group(node) {
                Some(group) => self.settle_group::<SIDE>(network, group),
                None => self.settle_node::<SIDE, true>(network, node),
            }
        }
    }

    /// Notes that a node may not be at rest.
    pub(super) fn wake(&mut self, side: usize, node: u32) {
        self.nodes.push((side, node));
    }

    /// Notes that a group may not be at rest.
    pub(super) fn wake_group(&mut self, side: usize, group: u32) {
        self.groups.push((side, group));
    }

    /// Settles everything that was noted, and what is woken by that. The rows of both sides must be there.
    pub(super) fn settle(&mut self, network: &mut Network<'_>) {
        let grouped = network.is_grouped();
        loop {
            if let Some((side, node)) = self.nodes.pop() {
                match (side, grouped) {
                    (NEEDS, false) => self.settle_node::<NEEDS, false>(network, node),
                    (NEEDS, true) => self.settle_node::<NEEDS, true>(network, node),
                    (_, false) => self.settle_node::<OFFERS, false>(network, node),
                    (_, true) => self.settle_node::<OFFERS, true>(network, node),
                }
            } else if let Some((side, group)) = self.groups.pop() {
                match side {
                    NEEDS => self.settle_group::<NEEDS>(network, group),
                    _ => self.settle_group::<OFFERS>(network, group),
                }
            } else {
                return;
            }
        }
    }

    fn settle_node<const SIDE: usize, const GROUPED: bool>(&mut self, network: &mut Network<'_>, node: u32) {
        let group = if GROUPED { network.sides[SIDE].group(node) } else { None };
        while network.sides[SIDE].nodes[node as usize].spare > 0 {
            let spare = lower_to_best::<SIDE, GROUPED>(network, node);
            let side = &network.sides[SIDE];
            if side.nodes[node as usize].price <= side.group_price(node) {
                break;
            }
            if let Some(group) = group
                && self.makes_way::<SIDE>(network, group, node)
            {
                continue;
            }
            match spare {
                Some(place) => take::<SIDE>(network, node, group, place),
                None => {
                    let side = &network.sides[SIDE];
                    let giving_up = side.nodes[node as usize].price - side.group_price(node);
                    let source = Source { key: key(OWN, node), giving_up, group };
                    self.one_way::<SIDE, GROUPED>(network, source);
                }
            }
        }
        if let Some(group) = group {
            self.wake_group(SIDE, group);
        }
    }

    fn settle_group<const SIDE: usize>(&mut self, network: &mut Network<'_>, number: u32) {
        loop {
            let group = &network.sides[SIDE].groups[number as usize];
            let giving_up = group.price - group.next();
            if giving_up <= 0 {
                return;
            }
            let source = Source { key: key(OWN_GROUP, number), giving_up, group: None };
            self.one_way::<SIDE, true>(network, source);
        }
    }

    fn one_way<const SIDE: usize, const GROUPED: bool>(&mut self, network: &mut Network<'_>, source: Source) {
        if let Some(end) = self.search.run::<SIDE, GROUPED>(network, source) {
            augment::<SIDE>(network, &self.search, source, end);
        }
    }

    /// Makes way for one more unit of a group where it is not allowed yet; false where it is.
    ///
    /// The group's price rises to what the next unit is deducted, or until it pays to send one of its units another way, which
    /// is a search of the other side: the group is where that one starts. Prices have changed then.
    fn makes_way<const SIDE: usize>(&mut self, network: &mut Network<'_>, number: u32, node: u32) -> bool {
        let side = &network.sides[SIDE];
        let group = &side.groups[number as usize];
        let wanted = side.nodes[node as usize].price.min(group.next());
        if wanted <= group.price {
            return false;
        }
        let giving_up = wanted - group.price;
        let source = Source { key: key(OTHER_GROUP, number), giving_up, group: None };
        match SIDE {
            NEEDS => self.one_way::<OFFERS, true>(network, source),
            _ => self.one_way::<NEEDS, true>(network, source),
        }
        true
    }

    /// Takes units out of a tie and wakes what has some spare by that.
    pub(super) fn free(&mut self, network: &mut Network<'_>, tie: u32, units: u32) {
        let ends = network.ties.get(tie).node;
        network.untie(tie, units);
        for (number, end) in ends.into_iter().enumerate() {
            let side = &mut network.sides[number];
            side.nodes[end as usize].spare += units;
            self.wake(number, end);
            if let Some(group) = side.group(end) {
                side.groups[group as usize].load -= units;
                self.wake_group(number, group);
            }
        }
    }
}

/// Lowers a node's price to the best it could still get, and returns the entry of a spare unit that is as good.
#[inline]
fn lower_to_best<const SIDE: usize, const GROUPED: bool>(
    network: &mut Network<'_>,
    node: u32,
) -> Option<u32> {
    let [own, other] = [&network.sides[SIDE], &network.sides[1 - SIDE]];
    let (mut best, mut spare) = (own.group_price(node), None);
    for (place, entry) in (own.rows.start(node)..).zip(own.rows.row(node)) {
        if entry.profit < best || (entry.profit == best && spare.is_some()) {
            break;
        }
        let there = &other.nodes[entry.to as usize];
        let worth = entry.profit - there.price;
        if worth < best || network.is_full(entry.edge) {
            continue;
        }
        let is_spare = there.spare > 0 && (!GROUPED || other.group(entry.to).is_none());
        if worth > best || (is_spare && spare.is_none()) {
            spare = is_spare.then_some(place);
        }
        best = worth;
    }
    let node = &mut network.sides[SIDE].nodes[node as usize];
    if node.price > best || node.is_idle() {
        node.price = best;
        return spare;
    }
    spare.filter(|_| node.price == best)
}

/// Ties a node to spare units at the other end of an entry.
#[inline]
fn take<const SIDE: usize>(network: &mut Network<'_>, node: u32, group: Option<u32>, place: u32) {
    let entry = network.sides[SIDE].rows.at(place);
    let most = network.most(entry.edge);
    let known = if most == 1 { None } else { network.tie_on(SIDE, node, entry.edge) };
    let room = most - known.map_or(0, |tie| network.ties.get(tie).units);
    let own = &network.sides[SIDE];
    let mut units = room.min(own.nodes[node as usize].spare);
    if let Some(group) = group {
        let group = &own.groups[group as usize];
        units = units.min(group.schedule.alike_from(group.load + 1));
    }
    let there = &mut network.sides[1 - SIDE].nodes[entry.to as usize];
    units = units.min(there.spare);
    there.spare -= units;
    let own = &mut network.sides[SIDE];
    own.nodes[node as usize].spare -= units;
    if let Some(group) = group {
        own.groups[group as usize].load += units;
    }
    network.tie(SIDE, node, place, units);
}
