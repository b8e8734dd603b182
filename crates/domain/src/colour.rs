//! The colour of a project, and whether one can read what is printed in it.

use crate::issue::{Expected, Problem};
use std::fmt;
use std::str::FromStr;

/// An opaque colour of the sRGB space, written `#rrggbb`.
///
/// Any colour is a fine colour: it comes from a logo or a poster, and nobody can change it for a web page.
/// So none is refused; [`Colour::on`] gives the nearest shade that can be read on a page's grounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// What a page is printed on: the paper itself, and the sheets that lie on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grounds {
    /// The page.
    pub paper: Colour,
    /// Tables, cards and fields.
    pub sheet: Colour,
}

impl Colour {
    /// All light gone.
    pub const BLACK: Self = Self { red: 0, green: 0, blue: 0 };
    /// All light there.
    pub const WHITE: Self = Self { red: 255, green: 255, blue: 255 };
    /// Contrast that text needs at least: WCAG 2.2, success criterion 1.4.3, level AA.
    pub const LEGIBLE: f64 = 4.5;
    /// Contrast that edges of fields and signs need at least: WCAG 2.2, success criterion 1.4.11.
    pub const VISIBLE: f64 = 3.0;
    /// Share of a project's colour in the wash under chosen rows.
    pub const WASH: f64 = 0.12;

    /// Relative luminance from 0 (black) to 1 (white), as WCAG 2.2 defines it
    /// (<https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>).
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Contrast of two colours from 1 (the same) to 21 (black on white): WCAG 2.2
    /// (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// This colour with the rest of another, as `color-mix(in srgb, …)` of CSS Color 5 mixes them;
    /// `share` is between 0 and 1.
    #[must_use]
    pub fn mixed(self, share: f64, other: Self) -> Self {
        let mix = |one: u8, two: u8| {
            let value = f64::from(one) * share + f64::from(two) * (1.0 - share);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "rounded and clamped to the range of a byte"
            )]
            let byte = value.round().clamp(0.0, 255.0) as u8;
            byte
        };
        Self {
            red: mix(self.red, other.red),
            green: mix(self.green, other.green),
            blue: mix(self.blue, other.blue),
        }
    }

    /// The nearest shade of this colour that can be read on the paper, on its sheets, and on a wash of itself:
    /// darker on light grounds, lighter on dark ones, in steps of a fiftieth.
    #[must_use]
    pub fn on(self, grounds: Grounds) -> Self {
        let end = if grounds.paper.luminance() > 0.18 { Self::BLACK } else { Self::WHITE };
        let shades = (0..=50).map(|step| self.mixed(1.0 - f64::from(step) / 50.0, end));
        shades.into_iter().find(|shade| shade.is_legible_on(grounds)).unwrap_or(end)
    }

    /// Whether text in this colour can be read on these grounds and on a wash of itself.
    #[must_use]
    pub fn is_legible_on(self, grounds: Grounds) -> bool {
        let wash = self.mixed(Self::WASH, grounds.sheet);
        [grounds.paper, grounds.sheet, wash].into_iter().all(|ground| self.contrast(ground) >= Self::LEGIBLE)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl FromStr for Colour {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let unreadable = || Problem::unreadable(text, Expected::Colour);
        let digits = text.strip_prefix('#').unwrap_or(text);
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(unreadable());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| unreadable())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self { red, green, blue })
    }
}

impl TryFrom<String> for Colour {
    type Error = Problem;

    fn try_from(text: String) -> Result<Self, Problem> {
        text.parse()
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn colour(text: &str) -> Colour {
        text.parse().expect("a colour")
    }

    fn day() -> Grounds {
        Grounds { paper: colour("#f4eddc"), sheet: colour("#fffcf3") }
    }

    fn night() -> Grounds {
        Grounds { paper: colour("#171412"), sheet: colour("#221d1a") }
    }

    fn any_colour() -> impl Strategy<Value = Colour> {
        any::<(u8, u8, u8)>().prop_map(|(red, green, blue)| Colour { red, green, blue })
    }

    #[test]
    fn contrast_is_what_the_standard_says() {
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 1e-9);
        // #767676 is known as the lightest grey that passes on white, #777777 as the first that fails.
        assert!(colour("#767676").contrast(Colour::WHITE) >= 4.5);
        assert!(colour("#777777").contrast(Colour::WHITE) < 4.5);
    }

    #[test]
    fn what_is_no_colour_is_said() {
        assert_eq!("".parse::<Colour>(), Err(Problem::Missing));
        for wrong in ["red", "#fff", "#12345g", "#1234567", "##12345", "rgb(1,2,3)", "#ä2345"] {
            assert!(matches!(wrong.parse::<Colour>(), Err(Problem::Unreadable { .. })), "{wrong}");
        }
        assert_eq!(colour(" B3290F ").to_string(), "#b3290f");
    }

    #[test]
    fn a_legible_colour_stays_and_a_pale_one_is_darkened() {
        assert_eq!(colour("#b3290f").on(day()), colour("#b3290f"));
        let yellow = colour("#ffdd00").on(day());
        assert!(yellow.luminance() < colour("#ffdd00").luminance() && yellow.red > 0, "{yellow}");
        let navy = colour("#001a66").on(night());
        assert!(
            navy.luminance() > colour("#001a66").luminance() && navy.blue == navy.red.max(navy.blue),
            "{navy}"
        );
    }

    proptest! {
        #[test]
        fn written_and_read_again_it_is_the_same(colour in any_colour()) {
            prop_assert_eq!(colour.to_string().parse::<Colour>(), Ok(colour));
        }

        #[test]
        fn every_colour_has_a_legible_shade_by_day_and_by_night(colour in any_colour()) {
            for grounds in [day(), night()] {
                prop_assert!(colour.on(grounds).is_legible_on(grounds));
            }
        }

        #[test]
        fn contrast_does_not_ask_which_lies_above(one in any_colour(), two in any_colour()) {
            prop_assert!((one.contrast(two) - two.contrast(one)).abs() < 1e-12);
            prop_assert!((1.0..=21.0 + 1e-9).contains(&one.contrast(two)));
        }
    }
}
