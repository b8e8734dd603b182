//! A file that was sent in a browser: looked at first, taken in when somebody says yes.
//!
//! It waits in the database, not in the page and not on a disk: a browser cannot fill a file field in again, and
//! another server of the installation may answer the next click. At most `WAITING` files of a project wait, for an
//! hour at most.

use super::report::ImportReport;
use super::{ImportRequest, run};
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::id::{ImportId, ProjectId, UploadId};
use kiez_domain::instant::Instant;
use kiez_domain::issue::{Expected, Problem};
use kiez_domain::policy::Facts;
use kiez_import::reading::ImportKind;
use kiez_import::source::{Source, base_name};
use kiez_store::error::StoreError;
use kiez_store::import_upload::{self, Upload};

/// Most bytes of one file that is sent in a browser; larger ones go through `kiez import`.
pub const UPLOAD_BYTES: usize = 16 * 1024 * 1024;
/// How many files of a project wait at once.
const WAITING: u32 = 10;
/// How long a file waits.
const MINUTES: i64 = 60;
/// Most characters of a file's name that are kept.
const NAME: usize = 120;

/// A file as the form sends it.
#[derive(Debug, Clone, Default)]
pub struct UploadForm {
    /// What the file holds: `actors`, `cards`, `premises`, `quarter`.
    pub kind: String,
    /// Its name on the person's machine.
    pub file: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// What a file would bring.
#[derive(Debug, Clone)]
pub struct Preview {
    /// What the file holds.
    pub kind: ImportKind,
    /// What would happen.
    pub report: ImportReport,
    /// Until when it waits.
    pub until: Instant,
}

/// Receives a file, looks whether it can be read, and keeps it until somebody says yes.
///
/// # Errors
/// An issue with `kind` or `file`; [`AppError::File`] when it cannot be read as a whole: it is not kept then.
pub async fn receive(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    form: UploadForm,
) -> Result<UploadId, AppError> {
    let permit = caller.may("import", "create", Facts::of_project(project))?;
    let kind = kind_of(&form.kind)?;
    let file: String = base_name(&form.file).chars().filter(|c| !c.is_control()).take(NAME).collect();
    if file.is_empty() {
        return Err(AppError::field("file", Problem::Missing));
    }
    if form.content.len() > UPLOAD_BYTES {
        let (length, limit) = (form.content.len(), UPLOAD_BYTES);
        return Err(AppError::field("file", Problem::TooLong { length, limit }));
    }
    let source = Source::new(file.clone(), form.content);
    run(ctx, caller, project, ImportRequest::new(kind, vec![source.clone()]).dry()).await?;
    let (id, now) = (ctx.id(UploadId::new)?, ctx.now());
    let upload = Upload { kind: kind.as_str().to_owned(), file, content: source.into_bytes(), at: now };
    let mut tx = ctx.db.write().await?;
    import_upload::forget(&mut tx, now.plus_minutes(-MINUTES)).await?;
    import_upload::add(&mut tx, &permit, id, (&upload, WAITING)).await?;
    tx.commit().await?;
    Ok(id)
}

/// What a waiting file would bring now.
///
/// # Errors
/// [`AppError::NotFound`] when it waits no more or the caller may not see it.
pub async fn preview(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: UploadId,
) -> Result<Preview, AppError> {
    let (request, until) = waiting(ctx, caller, project, id).await?;
    let kind = request.kind;
    let report = run(ctx, caller, project, request.dry()).await?;
    Ok(Preview { kind, report, until })
}

/// Takes a waiting file in and gives the import that came of it; none when it brought nothing new.
///
/// A second press finds the import of the first one.
///
/// # Errors
/// [`AppError::NotFound`] when the file waits no more and never came in, or the caller may not.
pub async fn take_in(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: UploadId,
) -> Result<Option<ImportId>, AppError> {
    caller.may("import", "create", Facts::of_project(project))?;
    let request = match waiting(ctx, caller, project, id).await {
        Ok((request, _)) => ImportRequest { id: Some(id.import()), ..request },
        Err(AppError::NotFound) => {
            return came_of(ctx, project, id).await?.ok_or(AppError::NotFound).map(Some);
        }
        Err(error) => return Err(error),
    };
    match run(ctx, caller, project, request).await {
        // The same press at the same moment, a hair earlier: it has written everything.
        Ok(_) | Err(AppError::Store(StoreError::Conflict { .. })) => {}
        Err(error) => return Err(error),
    }
    // Should the program stop here, the file is taken in a second time at worst, which changes nothing.
    discard(ctx, caller, project, id).await?;
    came_of(ctx, project, id).await
}

/// The import that came of a file.
async fn came_of(ctx: &Ctx, project: ProjectId, id: UploadId) -> Result<Option<ImportId>, AppError> {
    let import = kiez_store::import::find(&mut ctx.db.read().await?, project, id.import()).await?;
    Ok(import.map(|run| run.id))
}

/// Throws a waiting file away.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn discard(ctx: &Ctx, caller: &Caller, project: ProjectId, id: UploadId) -> Result<(), AppError> {
    let permit = caller.may("import", "create", Facts::of_project(project))?;
    let mut tx = ctx.db.write().await?;
    import_upload::remove(&mut tx, &permit, id).await?;
    Ok(tx.commit().await?)
}

/// Removes files that nobody has said yes to for an hour; `serve` does it every minute.
///
/// # Errors
/// When the database fails.
pub async fn forget(ctx: &Ctx) -> Result<(), AppError> {
    let mut tx = ctx.db.write().await?;
    import_upload::forget(&mut tx, ctx.now().plus_minutes(-MINUTES)).await?;
    Ok(tx.commit().await?)
}

async fn waiting(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: UploadId,
) -> Result<(ImportRequest, Instant), AppError> {
    caller.may("import", "create", Facts::of_project(project))?;
    let found = import_upload::find(&mut ctx.db.read().await?, project, id).await?;
    let upload = found.ok_or(AppError::NotFound)?;
    let until = upload.at.plus_minutes(MINUTES);
    if until < ctx.now() {
        return Err(AppError::NotFound);
    }
    let kind = kind_of(&upload.kind)?;
    Ok((ImportRequest::new(kind, vec![Source::new(upload.file, upload.content)]), until))
}

fn kind_of(text: &str) -> Result<ImportKind, AppError> {
    let expected = Expected::OneOf { words: "actors, cards, premises or quarter" };
    text.parse().map_err(|_| AppError::field("kind", Problem::unreadable(text, expected)))
}
