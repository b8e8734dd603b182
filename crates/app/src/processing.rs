//! The record of processing (Art. 30 GDPR), made from the registry that the store is checked against.

use crate::caller::Caller;
use crate::error::AppError;
use kiez_domain::id::ProjectId;
use kiez_domain::policy::Facts;
pub use kiez_store::registry::Group;

/// What is done with data on people, one activity a row, in the order of the registry.
///
/// # Errors
/// [`AppError::NotFound`] for everybody without a role in the project that may read it.
pub fn record(caller: &Caller, project: ProjectId) -> Result<Vec<&'static Group>, AppError> {
    caller.may("processing", "read", Facts::of_project(project))?;
    Ok(kiez_store::registry::groups().iter().filter(|group| group.is_about_people()).collect())
}
