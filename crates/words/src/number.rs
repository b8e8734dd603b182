//! Numbers and days in the reader's language.

use crate::locale::Locale;
use fluent_bundle::FluentValue;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale as IcuLocale;
use jiff::civil::Date;

/// A whole number with the language's groups: 39.428 or 39,428.
#[must_use]
pub fn whole(locale: Locale, number: i64) -> String {
    let tag = if locale == Locale::German { "de" } else { "en" };
    grouped(tag, number)
}

/// A day: 31.03.2026 or 31 Mar 2026.
#[must_use]
pub fn day(locale: Locale, day: Date) -> String {
    let pattern = if locale == Locale::German { "%d.%m.%Y" } else { "%-d %b %Y" };
    day.strftime(pattern).to_string()
}

/// Gives Fluent the numbers of its sentences in the language's own form.
pub(crate) fn for_fluent(
    value: &FluentValue<'_>,
    memoizer: &intl_memoizer::concurrent::IntlLangMemoizer,
) -> Option<String> {
    let _ = memoizer;
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 && number.value.abs() < 1e15 => {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "whole and within the range of i64 by the guard"
            )]
            let whole = number.value as i64;
            (whole.abs() < 10_000).then(|| whole.to_string())
        }
        _ => None,
    }
}

fn grouped(tag: &str, number: i64) -> String {
    let locale: Option<IcuLocale> = tag.parse().ok();
    let formatter =
        locale.and_then(|locale| DecimalFormatter::try_new(locale.into(), Default::default()).ok());
    match formatter {
        Some(formatter) => formatter.format(&Decimal::from(number)).to_string(),
        None => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_follow_the_language() {
        assert_eq!(whole(Locale::German, 39_428), "39.428");
        assert_eq!(whole(Locale::English, 39_428), "39,428");
        let march = Date::new(2026, 3, 31).expect("a day");
        assert_eq!(day(Locale::German, march), "31.03.2026");
        assert_eq!(day(Locale::English, march), "31 Mar 2026");
    }
}
