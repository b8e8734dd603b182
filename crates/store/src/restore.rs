//! A backup is read into an empty installation, whichever database it is: one transaction, all of it or nothing.
//!
//! The schema is made as old as the backup, filled, and then brought forward like any other. Looking whether a backup is
//! whole goes the same way and stores no row.

use crate::backup::{self, Contents, Head, Line, OF_THIS_COPY, SCHEMA_INFO};
use crate::conn::{Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::schema::{self, Table};
use crate::value::Value;
use crate::{migration, registry};
use kiez_domain::policy::Permit;
use serde_json::Value as Json;
use std::io::{self, BufRead};

/// Most bytes of one line: the largest file that waits for a yes, as digits, fits many times.
const LINE_BYTES: u64 = 256 * 1024 * 1024;
/// So many bytes of lines are stored at once …
const CHUNK_BYTES: usize = 4 * 1024 * 1024;
/// … and so many values.
const CHUNK_VALUES: usize = 4_000;

/// Why a backup cannot be restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupFault {
    /// A line that no program of ours has written.
    #[error("line {number} of the backup cannot be understood: it was not written by kiez, or it is damaged")]
    Line {
        /// Counted from 1.
        number: u64,
    },
    /// The last line is missing.
    #[error("the backup is not whole: it ends behind line {number}")]
    Short {
        /// Counted from 1.
        number: u64,
    },
    /// It says another number of rows than it has.
    #[error("the backup is not whole: table {table} says {told} rows and has {found}")]
    Count {
        /// The table.
        table: String,
        /// What it says.
        told: u64,
        /// What it has.
        found: u64,
    },
    /// A table that the schema does not have, or not so, or one is missing.
    #[error(
        "the table {table} of the backup does not fit schema {schema}: it was written by a changed program, or it is damaged"
    )]
    Table {
        /// The table.
        table: String,
        /// The number of the schema.
        schema: i64,
    },
    /// Written for a schema that came later.
    #[error(
        "the backup was written by kiez {program} for schema {schema}, this program knows schemas up to {newest}: install the newer program and restore with it"
    )]
    Newer {
        /// The program that wrote it.
        program: String,
        /// The number of its schema.
        schema: i64,
        /// The newest that is known here.
        newest: i64,
    },
    /// There is an installation already.
    #[error(
        "the database is not empty and is left as it is: it holds {what}; restore into a new data folder or an empty database"
    )]
    Occupied {
        /// Tables with the number of their rows.
        what: String,
    },
    /// Somebody else's tables.
    #[error(
        "the database holds tables that are not ours ({tables}) and is left as it is: restore into a database or a schema of its own"
    )]
    Foreign {
        /// Their names.
        tables: String,
    },
    /// The bytes cannot be read; what was read them from says why.
    #[error("{0}")]
    Unreadable(io::Error),
}

/// Fills an empty database with a backup and brings its schema up to date.
///
/// # Errors
/// [`StoreError::Backup`] says what is wrong with the backup, or in the way; nothing has changed then.
pub async fn fill(tx: &mut Tx, permit: &Permit, lines: &mut impl BufRead) -> Result<Contents, StoreError> {
    demand_any(permit, "installation", &["restore"])?;
    migration::lock(tx).await?;
    let contents = read(tx, lines, true).await?;
    migration::up_to(tx, migration::newest()).await?;
    Ok(contents)
}

/// Reads a whole backup beside an empty database and stores no row: whether it could be restored.
///
/// # Errors
/// [`StoreError::Backup`] says what is wrong.
pub async fn look(tx: &mut Tx, lines: &mut impl BufRead) -> Result<Contents, StoreError> {
    read(tx, lines, false).await
}

async fn read(tx: &mut Tx, lines: &mut impl BufRead, store: bool) -> Result<Contents, StoreError> {
    let mut reading = Reading { lines, number: 0, line: Vec::new() };
    let Line::Backup(head) = reading.next_line()? else { return Err(reading.strange()) };
    make_room(tx, &head).await?;
    let mut missing = schema::describe(tx).await?;
    missing.retain(|table| table.name != SCHEMA_INFO && !OF_THIS_COPY.contains(&table.name.as_str()));
    let mut contents = Contents { head, tables: Vec::new() };
    loop {
        match reading.next_line()? {
            Line::Table(name, columns) => {
                let known = missing.iter().position(|table| table.name == name);
                let table = known.map(|at| missing.remove(at));
                let table = table.filter(|table| backup::named(&table.columns) == columns);
                let table = table.ok_or_else(|| unfit(&name, &contents.head))?;
                let rows = fill_table(tx, &table, &mut reading, store).await?;
                contents.tables.push((name, rows));
            }
            Line::All(tables, rows) => {
                let found = contents.rows();
                if tables != contents.tables.len() || rows != found {
                    return Err(BackupFault::Count { table: "(all)".to_owned(), told: rows, found }.into());
                }
                reading.demand_end()?;
                return match missing.first() {
                    Some(table) => Err(unfit(&table.name, &contents.head)),
                    None => Ok(contents),
                };
            }
            Line::Backup(_) | Line::End(..) => return Err(reading.strange()),
        }
    }
}

/// Reads the rows of one table up to its end and stores them in pieces.
async fn fill_table(
    tx: &mut Tx,
    table: &Table,
    reading: &mut Reading<'_, impl BufRead>,
    store: bool,
) -> Result<u64, StoreError> {
    if store {
        // A migration may have left a first row, such as the head of the change log.
        tx.empty_table(table).await?;
    }
    let (mut rows, mut bytes, mut found) = (Vec::new(), 0, 0);
    loop {
        let row = match reading.row_or_line()? {
            Ok(row) => row,
            Err(Line::End(name, told)) if name == table.name => {
                if told != found {
                    return Err(BackupFault::Count { table: name, told, found }.into());
                }
                tx.fill_table(table, rows).await?;
                return Ok(found);
            }
            Err(_) => return Err(reading.strange()),
        };
        let values = values(table, row).ok_or_else(|| reading.strange())?;
        found += 1;
        if store {
            bytes += reading.line.len();
            rows.push(values);
        }
        if bytes > CHUNK_BYTES || rows.len() * table.columns.len() >= CHUNK_VALUES {
            tx.fill_table(table, std::mem::take(&mut rows)).await?;
            bytes = 0;
        }
    }
}

fn values(table: &Table, row: Vec<Json>) -> Option<Vec<Value>> {
    if row.len() != table.columns.len() {
        return None;
    }
    let value = |(spelled, column): (Json, &schema::Column)| {
        if spelled.is_null() && !column.nullable { None } else { backup::read(&column.kind, spelled) }
    };
    row.into_iter().zip(&table.columns).map(value).collect()
}

/// Makes sure that nobody's work is there, and makes the schema as old as the backup.
async fn make_room(conn: &mut Conn, head: &Head) -> Result<(), StoreError> {
    let newest = migration::newest();
    if head.schema > newest {
        let (program, schema) = (head.program.clone(), head.schema);
        return Err(BackupFault::Newer { program, schema, newest }.into());
    }
    let tables = schema::describe(conn).await?;
    refuse_foreign(&tables)?;
    refuse_occupied(conn, &tables).await?;
    for view in migration::views() {
        conn.drop_view(view).await?;
    }
    for table in backup::in_order(tables)?.iter().rev() {
        conn.drop_table(table).await?;
    }
    migration::up_to(conn, head.schema).await
}

fn refuse_foreign(tables: &[Table]) -> Result<(), StoreError> {
    let ours = |table: &&Table| registry::entries().iter().any(|entry| entry.table == table.name);
    let foreign: Vec<&str> =
        tables.iter().filter(|table| !ours(table)).map(|table| table.name.as_str()).collect();
    if foreign.is_empty() { Ok(()) } else { Err(BackupFault::Foreign { tables: foreign.join(", ") }.into()) }
}

async fn refuse_occupied(conn: &mut Conn, tables: &[Table]) -> Result<(), StoreError> {
    let mut found = Vec::new();
    for table in tables
        .iter()
        .filter(|table| ![SCHEMA_INFO, "change_head", "erasure_key"].contains(&table.name.as_str()))
    {
        let rows = conn.count_table(table).await?;
        if rows > 0 {
            found.push(format!("{} ({rows})", table.name));
        }
    }
    if found.is_empty() { Ok(()) } else { Err(BackupFault::Occupied { what: found.join(", ") }.into()) }
}

fn unfit(table: &str, head: &Head) -> StoreError {
    BackupFault::Table { table: table.to_owned(), schema: head.schema }.into()
}

struct Reading<'a, R> {
    lines: &'a mut R,
    number: u64,
    line: Vec<u8>,
}

impl<R: BufRead> Reading<'_, R> {
    fn take(&mut self) -> Result<(), StoreError> {
        self.line.clear();
        let mut limited = io::Read::take(&mut *self.lines, LINE_BYTES);
        limited.read_until(b'\n', &mut self.line).map_err(BackupFault::Unreadable)?;
        if self.line.last() != Some(&b'\n') {
            return Err(BackupFault::Short { number: self.number }.into());
        }
        self.number += 1;
        Ok(())
    }

    fn next_line(&mut self) -> Result<Line, StoreError> {
        self.take()?;
        serde_json::from_slice(&self.line).map_err(|_| self.strange())
    }

    fn row_or_line(&mut self) -> Result<Result<Vec<Json>, Line>, StoreError> {
        self.take()?;
        let read = if self.line.starts_with(b"[") {
            serde_json::from_slice(&self.line).map(Ok)
        } else {
            serde_json::from_slice(&self.line).map(Err)
        };
        read.map_err(|_| self.strange())
    }

    fn demand_end(&mut self) -> Result<(), StoreError> {
        let more = !self.lines.fill_buf().map_err(BackupFault::Unreadable)?.is_empty();
        self.number += 1;
        if more { Err(self.strange()) } else { Ok(()) }
    }

    fn strange(&self) -> StoreError {
        BackupFault::Line { number: self.number }.into()
    }
}
