//! Measures suggestions against known pairs and prints figures only.
//!
//! `quality FILE.tsv [text=0.5 …]` (a weight of the score and its value): columns `id, kind (need|offer), text_de, org_type, pair_id, category`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a measuring tool speaks to the terminal")]

use kiez_engine::{Knowledge, Market, Need, Offer, Weights};
use std::collections::BTreeMap;
use std::process::ExitCode;

struct Row {
    id: String,
    is_need: bool,
    text: String,
    actor: String,
    pair: String,
    category: String,
}

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("name a file of pairs");
        return ExitCode::from(2);
    };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(fault) => {
            eprintln!("{path}: {fault}");
            return ExitCode::FAILURE;
        }
    };
    let rows = rows(&text);
    let mut market = Market::new(Knowledge::built_in(), weights(std::env::args().skip(2)));
    for row in rows.iter().filter(|row| !row.is_need) {
        let actor = Some(row.actor.clone()).filter(|actor| !actor.is_empty());
        market.put_offer(Offer { id: row.id.clone(), text: row.text.clone(), actor, ..Offer::default() });
    }
    measure(&market, &rows);
    ExitCode::SUCCESS
}

fn weights(changes: impl Iterator<Item = String>) -> Weights {
    let mut weights = Weights::default();
    for change in changes {
        let (name, value) = change.split_once('=').unwrap_or((&change, ""));
        let field = match name {
            "resource" => &mut weights.resource,
            "text" => &mut weights.text,
            "leaning" => &mut weights.leaning,
            "branch" => &mut weights.branch,
            "branch_alone" => &mut weights.branch_alone,
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

fn rows(text: &str) -> Vec<Row> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| header.iter().position(|title| *title == name);
    let columns = ["id", "kind", "text_de", "org_type", "pair_id", "category"].map(column);
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [id, kind, text, actor, pair, category] = columns.map(|at| {
                at.and_then(|at| fields.get(at)).map_or_else(String::new, |field| (*field).to_owned())
            });
            Row { id, is_need: kind == "need", text, actor, pair, category }
        })
        .collect()
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
