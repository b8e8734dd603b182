//! `kiez jobs run --until-idle`: what the server's worker does, now.

use crate::config::Config;
use crate::failure::{Ended, Outcome};
use crate::house;
use crate::output::Output;

/// Works until nothing is left.
pub(crate) async fn run(config: &Config, output: &mut Output) -> Ended {
    let ctx = house::open(config).await?;
    kiez_app::house::seal_audit(&ctx).await?;
    output.say("the audit trail is sealed; no other work is queued in this version");
    Ok(Outcome::Done)
}
