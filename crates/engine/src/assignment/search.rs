//! The cheapest way for one more unit, looked for only as far as it can be cheaper than giving up.

use super::network::{Group, Network};
use super::queue::Queue;
use super::schedule::FORBIDDEN;
use super::tie::NONE;

/// What a key names: a node or a group, of the own side or of the other.
pub(super) const OWN: u32 = 0;
pub(super) const OTHER: u32 = 1;
pub(super) const OWN_GROUP: u32 = 2;
pub(super) const OTHER_GROUP: u32 = 3;

/// A place on a way: what it is in the last two bits, its number before.
pub(super) const fn key(what: u32, number: u32) -> u32 {
    number << 2 | what
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Label {
    pub(super) distance: i32,
    round: u32,
    /// The key before it on the cheapest way.
    pub(super) from: u32,
    /// The entry or the tie that leads here, where it is one.
    pub(super) via: u32,
}

const UNSEEN: Label = Label { distance: 0, round: 0, from: NONE, via: NONE };

/// Where a unit starts, and what giving up costs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source {
    pub(super) key: u32,
    pub(super) giving_up: i32,
    /// The source's own group when its node starts alone: coming back there ends the way.
    pub(super) group: Option<u32>,
}

/// Labels of the last search; kept from search to search and told apart by their round, so that nothing is ever cleared.
#[derive(Debug, Clone, Default)]
pub(super) struct Search {
    labels: [Vec<Label>; 4],
    round: u32,
    queue: Queue,
    touched: Vec<u32>,
    best: i32,
    end: Option<u32>,
}

impl Search {
    /// The end of the cheapest way from `source`, or none where giving up is as cheap. Prices follow, so that every step of
    /// the way found costs nothing now.
    pub(super) fn run<const SIDE: usize, const GROUPED: bool>(
        &mut self,
        network: &mut Network<'_>,
        source: Source,
    ) -> Option<u32> {
        self.begin::<SIDE>(network, source);
        while let Some((distance, key)) = self.queue.pop() {
            if distance >= self.best {
                break;
            }
            if self.label(key).distance < distance {
                continue;
            }
            let number = key >> 2;
            match key & 3 {
                OWN => self.leave_own::<SIDE, GROUPED>(network, number, distance),
                OTHER => self.leave_other::<SIDE, GROUPED>(network, number, distance),
                OWN_GROUP => self.leave_own_group::<SIDE>(network, source, number, distance),
                _ => self.leave_other_group::<SIDE>(network, number, distance),
            }
        }
        self.pay::<SIDE>(network);
        self.end
    }

    #[inline]
    pub(super) fn label(&self, key: u32) -> &Label {
        &self.labels[(key & 3) as usize][(key >> 2) as usize]
    }

    fn begin<const SIDE: usize>(&mut self, network: &Network<'_>, source: Source) {
        let [own, other] = [&network.sides[SIDE], &network.sides[1 - SIDE]];
        let sizes = [own.nodes.len(), other.nodes.len(), own.groups.len(), other.groups.len()];
        for (labels, size) in self.labels.iter_mut().zip(sizes) {
            if labels.len() < size {
                labels.resize(size, UNSEEN);
            }
        }
        self.round += 1;
        if self.round == u32::MAX {
            self.labels.iter_mut().for_each(|labels| labels.fill(UNSEEN));
            self.round = 1;
        }
        self.touched.clear();
        self.queue.clear();
        (self.best, self.end) = (source.giving_up, None);
        self.reach(source.key, 0, NONE, NONE);
    }

    /// Notes a way to `key` if it is the cheapest so far.
    #[inline]
    fn reach(&mut self, key: u32, distance: i32, from: u32, via: u32) -> bool {
        if !self.note(key, distance, from, via) {
            return false;
        }
        self.queue.push(distance, key);
        true
    }

    #[inline]
    fn note(&mut self, key: u32, distance: i32, from: u32, via: u32) -> bool {
        if distance >= self.best {
            return false;
        }
        let label = &mut self.labels[(key & 3) as usize][(key >> 2) as usize];
        if label.round == self.round {
            if label.distance <= distance {
                return false;
            }
        } else {
            self.touched.push(key);
        }
        *label = Label { distance, round: self.round, from, via };
        true
    }

    #[inline]
    fn finish(&mut self, key: u32, distance: i32) {
        if distance < self.best {
            (self.best, self.end) = (distance, Some(key));
        }
    }

    /// Along every edge that has room; the best profits come first, so that the rest of a row is soon out of reach.
    fn leave_own<const SIDE: usize, const GROUPED: bool>(
        &mut self,
        network: &Network<'_>,
        number: u32,
        distance: i32,
    ) {
        let [own, other] = [&network.sides[SIDE], &network.sides[1 - SIDE]];
        let node = own.nodes[number as usize];
        let paid = distance + node.price;
        for (place, entry) in (own.rows.start(number)..).zip(own.rows.row(number)) {
            if paid - entry.profit >= self.best {
                break;
            }
            let there = &other.nodes[entry.to as usize];
            let next = paid + there.price - entry.profit;
            if next >= self.best || network.is_full(entry.edge) {
                continue;
            }
            if there.spare > 0 && (!GROUPED || other.group(entry.to).is_none()) {
                self.note(key(OTHER, entry.to), next, key(OWN, number), place);
                self.finish(key(OTHER, entry.to), next);
            } else {
                self.reach(key(OTHER, entry.to), next, key(OWN, number), place);
            }
        }
        if node.first == NONE {
            return;
        }
        match own.group(number).filter(|_| GROUPED) {
            Some(group) => {
                let step = node.price - own.groups[group as usize].price;
                self.reach(key(OWN_GROUP, group), distance + step, key(OWN, number), NONE);
            }
            None => self.finish(key(OWN, number), paid),
        }
    }

    /// Back along every tie, and on to the group while units are spare.
    fn leave_other<const SIDE: usize, const GROUPED: bool>(
        &mut self,
        network: &Network<'_>,
        number: u32,
        distance: i32,
    ) {
        let [own, other] = [&network.sides[SIDE], &network.sides[1 - SIDE]];
        let node = other.nodes[number as usize];
        let paid = distance - node.price;
        for (at, tie) in network.ties.list(1 - SIDE, node.first) {
            let end = tie.node[SIDE];
            let price = own.nodes[end as usize].price;
            self.reach(key(OWN, end), paid + tie.profit - price, key(OTHER, number), at);
        }
        if GROUPED
            && node.spare > 0
            && let Some(group) = other.group(number)
        {
            let step = (other.groups[group as usize].price - node.price).max(0);
            self.reach(key(OTHER_GROUP, group), distance + step, key(OTHER, number), NONE);
        }
    }

    fn leave_own_group<const SIDE: usize>(
        &mut self,
        network: &Network<'_>,
        source: Source,
        number: u32,
        distance: i32,
    ) {
        if source.group == Some(number) {
            return self.finish(key(OWN_GROUP, number), distance);
        }
        let own = &network.sides[SIDE];
        let group = &own.groups[number as usize];
        for member in &group.members {
            let node = &own.nodes[*member as usize];
            if node.spare > 0 {
                let step = (group.price - node.price).max(0);
                self.reach(key(OWN, *member), distance + step, key(OWN_GROUP, number), NONE);
            }
        }
        if group.load > 0 {
            let step = group.price - group.schedule.deduction(group.load);
            self.finish(key(OWN_GROUP, number), distance + step);
        }
    }

    fn leave_other_group<const SIDE: usize>(&mut self, network: &Network<'_>, number: u32, distance: i32) {
        let other = &network.sides[1 - SIDE];
        let group: &Group = &other.groups[number as usize];
        for member in &group.members {
            let node = &other.nodes[*member as usize];
            if node.first != NONE {
                let step = node.price - group.price;
                self.reach(key(OTHER, *member), distance + step, key(OTHER_GROUP, number), NONE);
            }
        }
        let next = group.next();
        if next < FORBIDDEN {
            self.finish(key(OTHER_GROUP, number), distance + (next - group.price).max(0));
        }
    }

    /// Everything nearer than the end becomes cheaper on the own side and dearer on the other by what it is nearer.
    fn pay<const SIDE: usize>(&self, network: &mut Network<'_>) {
        for &key in &self.touched {
            let nearer = self.best - self.label(key).distance;
            if nearer <= 0 {
                continue;
            }
            let number = (key >> 2) as usize;
            match key & 3 {
                OWN => network.sides[SIDE].nodes[number].price -= nearer,
                OTHER => network.sides[1 - SIDE].nodes[number].price += nearer,
                OWN_GROUP => network.sides[SIDE].groups[number].price -= nearer,
                _ => network.sides[1 - SIDE].groups[number].price += nearer,
            }
        }
    }
}
