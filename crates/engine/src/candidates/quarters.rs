//! Offers by quarter: some hundred neighbours with their cards and lists of their own.
//!
//! A need asks the lists of the quarters within its reach only. Numbers within a quarter are small, so a line on a list is
//! two bytes.

use super::card::{Card, Features};
use super::ground::{Frame, Point, View};
use super::lists::{Lists, Local, Term};
use super::{Giver, Slot};
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
    lists: Lists,
}

/// The order of offers: along the curve, then by slot, so that many at one point can still be told apart.
type Key = (u64, Slot);

/// So many offers are a quarter.
pub(super) const MOST: usize = 1_024;

impl Quarters {
    pub(super) fn put(&mut self, slot: Slot, giver: &Giver, features: &Features<'_>) {
        let point = giver.position.map(Point::of);
        let key = key(slot, point);
        let (card, terms) = (Card::new(giver, features), Card::terms(features));
        let quarters = self.side(point);
        let at = match find(quarters, key) {
            Some(at) => at,
            None => {
                quarters.push(Quarter::empty(key));
                0
            }
        };
        let quarter = &mut quarters[at];
        quarter.put((slot, point), card, &terms);
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
        Self { first, frame: None, slots: Vec::new(), cards: Vec::new(), lists: Lists::default() }
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

    /// Everybody who may have a term.
    pub(super) fn with(&self, term: Term) -> &[Local] {
        self.lists.of(term)
    }

    fn metres(&self, view: &View) -> f64 {
        self.frame.as_ref().map_or(0.0, |frame| view.least_metres_to(frame))
    }

    fn put(&mut self, (slot, point): (Slot, Option<Point>), card: Card, terms: &[Term]) {
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
        terms.iter().for_each(|term| self.lists.put(*term, local));
    }

    /// Takes an offer out; the frame stays as wide as it was.
    fn remove(&mut self, slot: Slot) {
        let Some(place) = self.slots.iter().position(|known| *known == slot) else { return };
        self.slots.swap_remove(place);
        self.cards.swap_remove(place);
        self.lists.leave(place as Local, self.slots.len() as Local);
    }

    /// Cuts the second half along the curve off.
    fn split(&mut self) -> Self {
        let placed = self.is_placed();
        let key_at = |place: usize| key(self.slots[place], placed.then(|| self.cards[place].point));
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
        let points = cards.iter().map(|card| card.point);
        Self {
            first,
            frame: self.frame.and_then(|_| Frame::around(points)),
            slots: places.iter().map(|place| self.slots[*place]).collect(),
            lists: self.lists.part(|local| new[usize::from(local)]),
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
