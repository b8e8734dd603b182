//! Suggestions against known pairs: figures only.

use crate::table::Table;
use kiez_engine::{Knowledge, Market, Need, Offer, Weights};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

struct Row {
    id: String,
    is_need: bool,
    text: String,
    actor: String,
    pair: String,
    category: String,
}

/// Prints R@1, R@10, MRR and category@1 of a file of pairs.
pub(crate) fn measure_file(path: &Path, weights: &[&str]) -> io::Result<()> {
    let rows = rows(&Table::read(path)?)?;
    let mut market = Market::new(Knowledge::built_in(), changed(weights));
    for row in rows.iter().filter(|row| !row.is_need) {
        let actor = Some(row.actor.clone()).filter(|actor| !actor.is_empty());
        market.put_offer(Offer { id: row.id.clone(), text: row.text.clone(), actor, ..Offer::default() });
    }
    measure(&market, &rows);
    Ok(())
}

pub(crate) fn changed(changes: &[&str]) -> Weights {
    let mut weights = Weights::default();
    for change in changes {
        let (name, value) = change.split_once('=').unwrap_or((change, ""));
        let field = match name {
            "half" | "trace" | "" => continue,
            "resource" => &mut weights.resource,
            "text" => &mut weights.text,
            "leaning" => &mut weights.leaning,
            "branch" => &mut weights.branch,
            "unanswered" => &mut weights.unanswered,
            "branch_alone" => &mut weights.branch_alone,
            "trade" => &mut weights.trade,
            "parent" => &mut weights.parent,
            "sibling" => &mut weights.sibling,
            "same_top" => &mut weights.same_top,
            "related" => &mut weights.related,
            _ => {
                eprintln!("there is no weight {name}");
                continue;
            }
        };
        match value.parse() {
            Ok(value) => *field = value,
            Err(_) => eprintln!("{value} is no number"),
        }
    }
    weights
}

fn rows(table: &Table) -> io::Result<Vec<Row>> {
    let columns = table.columns(["id", "kind", "text_de", "org_type", "pair_id", "category"], 6)?;
    let row = |[id, kind, text, actor, pair, category]: [String; 6]| Row {
        id,
        is_need: kind == "need",
        text,
        actor,
        pair,
        category,
    };
    Ok(columns.into_iter().map(row).collect())
}

fn measure(market: &Market, rows: &[Row]) {
    let offers: BTreeMap<&str, &Row> =
        rows.iter().filter(|row| !row.is_need).map(|row| (row.id.as_str(), row)).collect();
    let (mut pairs, mut first, mut tenth, mut reciprocal, mut category) = (0.0_f64, 0.0, 0.0, 0.0, 0.0);
    for row in rows.iter().filter(|row| row.is_need && !row.pair.is_empty()) {
        let partner = offers.values().find(|offer| offer.pair == row.pair);
        let Some(partner) = partner else { continue };
        let institution = Some(row.actor.clone()).filter(|actor| !actor.is_empty());
        let need = Need { id: row.id.clone(), text: row.text.clone(), institution, ..Need::default() };
        let found = market.offers_for_text(&need, offers.len());
        pairs += 1.0;
        if let Some(place) = found.iter().position(|suggestion| suggestion.offer == partner.id) {
            first += f64::from(u8::from(place == 0));
            tenth += f64::from(u8::from(place < 10));
            reciprocal += 1.0 / (place as f64 + 1.0);
        }
        let same = found.first().is_some_and(|best| offers[best.offer.as_str()].category == row.category);
        category += f64::from(u8::from(same));
    }
    let share = |count: f64| count / f64::max(pairs, 1.0);
    println!("pairs {pairs}  offers {}", offers.len());
    println!(
        "R@1 {:.3}  R@10 {:.3}  MRR {:.3}  category@1 {:.3}",
        share(first),
        share(tenth),
        share(reciprocal),
        share(category)
    );
}
