//! The pages as a browser meets them, on a small named world.

mod access;
mod canary;
mod cards;
mod door;
mod entry;
mod ground;
mod guard;
mod health;
mod hostile;
mod imports;
mod links;
mod mail;
mod map;
mod overview;
mod pages;
mod papers;
mod project;
mod publish;
mod published;
mod refusals;
mod rings;
mod sizes;
mod sweep;
mod test_app;
mod tour;
mod verdicts;
