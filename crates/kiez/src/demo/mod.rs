//! `kiez demo`: a made-up Kiez in a throw-away folder, served at once.

mod browser;
mod calendar;
mod fill;
mod folder;
mod past;
mod story;
mod survey;
mod teller;

use crate::cli::args::DemoArgs;
use crate::failure::{Ended, Failure, Outcome};
use crate::output::{Format, Output};
use crate::{house, lock, serve};
use fill::Tokens;
use jiff::civil::Date;
use kiez_domain::period::parse_date;
use kiez_gateways::clock::Clock;
use kiez_gateways::random::Random;
use kiez_store::db::Db;
use kiez_web::{Metrics, MetricsAccess, WebState};
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
    let ctx = house::context(db, Clock::going_on_from(morning), Random::Real);
    let metrics = Metrics::new(MetricsAccess::ThisMachine);
    serve::until_stopped(listener, WebState { ctx, demo: true, secure: false, metrics }).await?;
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
mod tests {
    use super::*;
    use kiez_domain::actor::Stage;
    use kiez_domain::branch::Side;
    use kiez_domain::premises::Use;
    use kiez_store::actor::ActorFilter;
    use kiez_store::page::Page;
    use std::collections::BTreeSet;

    #[test]
    fn a_day_that_is_none_is_wrong_usage() {
        assert_eq!(day_of(Some("2026-03-02")).expect("a day").to_string(), "2026-03-02");
        assert_eq!(day_of(Some("morgen")).expect_err("no day").status(), 2);
    }

    #[tokio::test]
    async fn the_same_day_gives_the_same_bytes() {
        let mut dumps = Vec::new();
        for _ in 0..2 {
            let folder = folder::Throwaway::make().expect("a folder");
            let today = day_of(Some("2026-03-02")).expect("a day");
            let (db, _) = filled(folder.path(), today).await.expect("filled");
            let ctx = house::context(db, Clock::Real, Random::Real);
            let mut dump = Vec::new();
            kiez_app::house::dump(&ctx, &house::operator(), &mut dump).await.expect("dumped");
            dumps.push(dump);
        }
        assert!(dumps[0].len() > 1_000_000, "the demo Kiez is empty");
        assert!(dumps[0] == dumps[1], "two fillings of one day differ");
    }

    #[tokio::test]
    async fn today_everything_stands_as_the_story_tells_it() {
        let folder = folder::Throwaway::make().expect("a folder");
        let today = day_of(Some("2026-03-02")).expect("a day");
        let (db, _) = filled(folder.path(), today).await.expect("filled");
        let mut conn = db.read().await.expect("a connection");
        let projects = kiez_store::project::list(&mut conn).await.expect("listed");
        assert_eq!(projects.len(), 2);
        let project =
            projects.iter().find(|project| project.data.slug.as_str() == "seilerkiez").expect("told").id;

        let count = async |filter: ActorFilter| {
            let mut conn = db.read().await.expect("a connection");
            let page = Page::first(1);
            kiez_store::actor::list(&mut conn, project, &filter, &page).await.expect("listed").total
        };
        let of_stage = |stage| ActorFilter { stage: Some(stage), ..ActorFilter::default() };
        assert_eq!(count(of_stage(Stage::Participating)).await, 31);
        let institutions = ActorFilter { side: Some(Side::Institution), ..ActorFilter::default() };
        assert_eq!(count(institutions).await, 18);
        let gone = count(of_stage(Stage::Gone)).await;
        assert_eq!(count(ActorFilter::default()).await - gone, 585, "everybody who was there to be visited");

        let uses = kiez_store::premises::counts_by_use(&mut conn, project).await.expect("counted");
        let used =
            |wanted: Use| uses.iter().find(|(used_as, _)| *used_as == wanted).map_or(0, |(_, count)| *count);
        assert_eq!((used(Use::Dwelling), used(Use::Vacant), used(Use::Social)), (319, 86, 88));
        assert_eq!(uses.iter().map(|(_, count)| count).sum::<u64>(), 990);
        let units = kiez_store::premises::known(&mut conn, project).await.expect("listed");
        assert!(units.iter().all(|unit| unit.quarter.is_some()), "a door outside of every quarter");
        let behind: BTreeSet<String> =
            units.iter().filter_map(|unit| unit.actor).map(|id| id.to_string()).collect();
        assert_eq!(behind.len(), 585, "everybody is behind one door");
    }
}
