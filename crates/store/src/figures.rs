//! What an operator watches: how large the database is, and what waits in it.

use crate::conn::Conn;
use crate::db::Pair;
use crate::error::StoreError;
use crate::statement::{Statement, statements};

statements! {
    table "job";
    JOBS_WAITING = "select count(*) as n from job where done_at is null";
    JOBS_FAILING = "select count(*) as n from job where done_at is null and error is not null";
    MAIL_WAITING = "select count(*) as n from outbox where ended_at is null";
    MAIL_FAILING = "select count(*) as n from outbox where ended_at is null and state = 'failed'";
    AUDIT_UNSEALED = "select count(*) as n from audit_entry where sealed_seq is null";
}

const BYTES: Pair = Pair {
    sqlite: Statement {
        name: "BYTES",
        table: "database",
        sql: "select c.page_count * s.page_size as n from pragma_page_count c, pragma_page_size s",
    },
    pg: Statement {
        name: "BYTES",
        table: "database",
        sql: "select pg_database_size(current_database()) as n",
    },
};

/// The figures of one moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Size of the database in bytes.
    pub database_bytes: i64,
    /// Jobs that are not done yet.
    pub jobs_waiting: i64,
    /// Those among them that failed at least once.
    pub jobs_failing: i64,
    /// Messages that have not left yet, held ones included.
    pub mail_waiting: i64,
    /// Those among them whose last attempt failed.
    pub mail_failing: i64,
    /// Audit entries without a seal.
    pub audit_unsealed: i64,
}

/// Counts.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut Conn) -> Result<Figures, StoreError> {
    let bytes = conn.all_of(&BYTES, vec![]).await?;
    let bytes = bytes.first().ok_or_else(|| StoreError::corrupt("database", "n"))?;
    Ok(Figures {
        database_bytes: bytes.int("n")?,
        jobs_waiting: conn.number(&JOBS_WAITING, vec![]).await?,
        jobs_failing: conn.number(&JOBS_FAILING, vec![]).await?,
        mail_waiting: conn.number(&MAIL_WAITING, vec![]).await?,
        mail_failing: conn.number(&MAIL_FAILING, vec![]).await?,
        audit_unsealed: conn.number(&AUDIT_UNSEALED, vec![]).await?,
    })
}
