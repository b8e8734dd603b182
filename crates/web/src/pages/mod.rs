//! The pages: one folder a noun, with its templates beside it.

pub(crate) mod actors;
pub(crate) mod cards;
pub(crate) mod differences;
pub(crate) mod ground;
pub(crate) mod health;
pub(crate) mod ideas;
pub(crate) mod imports;
pub(crate) mod map;
pub(crate) mod moves;
pub(crate) mod needs;
pub(crate) mod offers;
pub(crate) mod overview;
pub(crate) mod postings;
pub(crate) mod project;
pub(crate) mod publish;
pub(crate) mod published;
pub(crate) mod rings;
pub(crate) mod sign_in;
pub(crate) mod start;
pub(crate) mod style;
pub(crate) mod suggestions;
pub(crate) mod tour;
pub(crate) mod verdicts;
pub(crate) mod walk;
pub(crate) mod why_not;
