//! Laws of the market: what must hold whatever is put in.

use super::index::Slot;
use super::*;
use crate::acquaintance::Circle;
use kiez_domain::language::LanguageTag;
use kiez_domain::position::Position;
use kiez_domain::suggestion::{Bond, Obstacle};
use kiez_domain::week_hours::WeekHours;
use proptest::prelude::*;
use std::collections::HashSet;

const PIECES: [&str; 20] = [
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
    "Ein Maler, der es zeigt",
    "Rechtsanwältin gesucht",
    "für Kinder",
    "mit Senioren",
];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(0..PIECES.len(), 0..4)
        .prop_map(|picked| picked.into_iter().map(|at| PIECES[at]).collect::<Vec<_>>().join(", "))
}

fn position() -> impl Strategy<Value = Option<Position>> {
    proptest::option::of(
        (52.48..52.50f64, 13.40..13.43f64).prop_map(|(lat, lon)| Position::new(lat, lon).expect("in range")),
    )
}

/// Names of which some tell a kind, some a branch, some nothing; chains and nameless givers among them.
const NAMES: [&str; 6] =
    ["Malerei Adler", "Rossmann", "Café", "Kanzlei Yıldız", "Zeta 3000", "EH m. Fahrrädern"];

fn offer() -> impl Strategy<Value = Offer> {
    let branches = proptest::option::of(proptest::sample::select(vec!["lawyer", "painter", "cafe", "bank"]));
    let name = proptest::option::of(proptest::sample::select(NAMES.to_vec()));
    let limits = (proptest::option::of(200..3_000_u32), times(), languages());
    let confirmed = proptest::collection::vec(proptest::sample::select(vec!["legal_advice", "talk"]), 0..2);
    // Half of the offers say nothing: what their giver could give is a guess.
    let text = prop_oneof![Just(String::new()), text()];
    (text, position(), branches, proptest::option::of(0..3_u32), (name, limits), confirmed).prop_map(
        |(text, position, branch, capacity, (name, (radius_m, times, languages)), confirmed)| Offer {
            text,
            position,
            capacity,
            radius_m,
            times,
            languages,
            actor: name.map(str::to_owned),
            branch: branch.map(|branch| branch.parse().expect("a branch of the catalogue")),
            confirmed_kinds: confirmed.into_iter().filter_map(|kind| kind.parse().ok()).collect(),
            ..Offer::default()
        },
    )
}

fn times() -> impl Strategy<Value = Option<WeekHours>> {
    let hours = proptest::collection::vec(0..24_usize, 1..6).prop_map(|hours| hours.into_iter().collect());
    proptest::option::weighted(0.3, hours)
}

fn languages() -> impl Strategy<Value = Vec<LanguageTag>> {
    let tag = proptest::sample::select(vec!["de", "tr", "ar"]);
    proptest::collection::vec(tag.prop_map(|tag| tag.parse().expect("a tag")), 0..2)
}

fn offers() -> impl Strategy<Value = Vec<Offer>> {
    proptest::collection::vec(offer(), 0..40).prop_map(|all| {
        let numbered = all.into_iter().enumerate();
        numbered.map(|(number, offer)| Offer { id: format!("offer {number}"), ..offer }).collect()
    })
}

fn need() -> impl Strategy<Value = Need> {
    let limits = (proptest::option::of(200..4_000_u32), times(), languages());
    (text(), position(), limits).prop_map(|(text, position, (radius_m, times, languages))| Need {
        id: "need".into(),
        text,
        position,
        radius_m,
        times,
        languages,
        ..Need::default()
    })
}

fn market(offers: &[Offer]) -> Market {
    let mut market = Market::new(Knowledge::built_in(), Weights::default());
    offers.iter().for_each(|offer| market.put_offer(offer.clone()));
    market
}

static COLLEAGUES: Bond = Bond::SameCarrier { carrier: String::new() };

/// Some offers are of three actors whom somebody who asks knows, others of somebody else or of nobody.
fn acquainted(offers: Vec<Offer>, known: &[u8]) -> Market {
    let of = |number: u8| (number < 4).then(|| format!("actor {number}"));
    let owned = offers.into_iter().zip(known).map(|(offer, number)| Offer { actor_id: of(*number), ..offer });
    let mut market = market(&owned.collect::<Vec<_>>());
    let circle = |bond: &Bond, members: &[&str]| Circle {
        bond: bond.clone(),
        members: members.iter().map(|member| (*member).to_owned()).collect(),
    };
    market.set_circles(Circles::new([
        circle(&COLLEAGUES, &["asks", "actor 1", "actor 2", "actor 0"]),
        circle(&Bond::SameHouse, &["asks", "actor 0"]),
        circle(&Bond::SameHouse, &["actor 3", "actor 2"]),
    ]));
    market
}

fn full_scan(market: &Market, need: &Need, top: usize) -> Vec<(String, f64)> {
    let mut reader = Reader::new(Knowledge::built_in());
    let prepared = PreparedNeed::new(&mut reader, need.clone());
    let question = market.question(&prepared);
    let index = &market.index;
    let scored = index.all().filter_map(|slot| Some((slot, question.score(slot).ok()?.total)));
    let mut all: Vec<(Slot, f64)> = scored.collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| tie(index.id(a.0), index.id(b.0))));
    let mut names = HashSet::new();
    all.retain(|(slot, _)| index.guessed(*slot).is_none_or(|name| names.insert(name)));
    all.truncate(top);
    all.into_iter().map(|(slot, score)| (index.id(slot).to_owned(), score)).collect()
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
    fn the_best_equal_a_full_scan_also_where_some_know_each_other(
        offers in offers(), need in need(), top in 0..45_usize, known in proptest::collection::vec(0..6_u8, 40),
    ) {
        let mut market = acquainted(offers, &known);
        let need = Need { actor_id: Some("asks".into()), ..need };
        let found = market.offers_for_text(&need, top);
        prop_assert_eq!(ranked(&found), full_scan(&market, &need, top));
        for one in &found {
            let bond = one.reasons.iter().find_map(|why| if let Reason::Acquainted { bond } = why { Some(bond) } else { None });
            let slot = market.index.slot(&one.offer).expect("it was found");
            let meant = (0..3).find(|actor| market.index.of_actor(&format!("actor {actor}")).contains(&slot));
            prop_assert_eq!(bond, meant.map(|actor| if actor == 0 { &Bond::SameHouse } else { &COLLEAGUES }));
        }
        // Whoever knows nobody has the same list, and nobody is better for being a stranger.
        let strangers = market.offers_for_text(&Need { actor_id: None, ..need.clone() }, 100);
        market.set_circles(Circles::default());
        prop_assert_eq!(&strangers, &market.offers_for_text(&need, 100));
        for one in &found {
            let before = strangers.iter().find(|other| other.offer == one.offer);
            prop_assert!(before.is_none_or(|before| before.score <= one.score));
        }
    }

    #[test]
    fn nobody_is_brought_together_with_itself(
        offers in offers(), need in need(), top in 0..45_usize, owned in proptest::collection::vec(0..3_u8, 40),
    ) {
        let of = |number: u8| (number < 2).then(|| ["asks", "gives"][usize::from(number)].to_owned());
        let offers: Vec<Offer> =
            offers.into_iter().zip(&owned).map(|(offer, number)| Offer { actor_id: of(*number), ..offer }).collect();
        let own: HashSet<&str> = offers
            .iter()
            .filter(|offer| offer.actor_id.as_deref() == Some("asks"))
            .map(|offer| offer.id.as_str())
            .collect();
        let mut market = market(&offers);
        let need = Need { actor_id: Some("asks".into()), ..need };
        let found = ranked(&market.offers_for_text(&need, top));
        prop_assert_eq!(&found, &full_scan(&market, &need, top));
        prop_assert!(found.iter().all(|(offer, _)| !own.contains(offer.as_str())));
        market.put_need(need);
        prop_assert!(market.edges(100, |_, _| true).iter().all(|edge| !own.contains(edge.offer)));
        for offer in own {
            prop_assert!(market.needs_for(offer, 5).is_empty());
            let why = market.why_not("need", offer).expect("both are stored");
            prop_assert_eq!(why.obstacles, [Obstacle::OwnOffer]);
        }
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
    fn what_is_suggested_keeps_every_hard_limit(offers in offers(), need in need()) {
        let by_id = |id: &str| offers.iter().find(|offer| offer.id == id).expect("an offer that was put in");
        for one in market(&offers).offers_for_text(&need, 50) {
            let offer = by_id(&one.offer);
            prop_assert_ne!(offer.capacity, Some(0));
            if let (Some(from), Some(to)) = (need.position, offer.position) {
                let within = |limit: Option<u32>| limit.is_none_or(|limit| from.walk_m(to) <= f64::from(limit));
                prop_assert!(within(need.radius_m) && within(offer.radius_m));
            }
            if let Some((one, other)) = need.times.zip(offer.times) {
                prop_assert!(!one.overlap(other).is_empty());
            }
            let understood = offer.languages.iter().any(|tag| need.languages.contains(tag));
            prop_assert!(understood || need.languages.is_empty() || offer.languages.is_empty());
        }
    }

    #[test]
    fn why_not_agrees_with_what_is_suggested(offers in offers(), need in need()) {
        let mut market = market(&offers);
        market.put_need(need);
        let found = market.offers_for("need", 100);
        for offer in &offers {
            let why = market.why_not("need", &offer.id).expect("both are there");
            match found.iter().position(|one| one.offer == offer.id) {
                Some(0) => prop_assert!(why.obstacles.is_empty()),
                Some(place) => {
                    let rank = u32::try_from(place + 1).expect("a small list");
                    prop_assert_eq!(why.obstacles, [Obstacle::Outranked { rank }]);
                }
                // Not in the list: excluded, or another of its name stands for it.
                None => prop_assert!(!why.obstacles.is_empty()),
            }
        }
    }

    #[test]
    fn nobody_of_a_name_is_lost_or_counted_twice(offers in offers(), need in need()) {
        let market = market(&offers);
        let mut reader = Reader::new(Knowledge::built_in());
        let prepared = PreparedNeed::new(&mut reader, need.clone());
        let question = market.question(&prepared);
        let possible = market.index.all().filter(|slot| question.score(*slot).is_ok()).count();
        let told: u32 = market.offers_for_text(&need, 100).iter().map(|one| 1 + one.same_name).sum();
        prop_assert_eq!(told as usize, possible);
    }

    #[test]
    fn a_need_that_is_put_again_or_taken_out_leaves_no_trace(offers in offers(), need in need(), other in text()) {
        let mut market = market(&offers);
        market.put_need(Need { text: other, ..need.clone() });
        market.put_need(need.clone());
        prop_assert_eq!(market.offers_for("need", 50), market.offers_for_text(&need, 50));
        market.remove_need("need");
        prop_assert!(market.offers_for("need", 50).is_empty());
        prop_assert!(offers.iter().all(|offer| market.needs_for(&offer.id, 5).is_empty()));
    }

    #[test]
    fn both_directions_tell_the_same_score(offers in offers(), need in need()) {
        let mut market = market(&offers);
        market.put_need(need);
        for one in market.offers_for("need", 50) {
            let back = market.needs_for(&one.offer, 1);
            // How many others have the name is told of a giver, not of a need.
            prop_assert_eq!(&back[0], &Suggestion { same_name: 0, ..one });
        }
    }
}

/// Halves of words that nobody has heard together.
const HALVES: [&str; 12] = [
    "Garten", "Holz", "Brot", "Kinder", "Farb", "Werk", "kisten", "kurse", "möbel", "hilfe", "wagen",
    "platten",
];
const KINDS_BY_HAND: [&str; 5] = ["legal_advice", "talk", "flyer", "garden_help", "furniture"];

/// Offers that all say something of their own, so near to each other that many count.
fn saying() -> impl Strategy<Value = Vec<Offer>> {
    let half = || 0..HALVES.len();
    let kind = proptest::option::of(proptest::sample::select(KINDS_BY_HAND.to_vec()));
    let refused = proptest::option::weighted(0.2, proptest::sample::select(KINDS_BY_HAND.to_vec()));
    let one =
        (offer(), half(), half(), kind, refused).prop_map(|(offer, first, second, kind, refused)| Offer {
            text: format!("{}, {}{}", offer.text, HALVES[first], HALVES[second]),
            kinds: kind.and_then(|kind| kind.parse().ok()).into_iter().collect(),
            refused_kinds: refused.and_then(|kind| kind.parse().ok()).into_iter().collect(),
            ..offer
        });
    proptest::collection::vec(one, 0..320).prop_map(|all| {
        let numbered = all.into_iter().enumerate();
        numbered.map(|(number, offer)| Offer { id: format!("offer {number}"), ..offer }).collect()
    })
}

fn weights() -> impl Strategy<Value = Weights> {
    let share = || 0.0..1.0f64;
    let speaking = (share(), share(), share(), share(), share());
    let bending = (0.0..1.5f64, share(), share(), share());
    let other = (speaking, bending, share()).prop_map(
        |(
            (resource, text, leaning, branch, branch_alone),
            (distance, time, language, thrift),
            unanswered,
        )| Weights {
            resource,
            text,
            leaning,
            branch,
            branch_alone,
            trade: unanswered,
            unanswered,
            distance,
            time,
            language,
            thrift,
            ..Weights::default()
        },
    );
    prop_oneof![Just(Weights::default()), other]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn among_hundreds_with_texts_of_their_own_the_best_equal_a_full_scan(
        offers in saying(), need in need(), words in proptest::collection::vec(0..HALVES.len(), 0..4), weights in weights(),
        kinds in proptest::sample::subsequence(KINDS_BY_HAND.to_vec(), 0..3), top in 1..45_usize, gone in any::<u64>(),
    ) {
        let mut market = Market::new(Knowledge::built_in(), weights);
        market.put_offers(offers.clone());
        let own = words.iter().map(|half| HALVES[*half]).collect::<String>();
        let kinds = kinds.into_iter().filter_map(|kind| kind.parse().ok()).collect();
        let need = Need { text: format!("{} {own}", need.text), kinds, ..need };
        prop_assert_eq!(ranked(&market.offers_for_text(&need, top)), full_scan(&market, &need, top));
        // Some go, some come back with the words of another.
        for (number, offer) in offers.iter().enumerate().filter(|(number, _)| gone >> (number % 64) & 1 == 1) {
            market.remove_offer(&offer.id);
            if number % 3 == 0 {
                let text = offers[(number * 7) % offers.len()].text.clone();
                market.put_offer(Offer { text, ..offer.clone() });
            }
        }
        prop_assert_eq!(ranked(&market.offers_for_text(&need, top)), full_scan(&market, &need, top));
    }

    #[test]
    fn nobody_has_more_that_speaks_for_it_than_its_card_promises(
        offers in saying(), need in need(), words in proptest::collection::vec(0..HALVES.len(), 0..4), weights in weights(),
        kinds in proptest::sample::subsequence(KINDS_BY_HAND.to_vec(), 0..3),
    ) {
        let mut market = Market::new(Knowledge::built_in(), weights);
        market.put_offers(offers);
        let own = words.iter().map(|half| HALVES[*half]).collect::<String>();
        let kinds = kinds.into_iter().filter_map(|kind| kind.parse().ok()).collect();
        let need = Need { text: format!("{} {own}", need.text), kinds, ..need };
        let mut reader = Reader::new(Knowledge::built_in());
        let prepared = PreparedNeed::new(&mut reader, need);
        let question = market.question(&prepared);
        market.index.all().for_each(|slot| {
            let branch = market.index.profile(slot).branch.as_ref().map(|branch| market.branches.find(branch));
            let branch = branch.flatten().map(|number| number as u16);
            lens::tests::examine(&question, market.index.profile(slot), branch);
        });
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
    let far = Offer { id: "far".into(), text: "Rechtsanwalt".into(), position: at(52.6), ..Offer::default() };
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
    let obstacle = |offer: &str| market.why_not("n", offer).and_then(|why| why.obstacles.first().cloned());
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

fn guess(id: &str, name: &str, branch: &str, lat: f64) -> Offer {
    Offer {
        id: id.into(),
        actor: Some(name.into()),
        branch: branch.parse().ok(),
        position: Position::new(lat, 13.4).ok(),
        ..Offer::default()
    }
}

fn advice_wanted() -> Need {
    let text = "Wir haben juristische Fragen".to_owned();
    Need { id: "n".into(), text, position: Position::new(52.5, 13.4).ok(), ..Need::default() }
}

#[test]
fn guesses_of_one_name_are_shown_once_by_the_nearest() {
    let found = market(&[
        guess("far", "Advo Recht", "lawyer", 52.52),
        guess("near", "ADVO Recht ", "lawyer", 52.501),
        guess("middle", "Advo Recht", "lawyer", 52.51),
        guess("other", "Yıldız", "lawyer", 52.505),
    ])
    .offers_for_text(&advice_wanted(), 10);
    let told: Vec<(&str, u32)> = found.iter().map(|one| (one.offer.as_str(), one.same_name)).collect();
    assert_eq!(told, [("near", 2), ("other", 0)]);
}

#[test]
fn only_those_of_the_name_that_can_be_asked_are_counted() {
    let chain = [("near", 52.501), ("middle", 52.503), ("beyond", 52.6)];
    let market = market(&chain.map(|(id, lat)| guess(id, "Advo Recht", "lawyer", lat)));
    let need = Need { radius_m: Some(2_000), ..advice_wanted() };
    let found = market.offers_for_text(&need, 10);
    assert_eq!((found.len(), found[0].same_name), (1, 1));
}

#[test]
fn one_name_in_two_branches_is_two_givers() {
    let found =
        market(&[guess("lawyer", "Adler", "lawyer", 52.501), guess("notary", "Adler", "notary", 52.502)])
            .offers_for_text(&advice_wanted(), 10);
    assert!(found.iter().all(|one| one.same_name == 0), "{found:?}");
    assert_eq!(found.len(), 2);
}

#[test]
fn whoever_confirmed_or_offered_something_is_never_hidden_behind_its_name() {
    let confirmed = Offer {
        confirmed_kinds: vec!["legal_advice".parse().expect("a kind")],
        ..guess("confirmed", "Advo Recht", "lawyer", 52.52)
    };
    let offered = Offer { text: "Erstberatung".into(), ..guess("offered", "Advo Recht", "lawyer", 52.52) };
    let found = market(&[confirmed, offered, guess("guess", "Advo Recht", "lawyer", 52.501)])
        .offers_for_text(&advice_wanted(), 10);
    let ids: HashSet<&str> = found.iter().map(|one| one.offer.as_str()).collect();
    assert_eq!(ids, HashSet::from(["confirmed", "offered", "guess"]));
}

#[test]
fn a_neighbour_goes_before_a_stranger_who_fits_as_well_and_says_why() {
    let offer = |id: &str, actor: &str| Offer {
        id: id.into(),
        text: "Erstberatung beim Rechtsanwalt".into(),
        actor_id: Some(actor.into()),
        ..Offer::default()
    };
    let mut market = market(&[offer("a", "stranger"), offer("b", "neighbour"), offer("c", "another")]);
    let members = vec!["kita".to_owned(), "neighbour".to_owned()];
    market.set_circles(Circles::new([Circle { bond: Bond::SameHouse, members }]));
    let need = Need { actor_id: Some("kita".into()), ..advice_wanted() };
    let found = market.offers_for_text(&need, 3);
    assert_eq!(found[0].offer, "b");
    assert!(
        found[0].score > found[1].score && found[0].score.value() - found[1].score.value() < 0.1,
        "{found:?}"
    );
    assert!(found[0].reasons.contains(&Reason::Acquainted { bond: Bond::SameHouse }));
    assert_eq!(found[0].parts.acquaintance, Some(Score::clamped(1.0)));
    assert_eq!(found[1].parts.acquaintance, None);
    // Knowing somebody does not make a fit out of nothing.
    let other = Need { text: "Zirkus".into(), ..need };
    assert!(market.offers_for_text(&other, 3).is_empty());
}

#[test]
fn the_way_and_the_kinds_of_what_is_stored_can_be_asked() {
    let far = guess("far", "Advo Recht", "lawyer", 52.51);
    let mut market = market(&[far, Offer { id: "placeless".into(), ..Offer::default() }]);
    market.put_need(advice_wanted());
    let way = market.walk_m("n", "far").expect("both have a place");
    assert!((1_400.0..1_500.0).contains(&way), "1,112 m as the crow flies: {way}");
    assert_eq!((market.walk_m("n", "placeless"), market.walk_m("nobody", "far")), (None, None));
    let legal = Knowledge::built_in().taxonomy().index(&"legal_advice".parse().expect("a kind"));
    assert!(market.kinds_of("n").any(|(kind, sure)| Some(kind) == legal && sure > 0.0));
    assert_eq!(market.kinds_of("nobody").count(), 0);
}

#[test]
fn a_giver_without_a_proper_name_stands_behind_named_ones() {
    let found = market(&[
        guess("nameless", "Anwaltskanzlei", "lawyer", 52.5),
        guess("named", "Kanzlei Yıldız", "lawyer", 52.52),
    ])
    .offers_for_text(&advice_wanted(), 10);
    let ids: Vec<&str> = found.iter().map(|one| one.offer.as_str()).collect();
    assert_eq!(ids, ["named", "nameless"], "{found:?}");
}
