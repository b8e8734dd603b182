//! A human with a function at an actor.

use crate::id::{ActorId, PersonId};
use crate::text::{Line, Name};

/// A contact person (Ansprechperson). Of residents and clients nothing is ever stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Its id.
    pub id: PersonId,
    /// Where the person works.
    pub actor: ActorId,
    /// Name.
    pub name: Name,
    /// Function: owner, head of the Kita, deputy.
    pub function: Option<Line>,
}
