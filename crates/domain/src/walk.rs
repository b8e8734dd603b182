//! Walk of the day (Rundgang): which doors next, in which order, and why.
//!
//! The engine computes these values; the locale files turn reasons into sentences.

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
