//! Work that was queued in the transaction of its cause, done by whichever program comes first.

use crate::action_link;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::message::delivery::house;
use crate::message::{self, Letter};
use kiez_domain::id::JobId;
use kiez_domain::instant::Instant;
use kiez_domain::language::LanguageTag;
use kiez_domain::policy::Facts;
use kiez_domain::text::Line;
use kiez_store::conn::Tx;
use kiez_store::job::{self as rows, Job};
use kiez_store::user;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What did not work is tried again after so many minutes, each time twice as long …
const AGAIN_MINUTES: i64 = 1;
/// … but never longer than this.
const LONGEST_MINUTES: i64 = 6 * 60;

/// Somebody asked for a link by mail. Whether there is an account is not looked at before the answer was given.
const SIGN_IN_LINK: &str = "sign_in_link";

/// Somebody asked for a fresh link to the own page. Whether there is such a link is not looked at before the answer was given.
const FRESH_LINK: &str = "fresh_link";

#[derive(Debug, Serialize, Deserialize)]
struct AskedForFreshLink {
    /// What is stored of the old link's secret.
    hash: String,
    language: LanguageTag,
}

#[derive(Debug, Serialize, Deserialize)]
struct AskedForLink {
    /// As it was typed; forgotten when this is done.
    email: String,
    language: Option<LanguageTag>,
}

/// Queues the answer to somebody who asks for a link: the same work for every address.
pub(crate) async fn ask_for_link(
    ctx: &Ctx,
    tx: &mut Tx,
    (email, language): (&str, Option<LanguageTag>),
) -> Result<(), AppError> {
    let email = email.trim().chars().take(Line::LIMIT).collect();
    enqueue(ctx, tx, (SIGN_IN_LINK, &AskedForLink { email, language })).await
}

/// Queues the answer to somebody who asks for a fresh link by an old one: the same work for every token.
pub(crate) async fn ask_for_fresh_link(
    ctx: &Ctx,
    tx: &mut Tx,
    (hash, language): (String, LanguageTag),
) -> Result<(), AppError> {
    enqueue(ctx, tx, (FRESH_LINK, &AskedForFreshLink { hash, language })).await
}

async fn enqueue(
    ctx: &Ctx,
    tx: &mut Tx,
    (kind, asked): (&'static str, &impl Serialize),
) -> Result<(), AppError> {
    let asked = serde_json::to_value(asked).map_err(|error| AppError::Broken(error.to_string()))?;
    Ok(rows::enqueue(tx, ctx.id(JobId::new)?, None, (kind, &asked), ctx.now()).await?)
}

fn asked<T: DeserializeOwned>(job: &Job) -> Result<T, AppError> {
    serde_json::from_str(&job.payload).map_err(|error| AppError::Broken(error.to_string()))
}

/// Does everything that is due; gives how much that was.
///
/// # Errors
/// When the database fails. Work that cannot be done is no error: it is tried again.
pub async fn run_due(ctx: &Ctx) -> Result<u64, AppError> {
    let mut done = 0;
    while rows::is_due(&mut ctx.db.read().await?, ctx.now()).await? {
        let mut tx = ctx.db.write().await?;
        let Some(job) = rows::claim(&mut tx, ctx.now()).await? else { break };
        tx.commit().await?;
        if let Err(error) = perform(ctx, &job).await {
            tracing::error!(kind = job.kind, attempts = job.attempts, %error, "queued work was not done; it is tried again");
            let mut tx = ctx.db.write().await?;
            rows::fail(&mut tx, job.id, "see the log", again(ctx.now(), job.attempts)).await?;
            tx.commit().await?;
        }
        done += 1;
    }
    Ok(done)
}

fn again(now: Instant, attempts: i64) -> Instant {
    let doublings = u32::try_from((attempts - 1).clamp(0, 16)).unwrap_or(0);
    now.plus_minutes((AGAIN_MINUTES << doublings).min(LONGEST_MINUTES))
}

/// Does one piece of work and notes that it is done, in one transaction.
async fn perform(ctx: &Ctx, job: &Job) -> Result<(), AppError> {
    let mut tx = ctx.db.write().await?;
    match job.kind.as_str() {
        SIGN_IN_LINK => send_link(ctx, &mut tx, asked(job)?).await?,
        FRESH_LINK => {
            let AskedForFreshLink { hash, language } = asked(job)?;
            action_link::send_fresh(ctx, &mut tx, (&hash, language)).await?;
        }
        unknown => return Err(AppError::Broken(format!("nobody knows how to do \"{unknown}\""))),
    }
    rows::finish(&mut tx, job.id, ctx.now()).await?;
    Ok(tx.commit().await?)
}

async fn send_link(ctx: &Ctx, tx: &mut Tx, asked: AskedForLink) -> Result<(), AppError> {
    let Ok(email) = asked.email.parse::<Line>() else { return Ok(()) };
    let Some(account) = user::find_by_email(tx, &email).await? else { return Ok(()) };
    let permit = house().may("sign_in_link", "create", Facts::INSTALLATION)?;
    let letter = Letter { language: asked.language, ..Letter::sign_in_link(ctx, account.id) };
    message::queue(ctx, tx, &permit, letter).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let wait = |attempts| (again(Instant(0), attempts).0) / 60_000;
        assert_eq!([1, 2, 3, 4].map(wait), [1, 2, 4, 8]);
        assert_eq!(wait(i64::MAX), LONGEST_MINUTES);
    }
}
