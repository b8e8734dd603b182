//! A way to reach somebody, and who may see it.

use crate::id::{ActorId, ContactChannelId, PersonId};
use crate::lifecycle::words;
use crate::text::Line;

words! {
    /// The medium of a contact channel.
    Medium, "phone, mail, post or web" {
        /// Telephone.
        Phone = "phone",
        /// E-mail.
        Mail = "mail",
        /// A letter.
        Post = "post",
        /// A page of their own.
        Web = "web",
    }
}

words! {
    /// Who may see a contact channel (policy: three rows of the matrix).
    ChannelVisibility, "public, partners or internal" {
        /// Everybody.
        Public = "public",
        /// Partners of an accepted proposal.
        Partners = "partners",
        /// Coordinators of the project.
        Internal = "internal",
    }
}

/// A phone number, mail address, letter box or page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactChannel {
    /// Its id.
    pub id: ContactChannelId,
    /// Whom it reaches.
    pub actor: ActorId,
    /// The human behind it, when it is not the shop's own.
    pub person: Option<PersonId>,
    /// The medium.
    pub medium: Medium,
    /// Number or address.
    pub value: Line,
    /// Who may see it; internal unless somebody agreed to more.
    pub visibility: ChannelVisibility,
}
