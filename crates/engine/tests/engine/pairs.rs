//! Pairs of our own found again, nothing said where nothing fits.

use kiez_engine::{Knowledge, Market, Need, Offer, Suggestion, Weights};
use std::collections::BTreeMap;

const PAIRS: &str = include_str!("../../../../data/quality/own_pairs.tsv");

struct Row<'file> {
    id: &'file str,
    text: &'file str,
    actor: &'file str,
    pair: &'file str,
}

fn rows(kind: &str) -> Vec<Row<'static>> {
    let fields = PAIRS.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let wanted = fields.filter(|fields| fields[1] == kind);
    wanted.map(|fields| Row { id: fields[0], text: fields[2], actor: fields[3], pair: fields[4] }).collect()
}

fn market() -> Market {
    let mut market = Market::new(Knowledge::built_in(), Weights::default());
    for row in rows("offer") {
        let (id, text) = (row.id.to_owned(), row.text.to_owned());
        market.put_offer(Offer { id, text, actor: Some(row.actor.to_owned()), ..Offer::default() });
    }
    market
}

fn suggestions(market: &Market, text: &str, top: usize) -> Vec<Suggestion> {
    market.offers_for_text(&Need { id: "need".to_owned(), text: text.to_owned(), ..Need::default() }, top)
}

#[test]
fn pairs_of_our_own_are_found_among_the_first_ten() {
    let market = market();
    let partners: BTreeMap<&str, &str> = rows("offer").into_iter().map(|row| (row.pair, row.id)).collect();
    let (mut found, mut asked, mut missed) = (0_usize, 0_usize, Vec::new());
    for need in rows("need").into_iter().filter(|need| !need.pair.is_empty()) {
        asked += 1;
        if suggestions(&market, need.text, 10).iter().any(|one| one.offer == partners[need.pair]) {
            found += 1;
        } else {
            missed.push(need.text);
        }
    }
    assert!(asked >= 60, "only {asked} pairs");
    // The bar is below what was measured (0.91), so that widening the vocabulary stays free; a fault costs far more.
    assert!(found * 100 >= asked * 80, "{found} of {asked}; missed: {missed:#?}");
}

#[test]
fn where_nothing_fits_suggestions_stay_weak() {
    let market = market();
    let unfit: Vec<Row<'_>> = rows("need").into_iter().filter(|need| need.pair.is_empty()).collect();
    assert!(unfit.len() >= 20);
    let bold: Vec<&str> = unfit
        .iter()
        .filter(|need| {
            suggestions(&market, need.text, 1).first().is_some_and(|best| best.score.value() >= 0.5)
        })
        .map(|need| need.text)
        .collect();
    assert!(bold.len() * 100 <= unfit.len() * 30, "confident about {bold:?}");
}

#[test]
fn nonsense_gets_no_confident_suggestion() {
    let market = market();
    for text in [
        "",
        "   ",
        "Lorem ipsum dolor sit amet",
        "xkcd qwertz asdf",
        "!!! ??? 12345",
        "Wir suchen Hilfe für unsere Gruppe",
    ] {
        let best = suggestions(&market, text, 1);
        assert!(best.first().is_none_or(|best| best.score.value() < 0.35), "{text:?}: {best:?}");
    }
}

#[test]
fn a_short_offer_is_understood_by_who_gives_it() {
    let mut market = Market::new(Knowledge::built_in(), Weights::default());
    for actor in ["Malerbetrieb", "Bäckerei", "Rechtsanwältin"] {
        let (id, text) = (actor.to_owned(), "Wir helfen gern mit".to_owned());
        market.put_offer(Offer { id, text, actor: Some(actor.to_owned()), ..Offer::default() });
    }
    assert_eq!(
        suggestions(&market, "Die Wände im Flur müssen gestrichen werden", 3)[0].offer,
        "Malerbetrieb"
    );
    assert_eq!(suggestions(&market, "Kuchen für das Sommerfest", 3)[0].offer, "Bäckerei");
    assert_eq!(suggestions(&market, "Wir haben Fragen zu einem Vertrag", 3)[0].offer, "Rechtsanwältin");
}

#[test]
fn english_needs_meet_german_offers_by_their_kind() {
    let market = market();
    let best = suggestions(&market, "We are looking for a lawyer to answer legal questions", 3);
    assert!(best.iter().any(|one| one.offer == "o12"), "{best:?}");
}
