//! The policy as a law: what `decide` says follows from the reviewed table, and what the table does not say is denied.

use kiez_domain::id::{ActorId, ProjectId, UserId};
use kiez_domain::policy::{Condition, Denied, Facts, Role, Rule, Scope, Subject, decide, routes, rules};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn project(n: u8) -> ProjectId {
    format!("0198c0de-0000-7000-8000-0000000000{n:02}").parse().expect("an id")
}

fn actor(n: u8) -> ActorId {
    format!("0198c0de-0000-7000-8000-0000000001{n:02}").parse().expect("an id")
}

fn user() -> UserId {
    "0198c0de-0000-7000-8000-000000000201".parse().expect("an id")
}

/// Any subject and any facts over two projects and two actors; also those that no constructor makes.
fn subjects() -> impl Strategy<Value = Subject> {
    let role = proptest::sample::select(Role::all().collect::<Vec<_>>());
    let project = proptest::option::of((1u8..3).prop_map(project));
    let actor = proptest::option::of((1u8..3).prop_map(actor));
    (role, project, actor).prop_map(|(role, project, actor)| Subject {
        role,
        user: Some(user()),
        project,
        actor,
    })
}

fn facts() -> impl Strategy<Value = Facts> {
    let project = proptest::option::of((1u8..3).prop_map(project));
    let owner = proptest::option::of((1u8..3).prop_map(actor));
    (project, owner, any::<bool>()).prop_map(|(project, owner, published)| Facts {
        project,
        owner,
        published,
    })
}

fn any_rule() -> impl Strategy<Value = &'static Rule> {
    proptest::sample::select(rules().iter().collect::<Vec<_>>())
}

/// What the matrix means by a scope, in the words of the policy page: own object in the own project, own project,
/// published, everything.
fn in_scope(scope: Scope, subject: &Subject, facts: &Facts) -> bool {
    let at_home = matches!((subject.project, facts.project), (Some(mine), Some(its)) if mine == its);
    match scope {
        Scope::Installation => true,
        Scope::Public => facts.published,
        Scope::Project => at_home,
        Scope::Own => {
            at_home && matches!((subject.actor, facts.owner), (Some(mine), Some(its)) if mine == its)
        }
    }
}

proptest! {
    #[test]
    fn a_yes_has_a_line_of_the_table_behind_it_and_a_no_has_none(
        subject in subjects(), facts in facts(), asked in any_rule(),
    ) {
        let (resource, action) = (asked.resource.as_str(), asked.action.as_str());
        let behind = rules().iter().find(|rule| {
            let condition = match rule.condition {
                Condition::None => true,
                Condition::Published => facts.published,
                Condition::Unpublished => !facts.published,
                Condition::SignedIn => subject.user.is_some(),
            };
            rule.resource == resource && rule.action == action && rule.role == subject.role
                && condition && in_scope(rule.scope, &subject, &facts)
        });
        match decide(&subject, resource, action, facts) {
            Ok(permit) => {
                let rule = behind.expect("a line of the table");
                prop_assert_eq!((permit.fields(), permit.scope()), (rule.fields.as_str(), rule.scope));
                prop_assert!(permit.covers(resource, action));
                prop_assert_eq!((permit.project(), permit.subject()), (facts.project, &subject));
            }
            Err(Denied) => prop_assert!(behind.is_none(), "{:?} was denied to {:?}", behind, subject),
        }
    }

    #[test]
    fn what_no_line_names_is_denied(subject in subjects(), facts in facts(), resource in "[a-z_]{1,12}", action in "[a-z_]{1,12}") {
        let named = rules().iter().any(|rule| rule.resource == resource && rule.action == action);
        prop_assume!(!named);
        prop_assert_eq!(decide(&subject, &resource, &action, facts), Err(Denied));
    }

    #[test]
    fn whoever_is_bound_to_nothing_reaches_nothing_of_a_project(facts in facts(), asked in any_rule()) {
        // A removed or pending member is one of these at once: role, project and actor are gone.
        let permit = decide(&Subject::visitor(), &asked.resource, &asked.action, facts);
        if let Ok(permit) = permit {
            prop_assert!(matches!(permit.scope(), Scope::Public | Scope::Installation), "{:?}", permit);
            prop_assert!(permit.fields() == "public" || permit.covers("session", "create"), "{:?}", permit);
        }
    }

    #[test]
    fn a_member_without_a_project_is_not_at_home_where_nothing_is(role in 0usize..7, asked in any_rule()) {
        // Nothing equals nothing only in a program: two missing projects are not the same project.
        let role = Role::all().nth(role).expect("seven roles");
        let lost = Subject { role, user: Some(user()), project: None, actor: None };
        if let Ok(permit) = decide(&lost, &asked.resource, &asked.action, Facts::INSTALLATION) {
            prop_assert_eq!(permit.scope(), Scope::Installation);
        }
        let of_nobody = Subject { role, user: Some(user()), project: Some(project(1)), actor: None };
        let unowned = Facts::of_object(project(1), None, false);
        if let Ok(permit) = decide(&of_nobody, &asked.resource, &asked.action, unowned) {
            prop_assert!(permit.scope() != Scope::Own, "{:?}", permit);
        }
    }

    #[test]
    fn a_permit_is_for_one_act(subject in subjects(), facts in facts(), asked in any_rule(), other in any_rule()) {
        if let Ok(permit) = decide(&subject, &asked.resource, &asked.action, facts) {
            let same = asked.resource == other.resource && asked.action == other.action;
            prop_assert_eq!(permit.covers(&other.resource, &other.action), same);
            prop_assert_eq!((permit.resource(), permit.action()), (asked.resource.as_str(), asked.action.as_str()));
        }
    }
}

/// The lines of the table that a role has.
fn of(role: Role) -> impl Iterator<Item = &'static Rule> {
    rules().iter().filter(move |rule| rule.role == role)
}

#[test]
fn who_only_reads_changes_nothing() {
    let looks = ["list", "read"];
    for role in [Role::Anyone, Role::Funder] {
        for rule in of(role).filter(|rule| !["session", "account"].contains(&rule.resource.as_str())) {
            assert!(looks.contains(&rule.action.as_str()), "{role} may {} {}", rule.action, rule.resource);
            assert_eq!(rule.fields, "public", "{role} sees all of {}", rule.resource);
        }
    }
}

#[test]
fn an_institution_changes_what_is_its_own_alone() {
    for rule in of(Role::Institution).filter(|rule| !["list", "read"].contains(&rule.action.as_str())) {
        assert_eq!(rule.scope, Scope::Own, "{} {}", rule.action, rule.resource);
    }
}

#[test]
fn a_coordinator_changes_what_lies_in_the_own_project_alone() {
    for rule in of(Role::Coordinator).filter(|rule| !["list", "read"].contains(&rule.action.as_str())) {
        assert_eq!(rule.scope, Scope::Project, "{} {}", rule.action, rule.resource);
    }
}

#[test]
fn whoever_runs_the_house_does_not_work_in_its_projects() {
    // A7 of the matrix manages members, settings and the house; contents are shown with a reason only. It carries out the
    // law on time limits, and looks a second time at what is erased; what it lifts has come to its own end.
    let of_the_law = ["erasure", "restriction", "retention"];
    let managed =
        [&of_the_law[..], &["installation", "mail_hold", "member", "message", "sign_in_link", "project"]]
            .concat();
    for rule in of(Role::Operator).filter(|rule| !["list", "read"].contains(&rule.action.as_str())) {
        assert!(
            managed.contains(&rule.resource.as_str()),
            "an operator may {} {}",
            rule.action,
            rule.resource
        );
    }
}

#[test]
fn the_house_itself_is_for_whoever_runs_it() {
    for rule in rules().iter().filter(|rule| rule.resource == "installation") {
        assert_eq!(rule.role, Role::Operator, "{} may {}", rule.role, rule.action);
    }
}

#[test]
fn fields_are_words_that_the_pages_know() {
    let known = ["all", "public", "counts"];
    assert!(rules().iter().all(|rule| known.contains(&rule.fields.as_str())));
}

#[test]
fn no_line_and_no_route_stands_there_twice() {
    let lines: BTreeSet<_> = rules()
        .iter()
        .map(|rule| (&rule.resource, &rule.action, rule.role, rule.scope, rule.condition))
        .collect();
    assert_eq!(lines.len(), rules().len());
    let entries: BTreeSet<_> = routes().iter().map(|route| (&route.method, &route.path)).collect();
    assert_eq!(entries.len(), routes().len());
}

#[test]
fn a_route_of_the_workspace_is_never_open() {
    for route in routes().iter().filter(|route| route.path == "/w" || route.path.starts_with("/w/")) {
        assert_ne!(route.policy, "open", "{} {}", route.method, route.path);
    }
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
        let subject = Subject { role, user: Some(user()), project: Some(project(1)), actor: Some(actor(1)) };
        assert!(decide(&subject, "need", "delete_everything", Facts::of_project(project(1))).is_err());
        assert!(decide(&subject, "nothing", "read", Facts::of_project(project(1))).is_err());
    }
}
