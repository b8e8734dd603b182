use kiez_domain::issue::Problem;
use kiez_domain::money::Money;
use proptest::prelude::*;

fn cents(text: &str) -> Option<i64> {
    text.parse::<Money>().ok().map(Money::cents)
}

#[test]
fn amounts_are_read_as_people_write_them() {
    for (written, amount) in [
        ("0", 0),
        ("5", 500),
        ("0,5", 50),
        ("0.05", 5),
        ("12,30 €", 1_230),
        ("1.234.567,89", 123_456_789),
        ("1 234,56", 123_456),
        ("1\u{a0}234,56\u{a0}€", 123_456),
        ("-3,20", -320),
        ("007,00", 700),
    ] {
        assert_eq!(cents(written), Some(amount), "{written}");
    }
}

#[test]
fn a_point_before_three_digits_parts_thousands_and_before_two_it_parts_cents() {
    assert_eq!(cents("1.234"), Some(123_400));
    assert_eq!(cents("1.23"), Some(123));
    assert_eq!(cents("12.345,6"), Some(1_234_560));
}

#[test]
fn a_third_decimal_is_refused_and_never_rounded() {
    for written in ["0,125", "1234.567", "1,2345", "1.234,567"] {
        assert_eq!(cents(written), None, "{written}");
    }
}

#[test]
fn what_is_no_amount_says_so() {
    for written in ["-", "--5", "+5", "1e3", "12€50", "1.23.456", ".5.", "٥", "zehn", "1,-"] {
        let refused = written.parse::<Money>().expect_err(written);
        assert!(matches!(refused, Problem::Unreadable { .. }), "{written}: {refused}");
    }
    for empty in ["", "  ", "€"] {
        assert_eq!(empty.parse::<Money>(), Err(Problem::Missing), "{empty:?}");
    }
}

#[test]
fn the_largest_and_the_smallest_amount_are_read_and_one_cent_more_is_refused() {
    assert_eq!(cents("92233720368547758,07"), Some(i64::MAX));
    assert_eq!(cents("-92233720368547758,08"), Some(i64::MIN));
    assert_eq!(cents("92233720368547758,08"), None);
    assert_eq!(cents("-92233720368547758,09"), None);
}

#[test]
fn cents_have_two_digits_and_the_sign_stands_before_the_euros() {
    for (amount, written) in [(0, "0,00"), (5, "0,05"), (-5, "-0,05"), (123_456, "1234,56"), (-100, "-1,00")]
    {
        assert_eq!(Money::from_cents(amount).to_string(), written);
    }
}

proptest! {
    #[test]
    fn amounts_sort_as_their_cents(a in any::<i64>(), b in any::<i64>()) {
        prop_assert_eq!(Money::from_cents(a).cmp(&Money::from_cents(b)), a.cmp(&b));
        prop_assert_eq!(Money::from_cents(a).cents(), a);
    }

    #[test]
    fn groups_and_the_sign_of_the_currency_make_no_difference(euros in 1_000i64..1_000_000, part in 0i64..100) {
        let grouped = format!("{}.{:03},{part:02} €", euros / 1_000, euros % 1_000);
        prop_assert_eq!(cents(&grouped), Some(euros * 100 + part));
    }
}
