//! The suite of the store: every test runs on SQLite and, where there is one, on PostgreSQL.

mod accounts;
mod acquaintance;
mod actor;
mod address_point;
mod answer;
mod backup;
mod change_log;
mod completeness;
mod concurrency;
mod database;
mod doctor;
mod engine;
mod figures;
mod ground;
mod idea;
mod import;
mod import_changed;
mod map;
mod overview;
mod posting;
mod premises;
mod project;
mod published;
mod schema;
mod verdict;
mod walk;

use kiez_store::db::Db;
use kiez_testkit::{World, databases};
use std::future::Future;

/// Runs a test in the small world on every engine.
async fn in_every_world<T: Future<Output = ()>>(test: impl Fn(Db, World) -> T) {
    for database in databases().await {
        let world = World::build(&database.db).await.expect("the world can be built");
        test(database.db.clone(), world).await;
    }
}
