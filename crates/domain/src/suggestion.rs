//! Need and offer that meet (Schnittstelle): a score, its parts, and reasons.
//!
//! The engine computes these values; the locale files turn reasons into sentences.

use crate::branch::BranchId;
use crate::kind::KindId;

/// A number from 0 (nothing speaks for it) to 1 (everything does).
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, serde::Serialize)]
pub struct Score(f64);

impl Score {
    /// Takes any number and holds it within 0 and 1; not-a-number is 0.
    #[must_use]
    pub fn clamped(value: f64) -> Self {
        if value.is_nan() { Self(0.0) } else { Self(value.clamp(0.0, 1.0)) }
    }

    /// The number.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }

    /// Whether it is put forward as one to call about; below, a suggestion is a guess and says so.
    ///
    /// From [`Self::CONFIDENT`] on two of three first suggestions were right, and where nothing fitted one of five was
    /// said all the same (`docs/quality.md`).
    #[must_use]
    pub fn is_confident(self) -> bool {
        self.0 >= Self::CONFIDENT
    }

    /// The least score to be confident of.
    pub const CONFIDENT: f64 = 0.5;
}

/// The parts of a score, each from 0 to 1; a part about which nothing is known is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Default, serde::Serialize)]
pub struct Parts {
    /// Kinds of resource in common.
    pub resource: Option<Score>,
    /// Words in common.
    pub text: Option<Score>,
    /// What a business of this branch could give.
    pub branch: Option<Score>,
    /// Nearness on foot.
    pub distance: Option<Score>,
    /// Hours in common.
    pub time: Option<Score>,
    /// A language in common.
    pub language: Option<Score>,
    /// Use against effort.
    pub thrift: Option<Score>,
    /// That both know somebody in common, or are likely to have met.
    pub acquaintance: Option<Score>,
}

/// How many said yes of those who were asked and answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answers {
    /// Said yes.
    pub yes: u32,
    /// Said yes or no.
    pub asked: u32,
}

/// Why a suggestion is made, as data; one sentence each.
#[derive(Debug, Clone, PartialEq)]
pub enum Reason {
    /// Both are about the same kind of resource.
    SameKind {
        /// The kind.
        kind: KindId,
        /// Words of the need that tell it.
        need_words: Vec<String>,
        /// Words of the offer that tell it.
        offer_words: Vec<String>,
    },
    /// The kinds are near each other: parent, sibling, related.
    NearKind {
        /// The need's kind.
        need: KindId,
        /// The offer's kind.
        offer: KindId,
    },
    /// Words (or their roots) in common.
    SharedWords {
        /// As written in the offer.
        words: Vec<String>,
    },
    /// A business of this branch could give it; nobody has asked yet.
    LikelyByBranch {
        /// The branch.
        branch: BranchId,
        /// The kind that it could give.
        kind: KindId,
        /// Chance in percent, from the prior and what was learned.
        percent: u8,
        /// What businesses of this branch said in the project.
        told: Answers,
        /// What those of the same street said among them.
        in_street: Answers,
    },
    /// The need wants somebody of this trade.
    TradeWanted {
        /// The trade.
        branch: BranchId,
        /// As written in the need.
        word: String,
    },
    /// The actor said at a visit that it can this.
    Confirmed {
        /// The kind.
        kind: KindId,
    },
    /// So many minutes on foot.
    Walk {
        /// Whole minutes at 80 m a minute, at least 1.
        minutes: u32,
        /// Walking metres.
        metres: u32,
    },
    /// Hours that both have.
    SharedHours {
        /// How many of the week.
        hours: u32,
    },
    /// A language that both speak.
    SharedLanguage {
        /// The tag.
        language: String,
    },
    /// It costs the giver little.
    LittleEffort {
        /// Minutes.
        minutes: u32,
    },
    /// What speaks against being sure: these words of the need find no answer in the offer.
    Unanswered {
        /// As written in the need.
        words: Vec<String>,
    },
    /// Both are likely to know each other.
    Acquainted {
        /// From where.
        bond: Bond,
    },
}

/// From where two actors are likely to know each other: what they have in common beside the need.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bond {
    /// Both have their seat or premises at the same address.
    SameHouse,
    /// Both belong to the same organisation.
    SameCarrier {
        /// Its name.
        carrier: String,
    },
    /// For both, a coordinator put a pair with the same third actor first.
    CommonPartner {
        /// The third one's name.
        partner: String,
    },
}

/// Why a pair is not suggested; hard ones exclude, soft ones only weaken.
#[derive(Debug, Clone, PartialEq)]
pub enum Obstacle {
    /// Farther than the need allows.
    TooFar {
        /// Walking metres between them.
        metres: u32,
        /// The need's limit.
        limit: u32,
    },
    /// No hour in common.
    NoSharedHour,
    /// No language in common.
    NoSharedLanguage,
    /// The giver's capacity is used up or zero.
    NoCapacity,
    /// Who asks would be asked: what somebody has, it need not be brought together with.
    OwnOffer,
    /// Nothing in kind, words or branch speaks for it.
    NothingInCommon,
    /// Others fit better: it stands at this place.
    Outranked {
        /// Its place, 1 is the best.
        rank: u32,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_never_leaves_its_bounds() {
        assert_eq!(Score::clamped(f64::NAN).value(), 0.0);
        assert_eq!(Score::clamped(7.0).value(), 1.0);
        assert_eq!(Score::clamped(-1.0).value(), 0.0);
    }
}
