//! Bytes become text: UTF-8, UTF-16 or Windows-1252, recognised by mark or by content.

use crate::error::ReadError;
use crate::file_fault::{Clue, FileFault};
use crate::source::Source;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// The text of a file, with a remark when the encoding was guessed.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) note: Option<String>,
}

/// Five bytes that Windows-1252 leaves undefined: no text holds them.
const UNDEFINED: [u8; 5] = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

pub(crate) fn decode(source: &Source) -> Result<Decoded<'_>, ReadError> {
    let bytes = source.bytes();
    if let Some(encoding) = sixteen_bit(bytes) {
        return decode_sixteen_bit(source, encoding);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(wrong(source, Clue::NulByte { position: at + 1 }));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: Cow::Borrowed(text), note: None }),
        Err(_) => decode_eight_bit(source, bytes),
    }
}

/// Recognises UTF-16 by its mark, or by every other byte of the beginning being zero.
fn sixteen_bit(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.starts_with(&[0xFF, 0xFE]) {
        return Some(UTF_16LE);
    }
    if bytes.starts_with(&[0xFE, 0xFF]) {
        return Some(UTF_16BE);
    }
    let head = bytes.get(..bytes.len().min(64) & !1)?;
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = head.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, odd) if pairs >= 2 && odd * 4 >= pairs * 3 => Some(UTF_16LE),
        (even, 0) if pairs >= 2 && even * 4 >= pairs * 3 => Some(UTF_16BE),
        _ => None,
    }
}

fn decode_sixteen_bit<'a>(source: &'a Source, encoding: &'static Encoding) -> Result<Decoded<'a>, ReadError> {
    let (text, damaged) = encoding.decode_with_bom_removal(source.bytes());
    if damaged || text.contains('\0') {
        return Err(wrong(source, Clue::Damaged { encoding: encoding.name() }));
    }
    let note = Some(format!("{}: read as {}", source.name(), encoding.name()));
    Ok(Decoded { text, note })
}

/// A file that is UTF-8 but for a few bytes keeps its good rows; everything else is Windows-1252 or no text.
fn decode_eight_bit<'a>(source: &Source, bytes: &'a [u8]) -> Result<Decoded<'a>, ReadError> {
    let controls = bytes.iter().filter(|byte| **byte < 0x20 && !byte.is_ascii_whitespace()).count();
    if controls * 200 > bytes.len() {
        return Err(wrong(source, Clue::ControlCharacters { count: controls }));
    }
    let (mut good, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if good > broken {
        let note = format!(
            "{}: UTF-8 with {broken} damaged characters; rows with such a character are refused",
            source.name()
        );
        return Ok(Decoded { text: String::from_utf8_lossy(bytes), note: Some(note) });
    }
    if let Some(byte) = bytes.iter().find(|byte| UNDEFINED.contains(byte)) {
        return Err(wrong(source, Clue::Undefined { byte: format!("0x{byte:02X}") }));
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let note = Some(format!("{}: not UTF-8, read as Windows-1252", source.name()));
    Ok(Decoded { text, note })
}

fn wrong(source: &Source, clue: Clue) -> ReadError {
    ReadError::new(source.name(), FileFault::WrongEncoding { clue })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> Result<String, String> {
        let source = Source::new("a.csv", bytes.to_vec());
        decode(&source).map(|decoded| decoded.text.into_owned()).map_err(|error| error.to_string())
    }

    fn sixteen(text: &str, little: bool) -> Vec<u8> {
        let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_usual_encoding_gives_the_same_text() {
        let text = "Name;Straße\nBäckerei Özgür;Böckhstraße\n";
        let with_mark = |bytes: Vec<u8>, mark: &[u8]| [mark.to_vec(), bytes].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            with_mark(text.as_bytes().to_vec(), b"\xEF\xBB\xBF"),
            with_mark(sixteen(text, true), b"\xFF\xFE"),
            with_mark(sixteen(text, false), b"\xFE\xFF"),
            sixteen(text, true),
            sixteen(text, false),
            WINDOWS_1252.encode(text).0.into_owned(),
        ] {
            assert_eq!(text_of(&bytes), Ok(text.to_owned()));
        }
    }

    #[test]
    fn what_is_no_text_is_refused_with_the_reason() {
        assert!(text_of(b"name\0street").is_err_and(|e| e.contains("NUL byte at position 5")));
        assert!(text_of(b"name \x81\x90 street").is_err_and(|e| e.contains("byte 0x81")));
        assert!(text_of(b"\x01\x02\x03\x04\xFF\xFE").is_err_and(|e| e.contains("control characters")));
    }

    #[test]
    fn one_broken_character_does_not_turn_utf_8_into_something_else() {
        let text = text_of(
            "Bäcker Müller\nCaf".as_bytes().iter().copied().chain(*b"\xE9\n").collect::<Vec<_>>().as_slice(),
        );
        assert_eq!(text, Ok("Bäcker Müller\nCaf\u{FFFD}\n".to_owned()));
    }
}
