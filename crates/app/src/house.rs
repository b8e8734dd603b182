//! The installation as a whole: checking, measuring and dumping.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::market::IndexFigures;
use kiez_domain::policy::Facts;
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
    Ok(kiez_store::doctor::check(&mut ctx.db.read().await?).await?)
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
    Ok(HouseFigures { engine: ctx.db.engine(), database, writers, index })
}

async fn count(ctx: &Ctx) -> Result<Figures, StoreError> {
    kiez_store::figures::count(&mut ctx.db.read().await?).await
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
