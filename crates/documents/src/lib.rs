//! Writing: view data becomes papers that people read, and tables and maps that other programs read.
//!
//! Nothing here asks who may see what: it gets ready values and gives bytes.
#![warn(missing_docs)]

pub mod access_report;
pub mod map;
pub mod paper;
pub mod table;
pub mod tiles;
