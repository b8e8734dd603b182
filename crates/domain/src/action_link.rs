//! Links that do one thing about one actor, for people without an account. They never sign anybody in.

use crate::consent::Purpose;
use crate::id::{ActionLinkId, ActorId, ContactChannelId, LinkUseId, PersonId, UserId};
use crate::instant::Instant;
use crate::lifecycle::words;
use crate::text::Body;

words! {
    /// The one thing that a link is good for.
    Action, "my_page, consent or confirm_mail" {
        /// Seeing what is stored and public about the own actor, and deciding about it.
        MyPage = "my_page",
        /// Answering whether one agrees to some purposes.
        Consent = "consent",
        /// Showing that a mail address is one's own.
        ConfirmMail = "confirm_mail",
    }
}

impl Action {
    /// For how many days a link is good.
    #[must_use]
    pub const fn days(self) -> i64 {
        match self {
            Self::MyPage | Self::Consent => 90,
            Self::ConfirmMail => 3,
        }
    }
}

words! {
    /// What was done by a link.
    Did, "gave, withdrew, refused, confirmed, wrote, objected or asked_again" {
        /// Agreed to something.
        Gave = "gave",
        /// Took something back.
        Withdrew = "withdrew",
        /// Said no when asked.
        Refused = "refused",
        /// Showed that an address is the own one.
        Confirmed = "confirmed",
        /// Wrote to the coordinators.
        Wrote = "wrote",
        /// Objected to everything.
        Objected = "objected",
        /// The link was too old; a new one is wished.
        AskedAgain = "asked_again",
    }
}

words! {
    /// Whether a link is still good.
    LinkStanding, "good, expired or revoked" {
        /// It acts.
        Good = "good",
        /// It is too old, and asks whether a new one is wished.
        Expired = "expired",
        /// Somebody took it back; it answers like one that never was.
        Revoked = "revoked",
    }
}

/// A link as it is kept; its secret is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionLink {
    /// Its id.
    pub id: ActionLinkId,
    /// For which actor it speaks.
    pub actor: ActorId,
    /// The human it was made for, when it was made for one.
    pub person: Option<PersonId>,
    /// What it is good for.
    pub action: Action,
    /// What it asks about.
    pub purposes: Vec<Purpose>,
    /// The address it confirms, or to which it was sent.
    pub channel: Option<ContactChannelId>,
    /// Who made it.
    pub created_by: Option<UserId>,
    /// When.
    pub created_at: Instant,
    /// Until when it is good.
    pub expires_at: Instant,
    /// When somebody took it back.
    pub revoked_at: Option<Instant>,
}

impl ActionLink {
    /// Whether it is good at a moment. What was taken back stays so, however old it is.
    #[must_use]
    pub fn standing(&self, now: Instant) -> LinkStanding {
        if self.revoked_at.is_some() {
            return LinkStanding::Revoked;
        }
        if self.expires_at <= now { LinkStanding::Expired } else { LinkStanding::Good }
    }
}

/// One use of a link. Opening it is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkUse {
    /// Its id.
    pub id: LinkUseId,
    /// The link.
    pub link: ActionLinkId,
    /// What was done.
    pub did: Did,
    /// What somebody wrote.
    pub words: Option<Body>,
    /// When.
    pub at: Instant,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn link() -> ActionLink {
        ActionLink {
            id: ActionLinkId::new(Uuid::nil()),
            actor: ActorId::new(Uuid::nil()),
            person: None,
            action: Action::MyPage,
            purposes: Vec::new(),
            channel: None,
            created_by: None,
            created_at: Instant(0),
            expires_at: Instant(0).plus_days(Action::MyPage.days()),
            revoked_at: None,
        }
    }

    #[test]
    fn a_link_is_good_until_its_moment_and_not_at_it() {
        let at = |millis| link().standing(Instant(millis));
        let end = link().expires_at.0;
        assert_eq!(
            (at(0), at(end - 1), at(end)),
            (LinkStanding::Good, LinkStanding::Good, LinkStanding::Expired)
        );
    }

    #[test]
    fn what_was_taken_back_asks_for_nothing_however_old_it_is() {
        let revoked = ActionLink { revoked_at: Some(Instant(5)), ..link() };
        for now in [Instant(6), link().expires_at.plus_days(1)] {
            assert_eq!(revoked.standing(now), LinkStanding::Revoked);
        }
    }

    #[test]
    fn an_address_is_confirmed_within_three_days_and_a_letter_lies_for_three_months() {
        assert_eq!((Action::ConfirmMail.days(), Action::MyPage.days(), Action::Consent.days()), (3, 90, 90));
    }
}
