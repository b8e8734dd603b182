//! What a sign-in leaves behind besides its session: the language in which to write to the person, and a letter when the
//! device is one that was not seen before.

use super::{Arrival, begin_session, device, to_sign_in};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::message::{self, Letter};
use kiez_domain::access::{Proof, Standing};
use kiez_domain::id::UserId;
use kiez_store::conn::Tx;
use kiez_store::session::Session;
use kiez_store::{session, user};

/// Begins the session of somebody who comes from outside.
pub(crate) async fn enter(
    ctx: &Ctx,
    tx: &mut Tx,
    (user, proof): (UserId, Proof),
    arrival: &Arrival,
) -> Result<String, AppError> {
    let before = session::list_by_user(tx, user).await?;
    let begun = begin_session(ctx, tx, (user, proof), arrival).await?;
    // Before the second step nobody is in; it is told when that was right.
    if begun.standing != Standing::Second {
        if is_new_device(&before, proof, arrival) {
            let letter = Letter::new_device(user, &begun.session.to_string(), device(&arrival.device));
            message::queue(ctx, tx, &to_sign_in(user)?, letter).await?;
        }
        note_language(tx, user, arrival).await?;
    }
    Ok(begun.secret)
}

/// Nobody is told of the first device, which came with the invitation. A session that had shown a password and nothing
/// more makes no device known to whoever shows two factors.
fn is_new_device(before: &[Session], proof: Proof, arrival: &Arrival) -> bool {
    let name = device(&arrival.device);
    let mut inside = before.iter().filter(|session| proof != Proof::Two || session.proof == Proof::Two);
    !before.is_empty() && !inside.any(|session| session.name == name)
}

/// The letter about the new device is still written in the language from before.
async fn note_language(tx: &mut Tx, user: UserId, arrival: &Arrival) -> Result<(), AppError> {
    let Some(language) = &arrival.language else { return Ok(()) };
    let known = user::find(tx, user).await?.and_then(|account| account.language);
    if known.as_ref() != Some(language) {
        user::set_language(tx, &to_sign_in(user)?, (user, language)).await?;
    }
    Ok(())
}

/// The session of somebody who was in already and has changed something: no news for anybody.
pub(crate) async fn renew(
    ctx: &Ctx,
    tx: &mut Tx,
    (user, proof): (UserId, Proof),
    arrival: &Arrival,
) -> Result<String, AppError> {
    Ok(begin_session(ctx, tx, (user, proof), arrival).await?.secret)
}
