//! The file of a backup: packed, sealed when there is a key, and never half under its own name.
//!
//! A head (`kiez backup 1`, a line feed, `P` for plain or `S` for sealed; a sealed one goes on with 16 bytes of salt and 19
//! of nonce), then parts of at most 64 KiB with their length before them (four bytes, the largest first), a length of
//! nought, and the SHA-256 of everything before. Sealed parts are XChaCha20-Poly1305 in STREAM order, so none can be
//! changed, left out, repeated or swapped; the key is Argon2id of the words. What the parts hold, put together, is a
//! zlib stream of the lines that the store writes.

mod folder;
mod place;
mod reader;
mod writer;

pub use folder::{Own, OwnFiles};
pub use place::NewFile;
pub use reader::BackupReader;
pub use writer::BackupWriter;

use argon2::{Argon2, Block};
use std::fmt;
use std::io;

/// What every file begins with; the number is the format's.
const MAGIC: &[u8; 12] = b"kiez backup ";
/// The format that this program writes, the only one so far.
const FORMAT: &[u8; 2] = b"1\n";
const PLAIN: u8 = b'P';
const SEALED: u8 = b'S';
const SALT: usize = 16;
const NONCE: usize = 19;
/// Most bytes of one part before it is sealed.
const PART: usize = 64 * 1024;
/// What sealing adds to a part.
const TAG: usize = 16;
const HASH: usize = 32;

/// Why a file cannot be read as a backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupFileError {
    /// Something else.
    #[error("this is no backup of kiez: name a file that `kiez backup` has written")]
    NotOne,
    /// Written by a program that came later.
    #[error("this backup has a newer format than this program knows: install the newer program")]
    Newer,
    /// The end is missing.
    #[error("this backup is not whole: it ends in the middle; take another one")]
    Short,
    /// Something in it is not what was written.
    #[error("this backup is damaged: something in it is not what was written; take another one")]
    Damaged,
    /// Something follows behind its end.
    #[error("this backup is damaged: something follows behind its end; take another one")]
    Long,
    /// It is sealed and nobody gave a key.
    #[error("this backup is encrypted: give its key as backup_key (kiez.toml, or KIEZ_BACKUP_KEY)")]
    KeyMissing,
    /// The key is another one, or the first part was changed.
    #[error(
        "this backup does not open with the backup_key that is set: it was written with another one, or it is damaged"
    )]
    WrongKey,
    /// The disk or the pipe.
    #[error("{0}")]
    Io(io::Error),
}

impl From<io::Error> for BackupFileError {
    fn from(error: io::Error) -> Self {
        if error.get_ref().is_some_and(|inner| inner.is::<Self>()) {
            let inner = error.into_inner().and_then(|inner| inner.downcast::<Self>().ok());
            return inner.map_or(Self::Damaged, |inner| *inner);
        }
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Short,
            // The unpacker found what no packer writes.
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Self::Damaged,
            _ => Self::Io(error),
        }
    }
}

impl From<BackupFileError> for io::Error {
    fn from(error: BackupFileError) -> Self {
        match error {
            BackupFileError::Io(error) => error,
            other => Self::other(other),
        }
    }
}

/// The words that open a sealed backup.
#[derive(Clone)]
pub struct BackupKey(String);

impl fmt::Debug for BackupKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BackupKey")
    }
}

impl BackupKey {
    /// A key of these words.
    #[must_use]
    pub fn new(words: &str) -> Self {
        Self(words.to_owned())
    }

    /// Argon2id with its recommended costs (RFC 9106 names them as memory 19 MiB, two passes): trying words is slow.
    fn derive(&self, salt: &[u8; SALT]) -> Result<[u8; 32], io::Error> {
        let argon = Argon2::default();
        let mut memory = vec![Block::default(); argon.params().block_count()];
        let mut key = [0; 32];
        argon
            .hash_password_into_with_memory(self.0.as_bytes(), salt, &mut key, memory.as_mut_slice())
            .map_err(|error| io::Error::other(format!("the backup_key cannot be used: {error}")))?;
        Ok(key)
    }
}

#[cfg(test)]
mod tests;
