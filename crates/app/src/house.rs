//! The installation as a whole: checking and dumping.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::policy::Facts;
use kiez_store::doctor::Finding;
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

/// Seals the audit entries that came since the last time; `serve` does it every minute.
///
/// # Errors
/// When the database fails.
pub async fn seal_audit(ctx: &Ctx) -> Result<(), AppError> {
    let mut tx = ctx.db.write().await?;
    kiez_store::audit::seal(&mut tx, ctx.now()).await?;
    Ok(tx.commit().await?)
}
