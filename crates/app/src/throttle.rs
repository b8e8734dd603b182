//! Slowing down whoever guesses, without locking anybody out: passkeys and links never wait.

use crate::ctx::Ctx;
use crate::error::AppError;
use crate::secret::hash;
use kiez_domain::instant::Instant;
use kiez_store::throttle::{self, Failures};

/// Nobody waits longer than this at a door that one network alone has knocked at, in seconds …
const LONGEST: i64 = 15 * 60;
/// … nor than this where others have knocked too: the true owner may be among those who wait.
const LONGEST_FOR_ALL: i64 = 60;
/// What was counted is forgotten after so many days.
const KEPT_DAYS: i64 = 1;

/// What is counted for one attempt.
pub(crate) struct Gate(Vec<(String, Patience)>);

/// So many attempts are free, then each doubles the wait up to the longest.
#[derive(Clone, Copy)]
struct Patience {
    free: i64,
    longest: i64,
}

/// An attempt that was let pass: it stays counted unless it succeeds.
pub(crate) struct Passed(Gate);

impl Gate {
    /// Signing in with something that can be guessed: what was typed as an address, and from where.
    pub(crate) fn of_sign_in(email: &str, network: &str) -> Self {
        let email = email.trim().to_lowercase();
        Self(vec![
            (key(&["pair", &email, network]), Patience { free: 5, longest: LONGEST }),
            (key(&["network", network]), Patience { free: 40, longest: LONGEST }),
            (key(&["account", &email]), Patience { free: 30, longest: LONGEST_FOR_ALL }),
        ])
    }

    /// Asking for a link by mail: nobody's mailbox is filled, whoever asks.
    pub(crate) fn of_mail(email: &str, network: &str) -> Self {
        let email = email.trim().to_lowercase();
        Self(vec![
            (key(&["mail pair", &email, network]), Patience { free: 3, longest: LONGEST }),
            (key(&["mail network", network]), Patience { free: 20, longest: LONGEST }),
            (key(&["mail account", &email]), Patience { free: 6, longest: LONGEST }),
        ])
    }

    /// Asking for a fresh link by an old one: nobody's mailbox is filled, and tokens are not tried out.
    pub(crate) fn of_fresh_link(hash: &str, network: &str) -> Self {
        Self(vec![
            (key(&["fresh link", hash]), Patience { free: 3, longest: LONGEST }),
            (key(&["fresh network", network]), Patience { free: 20, longest: LONGEST }),
        ])
    }

    /// The second step of somebody whose first was right.
    pub(crate) fn of_second_step(user: &str) -> Self {
        Self(vec![(key(&["second", user]), Patience { free: 5, longest: LONGEST })])
    }

    /// Lets an attempt pass and counts it, or says how many seconds are to be waited. An attempt that comes too early
    /// is neither looked at nor counted, so that waiting always ends.
    pub(crate) async fn admit(self, ctx: &Ctx) -> Result<Result<Passed, i64>, AppError> {
        let now = ctx.now();
        let mut tx = ctx.db.write().await?;
        let mut wait = 0;
        for (key, patience) in &self.0 {
            if let Some(failures) = throttle::find(&mut tx, key).await? {
                wait = wait.max(patience.wait(failures, now));
            }
        }
        if wait > 0 {
            return Ok(Err(wait));
        }
        for (key, _) in &self.0 {
            throttle::count(&mut tx, key, now).await?;
        }
        tx.commit().await?;
        Ok(Ok(Passed(self)))
    }
}

impl Passed {
    /// It was the right one: what was counted for it is taken back, and what the pair has failed before is forgotten.
    pub(crate) async fn succeeded(self, ctx: &Ctx) -> Result<(), AppError> {
        let mut tx = ctx.db.write().await?;
        for (at, (key, _)) in self.0.0.iter().enumerate() {
            if at == 0 {
                throttle::clear(&mut tx, key).await?;
            } else {
                throttle::forgive(&mut tx, key).await?;
            }
        }
        Ok(tx.commit().await?)
    }
}

impl Patience {
    /// Seconds to wait after so many failures.
    fn wait(self, failures: Failures, now: Instant) -> i64 {
        let over = failures.count - self.free;
        if over < 0 || failures.last_at.plus_days(KEPT_DAYS) <= now {
            return 0;
        }
        let doubled = 1_i64.checked_shl(u32::try_from(over).unwrap_or(u32::MAX).min(20) + 1);
        let delay = doubled.unwrap_or(i64::MAX).min(self.longest);
        let passed = (now.0 - failures.last_at.0).max(0) / 1_000;
        (delay - passed).max(0)
    }
}

/// Forgets old failures and questions to devices that nobody answered.
///
/// # Errors
/// When the database fails.
pub(crate) async fn forget(ctx: &Ctx) -> Result<(), AppError> {
    let now = ctx.now();
    let mut tx = ctx.db.write().await?;
    throttle::forget(&mut tx, now.plus_days(-KEPT_DAYS)).await?;
    kiez_store::ceremony::forget(&mut tx, now).await?;
    Ok(tx.commit().await?)
}

fn key(parts: &[&str]) -> String {
    hash(&parts.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_and_ends() {
        let patience = Patience { free: 5, longest: LONGEST };
        let wait = |count, seconds: i64| {
            patience.wait(Failures { count, last_at: Instant(0) }, Instant(seconds * 1_000))
        };
        assert_eq!([4, 5, 6, 7, 8].map(|count| wait(count, 0)), [0, 2, 4, 8, 16]);
        assert_eq!(wait(500, 0), LONGEST);
        assert_eq!(wait(500, LONGEST), 0);
        assert_eq!(wait(500, LONGEST - 1), 1);
        assert_eq!(wait(i64::MAX, 2 * 24 * 60 * 60), 0, "yesterday is forgotten");
    }
}
