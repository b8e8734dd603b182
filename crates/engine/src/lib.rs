//! Thinking: given values, compute suggestions with reasons. Pure and deterministic.
//!
//! No I/O, no clock, no randomness: the same input gives the same bytes. The way through is
//! `text` (words) → `kinds` (what is meant) → `market` (who meets whom) → `suggestion` (with reasons).
//! What is best for all of them at once is `assignment`'s; who helps whom in turn is `rings`', what goes together `bundles`'.
#![warn(missing_docs)]

pub mod acquaintance;
pub mod assignment;
pub mod belief;
pub mod bundles;
mod candidates;
pub mod kinds;
pub mod knowledge;
pub mod market;
pub mod packing;
pub mod rank;
pub mod record;
pub mod rings;
pub mod taxonomy;
pub mod text;
pub mod walk;
pub mod weights;
pub mod whole;

pub use belief::{Beliefs, Street, Told};
pub use kinds::{KindFinding, TextSide, classify};
pub use knowledge::Knowledge;
pub use market::{Edge, Hope, Market, Suggestion, WhyNot};
pub use rank::{Corpus, rank};
pub use record::{Need, Offer};
pub use taxonomy::Taxonomy;
pub use weights::Weights;
