//! Everything, sorted and typed, independent of the engine: the same bytes from both for the same content.

use crate::conn::Conn;
use crate::error::StoreError;
use crate::row::Row;
use crate::schema::{self, Column};
use serde_json::{Map, Value as Json};
use std::io::Write;

/// Writes one JSON line per row: tables by name, rows by key, columns by name.
///
/// # Errors
/// When the database or the output fails.
pub async fn canonical(conn: &mut Conn, out: &mut impl Write) -> Result<(), StoreError> {
    for table in schema::describe(conn).await? {
        let mut columns = table.columns.clone();
        columns.sort_by(|a, b| a.name.cmp(&b.name));
        for row in conn.all_of_table(&table).await? {
            let mut values = Map::new();
            for column in &columns {
                values.insert(column.name.clone(), value(&row, column)?);
            }
            let mut line = Map::new();
            line.insert("table".to_owned(), Json::from(table.name.as_str()));
            line.insert("row".to_owned(), Json::Object(values));
            serde_json::to_writer(&mut *out, &line).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// Bytes as digits, two each.
fn hexadecimal(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for half in [byte >> 4, byte & 15] {
            digits.extend(char::from_digit(half.into(), 16));
        }
    }
    digits
}

fn value(row: &Row, column: &Column) -> Result<Json, StoreError> {
    Ok(match column.kind.as_str() {
        "bigint" => Json::from(row.opt_int(&column.name)?),
        "boolean" => Json::from(row.opt_bool(&column.name)?),
        "bytes" => Json::from(row.opt_bytes(&column.name)?.map(|bytes| hexadecimal(&bytes))),
        "double precision" => Json::from(row.opt_real(&column.name)?),
        _ => Json::from(row.opt_text(&column.name)?),
    })
}
