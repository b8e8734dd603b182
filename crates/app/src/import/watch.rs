//! Somebody who watches a long import: a terminal shows a bar, most callers look away.

use std::fmt;
use std::sync::Arc;

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many files of all have been read.
    Read(usize, usize),
    /// So many rows of all have been compared.
    Compared(usize, usize),
    /// Everything is compared; what is new and what has changed is being written.
    Writing,
}

/// How many rows are compared between two words about it.
const ROWS: usize = 500;

/// Who is told how far an import has come; by default nobody.
#[derive(Clone, Default)]
pub struct Watch(Option<Arc<dyn Fn(Progress) + Send + Sync>>);

impl Watch {
    /// Somebody who wants to know.
    pub fn by(told: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(told)))
    }

    pub(crate) fn tell(&self, progress: Progress) {
        if let Some(told) = &self.0 {
            told(progress);
        }
    }

    /// Tells now and then how many rows are compared; whether this was such a moment.
    pub(crate) fn compared(&self, done: usize, of: usize) -> bool {
        let now = done.is_multiple_of(ROWS) || done == of;
        if now {
            self.tell(Progress::Compared(done, of));
        }
        now
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Watch(somebody)" } else { "Watch(nobody)" })
    }
}
