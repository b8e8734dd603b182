//! `kiez mail hold` and `kiez mail release`: whether this copy sends.

use crate::cli::backup_args::MailCommand;
use crate::config::Config;
use crate::failure::{Ended, Outcome};
use crate::house;
use crate::output::Output;

/// Holds or releases, and says how it stands then.
pub(crate) async fn run(command: MailCommand, config: &Config, output: &mut Output) -> Ended {
    let (ctx, operator) = (house::open(config).await?, house::operator());
    match command {
        MailCommand::Hold => {
            kiez_app::mail::hold(&ctx, &operator).await?;
        }
        MailCommand::Release => {
            if !kiez_app::mail::release(&ctx, &operator).await? {
                output.say("mail was not held");
            }
        }
    }
    let words = match kiez_app::mail::held(&ctx, &operator).await? {
        Some(hold) => format!("mail is held since {} ({})", hold.since, hold.reason),
        None => "mail goes out".to_owned(),
    };
    output.line(&words)?;
    Ok(Outcome::Done)
}
