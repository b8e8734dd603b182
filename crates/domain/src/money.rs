//! Money in whole cents.

use crate::issue::{Expected, Problem};
use std::fmt;
use std::str::FromStr;

/// An amount in euro cents; may be negative (a repayment).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
pub struct Money(i64);

impl Money {
    /// An amount from cents: any number is fine.
    #[must_use]
    pub const fn from_cents(cents: i64) -> Self {
        Self(cents)
    }

    /// The amount in cents.
    #[must_use]
    pub const fn cents(self) -> i64 {
        self.0
    }
}

impl FromStr for Money {
    type Err = Problem;

    /// Reads `1.234,56`, `1234.56`, `1234` and an optional € sign; a third decimal is refused, not rounded.
    fn from_str(text: &str) -> Result<Self, Problem> {
        let bare: String = text.trim().trim_end_matches('€').chars().filter(|c| !c.is_whitespace()).collect();
        let unreadable = || Problem::unreadable(text, Expected::Amount);
        if bare.is_empty() {
            return Err(Problem::Missing);
        }
        let (negative, digits) = bare.strip_prefix('-').map_or((false, bare.as_str()), |rest| (true, rest));
        let (whole, part) = split_decimals(digits);
        let whole = without_groups(whole).ok_or_else(unreadable)?;
        if part.len() > 2 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return Err(unreadable());
        }
        let cents: i64 = format!("{part:0<2}").parse().map_err(|_| unreadable())?;
        let euros: i64 = whole.parse().map_err(|_| unreadable())?;
        // The sign goes along: the smallest amount has no positive counterpart.
        let sign = if negative { -1 } else { 1 };
        let amount = (euros * sign).checked_mul(100).and_then(|sum| sum.checked_add(cents * sign));
        amount.map(Self).ok_or_else(unreadable)
    }
}

/// Decimals stand behind the last comma, or behind a point that is followed by one or two digits.
fn split_decimals(digits: &str) -> (&str, &str) {
    if let Some((whole, part)) = digits.rsplit_once(',') {
        return (whole, part);
    }
    match digits.rsplit_once('.') {
        Some((whole, part)) if part.len() <= 2 => (whole, part),
        _ => (digits, ""),
    }
}

/// `1.234.567` → `1234567`; groups of another length are refused.
fn without_groups(whole: &str) -> Option<String> {
    let mut groups = whole.split('.');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let fine = digits(first) && rest.iter().all(|group| group.len() == 3 && digits(group));
    (fine && (rest.is_empty() || first.len() <= 3)).then(|| format!("{first}{}", rest.concat()))
}

impl fmt::Display for Money {
    /// `-1234,56`: no groups, so that it reads back; pages format by language.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{},{:02}", self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_amount_reads_back_as_itself(cents in any::<i64>()) {
            let money = Money::from_cents(cents);
            prop_assert_eq!(money.to_string().parse::<Money>(), Ok(money));
        }
    }

    #[test]
    fn german_and_plain_spellings_agree() {
        for text in ["1.234,56 €", "1234,56", "1234.56"] {
            assert_eq!(text.parse::<Money>(), Ok(Money::from_cents(123_456)), "{text}");
        }
        assert_eq!("1.234".parse::<Money>(), Ok(Money::from_cents(123_400)));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", "12,345", "1.23.4", "abc", "1,2,3", "99999999999999999999"] {
            assert!(text.parse::<Money>().is_err(), "{text}");
        }
    }
}
