//! `kiez rank`: the text part alone, as the run lines that evaluation programs read.

use super::{inputs, texts};
use crate::cli::args::RankArgs;
use crate::failure::{Ended, Outcome};
use crate::output::{Format, Output};
use kiez_engine::{Corpus, Knowledge};
use serde_json::json;

/// Ranks the corpus for every query.
pub(crate) fn run(args: &RankArgs, output: &mut Output) -> Ended {
    inputs::demand_one_standard_input([args.corpus.as_path(), &args.queries])?;
    let (corpus, refused_texts) = texts::read(&args.corpus, output)?;
    let (queries, refused_queries) = texts::read(&args.queries, output)?;
    let knowledge = Knowledge::built_in();
    let index = Corpus::new(knowledge, &corpus);
    let mut rows = Vec::new();
    for (query, text) in &queries {
        for (at, (document, score)) in index.rank(knowledge, text, args.top).into_iter().enumerate() {
            let rank = at + 1;
            match output.asked() {
                None => output.line(&format!("{query} Q0 {document} {rank} {score:.6} kiez"))?,
                Some(_) => {
                    rows.push(json!({ "query": query, "document": document, "rank": rank, "score": score }))
                }
            }
        }
    }
    if output.asked().is_some() {
        output.objects(&rows, Format::Jsonl)?;
    }
    Ok(Outcome::of_refused(refused_texts + refused_queries))
}
