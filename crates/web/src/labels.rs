//! Labels of kinds and branches for the sentences of reasons.

use kiez_domain::branch::BranchId;
use kiez_domain::kind::KindId;
use kiez_words::Locale;
use kiez_words::reason::Labels;

/// Labels from the taxonomy and the catalogue that are built into the program.
pub struct BuiltInLabels;

impl Labels for BuiltInLabels {
    fn kind(&self, id: &str, locale: Locale) -> String {
        let kind = id.parse::<KindId>();
        kind.map_or_else(|_| id.to_owned(), |kind| kiez_app::kind::label(&kind, locale.label_language()))
    }

    fn branch(&self, id: &str, locale: Locale) -> String {
        let branch = id.parse::<BranchId>();
        branch.map_or_else(
            |_| id.to_owned(),
            |branch| kiez_app::kind::branch_label(&branch, locale.label_language()),
        )
    }
}
