//! Needs and offers of one project, indexed: who fits whom, and why.

mod asking;
mod audience;
mod best;
mod chance;
mod coverage;
mod hope;
mod index;
mod lens;
mod numbered;
mod pair;
mod prepared;
mod profile;
mod reasons;
mod threads;
mod trade;
mod why_not;

use crate::acquaintance::Circles;
use crate::belief::{Beliefs, Street};
use crate::kinds::Nearness;
use crate::knowledge::{Knowledge, Reader};
use crate::rank::tie;
use crate::record::{Need, Offer};
use crate::taxonomy::KindIndex;
use crate::weights::Weights;
use chance::{Branches, Expected};
pub use hope::{Asked, Hope, Hopes};
use index::{Hit, Index, Slot};
use kiez_domain::branch::BranchId;
use kiez_domain::suggestion::{Parts, Reason, Score};
use pair::{PairScore, Question};
use prepared::{PreparedNeed, PreparedOffer};
use std::collections::{BTreeMap, BTreeSet};
pub use why_not::WhyNot;

/// A need and an offer that meet.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The need's id.
    pub need: String,
    /// The offer's id.
    pub offer: String,
    /// How well they fit.
    pub score: Score,
    /// What the score is made of.
    pub parts: Parts,
    /// Why, the strongest first.
    pub reasons: Vec<Reason>,
    /// How many other givers of the same name could be asked as well; they are not suggested one by one.
    pub same_name: u32,
}

/// A need and an offer that could meet, as the best plan for all needs together wants it: a number, no reasons.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge<'m> {
    /// The need's id.
    pub need: &'m str,
    /// The offer's id.
    pub offer: &'m str,
    /// How well they fit.
    pub score: Score,
}

/// All needs and offers of a project, kept ready; every change costs only what it touches.
#[derive(Debug)]
pub struct Market {
    reader: Reader<'static>,
    weights: Weights,
    nearness: Nearness,
    beliefs: Beliefs,
    branches: Branches,
    index: Index,
    needs: BTreeMap<String, PreparedNeed>,
    circles: Circles,
}

impl Market {
    /// Makes an empty market.
    #[must_use]
    pub fn new(knowledge: &'static Knowledge, weights: Weights) -> Self {
        let nearness = Nearness::new(knowledge.taxonomy(), &weights);
        let (beliefs, mut branches) = (Beliefs::default(), Branches::default());
        branches.learn(knowledge.taxonomy(), &beliefs);
        Self {
            reader: Reader::new(knowledge),
            weights,
            nearness,
            beliefs,
            branches,
            index: Index::default(),
            needs: BTreeMap::new(),
            circles: Circles::default(),
        }
    }

    /// Learns who is likely to know whom; what it knew before is forgotten.
    pub fn set_circles(&mut self, circles: Circles) {
        self.circles = circles;
    }

    /// Takes a need in, or its new version.
    pub fn put_need(&mut self, need: Need) {
        let prepared = PreparedNeed::new(&mut self.reader, need);
        self.needs.insert(prepared.need.id.clone(), prepared);
    }

    /// Takes an offer in, or its new version.
    pub fn put_offer(&mut self, offer: Offer) {
        let prepared = PreparedOffer::new(&mut self.reader, offer);
        self.take_in(prepared);
    }

    /// Takes many offers in; the same as one after the other, but their texts are read on all processors.
    pub fn put_offers(&mut self, offers: Vec<Offer>) {
        let read = threads::each(offers, || self.reader.beside(), PreparedOffer::new);
        read.into_iter().for_each(|prepared| self.take_in(prepared));
    }

    fn take_in(&mut self, prepared: PreparedOffer) {
        let prepared = prepared.with(&self.beliefs);
        let branch = prepared.profile.branch.as_ref().map(|branch| self.branches.number(branch));
        self.index.put(prepared, branch);
    }

    /// Believes from now on what was said. Branches with streets come back in which somebody was asked for the first
    /// time, or for which everything was taken back: the offers there are to be put in again, all others need nothing.
    pub fn learn(&mut self, beliefs: Beliefs) -> BTreeSet<(BranchId, Street)> {
        let changed = self.beliefs.other_streets(&beliefs);
        self.beliefs = beliefs;
        self.branches.learn(self.reader.knowledge().taxonomy(), &self.beliefs);
        changed
    }

    /// Takes a need out; nothing happens when there is none of this id.
    pub fn remove_need(&mut self, id: &str) {
        self.needs.remove(id);
    }

    /// Takes an offer out; nothing happens when there is none of this id.
    pub fn remove_offer(&mut self, id: &str) {
        self.index.remove(id);
    }

    /// How many needs and how many offers it holds.
    #[must_use]
    pub fn sizes(&self) -> (usize, usize) {
        (self.needs.len(), self.index.len())
    }

    /// The best offers for a stored need, the best first; empty when there is no such need.
    #[must_use]
    pub fn offers_for(&self, need: &str, top: usize) -> Vec<Suggestion> {
        self.needs
            .get(need)
            .map_or_else(Vec::new, |need| self.best_offers(&mut self.reader.beside(), need, top))
    }

    /// The best offers for a need that is not stored, for instance while it is being typed.
    #[must_use]
    pub fn offers_for_text(&self, need: &Need, top: usize) -> Vec<Suggestion> {
        self.best_for_text(&mut self.reader.beside(), need.clone(), top)
    }

    /// The best offers for each of many needs that are not stored, found on all processors.
    #[must_use]
    pub fn offers_for_texts(&self, needs: Vec<Need>, top: usize) -> Vec<Vec<Suggestion>> {
        threads::each(needs, || self.reader.beside(), |reader, need| self.best_for_text(reader, need, top))
    }

    /// For every stored need its best offers of those that are allowed: what the best plan for all is made from.
    ///
    /// Needs come in the order of their ids, offers the best first; each guessed name stands once for a need.
    #[must_use]
    pub fn edges(&self, top: usize, allowed: impl Fn(&str, &str) -> bool + Sync) -> Vec<Edge<'_>> {
        let needs: Vec<&PreparedNeed> = self.needs.values().collect();
        threads::each(needs, || (), |(), need| self.edges_of(need, top, &allowed)).concat()
    }

    /// The best offers for one stored need of those that are allowed, the best first: its part of [`Market::edges`].
    #[must_use]
    pub fn edges_for(&self, need: &str, top: usize, allowed: impl Fn(&str, &str) -> bool) -> Vec<Edge<'_>> {
        self.needs.get(need).map_or_else(Vec::new, |need| self.edges_of(need, top, allowed))
    }

    fn edges_of<'m>(
        &'m self,
        need: &'m PreparedNeed,
        top: usize,
        allowed: impl Fn(&str, &str) -> bool,
    ) -> Vec<Edge<'m>> {
        let id = need.need.id.as_str();
        let found = self.index.best(&self.question(need), top, |offer| allowed(id, offer));
        let edge =
            |(slot, score)| Edge { need: id, offer: self.index.id(slot), score: Score::clamped(score) };
        found.into_iter().map(edge).collect()
    }

    /// Every offer that nothing keeps from a stored need, in no order: what looking at all of them one by one gives.
    ///
    /// The best of these are [`Market::edges`] where no name is guessed; this way there is longer.
    pub fn scan(&self, need: &str) -> impl Iterator<Item = Edge<'_>> {
        self.needs.get(need).into_iter().flat_map(move |need| {
            let question = self.question(need);
            self.index.all().filter_map(move |slot| {
                let score = Score::clamped(question.score(slot).ok()?.total);
                Some(Edge { need: &need.need.id, offer: self.index.id(slot), score })
            })
        })
    }

    /// The best needs for a stored offer, the best first; empty when there is no such offer.
    #[must_use]
    pub fn needs_for(&self, offer: &str, top: usize) -> Vec<Suggestion> {
        let Some(slot) = self.index.slot(offer) else { return Vec::new() };
        let mut best: Vec<(&PreparedNeed, PairScore)> = self.needs_that_meet(slot).collect();
        best.sort_by(|a, b| b.1.total.total_cmp(&a.1.total).then_with(|| tie(&a.0.need.id, &b.0.need.id)));
        best.truncate(top);
        let mut reader = self.reader.beside();
        let hits = best.into_iter().map(|(need, score)| (need, Hit { slot, score, others: 0 }));
        hits.map(|(need, hit)| self.explain(&mut reader, &self.question(need), &hit)).collect()
    }

    /// Every stored need that nothing keeps from an offer, in the order of their ids.
    #[must_use]
    pub fn edges_to(&self, offer: &str) -> Vec<Edge<'_>> {
        let Some(slot) = self.index.slot(offer) else { return Vec::new() };
        let offer = self.index.id(slot);
        let mut edges = Vec::new();
        for (need, score) in self.needs_that_meet(slot) {
            edges.push(Edge { need: &need.need.id, offer, score: Score::clamped(score.total) });
        }
        edges
    }

    fn needs_that_meet(&self, slot: Slot) -> impl Iterator<Item = (&PreparedNeed, PairScore)> {
        let near = move |need: &&PreparedNeed| pair::could_meet(need, &self.index, &self.weights, slot);
        self.needs
            .values()
            .filter(near)
            .filter_map(move |need| Some((need, self.question(need).score(slot).ok()?)))
    }

    /// One pair as a suggestion; `None` when one of the two is not stored or something forbids it.
    #[must_use]
    pub fn pair(&self, need: &str, offer: &str) -> Option<Suggestion> {
        let question = self.question(self.needs.get(need)?);
        let slot = self.index.slot(offer)?;
        let score = question.score(slot).ok()?;
        Some(self.explain(&mut self.reader.beside(), &question, &Hit { slot, score, others: 0 }))
    }

    /// Metres on foot between a stored need and a stored offer; `None` where the place of one is not known.
    #[must_use]
    pub fn walk_m(&self, need: &str, offer: &str) -> Option<f64> {
        let from = self.needs.get(need)?.need.position?;
        Some(from.walk_m(self.index.giver(self.index.slot(offer)?).position?))
    }

    /// What a stored need asks for, as far as its words and its kinds tell: each kind with how sure it is (0 to 1).
    pub fn kinds_of(&self, need: &str) -> impl Iterator<Item = (KindIndex, f64)> {
        let kinds = self.needs.get(need).into_iter().flat_map(|need| &need.kinds);
        kinds.map(|(kind, score)| (*kind, f64::from(*score)))
    }

    /// Why an offer is not (or not higher) among the suggestions for a need; `None` when one of them is not stored.
    #[must_use]
    pub fn why_not(&self, need: &str, offer: &str) -> Option<WhyNot> {
        let need = self.needs.get(need)?;
        let slot = self.index.slot(offer)?;
        Some(why_not::find(&self.question(need), &self.index, slot))
    }

    fn best_for_text(&self, reader: &mut Reader<'_>, need: Need, top: usize) -> Vec<Suggestion> {
        let need = PreparedNeed::new(reader, need);
        self.best_offers(reader, &need, top)
    }

    fn best_offers(&self, reader: &mut Reader<'_>, need: &PreparedNeed, top: usize) -> Vec<Suggestion> {
        let question = self.question(need);
        self.index.hits(&question, top).iter().map(|hit| self.explain(reader, &question, hit)).collect()
    }

    fn question<'m>(&'m self, need: &'m PreparedNeed) -> Question<'m> {
        let question = Question::new(need, (&self.index, &self.nearness), self.expected(), &self.weights);
        let known = need.need.actor_id.iter().flat_map(|actor| self.circles.known_to(actor));
        let slots =
            known.flat_map(|(actor, bond)| self.index.of_actor(actor).iter().map(move |slot| (*slot, bond)));
        question.with_known(slots.collect())
    }

    fn expected(&self) -> Expected<'_> {
        Expected {
            taxonomy: self.reader.knowledge().taxonomy(),
            beliefs: &self.beliefs,
            branches: &self.branches,
        }
    }

    fn explain(&self, reader: &mut Reader<'_>, question: &Question<'_>, hit: &Hit) -> Suggestion {
        Suggestion {
            need: question.need.need.id.clone(),
            offer: self.index.id(hit.slot).to_owned(),
            score: Score::clamped(hit.score.total),
            parts: hit.score.parts(),
            reasons: reasons::find(reader, (&self.index, &self.nearness), question, hit),
            same_name: hit.others,
        }
    }
}

#[cfg(test)]
mod tests;
