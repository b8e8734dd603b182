//! What makes a pair easier or harder: way, hours, languages, capacity, effort. One part is changed at a time.

use kiez_domain::language::LanguageTag;
use kiez_domain::position::Position;
use kiez_domain::suggestion::{Obstacle, Reason};
use kiez_domain::week_hours::WeekHours;
use kiez_engine::{Knowledge, Market, Need, Offer, Suggestion, Weights};
use proptest::prelude::*;

fn need() -> Need {
    Need { id: "need".into(), text: "Rechtsanwalt gesucht".into(), ..Need::default() }
}

fn offer(id: &str) -> Offer {
    Offer { id: id.into(), text: "Erstberatung beim Rechtsanwalt".into(), ..Offer::default() }
}

fn market(offers: Vec<Offer>) -> Market {
    let mut market = Market::new(Knowledge::built_in(), Weights::default());
    offers.into_iter().for_each(|offer| market.put_offer(offer));
    market.put_need(need());
    market
}

fn one(need: &Need, offer: Offer) -> Option<Suggestion> {
    market(vec![offer]).offers_for_text(need, 1).pop()
}

fn score(need: &Need, offer: Offer) -> f64 {
    one(need, offer).map_or(0.0, |found| found.score.value())
}

/// The hours of a day of the week (0 is Monday) as a card says them, such as `Mo 09:00-12:00`.
fn hours(text: &str) -> Option<WeekHours> {
    Some(text.parse().expect("hours of a week"))
}

fn languages(tags: &[&str]) -> Vec<LanguageTag> {
    tags.iter().map(|tag| tag.parse().expect("a language")).collect()
}

fn at(metres_north: f64) -> Option<Position> {
    // One degree of latitude is 111.2 km.
    Position::new(52.49 + metres_north / 111_200.0, 13.42).ok()
}

#[test]
fn hours_in_common_are_counted_and_none_excludes() {
    let wanted = Need { times: hours("Mo 09:00-12:00"), ..need() };
    let found =
        one(&wanted, Offer { times: hours("Mo 10:00-14:00"), ..offer("o") }).expect("two hours in common");
    assert!(found.reasons.contains(&Reason::SharedHours { hours: 2 }), "{:?}", found.reasons);
    assert_eq!(one(&wanted, Offer { times: hours("Tu 09:00-12:00"), ..offer("o") }), None);
    // Whoever names no hours is not excluded.
    assert!(one(&wanted, offer("o")).is_some());
    assert!(one(&need(), Offer { times: hours("Tu 09:00-12:00"), ..offer("o") }).is_some());
}

#[test]
fn hours_that_only_touch_are_none_in_common() {
    let wanted = Need { times: hours("Mo 09:00-12:00"), ..need() };
    assert_eq!(one(&wanted, Offer { times: hours("Mo 12:00-14:00"), ..offer("o") }), None);
}

#[test]
fn more_hours_in_common_are_never_worse() {
    let wanted = Need { times: hours("Mo 08:00-18:00"), ..need() };
    let scores: Vec<f64> = ["Mo 08:00-09:00", "Mo 08:00-10:00", "Mo 08:00-12:00", "Mo 08:00-18:00"]
        .map(|text| score(&wanted, Offer { times: hours(text), ..offer("o") }))
        .to_vec();
    assert!(scores.windows(2).all(|pair| pair[0] <= pair[1]), "{scores:?}");
    assert!(scores[0] > 0.0);
}

#[test]
fn a_language_in_common_is_named_and_none_excludes() {
    let wanted = Need { languages: languages(&["ar", "tr"]), ..need() };
    let found =
        one(&wanted, Offer { languages: languages(&["de", "tr"]), ..offer("o") }).expect("both know Turkish");
    assert!(found.reasons.contains(&Reason::SharedLanguage { language: "tr".into() }), "{:?}", found.reasons);
    assert_eq!(one(&wanted, Offer { languages: languages(&["pl"]), ..offer("o") }), None);
    assert!(one(&wanted, offer("o")).is_some());
    // A variety of a language is the language.
    assert!(one(&wanted, Offer { languages: languages(&["ar-EG"]), ..offer("o") }).is_some());
}

#[test]
fn the_radius_is_kept_to_the_metre_it_says() {
    let wanted = |radius_m| Need { position: at(0.0), radius_m: Some(radius_m), ..need() };
    let there = Offer { position: at(1_000.0), ..offer("o") };
    let walk = at(0.0).zip(at(1_000.0)).map(|(from, to)| from.walk_m(to)).expect("two places");
    let (below, above) = (walk.floor() as u32, walk.ceil() as u32);
    assert_eq!(one(&wanted(below), there.clone()), None);
    assert!(one(&wanted(above), there.clone()).is_some());
    let mut market = market(vec![there]);
    market.put_need(wanted(below));
    let why = market.why_not("need", "o").expect("both are there");
    assert!(matches!(why.obstacles[..], [Obstacle::TooFar { limit, .. }] if limit == below), "{why:?}");
    assert_eq!(why.score, None);
}

#[test]
fn without_a_place_nobody_is_too_far() {
    let wanted = Need { radius_m: Some(100), ..need() };
    assert!(one(&wanted, Offer { position: at(9_000.0), ..offer("o") }).is_some());
    let placed = Need { position: at(0.0), radius_m: Some(100), ..need() };
    assert!(one(&placed, offer("o")).is_some());
}

#[test]
fn what_is_used_up_is_not_suggested() {
    assert_eq!(one(&need(), Offer { capacity: Some(0), ..offer("o") }), None);
    assert!(one(&need(), Offer { capacity: Some(1), ..offer("o") }).is_some());
    let market = market(vec![Offer { capacity: Some(0), ..offer("o") }]);
    let why = market.why_not("need", "o").expect("both are there");
    assert_eq!(why.obstacles, [Obstacle::NoCapacity]);
}

#[test]
fn the_nearer_of_two_equal_offers_stands_first() {
    let wanted = Need { position: at(0.0), ..need() };
    let far = Offer { position: at(2_000.0), ..offer("far") };
    let near = Offer { position: at(200.0), ..offer("near") };
    let found = market(vec![far, near]).offers_for_text(&wanted, 2);
    let ids: Vec<&str> = found.iter().map(|one| one.offer.as_str()).collect();
    assert_eq!(ids, ["near", "far"]);
}

#[test]
fn a_branch_that_nobody_asked_says_that_it_is_a_guess() {
    let guess = Offer {
        id: "o".into(),
        actor: Some("Zeta 3000".into()),
        branch: "lawyer".parse().ok(),
        ..Offer::default()
    };
    let found = one(&need(), guess).expect("a lawyer could help");
    let guessed =
        |why: &Reason| matches!(why, Reason::LikelyByBranch { branch, .. } if branch.as_str() == "lawyer");
    assert!(found.reasons.iter().any(guessed), "{:?}", found.reasons);
    assert!(
        found.score < one(&need(), offer("o")).expect("an offer").score,
        "a guess stands behind an offer"
    );
}

#[test]
fn what_was_confirmed_at_a_visit_goes_before_a_guess() {
    let guess = |id: &str| Offer {
        id: id.into(),
        actor: Some(format!("Kanzlei {id}")),
        branch: "lawyer".parse().ok(),
        ..Offer::default()
    };
    let kind = "legal_advice".parse().expect("a kind");
    let confirmed = Offer { confirmed_kinds: vec![kind], ..guess("confirmed") };
    let found = market(vec![guess("guess"), confirmed]).offers_for_text(&need(), 2);
    assert_eq!(found[0].offer, "confirmed");
    assert!(
        found[0].reasons.iter().any(|why| matches!(why, Reason::Confirmed { .. })),
        "{:?}",
        found[0].reasons
    );
}

#[test]
fn a_kind_set_by_hand_outweighs_the_words() {
    let kinds = vec!["cake".parse().expect("a kind")];
    let by_hand = Need { text: "Rechtsanwalt gesucht".into(), kinds, ..need() };
    let cake = Offer { id: "cake".into(), text: "Kuchen vom Vortag".into(), ..Offer::default() };
    let found = market(vec![offer("law"), cake]).offers_for_text(&by_hand, 2);
    assert_eq!(found[0].offer, "cake");
}

proptest! {
    #[test]
    fn less_effort_is_never_worse(effort in 0..600_u32, more in 0..600_u32) {
        let of = |minutes| score(&need(), Offer { effort_min: Some(minutes), ..offer("o") });
        prop_assert!(of(effort) >= of(effort + more));
    }

    #[test]
    fn more_worth_is_never_less_suggested(value in 0.1..20.0f64, more in 0.0..20.0f64) {
        let of = |value| score(&Need { value: Some(value), ..need() }, offer("o"));
        prop_assert!(of(value) <= of(value + more));
    }

    #[test]
    fn farther_is_never_better(way in 0.0..6_000.0f64, more in 0.0..6_000.0f64) {
        let wanted = Need { position: at(0.0), ..need() };
        let of = |way| score(&wanted, Offer { position: at(way), ..offer("o") });
        prop_assert!(of(way) >= of(way + more));
    }

    #[test]
    fn many_kinds_in_common_do_not_add_up_without_end(times in 1..40_usize) {
        let text = "Rechtsanwalt, Kuchen, Transporter, Yoga, Laptops, Website ".repeat(times);
        let wanted = Need { text: text.clone(), ..need() };
        let found = one(&wanted, Offer { text, ..offer("o") }).expect("the same words");
        prop_assert!(found.score.value() <= 1.0);
        prop_assert!(found.parts.resource.is_some_and(|part| part.value() <= 1.0));
    }

    #[test]
    fn strange_numbers_are_borne(value in proptest::num::f64::ANY, hours in proptest::num::f64::ANY, units in any::<u32>()) {
        let wanted = Need { value: Some(value), hours: Some(hours), units, ..need() };
        let found = score(&wanted, offer("o"));
        prop_assert!((0.0..=1.0).contains(&found), "{found}");
    }
}
