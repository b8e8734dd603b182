//! Walk of the day (Rundgang): which doors next, in which order, and why.
//!
//! The engine computes these values; the locale files turn reasons into sentences.

use jiff::civil::Date;

/// Why a door is not on the walk, as data; one sentence each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WalkLeft {
    /// It said no and named no day to call again.
    Declined,
    /// It asked to be called again, but not before a day.
    Later {
        /// The day.
        day: Date,
    },
    /// Somebody was there so recently that a visit would bring nothing.
    JustVisited,
    /// It could meet nothing that is needed.
    NothingToAsk,
    /// Not open while the walk could pass.
    Closed,
    /// Too far.
    TooFar,
    /// Others bring more in the time there is.
    NoTime,
}

impl WalkLeft {
    /// Its name in the locale files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Later { .. } => "later",
            Self::JustVisited => "just-visited",
            Self::NothingToAsk => "nothing-to-ask",
            Self::Closed => "closed",
            Self::TooFar => "too-far",
            Self::NoTime => "no-time",
        }
    }
}

/// Why a door is on the walk, as data; one sentence each.
#[derive(Debug, Clone, PartialEq)]
pub enum WalkReason {
    /// What is won when they join, and how likely that is.
    Expected {
        /// What is won, in the unit of whoever asked.
        value: f64,
        /// The chance in percent.
        percent: u8,
    },
    /// No visit is known of.
    NeverVisited,
    /// Somebody was there; the door counts less until it has rested.
    Rested {
        /// Days since then.
        days: u32,
        /// What a visit counts today, in percent of what it will count later.
        percent: u8,
    },
    /// The way from the stop before.
    Walk {
        /// Minutes on foot.
        minutes: u32,
        /// Metres on foot.
        metres: u32,
    },
    /// The door opens a little after arrival.
    Wait {
        /// Minutes to wait.
        minutes: u32,
    },
    /// The door closes that day.
    Closes {
        /// The hour, 0 to 23.
        hour: u8,
        /// The minute.
        minute: u8,
    },
}
