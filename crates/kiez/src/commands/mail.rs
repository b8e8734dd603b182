//! `kiez mail hold`, `release` and `list`: whether this copy sends, and what it has sent.

use crate::cli::backup_args::MailCommand;
use crate::config::Config;
use crate::failure::{Ended, Failure, Outcome};
use crate::house;
use crate::output::{Format, Output};
use kiez_app::ctx::Ctx;
use kiez_app::mail;
use kiez_app::message::{self, Message, Of};
use kiez_app::page::Page;
use serde_json::{Value, json};

/// Holds, releases or lists.
pub(crate) async fn run(command: MailCommand, config: &Config, output: &mut Output) -> Ended {
    let ctx = house::open(config).await?;
    match command {
        MailCommand::List => return list(&ctx, output).await,
        MailCommand::Hold => mail::hold(&ctx, &house::operator()).await?,
        MailCommand::Release { old } => release(&ctx, old, output).await?,
    }
    let words = match mail::held(&ctx, &house::operator()).await? {
        Some(hold) => format!("mail is held since {} ({})", hold.since, hold.reason),
        None => "mail goes out".to_owned(),
    };
    output.line(&words)?;
    Ok(Outcome::Done)
}

/// What waited for days is named and stays, unless it was asked for.
async fn release(ctx: &Ctx, old: bool, output: &Output) -> Result<(), Failure> {
    let released = mail::release(ctx, &house::operator()).await?;
    if !released.waited {
        output.say("mail was not held");
    }
    if old {
        let count = mail::release_kept(ctx, &house::operator()).await?;
        output.say(&format!("{count} messages that had waited for days go out, too"));
    } else if released.kept > 0 {
        output.warn(&format!(
            "{} messages had waited for more than three days and stay held: look at them with `kiez mail list`; \
             `kiez mail release --old` lets them go",
            released.kept
        ));
    }
    Ok(())
}

async fn list(ctx: &Ctx, output: &mut Output) -> Ended {
    let mut rows: Vec<Vec<Value>> = Vec::new();
    let mut page = Page::first(Page::MOST);
    loop {
        let found = message::list(ctx, &house::operator(), Of::House, page).await?;
        rows.extend(found.rows.iter().map(row));
        match found.next {
            Some(next) => page.offset = next,
            None => break,
        }
    }
    let columns = ["id", "created", "to", "kind", "basis", "state", "reason", "attempts", "next"];
    output.rows(&columns, &rows, Format::Table)?;
    Ok(Outcome::Done)
}

fn row(message: &Message) -> Vec<Value> {
    let next = message.ended_at.is_none().then(|| message.due_at.to_string());
    vec![
        json!(message.id.to_string()),
        json!(message.created_at.to_string()),
        // Who is behind an address is the project's to know.
        json!(if message.name.is_empty() { "a contact of the project" } else { &message.name }),
        json!(message.ground.kind().name()),
        json!(message.ground.basis().name()),
        json!(message.state.name()),
        json!(message.reason),
        json!(message.attempts),
        json!(next),
    ]
}
