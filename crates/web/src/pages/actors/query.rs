//! What a directory is narrowed to, as it stands in an address: the members' one and the one for everybody.

use crate::forms::percent_encoded;
use crate::layout::Chrome;
use kiez_app::page::ActorFilter;

/// The part of an address behind the question mark.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct DirectoryQuery {
    pub(crate) q: String,
    pub(crate) side: String,
    pub(crate) branch: String,
    pub(crate) quarter: String,
    /// How far a business has come; members alone see it.
    pub(crate) stage: String,
    #[serde(deserialize_with = "crate::forms::offset")]
    pub(crate) offset: u64,
}

impl DirectoryQuery {
    /// What it asks for; what cannot be read narrows nothing.
    pub(crate) fn filter(&self) -> ActorFilter {
        ActorFilter {
            text: Some(self.q.clone()).filter(|text| !text.trim().is_empty()),
            side: self.side.parse().ok(),
            branch: self.branch.parse().ok(),
            quarter: self.quarter.parse().ok(),
            stage: self.stage.parse().ok(),
            ..ActorFilter::default()
        }
    }

    /// Whether it asks for less than everybody.
    pub(crate) fn narrows(&self) -> bool {
        self.pairs().next().is_some()
    }

    /// The address of another part of the same list.
    pub(crate) fn address(&self, base: &str, offset: u64) -> String {
        let mut address = format!("{base}?");
        for (name, value) in self.pairs() {
            address.push_str(&format!("{name}={}&", percent_encoded(value)));
        }
        format!("{address}offset={offset}")
    }

    fn pairs(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let pairs = [
            ("q", &self.q),
            ("side", &self.side),
            ("branch", &self.branch),
            ("quarter", &self.quarter),
            ("stage", &self.stage),
        ];
        pairs.into_iter().filter(|(_, value)| !value.is_empty())
    }
}

/// One value to filter by.
pub(crate) struct Facet {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) count: String,
    pub(crate) chosen: bool,
}

impl Facet {
    /// A value with its label, and how many there are of it where that is known.
    pub(crate) fn of(c: &Chrome, chosen: &str, value: &str, (label, count): (String, Option<u64>)) -> Self {
        let count = count.map(|count| format!(" ({})", c.n(&count))).unwrap_or_default();
        Self { value: value.to_owned(), label, count, chosen: chosen == value }
    }
}
