//! Importing: files are read outside, compared with what is stored, and taken in as one transaction.
//!
//! The way: read every file (a file that cannot be read ends it all) → compare row by row → write new and
//! changed rows, differences and origins, all or nothing. Nothing imported is public by itself.

mod actors;
mod cards;
mod desk;
pub(crate) mod doors;
mod gone;
mod history;
pub mod map;
mod noun;
mod plan;
mod premises;
mod quarters;
pub mod report;
mod revert;
mod rows;
pub mod upload;
mod watch;

pub use history::{ImportView, Undo, get, list, refused_table};
pub use kiez_import::error::ReadError;
pub use kiez_store::import_refusal::RefusedRow;
pub use revert::{RevertReport, revert};
pub use watch::{Progress, Watch};

pub(crate) use gone::LISTED as GONE;
pub(crate) use noun::Noun;

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
use kiez_store::conn::{Conn, Tx};
use report::{FileReport, ImportReport};

/// How many faults an import remembers; a file with more of them is the wrong file.
const REFUSALS: usize = 10_000;

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
    /// Under which id it is remembered; none: a new one.
    pub id: Option<ImportId>,
    /// Only say what would happen.
    pub dry_run: bool,
    /// Who is told how far it has come.
    pub watch: Watch,
}

impl ImportRequest {
    /// These files, as they are.
    #[must_use]
    pub fn new(kind: ImportKind, sources: Vec<Source>) -> Self {
        let (mapping, only, id, dry_run, watch) = (None, Vec::new(), None, false, Watch::default());
        Self { kind, sources, mapping, only, id, dry_run, watch }
    }

    /// The same files, only looked at.
    #[must_use]
    pub fn dry(self) -> Self {
        Self { dry_run: true, ..self }
    }
}

/// What the steps of one import share.
pub(crate) struct Run<'a> {
    pub(crate) ctx: &'a Ctx,
    pub(crate) caller: &'a Caller,
    pub(crate) permit: Permit,
    pub(crate) project: ProjectId,
    pub(crate) id: ImportId,
    pub(crate) now: Instant,
    pub(crate) watch: Watch,
}

/// Whether somebody may import here: asked before a form is shown.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub fn may_import(caller: &Caller, project: ProjectId) -> Result<(), AppError> {
    caller.may("import", "create", Facts::of_project(project)).map(drop)
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
    let id = request.id.map_or_else(|| ctx.id(ImportId::new), Ok)?;
    let (now, watch) = (ctx.now(), request.watch.clone());
    let run = Run { ctx, caller, permit, project, id, now, watch };
    let (kind, dry_run) = (request.kind, request.dry_run);
    let names: Vec<String> = request.sources.iter().map(|source| source.name().to_owned()).collect();
    // Reading may take long and may fail: neither the writer nor other requests are kept waiting for it.
    let program = ctx.xlsx_reader.clone();
    let reading = tokio::task::spawn_blocking(move || Readings::read(request, program));
    let readings = reading.await.map_err(|error| AppError::Broken(error.to_string()))??;
    if dry_run {
        let (files, _) = compare(&run, &mut ctx.db.read().await?, readings).await?;
        return Ok(ImportReport::of(files));
    }
    let mut tx = ctx.db.write().await?;
    let (files, found) = compare(&run, &mut tx, readings).await?;
    run.watch.tell(Progress::Writing);
    write(&run, tx, (kind, &names), (ImportReport::of(files), found)).await
}

/// What was read from the files of one kind.
enum Readings {
    Actors(Vec<Reading<RawActor>>),
    Cards(Vec<Reading<RawCard>>),
    Premises(Vec<Reading<RawPremises>>),
    Quarters(Vec<Reading<RawQuarter>>),
}

impl Readings {
    fn read(request: ImportRequest, program: Option<std::path::PathBuf>) -> Result<Self, AppError> {
        let ImportRequest { kind, sources, mapping, only, watch, .. } = request;
        let options = ReadOptions { mapping, only, spreadsheet_program: program, ..ReadOptions::default() };
        let files = Files { sources: &sources, options: &options, watch: &watch };
        Ok(match kind {
            ImportKind::Actors => Self::Actors(files.read(read_actors)?),
            ImportKind::Cards => Self::Cards(files.read(read_cards)?),
            ImportKind::Premises => Self::Premises(files.read(read_premises)?),
            ImportKind::Quarter => Self::Quarters(files.read(read_quarters)?),
        })
    }
}

/// The files of one call and how to read them.
struct Files<'a> {
    sources: &'a [Source],
    options: &'a ReadOptions,
    watch: &'a Watch,
}

impl Files<'_> {
    fn read<T>(
        &self,
        read: fn(&Source, &ReadOptions) -> Result<Reading<T>, ReadError>,
    ) -> Result<Vec<Reading<T>>, AppError> {
        let of = self.sources.len();
        let one = |(done, source): (usize, &Source)| {
            self.watch.tell(Progress::Read(done, of));
            read(source, self.options)
        };
        Ok(self.sources.iter().enumerate().map(one).collect::<Result<_, _>>()?)
    }
}

/// What is to be written, whatever the kind.
enum Found {
    Actors(actors::Found),
    Cards(cards::Found),
    Premises(premises::Found),
    Quarters(quarters::Found),
}

async fn compare(
    run: &Run<'_>,
    conn: &mut Conn,
    readings: Readings,
) -> Result<(Vec<FileReport>, Found), AppError> {
    Ok(match readings {
        Readings::Actors(readings) => {
            let (files, found) = actors::compare(run, conn, readings).await?;
            (files, Found::Actors(found))
        }
        Readings::Cards(readings) => {
            let (files, found) = cards::compare(run, conn, readings).await?;
            (files, Found::Cards(found))
        }
        Readings::Premises(readings) => {
            let (files, found) = premises::compare(run, conn, readings).await?;
            (files, Found::Premises(found))
        }
        Readings::Quarters(readings) => {
            let (files, found) = quarters::compare(run, conn, readings).await?;
            (files, Found::Quarters(found))
        }
    })
}

/// Writes what was found, when it is anything.
async fn write(
    run: &Run<'_>,
    mut tx: Tx,
    (kind, names): (ImportKind, &[String]),
    (report, found): (ImportReport, Found),
) -> Result<ImportReport, AppError> {
    if !report.did_something() {
        return Ok(report);
    }
    kiez_store::import::begin(&mut tx, &run.permit, run.id, (kind.as_str(), names), run.now).await?;
    match found {
        Found::Actors(found) => found.write(run, &mut tx).await?,
        Found::Cards(found) => found.write(run, &mut tx).await?,
        Found::Premises(found) => found.write(run, &mut tx).await?,
        Found::Quarters(found) => found.write(run, &mut tx).await?,
    }
    finish(run, tx, report).await
}

/// Ends an import with its report; one that did nothing leaves nothing behind, not even itself.
async fn finish(run: &Run<'_>, mut tx: Tx, mut report: ImportReport) -> Result<ImportReport, AppError> {
    if !report.did_something() {
        return Ok(report);
    }
    kiez_store::import_refusal::add(&mut tx, &run.permit, run.id, &report.left_out(REFUSALS)).await?;
    let counts = serde_json::json!(report.counts());
    kiez_store::import::finish(&mut tx, &run.permit, run.id, &counts).await?;
    tx.commit().await?;
    report.import = Some(run.id.to_string());
    Ok(report)
}
