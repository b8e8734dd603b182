//! What the public sees: published actors, from the store's public views alone.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::id::ProjectId;
use kiez_domain::policy::Facts;
use kiez_store::public::PublicActor;

/// Published actors of a project in alphabetical order: equal presentation, no ranking.
///
/// # Errors
/// When the database fails.
pub async fn actors(ctx: &Ctx, caller: &Caller, project: ProjectId) -> Result<Vec<PublicActor>, AppError> {
    caller.may("public_directory", "list", Facts::INSTALLATION)?;
    Ok(kiez_store::public::actors(&mut ctx.db.read().await?, project).await?)
}
