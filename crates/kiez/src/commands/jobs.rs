//! `kiez jobs run --until-idle`: what the server's worker does, now.

use crate::config::Config;
use crate::failure::{Ended, Outcome};
use crate::house;
use crate::output::Output;
use kiez_app::message::delivery::deliver_due;
use kiez_web::Letters;

/// Works until nothing is due.
pub(crate) async fn run(config: &Config, output: &mut Output) -> Ended {
    let ctx = house::open(config).await?.sending_by(config.post(&config.base_url()?)?);
    let done = kiez_app::job::run_due(&ctx).await?;
    let mail = deliver_due(&ctx, &Letters).await?;
    kiez_app::house::seal_audit(&ctx).await?;
    output.say(&format!("{done} pieces of queued work were done"));
    output.say(&format!(
        "mail: {} sent, {} refused, {} to be tried again",
        mail.sent, mail.refused, mail.failed
    ));
    if mail.held {
        output.warn("mail is held: nothing was sent; `kiez mail release` lets it go");
    }
    output.say("the audit trail is sealed");
    Ok(Outcome::Done)
}
