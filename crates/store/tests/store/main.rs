//! The suite of the store: every test runs on SQLite and, where there is one, on PostgreSQL.

mod access;
mod accounts;
mod acquaintance;
mod action_link;
mod actor;
mod address_point;
mod answer;
mod backup;
mod change_log;
mod completeness;
mod concurrency;
mod consent;
mod database;
mod doctor;
mod engine;
mod erasure;
mod figures;
mod ground;
mod idea;
mod import;
mod import_changed;
mod map;
mod message;
mod notice;
mod objection;
mod overview;
mod posting;
mod premises;
mod project;
mod published;
mod retention;
mod schema;
mod subjects;
mod verdict;
mod walk;

use kiez_domain::access::Proof;
use kiez_domain::id::{LinkId, SessionId, UserId};
use kiez_domain::instant::Instant;
use kiez_store::db::Db;
use kiez_store::link::{NewLink, Purpose};
use kiez_store::session::NewSession;
use kiez_testkit::{World, databases};
use std::future::Future;

/// Runs a test in the small world on every engine.
async fn in_every_world<T: Future<Output = ()>>(test: impl Fn(Db, World) -> T) {
    for database in databases().await {
        let world = World::build(&database.db).await.expect("the world can be built");
        test(database.db.clone(), world).await;
    }
}

fn new_session((id, user, hash): (SessionId, UserId, &str), expires_at: Instant) -> NewSession {
    NewSession { id, user, hash: hash.to_owned(), name: None, proof: Proof::Link, expires_at }
}

fn new_link((id, user, hash): (LinkId, UserId, &str), expires_at: Instant) -> NewLink {
    NewLink { id, user, hash: hash.to_owned(), purpose: Purpose::SignIn, expires_at }
}
