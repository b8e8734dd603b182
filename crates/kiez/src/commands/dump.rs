//! `kiez dump --canonical`: everything, sorted and typed.

use crate::config::Config;
use crate::failure::{Ended, Outcome};
use crate::house;
use crate::output::Output;

/// Writes everything to standard output.
pub(crate) async fn run(config: &Config, output: &mut Output) -> Ended {
    let ctx = house::open(config).await?;
    kiez_app::house::dump(&ctx, &house::operator(), &mut output.writer()).await?;
    Ok(Outcome::Done)
}
