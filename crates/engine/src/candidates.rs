//! Very many offers, laid out so that the best for a need are found without looking at most of them.
//!
//! Offers for which about the same evidence speaks form a *group*, with the most that speaks for anybody in it. What the
//! circumstances (way, hours, languages, effort) can add is bounded: how good an offer must be to count tells how far away it may be.
//! So a group is looked through from near to far and left as soon as nobody farther away can count any more. The result
//! is that of scoring everybody; how it is proven and measured stands in `docs/decisions/0014-candidates.md`.

mod blocks;
mod circumstances;
mod giver;
mod ground;
mod languages;

use blocks::Blocks;
pub(crate) use circumstances::{Asked, Circumstances};
pub(crate) use giver::{Giver, Telling};
use ground::View;
use languages::LanguageSets;

/// Where an offer lies; the place of one that is taken out is given to the next.
pub(crate) type Slot = u32;

/// Which group an offer stands in; the caller numbers them.
pub(crate) type Group = u32;

/// Who looks for the best.
pub(crate) trait Taker {
    /// What speaks for an offer of a group for which `most` speaks at most.
    fn base(&self, slot: Slot, most: f64) -> f64;

    /// Keeps what it wants and answers the least score that still counts.
    fn take(&mut self, slot: Slot, score: f64) -> f64;
}

/// Offers by group and place.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    givers: Vec<Giver>,
    groups: Vec<Blocks>,
    languages: LanguageSets,
}

impl Candidates {
    /// Makes what an offer tells of its circumstances ready to be compared.
    pub(crate) fn giver(&mut self, telling: &Telling<'_>) -> Giver {
        Giver::new(telling, self.languages.number(telling.languages))
    }

    /// Puts an offer into a free slot of a group.
    pub(crate) fn put(&mut self, group: Group, slot: Slot, giver: Giver) {
        let (group, place) = (group as usize, slot as usize);
        if self.groups.len() <= group {
            self.groups.resize_with(group + 1, Blocks::default);
        }
        if self.givers.len() <= place {
            self.givers.resize(place + 1, Giver::default());
        }
        self.groups[group].put(slot, giver.position);
        self.givers[place] = giver;
    }

    /// Takes an offer out of its group.
    pub(crate) fn remove(&mut self, group: Group, slot: Slot) {
        let position = self.givers[slot as usize].position;
        self.groups[group as usize].remove(slot, position);
    }

    /// What an offer tells of its circumstances.
    pub(crate) fn at(&self, slot: Slot) -> &Giver {
        &self.givers[slot as usize]
    }

    /// The languages of all offers, by number.
    pub(crate) fn languages(&self) -> &LanguageSets {
        &self.languages
    }

    /// Shows every offer that may count to `taker`, with its score; `groups` come with the evidence that nobody in them
    /// surpasses, the surest first. `least` counts before the first is shown.
    pub(crate) fn search(
        &self,
        asked: &Asked<'_>,
        groups: &[(Group, f64)],
        least: f64,
        taker: &mut impl Taker,
    ) {
        let mut search =
            Search { all: self, asked, view: View::of(asked.position()), least, near: Vec::new(), taker };
        for (group, base) in groups {
            search.group(&self.groups[*group as usize], *base);
        }
    }
}

/// One need on its way through the groups.
struct Search<'a, T> {
    all: &'a Candidates,
    asked: &'a Asked<'a>,
    view: View,
    least: f64,
    /// Blocks of the group at hand with their distance, kept to be filled again.
    near: Vec<(f64, u32)>,
    taker: &'a mut T,
}

impl<T: Taker> Search<'_, T> {
    fn group(&mut self, blocks: &Blocks, base: f64) {
        if self.asked.most_without_way(base) >= self.least {
            for slot in blocks.placeless() {
                self.look_at(*slot, base);
            }
        }
        let Some(mut reach) = self.asked.reach(base, self.least) else { return };
        let mut near = std::mem::take(&mut self.near);
        blocks.within(&self.view, reach, &mut near);
        'group: for (metres, block) in &near {
            if *metres > reach {
                break;
            }
            for (slot, point) in blocks.block(*block) {
                if self.view.least_metres(point) > reach || !self.look_at(slot, base) {
                    continue;
                }
                match self.asked.reach(base, self.least) {
                    Some(nearer) => reach = nearer,
                    None => break 'group,
                }
            }
        }
        self.near = near;
    }

    /// Whether the offer has raised what counts.
    fn look_at(&mut self, slot: Slot, most: f64) -> bool {
        let giver = self.all.at(slot);
        if !self.asked.may_meet(giver, &self.all.languages) {
            return false;
        }
        let Ok(met) = self.asked.meet(giver, &self.all.languages) else { return false };
        // Who cannot count with the most that could speak for it needs no closer look.
        if self.asked.score(most, &met) < self.least {
            return false;
        }
        let base = self.taker.base(slot, most);
        let score = self.asked.score(base, &met);
        if base <= 0.0 || score < self.least {
            return false;
        }
        let before = self.least;
        self.least = self.taker.take(slot, score);
        self.least > before
    }
}

#[cfg(test)]
mod tests;
