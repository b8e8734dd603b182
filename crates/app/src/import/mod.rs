//! Importing: files are read outside, compared with what is stored, and taken in as one transaction.
//!
//! The way: read every file (a file that cannot be read ends it all) → compare row by row → write new and
//! changed rows, differences and origins, all or nothing. Nothing imported is public by itself.

mod actors;
mod cards;
mod gone;
pub mod map;
mod plan;
mod premises;
mod quarters;
pub mod report;
mod revert;
mod rows;

pub use revert::revert;

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::id::{ImportId, ProjectId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::{Facts, Permit};
use kiez_import::actor::{RawActor, read_actors};
use kiez_import::card::{RawCard, read_cards};
use kiez_import::mapping::Mapping;
use kiez_import::premises::{RawPremises, read_premises};
use kiez_import::quarter::{RawQuarter, read_quarters};
use kiez_import::reading::{ImportKind, ReadOptions, Reading};
use kiez_import::source::Source;
use kiez_store::conn::Tx;
use kiez_store::import::ImportRun;
use report::{FileReport, ImportReport};

/// What to import.
#[derive(Debug, Clone)]
pub struct ImportRequest {
    /// What the files hold.
    pub kind: ImportKind,
    /// The files.
    pub sources: Vec<Source>,
    /// Headings that the program would not recognise by itself.
    pub mapping: Option<Mapping>,
    /// Codes or names of the quarters wanted; empty: all.
    pub only: Vec<String>,
    /// Only say what would happen.
    pub dry_run: bool,
}

/// What the steps of one import share.
pub(crate) struct Run<'a> {
    pub(crate) ctx: &'a Ctx,
    pub(crate) caller: &'a Caller,
    pub(crate) permit: Permit,
    pub(crate) project: ProjectId,
    pub(crate) id: ImportId,
    pub(crate) now: Instant,
    pub(crate) dry_run: bool,
}

/// Imports files into a project.
///
/// # Errors
/// [`AppError::NotFound`] when the caller may not; [`AppError::File`] when a file cannot be read as a whole,
/// and then nothing of any file is taken in.
pub async fn run(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    request: ImportRequest,
) -> Result<ImportReport, AppError> {
    let permit = caller.may("import", "create", Facts::of_project(project))?;
    let options = ReadOptions {
        mapping: request.mapping,
        only: request.only,
        spreadsheet_program: ctx.xlsx_reader.clone(),
        ..ReadOptions::default()
    };
    let (id, now) = (ctx.id(ImportId::new)?, ctx.now());
    let run = Run { ctx, caller, permit, project, id, now, dry_run: request.dry_run };
    let (kind, sources) = (request.kind, request.sources);
    // Reading may take long and may fail: the writer is not kept waiting for it.
    let readings = Readings::read(kind, &sources, &options)?;
    let mut tx = ctx.db.write().await?;
    let names: Vec<String> = sources.iter().map(|source| source.name().to_owned()).collect();
    kiez_store::import::begin(&mut tx, &run.permit, id, (kind.as_str(), &names), now).await?;
    let files = match readings {
        Readings::Actors(readings) => actors::take_in(&run, &mut tx, readings).await?,
        Readings::Cards(readings) => cards::take_in(&run, &mut tx, readings).await?,
        Readings::Premises(readings) => premises::take_in(&run, &mut tx, readings).await?,
        Readings::Quarters(readings) => quarters::take_in(&run, &mut tx, readings).await?,
    };
    finish(run, tx, files).await
}

/// What was read from the files of one kind.
enum Readings {
    /// With the name of each file without its ending.
    Actors(Vec<(String, Reading<RawActor>)>),
    Cards(Vec<Reading<RawCard>>),
    Premises(Vec<Reading<RawPremises>>),
    Quarters(Vec<Reading<RawQuarter>>),
}

impl Readings {
    fn read(kind: ImportKind, sources: &[Source], options: &ReadOptions) -> Result<Self, AppError> {
        let all = sources.iter();
        Ok(match kind {
            ImportKind::Actors => {
                let read = |source: &Source| Ok((source.stem().to_owned(), read_actors(source, options)?));
                Self::Actors(all.map(read).collect::<Result<_, AppError>>()?)
            }
            ImportKind::Cards => Self::Cards(all.map(|s| read_cards(s, options)).collect::<Result<_, _>>()?),
            ImportKind::Premises => {
                Self::Premises(all.map(|s| read_premises(s, options)).collect::<Result<_, _>>()?)
            }
            ImportKind::Quarter => {
                Self::Quarters(all.map(|s| read_quarters(s, options)).collect::<Result<_, _>>()?)
            }
        })
    }
}

/// The imports of a project, newest first.
///
/// # Errors
/// [`AppError::NotFound`] when the caller may not see them.
pub async fn list(ctx: &Ctx, caller: &Caller, project: ProjectId) -> Result<Vec<ImportRun>, AppError> {
    caller.may("import", "list", Facts::of_project(project))?;
    Ok(kiez_store::import::list(&mut ctx.db.read().await?, project).await?)
}

/// A dry run and a run that changed nothing leave nothing behind, not even themselves.
async fn finish(run: Run<'_>, mut tx: Tx, files: Vec<FileReport>) -> Result<ImportReport, AppError> {
    let mut report = ImportReport::of(files);
    let silent: usize = report.files.iter().map(|file| file.silent_changes).sum();
    let did_something = report.new + report.changed + report.differences + silent > 0;
    if run.dry_run {
        return Ok(report);
    }
    if did_something {
        report.import = Some(run.id.to_string());
    }
    let counts = serde_json::json!({
        "read": report.read, "new": report.new, "changed": report.changed, "unchanged": report.unchanged,
        "refused": report.refused.len(), "differences": report.differences,
    });
    if did_something {
        kiez_store::import::finish(&mut tx, &run.permit, run.id, &counts).await?;
        tx.commit().await?;
    }
    Ok(report)
}
