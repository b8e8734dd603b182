//! Erasing: whose data goes, and an erasing that waits for a second look.

use crate::id::{ActorId, PersonId, ProjectId, UserId};
use crate::issue::{Expected, Problem};
use crate::lifecycle::lifecycle;
use std::fmt;
use std::str::FromStr;

/// So many people may be erased at once without anybody else looking at it.
pub const AT_ONCE: u64 = 50;
/// How long an erasing of more, or of a whole project, waits for a second look, in days.
pub const WAIT_DAYS: i64 = 1;

/// Whose data is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataSubject {
    /// An actor with its people, its ways to be reached, its needs, offers and ideas.
    Actor(ActorId),
    /// A contact person.
    Person(PersonId),
    /// Somebody with an account.
    User(UserId),
    /// Everything of a project.
    Project(ProjectId),
}

impl DataSubject {
    /// The word for what it is: `actor`, `person`, `user`, `project`.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Actor(_) => "actor",
            Self::Person(_) => "person",
            Self::User(_) => "user",
            Self::Project(_) => "project",
        }
    }

    /// Its id, as it is stored.
    #[must_use]
    pub fn id(self) -> String {
        match self {
            Self::Actor(id) => id.to_string(),
            Self::Person(id) => id.to_string(),
            Self::User(id) => id.to_string(),
            Self::Project(id) => id.to_string(),
        }
    }
}

impl fmt::Display for DataSubject {
    /// `actor:0198c0de-…`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind(), self.id())
    }
}

impl FromStr for DataSubject {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let (kind, id) = text.split_once(':').unwrap_or(("", text));
        match kind {
            "actor" => id.parse().map(Self::Actor),
            "person" => id.parse().map(Self::Person),
            "user" => id.parse().map(Self::User),
            "project" => id.parse().map(Self::Project),
            _ => {
                let words = "actor:ID, person:ID, user:ID or project:ID";
                Err(Problem::unreadable(text, Expected::OneOf { words }))
            }
        }
    }
}

lifecycle! {
    /// Where an erasing stands that waits for a second look.
    states RequestState of "erasure" {
        /// Nothing has gone yet.
        Waiting = "waiting",
        /// Everything has gone.
        Done = "done",
        /// It was called off.
        Withdrawn = "withdrawn",
    }
    /// What can happen to it.
    events RequestEvent {
        /// Somebody else has looked at it and agrees.
        Confirm = "confirm",
        /// The day of waiting is over.
        Lapse = "lapse",
        /// Somebody calls it off.
        Withdraw = "withdraw",
    }
    table {
        Waiting, Confirm => Done: "another coordinator, or the operator; never who asked for it";
        Waiting, Lapse => Done: "the program, when the day of waiting is over";
        Waiting, Withdraw => Withdrawn: "coordinators and operator, as long as it waits";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    proptest! {
        #[test]
        fn whoever_is_meant_reads_back(bits in any::<u128>(), kind in 0..4) {
            let uuid = Uuid::from_u128(bits);
            let subject = match kind {
                0 => DataSubject::Actor(ActorId::new(uuid)),
                1 => DataSubject::Person(PersonId::new(uuid)),
                2 => DataSubject::User(UserId::new(uuid)),
                _ => DataSubject::Project(ProjectId::new(uuid)),
            };
            prop_assert_eq!(subject.to_string().parse::<DataSubject>(), Ok(subject));
        }

        #[test]
        fn anything_else_is_nobody(text in "\\PC{0,50}") {
            prop_assume!(!["actor:", "person:", "user:", "project:"].iter().any(|kind| text.starts_with(kind)));
            prop_assert!(text.parse::<DataSubject>().is_err());
        }
    }
}
