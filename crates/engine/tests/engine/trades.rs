//! Who is wanted by trade, whom something is for, and what the name of a giver adds.

use kiez_domain::suggestion::Reason;
use kiez_engine::{Knowledge, Market, Need, Offer, Suggestion, Weights};

/// The first for a need among offers given as (text, actor); an offer's id is its actor.
fn first(need: &str, offers: &[(&str, &str)]) -> Suggestion {
    let mut market = Market::new(Knowledge::built_in(), Weights::default());
    for (text, actor) in offers {
        let (id, text, actor) = ((*actor).to_owned(), (*text).to_owned(), Some((*actor).to_owned()));
        market.put_offer(Offer { id, text, actor, ..Offer::default() });
    }
    let need = Need { id: "need".to_owned(), text: need.to_owned(), ..Need::default() };
    market.offers_for_text(&need, 1).into_iter().next().expect("something fits")
}

#[test]
fn whoever_is_wanted_by_trade_is_found_and_the_reason_names_it() {
    let found = first(
        "Eine Bäckerin, die von ihrem Beruf erzählt",
        &[
            ("Wir reden gern über unsere Arbeit", "Notariat Siegel"),
            ("Wir reden gern über unsere Arbeit", "Bäckerei Korn"),
        ],
    );
    assert_eq!(found.offer, "Bäckerei Korn");
    let named = |reason: &Reason| matches!(reason, Reason::TradeWanted { branch, word } if branch.as_str() == "bakery" && word == "Bäckerin");
    assert!(found.reasons.iter().any(named), "{:?}", found.reasons);
}

#[test]
fn what_a_giver_is_counts_with_what_it_says() {
    let text = "Eine ruhige Stunde für eure Gruppe";
    let found = first("Yoga", &[(text, "Turnverein Nord"), (text, "Yogastudio Atempause")]);
    assert_eq!(found.offer, "Yogastudio Atempause");
}

#[test]
fn warm_jackets_for_men_are_no_jackets_for_children() {
    let found = first(
        "Winterjacken für Männer",
        &[("Winterjacken für Kinder", "Laden Eins"), ("Winterjacken", "Laden Zwei")],
    );
    assert_eq!(found.offer, "Laden Zwei");
}
