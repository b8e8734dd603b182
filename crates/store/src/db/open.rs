//! How each database is opened, and why with these settings.

use super::{Db, WriterHealth};
use crate::error::StoreError;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// How long somebody waits for a writer before the program says so.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long the last question to a silent server may take.
const LAST_TRY: Duration = Duration::from_secs(2);

/// The SQLite that is built in. From 3.51.3 on a bug is mended that could lose a checkpoint of the WAL; the
/// statements need 3.44 (`string_agg`).
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

pub(super) async fn open(url: &str) -> Result<Db, StoreError> {
    if url == "sqlite::memory:" {
        return in_memory().await;
    }
    if url.starts_with("sqlite:") {
        return file(url).await;
    }
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        let options = PgConnectOptions::from_str(url).map_err(|_| address(url))?;
        return server(options).await;
    }
    Err(address(url))
}

/// A server that is just starting gets ten seconds; then the person learns what it said last.
async fn server(options: PgConnectOptions) -> Result<Db, StoreError> {
    let pool = PgPoolOptions::new().max_connections(16).acquire_timeout(PATIENCE);
    match pool.connect_with(options.clone()).await {
        Ok(pool) => Ok(Db::Pg { pool, waits: Arc::default(), health: Arc::default() }),
        Err(sqlx::Error::PoolTimedOut) => {
            let last = tokio::time::timeout(LAST_TRY, options.connect()).await;
            Err(last.ok().and_then(Result::err).map_or(StoreError::Busy, StoreError::from))
        }
        Err(error) => Err(error.into()),
    }
}

/// A database that is gone with the program. One connection for all: reading waits for writing.
async fn in_memory() -> Result<Db, StoreError> {
    let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(true);
    let pool = lasting(1).connect_with(options).await?;
    assert_version(&pool).await?;
    Ok(Db::Sqlite { writer: pool.clone(), readers: pool, waits: Arc::default(), health: Arc::default() })
}

async fn file(url: &str) -> Result<Db, StoreError> {
    let options = writing(url)?;
    let health = Arc::default();
    let writer = careful(1, &health).connect_with(options.clone()).await?;
    assert_version(&writer).await?;
    // Whoever only reads cannot write by mistake.
    let readers = careful(8, &health).connect_with(options.pragma("query_only", "on")).await?;
    Ok(Db::Sqlite { writer, readers, waits: Arc::default(), health })
}

/// How a file is opened that may be written.
fn writing(url: &str) -> Result<SqliteConnectOptions, StoreError> {
    Ok(SqliteConnectOptions::from_str(url)
        .map_err(|_| address(url))?
        .create_if_missing(true)
        // Readers go on while somebody writes.
        .journal_mode(SqliteJournalMode::Wal)
        // With NORMAL a power cut loses what was acknowledged (8 of 10 trials), with FULL never (0 of 40).
        .synchronous(SqliteSynchronous::Full)
        // SQLite checks references only when asked to, for each connection.
        .foreign_keys(true)
        // A second program (an import beside the server) waits instead of failing.
        .busy_timeout(PATIENCE)
        // What is deleted is overwritten: whoever finds the file does not find it there any more.
        .pragma("secure_delete", "on")
        // A mapped file turns a disk error into the end of the process.
        .pragma("mmap_size", "0")
        // 4 MB of pages for each connection. They are used in turn, so each fills its own: nine times 16 MB would be
        // more than all the rest of the program, and the operating system keeps the file in memory once for all.
        .pragma("cache_size", "-4096"))
}

/// A file on a read-only disk. Where nothing waits beside it, SQLite is told that it does not change: else it would want
/// to make the files it keeps beside it.
pub(super) async fn reading(url: &str, still: bool) -> Result<Db, StoreError> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(|_| address(url))?
        .read_only(true)
        .immutable(still)
        .busy_timeout(PATIENCE)
        .pragma("mmap_size", "0")
        .pragma("cache_size", "-4096");
    let health = Arc::new(WriterHealth::default().opened_for_reading());
    let writer = careful(1, &health).connect_with(options.clone()).await?;
    assert_version(&writer).await?;
    let readers = careful(8, &health).connect_with(options).await?;
    Ok(Db::Sqlite { writer, readers, waits: Arc::default(), health })
}

/// From now on both pools open their connections as a file that may be written is opened.
pub(super) fn for_writing(url: &str, writer: &SqlitePool, readers: &SqlitePool) -> Result<(), StoreError> {
    let options = writing(url)?;
    writer.set_connect_options(options.clone());
    readers.set_connect_options(options.pragma("query_only", "on"));
    Ok(())
}

/// Closes the connections that nobody uses. All that were opened on a read-only disk share one piece of memory beside the
/// file (`-shm`), and whoever comes while one of them is there can read only, too.
pub(super) async fn close_idle(pool: &SqlitePool) {
    while let Some(connection) = pool.try_acquire() {
        // A connection that cannot be closed in order is closed all the same.
        let _closed = connection.close().await;
    }
}

/// A pool that never hands out a connection that is stuck: on a full disk SQLite rolls a transaction back by itself, sqlx
/// counts it as open for ever then and would begin no other one. Such a connection is closed and a new one opened.
fn careful(connections: u32, health: &Arc<WriterHealth>) -> SqlitePoolOptions {
    let health = Arc::clone(health);
    lasting(connections).before_acquire(move |connection, about| {
        let usable = !connection.is_in_transaction() && !health.is_outdated(about.age);
        Box::pin(async move { Ok(usable) })
    })
}

/// A pool whose connections stay: opening a file anew costs, and memory would be forgotten.
fn lasting(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
}

async fn assert_version(pool: &SqlitePool) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("select sqlite_version()").fetch_one(pool).await?;
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    let found = (next(), next(), next());
    if found >= OLDEST_SQLITE {
        return Ok(());
    }
    let (major, minor, patch) = OLDEST_SQLITE;
    Err(StoreError::Unavailable(format!(
        "SQLite {version} is too old, {major}.{minor}.{patch} is needed: build kiez with its own SQLite"
    )))
}

/// The error for an address; a password in it is not repeated.
fn address(url: &str) -> StoreError {
    let given = match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://…@{rest}"),
        _ => url.to_owned(),
    };
    StoreError::Address { given }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn a_password_is_not_repeated() {
        assert!(!address("mysql://kiez:secret@host/db").to_string().contains("secret"));
        assert!(address("kiez.db").to_string().contains("kiez.db"));
    }
}
