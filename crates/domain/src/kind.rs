//! A kind of resource: the leaf of the taxonomy under which needs and offers meet.

use crate::issue::{Expected, Problem};
use crate::sizes::KINDS;
use std::fmt;
use std::str::FromStr;

/// The id of a kind in the taxonomy, such as `room_event`.
///
/// The taxonomy itself belongs to the engine; whether a kind exists there is asked where it is resolved.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KindId(String);

impl KindId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for KindId {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        if text.len() > 60 || !text.chars().all(allowed) {
            return Err(Problem::unreadable(text, Expected::Kind));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for KindId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for KindId {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        text.parse()
    }
}

impl From<KindId> for String {
    fn from(kind: KindId) -> String {
        kind.0
    }
}
/// Reads a comma list of kinds, each once.
///
/// # Errors
/// The first that is not of the form of a kind's id.
pub fn parse_list(list: &str) -> Result<Vec<KindId>, Problem> {
    let parts = list.split([',', ';', ' ']).map(str::trim).filter(|part| !part.is_empty());
    let mut kinds: Vec<KindId> = parts.map(str::parse).collect::<Result<_, _>>()?;
    kinds.sort();
    kinds.dedup();
    if kinds.len() > KINDS { Err(Problem::TooMany { count: kinds.len(), limit: KINDS }) } else { Ok(kinds) }
}
