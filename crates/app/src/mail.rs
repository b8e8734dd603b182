//! Outgoing mail of this copy: whether it waits. A restored copy holds it until somebody has said that it is the one that sends.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::message::Of;
use kiez_domain::message::STALE_DAYS;
use kiez_domain::policy::Facts;
use kiez_store::mail::{self, Hold};
use kiez_store::message;

/// Since when and why mail waits; none when it goes out.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller runs the installation.
pub async fn held(ctx: &Ctx, caller: &Caller) -> Result<Option<Hold>, AppError> {
    caller.may("mail_hold", "read", Facts::INSTALLATION)?;
    Ok(mail::held(&mut ctx.db.read().await?).await?)
}

/// Whether mail waits, for those who look at a list of messages.
///
/// # Errors
/// [`AppError::NotFound`] for whoever has no say about these.
pub async fn is_held(ctx: &Ctx, caller: &Caller, of: Of) -> Result<bool, AppError> {
    caller.may("message", "list", of.facts())?;
    Ok(mail::held(&mut ctx.db.read().await?).await?.is_some())
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

/// What a release did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Released {
    /// Mail had waited.
    pub waited: bool,
    /// So many messages had waited for days: each goes when somebody has said so.
    pub kept: u64,
}

/// Lets mail go out. What has waited for more than [`STALE_DAYS`] days is kept until somebody has looked at it: perhaps it
/// has been sent by the copy this one was made from, or nobody wants it any more.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller runs the installation.
pub async fn release(ctx: &Ctx, caller: &Caller) -> Result<Released, AppError> {
    let permit = caller.may("mail_hold", "release", Facts::INSTALLATION)?;
    let now = ctx.now();
    let mut tx = ctx.db.write().await?;
    let waited = mail::release(&mut tx, &permit, now).await?;
    let kept = match waited {
        true => message::hold_before(&mut tx, &permit, now.plus_days(-STALE_DAYS), now).await?,
        false => 0,
    };
    tx.commit().await?;
    Ok(Released { waited, kept })
}

/// Lets go what was kept at a release; gives how many messages that are.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller runs the installation.
pub async fn release_kept(ctx: &Ctx, caller: &Caller) -> Result<u64, AppError> {
    let permit = caller.may("mail_hold", "release", Facts::INSTALLATION)?;
    let mut tx = ctx.db.write().await?;
    let released = message::release_held(&mut tx, &permit, ctx.now()).await?;
    tx.commit().await?;
    Ok(released)
}
