//! Needs and offers of one project, indexed: who fits whom, and why.

mod chance;
mod index;
mod pair;
mod prepared;
mod reasons;
mod why_not;

use crate::kinds::Nearness;
use crate::knowledge::{Knowledge, Reader};
use crate::rank::tie;
use crate::record::{Need, Offer};
use crate::weights::Weights;
use index::Index;
use kiez_domain::suggestion::{Parts, Reason, Score};
use pair::{PairScore, Question};
use prepared::{PreparedNeed, PreparedOffer};
use std::collections::BTreeMap;
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
}

/// All needs and offers of a project, kept ready; every change costs only what it touches.
#[derive(Debug)]
pub struct Market {
    reader: Reader<'static>,
    weights: Weights,
    nearness: Nearness,
    index: Index,
    needs: BTreeMap<String, PreparedNeed>,
}

impl Market {
    /// Makes an empty market.
    #[must_use]
    pub fn new(knowledge: &'static Knowledge, weights: Weights) -> Self {
        let nearness = Nearness::new(knowledge.taxonomy(), &weights);
        Self {
            reader: Reader::new(knowledge),
            weights,
            nearness,
            index: Index::default(),
            needs: BTreeMap::new(),
        }
    }

    /// Takes a need in, or its new version.
    pub fn put_need(&mut self, need: Need) {
        let prepared = PreparedNeed::new(&mut self.reader, need);
        self.needs.insert(prepared.need.id.clone(), prepared);
    }

    /// Takes an offer in, or its new version.
    pub fn put_offer(&mut self, offer: Offer) {
        let prepared = PreparedOffer::new(&mut self.reader, &mut self.index, offer);
        self.index.put(prepared);
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
        self.needs.get(need).map_or_else(Vec::new, |need| self.best_offers(need, top))
    }

    /// The best offers for a need that is not stored, for instance while it is being typed.
    #[must_use]
    pub fn offers_for_text(&self, need: &Need, top: usize) -> Vec<Suggestion> {
        let mut reader = Reader::new(self.reader.knowledge());
        self.best_offers(&PreparedNeed::new(&mut reader, need.clone()), top)
    }

    /// The best needs for a stored offer, the best first; empty when there is no such offer.
    #[must_use]
    pub fn needs_for(&self, offer: &str, top: usize) -> Vec<Suggestion> {
        let Some(slot) = self.index.slot(offer) else { return Vec::new() };
        let mut best: Vec<(&PreparedNeed, PairScore)> = Vec::new();
        for need in self.needs.values() {
            let question = self.question(need);
            if let Ok(score) = question.score(self.index.offer(slot)) {
                best.push((need, score));
            }
        }
        best.sort_by(|a, b| b.1.total.total_cmp(&a.1.total).then_with(|| tie(&a.0.need.id, &b.0.need.id)));
        best.truncate(top);
        best.into_iter().map(|(need, score)| self.explain(need, slot, &score)).collect()
    }

    /// Why an offer is not (or not higher) among the suggestions for a need; `None` when one of them is not stored.
    #[must_use]
    pub fn why_not(&self, need: &str, offer: &str) -> Option<WhyNot> {
        let need = self.needs.get(need)?;
        let slot = self.index.slot(offer)?;
        Some(why_not::find(&self.question(need), &self.index, slot))
    }

    fn best_offers(&self, need: &PreparedNeed, top: usize) -> Vec<Suggestion> {
        let question = self.question(need);
        let best = self.index.best(&question, top);
        best.into_iter().map(|(slot, score)| self.explain(need, slot, &score)).collect()
    }

    fn question<'m>(&'m self, need: &'m PreparedNeed) -> Question<'m> {
        let taxonomy = self.reader.knowledge().taxonomy();
        Question::new(need, (&self.index, &self.nearness, taxonomy), &self.weights)
    }

    fn explain(&self, need: &PreparedNeed, slot: usize, score: &PairScore) -> Suggestion {
        let offer = self.index.offer(slot);
        Suggestion {
            need: need.need.id.clone(),
            offer: offer.offer.id.clone(),
            score: Score::clamped(score.total),
            parts: score.parts(),
            reasons: reasons::find(self.reader.knowledge(), &self.nearness, (need, offer), score),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_domain::position::Position;
    use proptest::prelude::*;

    const PIECES: [&str; 16] = [
        "Rechtsanwalt berät",
        "Wände streichen",
        "Laptops",
        "Website gestalten",
        "Vortrag",
        "Bücher vorlesen",
        "Seminarraum",
        "Kuchen",
        "Transporter",
        "Yoga",
        "Freikarten",
        "Praktikum",
        "Garten",
        "Flyer drucken",
        "Vereinsfest",
        "Näharbeiten",
    ];

    fn text() -> impl Strategy<Value = String> {
        proptest::collection::vec(0..PIECES.len(), 0..4)
            .prop_map(|picked| picked.into_iter().map(|at| PIECES[at]).collect::<Vec<_>>().join(", "))
    }

    fn position() -> impl Strategy<Value = Option<Position>> {
        proptest::option::of(
            (52.48..52.50f64, 13.40..13.43f64)
                .prop_map(|(lat, lon)| Position::new(lat, lon).expect("in range")),
        )
    }

    fn offers() -> impl Strategy<Value = Vec<Offer>> {
        let branches =
            proptest::option::of(proptest::sample::select(vec!["lawyer", "painter", "cafe", "bank"]));
        let one = (text(), position(), branches, proptest::option::of(0..3_u32));
        proptest::collection::vec(one, 0..40).prop_map(|all| {
            let numbered = all.into_iter().enumerate();
            numbered
                .map(|(number, (text, position, branch, capacity))| Offer {
                    id: format!("offer {number}"),
                    text,
                    position,
                    capacity,
                    branch: branch.map(|branch| branch.parse().expect("a branch of the catalogue")),
                    ..Offer::default()
                })
                .collect()
        })
    }

    fn need() -> impl Strategy<Value = Need> {
        (text(), position(), proptest::option::of(200..4_000_u32)).prop_map(|(text, position, radius_m)| {
            Need { id: "need".into(), text, position, radius_m, ..Need::default() }
        })
    }

    fn market(offers: &[Offer]) -> Market {
        let mut market = Market::new(Knowledge::built_in(), Weights::default());
        offers.iter().for_each(|offer| market.put_offer(offer.clone()));
        market
    }

    fn full_scan(market: &Market, need: &Need, top: usize) -> Vec<(String, f64)> {
        let mut reader = Reader::new(Knowledge::built_in());
        let prepared = PreparedNeed::new(&mut reader, need.clone());
        let question = market.question(&prepared);
        let mut all: Vec<(String, f64)> = market
            .index
            .all()
            .filter_map(|(_, offer)| {
                question.score(offer).ok().map(|score| (offer.offer.id.clone(), score.total))
            })
            .collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| tie(&a.0, &b.0)));
        all.truncate(top);
        all
    }

    fn ranked(found: &[Suggestion]) -> Vec<(String, f64)> {
        found.iter().map(|one| (one.offer.clone(), one.score.value())).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn the_best_equal_a_full_scan(offers in offers(), need in need(), top in 0..45_usize) {
            let market = market(&offers);
            prop_assert_eq!(ranked(&market.offers_for_text(&need, top)), full_scan(&market, &need, top));
        }

        #[test]
        fn order_and_history_change_nothing(offers in offers(), need in need()) {
            let fresh = market(&offers);
            let mut turned = offers.clone();
            turned.reverse();
            let mut lived = market(&turned);
            for offer in &offers {
                lived.put_offer(Offer { id: offer.id.clone(), text: "Yoga und Zirkus".into(), ..Offer::default() });
            }
            lived.put_offer(Offer { id: "gone".into(), text: "Laptops".into(), ..Offer::default() });
            lived.remove_offer("gone");
            offers.iter().for_each(|offer| lived.put_offer(offer.clone()));
            prop_assert_eq!(fresh.offers_for_text(&need, 50), lived.offers_for_text(&need, 50));
        }

        #[test]
        fn scores_and_parts_are_bounded(offers in offers(), need in need()) {
            for one in market(&offers).offers_for_text(&need, 50) {
                prop_assert!((0.0..=1.0).contains(&one.score.value()));
                prop_assert!(one.score.value() > 0.0);
                prop_assert!(!one.reasons.is_empty(), "{:?}", one);
            }
        }

        #[test]
        fn nearer_is_never_worse(text in text(), near in 0.0..0.01f64, farther in 0.0..0.01f64) {
            let at = |lat: f64| Position::new(52.48 + lat, 13.4).ok();
            let need = Need { id: "need".into(), text: text.clone(), position: at(0.0), ..Need::default() };
            let offer = |id: &str, lat: f64| Offer { id: id.into(), text: text.clone(), position: at(lat), ..Offer::default() };
            let found = market(&[offer("near", near), offer("far", near + farther)]).offers_for_text(&need, 2);
            let score = |id: &str| found.iter().find(|one| one.offer == id).map(|one| one.score.value());
            prop_assert!(score("near") >= score("far"));
        }

        #[test]
        fn both_directions_tell_the_same_score(offers in offers(), need in need()) {
            let mut market = market(&offers);
            market.put_need(need);
            for one in market.offers_for("need", 50) {
                let back = market.needs_for(&one.offer, 1);
                prop_assert_eq!(&back[0], &one);
            }
        }
    }

    #[test]
    fn a_kind_in_common_is_named_with_the_words_of_both() {
        let offers =
            [Offer { id: "a".into(), text: "Erstberatung beim Rechtsanwalt".into(), ..Offer::default() }];
        let need = Need { id: "n".into(), text: "Wir haben juristische Fragen".into(), ..Need::default() };
        let found = market(&offers).offers_for_text(&need, 3);
        assert!(
            matches!(&found[0].reasons[0], Reason::SameKind { need_words, offer_words, .. }
                if need_words.contains(&"juristische".to_owned()) && offer_words.contains(&"Rechtsanwalt".to_owned())),
            "{found:?}"
        );
    }

    #[test]
    fn hard_limits_exclude_and_say_so() {
        let at = |lat: f64| Position::new(lat, 13.4).ok();
        let far =
            Offer { id: "far".into(), text: "Rechtsanwalt".into(), position: at(52.6), ..Offer::default() };
        let used =
            Offer { id: "used".into(), text: "Rechtsanwalt".into(), capacity: Some(0), ..Offer::default() };
        let alien = Offer { id: "alien".into(), text: "Zirkus".into(), ..Offer::default() };
        let mut market = market(&[far, used, alien]);
        let text = "Rechtsanwalt gesucht".to_owned();
        market.put_need(Need {
            id: "n".into(),
            text,
            position: at(52.5),
            radius_m: Some(1_000),
            ..Need::default()
        });
        use kiez_domain::suggestion::Obstacle;
        let obstacle =
            |offer: &str| market.why_not("n", offer).and_then(|why| why.obstacles.first().cloned());
        assert!(matches!(obstacle("far"), Some(Obstacle::TooFar { limit: 1_000, .. })));
        assert_eq!(obstacle("used"), Some(Obstacle::NoCapacity));
        assert_eq!(obstacle("alien"), Some(Obstacle::NothingInCommon));
        assert!(market.offers_for("n", 5).is_empty());
        assert_eq!(market.why_not("n", "nobody"), None);
    }

    #[test]
    fn empty_and_endless_texts_are_borne() {
        let long = "Rechtsanwalt für alles und jeden ".repeat(700);
        let market = market(&[
            Offer { id: "empty".into(), ..Offer::default() },
            Offer { id: "long".into(), text: long.clone(), ..Offer::default() },
        ]);
        assert!(market.offers_for_text(&Need::default(), 5).is_empty());
        let need = Need { id: "n".into(), text: long, ..Need::default() };
        assert_eq!(market.offers_for_text(&need, 5).len(), 1);
    }
}
