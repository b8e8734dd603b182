//! Whole files through the public functions of the crate.

mod actors;
mod shared_data;
