//! Questions put to a device that wait for its answer; each is answered once or not at all.

use crate::conn::Tx;
use crate::error::StoreError;
use crate::statement::statements;
use crate::value::{at, opt_text, text};
use kiez_domain::id::UserId;
use kiez_domain::instant::Instant;

statements! {
    table "ceremony";
    CREATE = "insert into ceremony (token_hash, user_id, state, expires_at) values ($1, $2, $3, $4)";
    TAKE = "delete from ceremony where token_hash = $1 and expires_at > $2 returning user_id, state";
    FORGET = "delete from ceremony where expires_at <= $1";
}

/// Keeps a question: the hash under which its answer comes, whose key is made, what is needed to judge the answer.
///
/// # Errors
/// When the database fails.
pub async fn create(
    tx: &mut Tx,
    (hash, user): (&str, Option<UserId>),
    state: &str,
    expires_at: Instant,
) -> Result<(), StoreError> {
    tx.run(&CREATE, vec![text(hash), opt_text(user.as_ref()), text(state), at(expires_at)]).await.map(drop)
}

/// Takes a question away to judge its answer: whose key is made, and what was kept.
///
/// # Errors
/// When the database fails.
pub async fn take(
    tx: &mut Tx,
    hash: &str,
    now: Instant,
) -> Result<Option<(Option<UserId>, String)>, StoreError> {
    let row = tx.first(&TAKE, vec![text(hash), at(now)]).await?;
    row.map(|row| Ok((row.opt_parse("user_id")?, row.text("state")?))).transpose()
}

/// Forgets questions that nobody answered; gives how many.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, now: Instant) -> Result<u64, StoreError> {
    tx.run(&FORGET, vec![at(now)]).await
}
