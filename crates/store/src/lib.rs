//! Remembering: all SQL, both databases, migrations.
//!
//! One noun, one module. Reading functions take a [`conn::Conn`], writing functions a [`conn::Tx`] and the
//! permit that the policy gave; the project a row belongs to comes from the permit and from nowhere else.
//! What this crate does not know: HTTP, files, the clock (every moment is handed in), randomness (every id is handed in).
#![warn(missing_docs)]

pub mod acquaintance;
pub mod actor;
pub mod actor_list;
pub mod address_point;
pub mod answer;
pub mod audit;
pub mod audit_key;
pub mod backup;
pub mod ceremony;
pub mod change_log;
pub mod competence;
pub mod conn;
pub mod contact_channel;
pub mod credential;
pub mod db;
pub mod difference;
pub mod doctor;
pub mod dump;
pub mod engine;
pub mod erasure;
pub mod erasure_request;
pub mod erasure_rows;
pub mod error;
pub mod figures;
pub mod fold;
pub mod ground;
pub mod idea;
pub mod idempotency;
pub mod import;
pub mod import_changed;
pub mod import_refusal;
pub mod import_revert;
pub mod import_upload;
pub mod job;
pub mod link;
pub mod mail;
pub mod map;
mod migration;
pub mod need;
pub mod offer;
pub mod overview;
pub mod page;
pub mod passkey;
pub mod person;
pub mod posting;
pub mod premises;
pub mod premises_observation;
pub mod project;
pub mod provenance;
pub mod public;
pub mod quarter;
pub mod recovery_code;
pub mod registry;
pub mod restore;
pub mod restriction;
pub mod retention;
pub mod retention_run;
mod row;
pub mod schema;
pub mod session;
pub mod statement;
pub mod subject;
pub mod throttle;
pub mod user;
mod value;
pub mod verdict;
pub mod walk;
