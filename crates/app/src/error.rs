//! What can go wrong in a use-case. Use
//!
//! - `NotFound` for what is not there *and* for what the caller may not see: both answer alike;
//! - `Invalid` for fields a person can put right, all issues at once;
//! - `Stale` when somebody else saved first; the page shows both versions;
//! - `NotFresh` for a change of the own access long after signing in;
//! - `NotPossible` for a step that the lifecycle does not know;
//! - `File` for a file that cannot be read as a whole;
//! - `Tiles` for a base map that cannot be drawn, and for stored tiles that cannot be read;
//! - `Paper` for a paper that cannot be set;
//! - `Backup` for a backup that cannot be written or restored;
//! - `Ledger` for the file of the ledger of erasures;
//! - `Store` and `Broken` for what is not the caller's fault: the log gets the details, the person a sentence.

use crate::backup::BackupError;
use kiez_domain::issue::{FieldIssue, Problem};
use kiez_domain::lifecycle::NotPossible;
use kiez_domain::policy::Denied;
use kiez_gateways::random::NoRandomness;
use kiez_store::error::StoreError;

/// The one error of this crate.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Not there, or not for this caller.
    #[error("not found")]
    NotFound,
    /// Fields to put right.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<FieldIssue>),
    /// Somebody else saved in the meantime.
    #[error("somebody else has changed this in the meantime: look at both versions and save again")]
    Stale,
    /// The session began too long ago for a change of the own access.
    #[error("sign in again first: this changes how you sign in")]
    NotFresh,
    /// No such step.
    #[error(transparent)]
    NotPossible(#[from] NotPossible),
    /// A file that cannot be read as a whole.
    #[error(transparent)]
    File(#[from] kiez_import::error::ReadError),
    /// A map that cannot be drawn, or tiles that cannot be read.
    #[error(transparent)]
    Tiles(#[from] kiez_documents::tiles::TilesError),
    /// A paper that cannot be set.
    #[error(transparent)]
    Paper(#[from] kiez_documents::paper::PaperFault),
    /// A backup that cannot be written or restored.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The ledger of erasures beside the database.
    #[error(
        "the ledger of erasures (erasures.jsonl in the data folder) cannot be used: {0}; check its disk and its rights"
    )]
    Ledger(std::io::Error),
    /// The database failed.
    #[error(transparent)]
    Store(StoreError),
    /// Something that must not happen did; the text is for the log.
    #[error("something is broken inside: {0}")]
    Broken(String),
}

/// What stands between people and the database, when it is not their fault and passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// No room, or no right to write: reading goes on.
    Unwritable,
    /// Somebody else writes for too long.
    Busy,
    /// It does not answer.
    Away,
}

impl AppError {
    /// Whether the database was in the way and may not be for long.
    #[must_use]
    pub fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Store(StoreError::Full | StoreError::ReadOnly | StoreError::Disk(_)) => {
                Some(Trouble::Unwritable)
            }
            Self::Store(StoreError::Busy) => Some(Trouble::Busy),
            Self::Store(StoreError::Unavailable(_)) => Some(Trouble::Away),
            _ => None,
        }
    }

    /// One issue with one field.
    pub fn field(field: &str, problem: Problem) -> Self {
        Self::Invalid(vec![FieldIssue::new(field, problem)])
    }
}

impl From<Denied> for AppError {
    fn from(_: Denied) -> Self {
        Self::NotFound
    }
}

impl From<Vec<FieldIssue>> for AppError {
    fn from(issues: Vec<FieldIssue>) -> Self {
        Self::Invalid(issues)
    }
}

impl From<NoRandomness> for AppError {
    fn from(error: NoRandomness) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Stale => Self::Stale,
            other => Self::Store(other),
        }
    }
}
