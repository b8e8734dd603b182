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

/// Every kind, in two lists: what a branch is likely to give, the likeliest first, and all others in the order of the
/// tree.
#[must_use]
pub fn by_branch(branch: Option<&BranchId>, language: &str) -> (Vec<Choice>, Vec<Choice>) {
    let kinds = Knowledge::built_in().taxonomy().kinds();
    let prior = |kind: &Kind| branch.and_then(|branch| kind.branches.get(branch)).copied();
    let (mut typical, others): (Vec<&Kind>, Vec<&Kind>) =
        kinds.iter().partition(|kind| prior(kind).is_some());
    // Stable: equally likely ones stay in the order of the tree.
    typical.sort_by(|a, b| prior(b).unwrap_or(0.0).total_cmp(&prior(a).unwrap_or(0.0)));
    let choice =
        |kind: &Kind| Choice { id: kind.id.to_string(), label: kind.labels.in_language(language).to_owned() };
    (typical.into_iter().map(choice).collect(), others.into_iter().map(choice).collect())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_branch_gives_most_often_stands_first_and_nothing_is_lost() {
        let bakery: BranchId = "bakery".parse().expect("a branch");
        let (typical, others) = by_branch(Some(&bakery), "de");
        assert!(typical.iter().take(3).any(|kind| kind.id == "cake"), "{typical:?}");
        assert_eq!(typical.len() + others.len(), all("de").len());
        assert!(by_branch(None, "de").0.is_empty());
    }
}
