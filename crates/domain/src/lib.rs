//! The words of the field: types that cannot be wrong, lifecycles, policy.
//!
//! No I/O, no async, no SQL. Every type has one way in, and that way says in words what is wrong.
//! One noun has one file here, and the same file name in every other crate.
#![warn(missing_docs)]

pub mod access;
pub mod action_link;
pub mod actor;
pub mod address;
pub mod address_point;
pub mod answer;
pub mod basemap;
pub mod bounds;
pub mod branch;
pub mod card;
pub mod colour;
pub mod competence;
pub mod consent;
pub mod contact_channel;
pub mod erasure;
pub mod hint;
pub mod id;
pub mod idea;
pub mod instant;
pub mod issue;
pub mod kind;
pub mod language;
pub mod lifecycle;
pub mod limits;
pub mod map;
pub mod message;
pub mod money;
pub mod need;
pub mod notice;
pub mod objection;
pub mod offer;
pub mod opening_week;
pub mod period;
pub mod person;
pub mod policy;
pub mod position;
pub mod posting;
pub mod premises;
pub mod project;
pub mod proposal;
pub mod quarter;
pub mod restriction;
pub mod saying;
pub mod sizes;
pub mod suggestion;
pub mod text;
pub mod tile;
pub mod verdict;
pub mod walk;
pub mod week_hours;
