//! Speaking: every sentence a person reads, in their language; numbers, dates, sorting.
//!
//! Pages, the terminal and later the printed papers take their words from here, so that one thing is
//! called by one name everywhere. The sentences stand in `locales/<language>/*.ftl` (Fluent).
#![warn(missing_docs)]

pub mod language;
pub mod link;
pub mod locale;
pub mod number;
pub mod reason;
pub mod register;
pub mod saying;
pub mod times;
pub mod walk;
pub mod words;

pub use locale::Locale;
pub use words::{Args, Words};
