//! The built program, called as other programs call it.

mod bad_input;
mod ground;
mod house;
mod maps;
mod program;
mod thinking;
