//! The outside: clock, randomness, the files of backups, letters. Each is an enum of the real thing and its double.
#![warn(missing_docs)]

pub mod backup_file;
pub mod clock;
pub mod mail;
pub mod random;
