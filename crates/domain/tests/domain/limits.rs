use kiez_domain::issue::Problem;
use kiez_domain::limits::{Limits, Rhythm, parse_count};
use proptest::prelude::*;

#[test]
fn nothing_at_present_is_a_limit_too() {
    let none = Limits::new(0, Rhythm::Month).expect("a limit");
    assert_eq!((none.capacity(), none.per()), (0, Rhythm::Month));
}

#[test]
fn a_number_beyond_the_ceiling_is_refused_with_the_ceiling() {
    let Err(Problem::OutOfRange { given, least, most }) = Limits::new(u32::MAX, Rhythm::Once) else {
        panic!("it was taken")
    };
    assert_eq!((given, least, most), (u32::MAX.to_string(), "0".to_owned(), "10000".to_owned()));
}

#[test]
fn an_empty_field_is_not_a_zero() {
    assert_eq!(parse_count("", 0, 9), Ok(None));
    assert_eq!(parse_count(" \t", 0, 9), Ok(None));
    assert_eq!(parse_count("0", 0, 9), Ok(Some(0)));
}

#[test]
fn what_is_no_whole_number_is_refused_with_an_example() {
    for wrong in ["zwei", "2,5", "2.0", "-1", "1 000", "٣", "99999999999"] {
        let refused = parse_count(wrong, 0, u32::MAX).expect_err(wrong).to_string();
        assert!(refused.contains(wrong) && refused.contains("such as 2"), "{refused}");
    }
}

proptest! {
    #[test]
    fn capacities_up_to_the_ceiling_are_kept(capacity in any::<u32>()) {
        for per in Rhythm::all() {
            let limits = Limits::new(capacity, per);
            prop_assert_eq!(limits.is_ok(), capacity <= Limits::MOST);
            if let Ok(limits) = limits {
                prop_assert_eq!((limits.capacity(), limits.per()), (capacity, per));
            }
        }
    }

    #[test]
    fn a_count_is_read_exactly_within_its_bounds(number in any::<u32>(), a in any::<u32>(), b in any::<u32>()) {
        let (least, most) = (a.min(b), a.max(b));
        let read = parse_count(&format!(" {number} "), least, most);
        if (least..=most).contains(&number) {
            prop_assert_eq!(read, Ok(Some(number)));
        } else {
            let expected =
                Problem::OutOfRange { given: number.to_string(), least: least.to_string(), most: most.to_string() };
            prop_assert_eq!(read, Err(expected));
        }
    }
}
