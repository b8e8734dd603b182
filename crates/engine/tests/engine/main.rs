//! The engine from outside.

mod analysis;
mod assignment;
mod circumstances;
mod classify;
mod learned;
mod many;
mod marked;
mod pairs;
mod rank;
mod rings;
mod taxonomy;
mod trades;
mod vocabulary;
mod wordings;
