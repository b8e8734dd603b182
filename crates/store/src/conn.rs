//! A connection that reads, and a transaction that writes.

use crate::change_log::{self, Pending};
use crate::db::{Pair, Wire, WriterHealth};
use crate::error::StoreError;
use crate::row::Row;
use crate::schema::Table;
use crate::statement::Statement;
use crate::value::Value;
use kiez_domain::id::ProjectId;
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use sqlx::SqlSafeStr as _;
use std::fmt::Display;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// Rows of one multi-row insert; both databases allow 32,766 values in one statement.
const BULK_VALUES: usize = 4_000;

/// A connection that sees one moment of the database.
pub struct Conn {
    wire: Wire,
    failed: bool,
    /// Something was changed that a commit must bring to the disk.
    wrote: bool,
    /// Where it is noted that the disk takes nothing; none where nobody writes.
    health: Option<Arc<WriterHealth>>,
}

impl Conn {
    pub(crate) fn new(wire: Wire) -> Self {
        Self { wire, failed: false, wrote: false, health: None }
    }

    /// Every row a statement gives.
    pub(crate) async fn all(
        &mut self,
        statement: &Statement,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        let rows = self.wire.all(statement, values).await;
        self.note(rows)
    }

    /// Every row of the text that is meant for this database.
    pub(crate) async fn all_of(&mut self, pair: &Pair, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        let statement = *self.wire.choose(pair);
        self.all(&statement, values).await
    }

    /// The first row, when there is one.
    pub(crate) async fn first(
        &mut self,
        statement: &Statement,
        values: Vec<Value>,
    ) -> Result<Option<Row>, StoreError> {
        Ok(self.all(statement, values).await?.into_iter().next())
    }

    /// The one number in a column `n`.
    pub(crate) async fn number(
        &mut self,
        statement: &Statement,
        values: Vec<Value>,
    ) -> Result<i64, StoreError> {
        self.first(statement, values)
            .await?
            .ok_or_else(|| StoreError::corrupt(statement.table, "n"))?
            .int("n")
    }

    /// Runs a statement; gives the number of rows it touched.
    pub(crate) async fn run(&mut self, statement: &Statement, values: Vec<Value>) -> Result<u64, StoreError> {
        let touched = self.wire.run(statement.sql.into_sql_str(), values).await;
        self.wrote |= touched.as_ref().is_ok_and(|rows| *rows > 0);
        self.note(touched)
    }

    /// Inserts many rows with few statements.
    pub(crate) async fn bulk(
        &mut self,
        statement: &Statement,
        rows: Vec<Vec<Value>>,
    ) -> Result<(), StoreError> {
        let columns = rows.first().map_or(1, |row| row.len().max(1));
        let size = (BULK_VALUES / columns).max(1);
        let mut rows = rows.into_iter();
        loop {
            let chunk: Vec<Vec<Value>> = rows.by_ref().take(size).collect();
            if chunk.is_empty() {
                return Ok(());
            }
            let done = self.wire.insert(statement, chunk).await;
            self.note(done)?;
        }
    }

    /// Hands on every row of a table in the order of its key, one by one; the text is composed of names that the
    /// schema itself gave.
    pub(crate) async fn each_of_table(
        &mut self,
        table: &Table,
        each: impl FnMut(&Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let done = self.wire.each_of_table(table, each).await;
        self.note(done)
    }

    /// How many rows a table has.
    pub(crate) async fn count_table(&mut self, table: &Table) -> Result<i64, StoreError> {
        let counted = self.wire.count_table(table).await;
        self.note(counted)
    }

    /// Removes every row of a table.
    pub(crate) async fn empty_table(&mut self, table: &Table) -> Result<(), StoreError> {
        let done = self.wire.alter("delete from", &table.name).await;
        self.note(done)
    }

    /// Removes every row of a project from a table; gives how many.
    pub(crate) async fn empty_of_project(
        &mut self,
        table: &Table,
        project: ProjectId,
    ) -> Result<u64, StoreError> {
        let touched = self.wire.empty_of_project(table, crate::value::text(&project)).await;
        self.wrote |= touched.as_ref().is_ok_and(|rows| *rows > 0);
        self.note(touched)
    }

    /// How many rows of a project a table has.
    pub(crate) async fn count_of_project(
        &mut self,
        table: &Table,
        project: ProjectId,
    ) -> Result<i64, StoreError> {
        let counted = self.wire.count_of_project(table, &project).await;
        self.note(counted)
    }

    /// Removes a table.
    pub(crate) async fn drop_table(&mut self, table: &Table) -> Result<(), StoreError> {
        let done = self.wire.alter("drop table", &table.name).await;
        self.note(done)
    }

    /// Removes a view, when it is there.
    pub(crate) async fn drop_view(&mut self, name: &str) -> Result<(), StoreError> {
        let done = self.wire.alter("drop view if exists", name).await;
        self.note(done)
    }

    /// Inserts rows whose values follow the columns of their table.
    pub(crate) async fn fill_table(
        &mut self,
        table: &Table,
        rows: Vec<Vec<Value>>,
    ) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let done = self.wire.fill_table(table, rows).await.map(drop);
        self.note(done)
    }

    /// Which of the two databases it is, for the scripts that exist twice.
    pub(crate) fn is_sqlite(&self) -> bool {
        self.wire.is_sqlite()
    }

    /// Runs a script of several statements without values.
    pub(crate) async fn script(&mut self, sql: &'static str) -> Result<(), StoreError> {
        let done = self.wire.script(sql).await;
        self.note(done)
    }

    /// Lets the database read a registered statement without running it.
    ///
    /// # Errors
    /// When the database does not understand it.
    pub async fn prepare(&mut self, statement: &Statement) -> Result<(), StoreError> {
        self.wire.prepare(statement.sql).await
    }

    /// Remembers a failure: PostgreSQL takes nothing more in a transaction after one, and SQLite shall do the same.
    fn note<T>(&mut self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        self.failed |= result.is_err();
        if let (Err(error), Some(health)) = (&result, &self.health) {
            health.failed(error);
        }
        result
    }
}

/// A transaction that writes: what it changes reaches the change log and the audit trail when it commits.
pub struct Tx {
    conn: Conn,
    pending: Pending,
}

impl Tx {
    pub(crate) fn new(wire: Wire, health: Arc<WriterHealth>) -> Self {
        let conn = Conn { health: Some(health), ..Conn::new(wire) };
        Self { conn, pending: Pending::default() }
    }

    /// Makes everything lasting and visible at once.
    ///
    /// # Errors
    /// When the database fails, or an earlier statement of this transaction did: nothing has changed then.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        if self.conn.failed {
            return Err(StoreError::Refused("an earlier step of this transaction failed".to_owned()));
        }
        let pending = std::mem::take(&mut self.pending);
        change_log::write(&mut self.conn, pending).await?;
        let Conn { wire, wrote, health, .. } = self.conn;
        let committed = wire.commit().await;
        match (&committed, health) {
            (Err(error), Some(health)) => health.failed(error),
            // A commit that has nothing to write says nothing about the disk.
            (Ok(()), Some(health)) if wrote => health.worked(),
            _ => {}
        }
        committed
    }

    /// Notes what is done to a row under which permit, for the change log and the audit trail.
    pub(crate) fn record(
        &mut self,
        permit: &Permit,
        noun: &'static str,
        row: &impl Display,
        change: (Change, Instant),
    ) {
        self.pending.record(permit, noun, row.to_string(), change);
    }

    /// Notes a change of a row for the change log alone: part of an act that is in the audit trail as a whole.
    pub(crate) fn note_change(
        &mut self,
        project: ProjectId,
        noun: &'static str,
        row: &impl Display,
        change: (Change, Instant),
    ) {
        self.pending.note(Some(project), noun, row.to_string(), change);
    }
}

impl Deref for Tx {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

/// What happened to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Created,
    Updated,
    Removed,
}

impl Change {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Removed => "removed",
        }
    }
}

/// Makes sure that the permit is for this act, and gives its project.
pub(crate) fn demand(permit: &Permit, resource: &str, action: &str) -> Result<ProjectId, StoreError> {
    demand_any(permit, resource, &[action])?;
    permit.project().ok_or_else(|| wrong(permit, resource, "an act in a project"))
}

/// Makes sure that the permit is for one of these acts, in a project or not.
pub(crate) fn demand_any(permit: &Permit, resource: &str, actions: &[&str]) -> Result<(), StoreError> {
    if actions.iter().any(|action| permit.covers(resource, action)) {
        return Ok(());
    }
    Err(wrong(permit, resource, &actions.join(" or ")))
}

fn wrong(permit: &Permit, resource: &str, action: &str) -> StoreError {
    StoreError::WrongPermit {
        given: format!("{} {}", permit.action(), permit.resource()),
        wanted: format!("{action} {resource}"),
    }
}
