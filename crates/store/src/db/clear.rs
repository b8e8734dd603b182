//! What is deleted goes from the files too, and not only out of reach.

use super::Db;
use crate::error::StoreError;
use crate::schema;
use sqlx::AssertSqlSafe;

/// Tables that hold nothing about anybody and may be large: writing them anew would cost and clear nothing.
const ABOUT_NOBODY: [&str; 5] = ["address_point", "ground", "ground_part", "quarter", "schema_info"];

impl Db {
    /// Writes the files anew without what was deleted; whether it could be done to the end. SQLite: deleted rows are
    /// overwritten at once (`secure_delete`), but a page that was divided may keep a copy in its gap, and the log beside
    /// the file holds older pages until it is cut. PostgreSQL: the tables are written anew; what its own log (`pg_wal`)
    /// and its archive keep is the server's matter.
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
