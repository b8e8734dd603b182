//! Imports that were made: who brought what when, what was left out, and whether it can be taken back.

use super::report::Counts;
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::reads;
use kiez_documents::table;
use kiez_domain::id::{ImportId, ProjectId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Facts;
use kiez_store::conn::Conn;
use kiez_store::import::ImportRun;
use kiez_store::import_refusal::{self, RefusedRow};
use kiez_store::page::{Listing, Page};
use std::collections::HashMap;

/// An import can be taken back for so many days.
const UNDO_DAYS: i64 = 30;

/// Whether an import can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undo {
    /// Until this moment.
    Until(Instant),
    /// It was, at this moment.
    Done(Instant),
    /// Too many days have passed.
    TooLate,
    /// Quarters are drawn anew instead: everything else lies in them.
    Never,
}

/// An import with everything its page tells.
#[derive(Debug, Clone)]
pub struct ImportView {
    /// The import.
    pub run: ImportRun,
    /// Who brought it in; none: the shell of the machine, or somebody whose account is gone.
    pub by: Option<String>,
    /// What happened to its rows.
    pub counts: Counts,
    /// Whether it can be taken back.
    pub undo: Undo,
}

/// One part of the list of imports, newest first.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn list(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    page: Page,
) -> Result<Listing<ImportView>, AppError> {
    caller.may("import", "list", Facts::of_project(project))?;
    let mut conn = ctx.db.read().await?;
    let runs = kiez_store::import::list(&mut conn, project, &page).await?;
    let names = names(&mut conn, &runs.rows).await?;
    Ok(runs.map(|run| view(run, &names, ctx.now())))
}

/// One import and a part of what it left out.
///
/// # Errors
/// [`AppError::NotFound`] when there is none or the caller may not see it.
pub async fn get(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (id, page): (ImportId, Page),
) -> Result<(ImportView, Listing<RefusedRow>), AppError> {
    caller.may("import", "read", Facts::of_project(project))?;
    let mut conn = ctx.db.read().await?;
    let run = kiez_store::import::find(&mut conn, project, id).await?.ok_or(AppError::NotFound)?;
    let names = names(&mut conn, std::slice::from_ref(&run)).await?;
    let refused = import_refusal::list(&mut conn, project, id, &page).await?;
    Ok((view(run, &names, ctx.now()), refused))
}

/// Everything an import left out as a table for a spreadsheet: the same columns as `--rejects` writes.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such import or the caller may not see it.
pub async fn refused_table(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: ImportId,
) -> Result<Vec<u8>, AppError> {
    let (mut rows, mut offset) = (Vec::new(), Some(0));
    while let Some(from) = offset {
        let part = get(ctx, caller, project, (id, Page { offset: from, size: Page::MOST })).await?.1;
        rows.extend(
            part.rows.into_iter().map(|row| vec![row.file, row.line.to_string(), row.field, row.reason]),
        );
        offset = part.next;
    }
    let taken = caller.may("import", "read", Facts::of_project(project))?;
    reads::note(ctx, &taken, ("import_run", id.to_string())).await;
    table::csv(&["file", "line", "field", "reason"], &rows)
        .map_err(|error| AppError::Broken(error.to_string()))
}

/// Whether an import can be taken back at a moment.
pub(super) fn undo(run: &ImportRun, now: Instant) -> Undo {
    let until = run.at.plus_days(UNDO_DAYS);
    match run.reverted_at {
        Some(at) => Undo::Done(at),
        None if run.kind == "quarter" => Undo::Never,
        None if until < now => Undo::TooLate,
        None => Undo::Until(until),
    }
}

fn view(run: ImportRun, names: &HashMap<UserId, String>, now: Instant) -> ImportView {
    ImportView {
        by: run.by_user.and_then(|user| names.get(&user).cloned()),
        counts: serde_json::from_str(&run.counts).unwrap_or_default(),
        undo: undo(&run, now),
        run,
    }
}

async fn names(conn: &mut Conn, runs: &[ImportRun]) -> Result<HashMap<UserId, String>, AppError> {
    let mut names = HashMap::new();
    for user in runs.iter().filter_map(|run| run.by_user) {
        if !names.contains_key(&user)
            && let Some(found) = kiez_store::user::find(conn, user).await?
        {
            names.insert(user, found.name.to_string());
        }
    }
    Ok(names)
}
