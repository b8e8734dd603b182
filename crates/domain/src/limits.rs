//! What a giver is ready to give at most: sacred.

use crate::issue::{Expected, Problem};
use crate::lifecycle::words;

words! {
    /// The span after which a capacity is fresh again.
    Rhythm, "once, week, month, quarter or year" {
        /// One time only.
        Once = "once",
        /// Each calendar week.
        Week = "week",
        /// Each month.
        Month = "month",
        /// Each quarter of a year.
        Quarter = "quarter",
        /// Each year.
        Year = "year",
    }
}

/// How often, and how many requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    capacity: u32,
    per: Rhythm,
}

impl Limits {
    /// Largest capacity that makes sense to enter.
    pub const MOST: u32 = 10_000;

    /// The only way in; a capacity of 0 means "not at present".
    ///
    /// # Errors
    /// When the capacity is above [`Limits::MOST`].
    pub fn new(capacity: u32, per: Rhythm) -> Result<Self, Problem> {
        if capacity > Self::MOST {
            return Err(Problem::OutOfRange {
                given: capacity.to_string(),
                least: "0".to_owned(),
                most: Self::MOST.to_string(),
            });
        }
        Ok(Self { capacity, per })
    }

    /// Units per span.
    #[must_use]
    pub fn capacity(self) -> u32 {
        self.capacity
    }

    /// The span.
    #[must_use]
    pub fn per(self) -> Rhythm {
        self.per
    }
}

/// Reads a whole number of a form; empty means not said.
///
/// # Errors
/// When the text is no whole number between `least` and `most`.
pub fn parse_count(text: &str, least: u32, most: u32) -> Result<Option<u32>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let number: u32 = text.parse().map_err(|_| Problem::unreadable(text, Expected::WholeNumber))?;
    if (least..=most).contains(&number) {
        return Ok(Some(number));
    }
    Err(Problem::OutOfRange { given: text.to_owned(), least: least.to_string(), most: most.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_has_a_span_and_a_ceiling() {
        assert_eq!(Limits::new(2, Rhythm::Quarter).map(Limits::capacity), Ok(2));
        assert!(Limits::new(Limits::MOST + 1, Rhythm::Once).is_err());
    }

    #[test]
    fn counts_are_read_or_refused() {
        assert_eq!(parse_count(" ", 1, 9), Ok(None));
        assert_eq!(parse_count("3", 1, 9), Ok(Some(3)));
        assert!(parse_count("0", 1, 9).is_err());
        assert!(parse_count("2,5", 1, 9).is_err());
    }
}
