//! The tokens of the design, read from the style sheet itself: what `/stil` shows is what the pages use.

use kiez_domain::colour::{Colour, Grounds};

/// The style sheet that declares every token, one a line.
const SHEET: &str = include_str!("../../../ui/src/css/10-tokens.css");

/// A token with two faces.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Token {
    pub(crate) name: &'static str,
    pub(crate) by_day: Colour,
    pub(crate) by_night: Colour,
}

/// Every token of a colour, in the order of the style sheet.
pub(crate) fn colours() -> Vec<Token> {
    declared().filter_map(|(name, value)| colour(name, value)).collect()
}

/// Name and value of every token whose name begins like this.
pub(crate) fn beginning(start: &str) -> Vec<(&'static str, &'static str)> {
    declared().filter(|(name, _)| name.starts_with(start)).collect()
}

/// What pages are printed on by day, and by night.
pub(crate) fn grounds() -> (Grounds, Grounds) {
    let (paper, sheet) = (named("paper"), named("sheet"));
    let day = Grounds { paper: paper.by_day, sheet: sheet.by_day };
    (day, Grounds { paper: paper.by_night, sheet: sheet.by_night })
}

/// One token; black, should the style sheet not have it.
pub(crate) fn named(name: &str) -> Token {
    let black = Token { name: "", by_day: Colour::BLACK, by_night: Colour::BLACK };
    let found = declared().find(|(known, _)| *known == name);
    found.and_then(|(name, value)| colour(name, value)).unwrap_or(black)
}

fn declared() -> impl Iterator<Item = (&'static str, &'static str)> {
    // What follows the first @media answers to wishes of the reader and declares nothing new.
    let plain = SHEET.split("@media").next().unwrap_or_default();
    plain.lines().filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "))
}

fn colour(name: &'static str, value: &'static str) -> Option<Token> {
    let token = |by_day, by_night| Token { name, by_day, by_night };
    let single = |text: &str| text.parse::<Colour>().ok();
    if let Some((day, night)) =
        value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')')?.split_once(", "))
    {
        let own = |text: &str| match text {
            "var(--kiez-light)" => value_of("kiez-light"),
            "var(--kiez-dark)" => value_of("kiez-dark"),
            plain => single(plain),
        };
        return Some(token(own(day)?, own(night)?));
    }
    if name == "kiez-wash" {
        let (kiez, sheet) = (named("kiez"), named("sheet"));
        let wash = |kiez: Colour, sheet| kiez.mixed(Colour::WASH, sheet);
        return Some(token(wash(kiez.by_day, sheet.by_day), wash(kiez.by_night, sheet.by_night)));
    }
    None
}

fn value_of(name: &str) -> Option<Colour> {
    declared().find(|(known, _)| *known == name)?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_declares_the_colours_that_the_pages_need() {
        let names: Vec<_> = colours().iter().map(|token| token.name).collect();
        for wanted in
            ["paper", "sheet", "ink", "line", "kiez", "kiez-wash", "on-kiez", "good", "focus", "map-water"]
        {
            assert!(names.contains(&wanted), "{wanted} is missing in {names:?}");
        }
        assert_eq!(named("kiez").by_day.to_string(), "#b3290f");
    }

    #[test]
    fn the_wash_is_mixed_as_the_style_sheet_mixes_it() {
        let share = format!("color-mix(in srgb, var(--kiez) {:.0}%, var(--sheet))", Colour::WASH * 100.0);
        assert_eq!(beginning("kiez-wash"), [("kiez-wash", share.as_str())]);
    }

    #[test]
    fn the_house_colour_needs_no_other_shade() {
        let (day, night) = grounds();
        let kiez = named("kiez");
        assert!(kiez.by_day.is_legible_on(day) && kiez.by_night.is_legible_on(night));
    }
}
