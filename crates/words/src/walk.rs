//! Why a door is on the walk of the day, as sentences.

use crate::locale::Locale;
use crate::words::{Args, Words};
use kiez_domain::walk::WalkReason;

/// One plain sentence that says why.
#[must_use]
pub fn walk_reason(locale: Locale, reason: &WalkReason) -> String {
    let words = Words::of(locale);
    let say = |key: &str, args: Args<'_>| words.with(key, &args);
    match reason {
        WalkReason::Expected { value, percent } => {
            // A sentence has no use for more than one decimal.
            let value = (value * 10.0).round() / 10.0;
            say("walk-reason-expected", Args::new().with("value", value).with("percent", *percent))
        }
        WalkReason::NeverVisited => words.text("walk-reason-never-visited"),
        WalkReason::Rested { days, percent } => {
            say("walk-reason-rested", Args::new().with("days", *days).with("percent", *percent))
        }
        WalkReason::Walk { minutes: 0, .. } => words.text("walk-reason-next-door"),
        WalkReason::Walk { minutes, metres } => {
            say("walk-reason-walk", Args::new().with("minutes", *minutes).with("metres", *metres))
        }
        WalkReason::Wait { minutes } => say("walk-reason-wait", Args::new().with("minutes", *minutes)),
        WalkReason::Closes { hour, minute } => {
            let time = format!("{hour:02}:{minute:02}");
            say("walk-reason-closes", Args::new().with("time", time))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_a_sentence_with_its_numbers_in_both_languages() {
        let reasons = [
            (WalkReason::Expected { value: 2.25, percent: 31 }, "31"),
            (WalkReason::NeverVisited, ""),
            (WalkReason::Rested { days: 40, percent: 22 }, "40"),
            (WalkReason::Walk { minutes: 3, metres: 240 }, "240"),
            (WalkReason::Walk { minutes: 0, metres: 0 }, ""),
            (WalkReason::Wait { minutes: 12 }, "12"),
            (WalkReason::Closes { hour: 18, minute: 5 }, "18:05"),
        ];
        for (reason, number) in &reasons {
            for locale in [Locale::German, Locale::English] {
                let said = walk_reason(locale, reason);
                assert!(said.contains(number) && said.ends_with('.') && !said.contains('['), "{said}");
            }
        }
    }
}
