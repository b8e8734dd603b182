//! A small named world, databases on both engines, a clock that stands still. Development only.

mod cluster;
pub mod database;
pub mod ids;
pub mod pbf;
pub mod world;

pub use database::{TestDatabase, databases};
pub use ids::{NOW, id};
// What a crate needs for a context of its own without naming the gateways.
pub use kiez_gateways::mail::{MailFault, Memory, Outgoing, Sender, Transport};
pub use kiez_gateways::{clock::Clock, random::Random};
pub use world::World;
