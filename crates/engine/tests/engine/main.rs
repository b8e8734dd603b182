//! The engine from outside.

mod analysis;
mod assignment;
mod circumstances;
mod classify;
mod pairs;
mod rank;
mod taxonomy;
