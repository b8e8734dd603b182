//! A file that is written beside its place and moved there when it is whole.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// What stands behind the name of a file that is not whole yet.
pub(super) const UNFINISHED: &str = ".part";

/// A file under another name (`.part`); it gets its own name with `keep`, and is gone without.
#[derive(Debug)]
pub struct NewFile {
    file: File,
    part: PathBuf,
    target: PathBuf,
    replace: bool,
    kept: bool,
}

impl NewFile {
    /// Begins a file, readable for this account alone. What is there already stays unless it shall be replaced.
    ///
    /// # Errors
    /// When the target is there, its folder is not, or somebody else is writing the same one.
    pub fn beside(target: &Path, replace: bool) -> io::Result<Self> {
        demand_free(target, replace)?;
        let mut name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_owned();
        name.push(UNFINISHED);
        let part = target.with_file_name(name);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&part)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::ResourceBusy.into()),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // What a program that was ended in the middle has left.
        file.set_len(0)?;
        Ok(Self { file, part, target: target.to_owned(), replace, kept: false })
    }

    /// What has been written, to be read once more before it is kept.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn reread(&mut self) -> io::Result<impl Read> {
        self.file.rewind()?;
        Ok(&self.file)
    }

    /// Waits until everything is on the disk, then gives the file its name; gives its size.
    ///
    /// # Errors
    /// When the disk fails: the file is gone then, and what had the name before is still there.
    pub fn keep(mut self) -> io::Result<u64> {
        self.file.sync_all()?;
        let size = self.file.metadata()?.len();
        demand_free(&self.target, self.replace)?;
        std::fs::rename(&self.part, &self.target)?;
        self.kept = true;
        sync_folder(&self.target)?;
        Ok(size)
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.kept {
            // What cannot be removed is overwritten by the next one.
            let _stays = std::fs::remove_file(&self.part);
        }
    }
}

fn demand_free(target: &Path, replace: bool) -> io::Result<()> {
    match std::fs::symlink_metadata(target) {
        Ok(found) if found.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(_) if !replace => Err(io::ErrorKind::AlreadyExists.into()),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// A new name is on the disk when its folder is.
fn sync_folder(target: &Path) -> io::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
