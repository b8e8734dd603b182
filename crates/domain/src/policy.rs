//! Who may do what: `policy.toml` read once, asked by every use-case, demanded by every store write.
//!
//! Deny is the default. What somebody may not see answers exactly like what does not exist.

mod rule;

pub use rule::{Condition, Role, Route, Rule, Scope};

use crate::id::{ActorId, ProjectId, UserId};
use std::sync::LazyLock;

/// Who asks: a role with what it is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The role.
    pub role: Role,
    /// The signed-in user, when there is one.
    pub user: Option<UserId>,
    /// The project the role belongs to; operators and visitors have none.
    pub project: Option<ProjectId>,
    /// The actor a member of an institution or business speaks for.
    pub actor: Option<ActorId>,
}

impl Subject {
    /// Somebody without a session.
    #[must_use]
    pub const fn visitor() -> Self {
        Self { role: Role::Anyone, user: None, project: None, actor: None }
    }

    /// Whoever runs the installation.
    #[must_use]
    pub const fn operator(user: Option<UserId>) -> Self {
        Self { role: Role::Operator, user, project: None, actor: None }
    }

    /// A coordinator of the project; without a user: somebody at the shell of the machine.
    #[must_use]
    pub const fn coordinator(project: ProjectId, user: Option<UserId>) -> Self {
        Self { role: Role::Coordinator, user, project: Some(project), actor: None }
    }

    /// Somebody who holds a link that was made for an actor.
    #[must_use]
    pub const fn link_holder(project: ProjectId, actor: ActorId) -> Self {
        Self { role: Role::LinkHolder, user: None, project: Some(project), actor: Some(actor) }
    }

    /// A member of an institution.
    #[must_use]
    pub const fn institution(project: ProjectId, actor: ActorId, user: UserId) -> Self {
        Self { role: Role::Institution, user: Some(user), project: Some(project), actor: Some(actor) }
    }
}

/// What a rule needs to know about the object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// The project the object lies in; none for things of the whole installation.
    pub project: Option<ProjectId>,
    /// The actor the object belongs to.
    pub owner: Option<ActorId>,
    /// Whether its owner consented to the public web.
    pub published: bool,
}

impl Facts {
    /// An object of the whole installation.
    pub const INSTALLATION: Self = Self { project: None, owner: None, published: false };

    /// Something of a project that belongs to nobody in particular, such as a list.
    #[must_use]
    pub const fn of_project(project: ProjectId) -> Self {
        Self { project: Some(project), owner: None, published: false }
    }

    /// Something of a project that may belong to an actor and may be public.
    #[must_use]
    pub const fn of_object(project: ProjectId, owner: Option<ActorId>, published: bool) -> Self {
        Self { project: Some(project), owner, published }
    }
}

/// Proof that a rule allowed an action; can be had from [`decide`] alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permit {
    resource: &'static str,
    action: &'static str,
    fields: &'static str,
    scope: Scope,
    subject: Subject,
    facts: Facts,
}

impl Permit {
    /// What may be acted on.
    #[must_use]
    pub fn resource(&self) -> &'static str {
        self.resource
    }

    /// What may be done.
    #[must_use]
    pub fn action(&self) -> &'static str {
        self.action
    }

    /// Which fields: `all`, `public`, `counts`.
    #[must_use]
    pub fn fields(&self) -> &'static str {
        self.fields
    }

    /// How far the right reaches.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Who may.
    #[must_use]
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// The project the permit is for; a store write takes it from here and from nowhere else.
    #[must_use]
    pub fn project(&self) -> Option<ProjectId> {
        self.facts.project
    }

    /// Whether this permit is for the resource and action.
    #[must_use]
    pub fn covers(&self, resource: &str, action: &str) -> bool {
        self.resource == resource && self.action == action
    }
}

/// No rule allows it. To the person it looks like something that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not found")]
pub struct Denied;

/// The rules of `policy.toml`, in the order of the file.
#[must_use]
pub fn rules() -> &'static [Rule] {
    &file().rules
}

/// The entries of the routes: which rule each page asks.
#[must_use]
pub fn routes() -> &'static [Route] {
    &file().routes
}

fn file() -> &'static rule::PolicyFile {
    static FILE: LazyLock<rule::PolicyFile> = LazyLock::new(|| {
        rule::parse(include_str!("../../../policy.toml"))
            .expect("policy.toml is read by a test before it ships")
    });
    &FILE
}

/// Asks the rules in order; the first that fits gives the permit.
///
/// # Errors
/// [`Denied`] when no rule fits.
pub fn decide(subject: &Subject, resource: &str, action: &str, facts: Facts) -> Result<Permit, Denied> {
    let fits = |rule: &&Rule| {
        rule.resource == resource
            && rule.action == action
            && rule.role == subject.role
            && reaches(rule.scope, subject, &facts)
            && holds(rule.condition, subject, &facts)
    };
    let rule = rules().iter().find(fits).ok_or(Denied)?;
    Ok(Permit {
        resource: &rule.resource,
        action: &rule.action,
        fields: &rule.fields,
        scope: rule.scope,
        subject: subject.clone(),
        facts,
    })
}

fn reaches(scope: Scope, subject: &Subject, facts: &Facts) -> bool {
    let same_project = subject.project.is_some() && subject.project == facts.project;
    match scope {
        Scope::Public => facts.published,
        Scope::Own => same_project && subject.actor.is_some() && subject.actor == facts.owner,
        Scope::Project => same_project,
        Scope::Installation => true,
    }
}

fn holds(condition: Condition, subject: &Subject, facts: &Facts) -> bool {
    match condition {
        Condition::None => true,
        Condition::Published => facts.published,
        Condition::Unpublished => !facts.published,
        Condition::SignedIn => subject.user.is_some(),
    }
}
