//! Acting: one function per use-case = permission → rules → store in one transaction → jobs.
//!
//! The first thing every use-case does is ask the policy. Pages and commands reach the data through
//! this crate alone; it knows neither HTTP nor a terminal.
#![warn(missing_docs)]

pub mod access_report;
pub mod account;
mod acquaintance;
pub mod action_link;
pub mod actor;
pub mod answer;
pub mod backup;
pub mod caller;
pub mod card;
pub mod consent;
pub mod contact;
pub mod ctx;
pub mod difference;
pub mod erasure;
pub mod error;
pub mod geocode;
pub mod ground;
pub mod house;
pub mod idea;
mod idempotency;
pub mod import;
pub mod job;
pub mod kind;
pub mod kind_finding;
mod learned;
pub mod ledger;
pub mod mail;
pub mod map;
pub mod market;
pub mod member;
pub mod message;
pub mod moves;
pub mod need;
pub mod notice;
pub mod objection;
pub mod offer;
pub mod overview;
pub mod page;
pub mod paper;
pub mod passkey;
pub mod posting;
pub mod print_removal;
pub mod processing;
pub mod project;
pub mod public_directory;
pub mod published;
pub mod reads;
pub mod restriction;
pub mod retention;
pub mod rings;
pub mod secret;
pub mod sign_in;
pub mod suggestion;
mod thinking;
mod throttle;
pub mod user;
pub mod verdict;
pub mod walk;
