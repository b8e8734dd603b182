//! How a command ends: the exit status, and the sentence that goes with it. Use
//!
//! - `Failure::failed` when a command could not do its work (status 1);
//! - `Failure::usage` when it was called wrongly in a way that the argument parser cannot see (status 2);
//! - `Outcome::SomeRefused` and `Outcome::Faults` when it did its work and has something to say (3 and 4).

use kiez_app::error::AppError;
use kiez_import::error::ReadError;
use kiez_store::error::StoreError;
use std::fmt;
use std::io;
use std::process::ExitCode;

/// How a command that did its work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything is done.
    Done,
    /// Done, but some rows were left out; each was named.
    SomeRefused,
    /// A check found something; each finding was named.
    Faults,
}

impl Outcome {
    /// `SomeRefused` when anything was refused.
    pub(crate) fn of_refused(refused: usize) -> Self {
        if refused == 0 { Self::Done } else { Self::SomeRefused }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::SomeRefused => 3,
            Outcome::Faults => 4,
        })
    }
}

/// Why a command did not do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Status 1: what — where — why — what to do.
    Failed(String),
    /// Status 2: called wrongly.
    Usage(String),
    /// Whoever read our output has gone, such as `head`: nothing to complain about.
    ReaderGone,
}

/// What every command returns.
pub(crate) type Ended = Result<Outcome, Failure>;

impl Failure {
    /// A failure with its sentence.
    pub(crate) fn failed(sentence: impl Into<String>) -> Self {
        Self::Failed(sentence.into())
    }

    /// A wrong call with its sentence.
    pub(crate) fn usage(sentence: impl Into<String>) -> Self {
        Self::Usage(sentence.into())
    }

    /// The exit status that goes with it.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Failed(_) => 1,
            Self::Usage(_) => 2,
            Self::ReaderGone => 0,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(sentence) | Self::Usage(sentence) => f.write_str(sentence),
            Self::ReaderGone => Ok(()),
        }
    }
}

impl From<io::Error> for Failure {
    /// Only writing results to standard output fails this way; files name themselves where they are opened.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ReaderGone;
        }
        Self::failed(format!("the result cannot be written to standard output: {error}"))
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Self::failed(error.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Output(error) => error.into(),
            other => Self::failed(other.to_string()),
        }
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Store(error) => error.into(),
            AppError::NotFound => Self::failed("not found: check the name or id"),
            other => Self::failed(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_goes_away_is_no_failure() {
        let gone = Failure::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert_eq!((gone.status(), gone.to_string()), (0, String::new()));
        let full = Failure::from(io::Error::from(io::ErrorKind::StorageFull));
        assert_eq!(full.status(), 1);
    }
}
