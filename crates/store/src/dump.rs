//! Everything, sorted and typed, independent of the engine: the same bytes from both for the same content.

use crate::backup::{NOT_DUMPED, OF_THIS_COPY};
use crate::conn::Conn;
use crate::error::StoreError;
use crate::row::Row;
use crate::schema::{self, Column};
use crate::value::hexadecimal;
use serde_json::{Map, Value as Json};
use std::io::Write;

/// Writes one JSON line per row: tables by name, rows by key, columns by name. What belongs to one copy alone
/// ([`OF_THIS_COPY`]) and the key of the ledger of erasures are left out: a restored copy gives the same bytes as what it was made from.
///
/// # Errors
/// When the database or the output fails.
pub async fn canonical(conn: &mut Conn, out: &mut impl Write) -> Result<(), StoreError> {
    for table in schema::describe(conn).await? {
        if OF_THIS_COPY.contains(&table.name.as_str()) || NOT_DUMPED.contains(&table.name.as_str()) {
            continue;
        }
        let mut columns = table.columns.clone();
        columns.sort_by(|a, b| a.name.cmp(&b.name));
        conn.each_of_table(&table, |row| {
            let mut values = Map::new();
            for column in &columns {
                values.insert(column.name.clone(), value(row, column)?);
            }
            let mut line = Map::new();
            line.insert("table".to_owned(), Json::from(table.name.as_str()));
            line.insert("row".to_owned(), Json::Object(values));
            serde_json::to_writer(&mut *out, &line).map_err(std::io::Error::from)?;
            Ok(out.write_all(b"\n")?)
        })
        .await?;
    }
    Ok(())
}

pub(crate) fn value(row: &Row, column: &Column) -> Result<Json, StoreError> {
    Ok(match column.kind.as_str() {
        "bigint" => Json::from(row.opt_int(&column.name)?),
        "boolean" => Json::from(row.opt_bool(&column.name)?),
        "bytes" => Json::from(row.opt_bytes(&column.name)?.map(|bytes| hexadecimal(&bytes))),
        "double precision" => Json::from(row.opt_real(&column.name)?),
        _ => Json::from(row.opt_text(&column.name)?),
    })
}
