//! The field registry: for every stored column what it is for, on which basis, until when, who sees it.
//!
//! A column without an entry fails a test and is a finding of `kiez doctor`.

use crate::schema::Table;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// What the registry says about one column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Entry {
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
    /// `personal`, `sole_trader` (may be personal: the shop of one human), `content`, `public_record`, `secret` or `technical`.
    pub category: String,
    /// What it is for.
    pub purpose: String,
    /// The legal basis.
    pub basis: String,
    /// The deletion class with its start event.
    pub deletion: String,
    /// Who sees it.
    pub visibility: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    group: Vec<Group>,
}

/// Columns of one table that serve one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The table.
    pub table: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// As in [`Entry`].
    pub category: String,
    /// What they are for.
    pub purpose: String,
    /// The legal basis.
    pub basis: String,
    /// The deletion class with its start event.
    pub deletion: String,
    /// Who sees them.
    pub visibility: String,
}

impl Group {
    /// Whether data on people may stand in it; what only keeps the program in order is none of their business.
    #[must_use]
    pub fn is_about_people(&self) -> bool {
        self.category != "technical" && !self.basis.starts_with("no personal data")
    }
}

/// Whether a column helps to recognise a secret, which nobody is told, not even whose it is.
#[must_use]
pub fn is_secret(table: &str, column: &str) -> bool {
    let of_table = groups().iter().filter(|group| group.table == table && group.category == "secret");
    of_table.flat_map(|group| &group.columns).any(|name| name == column)
}

/// The groups of the file, in its order.
#[must_use]
pub fn groups() -> &'static [Group] {
    static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
        let file: File = toml::from_str(include_str!("../registry.toml"))
            .expect("registry.toml is read by a test before it ships");
        file.group
    });
    &GROUPS
}

/// Every entry, by table and column.
#[must_use]
pub fn entries() -> &'static [Entry] {
    static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
        let mut entries: Vec<Entry> = groups().iter().cloned().flat_map(spelled_out).collect();
        entries.sort();
        entries
    });
    &ENTRIES
}

/// Columns of the live schema without an entry, and entries without a column.
#[must_use]
pub fn gaps(tables: &[Table]) -> Vec<String> {
    let live: BTreeSet<(&str, &str)> = tables
        .iter()
        .flat_map(|table| table.columns.iter().map(|column| (table.name.as_str(), column.name.as_str())))
        .collect();
    let known: BTreeSet<(&str, &str)> =
        entries().iter().map(|entry| (entry.table.as_str(), entry.column.as_str())).collect();
    let missing = live.difference(&known).map(|(table, column)| format!("{table}.{column} has no entry"));
    let stale =
        known.difference(&live).map(|(table, column)| format!("{table}.{column} has an entry but no column"));
    missing.chain(stale).collect()
}

fn spelled_out(group: Group) -> impl Iterator<Item = Entry> {
    let Group { table, columns, category, purpose, basis, deletion, visibility } = group;
    columns.into_iter().map(move |column| Entry {
        table: table.clone(),
        column,
        category: category.clone(),
        purpose: purpose.clone(),
        basis: basis.clone(),
        deletion: deletion.clone(),
        visibility: visibility.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_column_is_described_twice_and_every_category_is_known() {
        let mut seen = BTreeSet::new();
        let categories = ["personal", "sole_trader", "content", "public_record", "secret", "technical"];
        for entry in entries() {
            assert!(seen.insert((&entry.table, &entry.column)), "{}.{} twice", entry.table, entry.column);
            assert!(categories.contains(&entry.category.as_str()), "{entry:?}");
        }
    }
}
