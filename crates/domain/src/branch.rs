//! What an actor does.

use crate::issue::Problem;
use crate::lifecycle::words;
use std::fmt;
use std::str::FromStr;

words! {
    /// Which side of the network an actor is on.
    Side, "business, institution, initiative, public_body or place" {
        /// A shop, workshop, office, practice.
        Business = "business",
        /// Kita, youth club, senior centre: an Einrichtung of a Träger.
        Institution = "institution",
        /// People without a legal form.
        Initiative = "initiative",
        /// Town hall, police, library.
        PublicBody = "public_body",
        /// Nobody to talk to: a stop, a playground.
        Place = "place",
    }
}

/// The id of a branch in the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BranchId(String);

impl BranchId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The side on which actors of this branch usually are.
    #[must_use]
    pub fn side(&self) -> Side {
        Side::Business
    }
}

impl FromStr for BranchId {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        if text.is_empty() { Err(Problem::Missing) } else { Ok(Self(text.to_owned())) }
    }
}

impl fmt::Display for BranchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
