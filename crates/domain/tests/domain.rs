//! The tables that people review: lifecycles and the policy, each as a text that changes only with a diff.

use kiez_domain::lifecycle::Step;
use kiez_domain::policy::{self, Facts, Role, Subject, decide};
use kiez_domain::{actor, idea, need, offer, proposal};
use std::fmt::Write as _;
use std::path::Path;

mod domain {
    mod actor;
    mod address;
    mod closed_lists;
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

mod who_may_what {
    use super::*;
    use kiez_domain::id::{ActorId, ProjectId, UserId};

    fn project(n: u8) -> ProjectId {
        format!("0198c0de-0000-7000-8000-0000000000{n:02}").parse().expect("an id")
    }
    fn actor(n: u8) -> ActorId {
        format!("0198c0de-0000-7000-8000-0000000001{n:02}").parse().expect("an id")
    }
    fn user() -> UserId {
        "0198c0de-0000-7000-8000-000000000201".parse().expect("an id")
    }

    #[test]
    fn a_coordinator_works_in_the_own_project_alone() {
        let me = Subject::coordinator(project(1), Some(user()));
        assert!(decide(&me, "need", "create", Facts::of_project(project(1))).is_ok());
        assert!(decide(&me, "need", "create", Facts::of_project(project(2))).is_err());
        assert!(decide(&me, "need", "create", Facts::INSTALLATION).is_err());
    }

    #[test]
    fn an_institution_reads_and_writes_its_own_needs_alone() {
        let me = Subject::institution(project(1), actor(1), user());
        let of = |owner| Facts::of_object(project(1), owner, false);
        assert!(decide(&me, "need", "read", of(Some(actor(1)))).is_ok());
        assert!(decide(&me, "need", "read", of(Some(actor(2)))).is_err());
        assert!(decide(&me, "need", "read", of(None)).is_err());
        assert!(decide(&me, "actor", "list", Facts::of_project(project(1))).is_err());
    }

    #[test]
    fn a_visitor_reads_public_fields_of_published_objects_alone() {
        let published = Facts::of_object(project(1), Some(actor(1)), true);
        let permit = decide(&Subject::visitor(), "actor", "read", published).expect("public");
        assert_eq!(permit.fields(), "public");
        let hidden = Facts::of_object(project(1), Some(actor(1)), false);
        assert!(decide(&Subject::visitor(), "actor", "read", hidden).is_err());
    }

    #[test]
    fn what_no_rule_names_is_denied_to_everybody() {
        for role in Role::all() {
            let subject =
                Subject { role, user: Some(user()), project: Some(project(1)), actor: Some(actor(1)) };
            assert!(decide(&subject, "need", "delete_everything", Facts::of_project(project(1))).is_err());
            assert!(decide(&subject, "nothing", "read", Facts::of_project(project(1))).is_err());
        }
    }
}
