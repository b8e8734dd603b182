//! `kiez demo`: a made-up Kiez in a throw-away folder, served at once.

mod browser;
mod fill;
mod folder;
mod story;

use crate::cli::args::DemoArgs;
use crate::failure::{Ended, Failure, Outcome};
use crate::output::{Format, Output};
use crate::{house, lock, serve};
use fill::Tokens;
use kiez_domain::instant::Instant;
use kiez_domain::period::parse_date;
use kiez_gateways::clock::Clock;
use kiez_gateways::random::Random;
use kiez_store::db::Db;
use kiez_web::WebState;
use serde_json::json;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

/// Fills a fresh folder and serves it until it is stopped; then the folder is gone.
pub(crate) async fn run(args: &DemoArgs, output: &mut Output) -> Ended {
    let morning = morning_of(args.today.as_deref())?;
    // Before the filling: a port in use is known at once.
    let listener = serve::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, args.port))).await?;
    let folder = folder::Throwaway::make()?;
    let _lock = lock::take(folder.path())?;
    output.say("filling the demo Kiez …");
    let (db, tokens) = filled(folder.path(), morning).await?;
    let url = format!("http://{}", listener.local_addr().map_err(Failure::from)?);
    greet(&url, &tokens, folder.path(), output)?;
    if !args.no_browser {
        browser::open(&format!("{url}/link/{}", tokens.coordinator));
    }
    let ctx = house::context(db, Clock::going_on_from(morning), Random::Real);
    serve::until_stopped(listener, WebState { ctx, demo: true, secure: false }).await?;
    Ok(Outcome::Done)
}

/// A database with the demo Kiez: the same day gives the same content, ids and links included.
async fn filled(folder: &Path, morning: Instant) -> Result<(Db, Tokens), Failure> {
    let db = house::open_file(folder).await?;
    db.migrate().await?;
    let seed = u64::try_from(morning.0).unwrap_or(0);
    let ctx = house::context(db.clone(), Clock::standing(morning), Random::seeded(seed));
    let tokens = fill::fill(&ctx).await?;
    Ok((db, tokens))
}

/// Nine o'clock in Berlin on the day asked for, else today.
fn morning_of(day: Option<&str>) -> Result<Instant, Failure> {
    let today = || Clock::Real.now().to_string().chars().take(10).collect::<String>();
    let day = day.map_or_else(today, str::to_owned);
    let date = parse_date(&day).map_err(|problem| Failure::usage(format!("--today {problem}")))?;
    let morning = date.at(9, 0, 0, 0).in_tz("Europe/Berlin");
    let morning = morning.map_err(|error| Failure::usage(format!("--today {day}: {error}")))?;
    Ok(Instant(morning.timestamp().as_millisecond()))
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
mod tests {
    use super::*;

    #[test]
    fn the_morning_is_nine_in_berlin() {
        let winter = morning_of(Some("2026-03-02")).expect("a day");
        assert_eq!(winter.to_string(), "2026-03-02T08:00:00Z");
        let summer = morning_of(Some("2026-07-01")).expect("a day");
        assert_eq!(summer.to_string(), "2026-07-01T07:00:00Z");
        assert_eq!(morning_of(Some("morgen")).expect_err("no day").status(), 2);
    }

    #[tokio::test]
    async fn the_same_day_gives_the_same_bytes() {
        let mut dumps = Vec::new();
        for _ in 0..2 {
            let folder = folder::Throwaway::make().expect("a folder");
            let morning = morning_of(Some("2026-03-02")).expect("a day");
            let (db, _) = filled(folder.path(), morning).await.expect("filled");
            let ctx = house::context(db, Clock::standing(morning), Random::Real);
            let mut dump = Vec::new();
            kiez_app::house::dump(&ctx, &house::operator(), &mut dump).await.expect("dumped");
            dumps.push(dump);
        }
        assert!(dumps[0].len() > 50_000, "the demo Kiez is empty");
        assert!(dumps[0] == dumps[1], "two fillings of one day differ");
    }
}
