//! Kinds of resource and branches as pages and commands show them.

use kiez_domain::branch::{BranchCatalogue, BranchId};
use kiez_domain::kind::KindId;
use kiez_engine::Knowledge;
use kiez_engine::taxonomy::Kind;

/// A kind or branch with its label, for choosing from a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Stored name.
    pub id: String,
    /// Label in the reader's language.
    pub label: String,
}

/// The label of a kind in the language (`de`, `en`, `tr`, `ar`); its id when the taxonomy does not know it.
#[must_use]
pub fn label(kind: &KindId, language: &str) -> String {
    let known = Knowledge::built_in().taxonomy().label(kind, language);
    known.map_or_else(|| kind.to_string(), str::to_owned)
}

/// The label of a branch in the language.
#[must_use]
pub fn branch_label(branch: &BranchId, language: &str) -> String {
    BranchCatalogue::built_in().get(branch).label(language).to_owned()
}

/// Every kind of the taxonomy, in the order of its tree.
#[must_use]
pub fn all(language: &str) -> Vec<Choice> {
    let kinds = Knowledge::built_in().taxonomy().kinds();
    let choice =
        |kind: &Kind| Choice { id: kind.id.to_string(), label: kind.labels.in_language(language).to_owned() };
    kinds.iter().map(choice).collect()
}

/// Every branch of the catalogue.
#[must_use]
pub fn branches(language: &str) -> Vec<Choice> {
    let branches = BranchCatalogue::built_in().all();
    branches
        .iter()
        .map(|branch| Choice { id: branch.id.to_string(), label: branch.label(language).to_owned() })
        .collect()
}
