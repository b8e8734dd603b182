//! Outgoing mail of this copy: whether it waits. There is none yet; a restored copy says already that it must wait.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::policy::Facts;
use kiez_store::mail::{self, Hold};

/// Since when and why mail waits; none when it goes out.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller runs the installation.
pub async fn held(ctx: &Ctx, caller: &Caller) -> Result<Option<Hold>, AppError> {
    caller.may("mail_hold", "read", Facts::INSTALLATION)?;
    Ok(mail::held(&mut ctx.db.read().await?).await?)
}

/// Lets mail wait; asking twice changes nothing.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller runs the installation.
pub async fn hold(ctx: &Ctx, caller: &Caller) -> Result<(), AppError> {
    let permit = caller.may("mail_hold", "hold", Facts::INSTALLATION)?;
    let mut tx = ctx.db.write().await?;
    mail::hold(&mut tx, &permit, "asked", ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// Lets mail go out; gives whether it had waited.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller runs the installation.
pub async fn release(ctx: &Ctx, caller: &Caller) -> Result<bool, AppError> {
    let permit = caller.may("mail_hold", "release", Facts::INSTALLATION)?;
    let mut tx = ctx.db.write().await?;
    let waited = mail::release(&mut tx, &permit, ctx.now()).await?;
    tx.commit().await?;
    Ok(waited)
}
