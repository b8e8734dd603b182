//! The pages as a browser meets them, on a small named world.

mod access;
mod cards;
mod door;
mod entry;
mod ground;
mod health;
mod imports;
mod map;
mod overview;
mod pages;
mod project;
mod publish;
mod published;
mod refusals;
mod rings;
mod subjects;
mod sweep;
mod test_app;
mod tour;
mod verdicts;
