//! The keys under which the audit trail names people, so that it can forget them and stay whole.
//!
//! An entry holds a pseudonym, made of the key that its author has in that span of thirty days. A key goes on to the
//! next span through a hash: whoever has the key of a span can name its entries and all later ones, and none before.
//! Going on (for what is old) and removing the row (for somebody who is erased) cannot be undone.

use crate::conn::{Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{hexadecimal, int, text};
use kiez_domain::id::UserId;
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A span of thirty days, in milliseconds.
const SPAN: i64 = 30 * 86_400_000;

statements! {
    table "audit_key";
    CREATE = "insert into audit_key (user_id, key, span) values ($1, $2, $3)";
    FIND = "select user_id, key, span from audit_key where user_id = $1";
    NAMED = "select k.user_id, k.key, k.span, u.name from audit_key k join user_account u on u.id = k.user_id order by k.user_id";
    OLDER = "select user_id, key, span from audit_key where span < $1 order by user_id";
    GO_ON = "update audit_key set key = $2, span = $3 where user_id = $1";
}

/// A secret of its own for each account, handed in when the account is made.
#[derive(Clone, PartialEq, Eq)]
pub struct AuditKey([u8; 32]);

impl std::fmt::Debug for AuditKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AuditKey")
    }
}

impl AuditKey {
    /// Of random bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    fn next(&self) -> Self {
        Self(Sha256::new().chain_update(b"next").chain_update(self.0).finalize().into())
    }

    fn after(&self, spans: i64) -> Self {
        (0..spans).fold(self.clone(), |key, _| key.next())
    }

    fn pseudonym(&self) -> String {
        let hash = Sha256::new().chain_update(b"name").chain_update(self.0).finalize();
        hexadecimal(&hash[..16])
    }

    fn read(row: &Row) -> Result<Self, StoreError> {
        let bytes = crate::backup::bytes(&row.text("key")?).and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or_else(|| row.corrupt("key"))
    }
}

const fn span_of(at: Instant) -> i64 {
    at.0.div_euclid(SPAN)
}

/// Stores the key of a new account.
pub(crate) async fn create(
    tx: &mut Tx,
    user: UserId,
    key: &AuditKey,
    now: Instant,
) -> Result<(), StoreError> {
    tx.run(&CREATE, vec![text(&user), text(&hexadecimal(&key.0)), int(span_of(now))]).await.map(drop)
}

/// How the trail names somebody at a moment; nothing for an account that is erased.
pub(crate) async fn pseudonym(
    conn: &mut Conn,
    user: UserId,
    at: Instant,
) -> Result<Option<String>, StoreError> {
    let Some(row) = conn.first(&FIND, vec![text(&user)]).await? else { return Ok(None) };
    let key = AuditKey::read(&row)?.after(span_of(at) - row.int("span")?);
    Ok(Some(key.pseudonym()))
}

/// Who is behind the pseudonyms of the time between two moments, as far as anybody may still know.
///
/// # Errors
/// When the database fails.
pub async fn names(
    conn: &mut Conn,
    (from, to): (Instant, Instant),
) -> Result<BTreeMap<String, (UserId, String)>, StoreError> {
    let mut names = BTreeMap::new();
    for row in conn.all(&NAMED, vec![]).await? {
        let (user, name, first) = (row.parse("user_id")?, row.text("name")?, row.int("span")?);
        let begin = first.max(span_of(from));
        let mut key = AuditKey::read(&row)?.after(begin - first);
        for _ in begin..=span_of(to) {
            names.insert(key.pseudonym(), (user, name.clone()));
            key = key.next();
        }
    }
    Ok(names)
}

/// How many keys still name what was done before a moment.
///
/// # Errors
/// When the database fails.
pub async fn count_older(conn: &mut Conn, before: Instant) -> Result<u64, StoreError> {
    let older = conn.all(&OLDER, vec![int(span_of(before))]).await?;
    Ok(u64::try_from(older.len()).unwrap_or(u64::MAX))
}

/// Lets the trail forget who did what before a moment; gives how many keys went on.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, permit: &Permit, before: Instant) -> Result<u64, StoreError> {
    demand_any(permit, "retention", &["run"])?;
    let to = span_of(before);
    let older = tx.all(&OLDER, vec![int(to)]).await?;
    for row in &older {
        let key = AuditKey::read(row)?.after(to - row.int("span")?);
        tx.run(&GO_ON, vec![text(&row.text("user_id")?), text(&hexadecimal(&key.0)), int(to)]).await?;
    }
    Ok(u64::try_from(older.len()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_leads_forward_alone() {
        let key = AuditKey::new([7; 32]);
        assert_eq!(key.after(3), key.next().next().next());
        assert_eq!(key.after(-5), key);
        let names: std::collections::BTreeSet<_> = (0..50).map(|n| key.after(n).pseudonym()).collect();
        assert_eq!(names.len(), 50, "every span has a name of its own");
        assert_eq!(format!("{key:?}"), "AuditKey", "a key is not printed");
    }

    #[test]
    fn a_span_has_thirty_days() {
        assert_eq!(span_of(Instant(0).plus_days(29)), 0);
        assert_eq!(span_of(Instant(0).plus_days(30)), 1);
        assert_eq!(span_of(Instant(-1)), -1);
    }
}
