//! `kiez demo`: a made-up Kiez in a throw-away folder, served at once.

mod browser;
mod calendar;
mod fill;
mod folder;
mod lately;
mod past;
mod story;
mod survey;
mod teller;

use crate::cli::args::DemoArgs;
use crate::config::post;
use crate::failure::{Ended, Failure, Outcome};
use crate::output::{Format, Output};
use crate::{house, lock, serve};
use fill::Tokens;
use jiff::civil::Date;
use kiez_domain::period::parse_date;
use kiez_gateways::clock::Clock;
use kiez_gateways::random::Random;
use kiez_store::db::Db;
use kiez_web::{Metrics, MetricsAccess, Reach, WebState};
use serde_json::json;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

/// Fills a fresh folder and serves it until it is stopped; then the folder is gone.
pub(crate) async fn run(args: &DemoArgs, output: &mut Output) -> Ended {
    let today = day_of(args.today.as_deref())?;
    let morning = calendar::morning(today)?;
    // Before the filling: a port in use is known at once.
    let listener = serve::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, args.port))).await?;
    let folder = folder::Throwaway::make()?;
    let _lock = lock::take(folder.path())?;
    output.say("filling the demo Kiez …");
    let (db, tokens) = filled(folder.path(), today).await?;
    let url = format!("http://{}", listener.local_addr().map_err(Failure::from)?);
    greet(&url, &tokens, folder.path(), output)?;
    if !args.no_browser {
        browser::open(&format!("{url}/link/{}", tokens.coordinator));
    }
    let post = post::of_a_demo(folder.path(), &url).map_err(Failure::failed)?;
    let ctx = house::context(db, Clock::going_on_from(morning), Random::Real);
    let ctx = ctx.reached_at(&url).sending_by(post);
    let metrics = Metrics::new(MetricsAccess::ThisMachine);
    serve::until_stopped(
        serve::Door { listener, certificate: None },
        WebState { ctx, demo: true, secure: false, metrics, reach: Reach::at(&url) },
        serve::Work::default(),
    )
    .await?;
    Ok(Outcome::Done)
}

/// A database with the demo Kiez: the same day gives the same content, ids and links included.
async fn filled(folder: &Path, today: Date) -> Result<(Db, Tokens), Failure> {
    let db = house::open_file(folder).await?;
    db.migrate().await?;
    let morning = calendar::morning(today)?;
    let seed = u64::try_from(morning.0).unwrap_or(0);
    let ctx = house::context(db.clone(), Clock::standing(morning), Random::seeded(seed));
    let tokens = fill::fill(&ctx, today).await?;
    Ok((db, tokens))
}

/// The day asked for, else today.
fn day_of(day: Option<&str>) -> Result<Date, Failure> {
    let today = || Clock::Real.now().to_string().chars().take(10).collect::<String>();
    let day = day.map_or_else(today, str::to_owned);
    parse_date(&day).map_err(|problem| Failure::usage(format!("--today {problem}")))
}

fn greet(url: &str, tokens: &Tokens, folder: &Path, output: &mut Output) -> Result<(), Failure> {
    let link = |token: &str| format!("{url}/link/{token}");
    let (coordinator, institution, operator) =
        (link(&tokens.coordinator), link(&tokens.institution), link(&tokens.operator));
    if output.format_or(Format::Table) == Format::Table {
        output.line(&format!("The demo Kiez is served at {url}"))?;
        output.line("Each link signs in once:")?;
        output.line(&format!("  coordinator  {coordinator}"))?;
        output.line(&format!("  institution  {institution}"))?;
        output.line(&format!("  operator     {operator}"))?;
        output.say("Everything in it is made up and gone when you stop it with Ctrl+C.");
    } else {
        let links = json!({ "coordinator": coordinator, "institution": institution, "operator": operator });
        output.json_line(&json!({ "url": url, "links": links, "data": folder }))?;
    }
    output.flush()
}

#[cfg(test)]
mod tests;
