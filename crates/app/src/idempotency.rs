//! A form sent twice acts once.

use crate::caller::Caller;
use crate::error::AppError;
use kiez_domain::instant::Instant;
use kiez_store::conn::Tx;
use kiez_store::idempotency::{Remembered, remember};

/// Notes the outcome of an act under the key its form carried, in the act's own transaction.
///
/// Gives the earlier outcome when the key was used before: the act must then not be repeated.
/// An empty key asks for no protection.
///
/// # Errors
/// When the database fails.
pub(crate) async fn earlier(
    tx: &mut Tx,
    caller: &Caller,
    key: &str,
    outcome: (&str, Instant),
) -> Result<Option<String>, AppError> {
    if key.is_empty() {
        return Ok(None);
    }
    let key: String = key.chars().take(80).collect();
    match remember(tx, &caller.signature(), &key, outcome.0, outcome.1).await? {
        Remembered::First => Ok(None),
        Remembered::Again(earlier) => Ok(Some(earlier)),
    }
}
