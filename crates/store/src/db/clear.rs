//! What is deleted goes from the files too, and not only out of reach.

use super::Db;
use crate::error::StoreError;
use crate::schema;
use sqlx::{AssertSqlSafe, PgPool};
use std::time::{Duration, Instant};

/// Tables that hold nothing about anybody and may be large: writing them anew would cost and clear nothing.
const ABOUT_NOBODY: [&str; 5] = ["address_point", "ground", "ground_part", "quarter", "schema_info"];

/// How often, and how long in all, it is looked whether earlier readers have ended.
const GLANCE: Duration = Duration::from_millis(50);
const PATIENCE: Duration = Duration::from_secs(5);

/// Whether every transaction has ended that began before this moment: for as long as one may still look at a row, PostgreSQL
/// carries it over into the table that is written anew. Sessions of other roles are seen by who may read all of
/// `pg_stat_activity` alone.
async fn nobody_looks_back(pool: &PgPool) -> Result<bool, StoreError> {
    let now: String =
        sqlx::query_scalar("select cast(cast(pg_current_xact_id() as xid) as text)").fetch_one(pool).await?;
    let end = Instant::now() + PATIENCE;
    loop {
        let earlier: i64 = sqlx::query_scalar(
            "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
and (age(backend_xmin) > age(cast($1 as xid)) or age(backend_xid) > age(cast($1 as xid)))",
        )
        .bind(&now)
        .fetch_one(pool)
        .await?;
        if earlier == 0 || Instant::now() > end {
            return Ok(earlier == 0);
        }
        tokio::time::sleep(GLANCE).await;
    }
}

impl Db {
    /// Writes the files anew without what was deleted; whether it could be done to the end. SQLite: deleted rows are
    /// overwritten at once (`secure_delete`), but a page that was divided may keep a copy in its gap, and the log beside
    /// the file holds older pages until it is cut. PostgreSQL: the tables are written anew, once nobody reads who began before;
    /// what its own log (`pg_wal`) and its archive keep is the server's matter.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn clear_deleted(&self) -> Result<bool, StoreError> {
        match self {
            Self::Sqlite { writer, .. } => {
                let mut connection = writer.acquire().await?;
                sqlx::query("vacuum").execute(&mut *connection).await?;
                let (busy, _, _): (i64, i64, i64) =
                    sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(&mut *connection).await?;
                Ok(busy == 0)
            }
            Self::Pg { pool, .. } => {
                if !nobody_looks_back(pool).await? {
                    return Ok(false);
                }
                let tables = schema::describe(&mut self.read().await?).await?;
                for table in tables.iter().filter(|table| !ABOUT_NOBODY.contains(&table.name.as_str())) {
                    let sql = AssertSqlSafe(format!("vacuum (full) {}", table.name));
                    sqlx::raw_sql(sql).execute(pool).await?;
                }
                Ok(true)
            }
        }
    }
}
