//! A small named world, databases on both engines, a clock that stands still. Development only.

mod cluster;
pub mod database;
pub mod ids;
pub mod world;

pub use database::{TestDatabase, databases};
pub use ids::{NOW, id};
pub use world::World;
