//! Reading: every part is checked before anything of it is handed on, the whole at its end.

use super::{BackupFileError, BackupKey, FORMAT, HASH, MAGIC, NONCE, PART, PLAIN, SALT, SEALED, TAG};
use aead_stream::DecryptorBE32;
use chacha20poly1305::XChaCha20Poly1305;
use flate2::bufread::ZlibDecoder;
use sha2::{Digest, Sha256};
use std::io::{self, BufRead, BufReader, Read};

/// A backup that is being read. Nothing of it may be believed before `finish` has said yes.
pub struct BackupReader<R: Read> {
    lines: BufReader<ZlibDecoder<Parts<R>>>,
    sealed: bool,
}

impl<R: Read> BackupReader<R> {
    /// Reads the head.
    ///
    /// # Errors
    /// When it is no backup, one of a newer program, or sealed with another key.
    pub fn new(mut source: R, key: Option<&BackupKey>) -> Result<Self, BackupFileError> {
        let mut head = [0; MAGIC.len() + FORMAT.len() + 1];
        read_head(&mut source, &mut head)?;
        let (mut hash, sealed) = (Sha256::new(), head[head.len() - 1] == SEALED);
        hash.update(head);
        let opener = if sealed {
            let key = key.ok_or(BackupFileError::KeyMissing)?;
            let (mut salt, mut nonce) = ([0; SALT], [0; NONCE]);
            source.read_exact(&mut salt)?;
            source.read_exact(&mut nonce)?;
            hash.update(salt);
            hash.update(nonce);
            Some(DecryptorBE32::<XChaCha20Poly1305>::new(&key.derive(&salt)?.into(), &nonce.into()))
        } else {
            None
        };
        let mut parts =
            Parts { source, hash, opener, part: Vec::new(), at: 0, next: 0, first: true, ended: false };
        parts.next = parts.length()?;
        if parts.next == 0 {
            return Err(BackupFileError::Damaged);
        }
        parts.advance()?;
        Ok(Self { lines: BufReader::new(ZlibDecoder::new(parts)), sealed })
    }

    /// Whether it is encrypted.
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        self.sealed
    }

    /// Says whether it was whole: to be asked when everything has been read, before anything of it counts.
    ///
    /// # Errors
    /// When something is missing, changed or left over.
    pub fn finish(mut self) -> Result<(), BackupFileError> {
        if !self.lines.fill_buf()?.is_empty() {
            return Err(BackupFileError::Long);
        }
        let mut parts = self.lines.into_inner().into_inner();
        if !parts.fill_buf()?.is_empty() {
            return Err(BackupFileError::Long);
        }
        if parts.ended { Ok(()) } else { Err(BackupFileError::Short) }
    }
}

impl<R: Read> Read for BackupReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.lines.read(into)
    }
}

impl<R: Read> BufRead for BackupReader<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.lines.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.lines.consume(amount);
    }
}

fn read_head(source: &mut impl Read, head: &mut [u8]) -> Result<(), BackupFileError> {
    source.read_exact(head).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => BackupFileError::NotOne,
        _ => error.into(),
    })?;
    let rest = head.strip_prefix(&MAGIC[..]).ok_or(BackupFileError::NotOne)?;
    match rest.strip_prefix(&FORMAT[..]) {
        Some([PLAIN | SEALED]) => Ok(()),
        Some(_) => Err(BackupFileError::Damaged),
        // A number of any length, and something behind it: the format of a later program.
        None if rest[0].is_ascii_digit() => Err(BackupFileError::Newer),
        None => Err(BackupFileError::NotOne),
    }
}

struct Parts<R: Read> {
    source: R,
    hash: Sha256,
    opener: Option<DecryptorBE32<XChaCha20Poly1305>>,
    part: Vec<u8>,
    at: usize,
    /// The length of the part behind this one.
    next: usize,
    first: bool,
    /// The hash at the end was right, and nothing followed.
    ended: bool,
}

impl<R: Read> Parts<R> {
    fn length(&mut self) -> Result<usize, BackupFileError> {
        let mut length = [0; 4];
        self.source.read_exact(&mut length)?;
        self.hash.update(length);
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        let most = PART + if self.opener.is_some() { TAG } else { 0 };
        if length > most { Err(BackupFileError::Damaged) } else { Ok(length) }
    }

    /// Takes the next part, looks whether it is the last, and opens it.
    fn advance(&mut self) -> Result<(), BackupFileError> {
        let mut part = vec![0; self.next];
        self.source.read_exact(&mut part)?;
        self.hash.update(&part);
        self.next = self.length()?;
        if self.next == 0 {
            self.end()?;
        }
        self.part = self.open(part)?;
        (self.at, self.first) = (0, false);
        Ok(())
    }

    fn open(&mut self, part: Vec<u8>) -> Result<Vec<u8>, BackupFileError> {
        let opened = match (&mut self.opener, self.ended) {
            (None, _) => return Ok(part),
            (Some(opener), false) => opener.decrypt_next(part.as_slice()),
            (opener, true) => match opener.take() {
                Some(opener) => opener.decrypt_last(part.as_slice()),
                None => return Err(BackupFileError::Damaged),
            },
        };
        opened.map_err(|_| if self.first { BackupFileError::WrongKey } else { BackupFileError::Damaged })
    }

    fn end(&mut self) -> Result<(), BackupFileError> {
        let (mut told, mut behind) = ([0; HASH], [0; 1]);
        self.source.read_exact(&mut told)?;
        let found: [u8; HASH] = self.hash.clone().finalize().into();
        if found != told {
            return Err(BackupFileError::Damaged);
        }
        loop {
            match self.source.read(&mut behind) {
                Ok(0) => break,
                Ok(_) => return Err(BackupFileError::Long),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.ended = true;
        Ok(())
    }
}

impl<R: Read> Read for Parts<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let taken = self.fill_buf()?.read(into)?;
        self.consume(taken);
        Ok(taken)
    }
}

impl<R: Read> BufRead for Parts<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at == self.part.len() && !self.ended {
            self.advance()?;
        }
        Ok(&self.part[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.part.len());
    }
}
