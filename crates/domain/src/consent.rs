//! Who agreed to what, when, by which words, and what of it stands: append-only events with their evidence.
//!
//! Nothing here is ever changed. Whoever takes a word back adds an event; what stands follows from all of them.

mod form;
mod text;

pub use form::{ConsentForm, NewConsent};
pub use text::{ConsentText, TextVersion, all, current, languages, of_version};

use crate::id::{ActorId, ConsentId, PersonId, UserId};
use crate::instant::Instant;
use crate::language::LanguageTag;
use crate::lifecycle::words;
use crate::text::Line;
use jiff::civil::Date;
use std::cmp::Ordering;

words! {
    /// What somebody agrees to; each of them separately.
    Purpose, "first_contact, news, phone, web, print, press, photo, passing_on, named_to_funder or statistics" {
        /// A first mail from the project.
        FirstContact = "first_contact",
        /// News of the project by mail.
        News = "news",
        /// A call from the project.
        Phone = "phone",
        /// The public pages, the map, open data.
        Web = "web",
        /// The printed guide, and what hangs in the window.
        Print = "print",
        /// Newspapers and other media.
        Press = "press",
        /// Photographs.
        Photo = "photo",
        /// Handing contacts on to institutions that may come by themselves.
        PassingOn = "passing_on",
        /// A name in papers for the funder.
        NamedToFunder = "named_to_funder",
        /// Evaluations.
        Statistics = "statistics",
    }
}

impl Purpose {
    /// Whether it leaves the house on paper: what is printed cannot be called back, it is left out of the next edition.
    #[must_use]
    pub const fn is_printed(self) -> bool {
        matches!(self, Self::Print | Self::Press | Self::Photo)
    }
}

words! {
    /// What was said about a purpose.
    ConsentAct, "given, withdrawn or refused" {
        /// Yes.
        Given = "given",
        /// No longer.
        Withdrawn = "withdrawn",
        /// No, when it was asked.
        Refused = "refused",
    }
}

words! {
    /// How it was said.
    ConsentChannel, "web, paper, oral or link" {
        /// On a page, and confirmed by a mail (double opt-in).
        Web = "web",
        /// In writing, on paper.
        Paper = "paper",
        /// By word of mouth or by telephone.
        Oral = "oral",
        /// By a link that was made for this actor.
        Link = "link",
    }
}

words! {
    /// On what a message or a publication rests.
    Basis, "consent, reply, cooperation, membership or legal_duty" {
        /// A consent that stands for the purpose.
        Consent = "consent",
        /// Somebody has asked; this is the answer.
        Reply = "reply",
        /// What both sides of a running cooperation need to know.
        Cooperation = "cooperation",
        /// What somebody with an account needs to know to use it.
        Membership = "membership",
        /// The law says that people are to be told (Art. 14 GDPR).
        LegalDuty = "legal_duty",
    }
}

impl Basis {
    /// Whether a purpose may rest on it. A consent carries what it stands for; an answer, a running cooperation, an
    /// account and a duty to inform carry a message about themselves and nothing else: news, publication, photographs and handing on
    /// need somebody's yes.
    #[must_use]
    pub const fn covers(self, purpose: Purpose, consented: bool) -> bool {
        match self {
            Self::Consent => consented,
            Self::Reply | Self::Cooperation => matches!(purpose, Purpose::FirstContact | Purpose::Phone),
            Self::Membership | Self::LegalDuty => matches!(purpose, Purpose::FirstContact),
        }
    }
}

/// How one knows that something was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// How it was said.
    pub channel: ConsentChannel,
    /// Who said it.
    pub said_by: Line,
    /// On which day.
    pub said_on: Date,
    /// In which language it was asked.
    pub language: LanguageTag,
    /// Which words were agreed to; nothing where something was taken back or refused.
    pub text: Option<TextVersion>,
    /// Where the paper lies, or who heard it.
    pub note: Option<Line>,
}

/// One event: an act about one purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Its id.
    pub id: ConsentId,
    /// Whom it is about.
    pub actor: ActorId,
    /// The human at the actor, when it is about that human alone.
    pub person: Option<PersonId>,
    /// What it is about.
    pub purpose: Purpose,
    /// What was said.
    pub act: ConsentAct,
    /// How one knows.
    pub evidence: Evidence,
    /// Who noted it; nobody where it was said by a link.
    pub recorded_by: Option<UserId>,
    /// When it was noted.
    pub recorded_at: Instant,
}

impl Consent {
    /// Which of two events was said later. What is noted on the day on which it was said counts from that moment. A day
    /// without an hour counts from its beginning where it gives and from its end where it takes away, so that no
    /// paper that turns up late undoes what somebody took back on its day. What is said at one moment is a no.
    fn is_said_after(&self, other: &Self) -> bool {
        self.moment().cmp(&other.moment()).then(self.id.cmp(&other.id)) == Ordering::Greater
    }

    fn moment(&self) -> (Date, i64, bool, bool) {
        let (on, gives) = (self.evidence.said_on, self.act == ConsentAct::Given);
        let at = match (self.recorded_at.day() == on, gives) {
            (true, _) => self.recorded_at.0,
            (false, true) => i64::MIN,
            (false, false) => i64::MAX,
        };
        (on, at, !gives, self.act == ConsentAct::Withdrawn)
    }
}

/// The last word on a purpose, of a human or, without one, of the actor itself. The order of the events does not matter.
#[must_use]
pub fn last(events: &[Consent], person: Option<PersonId>, purpose: Purpose) -> Option<&Consent> {
    let about = events.iter().filter(|event| event.person == person && event.purpose == purpose);
    about.reduce(|last, next| if next.is_said_after(last) { next } else { last })
}

/// Whether a purpose stands on a consent: the last word is a yes. For a human it is the human's own yes, and the actor
/// has not taken its own back since.
#[must_use]
pub fn stands(events: &[Consent], person: Option<PersonId>, purpose: Purpose) -> bool {
    let own = last(events, person, purpose).filter(|event| event.act == ConsentAct::Given);
    let Some(own) = own else { return false };
    let above = person.and_then(|_| last(events, None, purpose));
    above.is_none_or(|above| above.act == ConsentAct::Given || own.is_said_after(above))
}
