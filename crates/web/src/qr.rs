//! A QR code as a drawing of our own: nothing is asked of anybody, and it prints sharply.

use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;

/// Modules of quiet around the code (ISO/IEC 18004, §6.3.8).
const QUIET: i32 = 4;

/// A code ready to draw.
pub(crate) struct Drawing {
    /// Modules from edge to edge.
    pub(crate) size: i32,
    /// One path with a bar for each run of dark modules.
    pub(crate) path: String,
}

/// Draws a text; none when it is too long for any code.
pub(crate) fn draw(text: &str) -> Option<Drawing> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let length = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            if length > 0 {
                let (left, top) = (x + QUIET, y + QUIET);
                write!(path, "M{left} {top}h{length}v1h-{length}z").ok()?;
            }
            x += i32::try_from(length).ok()? + 1;
        }
    }
    Some(Drawing { size: code.size() + 2 * QUIET, path })
}

/// What an app that makes codes reads from the picture (Key URI Format).
pub(crate) fn key_uri(account: &str, secret: &str) -> String {
    let name = crate::forms::percent_encoded("Kiezgrößen");
    let account = crate::forms::percent_encoded(account);
    format!("otpauth://totp/{name}:{account}?secret={secret}&issuer={name}&algorithm=SHA1&digits=6&period=30")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_quiet_around_it() {
        let drawing = draw("otpauth://totp/x").expect("short enough");
        assert_eq!(drawing.size, 25 + 2 * QUIET);
        assert!(drawing.path.starts_with("M4 4h7v1h-7z"), "{}", drawing.path);
        assert!(draw(&"x".repeat(5_000)).is_none());
    }

    #[test]
    fn the_address_of_a_key_names_house_and_person() {
        let uri = key_uri("mira@example.org", "ABC");
        assert!(
            uri.starts_with("otpauth://totp/Kiezgr%C3%B6%C3%9Fen:mira%40example.org?secret=ABC&issuer="),
            "{uri}"
        );
    }
}
