//! Hours of the week with the day names of the reader's language.

use crate::locale::Locale;
use kiez_domain::week_hours::WeekHours;

/// Day names as they are stored, and in German.
const GERMAN_DAYS: [(&str, &str); 4] = [("Tu ", "Di "), ("We ", "Mi "), ("Th ", "Do "), ("Su ", "So ")];

/// "Mo 09:00–12:00, Di 14:00–16:00".
#[must_use]
pub fn week_hours(locale: Locale, hours: WeekHours) -> String {
    let mut text = hours.to_string().replace('-', "–");
    if locale == Locale::German {
        for (stored, german) in GERMAN_DAYS {
            text = text.replace(stored, german);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_named_in_the_language_of_the_page() {
        let hours: WeekHours = "Di 14:00-16:00, So 10:00-11:00".parse().expect("readable");
        assert_eq!(week_hours(Locale::German, hours), "Di 14:00–16:00, So 10:00–11:00");
        assert_eq!(week_hours(Locale::English, hours), "Tu 14:00–16:00, Su 10:00–11:00");
    }
}
