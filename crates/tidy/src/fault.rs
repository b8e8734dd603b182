//! One broken rule: where, what, why, and what to do.

use std::fmt;
use std::path::Path;

/// A broken rule, ordered by place so that the report reads like a walk through the folders.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    place: String,
    line: usize,
    what: String,
    why: &'static str,
    remedy: String,
}

impl Fault {
    /// A fault in a whole file.
    pub(crate) fn in_file(
        place: &str,
        what: impl Into<String>,
        why: &'static str,
        remedy: impl Into<String>,
    ) -> Self {
        Self { place: place.to_owned(), line: 0, what: what.into(), why, remedy: remedy.into() }
    }

    /// The same fault, pinned to a line (counted from 1).
    pub(crate) fn at_line(mut self, line: usize) -> Self {
        self.line = line;
        self
    }

    /// A file that cannot be read or understood.
    pub(crate) fn unreadable(path: &Path, reason: &dyn fmt::Display) -> Self {
        Self::in_file(
            &path.display().to_string(),
            format!("cannot be read: {reason}"),
            "a rule that cannot be checked is not kept",
            "repair the file",
        )
    }

    /// What is wrong, for tests.
    #[cfg(test)]
    pub(crate) fn what(&self) -> &str {
        &self.what
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.place)?;
        if self.line > 0 {
            write!(out, ":{}", self.line)?;
        }
        write!(out, ": {}\n  why: {}\n  do:  {}\n", self.what, self.why, self.remedy)
    }
}
