//! Reading: bytes of foreign files become candidates and issues.
//!
//! Nothing here knows the database or who may import what. A file goes through four steps, each a file of its own:
//! [`source`] (bytes and what they look like), a table with lines (CSV, XLSX and GeoJSON alike), columns by
//! heading, and the row of one kind: [`actor`], [`card`], [`premises`], [`quarter`]. Rows are *raw but valid*: text
//! is printable, numbers are numbers, places are plausible; what they mean is decided where they are taken in.
#![warn(missing_docs)]

pub mod actor;
mod branch;
pub mod card;
mod columns;
mod delimited;
mod encoding;
pub mod error;
pub mod file_fault;
mod geojson;
pub mod ground;
pub mod mapping;
pub mod opening_hours;
pub mod osm;
mod outline;
pub mod place;
pub mod premises;
pub mod quarter;
pub mod reading;
pub mod row_fault;
pub mod rows;
mod seen;
pub mod sheet_fault;
pub mod source;
pub mod spreadsheet;
mod table;
