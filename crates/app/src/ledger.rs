//! The ledger of erasures in the database and as a file beside it: each makes good what the other has lost.
//!
//! A line that the file has and the database has not means that the database is older than the erasing: it is erased
//! once more, before anybody is served.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::instant::Instant;
use kiez_domain::policy::Facts;
use kiez_store::conn::Tx;
use kiez_store::doctor::Finding;
use kiez_store::erasure::{self, Erased};
use kiez_store::erasure_rows;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;

/// So long the files may wait to be cleared, in days.
const CLEARED_WITHIN: i64 = 1;

/// One line of the file.
#[derive(Serialize, Deserialize)]
struct Line {
    mark: String,
    kind: String,
    at: i64,
}

/// Lines of a ledger, with the mark in the name of the file they were found in; none where somebody named the file.
pub type Found = (Option<String>, Vec<String>);

/// Brings file and database to the same lines; gives how many rows of somebody who was erased had come back.
///
/// # Errors
/// When the disk or the database fails: nobody may be served then.
pub async fn catch_up(ctx: &Ctx, caller: &Caller) -> Result<usize, AppError> {
    let in_file = read(&ctx.ledger.lines().map_err(on_disk)?);
    let in_database = erasure::list(&mut ctx.db.read().await?).await?;
    let mut came_back = 0;
    let missing = without(&in_file, &in_database);
    if !missing.is_empty() {
        let mut tx = ctx.db.write().await?;
        came_back = replay(ctx, caller, &mut tx, &missing).await?;
        tx.commit().await?;
    }
    let unwritten = without(&in_database, &in_file);
    // On a disk that takes nothing reading goes on: the database has every line.
    if !unwritten.is_empty() && !ctx.db.is_unwritable() {
        let mark = erasure::fingerprint(&mut ctx.db.read().await?).await?;
        ctx.ledger.append(&written(&unwritten), &mark).map_err(on_disk)?;
    }
    Ok(came_back)
}

/// Erases from a restored copy what was erased since it was written, in the transaction that brought it back.
pub(crate) async fn settle(
    ctx: &Ctx,
    caller: &Caller,
    tx: &mut Tx,
    found: &[Found],
) -> Result<usize, AppError> {
    let own = erasure::fingerprint(tx).await?;
    let ours = found.iter().filter(|(mark, _)| mark.as_ref().is_none_or(|mark| *mark == own));
    let mut lines: Vec<Erased> = ours.flat_map(|(_, lines)| read(lines)).collect();
    lines.extend(read(&ctx.ledger.lines().map_err(on_disk)?));
    lines.extend(erasure::list(tx).await?);
    replay(ctx, caller, tx, &lines).await
}

async fn replay(ctx: &Ctx, caller: &Caller, tx: &mut Tx, lines: &[Erased]) -> Result<usize, AppError> {
    let permit = caller.may("erasure", "replay", Facts::INSTALLATION)?;
    erasure::add(tx, &permit, lines).await?;
    let mut again = 0;
    for subject in erasure::survivors(tx, lines).await? {
        again += usize::from(erasure_rows::remove(tx, &permit, subject, ctx.now()).await?);
    }
    Ok(again)
}

/// Writes the files of the database anew where something was erased since the last time; whether it is done.
///
/// # Errors
/// When the database fails; the next round tries again.
pub async fn clear(ctx: &Ctx) -> Result<bool, AppError> {
    let now = ctx.now();
    if erasure::count_uncleared(&mut ctx.db.read().await?, now.plus_minutes(1)).await? == 0 {
        return Ok(true);
    }
    if !ctx.db.clear_deleted().await? {
        return Ok(false);
    }
    let mut tx = ctx.db.write().await?;
    erasure::set_cleared(&mut tx, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// A backup was written into a folder: the ledger follows there.
///
/// # Errors
/// When the disk or the database fails.
pub async fn follow(ctx: &Ctx, place: &Path) -> Result<(), AppError> {
    if ctx.db.schema_version().await? < erasure::SINCE_SCHEMA {
        return Ok(());
    }
    let mark = erasure::fingerprint(&mut ctx.db.read().await?).await?;
    ctx.ledger.follow(place, &mark).map_err(on_disk)
}

/// What `kiez doctor` says of it.
pub(crate) async fn check(ctx: &Ctx) -> Result<Vec<Finding>, AppError> {
    let mut conn = ctx.db.read().await?;
    let in_database = erasure::list(&mut conn).await?;
    let in_file = read(&ctx.ledger.lines().map_err(on_disk)?);
    let all: Vec<Erased> = in_database.iter().chain(&in_file).cloned().collect();
    let [unknown, unwritten] = [without(&in_file, &in_database), without(&in_database, &in_file)];
    let back = erasure::survivors(&mut conn, &all).await?.len();
    let waiting = erasure::count_uncleared(&mut conn, ctx.now().plus_days(-CLEARED_WITHIN)).await?;
    let said = [
        (
            unknown.len(),
            "lines of the ledger of erasures are not in the database: it is a copy from before; `kiez serve` erases once more before it answers",
        ),
        (
            unwritten.len(),
            "erasures are not in the file of the ledger: `kiez serve` adds them when it starts",
        ),
        (
            back,
            "of those who were erased are in the database again: `kiez serve` erases them before it answers",
        ),
        (
            usize::try_from(waiting).unwrap_or(0),
            "erasures of more than a day ago are not cleared from the files yet: does `kiez serve` run, and what does its log say?",
        ),
    ];
    let findings = said.into_iter().filter(|(count, _)| *count > 0);
    Ok(findings
        .map(|(count, what)| Finding { check: "erasures", message: format!("{count} {what}") })
        .collect())
}

fn without(lines: &[Erased], others: &[Erased]) -> Vec<Erased> {
    let known: BTreeSet<&str> = others.iter().map(|line| line.mark.as_str()).collect();
    lines.iter().filter(|line| !known.contains(line.mark.as_str())).cloned().collect()
}

/// What cannot be read is half a line after a power cut: the database has it whole.
fn read(lines: &[String]) -> Vec<Erased> {
    let read = |line: &String| serde_json::from_str::<Line>(line).ok();
    let erased = |line: Line| Erased { mark: line.mark, kind: line.kind, at: Instant(line.at) };
    lines.iter().filter_map(read).map(erased).collect()
}

fn written(lines: &[Erased]) -> Vec<String> {
    let line = |erased: &Erased| {
        serde_json::json!({ "mark": erased.mark, "kind": erased.kind, "at": erased.at.0 }).to_string()
    };
    lines.iter().map(line).collect()
}

fn on_disk(error: std::io::Error) -> AppError {
    AppError::Ledger(error)
}
