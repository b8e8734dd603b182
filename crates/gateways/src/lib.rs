//! The outside: clock, randomness, the files of backups and of the ledger of erasures, letters. Each is an enum of the real
//! thing and its double.
#![warn(missing_docs)]

pub mod backup_file;
pub mod clock;
pub mod ledger_file;
pub mod mail;
pub mod random;
