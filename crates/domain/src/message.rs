//! A mail to somebody: why it may be sent, how it stands, when it is tried again.

pub use crate::consent::Basis;

use crate::consent::Purpose;
use crate::id::{ContactChannelId, UserId};
use crate::lifecycle::{lifecycle, words};

lifecycle! {
    /// How a message stands.
    states MessageState of "message" {
        /// Written down, not sent yet.
        Queued = "queued",
        /// The last attempt did not work; it is tried again.
        Failed = "failed",
        /// Waits until somebody says that it may still go.
        Held = "held",
        /// Handed to the mail server, or to the folder.
        Sent = "sent",
        /// Not sent, because there is no ground for it any more.
        Refused = "refused",
        /// Not sent: every attempt failed, or somebody said no.
        GivenUp = "given_up",
    }
    /// What happens to a message.
    events MessageEvent {
        /// It has left.
        Deliver = "deliver",
        /// It did not leave, and may later.
        Fail = "fail",
        /// Its ground is gone.
        Refuse = "refuse",
        /// It waited so long that somebody should look at it first.
        Hold = "hold",
        /// Somebody says: now.
        Release = "release",
        /// Nobody tries any more.
        GiveUp = "give_up",
    }
    table {
        Queued | Failed | Held, Deliver => Sent: "the server by itself; the ground was checked in the same moment";
        Queued | Failed, Fail => Failed: "the server by itself; with growing waits";
        Queued | Failed | Held, Refuse => Refused: "the server by itself, with the reason";
        Queued | Failed, Hold => Held: "when mail is released that had waited for days";
        Failed | Held, Release => Queued: "coordinator of the project, or whoever runs the installation";
        Queued | Failed | Held, GiveUp => GivenUp: "the server after its last attempt, or a coordinator";
    }
}

impl MessageState {
    /// Whether nothing more can happen to it.
    #[must_use]
    pub const fn is_end(self) -> bool {
        matches!(self, Self::Sent | Self::Refused | Self::GivenUp)
    }
}

words! {
    /// What a message is about.
    MessageKind, "invitation, sign_in_link, new_device, access_changed, coordinator_named, own_page or notice" {
        /// Somebody became a member and gets a link to come in.
        Invitation = "invitation",
        /// Somebody asked for a link to sign in.
        SignInLink = "sign_in_link",
        /// Somebody signed in with a device that was not seen before.
        NewDevice = "new_device",
        /// A way to sign in was added, changed or removed.
        AccessChanged = "access_changed",
        /// Somebody will coordinate the project, unless one of its people objects.
        CoordinatorNamed = "coordinator_named",
        /// Somebody without an account gets the link to the own page.
        OwnPage = "own_page",
        /// Somebody is told what is stored about them (Art. 14 GDPR), with the link to the own page.
        Notice = "notice",
    }
}

words! {
    /// Why a message was not sent although it had been queued.
    Refusal, "account_removed, not_a_member, no_address, bad_address, no_consent, objected or too_late" {
        /// The account was removed.
        AccountRemoved = "account_removed",
        /// The person does not belong to the project any more.
        NotAMember = "not_a_member",
        /// The account has no address.
        NoAddress = "no_address",
        /// No mail can be sent to such an address.
        BadAddress = "bad_address",
        /// The consent that it rests on is not there any more.
        NoConsent = "no_consent",
        /// Somebody has objected under this address.
        Objected = "objected",
        /// What it says is worth nothing any more.
        TooLate = "too_late",
    }
}

words! {
    /// Why an attempt to send did not work.
    Trouble, "rejected, later, unreachable, folder or stopped" {
        /// The mail server will not take it.
        Rejected = "rejected",
        /// The mail server asks to try again later.
        Later = "later",
        /// The mail server does not answer.
        Unreachable = "unreachable",
        /// The folder takes nothing.
        Folder = "folder",
        /// Somebody said that it shall not go.
        Stopped = "stopped",
    }
}

words! {
    /// What was changed about a way to sign in.
    AccessChange, "password, codes, codes_removed, passkey, passkey_removed or recovery_codes" {
        /// A password was set.
        Password = "password",
        /// An app that makes codes was set up.
        Codes = "codes",
        /// It was removed.
        CodesRemoved = "codes_removed",
        /// A passkey was added.
        Passkey = "passkey",
        /// One was removed.
        PasskeyRemoved = "passkey_removed",
        /// New codes on paper were made.
        RecoveryCodes = "recovery_codes",
    }
}

impl MessageKind {
    /// The grounds of which any is enough; what is not listed covers nothing.
    #[must_use]
    pub const fn bases(self) -> &'static [Basis] {
        match self {
            Self::Invitation | Self::NewDevice | Self::AccessChanged | Self::CoordinatorNamed => {
                &[Basis::Membership]
            }
            Self::SignInLink => &[Basis::Reply],
            Self::OwnPage => &[Basis::Reply, Basis::Consent],
            Self::Notice => &[Basis::LegalDuty],
        }
    }

    /// The purpose whose consent carries it, where it rests on one.
    #[must_use]
    pub const fn purpose(self) -> Purpose {
        Purpose::FirstContact
    }

    /// Whether it carries a link to the own page of somebody without an account, made when the message leaves.
    #[must_use]
    pub const fn carries_own_page(self) -> bool {
        matches!(self, Self::OwnPage | Self::Notice)
    }

    /// Whether it carries a link that signs in. Such a link is made when the message leaves and never stored.
    #[must_use]
    pub const fn carries_link(self) -> bool {
        matches!(self, Self::Invitation | Self::SignInLink)
    }
}

/// Whom a message goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// Somebody with an account.
    Account(UserId),
    /// An address of somebody without one, by which an actor or one of its people is reached.
    Channel(ContactChannelId),
}

impl Recipient {
    /// The account, where it is one.
    #[must_use]
    pub const fn account(self) -> Option<UserId> {
        match self {
            Self::Account(user) => Some(user),
            Self::Channel(_) => None,
        }
    }

    /// The address of somebody without an account, where it is one.
    #[must_use]
    pub const fn channel(self) -> Option<ContactChannelId> {
        match self {
            Self::Account(_) => None,
            Self::Channel(channel) => Some(channel),
        }
    }
}

/// What a message is about, with a basis that covers it: without one there is no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ground {
    kind: MessageKind,
    basis: Basis,
}

/// A basis that does not cover what it is given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("\"{basis}\" is no ground for a message of the kind \"{kind}\"")]
pub struct NotCovered {
    /// What the message is about.
    pub kind: MessageKind,
    /// The basis that was given.
    pub basis: Basis,
}

impl Ground {
    /// The only way in.
    ///
    /// # Errors
    /// When the basis does not cover the kind.
    pub fn new(kind: MessageKind, basis: Basis) -> Result<Self, NotCovered> {
        if kind.bases().contains(&basis) { Ok(Self { kind, basis }) } else { Err(NotCovered { kind, basis }) }
    }

    /// What the message is about.
    #[must_use]
    pub const fn kind(self) -> MessageKind {
        self.kind
    }

    /// Why it may be sent.
    #[must_use]
    pub const fn basis(self) -> Basis {
        self.basis
    }
}

/// Minutes to wait after so many attempts that failed; none when it is given up: after almost three days.
#[must_use]
pub const fn wait_minutes(attempts: i64) -> Option<i64> {
    match attempts {
        i64::MIN..=1 => Some(1),
        2 => Some(5),
        3 => Some(30),
        4 => Some(2 * 60),
        5 => Some(6 * 60),
        6 => Some(12 * 60),
        7 | 8 => Some(24 * 60),
        _ => None,
    }
}

/// What waited longer than so many days when mail is released is looked at by somebody first.
pub const STALE_DAYS: i64 = 3;

/// The mail log is kept so many days after a message ended: 12 months.
pub const LOG_DAYS: i64 = 365;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basis_covers_what_it_is_for_and_nothing_else() {
        for kind in MessageKind::all() {
            for basis in Basis::all() {
                let wanted = match kind {
                    MessageKind::SignInLink => basis == Basis::Reply,
                    MessageKind::OwnPage => matches!(basis, Basis::Reply | Basis::Consent),
                    MessageKind::Notice => basis == Basis::LegalDuty,
                    _ => basis == Basis::Membership,
                };
                assert_eq!(Ground::new(kind, basis).is_ok(), wanted, "{kind} {basis}");
            }
        }
        let refused = Ground::new(MessageKind::Invitation, Basis::Consent).expect_err("no ground");
        assert!(refused.to_string().contains("\"consent\" is no ground"), "{refused}");
    }

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<i64> = (1..).map_while(wait_minutes).collect();
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]), "{waits:?}");
        assert_eq!((waits.len(), waits[0]), (8, 1));
        let days = waits.iter().sum::<i64>() / (24 * 60);
        assert_eq!(days, 2, "minutes {}", waits.iter().sum::<i64>());
    }

    #[test]
    fn only_what_ended_says_so() {
        let open: Vec<_> =
            MessageState::all().filter(|state| !state.is_end()).map(MessageState::name).collect();
        assert_eq!(open, ["queued", "failed", "held"]);
        for state in MessageState::all() {
            assert_eq!(MessageState::steps().any(|step| step.from == state.name()), !state.is_end());
        }
    }
}
