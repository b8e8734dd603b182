//! The two databases. This file and `db/wire.rs` alone know that there are two.

mod clear;
mod health;
mod open;
mod waits;
mod wire;

pub use health::WriterHealth;
pub use waits::WriterFigures;
pub(crate) use wire::{Pair, Wire};

use crate::conn::{Conn, Tx};
use crate::error::StoreError;
use crate::migration;
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;
use std::sync::Arc;
use waits::WriterWaits;

/// A database; cheap to clone.
#[derive(Debug, Clone)]
pub enum Db {
    /// One file, one process that writes at a time.
    Sqlite {
        /// One connection: whoever has it may write.
        writer: SqlitePool,
        /// Connections that only read.
        readers: SqlitePool,
        /// How long writers waited for that connection.
        waits: Arc<WriterWaits>,
        /// Whether it could be written the last time.
        health: Arc<WriterHealth>,
    },
    /// A server.
    Pg {
        /// Connections that read or write.
        pool: PgPool,
        /// How long writers waited for one of them.
        waits: Arc<WriterWaits>,
        /// Whether it could be written the last time.
        health: Arc<WriterHealth>,
    },
}

impl Db {
    /// Opens a database at an address (`sqlite:///path/kiez.db`, `sqlite::memory:`, `postgres://…`) and makes
    /// sure that this program may use it; a missing SQLite file is made. The schema is left as it is.
    ///
    /// # Errors
    /// When the address is none, the database cannot be reached, or it needs a newer program.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let db = open::open(url).await?;
        migration::refuse_if_too_new(&mut db.read().await?).await?;
        Ok(db)
    }

    /// Opens a SQLite file on a disk that is read-only, such as one that the system no longer trusts. Every attempt to
    /// write fails with [`StoreError::ReadOnly`] until [`Db::reopen`]. `still` says that nobody can be writing to the file
    /// and nothing waits beside it (`-wal`).
    ///
    /// # Errors
    /// When it cannot be read or needs a newer program.
    pub async fn open_reading(url: &str, still: bool) -> Result<Self, StoreError> {
        let db = open::reading(url, still).await?;
        migration::refuse_if_too_new(&mut db.read().await?).await?;
        Ok(db)
    }

    /// Opens connections for writing from now on, where they were opened for reading alone. Those that are in use stay
    /// until they are given back, and what SQLite keeps for all of them goes with the last: whoever cannot write yet calls
    /// again a little later.
    ///
    /// # Errors
    /// When the address is none.
    pub async fn reopen(&self, url: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite { writer, readers, health, .. } if health.reads_only() => {
                // First the way in which connections are opened, then which of them are too old.
                open::for_writing(url, writer, readers)?;
                health.reopen();
                open::close_idle(writer).await;
                open::close_idle(readers).await;
            }
            _ => {}
        }
        Ok(())
    }

    /// Brings the schema up to date; gives the number it had and the number it has now.
    ///
    /// # Errors
    /// When the database fails; nothing has been changed then.
    pub async fn migrate(&self) -> Result<(i64, i64), StoreError> {
        migration::migrate(self, migration::newest()).await
    }

    /// The same as far as one step: what an earlier program would have made, for trying the way on from there.
    ///
    /// # Errors
    /// When the database fails; nothing has been changed then.
    pub async fn migrate_to(&self, last: i64) -> Result<(i64, i64), StoreError> {
        migration::migrate(self, last).await
    }

    /// The number of the schema, 0 for an empty database.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn schema_version(&self) -> Result<i64, StoreError> {
        Ok(migration::info(&mut self.read().await?).await?.map_or(0, |info| info.version))
    }

    /// Refuses to go on with a schema that has not been migrated for this program.
    ///
    /// # Errors
    /// [`StoreError::TooOld`] with both numbers.
    pub async fn demand_current_schema(&self) -> Result<(), StoreError> {
        let (found, needed) = (self.schema_version().await?, migration::newest());
        if found < needed { Err(StoreError::TooOld { found, needed }) } else { Ok(()) }
    }

    /// A connection that sees one moment of the database, whatever others write meanwhile.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn read(&self) -> Result<Conn, StoreError> {
        let wire = match self {
            Self::Sqlite { readers, .. } => Wire::Sqlite(readers.begin_with("begin").await?),
            // Repeatable read: one snapshot for all statements, as SQLite gives it.
            Self::Pg { pool, .. } => {
                Wire::Pg(pool.begin_with("begin isolation level repeatable read read only").await?)
            }
        };
        Ok(Conn::new(wire))
    }

    /// A transaction that writes; dropped without `commit` it leaves nothing behind.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when somebody else writes for more than ten seconds.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        let _waited = self.waits().begin();
        let begun = match self {
            // Immediate: a transaction that reads first and writes later could not be upgraded while another writes.
            Self::Sqlite { writer, .. } => writer.begin_with("begin immediate").await.map(Wire::Sqlite),
            Self::Pg { pool, .. } => pool.begin().await.map(Wire::Pg),
        };
        let health = self.health();
        let wire = begun.map_err(StoreError::from).inspect_err(|error| health.failed(error))?;
        Ok(Tx::new(wire, Arc::clone(health)))
    }

    /// Whether the last who tried to write could not, for want of room or right.
    #[must_use]
    pub fn is_unwritable(&self) -> bool {
        self.health().is_failing()
    }

    fn health(&self) -> &Arc<WriterHealth> {
        match self {
            Self::Sqlite { health, .. } | Self::Pg { health, .. } => health,
        }
    }

    /// How long writers of this program have waited for their turn.
    #[must_use]
    pub fn writers(&self) -> WriterFigures {
        self.waits().figures()
    }

    fn waits(&self) -> &WriterWaits {
        match self {
            Self::Sqlite { waits, .. } | Self::Pg { waits, .. } => waits,
        }
    }

    /// The name of the engine, for messages: `SQLite` or `PostgreSQL`.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "SQLite",
            Self::Pg { .. } => "PostgreSQL",
        }
    }

    /// Closes every connection; what waits for one gets an error.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Pg { pool, .. } => pool.close().await,
        }
    }
}
