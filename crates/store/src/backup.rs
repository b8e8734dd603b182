//! A backup is every row of one moment as lines, independent of the engine: what one database wrote, the other reads.
//!
//! The first line says what it is, then each table with its columns, its rows and their number, at last the sum. Tables
//! follow their references, so that they can be filled in this order. How lines are packed, sealed and guarded against
//! being half is the file's matter, not ours.

use crate::conn::Conn;
use crate::error::StoreError;
use crate::migration;
use crate::row::Row;
use crate::schema::{self, Column, Table};
use crate::value::{Value, hexadecimal};
use kiez_domain::instant::Instant;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::io::Write;

/// Tables that belong to one copy of an installation and not to what it holds: ways in that were opened, and whether
/// mail waits. They are in no backup and no dump: a copy of yesterday must not sign in whoever was signed out since.
pub const OF_THIS_COPY: [&str; 3] = ["session", "sign_in_link", "mail_hold"];

/// In every backup and in no dump: a secret that is made by chance in every installation.
pub(crate) const NOT_DUMPED: [&str; 1] = ["erasure_key"];

/// Made by every migration and told in the first line.
pub(crate) const SCHEMA_INFO: &str = "schema_info";

/// What the first line says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The number of the schema the rows fit into.
    pub schema: i64,
    /// The version of the program that wrote it.
    pub program: String,
    /// The moment whose rows it holds.
    pub created_at: Instant,
    /// The database it was read from.
    pub engine: String,
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// What it says about itself.
    pub head: Head,
    /// Its tables with the number of their rows, in the order of the file.
    pub tables: Vec<(String, u64)>,
}

impl Contents {
    /// How many rows it holds.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|(_, rows)| rows).sum()
    }
}

/// One line that is no row.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Line {
    Backup(Head),
    /// A table begins: its name, its columns and their types.
    Table(String, Vec<(String, String)>),
    /// It ends, after so many rows.
    End(String, u64),
    /// Everything ends, after so many tables and rows.
    All(usize, u64),
}

/// Writes every row that the connection sees.
///
/// # Errors
/// When the database or the output fails.
pub async fn write(
    conn: &mut Conn,
    (engine, now): (&str, Instant),
    out: &mut impl Write,
) -> Result<Contents, StoreError> {
    let schema = migration::info(conn).await?.map_or(0, |info| info.version);
    let head = Head {
        schema,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        created_at: now,
        engine: engine.to_owned(),
    };
    put(out, &Line::Backup(head.clone()))?;
    let mut tables = Vec::new();
    for table in in_order(schema::describe(conn).await?)? {
        if table.name == SCHEMA_INFO || OF_THIS_COPY.contains(&table.name.as_str()) {
            continue;
        }
        put(out, &Line::Table(table.name.clone(), named(&table.columns)))?;
        let mut rows = 0_u64;
        conn.each_of_table(&table, |row| {
            rows += 1;
            let values: Result<Vec<Json>, StoreError> =
                table.columns.iter().map(|column| spelled(row, column)).collect();
            put(out, &values?)
        })
        .await?;
        put(out, &Line::End(table.name.clone(), rows))?;
        tables.push((table.name, rows));
    }
    let contents = Contents { head, tables };
    put(out, &Line::All(contents.tables.len(), contents.rows()))?;
    Ok(contents)
}

/// Name and type of columns, as a backup says them.
pub(crate) fn named(columns: &[Column]) -> Vec<(String, String)> {
    columns.iter().map(|column| (column.name.clone(), column.kind.clone())).collect()
}

/// Tables so that each comes after those it refers to; among equals by name.
pub(crate) fn in_order(mut tables: Vec<Table>) -> Result<Vec<Table>, StoreError> {
    let mut ordered: Vec<Table> = Vec::with_capacity(tables.len());
    while !tables.is_empty() {
        let placed = |name: &str| ordered.iter().any(|table| table.name == name);
        let ready = tables.iter().position(|table| {
            table.references.iter().all(|to| to.target == table.name || placed(&to.target))
        });
        // A circle could not be filled row by row; a test keeps it out of the schema.
        let ready = ready.ok_or_else(|| StoreError::corrupt(&tables[0].name, "references"))?;
        ordered.push(tables.remove(ready));
    }
    Ok(ordered)
}

fn put(out: &mut impl Write, line: &impl Serialize) -> Result<(), StoreError> {
    serde_json::to_writer(&mut *out, line).map_err(std::io::Error::from)?;
    Ok(out.write_all(b"\n")?)
}

/// A value of a row. Numbers with decimals are texts, because readers of JSON round them.
fn spelled(row: &Row, column: &Column) -> Result<Json, StoreError> {
    Ok(match column.kind.as_str() {
        "bigint" => Json::from(row.opt_int(&column.name)?),
        "boolean" => Json::from(row.opt_bool(&column.name)?),
        "bytes" => Json::from(row.opt_bytes(&column.name)?.map(|bytes| hexadecimal(&bytes))),
        "double precision" => Json::from(row.opt_real(&column.name)?.map(|number| number.to_string())),
        _ => Json::from(row.opt_text(&column.name)?),
    })
}

/// The value that was spelled so; none when it is no value of this type.
pub(crate) fn read(kind: &str, spelled: Json) -> Option<Value> {
    let absent = spelled.is_null();
    Some(match kind {
        "bigint" => Value::Int(if absent { None } else { Some(spelled.as_i64()?) }),
        "boolean" => Value::Bool(if absent { None } else { Some(spelled.as_bool()?) }),
        "bytes" => Value::Bytes(if absent { None } else { Some(bytes(spelled.as_str()?)?) }),
        "double precision" => Value::Real(if absent { None } else { Some(spelled.as_str()?.parse().ok()?) }),
        "text" => match spelled {
            Json::Null => Value::Text(None),
            Json::String(text) => Value::Text(Some(text)),
            _ => return None,
        },
        _ => return None,
    })
}

/// The bytes of two digits each.
pub(crate) fn bytes(digits: &str) -> Option<Vec<u8>> {
    let half = |digit: u8| char::from(digit).to_digit(16).and_then(|half| u8::try_from(half).ok());
    let whole = |pair: &[u8]| match pair {
        [high, low] => Some(half(*high)? << 4 | half(*low)?),
        _ => None,
    };
    digits.as_bytes().chunks(2).map(whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_as_they_were_spelled() {
        for number in [52.493_000_000_000_01, -0.1, 1e-300, f64::MAX] {
            let back = read("double precision", Json::from(number.to_string()));
            assert_eq!(back, Some(Value::Real(Some(number))));
        }
        let digits = hexadecimal(&[0, 15, 16, 255]);
        assert_eq!(read("bytes", Json::from(digits)), Some(Value::Bytes(Some(vec![0, 15, 16, 255]))));
        assert_eq!(read("boolean", Json::Null), Some(Value::Bool(None)));
        for (kind, wrong) in [
            ("bigint", Json::from("7")),
            ("bigint", Json::from(0.5)),
            ("text", Json::from(7)),
            ("bytes", Json::from("abc")),
            ("bytes", Json::from("zz")),
            ("double precision", Json::from("seven")),
            ("colour", Json::Null),
        ] {
            assert_eq!(read(kind, wrong.clone()), None, "{kind} {wrong}");
        }
    }

    #[test]
    fn tables_follow_their_references() {
        let table = |name: &str, targets: &[&str]| {
            let reference = |target: &&str| schema::Reference {
                columns: String::new(),
                target: (*target).to_owned(),
                on_delete: String::new(),
            };
            let references = targets.iter().map(reference).collect();
            Table { name: name.to_owned(), references, ..Table::default() }
        };
        let names = |tables| {
            let ordered = in_order(tables)?;
            Ok::<_, StoreError>(ordered.into_iter().map(|table| table.name).collect::<Vec<_>>())
        };
        let tables = vec![table("a", &["c"]), table("b", &["a", "b"]), table("c", &[])];
        assert_eq!(names(tables).expect("no circle"), ["c", "a", "b"]);
        assert!(names(vec![table("a", &["b"]), table("b", &["a"])]).is_err());
    }
}
