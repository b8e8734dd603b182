//! Writing: lines are packed, cut into parts, sealed, counted and hashed.

use super::{BackupKey, FORMAT, HASH, MAGIC, NONCE, PART, PLAIN, SALT, SEALED, TAG};
use crate::random::Random;
use aead_stream::EncryptorBE32;
use chacha20poly1305::XChaCha20Poly1305;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// A backup that is being written; it is whole when `finish` has given its target back.
pub struct BackupWriter<W: Write>(ZlibEncoder<Parts<W>>);

impl<W: Write> BackupWriter<W> {
    /// Begins a backup, sealed when there is a key.
    ///
    /// # Errors
    /// When the target takes nothing, or there is no randomness for the key.
    pub fn new(target: W, key: Option<&BackupKey>, random: &Random) -> io::Result<Self> {
        let mut parts = Parts { target, hash: Sha256::new(), part: Vec::with_capacity(PART), sealer: None };
        let mut head = [&MAGIC[..], &FORMAT[..]].concat();
        match key {
            None => head.push(PLAIN),
            Some(key) => {
                let (mut salt, mut nonce) = ([0; SALT], [0; NONCE]);
                random.fill(&mut salt).and_then(|()| random.fill(&mut nonce)).map_err(io::Error::other)?;
                head.push(SEALED);
                head.extend_from_slice(&salt);
                head.extend_from_slice(&nonce);
                let key = key.derive(&salt)?;
                parts.sealer = Some(EncryptorBE32::new(&key.into(), &nonce.into()));
            }
        }
        parts.put(&head)?;
        Ok(Self(ZlibEncoder::new(parts, Compression::default())))
    }

    /// Writes what is missing at the end and gives the target back.
    ///
    /// # Errors
    /// When the target takes nothing more: what it holds is no backup then.
    pub fn finish(self) -> io::Result<W> {
        self.0.finish()?.finish()
    }
}

impl<W: Write> Write for BackupWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        // Nobody reads half a backup: parts go out when they are full.
        Ok(())
    }
}

struct Parts<W: Write> {
    target: W,
    hash: Sha256,
    part: Vec<u8>,
    sealer: Option<EncryptorBE32<XChaCha20Poly1305>>,
}

impl<W: Write> Parts<W> {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hash.update(bytes);
        self.target.write_all(bytes)
    }

    fn put_part(&mut self, part: &[u8]) -> io::Result<()> {
        let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
        self.put(&length.to_be_bytes())?;
        self.put(part)
    }

    /// A full part goes out when more follows: only then is it known not to be the last.
    fn next(&mut self) -> io::Result<()> {
        let mut part = std::mem::replace(&mut self.part, Vec::with_capacity(PART + TAG));
        if let Some(sealer) = &mut self.sealer {
            part = sealer.encrypt_next(part.as_slice()).map_err(|_| unsealed())?;
        }
        self.put_part(&part)
    }

    fn finish(mut self) -> io::Result<W> {
        let mut part = std::mem::take(&mut self.part);
        if let Some(sealer) = self.sealer.take() {
            part = sealer.encrypt_last(part.as_slice()).map_err(|_| unsealed())?;
        }
        self.put_part(&part)?;
        self.put(&0_u32.to_be_bytes())?;
        let hash: [u8; HASH] = self.hash.finalize().into();
        self.target.write_all(&hash)?;
        self.target.flush()?;
        Ok(self.target)
    }
}

impl<W: Write> Write for Parts<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.part.len() == PART {
            self.next()?;
        }
        let taken = bytes.len().min(PART - self.part.len());
        self.part.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn unsealed() -> io::Error {
    io::Error::other("the backup is too large to be encrypted as one file")
}
