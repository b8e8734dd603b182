//! The kinds of resource of a need or an offer: set by hand, or found in the text.

use crate::error::AppError;
use kiez_domain::issue::Problem;
use kiez_domain::kind::KindId;
use kiez_engine::{Knowledge, TextSide, classify};

/// A kind with why it is here.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundKind {
    /// The kind.
    pub kind: KindId,
    /// Words of the text that decided; empty when a person set it.
    pub words: Vec<String>,
}

/// How many found kinds a list shows.
const SHOWN: usize = 3;

/// Kinds of a need or an offer: those set by hand, else what its side of the vocabulary finds in the text.
#[must_use]
pub(crate) fn find(by_hand: &[KindId], text: &str, side: TextSide) -> Vec<FoundKind> {
    if !by_hand.is_empty() {
        return by_hand.iter().map(|kind| FoundKind { kind: kind.clone(), words: Vec::new() }).collect();
    }
    let found = classify(Knowledge::built_in(), text, side, SHOWN);
    found.into_iter().map(|finding| FoundKind { kind: finding.kind, words: finding.words }).collect()
}

/// Refuses kinds that the taxonomy does not have.
///
/// # Errors
/// An issue with `kinds` that names the first unknown one.
pub(crate) fn must_exist(kinds: &[KindId]) -> Result<(), AppError> {
    let taxonomy = Knowledge::built_in().taxonomy();
    match kinds.iter().find(|kind| taxonomy.find(kind).is_none()) {
        Some(unknown) => Err(AppError::field("kinds", Problem::Unknown { what: unknown.to_string() })),
        None => Ok(()),
    }
}
