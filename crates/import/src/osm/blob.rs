//! The outer shell of a map file: parts with a length, a kind and zlib inside.
//!
//! Source: <https://wiki.openstreetmap.org/wiki/PBF_Format>, which also gives the limits.

use super::wire::{Damage, Fields, Value};
use flate2::read::ZlibDecoder;
use std::io::Read;

/// Most bytes of the head of a part.
const HEAD_LIMIT: u64 = 64 * 1024;
/// Most bytes of a part, packed and unpacked.
const PART_LIMIT: u64 = 32 * 1024 * 1024;

/// What a part holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Head,
    Data,
    /// Something that readers pass over.
    Other,
}

/// A part, still packed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    /// Where it begins in the file.
    pub(super) at: u64,
    pub(super) kind: Kind,
    packed: &'a [u8],
}

/// The parts of a file one after the other; ends after the first damage.
pub(super) struct Parts<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Parts<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn take(&mut self) -> Result<Part<'a>, Damage> {
        let at = self.at as u64;
        let mut length = [0; 4];
        length.copy_from_slice(self.split(4)?);
        let length = u64::from(u32::from_be_bytes(length));
        if length > HEAD_LIMIT {
            return Err(Damage::Announced { found: length, limit: HEAD_LIMIT });
        }
        let (mut kind, mut size) = (Kind::Other, 0);
        for field in Fields::of(self.split(length)?) {
            match field? {
                (1, Value::Bytes(b"OSMHeader")) => kind = Kind::Head,
                (1, Value::Bytes(b"OSMData")) => kind = Kind::Data,
                (3, Value::Number(bytes)) => size = bytes,
                _ => {}
            }
        }
        if size > PART_LIMIT {
            return Err(Damage::Announced { found: size, limit: PART_LIMIT });
        }
        Ok(Part { at, kind, packed: self.split(size)? })
    }

    fn split(&mut self, length: u64) -> Result<&'a [u8], Damage> {
        let end = usize::try_from(length).ok().and_then(|length| self.at.checked_add(length));
        let part = end.and_then(|end| self.bytes.get(self.at..end)).ok_or(Damage::CutOff)?;
        self.at += part.len();
        Ok(part)
    }
}

impl<'a> Iterator for Parts<'a> {
    /// A part, or where the damage begins and what it is.
    type Item = Result<Part<'a>, (u64, Damage)>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let at = self.at as u64;
        let part = self.take().map_err(|damage| (at, damage));
        if part.is_err() {
            self.at = self.bytes.len();
        }
        Some(part)
    }
}

impl Part<'_> {
    /// The content, unpacked; never more than [`PART_LIMIT`].
    pub(super) fn unpack(&self) -> Result<Vec<u8>, Damage> {
        let (mut announced, mut content) = (None, None);
        for field in Fields::of(self.packed) {
            match field? {
                (1, Value::Bytes(raw)) => content = Some(raw.to_vec()),
                (2, Value::Number(size)) => announced = Some(size),
                (3, Value::Bytes(packed)) => content = Some(inflate(packed)?),
                (4, _) => return Err(Damage::Packing("LZMA")),
                (5, _) => return Err(Damage::Packing("bzip2")),
                (6, _) => return Err(Damage::Packing("LZ4")),
                (7, _) => return Err(Damage::Packing("zstd")),
                _ => {}
            }
        }
        let content = content.ok_or(Damage::EmptyBlob)?;
        let found = content.len() as u64;
        match announced {
            Some(expected) if expected != found => Err(Damage::Size { found, expected }),
            _ => Ok(content),
        }
    }
}

fn inflate(packed: &[u8]) -> Result<Vec<u8>, Damage> {
    let mut content = Vec::new();
    let mut unpacking = ZlibDecoder::new(packed).take(PART_LIMIT + 1);
    unpacking.read_to_end(&mut content).map_err(|_| Damage::BrokenPacking)?;
    match content.len() as u64 {
        found if found > PART_LIMIT => Err(Damage::Size { found, expected: PART_LIMIT }),
        _ => Ok(content),
    }
}
