//! Why a door is on the walk of the day, as sentences.

use crate::locale::Locale;
use crate::times;
use crate::words::{Args, Words};
use kiez_domain::walk::{WalkLeft, WalkReason};

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

/// One plain sentence that says why a door is not on the walk.
#[must_use]
pub fn walk_left(locale: Locale, why: WalkLeft) -> String {
    let key = format!("walk-left-{}", why.name());
    let args = match why {
        WalkLeft::Later { day } => Args::new().with("day", times::day(locale, day)),
        _ => Args::new(),
    };
    Words::of(locale).with(&key, &args)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_door_left_out_has_a_sentence_of_its_own() {
        let all = [
            WalkLeft::Declined,
            WalkLeft::Later { day: jiff::civil::date(2026, 4, 7) },
            WalkLeft::JustVisited,
            WalkLeft::NothingToAsk,
            WalkLeft::Closed,
            WalkLeft::TooFar,
            WalkLeft::NoTime,
        ];
        for locale in [Locale::German, Locale::English] {
            let said: Vec<String> = all.iter().map(|why| walk_left(locale, *why)).collect();
            assert!(
                said.iter().all(|sentence| sentence.ends_with('.') && !sentence.contains('[')),
                "{said:?}"
            );
            assert!(said[1].contains("2026"), "{said:?}");
            assert_eq!(said.iter().collect::<std::collections::BTreeSet<_>>().len(), all.len());
        }
    }

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
