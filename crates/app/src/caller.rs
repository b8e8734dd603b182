//! Who calls a use-case.

use crate::error::AppError;
use kiez_domain::access::{Demands, Proof, Standing};
use kiez_domain::id::{SessionId, UserId};
use kiez_domain::policy::{Facts, Permit, Role, Subject, decide};

/// A person or program that calls, with all memberships.
///
/// A user may coordinate one project and belong to an institution in another; which role counts is
/// decided by the project of the object, so a right never leaks from one project into the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    subjects: Vec<Subject>,
    session: Option<SignedIn>,
    /// The name to greet; empty for visitors and the shell.
    pub name: String,
}

/// The session behind a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedIn {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// What it may do.
    pub standing: Standing,
    /// What was shown when it began.
    pub proof: Proof,
    /// Whether that was just now, so that the own access may be changed.
    pub fresh: bool,
    /// What the account wants.
    pub demands: Demands,
}

impl Caller {
    /// Somebody without a session.
    #[must_use]
    pub fn visitor() -> Self {
        Self { subjects: Vec::new(), session: None, name: String::new() }
    }

    /// Somebody with a session; one that may do nothing yet has no role.
    pub(crate) fn signed_in(session: SignedIn, subjects: Vec<Subject>, name: String) -> Self {
        let subjects = if session.standing == Standing::Full { subjects } else { Vec::new() };
        Self { subjects, session: Some(session), name }
    }

    /// The session, also one that may do nothing yet.
    #[must_use]
    pub fn session(&self) -> Option<SignedIn> {
        self.session
    }

    /// What still stands between the session and its roles.
    #[must_use]
    pub fn waits_for(&self) -> Option<Standing> {
        self.session.map(|session| session.standing).filter(|standing| *standing != Standing::Full)
    }

    /// A right about the own account, and whose that is: never taken from a form.
    ///
    /// # Errors
    /// [`AppError::NotFound`] without a session, and before the second factor was shown.
    pub(crate) fn own(&self, action: &str) -> Result<(Permit, SignedIn), AppError> {
        let session = self.session.filter(|session| session.standing != Standing::Second);
        let session = session.ok_or(AppError::NotFound)?;
        Ok((decide(&themselves(session.user), "account", action, Facts::INSTALLATION)?, session))
    }

    /// Somebody with these roles.
    #[must_use]
    pub fn with(subjects: Vec<Subject>, name: String) -> Self {
        Self { subjects, session: None, name }
    }

    /// The program itself, when it does its rounds.
    #[must_use]
    pub fn of_the_house() -> Self {
        Self::with(vec![Subject::operator(None)], String::new())
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

    /// Whether this is somebody: what they asked for themselves, somebody else has to look at.
    #[must_use]
    pub fn is(&self, user: UserId) -> bool {
        self.subjects.iter().any(|subject| subject.user == Some(user))
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

/// Somebody known who acts with no role.
pub(crate) const fn themselves(user: UserId) -> Subject {
    Subject { role: Role::Anyone, user: Some(user), project: None, actor: None }
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
