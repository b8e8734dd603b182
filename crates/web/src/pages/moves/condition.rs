//! What if: a condition on the plan, and what it changes.

use super::{Named, WeekQuery, named};
use crate::layout::Chrome;
use crate::request::Member;
use kiez_app::actor::ActorName;
use kiez_app::moves::{Change, Changes, Week};
use kiez_app::suggestion::{Partner, SuggestionView};
use kiez_words::{Args, Words};

/// Nearer than this is the same house, farther than that another town.
const WALK: std::ops::RangeInclusive<u32> = 50..=20_000;

/// Somebody who could be left out.
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) is_chosen: bool,
}

/// What the condition changes, in words.
pub(super) struct Changed {
    pub(super) told: String,
    pub(super) needs: Vec<ChangedNeed>,
}

/// Who gave, and who would.
pub(super) struct ChangedNeed {
    pub(super) need: Named,
    pub(super) before: String,
    pub(super) after: String,
}

/// What was asked for; what cannot be read is as if nobody had asked.
pub(super) fn of(query: &WeekQuery, hours: u32) -> Week {
    let walk = query.walk.trim().parse::<u32>().ok();
    Week {
        hours,
        without: query.without.parse().ok(),
        walk_m: walk.map(|metres| metres.clamp(*WALK.start(), *WALK.end())),
    }
}

impl Choice {
    pub(super) fn of(giver: ActorName, week: &Week) -> Self {
        Self { id: giver.id.to_string(), is_chosen: week.without == Some(giver.id), name: giver.name }
    }
}

pub(super) fn changed(c: &Chrome, member: &Member, changes: Changes) -> Changed {
    let shown = |number: usize| c.n(&u64::try_from(number).unwrap_or(u64::MAX));
    let (before, after) = (shown(changes.served_before), shown(changes.served_after));
    let served = Args::new().with("before", before).with("after", after);
    let served = Words::of(c.locale).with("moves-changes-served", &served);
    let less = percent_less(changes.before, changes.after);
    let less = less.map(|percent| c.with("moves-changes-less", "percent", &c.n(&percent)));
    Changed {
        told: [Some(served), less].into_iter().flatten().collect::<Vec<_>>().join(" "),
        needs: changes.needs.into_iter().map(|one| need(c, member, one)).collect(),
    }
}

/// By how many hundredths something is less, where it is so at all.
fn percent_less(before: i128, after: i128) -> Option<u64> {
    let lost = before.checked_sub(after).filter(|lost| *lost > 0)?;
    // Rounded up: what is lost is not nothing.
    u64::try_from((lost * 100 + before - 1).checked_div(before)?).ok()
}

fn need(c: &Chrome, member: &Member, change: Change) -> ChangedNeed {
    let all = |givers: Vec<SuggestionView>| {
        let names: Vec<String> = givers.into_iter().map(giver).collect();
        if names.is_empty() { c.t("moves-nobody") } else { names.join(" · ") }
    };
    ChangedNeed { need: named(member, change.need), before: all(change.lost), after: all(change.gained) }
}

/// Who gives, by the name on the door or on the card, else by what is given.
fn giver(view: SuggestionView) -> String {
    let text = match view.partner {
        Partner::Offer { text, .. } | Partner::Need { text, .. } => text,
        Partner::Actor => String::new(),
    };
    view.actor.map(|actor| actor.name).or(view.said_by.map(Into::into)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_no_condition_and_a_walk_stays_in_town() {
        let asked = |without: &str, walk: &str| {
            let query = WeekQuery { without: without.into(), walk: walk.into(), ..WeekQuery::default() };
            of(&query, 20)
        };
        assert_eq!(asked("", ""), Week { hours: 20, without: None, walk_m: None });
        assert_eq!(asked("nobody", "far"), Week { hours: 20, without: None, walk_m: None });
        assert_eq!(asked("", " 600 ").walk_m, Some(600));
        assert_eq!((asked("", "1").walk_m, asked("", "4000000").walk_m), (Some(50), Some(20_000)));
        let id = "0198c0de-0000-7000-8000-000000000001";
        assert_eq!(asked(id, "").without.map(|id| id.to_string()).as_deref(), Some(id));
    }

    #[test]
    fn what_is_lost_is_told_in_whole_hundredths() {
        assert_eq!(percent_less(1_000, 1_000), None);
        assert_eq!(percent_less(0, 0), None);
        assert_eq!(percent_less(1_000, 950), Some(5));
        assert_eq!(percent_less(1_000, 999), Some(1));
        assert_eq!(percent_less(1_000, 0), Some(100));
    }
}
