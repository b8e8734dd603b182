//! What an actor can, confirmed by itself, whether it offers it now or not.

use crate::id::{ActorId, CompetenceId};
use crate::kind::KindId;
use crate::text::Line;

/// A confirmed competence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competence {
    /// Its id.
    pub id: CompetenceId,
    /// Who can it.
    pub actor: ActorId,
    /// The kind of resource.
    pub kind: KindId,
    /// In the actor's own words.
    pub words: Option<Line>,
}
