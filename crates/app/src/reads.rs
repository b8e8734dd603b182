//! Who reads what is not for everybody leaves an entry in the audit trail: at once where that is possible, and never so
//! that a page waits for it.

use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::policy::Permit;
use kiez_store::audit::{self, Read};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A page waits no longer than this; the entry is written all the same.
const PATIENCE: Duration = Duration::from_millis(100);
/// So many entries wait at most while nothing can be stored.
const MOST: usize = 10_000;

/// What waits to be written.
#[derive(Debug, Default)]
pub struct Reads(Mutex<Vec<Read>>);

impl Reads {
    fn push(&self, mut reads: Vec<Read>) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        reads.append(&mut waiting);
        reads.truncate(MOST);
        *waiting = reads;
    }

    fn take(&self) -> Vec<Read> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Notes that what the permit allowed was done with a row.
pub(crate) async fn note(ctx: &Ctx, permit: &Permit, row: (&'static str, String)) {
    ctx.reads.push(vec![Read::of(permit, row, ctx.now())]);
    let ctx = ctx.clone();
    let written = tokio::spawn(async move { flush(&ctx).await });
    match tokio::time::timeout(PATIENCE, written).await {
        Ok(Ok(Err(error))) => {
            tracing::error!(%error, "who read what was not stored; the next round tries again")
        }
        Ok(Err(error)) => tracing::error!(%error, "who read what was not stored; the next round tries again"),
        Ok(Ok(Ok(()))) | Err(_) => {}
    }
}

/// Writes what waits, all in one transaction.
///
/// # Errors
/// When the database fails: it goes on waiting.
pub async fn flush(ctx: &Ctx) -> Result<(), AppError> {
    let reads = ctx.reads.take();
    if reads.is_empty() {
        return Ok(());
    }
    let written = write(ctx, &reads).await;
    if written.is_err() {
        ctx.reads.push(reads);
    }
    written
}

async fn write(ctx: &Ctx, reads: &[Read]) -> Result<(), AppError> {
    let mut tx = ctx.db.write().await?;
    audit::note_reads(&mut tx, reads).await?;
    Ok(tx.commit().await?)
}
