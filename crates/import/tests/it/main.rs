//! Whole files through the public functions of the crate.

mod actors;
mod anything;
mod osm;
mod osm_lies;
mod shared_data;
#[cfg(unix)]
mod spreadsheets;
