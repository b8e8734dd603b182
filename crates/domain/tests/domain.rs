//! The tables that people review: lifecycles and the policy, each as a text that changes only with a diff.

use kiez_domain::lifecycle::Step;
use kiez_domain::policy;
use kiez_domain::{actor, erasure, idea, message, need, offer, proposal, restriction};
use std::fmt::Write as _;
use std::path::Path;

mod domain {
    mod actor;
    mod address;
    mod closed_lists;
    mod consent;
    mod instant;
    mod issue;
    mod language;
    mod lifecycle;
    mod limits;
    mod money;
    mod newtypes;
    mod period;
    mod policy;
    mod position;
    mod project;
    mod quarter;
    mod text;
    mod week_hours;
}

/// Compares a table with its reviewed file; `KIEZ_WRITE_SNAPSHOTS` in the environment rewrites it for review.
#[expect(clippy::disallowed_methods, reason = "a test reads its own switch")]
fn reviewed(name: &str, now: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
    if std::env::var("KIEZ_WRITE_SNAPSHOTS").is_ok() {
        std::fs::write(&path, now).expect("the tests folder can be written");
    }
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        before == now,
        "{name} differs from the code; review it: KIEZ_WRITE_SNAPSHOTS=1 cargo test, then git diff"
    );
}

fn table(title: &str, steps: impl Iterator<Item = Step>) -> String {
    let mut text = format!("{title}\n");
    for step in steps {
        writeln!(text, "  {:<14} -- {:<14} -> {:<14} {}", step.from, step.event, step.to, step.rule)
            .expect("to memory");
    }
    text + "\n"
}

#[test]
fn every_lifecycle_is_the_reviewed_one() {
    let text = [
        table("business", actor::Stage::steps()),
        table("need", need::NeedState::steps()),
        table("offer", offer::OfferState::steps()),
        table("idea", idea::IdeaState::steps()),
        table("proposal", proposal::ProposalState::steps()),
        table("message", message::MessageState::steps()),
        table("erasure", erasure::RequestState::steps()),
        table("restriction", restriction::RestrictionState::steps()),
    ];
    reviewed("lifecycle.txt", &text.concat());
}

#[test]
fn the_printed_table_is_what_transition_does() {
    for step in need::NeedState::steps() {
        let from: need::NeedState = step.from.parse().expect("printed by its name");
        let event: need::NeedEvent = step.event.parse().expect("printed by its name");
        assert_eq!(from.transition(event).map(need::NeedState::name), Ok(step.to));
    }
}

#[test]
fn a_step_that_is_not_possible_says_what_is() {
    let refused =
        need::NeedState::Met.transition(need::NeedEvent::Post).expect_err("a met need is not posted");
    assert_eq!(
        refused.to_string(),
        "need: \"post\" is not possible while it is \"met\"; possible now: reopen"
    );
}

#[test]
fn the_policy_is_the_reviewed_one() {
    let mut lines: Vec<String> = policy::rules()
        .iter()
        .map(|r| {
            format!(
                "{:<17} {:<8} {:<12} {:<13} {:<7} {}",
                r.resource, r.action, r.role, r.scope, r.fields, r.condition
            )
        })
        .collect();
    lines.sort();
    reviewed("policy.txt", &(lines.join("\n") + "\n"));
}
