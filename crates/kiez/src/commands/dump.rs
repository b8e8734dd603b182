//! `kiez dump --canonical`: everything, sorted and typed.

use crate::config::Config;
use crate::failure::{Ended, Failure, Outcome};
use crate::house;
use crate::output::{Format, Output};

/// Writes everything to standard output.
pub(crate) async fn run(config: &Config, output: &mut Output) -> Ended {
    if output.asked().is_some_and(|format| format != Format::Jsonl) {
        return Err(Failure::usage("a dump has one form, lines of JSON (jsonl): leave --format out"));
    }
    let ctx = house::open(config).await?;
    kiez_app::house::dump(&ctx, &house::operator(), &mut output.writer()).await?;
    Ok(Outcome::Done)
}
