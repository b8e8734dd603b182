//! `kiez classify`: kinds of resource in texts, with the words that decided.

use super::texts;
use crate::cli::args::ClassifyArgs;
use crate::failure::{Ended, Failure, Outcome};
use crate::output::{Format, Output};
use kiez_engine::{KindFinding, Knowledge, TextSide, classify};
use serde_json::{Value, json};

/// Languages in which kinds have labels.
const LABEL_LANGUAGES: [&str; 4] = ["de", "en", "tr", "ar"];

/// Classifies every line.
pub(crate) fn run(args: &ClassifyArgs, output: &mut Output) -> Ended {
    let side = match args.side.as_str() {
        "need" => TextSide::Need,
        "offer" => TextSide::Offer,
        "either" => TextSide::Either,
        other => return Err(Failure::usage(format!("--side \"{other}\" is unknown: need, offer or either"))),
    };
    let (texts, refused) = texts::read(&args.file, output)?;
    if !LABEL_LANGUAGES.contains(&args.lang.as_str()) {
        let known = LABEL_LANGUAGES.join(", ");
        return Err(Failure::usage(format!("--lang \"{}\" is unknown: expected one of {known}", args.lang)));
    }
    let usual = output.format_or(Format::Jsonl);
    let (mut rows, mut objects) = (Vec::new(), Vec::new());
    for (id, text) in &texts {
        let kinds = classify(Knowledge::built_in(), text, side, args.top);
        if matches!(usual, Format::Json | Format::Jsonl) {
            let kinds: Vec<Value> = kinds.iter().map(|kind| described(kind, &args.lang)).collect();
            objects.push(json!({ "id": id, "kinds": kinds }));
        } else {
            rows.extend(kinds.iter().map(|kind| {
                let label = kiez_app::kind::label(&kind.kind, &args.lang);
                let words = kind.words.join(", ");
                vec![
                    json!(id),
                    json!(kind.kind.as_str()),
                    json!(label),
                    json!(rounded(kind.score)),
                    json!(words),
                ]
            }));
        }
    }
    if matches!(usual, Format::Json | Format::Jsonl) {
        output.objects(&objects, usual)?;
    } else {
        output.rows(&["id", "kind", "label", "score", "words"], &rows, usual)?;
    }
    Ok(Outcome::of_refused(refused))
}

fn described(found: &KindFinding, language: &str) -> Value {
    json!({
        "kind": found.kind.as_str(),
        "label": kiez_app::kind::label(&found.kind, language),
        "score": rounded(found.score),
        "words": found.words,
    })
}

/// Six decimals: enough to order by, and the same on every machine.
fn rounded(score: f64) -> f64 {
    (score * 1_000_000.0).round() / 1_000_000.0
}
