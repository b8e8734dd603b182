//! Very many offers, laid out so that the best for a need are found without looking at most of them.
//!
//! Offers for which the same evidence speaks form a *group*. What the circumstances (way, hours, languages, effort) can add
//! is bounded: how good an offer must be to count tells how far away it may be. So a group is looked through from near to
//! far and left as soon as nobody farther away can count any more.
//!
//! Who says something in its own words stands in a *quarter*, on the lists of its kinds, words and branch. The lists that
//! promise most are looked through first; a *card* tells how good each on them can be at most, so that hardly
//! more than the best are weighed. The result is that of scoring everybody; how it is proven and measured stands in
//! `docs/decisions/0014-candidates.md`.

mod blocks;
mod card;
mod circumstances;
mod giver;
mod ground;
mod languages;
mod lists;
mod quarters;
mod sight;
mod sweep;

use blocks::Blocks;
pub(crate) use card::{Card, Features, Fields, SIGNS, Signs, Trade, fields, sign};
pub(crate) use circumstances::{Asked, Circumstances};
pub(crate) use giver::{Giver, Telling};
use ground::View;
use languages::LanguageSets;
pub(crate) use lists::Term;
use quarters::Quarters;
pub(crate) use sight::sureness;
use sweep::Sweep;
pub(crate) use sweep::{Closer, Lens, Marks, Step};

/// Where an offer lies; the place of one that is taken out is given to the next.
pub(crate) type Slot = u32;

/// Which group an offer stands in; the caller numbers them.
pub(crate) type Group = u32;

/// Offers by group and place, or by place and what they say.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    givers: Vec<Giver>,
    groups: Vec<Blocks>,
    saying: Quarters,
    languages: LanguageSets,
}

impl Candidates {
    /// Makes what an offer tells of its circumstances ready to be compared.
    pub(crate) fn giver(&mut self, telling: &Telling<'_>) -> Giver {
        Giver::new(telling, self.languages.number(telling.languages))
    }

    /// Puts an offer into a free slot of a group.
    pub(crate) fn put(&mut self, group: Group, slot: Slot, giver: Giver) {
        let place = group as usize;
        if self.groups.len() <= place {
            self.groups.resize_with(place + 1, Blocks::default);
        }
        self.groups[place].put(slot, giver.position);
        self.keep(slot, giver);
    }

    /// Takes an offer out of its group.
    pub(crate) fn remove(&mut self, group: Group, slot: Slot) {
        let position = self.givers[slot as usize].position;
        self.groups[group as usize].remove(slot, position);
    }

    /// Puts an offer into a free slot that says something.
    pub(crate) fn put_saying(&mut self, slot: Slot, giver: Giver, features: &Features<'_>) {
        // Who has nothing left is never found.
        if !giver.is_spent() {
            self.saying.put(slot, &giver, features);
        }
        self.keep(slot, giver);
    }

    /// Takes an offer out that says something.
    pub(crate) fn remove_saying(&mut self, slot: Slot) {
        let giver = self.givers[slot as usize];
        if !giver.is_spent() {
            self.saying.remove(slot, giver.position);
        }
    }

    fn keep(&mut self, slot: Slot, giver: Giver) {
        let place = slot as usize;
        if self.givers.len() <= place {
            self.givers.resize(place + 1, Giver::default());
        }
        self.givers[place] = giver;
    }

    /// What an offer tells of its circumstances.
    pub(crate) fn at(&self, slot: Slot) -> &Giver {
        &self.givers[slot as usize]
    }

    /// The languages of all offers, by number.
    pub(crate) fn languages(&self) -> &LanguageSets {
        &self.languages
    }

    /// Looks for those who say something and may count; `least` counts before the first, the answer is what counts after
    /// the last.
    pub(crate) fn sweep(&self, asked: &Asked<'_>, lens: impl Lens, least: f64, closer: impl Closer) -> f64 {
        Sweep::new(self, asked, (lens, closer), least).run()
    }

    /// Shows every offer of some groups that may count to `take`, with its score, and is answered the least score that
    /// still counts; groups come with their evidence, the surest first. `least` counts before the first is shown.
    pub(crate) fn search(
        &self,
        asked: &Asked<'_>,
        groups: &[(Group, f64)],
        least: f64,
        take: impl FnMut(Slot, f64) -> f64,
    ) {
        let mut search =
            Search { all: self, asked, view: View::of(asked.position()), least, near: Vec::new(), take };
        for (group, base) in groups {
            search.group(&self.groups[*group as usize], *base);
        }
    }
}

/// One need on its way through the groups.
struct Search<'a, F> {
    all: &'a Candidates,
    asked: &'a Asked<'a>,
    view: View,
    least: f64,
    /// Blocks of the group at hand with their distance, kept to be filled again.
    near: Vec<(f64, u32)>,
    take: F,
}

impl<F: FnMut(Slot, f64) -> f64> Search<'_, F> {
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
    fn look_at(&mut self, slot: Slot, base: f64) -> bool {
        let giver = self.all.at(slot);
        if !self.asked.may_meet(giver, &self.all.languages) {
            return false;
        }
        let Ok(met) = self.asked.meet(giver, &self.all.languages) else { return false };
        let score = self.asked.score(base, &met);
        if base <= 0.0 || score < self.least {
            return false;
        }
        let before = self.least;
        self.least = (self.take)(slot, score);
        self.least > before
    }
}

/// The card, the leanings and the lists of an offer that tells nothing of its circumstances.
#[cfg(test)]
pub(crate) fn test_card(features: &Features<'_>) -> (Card, Fields, Vec<Term>) {
    let leanings = features.leanings.iter().map(|(kind, worth)| (*kind as usize, *worth));
    let giver = Giver::new(&Telling::default(), 0);
    (Card::new(&giver, features), fields(leanings), Card::terms(features))
}

#[cfg(test)]
mod tests;
