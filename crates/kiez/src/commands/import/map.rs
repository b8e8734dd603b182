//! `kiez import osm`: one map makes businesses, institutions and addresses.

use super::TOLD;
use crate::cli::args::ImportArgs;
use crate::failure::Failure;
use crate::house;
use crate::output::Output;
use kiez_app::ctx::Ctx;
use kiez_app::import::map::{MapRequest, Part};
use kiez_app::import::report::ImportReport;
use kiez_domain::position::Position;
use kiez_import::osm::{Progress, Step};
use kiez_import::source::{self, Source};
use std::sync::Mutex;

/// Maps above this size tell how far they are; a quarter is read in the blink of an eye.
const LARGE: usize = 8 * 1024 * 1024;

/// Reads the maps and takes them in.
pub(super) async fn import(ctx: &Ctx, args: &ImportArgs, output: &Output) -> Result<ImportReport, Failure> {
    if args.mapping.is_some() || !args.only.is_empty() {
        return Err(Failure::usage(
            "--mapping and --only belong to tables: a map has --quarter and --around",
        ));
    }
    let part = part(args)?;
    let project = house::project(ctx, args.project.as_deref()).await?;
    let sources = args.files.iter().map(|file| source::load(file)).collect::<Result<Vec<_>, _>>()?;
    let progress = progress(&sources, output);
    let request =
        MapRequest { sources, part, limit_elements: args.limit_elements, progress, dry_run: args.dry_run };
    Ok(kiez_app::import::map::run(ctx, &house::coordinator(project.id), project.id, request).await?)
}

fn part(args: &ImportArgs) -> Result<Part, Failure> {
    let Some(around) = &args.around else {
        return Ok(match args.quarter.is_empty() {
            true => Part::Whole,
            false => Part::Quarters(args.quarter.clone()),
        });
    };
    let unreadable = || {
        Failure::usage(format!(
            "--around \"{around}\" cannot be read: expected latitude, longitude and metres such as 52.4923,13.4151,800"
        ))
    };
    let numbers: Vec<f64> = around.split(',').filter_map(|part| part.trim().parse().ok()).collect();
    match numbers[..] {
        [lat, lon, metres] if around.split(',').count() == 3 && metres > 0.0 && metres.is_finite() => {
            let centre =
                Position::new(lat, lon).map_err(|problem| Failure::usage(format!("--around {problem}")))?;
            Ok(Part::Around(centre, metres))
        }
        _ => Err(unreadable()),
    }
}

/// Tells every tenth of every step of a large map, on standard error.
fn progress(sources: &[Source], output: &Output) -> Progress {
    let large = sources.iter().any(|source| source.bytes().len() > LARGE);
    let Some(voice) = output.voice().filter(|_| large) else { return Progress::default() };
    let told = Mutex::new(None);
    Progress::to(move |step, share| {
        let tenth = (share * 10.0) as u8;
        let Ok(mut told) = told.lock() else { return };
        if *told != Some((step, tenth)) {
            *told = Some((step, tenth));
            voice(&format!("{}: {} %", in_words(step), u32::from(tenth) * 10));
        }
    })
}

fn in_words(step: Step) -> &'static str {
    match step {
        Step::Survey => "looking the map through",
        Step::Region => "finding the region",
        Step::Relations => "reading areas and boundaries",
        Step::Ways => "reading streets and buildings",
        Step::Nodes => "reading shops, doors and corners",
    }
}

/// Asks after what the map has no longer.
pub(super) fn say_gone(report: &ImportReport, output: &Output) {
    let all = report.files.iter().flat_map(|file| &file.gone);
    for gone in all.clone().take(TOLD) {
        let (name, source) = (&gone.name, &gone.source);
        output.say(&format!(
            "{name} ({source}) is no longer in the map and stays here: has it closed or moved?"
        ));
    }
    let count = all.count();
    if count > TOLD {
        output.say(&format!("and {} more, all of them with --format json", count - TOLD));
    }
}
