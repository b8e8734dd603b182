//! Every kind of id of the program, declared in one list so that no two can be mixed up.

use crate::issue::{Expected, Problem};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a fresh UUID (version 7, so that ids sort by the time they were made).
            #[must_use]
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = Problem;
            fn from_str(text: &str) -> Result<Self, Problem> {
                parse(text).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = Problem;
            fn try_from(text: String) -> Result<Self, Problem> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }
    )*};
}

ids! {
    /// One run of the method in one area.
    ProjectId;
    /// A named polygon.
    QuarterId;
    /// One ground-floor unit.
    PremisesId;
    /// A dated look at a ground-floor unit.
    ObservationId;
    /// A business, institution, initiative or public body.
    ActorId;
    /// A human with a function at an actor.
    PersonId;
    /// A phone number, mail or postal address.
    ContactChannelId;
    /// What somebody lacks.
    NeedId;
    /// What somebody is ready to give.
    OfferId;
    /// What an actor can, confirmed.
    CompetenceId;
    /// What a business said when it was asked.
    AnswerId;
    /// A thought before it is a need or an offer.
    IdeaId;
    /// A suggestion put to both sides.
    ProposalId;
    /// What a coordinator decided about a suggestion.
    VerdictId;
    /// Somebody who can sign in.
    UserId;
    /// One signed-in device.
    SessionId;
    /// A key that a device keeps.
    PasskeyId;
    /// A single-use link.
    LinkId;
    /// One run of `kiez import`.
    ImportId;
    /// A file that was sent in a browser and waits for a yes.
    UploadId;
    /// A difference between a human's edit and an imported file.
    DifferenceId;
    /// Work to be done later.
    JobId;
    /// A mail to somebody.
    MessageId;
    /// One entry of the audit trail.
    AuditId;
    /// What somebody said about what may be done with the own data.
    ConsentId;
    /// A link that does one thing about one actor.
    ActionLinkId;
    /// One use of such a link.
    LinkUseId;
    /// Somebody who must not be taken in again.
    ObjectionId;
    /// An erasing that waits for a second look.
    ErasureRequestId;
    /// That somebody's data is kept and not worked with.
    RestrictionId;
    /// One look at what has been kept long enough.
    RetentionRunId;
}

impl UploadId {
    /// The import that comes of this file: of one file there is one import, however often somebody says yes.
    #[must_use]
    pub const fn import(self) -> ImportId {
        ImportId(self.0)
    }
}

/// Reads the one spelling that is stored: 36 characters, lower case, hyphens.
fn parse(text: &str) -> Result<Uuid, Problem> {
    let expected = Expected::Id;
    let uuid = Uuid::try_parse(text).map_err(|_| Problem::unreadable(text, expected))?;
    if uuid.hyphenated().to_string() == text { Ok(uuid) } else { Err(Problem::unreadable(text, expected)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_id_reads_back_as_itself(bits in any::<u128>()) {
            let id = ActorId::new(Uuid::from_u128(bits));
            prop_assert_eq!(id.to_string().parse::<ActorId>(), Ok(id));
        }

        #[test]
        fn any_other_text_is_refused(text in "\\PC{0,40}") {
            prop_assume!(Uuid::try_parse(&text).is_err());
            prop_assert!(text.parse::<NeedId>().is_err());
        }
    }

    #[test]
    fn a_second_spelling_of_the_same_id_is_refused() {
        assert!("0198C0DE-0000-7000-8000-000000000001".parse::<ActorId>().is_err());
        assert!("0198c0de000070008000000000000001".parse::<ActorId>().is_err());
    }
}
