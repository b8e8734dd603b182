//! Running a statement on whichever database it is.

use crate::error::StoreError;
use crate::row::Row;
use crate::schema::Table;
use crate::statement::Statement;
use crate::value::Value;
use futures_util::TryStreamExt as _;
use kiez_domain::id::ProjectId;
use sqlx::postgres::{PgArguments, Postgres};
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments};
use sqlx::{AssertSqlSafe, Executor as _, SqlSafeStr as _, SqlStr, Transaction};

/// An open transaction of either database.
pub(crate) enum Wire {
    Sqlite(Transaction<'static, Sqlite>),
    Pg(Transaction<'static, Postgres>),
}

/// A pair of texts for the few things that both databases say differently.
pub(crate) struct Pair {
    /// For SQLite.
    pub(crate) sqlite: Statement,
    /// For PostgreSQL.
    pub(crate) pg: Statement,
}

impl Wire {
    /// The text of a pair that is meant for this database.
    pub(crate) fn choose<'a>(&self, pair: &'a Pair) -> &'a Statement {
        match self {
            Self::Sqlite(_) => &pair.sqlite,
            Self::Pg(_) => &pair.pg,
        }
    }

    pub(crate) async fn all(
        &mut self,
        statement: &Statement,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite(tx) => {
                let rows = bind_sqlite(sqlx::query(statement.sql), values).fetch_all(&mut **tx).await?;
                Ok(rows.into_iter().map(|row| Row::sqlite(statement, row)).collect())
            }
            Self::Pg(tx) => {
                let rows = bind_pg(sqlx::query(statement.sql), values).fetch_all(&mut **tx).await?;
                Ok(rows.into_iter().map(|row| Row::pg(statement, row)).collect())
            }
        }
    }

    /// Inserts many rows with one statement: the registered one with its row repeated.
    pub(crate) async fn insert(
        &mut self,
        statement: &Statement,
        rows: Vec<Vec<Value>>,
    ) -> Result<u64, StoreError> {
        let sql = repeat_row(statement, rows.len(), matches!(self, Self::Pg(_)));
        self.run(sql, rows.into_iter().flatten().collect()).await
    }

    /// Runs a text composed of registered statements alone; gives the number of rows it touched.
    pub(crate) async fn run(&mut self, sql: SqlStr, values: Vec<Value>) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(tx) => {
                Ok(bind_sqlite(sqlx::query(sql), values).execute(&mut **tx).await?.rows_affected())
            }
            Self::Pg(tx) => Ok(bind_pg(sqlx::query(sql), values).execute(&mut **tx).await?.rows_affected()),
        }
    }

    /// Which of the two it is.
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// Hands on every row of a table in the order of its key, without holding them all in memory.
    pub(crate) async fn each_of_table(
        &mut self,
        table: &Table,
        mut each: impl FnMut(&Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let sql = AssertSqlSafe(format!("select * from {} order by {}", table.name, table.key.join(", ")));
        let statement = Statement { name: "TABLE", table: "dump", sql: "" };
        match self {
            Self::Sqlite(tx) => {
                let mut rows = sqlx::query(sql).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    each(&Row::sqlite(&statement, row))?;
                }
            }
            Self::Pg(tx) => {
                let mut rows = sqlx::query(sql).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    each(&Row::pg(&statement, row))?;
                }
            }
        }
        Ok(())
    }

    /// How many rows a table has.
    pub(crate) async fn count_table(&mut self, table: &Table) -> Result<i64, StoreError> {
        let sql = AssertSqlSafe(format!("select count(*) from {}", table.name));
        Ok(match self {
            Self::Sqlite(tx) => sqlx::query_scalar(sql).fetch_one(&mut **tx).await?,
            Self::Pg(tx) => sqlx::query_scalar(sql).fetch_one(&mut **tx).await?,
        })
    }

    /// Removes every row of a project from a table whose name the schema itself gave.
    pub(crate) async fn empty_of_project(
        &mut self,
        table: &Table,
        project: Value,
    ) -> Result<u64, StoreError> {
        let sql = AssertSqlSafe(format!("delete from {} where project_id = $1", table.name)).into_sql_str();
        self.run(sql, vec![project]).await
    }

    /// How many rows of a project a table has.
    pub(crate) async fn count_of_project(
        &mut self,
        table: &Table,
        project: &ProjectId,
    ) -> Result<i64, StoreError> {
        let sql = AssertSqlSafe(format!("select count(*) from {} where project_id = $1", table.name));
        let project = project.to_string();
        Ok(match self {
            Self::Sqlite(tx) => sqlx::query_scalar(sql).bind(project).fetch_one(&mut **tx).await?,
            Self::Pg(tx) => sqlx::query_scalar(sql).bind(project).fetch_one(&mut **tx).await?,
        })
    }

    /// Does something to a whole table or view whose name the schema itself gave.
    pub(crate) async fn alter(&mut self, what: &'static str, name: &str) -> Result<(), StoreError> {
        let sql = AssertSqlSafe(format!("{what} {name}")).into_sql_str();
        self.run(sql, vec![]).await.map(drop)
    }

    /// Inserts rows with one statement; the names are those that the schema itself gave.
    pub(crate) async fn fill_table(
        &mut self,
        table: &Table,
        rows: Vec<Vec<Value>>,
    ) -> Result<u64, StoreError> {
        let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        let sql = format!("insert into {} ({}) ", table.name, names.join(", "));
        let sql = repeated(sql, names.len(), (rows.len(), !self.is_sqlite()));
        self.run(AssertSqlSafe(sql).into_sql_str(), rows.into_iter().flatten().collect()).await
    }

    /// Runs a script of several statements without values: a migration.
    pub(crate) async fn script(&mut self, sql: &'static str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.execute(sqlx::raw_sql(sql)).await.map(drop)?,
            Self::Pg(tx) => tx.execute(sqlx::raw_sql(sql)).await.map(drop)?,
        }
        Ok(())
    }

    /// Lets the database read a statement without running it.
    pub(crate) async fn prepare(&mut self, sql: &'static str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.prepare(sql.into_sql_str()).await.map(drop)?,
            Self::Pg(tx) => tx.prepare(sql.into_sql_str()).await.map(drop)?,
        }
        Ok(())
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Pg(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// Repeats the one row of a registered `insert … values ($1, …)` so often that `rows` fit.
///
/// On SQLite the places have no names: it keeps names in a list and walks through it for every single value, which
/// made an import of 40,000 rows several times slower.
fn repeat_row(statement: &Statement, rows: usize, named: bool) -> SqlStr {
    let (before, rest) = statement.sql.split_once("values (").expect("a bulk insert has one row of values");
    let (row, behind) = rest.split_once(')').expect("the row of values ends");
    let mut sql = repeated(before.to_owned(), row.split(',').count(), (rows, named));
    sql.push_str(behind);
    AssertSqlSafe(sql).into_sql_str()
}

/// Puts places for so many rows behind a text.
fn repeated(mut sql: String, columns: usize, (rows, named): (usize, bool)) -> String {
    sql.reserve(rows * columns * if named { 8 } else { 3 });
    sql.push_str("values ");
    for at in 0..rows {
        sql.push_str(if at == 0 { "(" } else { ", (" });
        for column in 0..columns {
            sql.push_str(if column == 0 { "" } else { ", " });
            if named {
                sql.push('$');
                sql.push_str(&(at * columns + column + 1).to_string());
            } else {
                sql.push('?');
            }
        }
        sql.push(')');
    }
    sql
}

fn bind_sqlite(
    mut query: Query<'_, Sqlite, SqliteArguments>,
    values: Vec<Value>,
) -> Query<'_, Sqlite, SqliteArguments> {
    for value in values {
        query = match value {
            Value::Text(text) => query.bind(text),
            Value::Int(number) => query.bind(number),
            Value::Real(number) => query.bind(number),
            Value::Bool(yes) => query.bind(yes),
            Value::Bytes(bytes) => query.bind(bytes),
        };
    }
    query
}

fn bind_pg(
    mut query: Query<'_, Postgres, PgArguments>,
    values: Vec<Value>,
) -> Query<'_, Postgres, PgArguments> {
    for value in values {
        query = match value {
            Value::Text(text) => query.bind(text),
            Value::Int(number) => query.bind(number),
            Value::Real(number) => query.bind(number),
            Value::Bool(yes) => query.bind(yes),
            Value::Bytes(bytes) => query.bind(bytes),
        };
    }
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_row_becomes_many_and_the_rest_stays() {
        let statement = Statement {
            name: "X",
            table: "x",
            sql: "insert into x (a, b) values ($1, $2) on conflict (a) do nothing",
        };
        let sql = repeat_row(&statement, 2, true);
        assert_eq!(sql.as_str(), "insert into x (a, b) values ($1, $2), ($3, $4) on conflict (a) do nothing");
        let sql = repeat_row(&statement, 2, false);
        assert_eq!(sql.as_str(), "insert into x (a, b) values (?, ?), (?, ?) on conflict (a) do nothing");
    }
}
