//! Who calls a use-case.

use crate::error::AppError;
use kiez_domain::policy::{Facts, Permit, Role, Subject, decide};

/// A person or program that calls, with all memberships.
///
/// A user may coordinate one project and belong to an institution in another; which role counts is
/// decided by the project of the object, so a right never leaks from one project into the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    subjects: Vec<Subject>,
    /// The name to greet; empty for visitors and the shell.
    pub name: String,
}

impl Caller {
    /// Somebody without a session.
    #[must_use]
    pub fn visitor() -> Self {
        Self { subjects: Vec::new(), name: String::new() }
    }

    /// Somebody with these roles.
    #[must_use]
    pub fn with(subjects: Vec<Subject>, name: String) -> Self {
        Self { subjects, name }
    }

    /// Whether anybody is signed in.
    #[must_use]
    pub fn is_visitor(&self) -> bool {
        self.subjects.is_empty()
    }

    /// The roles, for the navigation.
    #[must_use]
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// Who this is to the idempotency keys: the user, or the shell.
    pub(crate) fn signature(&self) -> String {
        let user = self.subjects.iter().find_map(|subject| subject.user);
        user.map_or_else(|| "shell".to_owned(), |id| id.to_string())
    }

    /// The role in a project, when there is one.
    #[must_use]
    pub fn role_in(&self, project: kiez_domain::id::ProjectId) -> Option<Role> {
        self.subjects.iter().find(|subject| subject.project == Some(project)).map(|subject| subject.role)
    }

    /// The actor the caller speaks for in a project.
    #[must_use]
    pub fn actor_in(&self, project: kiez_domain::id::ProjectId) -> Option<kiez_domain::id::ActorId> {
        self.subjects
            .iter()
            .find(|subject| subject.project == Some(project))
            .and_then(|subject| subject.actor)
    }

    /// Asks the policy with every role the caller has, at last as anyone; the first yes counts.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when no role may.
    pub fn may(&self, resource: &str, action: &str, facts: Facts) -> Result<Permit, AppError> {
        let permit = self.subjects.iter().find_map(|subject| decide(subject, resource, action, facts).ok());
        match permit {
            Some(permit) => Ok(permit),
            None => Ok(decide(&Subject::visitor(), resource, action, facts)?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_domain::id::ProjectId;

    fn project(text: &str) -> ProjectId {
        text.parse().expect("an id")
    }

    #[test]
    fn a_role_in_one_project_is_worth_nothing_in_another() {
        let (here, there) = (
            project("0198c0de-0000-7000-8000-000000000001"),
            project("0198c0de-0000-7000-8000-000000000002"),
        );
        let caller = Caller::with(vec![Subject::coordinator(here, None)], String::new());
        assert!(caller.may("actor", "list", Facts::of_project(here)).is_ok());
        assert!(matches!(caller.may("actor", "list", Facts::of_project(there)), Err(AppError::NotFound)));
    }

    #[test]
    fn everybody_may_what_anyone_may() {
        let caller = Caller::visitor();
        assert!(caller.may("session", "create", Facts::INSTALLATION).is_ok());
        assert!(caller.may("installation", "dump", Facts::INSTALLATION).is_err());
    }
}
