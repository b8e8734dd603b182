//! Offers by quarter: some hundred neighbours with their cards and lists of their own.
//!
//! A need asks the lists of the quarters within its reach only. Numbers within a quarter are small, so a line on a list is
//! two bytes.

use super::card::{Card, Features, Fields, Glance, fields};
use super::ground::{Frame, Point, View};
use super::lists::{Lists, Local, Term};
use super::{Giver, Slot};
use crate::taxonomy::KindIndex;
use kiez_domain::position::Position;

/// All offers that say something.
#[derive(Debug, Default)]
pub(super) struct Quarters {
    /// Along a curve through the ground.
    placed: Vec<Quarter>,
    /// Those of which nobody knows where they are.
    placeless: Vec<Quarter>,
}

#[derive(Debug)]
pub(super) struct Quarter {
    /// Not after any offer of this quarter, and after all of the quarter before.
    first: Key,
    /// Absent where nobody knows the place.
    frame: Option<Frame>,
    slots: Vec<Slot>,
    cards: Vec<Card>,
    /// What is asked first, close together.
    glances: Vec<Glance>,
    leanings: Vec<Fields>,
    lists: Lists,
}

/// The order of offers: along the curve, then by slot, so that many at one point can still be told apart.
type Key = (u64, Slot);

/// So many offers are a quarter; fewer in tests, which shall see quarters part.
pub(super) const MOST: usize = if cfg!(test) { 64 } else { 1_024 };
/// Room for so many more is made at once.
const ROOM: usize = 128;

impl Quarters {
    pub(super) fn put(&mut self, slot: Slot, giver: &Giver, features: &Features<'_>) {
        let point = giver.position.map(Point::of);
        let key = key(slot, point);
        let quarters = self.side(point);
        let at = match find(quarters, key) {
            Some(at) => at,
            None => {
                quarters.push(Quarter::empty(key));
                0
            }
        };
        let quarter = &mut quarters[at];
        quarter.put((slot, point), Card::new(giver, features), features);
        if quarter.slots.len() > MOST {
            let rest = quarter.split();
            quarters.insert(at + 1, rest);
        }
    }

    pub(super) fn remove(&mut self, slot: Slot, position: Option<Position>) {
        let point = position.map(Point::of);
        let quarters = self.side(point);
        let Some(at) = find(quarters, key(slot, point)) else { return };
        quarters[at].remove(slot);
        if quarters[at].slots.is_empty() {
            quarters.remove(at);
        }
    }

    /// The quarters that may hold somebody within so many metres, with their distance, the nearest first; whoever has
    /// no place is everywhere.
    pub(super) fn within(&self, view: &View, metres: f64) -> Vec<(f64, &Quarter)> {
        let placed = self.placed.iter().map(|quarter| (quarter.metres(view), quarter));
        let mut near: Vec<(f64, &Quarter)> = placed.filter(|(least, _)| *least <= metres).collect();
        near.extend(self.placeless.iter().map(|quarter| (0.0, quarter)));
        near.sort_by(|a, b| a.0.total_cmp(&b.0));
        near
    }

    fn side(&mut self, point: Option<Point>) -> &mut Vec<Quarter> {
        if point.is_some() { &mut self.placed } else { &mut self.placeless }
    }
}

impl Quarter {
    fn empty(first: Key) -> Self {
        Self {
            first,
            frame: None,
            slots: Vec::new(),
            cards: Vec::new(),
            glances: Vec::new(),
            leanings: Vec::new(),
            lists: Lists::default(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }

    pub(super) fn is_placed(&self) -> bool {
        self.frame.is_some()
    }

    pub(super) fn card(&self, local: Local) -> (Slot, &Card) {
        (self.slots[usize::from(local)], &self.cards[usize::from(local)])
    }

    pub(super) fn glance(&self, local: Local) -> Glance {
        self.glances[usize::from(local)]
    }

    pub(super) fn leanings(&self, local: Local) -> &Fields {
        &self.leanings[usize::from(local)]
    }

    /// Everybody who may have a term.
    pub(super) fn with(&self, term: Term) -> &[Local] {
        self.lists.of(term)
    }

    fn metres(&self, view: &View) -> f64 {
        self.frame.as_ref().map_or(0.0, |frame| view.least_metres_to(frame))
    }

    fn put(&mut self, (slot, point): (Slot, Option<Point>), card: Card, features: &Features<'_>) {
        self.reserve();
        self.first = self.first.min(key(slot, point));
        if let Some(point) = point {
            match &mut self.frame {
                Some(frame) => frame.add(point),
                None => self.frame = Frame::around([point]),
            }
        }
        let local = self.slots.len() as Local;
        self.slots.push(slot);
        self.cards.push(card);
        self.glances.push(card.glance(point));
        self.leanings
            .push(fields(features.leanings.iter().map(|(kind, worth)| (*kind as KindIndex, *worth))));
        Card::terms(features).into_iter().for_each(|term| self.lists.put(term, local));
    }

    /// Makes room for some more: twice as much as there is would be much for so many quarters.
    fn reserve(&mut self) {
        if self.slots.len() == self.slots.capacity() {
            self.slots.reserve_exact(ROOM);
            self.glances.reserve_exact(ROOM);
            self.leanings.reserve_exact(ROOM);
            self.cards.reserve_exact(ROOM);
        }
    }

    /// Takes an offer out; the frame stays as wide as it was.
    fn remove(&mut self, slot: Slot) {
        let Some(place) = self.slots.iter().position(|known| *known == slot) else { return };
        self.slots.swap_remove(place);
        self.cards.swap_remove(place);
        self.glances.swap_remove(place);
        self.leanings.swap_remove(place);
        self.lists.leave(place as Local, self.slots.len() as Local);
    }

    /// Cuts the second half along the curve off.
    fn split(&mut self) -> Self {
        let placed = self.is_placed();
        let key_at = |place: usize| key(self.slots[place], placed.then(|| self.glances[place].point));
        let mut order: Vec<usize> = (0..self.slots.len()).collect();
        order.sort_unstable_by_key(|place| key_at(*place));
        let (near, far) = order.split_at(order.len() / 2);
        let (one, other) = (self.part(near, self.first), self.part(far, key_at(far[0])));
        *self = one;
        other
    }

    fn part(&self, places: &[usize], first: Key) -> Self {
        let mut new = vec![None; self.slots.len()];
        (0..).zip(places).for_each(|(local, place)| new[*place] = Some(local));
        let cards: Vec<Card> = places.iter().map(|place| self.cards[*place]).collect();
        let glances: Vec<Glance> = places.iter().map(|place| self.glances[*place]).collect();
        let points = glances.iter().map(|glance| glance.point);
        Self {
            first,
            frame: self.frame.and_then(|_| Frame::around(points)),
            slots: places.iter().map(|place| self.slots[*place]).collect(),
            leanings: places.iter().map(|place| self.leanings[*place]).collect(),
            lists: self.lists.part(|local| new[usize::from(local)]),
            glances,
            cards,
        }
    }
}

fn key(slot: Slot, point: Option<Point>) -> Key {
    (point.map_or(0, Point::along_the_curve), slot)
}

/// The quarter to which a key belongs; `None` when there is no quarter at all.
fn find(quarters: &[Quarter], key: Key) -> Option<usize> {
    let behind = quarters.partition_point(|quarter| quarter.first <= key);
    (!quarters.is_empty()).then(|| behind.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::Telling;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn giver(lat: u8, lon: u8) -> Giver {
        // Some have no place, many share one.
        let place = || Position::new(52.4 + f64::from(lat % 8) * 0.01, 13.3 + f64::from(lon % 8) * 0.01).ok();
        Giver::new(&Telling { position: (lat > 20).then(place).flatten(), ..Telling::default() }, 0)
    }

    /// Everybody in the quarters near a place, with those whom a list names.
    fn found(quarters: &Quarters, metres: f64, term: Term) -> (BTreeSet<Slot>, BTreeSet<Slot>) {
        let view = View::of(giver(100, 100).position);
        let near = quarters.within(&view, metres);
        assert!(near.is_sorted_by(|a, b| a.0 <= b.0));
        assert!(near.iter().all(|(_, quarter)| (1..=MOST).contains(&quarter.len())));
        let all = near
            .iter()
            .flat_map(|(_, quarter)| (0..quarter.len()).map(|local| quarter.card(local as Local).0));
        let named = near
            .iter()
            .flat_map(|(_, quarter)| quarter.with(term).iter().map(|local| quarter.card(*local).0));
        (all.collect(), named.collect())
    }

    proptest! {
        #[test]
        fn whoever_was_put_is_there_and_on_its_lists_until_taken_out(
            steps in proptest::collection::vec((0..300_u32, any::<u8>(), any::<u8>(), 0..4_u8), 0..700), metres in 0.0..9_000.0f64,
        ) {
            let mut quarters = Quarters::default();
            let mut truth: BTreeMap<Slot, (Giver, u32)> = BTreeMap::new();
            for (slot, lat, lon, kind) in steps {
                if let Some((giver, _)) = truth.remove(&slot) {
                    quarters.remove(slot, giver.position);
                }
                if kind > 0 {
                    let (giver, kind) = (giver(lat, lon), u32::from(kind));
                    let features = Features { kinds: &[(kind, 1.0)], leanings: &[], words: &[], branch: None, beside_branch: false };
                    quarters.put(slot, &giver, &features);
                    truth.insert(slot, (giver, kind));
                }
            }
            let of_kind = |wanted: u32| truth.iter().filter(move |(_, (_, kind))| *kind == wanted).map(|(slot, _)| *slot).collect::<BTreeSet<_>>();
            let (all, named) = found(&quarters, f64::INFINITY, Term::kind(2));
            prop_assert_eq!(all, truth.keys().copied().collect::<BTreeSet<_>>());
            prop_assert_eq!(named, of_kind(2));
            let from = giver(100, 100).position.expect("a place");
            let (near, _) = found(&quarters, metres, Term::kind(2));
            for (slot, (giver, _)) in &truth {
                let reached = giver.position.is_none_or(|place| from.distance_m(place) <= metres);
                prop_assert!(!reached || near.contains(slot));
            }
        }
    }
}
