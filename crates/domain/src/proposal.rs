//! A suggestion put to both sides (Anfrage); each accepts or declines with a reason.

use crate::lifecycle::lifecycle;

lifecycle! {
    /// Where a proposal stands.
    states ProposalState of "proposal" {
        /// Computed or written, nobody asked yet.
        Suggested = "suggested",
        /// The first side was asked.
        AskedFirst = "asked_first",
        /// The first side said yes, the second was asked.
        AskedSecond = "asked_second",
        /// Both said yes.
        Accepted = "accepted",
        /// One side said no, with a reason.
        Declined = "declined",
        /// Nobody answered in time.
        Lapsed = "lapsed",
    }
    /// What happens to a proposal.
    events ProposalEvent {
        /// The next side is asked; from the first to the second this is its yes.
        Ask = "ask",
        /// The last side says yes.
        Accept = "accept",
        /// A side says no.
        Decline = "decline",
        /// The time is over.
        Lapse = "lapse",
    }
    table {
        Suggested, Ask => AskedFirst: "coordinator, or institution where direct approach is permitted; within the giver's limits";
        AskedFirst, Ask => AskedSecond: "the first side says yes";
        AskedSecond, Accept => Accepted: "the second side; a second yes changes nothing";
        AskedFirst | AskedSecond, Decline => Declined: "the side that was asked; a reason";
        AskedFirst | AskedSecond, Lapse => Lapsed: "by date: 90 days";
    }
}
