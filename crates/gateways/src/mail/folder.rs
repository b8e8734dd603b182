//! Letters as files: each whole or not there.

use super::MailFault;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// A folder that takes letters.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// Letters go into this folder, which is made when the first one comes.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a letter beside its place and moves it there, so that nobody reads half of one. The same letter again takes
    /// the place of the first.
    pub(super) fn keep(&self, id: &str, bytes: &[u8]) -> Result<(), MailFault> {
        self.write(id, bytes).map_err(|_| MailFault::Folder)
    }

    fn write(&self, id: &str, bytes: &[u8]) -> io::Result<()> {
        make_private_folder(&self.0)?;
        let (half, whole) = (self.0.join(format!(".{id}.part")), self.0.join(format!("{id}.eml")));
        let mut file = private_file(&half)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(half, whole)?;
        // The name is as lasting as the letter only when the folder has been written, too.
        File::open(&self.0)?.sync_all()
    }
}

/// Letters hold links that sign in: nobody else on the machine reads them.
#[cfg(unix)]
fn private_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(true).open(path)
}

#[cfg(unix)]
fn make_private_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make_private_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}
