//! The outside: clock, randomness. Each is an enum of the real thing and its double.
#![warn(missing_docs)]

pub mod clock;
pub mod random;
