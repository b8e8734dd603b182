//! A thought from a card or a doorstep, by either side, before it is a need or an offer.

use crate::id::{ActorId, IdeaId};
use crate::lifecycle::lifecycle;
use crate::text::Body;

lifecycle! {
    /// Where an idea stands.
    states IdeaState of "idea" {
        /// Written down.
        Noted = "noted",
        /// Told to the other side.
        Carried = "carried",
        /// Became a need or an offer.
        Grown = "grown",
        /// Laid aside.
        Shelved = "shelved",
    }
    /// What happens to an idea.
    events IdeaEvent {
        /// It is told to the other side.
        Carry = "carry",
        /// It becomes a need or an offer.
        Grow = "grow",
        /// It is laid aside.
        Shelve = "shelve",
        /// It is taken up again.
        TakeUp = "take_up",
    }
    table {
        Noted, Carry => Carried: "coordinator; to whom";
        Noted | Carried, Grow => Grown: "coordinator; the need or offer";
        Noted | Carried, Shelve => Shelved: "coordinator";
        Shelved, TakeUp => Noted: "coordinator";
    }
}

/// An idea as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idea {
    /// Its id.
    pub id: IdeaId,
    /// Whose idea, when known.
    pub actor: Option<ActorId>,
    /// The idea itself.
    pub text: Body,
    /// Where it stands.
    pub state: IdeaState,
    /// Optimistic version.
    pub version: i64,
}
