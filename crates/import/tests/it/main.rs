//! Whole files through the public functions of the crate.

mod actors;
mod anything;
mod shared_data;
#[cfg(unix)]
mod spreadsheets;
