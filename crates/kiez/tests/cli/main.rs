//! The built program, called as other programs call it.

mod assign;
mod backup;
mod bad_input;
mod formats;
mod ground;
mod house;
mod http;
mod limits;
mod mail;
mod maps;
mod people;
mod postgres;
mod program;
mod rings;
mod sayings;
mod subjects;
mod surroundings;
mod thinking;
mod tls;
mod trouble;
mod walk;
