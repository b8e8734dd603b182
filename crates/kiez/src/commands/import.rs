//! `kiez import`: files in, as one transaction, and back out again.

mod map;

use super::inputs;
use crate::bar;
use crate::cli::args::ImportArgs;
use crate::config::Config;
use crate::failure::{Ended, Failure, Outcome};
use crate::house;
use crate::output::{Format, Output};
use kiez_app::ctx::Ctx;
use kiez_app::import::ImportRequest;
use kiez_app::import::report::{Figures, FileReport, ImportReport};
use kiez_domain::project::Project;
use kiez_import::error::Refusal;
use kiez_import::mapping::Mapping;
use kiez_import::reading::ImportKind;
use kiez_import::source;
use serde_json::{Value, json};
use std::path::Path;

/// Imports, or takes an import back.
pub(crate) async fn run(args: ImportArgs, config: &Config, output: &mut Output) -> Ended {
    let ctx = house::open(config).await?;
    if let Some(import) = &args.revert {
        let project = house::project(&ctx, args.project.as_deref()).await?;
        return revert(&ctx, &project, import, output).await;
    }
    let paths = args.files.iter().chain(&args.mapping).map(std::path::PathBuf::as_path);
    inputs::demand_one_standard_input(paths)?;
    if args.rejects.as_deref() == Some(Path::new("-")) {
        return Err(Failure::usage(
            "--rejects -: the report stands on standard output: name a file, such as left-out.csv",
        ));
    }
    let report = match args.kind.as_deref() {
        Some("osm") => map::import(&ctx, &args, output).await?,
        Some("ground") => ground(&ctx, &args).await?,
        kind => table(&ctx, kind.unwrap_or(""), &args, output).await?,
    };
    report.files.iter().flat_map(|file| &file.notes).for_each(|note| output.say(note));
    report.refused.iter().for_each(|refusal| output.warn(&refusal.to_string()));
    if let Some(file) = &args.rejects {
        write_rejects(file, &report.refused)?;
    }
    tell(&report, args.dry_run, output)?;
    Ok(Outcome::of_refused(report.refused.len()))
}

/// The ground is one drawing as a whole: it is not compared row by row, and replaces the one before.
async fn ground(ctx: &Ctx, args: &ImportArgs) -> Result<ImportReport, Failure> {
    let project = house::project(ctx, args.project.as_deref()).await?;
    let [file] = args.files.as_slice() else {
        return Err(Failure::usage("the ground is one drawing: name one file"));
    };
    let (source, caller) = (source::load(file)?, house::coordinator(project.id));
    Ok(kiez_app::ground::import(ctx, &caller, project.id, &source, args.dry_run).await?)
}

/// Rows under headings, and outlines.
async fn table(ctx: &Ctx, kind: &str, args: &ImportArgs, output: &Output) -> Result<ImportReport, Failure> {
    let kind: ImportKind = kind.parse().map_err(Failure::usage)?;
    if args.around.is_some() || !args.quarter.is_empty() {
        return Err(Failure::usage("--around and --quarter take a part of a map: use them with osm"));
    }
    let project = house::project(ctx, args.project.as_deref()).await?;
    let mapping = args.mapping.as_deref().map(read_mapping).transpose()?;
    let sources = args.files.iter().map(|file| source::load(file)).collect::<Result<Vec<_>, _>>()?;
    let (only, watch) = (args.only.clone(), output.watches().then(bar::watch).unwrap_or_default());
    let request = ImportRequest { kind, sources, mapping, only, id: None, dry_run: args.dry_run, watch };
    Ok(kiez_app::import::run(ctx, &house::coordinator(project.id), project.id, request).await?)
}

fn read_mapping(file: &Path) -> Result<Mapping, Failure> {
    Ok(Mapping::read(&source::load(file)?)?)
}

fn tell(report: &ImportReport, dry_run: bool, output: &mut Output) -> Result<(), Failure> {
    match output.format_or(Format::Table) {
        Format::Json => output.json(report)?,
        Format::Jsonl => output.json_line(report)?,
        usual => {
            let headings = [
                "file",
                "read",
                "new",
                "changed",
                "unchanged",
                "duplicates_suggested",
                "refused",
                "differences",
            ];
            let of_file = |file: &FileReport| row(&file.file, &file.figures, file.refused.len());
            let mut rows: Vec<Vec<Value>> = report.files.iter().map(of_file).collect();
            if report.files.len() > 1 {
                rows.push(row("together", &report.figures, report.refused.len()));
            }
            output.rows(&headings, &rows, usual)?;
        }
    }
    say_differences(report, output);
    map::say_gone(report, output);
    if dry_run {
        output.say("This was a dry run: nothing has been stored");
    }
    if let Some(id) = &report.import {
        output.say(&format!("To take it back within 30 days: kiez import --revert {id}"));
    }
    Ok(())
}

/// How many differences are told one by one; the JSON has them all.
const TOLD: usize = 20;

/// Says which fields stayed as a person left them although the file says otherwise.
fn say_differences(report: &ImportReport, output: &Output) {
    let all = report.files.iter().flat_map(|file| &file.listed_differences);
    for found in all.take(TOLD) {
        let (name, field, ours, theirs) = (&found.name, &found.field, &found.ours, &found.theirs);
        output
            .say(&format!("{name}: {field} stays \"{ours}\" as somebody set it; the file says \"{theirs}\""));
    }
    let listed: usize = report.files.iter().map(|file| file.listed_differences.len()).sum();
    if listed > TOLD {
        output.say(&format!(
            "and {} more, all of them with --format json or on the page of differences",
            listed - TOLD
        ));
    }
}

fn row(name: &str, figures: &Figures, refused: usize) -> Vec<Value> {
    let Figures { read, new, changed, unchanged, duplicates_suggested, differences } = *figures;
    let counted = [read, new, changed, unchanged, duplicates_suggested, refused, differences];
    std::iter::once(json!(name)).chain(counted.map(|count| json!(count))).collect()
}

/// The refused rows with their reasons, for the person who repairs the spreadsheet.
fn write_rejects(file: &Path, refused: &[Refusal]) -> Result<(), Failure> {
    let failed = |error: csv::Error| {
        Failure::failed(format!("{}: the refused rows cannot be written: {error}", file.display()))
    };
    let mut writer = csv::Writer::from_path(file).map_err(failed)?;
    writer.write_record(["file", "line", "field", "reason"]).map_err(failed)?;
    for refusal in refused {
        let line = refusal.line.to_string();
        writer
            .write_record([
                refusal.file.as_str(),
                line.as_str(),
                refusal.field.as_str(),
                refusal.reason.as_str(),
            ])
            .map_err(failed)?;
    }
    writer.flush().map_err(|error| failed(error.into()))
}

async fn revert(ctx: &Ctx, project: &Project, import: &str, output: &mut Output) -> Ended {
    let id = import.parse().map_err(|problem| Failure::usage(format!("--revert {problem}")))?;
    let report = kiez_app::import::revert(ctx, &house::coordinator(project.id), project.id, id).await?;
    match output.format_or(Format::Json) {
        Format::Jsonl => output.json_line(&report)?,
        _ => output.json(&report)?,
    }
    Ok(Outcome::Done)
}
