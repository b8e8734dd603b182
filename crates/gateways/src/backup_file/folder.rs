//! A folder of backups that the program writes by itself: which files are its own, and how old they are.

use super::place::UNFINISHED;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use kiez_domain::instant::Instant;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

const ENDING: &str = ".kiezbackup";
const WRITTEN: &str = "%Y%m%dT%H%M%SZ";

/// One file of our own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Own {
    /// When it was written, as its name says.
    pub at: Instant,
    /// Where it is.
    pub path: PathBuf,
}

/// The files of one installation in a folder, whatever else lies there.
#[derive(Debug, Clone)]
pub struct OwnFiles {
    folder: PathBuf,
    /// Tells this installation from another that writes into the same folder.
    mark: String,
}

impl OwnFiles {
    /// The files with this mark.
    #[must_use]
    pub fn new(folder: &Path, mark: &str) -> Self {
        Self { folder: folder.to_owned(), mark: mark.to_owned() }
    }

    /// Where a backup of this moment goes; the moment is in the name (UTC), so the files sort by age.
    #[must_use]
    pub fn at(&self, moment: Instant) -> PathBuf {
        let at = Timestamp::from_millisecond(moment.0).unwrap_or_default();
        self.folder.join(format!("kiez-{}-{}{ENDING}", self.mark, at.strftime(WRITTEN)))
    }

    /// Every file of our own until now, the oldest first. A name that is not exactly one of ours belongs to somebody else;
    /// a moment that is yet to come was written by a wrong clock, and says nothing about how long ago the last one was.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn list(&self, now: Instant) -> io::Result<Vec<Own>> {
        Ok(self.named("")?.into_iter().filter(|own| own.at <= now).collect())
    }

    /// Removes the oldest until so many are left; gives how many went.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn keep_newest(&self, keep: usize, now: Instant) -> io::Result<usize> {
        let found = self.list(now)?;
        let old = &found[..found.len().saturating_sub(keep.max(1))];
        old.iter().try_for_each(|own| std::fs::remove_file(&own.path))?;
        Ok(old.len())
    }

    /// Removes what a program has left that was ended while it wrote; what somebody is writing stays.
    ///
    /// # Errors
    /// When one cannot be removed.
    pub fn remove_rests(&self) -> io::Result<()> {
        for rest in self.named(UNFINISHED)? {
            if File::open(&rest.path)?.try_lock().is_ok() {
                std::fs::remove_file(&rest.path)?;
            }
        }
        Ok(())
    }

    /// Files of our own whose names go on like this.
    fn named(&self, behind: &str) -> io::Result<Vec<Own>> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let at = name.to_str().and_then(|name| self.moment(name.strip_suffix(behind)?));
            if let Some(at) = at.filter(|_| entry.file_type().is_ok_and(|kind| kind.is_file())) {
                found.push(Own { at, path: entry.path() });
            }
        }
        found.sort();
        Ok(found)
    }

    fn moment(&self, name: &str) -> Option<Instant> {
        let rest = name.strip_prefix("kiez-")?.strip_prefix(self.mark.as_str())?.strip_prefix('-')?;
        let at = DateTime::strptime(WRITTEN, rest.strip_suffix(ENDING)?).ok()?;
        let moment = Instant(at.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond());
        // Only what we would write is ours: no other spelling of the same moment.
        (self.at(moment).file_name()?.to_str()? == name).then_some(moment)
    }
}
