//! Laws that every lifecycle keeps, whatever its table says.

use kiez_domain::actor::{Stage, StageEvent};
use kiez_domain::erasure::{RequestEvent, RequestState};
use kiez_domain::idea::{IdeaEvent, IdeaState};
use kiez_domain::lifecycle::{NotPossible, Step};
use kiez_domain::message::{MessageEvent, MessageState};
use kiez_domain::need::{NeedEvent, NeedState};
use kiez_domain::offer::{OfferEvent, OfferState};
use kiez_domain::proposal::{ProposalEvent, ProposalState};
use kiez_domain::restriction::{RestrictionEvent, RestrictionState};
use std::collections::{BTreeMap, BTreeSet};

/// One lifecycle with its types forgotten: its states, its table, and what `transition` says to names.
struct Lifecycle {
    noun: &'static str,
    states: Vec<&'static str>,
    steps: Vec<Step>,
    transition: fn(&str, &str) -> Result<&'static str, NotPossible>,
    /// Whether the name of a state, and that of an event, reads back as itself and nonsense does not.
    names_read_back: fn(&str, &str) -> bool,
}

macro_rules! lifecycle {
    ($noun:literal, $state:ty, $event:ty) => {
        Lifecycle {
            noun: $noun,
            states: <$state>::all().map(<$state>::name).collect(),
            steps: <$state>::steps().collect(),
            transition: |state, event| {
                let state: $state = state.parse().expect("a state of the table");
                let event: $event = event.parse().expect("an event of the table");
                state.transition(event).map(<$state>::name)
            },
            names_read_back: |state, event| {
                state.parse::<$state>().is_ok_and(|read| read.name() == state && read.to_string() == state)
                    && event.parse::<$event>().is_ok_and(|read| read.name() == event)
                    && "nonsense".parse::<$state>().is_err()
                    && "".parse::<$event>().is_err()
            },
        }
    };
}

fn all() -> Vec<Lifecycle> {
    vec![
        lifecycle!("business", Stage, StageEvent),
        lifecycle!("need", NeedState, NeedEvent),
        lifecycle!("offer", OfferState, OfferEvent),
        lifecycle!("idea", IdeaState, IdeaEvent),
        lifecycle!("proposal", ProposalState, ProposalEvent),
        lifecycle!("message", MessageState, MessageEvent),
        lifecycle!("erasure", RequestState, RequestEvent),
        lifecycle!("restriction", RestrictionState, RestrictionEvent),
    ]
}

#[test]
fn a_step_is_possible_exactly_when_the_table_has_it() {
    for cycle in all() {
        let table: BTreeMap<_, _> =
            cycle.steps.iter().map(|step| ((step.from, step.event), step.to)).collect();
        assert_eq!(table.len(), cycle.steps.len(), "{}: two steps begin alike", cycle.noun);
        let events: BTreeSet<_> = cycle.steps.iter().map(|step| step.event).collect();
        for state in &cycle.states {
            for event in &events {
                let found = (cycle.transition)(state, event);
                assert_eq!(
                    found.ok(),
                    table.get(&(*state, *event)).copied(),
                    "{}: {state} {event}",
                    cycle.noun
                );
            }
        }
    }
}

#[test]
fn a_refused_step_names_exactly_the_possible_ones() {
    for cycle in all() {
        let events: BTreeSet<_> = cycle.steps.iter().map(|step| step.event).collect();
        for state in &cycle.states {
            let possible: Vec<_> =
                cycle.steps.iter().filter(|step| step.from == *state).map(|step| step.event).collect();
            let expected = if possible.is_empty() { "nothing".to_owned() } else { possible.join(", ") };
            for event in events.iter().filter(|event| !possible.contains(event)) {
                let refused = (cycle.transition)(state, event).expect_err("not in the table");
                assert_eq!((refused.state, refused.event, &refused.possible), (*state, *event, &expected));
                let words = refused.to_string();
                assert!(
                    words.contains(state) && words.contains(event) && words.contains(&expected),
                    "{words}"
                );
            }
        }
    }
}

#[test]
fn names_read_back_and_are_told_apart() {
    for cycle in all() {
        assert_eq!(cycle.states.iter().collect::<BTreeSet<_>>().len(), cycle.states.len(), "{}", cycle.noun);
        for step in &cycle.steps {
            assert!((cycle.names_read_back)(step.from, step.event), "{}: {step:?}", cycle.noun);
        }
    }
}

#[test]
fn every_state_can_be_reached_from_the_first() {
    for cycle in all() {
        let mut reached = BTreeSet::from([cycle.states[0]]);
        for _ in &cycle.states {
            let next: Vec<_> =
                cycle.steps.iter().filter(|step| reached.contains(step.from)).map(|step| step.to).collect();
            reached.extend(next);
        }
        let lost: Vec<_> = cycle.states.iter().filter(|state| !reached.contains(*state)).collect();
        assert!(lost.is_empty(), "{}: no way leads to {lost:?}", cycle.noun);
    }
}

#[test]
fn every_step_says_who_may_and_what_it_needs() {
    for cycle in all() {
        for step in &cycle.steps {
            assert!(step.rule.len() > 5, "{}: {step:?}", cycle.noun);
        }
    }
}

#[test]
fn a_business_comes_and_goes_as_the_field_knows_it() {
    use StageEvent::{ChangeOwner, Close, Decline, FallQuiet, Join, ShowInterest, Visit};
    let walk = |events: &[StageEvent]| {
        events.iter().try_fold(Stage::Mapped, |stage, event| stage.transition(*event))
    };
    assert_eq!(walk(&[Visit, ShowInterest, Join]), Ok(Stage::Participating));
    assert_eq!(walk(&[Visit, Decline, Visit, Join, FallQuiet]), Ok(Stage::Dormant), "a no is not for ever");
    assert_eq!(walk(&[Join, ChangeOwner]), Ok(Stage::Mapped), "a new owner promised nothing");
    assert_eq!(walk(&[Close, ChangeOwner]), Ok(Stage::Mapped), "somebody new moved in");
    assert!(walk(&[Close, Visit]).is_err(), "nobody is there any more");
    assert!(walk(&[FallQuiet]).is_err(), "who never took part cannot fall quiet");
}

#[test]
fn a_proposal_needs_the_yes_of_both_sides() {
    use ProposalEvent::{Accept, Ask, Decline, Lapse};
    let walk = |events: &[ProposalEvent]| {
        events.iter().try_fold(ProposalState::Suggested, |state, event| state.transition(*event))
    };
    assert_eq!(walk(&[Ask, Ask, Accept]), Ok(ProposalState::Accepted));
    assert!(walk(&[Accept]).is_err() && walk(&[Ask, Accept]).is_err(), "accepted by one side alone");
    for ended in
        [walk(&[Ask, Decline]), walk(&[Ask, Ask, Decline]), walk(&[Ask, Lapse]), walk(&[Ask, Ask, Accept])]
    {
        let state = ended.expect("an end");
        for event in [Ask, Accept, Decline, Lapse] {
            assert_eq!(
                state.transition(event).map_err(|refused| refused.possible),
                Err("nothing".to_owned())
            );
        }
    }
}
