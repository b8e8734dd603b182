//! The ledger of erasures as a file beside the database, so that a copy of yesterday cannot bring back what was erased
//! since; and copies of it beside the backups, where whoever restores them finds it.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Its name in the data folder.
pub const NAME: &str = "erasures.jsonl";
/// Where the folders stand that have copies.
const PLACES: &str = "erasures.places";
/// How the name of a copy ends.
const COPY: &str = ".erasures.jsonl";
/// More is no ledger of ours.
const LARGEST: u64 = 256 * 1024 * 1024;

/// The ledger's lines: a file in the data folder, or its double in memory.
#[derive(Debug, Clone)]
pub enum LedgerFile {
    /// In this folder.
    Folder(PathBuf),
    /// Gone with the program.
    Memory(Arc<Mutex<Vec<String>>>),
}

impl Default for LedgerFile {
    fn default() -> Self {
        Self::Memory(Arc::default())
    }
}

impl LedgerFile {
    /// Every line.
    ///
    /// # Errors
    /// When the disk fails; a file that is not there yet has no lines.
    pub fn lines(&self) -> io::Result<Vec<String>> {
        match self {
            Self::Folder(folder) => lines_of(&folder.join(NAME)),
            Self::Memory(lines) => Ok(lines.lock().unwrap_or_else(PoisonError::into_inner).clone()),
        }
    }

    /// Adds lines and waits until they are on the disk; then the copies follow.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn append(&self, new: &[String], mark: &str) -> io::Result<()> {
        match self {
            Self::Folder(folder) => {
                let mut file = private().append(true).open(folder.join(NAME))?;
                // After a power cut the last line may be half: what follows begins anew.
                let begin = if ends_amid_a_line(&folder.join(NAME))? { "\n" } else { "" };
                file.write_all(format!("{begin}{}", joined(new)).as_bytes())?;
                file.sync_all()?;
                for place in lines_of(&folder.join(PLACES))? {
                    // A disk that was taken away has its copy when it is back and a backup is written.
                    let _away = copy(folder, Path::new(&place), mark);
                }
                Ok(())
            }
            Self::Memory(lines) => {
                lines.lock().unwrap_or_else(PoisonError::into_inner).extend(new.iter().cloned());
                Ok(())
            }
        }
    }

    /// A backup was written into a folder: from now on the ledger lies there as well, as soon as it has a line.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn follow(&self, place: &Path, mark: &str) -> io::Result<()> {
        let Self::Folder(folder) = self else { return Ok(()) };
        let place = place.canonicalize()?;
        let known = lines_of(&folder.join(PLACES))?;
        if let Some(name) = place.to_str().filter(|name| !known.iter().any(|known| known == name)) {
            private()
                .append(true)
                .open(folder.join(PLACES))?
                .write_all(joined(&[name.to_owned()]).as_bytes())?;
        }
        copy(folder, &place, mark)
    }
}

/// The lines of a file that somebody names.
///
/// # Errors
/// When the disk fails; a file that is not there has no lines.
pub fn lines_of(path: &Path) -> io::Result<Vec<String>> {
    let mut text = String::new();
    match File::open(path) {
        Ok(file) => file.take(LARGEST).read_to_string(&mut text)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    Ok(text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect())
}

/// The copies that lie in a folder: by the mark of their installation, with their lines.
///
/// # Errors
/// When the disk fails.
pub fn copies_in(folder: &Path) -> io::Result<Vec<(String, Vec<String>)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name();
        let Some(name) = name.to_str() else { continue };
        if let Some(mark) = name.strip_prefix("kiez-").and_then(|rest| rest.strip_suffix(COPY)) {
            found.push((mark.to_owned(), lines_of(&folder.join(name))?));
        }
    }
    found.sort();
    Ok(found)
}

/// Under another name first, so that no copy is ever half.
fn copy(folder: &Path, place: &Path, mark: &str) -> io::Result<()> {
    let lines = lines_of(&folder.join(NAME))?;
    if lines.is_empty() || place == folder {
        return Ok(());
    }
    let (target, part) =
        (place.join(format!("kiez-{mark}{COPY}")), place.join(format!("kiez-{mark}.erasures.part")));
    let mut file = private().write(true).truncate(true).open(&part)?;
    file.write_all(joined(&lines).as_bytes())?;
    file.sync_all()?;
    std::fs::rename(part, target)
}

fn ends_amid_a_line(path: &Path) -> io::Result<bool> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes.last().is_some_and(|last| *last != b'\n'))
}

fn joined(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Readable for this account alone.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_last_and_copies_follow_where_backups_lie() {
        let (data, backups) =
            (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        let ledger = LedgerFile::Folder(data.path().to_owned());
        let line = |text: &str| vec![text.to_owned()];
        assert_eq!(ledger.lines().expect("none yet"), Vec::<String>::new());
        ledger.follow(backups.path(), "mark").expect("followed");
        assert_eq!(copies_in(backups.path()).expect("read"), [], "nothing to copy yet");
        ledger.append(&line("one"), "mark").expect("added");
        ledger.append(&line("two"), "mark").expect("added");
        let both = vec!["one".to_owned(), "two".to_owned()];
        assert_eq!(ledger.lines().expect("read"), both);
        assert_eq!(copies_in(backups.path()).expect("read"), [("mark".to_owned(), both)]);
        ledger.follow(backups.path(), "mark").expect("once more");
        let places = lines_of(&data.path().join(PLACES)).expect("read");
        assert_eq!(places.len(), 1, "{places:?}");
    }

    #[test]
    fn a_place_that_is_gone_is_in_nobodys_way() {
        let data = tempfile::tempdir().expect("a folder");
        let ledger = LedgerFile::Folder(data.path().to_owned());
        let gone = tempfile::tempdir().expect("a folder");
        ledger.follow(gone.path(), "mark").expect("followed");
        drop(gone);
        ledger.append(&["one".to_owned()], "mark").expect("added");
        assert_eq!(ledger.lines().expect("read"), ["one"]);
    }
}
