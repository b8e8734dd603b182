//! `kiez rings`: who could help each other in turn, from links of a file.

use super::certificate;
use crate::cli::args::RingsArgs;
use crate::failure::{Ended, Outcome};
use crate::output::{Format, Output};
use kiez_domain::issue::{Expected, Problem};
use kiez_engine::rings::{self, Link, Rings};
use kiez_import::error::Reason;
use kiez_import::{rows, source};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Scores are weighed in whole ten-thousandths, so that sums are exact.
const TEN_THOUSANDTHS: f64 = 10_000.0;

/// Reads the links, finds the rings, and says whether the choice is proven.
pub(crate) fn run(args: &RingsArgs, output: &mut Output) -> Ended {
    let mut actors = Actors::default();
    let mut links = Vec::new();
    let file = source::load(&args.links)?;
    let refused = rows::each(&file, ["giver", "taker", "score"], |_, [giver, taker, score]| {
        let worth = parse_score(score).map_err(|problem| (2, problem.into()))?;
        let giver = actors.number(giver).map_err(|reason| (0, reason))?;
        let taker = actors.number(taker).map_err(|reason| (1, reason))?;
        links.push(Link { giver, taker, worth });
        Ok(())
    })?;
    refused.iter().for_each(|refusal| output.warn(&refusal.to_string()));
    let found = rings::find(&links);
    output.rows(
        &["ring", "link", "giver", "taker", "score"],
        &table(&found, &links, &actors),
        Format::Csv,
    )?;
    let told = told(&found, links.len(), actors.names.len());
    match &args.certificate {
        Some(path) => certificate::write(path, &told)?,
        None => output.say(&told.to_string()),
    }
    Ok(Outcome::of_refused(refused.len()))
}

fn table(found: &Rings, links: &[Link], actors: &Actors) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for (ring, number) in found.rings.iter().zip(1..) {
        for (place, at) in ring.links.iter().zip(1..) {
            let Link { giver, taker, worth } = links[*place];
            let names = [giver, taker].map(|actor| json!(actors.names[actor as usize]));
            let [giver, taker] = names;
            rows.push(vec![
                json!(number),
                json!(at),
                giver,
                taker,
                json!(f64::from(worth) / TEN_THOUSANDTHS),
            ]);
        }
    }
    rows
}

/// What the rings are worth together, what no choice exceeds, and whether that is proven for all rings there are.
fn told(found: &Rings, links: usize, actors: usize) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let shown = |worth: u64| worth as f64 / TEN_THOUSANDTHS;
    json!({
        "worth": shown(found.worth),
        "bound": shown(found.bound),
        "best": found.is_best(),
        "complete": found.complete,
        "rings": found.rings.len(),
        "found": found.found,
        "actors": actors,
        "links": links,
    })
}

/// Names of actors with their numbers.
#[derive(Default)]
struct Actors {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Actors {
    fn number(&mut self, name: &str) -> Result<u32, Reason> {
        if name.is_empty() {
            return Err(Problem::Missing.into());
        }
        if let Some(number) = self.numbers.get(name) {
            return Ok(*number);
        }
        let number = u32::try_from(self.names.len()).map_err(|_| Reason::from(Problem::Missing))?;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        Ok(number)
    }
}

/// A score from 0 to 1 in ten-thousandths; a decimal comma is fine.
fn parse_score(text: &str) -> Result<u32, Problem> {
    if text.is_empty() {
        return Err(Problem::Missing);
    }
    let score: f64 =
        text.replace(',', ".").parse().map_err(|_| Problem::unreadable(text, Expected::Number))?;
    if !(0.0..=1.0).contains(&score) {
        return Err(Problem::OutOfRange { given: text.to_owned(), least: "0".into(), most: "1".into() });
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it lies within 0 and 10,000"
    )]
    let worth = (score * TEN_THOUSANDTHS).round() as u32;
    Ok(worth)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_read_or_refused() {
        assert_eq!(
            (parse_score("0,5"), parse_score("1"), parse_score("0.00004")),
            (Ok(5_000), Ok(10_000), Ok(0))
        );
        assert_eq!(parse_score(""), Err(Problem::Missing));
        for wrong in ["much", "1.2", "-0.1", "NaN", "inf"] {
            assert!(parse_score(wrong).is_err(), "{wrong}");
        }
    }
}
