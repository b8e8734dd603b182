//! Running a statement on whichever database it is.

use crate::error::StoreError;
use crate::row::Row;
use crate::schema::Table;
use crate::statement::Statement;
use crate::value::Value;
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

    /// Every row of a table in the order of its key.
    pub(crate) async fn all_of_table(&mut self, table: &Table) -> Result<Vec<Row>, StoreError> {
        let sql = AssertSqlSafe(format!("select * from {} order by {}", table.name, table.key.join(", ")));
        let statement = Statement { name: "TABLE", table: "dump", sql: "" };
        match self {
            Self::Sqlite(tx) => {
                let rows = sqlx::query(sql).fetch_all(&mut **tx).await?;
                Ok(rows.into_iter().map(|row| Row::sqlite(&statement, row)).collect())
            }
            Self::Pg(tx) => {
                let rows = sqlx::query(sql).fetch_all(&mut **tx).await?;
                Ok(rows.into_iter().map(|row| Row::pg(&statement, row)).collect())
            }
        }
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
    let columns = row.split(',').count();
    let mut sql = String::with_capacity(before.len() + rows * row.len() * 2 + behind.len());
    sql.push_str(before);
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
    sql.push_str(behind);
    AssertSqlSafe(sql).into_sql_str()
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
