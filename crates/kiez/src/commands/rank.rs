//! `kiez rank`: the text part alone, as the run lines that evaluation programs read.

use super::texts;
use crate::cli::args::RankArgs;
use crate::failure::{Ended, Outcome};
use crate::output::Output;
use kiez_engine::{Corpus, Knowledge};

/// Ranks the corpus for every query.
pub(crate) fn run(args: &RankArgs, output: &mut Output) -> Ended {
    let (corpus, refused_texts) = texts::read(&args.corpus, output)?;
    let (queries, refused_queries) = texts::read(&args.queries, output)?;
    let knowledge = Knowledge::built_in();
    let index = Corpus::new(knowledge, &corpus);
    for (query, text) in &queries {
        for (at, (document, score)) in index.rank(knowledge, text, args.top).into_iter().enumerate() {
            output.line(&format!("{query} Q0 {document} {} {score:.6} kiez", at + 1))?;
        }
    }
    Ok(Outcome::of_refused(refused_texts + refused_queries))
}
