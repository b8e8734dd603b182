//! One file per command.

pub(crate) mod assign;
pub(crate) mod backup;
mod certificate;
pub(crate) mod classify;
pub(crate) mod config;
pub(crate) mod doctor;
pub(crate) mod dump;
pub(crate) mod erase;
pub(crate) mod import;
pub(crate) mod init;
mod inputs;
pub(crate) mod jobs;
pub(crate) mod lists;
pub(crate) mod mail;
pub(crate) mod migrate;
pub(crate) mod project;
pub(crate) mod rank;
pub(crate) mod records;
pub(crate) mod report;
pub(crate) mod retention;
pub(crate) mod rings;
pub(crate) mod shell;
pub(crate) mod suggest;
pub(crate) mod texts;
pub(crate) mod tiles;
pub(crate) mod user;
pub(crate) mod walk;
