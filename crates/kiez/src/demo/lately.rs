//! What happened lately, as `data/demo/lately.toml` tells it: corrections, a list that says otherwise, decisions.

use super::story::{ToldActor, ToldCards, parse};
use crate::failure::Failure;
use serde::Deserialize;

/// What the list of the district is called.
pub(super) const LIST_NAME: &str = "gewerbeliste-bezirk.csv";
/// So many days ago the list came.
pub(super) const LIST_DAYS: i64 = 6;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lately {
    pub(super) correction: Vec<Correction>,
    /// What the list of the district says.
    pub(super) listed: Vec<Correction>,
    /// Lines of it that cannot be read.
    pub(super) unreadable: Vec<String>,
    pub(super) verdict: Vec<ToldVerdict>,
    pub(super) taken_back: Vec<TakenBack>,
}

/// A consent that was taken back.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct TakenBack {
    /// Key of the actor.
    pub(super) actor: String,
    pub(super) purpose: String,
    pub(super) days_ago: i64,
}

/// What is said about an actor instead of what the survey said; an empty field is as it was.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Correction {
    /// Key of the actor.
    pub(super) actor: String,
    pub(super) days_ago: i64,
    pub(super) opening_hours: String,
    pub(super) languages: String,
    pub(super) carrier: String,
}

/// What was decided about a need and an offer.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ToldVerdict {
    /// How the need's text begins.
    need: String,
    /// How the offer's text begins.
    offer: String,
    pub(super) decision: String,
    /// Days ahead of today; nothing but for "later".
    pub(super) until: i64,
    pub(super) reason: String,
}

impl Lately {
    pub(super) fn read() -> Result<Self, Failure> {
        parse("lately.toml", include_str!("../../../../data/demo/lately.toml"))
    }
}

impl Correction {
    /// What somebody is said to be with this correction.
    pub(super) fn of(&self, told: &ToldActor) -> ToldActor {
        let or = |new: &String, old: &String| if new.is_empty() { old.clone() } else { new.clone() };
        ToldActor {
            opening_hours: or(&self.opening_hours, &told.opening_hours),
            languages: or(&self.languages, &told.languages),
            carrier: or(&self.carrier, &told.carrier),
            ..told.clone()
        }
    }
}

impl ToldVerdict {
    /// The places of need and offer among the told cards.
    pub(super) fn places(&self, cards: &ToldCards) -> Result<(usize, usize), Failure> {
        let unknown =
            |beginning: &str| Failure::failed(format!("no card in data/demo begins with {beginning}"));
        let need = cards.need.iter().position(|card| card.text.starts_with(&self.need));
        let offer = cards.offer.iter().position(|card| card.text.starts_with(&self.offer));
        Ok((need.ok_or_else(|| unknown(&self.need))?, offer.ok_or_else(|| unknown(&self.offer))?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::story::Story;
    use std::collections::BTreeSet;

    #[test]
    fn what_is_decided_is_about_open_cards_and_every_decision_is_there() {
        let story = Story::read().expect("told");
        for told in &story.lately.verdict {
            let (need, offer) = told.places(&story.cards).expect("told");
            let states = [&story.cards.need[need].state, &story.cards.offer[offer].state];
            assert!(states.iter().all(|state| state.is_empty()), "{told:?}");
            assert_eq!(told.until > 0, told.decision == "later", "{told:?}");
            assert!(!told.reason.is_empty(), "{told:?}");
        }
        let decisions: BTreeSet<&str> =
            story.lately.verdict.iter().map(|told| told.decision.as_str()).collect();
        assert_eq!(decisions.into_iter().collect::<Vec<_>>(), ["later", "never", "pin"]);
    }

    #[test]
    fn the_list_says_something_else_about_everybody_who_was_corrected() {
        let story = Story::read().expect("told");
        for correction in &story.lately.correction {
            let told = story.everybody().find(|told| told.key == correction.actor).expect("told");
            let listed = story.lately.listed.iter().find(|listed| listed.actor == correction.actor);
            let (ours, theirs) = (correction.of(told), listed.expect("in the list").of(told));
            let fields = |actor: &ToldActor| {
                [actor.opening_hours.clone(), actor.languages.clone(), actor.carrier.clone()]
            };
            // Three values of one field: what the survey said, what a person set, what the list says.
            let three = fields(told).into_iter().zip(fields(&ours).into_iter().zip(fields(&theirs)));
            let disputed =
                three.filter(|(told, (ours, theirs))| told != ours && told != theirs && ours != theirs);
            assert_eq!(disputed.count(), 1, "{correction:?}");
            assert!(correction.days_ago > LIST_DAYS, "corrected before the list came: {correction:?}");
        }
    }
}
