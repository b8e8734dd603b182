//! Shows what the engine sees in needs and offers of a file of pairs, for development on pairs of our own.
#![expect(clippy::print_stdout, reason = "a tool for the terminal")]

use kiez_engine::{Knowledge, Market, Need, Offer, TextSide, Weights, classify};
use std::collections::BTreeMap;

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_default();
    let text = std::fs::read_to_string(path)?;
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split('\t').collect()).collect();
    let mut market = Market::new(Knowledge::built_in(), Weights::default());
    let mut offers = BTreeMap::new();
    for row in rows.iter().filter(|row| row[1] == "offer") {
        market.put_offer(Offer {
            id: row[0].into(),
            text: row[2].into(),
            actor: Some(row[3].into()),
            ..Offer::default()
        });
        offers.insert(row[4], row);
    }
    for row in rows.iter().filter(|row| row[1] == "need") {
        let need = Need { id: row[0].into(), text: row[2].into(), ..Need::default() };
        let found = market.offers_for_text(&need, 100);
        let partner = offers.get(row[4]);
        let place = partner.and_then(|partner| found.iter().position(|one| one.offer == partner[0]));
        println!("{:?} {} -> {}", place.map(|place| place + 1), row[0], row[2]);
        println!("     {}", kinds(row[2], TextSide::Need));
        if let Some(partner) = partner {
            println!("     partner: {} ({}) {}", partner[2], partner[3], kinds(partner[2], TextSide::Offer));
        }
        for one in found.iter().take(2) {
            println!("     {:.2} {} {:?}", one.score.value(), one.offer, one.reasons.first());
        }
    }
    Ok(())
}

fn kinds(text: &str, side: TextSide) -> String {
    let found = classify(Knowledge::built_in(), text, side, 5);
    found
        .iter()
        .map(|one| format!("{} {:.2} {:?}", one.kind, one.score, one.words))
        .collect::<Vec<_>>()
        .join(" · ")
}
