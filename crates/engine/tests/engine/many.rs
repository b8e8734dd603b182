//! Many needs and offers: changes leave no trace, shares of the work change nothing, and odd cases are borne.

use kiez_domain::position::Position;
use kiez_domain::suggestion::Score;
use kiez_engine::{Knowledge, Market, Need, Offer, Suggestion, Weights};
use proptest::prelude::*;
use std::collections::BTreeMap;

const TEXTS: [&str; 10] = [
    "",
    "Erstberatung beim Rechtsanwalt",
    "Wände streichen und tapezieren",
    "Seminarraum am Abend",
    "Gebrauchte Laptops",
    "Wir backen Kuchen für Feste",
    "Transporter mit Fahrer",
    "Free yoga lessons",
    "Nachhilfe in Mathematik",
    "Wer hilft beim Streichen und berät zu Verträgen?",
];
const ACTORS: [&str; 4] = ["Malerei Adler", "Café", "Kanzlei Yıldız", "Zeta 3000"];

fn market() -> Market {
    Market::new(Knowledge::built_in(), Weights::default())
}

fn place(east: u8) -> Option<Position> {
    // Some have no place; some share one.
    (east > 2).then(|| Position::new(52.49, 13.40 + f64::from(east % 16) * 0.004).ok()).flatten()
}

fn offer(id: u8, (text, actor, east, capacity): (usize, usize, u8, u32)) -> Offer {
    Offer {
        id: format!("offer {id}"),
        text: TEXTS[text].into(),
        actor: ACTORS.get(actor).map(|actor| (*actor).to_owned()),
        branch: ["lawyer", "painter", "cafe"].get(actor).and_then(|branch| branch.parse().ok()),
        position: place(east),
        capacity: Some(capacity),
        ..Offer::default()
    }
}

fn need(id: u8, (text, _, east, radius): (usize, usize, u8, u32)) -> Need {
    let radius_m = (radius > 0).then_some(radius * 700);
    Need {
        id: format!("need {id}"),
        text: TEXTS[text].into(),
        position: place(east),
        radius_m,
        ..Need::default()
    }
}

/// What happens: to whom, and what it is from then on; nothing when it is taken out.
#[derive(Debug, Clone)]
enum Step {
    Offer(u8, Option<(usize, usize, u8, u32)>),
    Need(u8, Option<(usize, usize, u8, u32)>),
}

fn step() -> impl Strategy<Value = Step> {
    let what = proptest::option::weighted(0.7, (0..TEXTS.len(), 0..6_usize, any::<u8>(), 0..3_u32));
    (any::<bool>(), 0..12_u8, what)
        .prop_map(|(offer, id, what)| if offer { Step::Offer(id, what) } else { Step::Need(id % 4, what) })
}

fn all_suggestions(market: &Market) -> Vec<Suggestion> {
    let needs = (0..4_u8).flat_map(|id| market.offers_for(&format!("need {id}"), 20));
    needs.chain((0..12_u8).flat_map(|id| market.needs_for(&format!("offer {id}"), 20))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_happened_the_market_is_the_one_of_today(steps in proptest::collection::vec(step(), 0..60)) {
        let mut lived = market();
        let (mut offers, mut needs) = (BTreeMap::new(), BTreeMap::new());
        for step in steps {
            match step {
                Step::Offer(id, Some(what)) => {
                    lived.put_offer(offer(id, what));
                    offers.insert(id, what);
                }
                Step::Offer(id, None) => {
                    lived.remove_offer(&format!("offer {id}"));
                    offers.remove(&id);
                }
                Step::Need(id, Some(what)) => {
                    lived.put_need(need(id, what));
                    needs.insert(id, what);
                }
                Step::Need(id, None) => {
                    lived.remove_need(&format!("need {id}"));
                    needs.remove(&id);
                }
            }
        }
        let mut fresh = market();
        offers.iter().for_each(|(id, what)| fresh.put_offer(offer(*id, *what)));
        needs.iter().for_each(|(id, what)| fresh.put_need(need(*id, *what)));
        prop_assert_eq!(lived.sizes(), fresh.sizes());
        prop_assert_eq!(all_suggestions(&lived), all_suggestions(&fresh));
        prop_assert_eq!(lived.edges(5, |_, _| true), fresh.edges(5, |_, _| true));
    }

    #[test]
    fn many_at_once_are_as_one_after_the_other(all in proptest::collection::vec((0..TEXTS.len(), 0..6_usize, any::<u8>(), 0..3_u32), 0..80)) {
        let numbered = || (0..=u8::MAX).zip(&all);
        let offers: Vec<Offer> = numbered().map(|(id, what)| offer(id, *what)).collect();
        let needs: Vec<Need> = numbered().map(|(id, what)| need(id, *what)).collect();
        let (mut one, mut many) = (market(), market());
        offers.iter().for_each(|offer| one.put_offer(offer.clone()));
        many.put_offers(offers);
        let alone: Vec<Vec<Suggestion>> = needs.iter().map(|need| one.offers_for_text(need, 4)).collect();
        prop_assert_eq!(many.offers_for_texts(needs, 4), alone);
    }

    #[test]
    fn edges_are_the_best_suggestions_as_numbers(all in proptest::collection::vec((0..TEXTS.len(), 0..6_usize, any::<u8>(), 0..3_u32), 0..40), top in 0..6_usize) {
        let mut market = market();
        (0..).zip(&all).for_each(|(id, what)| market.put_offer(offer(id, *what)));
        (0..9).zip(&all).for_each(|(id, what)| market.put_need(need(id, *what)));
        let edges = market.edges(top, |_, _| true);
        let found = (0..9_u8).flat_map(|id| market.offers_for(&format!("need {id}"), top));
        let expected: Vec<(String, String, Score)> =
            found.map(|one| (one.need, one.offer, one.score)).collect();
        prop_assert_eq!(edges.len(), expected.len());
        for (edge, (need, offer, score)) in edges.iter().zip(&expected) {
            prop_assert_eq!((edge.need, edge.offer, edge.score), (need.as_str(), offer.as_str(), *score));
        }
    }
}

#[test]
fn who_is_put_aside_makes_room_for_the_next() {
    let mut market = market();
    for id in ["a", "b", "c"] {
        market.put_offer(Offer { id: id.into(), text: TEXTS[1].into(), ..Offer::default() });
    }
    market.put_need(Need { id: "n".into(), text: "Rechtsanwalt gesucht".into(), ..Need::default() });
    let first = market.edges(1, |_, _| true)[0].offer.to_owned();
    let others = market.edges(2, |need, offer| need != "n" || offer != first);
    assert_eq!(others.len(), 2);
    assert!(others.iter().all(|edge| edge.offer != first));
}

#[test]
fn without_offers_or_without_needs_there_is_nothing() {
    let mut market = market();
    assert!(market.edges(10, |_, _| true).is_empty() && market.offers_for_texts(Vec::new(), 5).is_empty());
    market.put_need(need(1, (1, 0, 9, 0)));
    assert!(market.edges(10, |_, _| true).is_empty() && market.offers_for("need 1", 5).is_empty());
    let mut market = self::market();
    market.put_offers(vec![offer(1, (1, 0, 9, 1))]);
    assert!(market.edges(10, |_, _| true).is_empty() && market.needs_for("offer 1", 5).is_empty());
}

#[test]
fn thousands_of_needs_at_one_point_each_find_their_best() {
    let mut market = market();
    (0..40).for_each(|id| market.put_offer(offer(id, (1 + usize::from(id) % 9, 5, id, 1))));
    let one = Need { text: TEXTS[9].into(), position: place(8), ..Need::default() };
    (0..10_000).for_each(|id| market.put_need(Need { id: format!("{id:05}"), ..one.clone() }));
    let edges = market.edges(2, |_, _| true);
    assert_eq!(edges.len(), 20_000);
    let first: Vec<_> = edges[..2].iter().map(|edge| (edge.offer, edge.score)).collect();
    assert!(
        edges
            .chunks(2)
            .all(|pair| pair.iter().map(|edge| (edge.offer, edge.score)).eq(first.iter().copied()))
    );
}

#[test]
fn offers_that_are_equal_stand_in_an_order_of_their_own() {
    let (mut one, mut other) = (market(), market());
    let equal = |id: u32| Offer {
        id: format!("{id}"),
        text: TEXTS[1].into(),
        position: place(8),
        ..Offer::default()
    };
    (0..500).for_each(|id| one.put_offer(equal(id)));
    (0..500).rev().for_each(|id| other.put_offer(equal(id)));
    let need =
        Need { id: "n".into(), text: "Rechtsanwalt gesucht".into(), position: place(8), ..Need::default() };
    let found = one.offers_for_text(&need, 10);
    assert_eq!(found.len(), 10);
    assert_eq!(found, other.offers_for_text(&need, 10));
}

#[test]
fn nobody_without_capacity_is_put_forward_and_nobody_without_a_place_is_left_out() {
    let mut market = market();
    market.put_offer(offer(1, (1, 5, 8, 0)));
    market.put_offer(offer(2, (1, 5, 0, 1)));
    let need = Need {
        text: "Rechtsanwalt gesucht".into(),
        position: place(8),
        radius_m: Some(500),
        ..Need::default()
    };
    let found = market.offers_for_text(&need, 5);
    assert_eq!(found.iter().map(|one| one.offer.as_str()).collect::<Vec<_>>(), ["offer 2"]);
    // A need without a place reaches everybody.
    market.put_offer(offer(3, (1, 5, 8, 1)));
    assert_eq!(market.offers_for_text(&Need { position: None, ..need }, 5).len(), 2);
}

#[test]
fn a_giver_goes_no_farther_than_it_says() {
    let mut market = market();
    let at = |id: u8, radius_m| Offer { radius_m, ..offer(id, (1, 5, 8, 1)) };
    market.put_offer(at(1, Some(400)));
    market.put_offer(at(2, Some(4_000)));
    market.put_need(Need {
        id: "n".into(),
        text: "Rechtsanwalt gesucht".into(),
        position: place(12),
        ..Need::default()
    });
    let found = market.offers_for("n", 5);
    assert_eq!(found.iter().map(|one| one.offer.as_str()).collect::<Vec<_>>(), ["offer 2"]);
    let why = market.why_not("n", "offer 1").expect("both are there");
    assert!(format!("{:?}", why.obstacles).contains("limit: 400"), "{why:?}");
}

#[test]
fn nonsense_and_endless_texts_lead_to_nothing_sure() {
    let mut market = market();
    (0..40).for_each(|id| market.put_offer(offer(id, (usize::from(id) % 10, usize::from(id) % 5, id, 1))));
    let endless = "Qwxy blorf znarg krmpf ".repeat(900);
    for text in ["Qwxy blorf znarg", "????", "lorem ipsum dolor", "asdf jklö qwertz", endless.as_str()] {
        let need = Need { id: "n".into(), text: text.into(), ..Need::default() };
        // Below 0.12 the pages show nothing.
        assert!(market.offers_for_text(&need, 5).iter().all(|one| one.score.value() < 0.12), "{text}");
    }
}
