//! Signs that a text tells about one person, where it should tell about a group. They ask, they never refuse:
//! a program cannot know whether "Frau Holle" is a guest or a play.

use crate::instant::Instant;

/// What a text seems to tell about one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hint {
    /// A day of birth.
    Birthday,
    /// Somebody's state of health.
    Health,
    /// Somebody's name.
    Person,
}

impl Hint {
    /// The name by which sentences are looked up.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Birthday => "birthday",
            Self::Health => "health",
            Self::Person => "person",
        }
    }
}

/// Words that stand beside a day of birth.
const BIRTH: [&str; 6] = ["geb", "geboren", "geburtsdatum", "geburtstag", "born", "birthdate"];
/// Words that are said of one ill person, whatever follows.
const ILL: [&str; 5] = ["diagnose", "diagnostiziert", "diagnosis", "diagnosed", "attest"];
/// Words for a state of health; groups may have it too, so somebody must "have" it here.
const CONDITIONS: [&str; 9] =
    ["adhs", "adhd", "autismus", "autism", "epilepsie", "demenz", "depression", "trisomie", "krebs"];
/// Words that tie a state of health to somebody.
const HAVING: [&str; 5] = ["hat", "leidet", "erkrankt", "has", "suffers"];
/// Forms of address before a name.
const ADDRESS: [&str; 7] = ["Herr", "Herrn", "Frau", "Mr", "Mrs", "Ms", "Fr"];
/// How many words may stand between "hat" and the condition.
const REACH: usize = 3;

/// What the text seems to tell about one person, each sign once; `now` tells a birthday from a coming feast.
#[must_use]
pub fn hints(text: &str, now: Instant) -> Vec<Hint> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let small: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let mut found = Vec::new();
    if tells_birthday(text, &small, now) {
        found.push(Hint::Birthday);
    }
    if tells_health(&small) {
        found.push(Hint::Health);
    }
    if names_person(&words) {
        found.push(Hint::Person);
    }
    found
}

fn tells_birthday(text: &str, small: &[String], now: Instant) -> bool {
    let numbered = |word: &String| word.chars().any(|c| c.is_ascii_digit());
    let near = |at: usize| small.iter().skip(at + 1).take(REACH).any(numbered);
    let said = small.iter().enumerate().any(|(at, word)| BIRTH.contains(&word.as_str()) && near(at));
    let year = jiff::Timestamp::from_millisecond(now.0)
        .map_or(i16::MAX, |moment| moment.to_zoned(jiff::tz::TimeZone::UTC).year());
    said || text.split_whitespace().any(|word| year_of_day(word).is_some_and(|of_day| of_day < year))
}

/// The year of a day written `3.4.2019`; nothing for every other word.
fn year_of_day(word: &str) -> Option<i16> {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    let mut parts = word.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let day_fits = day.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
    let month_fits = month.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    let year = year.parse::<i16>().ok().filter(|year| (1900..2100).contains(year))?;
    (day_fits && month_fits && parts.next().is_none()).then_some(year)
}

fn tells_health(small: &[String]) -> bool {
    let is_condition = |word: &String| CONDITIONS.contains(&word.as_str());
    let has = |(at, word): (usize, &String)| {
        HAVING.contains(&word.as_str()) && small.iter().skip(at + 1).take(REACH).any(is_condition)
    };
    small.iter().any(|word| ILL.contains(&word.as_str())) || small.iter().enumerate().any(has)
}

fn names_person(words: &[&str]) -> bool {
    let is_name = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    words.windows(2).any(|pair| ADDRESS.contains(&pair[0]) && is_name(pair[1]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// 2 March 2026.
    const NOW: Instant = Instant(1_772_436_600_000);

    #[test]
    fn a_birthday_is_asked_about_and_a_coming_feast_is_not() {
        assert_eq!(hints("Geschenk für Ali, 3.4.2019", NOW), [Hint::Birthday]);
        assert_eq!(hints("Mia (geb. 2019) sucht ein Fahrrad", NOW), [Hint::Birthday]);
        assert_eq!(hints("Geburtstag am 5. Mai", NOW), [Hint::Birthday]);
        assert_eq!(hints("Zelt für das Sommerfest am 12.09.2026", NOW), []);
        assert_eq!(hints("Raum für Geburtstage", NOW), []);
        assert_eq!(hints("Fassung 1.2.3000 und 99.99.2019", NOW), []);
    }

    #[test]
    fn the_health_of_one_person_is_asked_about_and_help_for_a_group_is_not() {
        assert_eq!(hints("Ein Junge hat starkes ADHS", NOW), [Hint::Health]);
        assert_eq!(hints("Begleitung, Diagnose liegt vor", NOW), [Hint::Health]);
        assert_eq!(hints("Vortrag über Demenz für Angehörige", NOW), []);
        assert_eq!(hints("Sie hat am Montag Zeit", NOW), []);
    }

    #[test]
    fn a_name_with_a_form_of_address_is_asked_about() {
        assert_eq!(hints("Herr Yılmaz braucht eine Rampe", NOW), [Hint::Person]);
        assert_eq!(hints("Rollator für Frau Müller", NOW), [Hint::Person]);
        assert_eq!(hints("Selbstverteidigung für Frau und Kind", NOW), []);
        assert_eq!(hints("Frauenfrühstück am Dienstag", NOW), []);
    }

    #[test]
    fn several_signs_are_all_told() {
        let text = "Frau Kaya, geb. 1950, leidet an Demenz";
        assert_eq!(hints(text, NOW), [Hint::Birthday, Hint::Health, Hint::Person]);
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in "\\PC{0,200}", now in any::<i64>()) {
            let found = hints(&text, Instant(now));
            prop_assert!(found.len() <= 3);
        }
    }
}
