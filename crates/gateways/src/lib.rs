//! The outside: clock, randomness, files. Each an enum of the real thing and its double.
