//! The installation as a whole: checking, measuring and dumping.

use crate::backup::schedule::BackupFigures;
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::market::IndexFigures;
use kiez_domain::policy::{Facts, Role};
use kiez_store::db::WriterFigures;
use kiez_store::doctor::Finding;
use kiez_store::error::StoreError;
use kiez_store::figures::Figures;
use std::io::Write;

/// Checks everything: integrity, references, rows that do not parse, the audit chain, the registry.
///
/// # Errors
/// When the database cannot be read at all.
pub async fn check(ctx: &Ctx, caller: &Caller) -> Result<Vec<Finding>, AppError> {
    caller.may("installation", "check", Facts::INSTALLATION)?;
    let mut findings = kiez_store::doctor::check(&mut ctx.db.read().await?).await?;
    findings.extend(crate::ledger::check(ctx).await?);
    Ok(findings)
}

/// Writes everything, sorted and typed, the same bytes from both databases for the same content.
///
/// # Errors
/// When the database or the output fails.
pub async fn dump(ctx: &Ctx, caller: &Caller, out: &mut impl Write) -> Result<(), AppError> {
    caller.may("installation", "dump", Facts::INSTALLATION)?;
    Ok(kiez_store::dump::canonical(&mut ctx.db.read().await?, out).await?)
}

/// What an operator watches; nothing in it names a person or a thing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HouseFigures {
    /// Which database runs: `SQLite` or `PostgreSQL`.
    pub engine: &'static str,
    /// What the database counts; none while it cannot be asked.
    pub database: Option<Figures>,
    /// How long writers of this program wait for their turn.
    pub writers: WriterFigures,
    /// What the matching index holds.
    pub index: IndexFigures,
    /// Nothing can be stored now, for want of room or right.
    pub unwritable: bool,
    /// How scheduled backups go; none where the settings ask for none.
    pub backups: Option<BackupFigures>,
}

/// Counts what an operator watches. A database that does not answer is a figure too, not an error.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller runs the installation.
pub async fn figures(ctx: &Ctx, caller: &Caller) -> Result<HouseFigures, AppError> {
    caller.may("installation", "measure", Facts::INSTALLATION)?;
    let database = match count(ctx).await {
        Ok(figures) => Some(figures),
        Err(error) => {
            tracing::error!(%error, "the database was not counted");
            None
        }
    };
    let (writers, index) = (ctx.db.writers(), ctx.markets.figures().await);
    let backups = ctx.backups.figures();
    let (engine, unwritable) = (ctx.db.engine(), ctx.db.is_unwritable());
    Ok(HouseFigures { engine, database, writers, index, unwritable, backups })
}

async fn count(ctx: &Ctx) -> Result<Figures, StoreError> {
    kiez_store::figures::count(&mut ctx.db.read().await?).await
}

/// What people in the workspace should know about the house.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Notices {
    /// Nothing can be stored now; reading goes on.
    pub unwritable: bool,
    /// The last scheduled backup failed; told to those who can do something about it.
    pub backup_failing: bool,
}

/// What a caller is told on every page while it lasts.
#[must_use]
pub fn notices(ctx: &Ctx, caller: &Caller) -> Notices {
    let told = caller.subjects().iter().any(|who| matches!(who.role, Role::Coordinator | Role::Operator));
    let failing = ctx.backups.figures().is_some_and(|figures| figures.failing);
    Notices { unwritable: ctx.db.is_unwritable(), backup_failing: told && failing }
}

/// While nothing can be stored: tries again, so that pages say so no longer than it lasts.
///
/// # Errors
/// Why it still cannot.
pub async fn try_again_to_write(ctx: &Ctx) -> Result<(), AppError> {
    if !ctx.db.is_unwritable() {
        return Ok(());
    }
    let mut tx = ctx.db.write().await?;
    kiez_store::idempotency::probe(&mut tx).await?;
    Ok(tx.commit().await?)
}

/// Whether the program can work: the database answers and its schema is not behind.
///
/// # Errors
/// What is in the way.
pub async fn ready(ctx: &Ctx) -> Result<(), AppError> {
    Ok(ctx.db.demand_current_schema().await?)
}

/// Seals the audit entries that came since the last time; `serve` does it every minute.
///
/// # Errors
/// When the database fails.
pub async fn seal_audit(ctx: &Ctx) -> Result<(), AppError> {
    let mut tx = ctx.db.write().await?;
    kiez_store::audit::seal(&mut tx, ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// Forgets attempts to sign in that failed a day ago, and questions to devices that nobody answered.
///
/// # Errors
/// When the database fails.
pub async fn forget_attempts(ctx: &Ctx) -> Result<(), AppError> {
    crate::throttle::forget(ctx).await
}
