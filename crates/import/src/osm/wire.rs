//! The wire format of protocol buffers, as far as maps use it: numbers, packed numbers and bytes.
//!
//! Source: <https://protobuf.dev/programming-guides/encoding/>. Nothing is copied and nothing is built from what a
//! message announces: every length is compared with the bytes that are there, so a lie costs nothing.

/// What makes a part of the file unreadable, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Damage {
    /// A length that is longer than what follows.
    #[error("a part is longer than what is there: the file was probably cut off")]
    CutOff,
    /// Ten bytes that do not end.
    #[error("a number does not end")]
    EndlessNumber,
    /// A kind of field that the format does not have (any more).
    #[error("a field is of the unknown kind {0}")]
    FieldKind(u8),
    /// A block that has more texts than any map program writes.
    #[error("a block announces more than {0} texts")]
    TooManyTexts(usize),
    /// A tag that names a text which is not in the block.
    #[error("a tag points to the text {wanted}, the block has {known}")]
    TextIndex {
        /// Where it points.
        wanted: u64,
        /// How many texts there are.
        known: usize,
    },
    /// Bytes that are no text.
    #[error("a text is not UTF-8")]
    NotText,
    /// Differences that add up to more than any number holds.
    #[error("the numbers of a block add up to more than a number holds")]
    Overflow,
    /// A node that is nowhere.
    #[error("node {0} lies outside the earth")]
    OutsideEarth(i64),
    /// Lists that belong together and are not of one length.
    #[error("two lists that belong together have different lengths")]
    UnevenLists,
    /// A member that is neither node nor way nor relation.
    #[error("a relation has a member of the unknown kind {0}")]
    MemberKind(u64),
    /// A packing that we cannot open.
    #[error("it is packed with {0}, only zlib is read: write the file again with the usual packing")]
    Packing(&'static str),
    /// A blob without content.
    #[error("a part holds nothing")]
    EmptyBlob,
    /// The packed bytes are no zlib stream.
    #[error("a part cannot be unpacked")]
    BrokenPacking,
    /// More bytes than announced or allowed.
    #[error("a part has {found} bytes unpacked, expected {expected}")]
    Size {
        /// Bytes found; when unpacking was given up, at least so many.
        found: u64,
        /// Bytes announced, or the most that are read.
        expected: u64,
    },
    /// A length of a part of the file that no program writes.
    #[error("a part announces {found} bytes, at most {limit} are read")]
    Announced {
        /// The announced length.
        found: u64,
        /// The most that is read.
        limit: u64,
    },
    /// A file that does not begin as a map does.
    #[error("it does not begin with the head of a map")]
    NoHead,
    /// A feature that the file says one must understand to read it.
    #[error("it needs \"{0}\", which is not read here: export it as a plain map without history")]
    Feature(String),
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    /// Four or eight bytes that no field of a map has.
    Fixed,
}

/// The fields of a message in the order in which they stand there.
pub(super) struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    pub(super) fn of(message: &'a [u8]) -> Self {
        Self(message)
    }

    fn take(&mut self) -> Result<(u64, Value<'a>), Damage> {
        let key = varint(&mut self.0)?;
        let value = match key & 7 {
            0 => Value::Number(varint(&mut self.0)?),
            1 => split(&mut self.0, 8).map(|_| Value::Fixed)?,
            2 => {
                let length = usize::try_from(varint(&mut self.0)?).map_err(|_| Damage::CutOff)?;
                Value::Bytes(split(&mut self.0, length)?)
            }
            5 => split(&mut self.0, 4).map(|_| Value::Fixed)?,
            kind => return Err(Damage::FieldKind(kind as u8)),
        };
        Ok((key >> 3, value))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.take();
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

/// Numbers one behind the other, as repeated fields are packed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Packed<'a>(&'a [u8]);

impl<'a> Packed<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The running sums of signed differences.
    pub(super) fn sums(self) -> impl Iterator<Item = Result<i64, Damage>> + use<'a> {
        let mut sum = 0_i64;
        self.map(move |difference| {
            sum = sum.checked_add(zigzag(difference?)).ok_or(Damage::Overflow)?;
            Ok(sum)
        })
    }
}

impl Iterator for Packed<'_> {
    type Item = Result<u64, Damage>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let number = varint(&mut self.0);
        if number.is_err() {
            self.0 = &[];
        }
        Some(number)
    }
}

/// A signed number as `sint64` writes it: 0, -1, 1, -2 …
pub(super) fn zigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

fn varint(bytes: &mut &[u8]) -> Result<u64, Damage> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (first, rest) = bytes.split_first().ok_or(Damage::CutOff)?;
        *bytes = rest;
        number |= u64::from(first & 0x7F) << shift;
        if first & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(Damage::EndlessNumber)
}

fn split<'a>(bytes: &mut &'a [u8], length: usize) -> Result<&'a [u8], Damage> {
    let (part, rest) = bytes.split_at_checked(length).ok_or(Damage::CutOff)?;
    *bytes = rest;
    Ok(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_fields_or_damage(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let fields = Fields::of(&bytes).count();
            prop_assert!(fields <= bytes.len());
            prop_assert!(Packed::of(&bytes).sums().count() <= bytes.len());
        }
    }

    #[test]
    fn fields_are_read_as_the_specification_writes_them() {
        // The two examples of the specification: field 1 is 150, field 2 is "testing".
        let bytes = b"\x08\x96\x01\x12\x07testing";
        let fields: Vec<_> = Fields::of(bytes).collect();
        assert_eq!(fields, [Ok((1, Value::Number(150))), Ok((2, Value::Bytes(b"testing")))]);
    }

    #[test]
    fn small_negative_numbers_stay_small() {
        let pairs = [(0, 0), (1, -1), (2, 1), (3, -2), (u64::MAX - 1, i64::MAX), (u64::MAX, i64::MIN)];
        for (written, meant) in pairs {
            assert_eq!(zigzag(written), meant);
        }
    }

    #[test]
    fn what_lies_is_damage() {
        let first = |bytes: &[u8]| Fields::of(bytes).next().expect("a field").err();
        assert_eq!(first(b"\x12\x05abc"), Some(Damage::CutOff));
        assert_eq!(first(b"\x12\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"), Some(Damage::CutOff));
        assert_eq!(first(&[0xFF; 11]), Some(Damage::EndlessNumber));
        assert_eq!(first(b"\x0B"), Some(Damage::FieldKind(3)));
        let twice_the_largest = [[0xFE; 9].as_slice(), &[0x01]].concat().repeat(2);
        let sums: Vec<_> = Packed::of(&twice_the_largest).sums().collect();
        assert!(sums.contains(&Err(Damage::Overflow)), "{sums:?}");
    }
}
