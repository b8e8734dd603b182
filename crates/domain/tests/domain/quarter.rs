use kiez_domain::issue::Problem;
use kiez_domain::position::Position;
use kiez_domain::quarter::{Outline, Ring};
use proptest::prelude::*;

fn at(lat: f64, lon: f64) -> Position {
    Position::new(lat, lon).expect("on earth")
}

fn ring(corners: &[(f64, f64)]) -> Ring {
    let mut all: Vec<Position> = corners.iter().map(|(lat, lon)| at(*lat, *lon)).collect();
    all.push(all[0]);
    Ring::new(all).expect("closed")
}

fn box_of((south, west): (f64, f64), (north, east): (f64, f64)) -> Ring {
    ring(&[(south, west), (south, east), (north, east), (north, west)])
}

#[test]
fn a_ring_has_three_corners_and_comes_back_to_the_first() {
    let triangle = ring(&[(0.0, 0.0), (0.0, 1.0), (1.0, 0.0)]);
    assert_eq!(triangle.corners().len(), 4);
    assert_eq!(triangle.corners().first(), triangle.corners().last());
    let two = Ring::new(vec![at(0.0, 0.0), at(1.0, 1.0), at(0.0, 0.0)]).expect_err("a line is no ring");
    assert!(two.to_string().contains("3 corners"), "{two}");
    let open =
        Ring::new(vec![at(0.0, 0.0), at(0.0, 1.0), at(1.0, 1.0), at(1.0, 0.0)]).expect_err("it is open");
    assert!(matches!(open, Problem::Unreadable { .. }), "{open}");
}

#[test]
fn an_outline_has_a_part_and_each_part_a_ring() {
    assert_eq!(Outline::new(vec![]), Err(Problem::Missing));
    assert_eq!(Outline::new(vec![vec![box_of((0.0, 0.0), (1.0, 1.0))], vec![]]), Err(Problem::Missing));
}

#[test]
fn a_bay_lies_outside_and_both_arms_inside() {
    // A U that is open to the north.
    let corners =
        [(0.0, 0.0), (0.0, 6.0), (6.0, 6.0), (6.0, 4.0), (2.0, 4.0), (2.0, 2.0), (6.0, 2.0), (6.0, 0.0)];
    let quarter = Outline::new(vec![vec![ring(&corners)]]).expect("one part");
    assert!(
        quarter.contains(at(5.0, 1.0)) && quarter.contains(at(5.0, 5.0)) && quarter.contains(at(1.0, 3.0))
    );
    assert!(!quarter.contains(at(5.0, 3.0)) && !quarter.contains(at(7.0, 1.0)));
}

#[test]
fn two_parts_are_one_quarter_and_the_river_between_them_is_not() {
    let parts = vec![vec![box_of((0.0, 0.0), (1.0, 1.0))], vec![box_of((0.0, 2.0), (1.0, 3.0))]];
    let quarter = Outline::new(parts).expect("two parts");
    assert!(
        quarter.contains(at(0.5, 0.5)) && quarter.contains(at(0.5, 2.5)) && !quarter.contains(at(0.5, 1.5))
    );
    assert_eq!(quarter.parts().len(), 2);
    assert_eq!(quarter.centre(), Some(at(0.5, 1.5)));
}

#[test]
fn digits_behind_the_centimetre_make_no_other_quarter() {
    let drawn = |more: f64| {
        let corners = [(52.489_900_1 + more, 13.415_1), (52.5 + more, 13.43), (52.49, 13.44 - more)];
        Outline::new(vec![vec![ring(&corners)]]).expect("one part")
    };
    assert_ne!(drawn(0.0), drawn(2e-9));
    assert_eq!(drawn(0.0).at_the_centimetre(), drawn(2e-9).at_the_centimetre());
    assert_ne!(drawn(0.0).at_the_centimetre(), drawn(1e-6).at_the_centimetre());
    let settled = drawn(3e-9).at_the_centimetre();
    assert_eq!(settled.clone().at_the_centimetre(), settled);
}

fn boxes() -> impl Strategy<Value = ((f64, f64), (f64, f64))> {
    (-80.0..70.0f64, -170.0..160.0f64, 0.01..10.0f64, 0.01..10.0f64)
        .prop_map(|(south, west, height, width)| ((south, west), (south + height, west + width)))
}

proptest! {
    #[test]
    fn a_box_holds_what_lies_between_its_sides((low, high) in boxes(), up in -0.5..1.5f64, along in -0.5..1.5f64) {
        let quarter = Outline::new(vec![vec![box_of(low, high)]]).expect("one part");
        let place = at(low.0 + up * (high.0 - low.0), low.1 + along * (high.1 - low.1));
        let inside = low.0 < place.lat() && place.lat() < high.0 && low.1 < place.lon() && place.lon() < high.1;
        let on_the_line = [low.0, high.0].contains(&place.lat()) || [low.1, high.1].contains(&place.lon());
        prop_assume!(!on_the_line);
        prop_assert_eq!(quarter.contains(place), inside);
    }

    #[test]
    fn the_middle_of_a_box_lies_in_it((low, high) in boxes()) {
        let quarter = Outline::new(vec![vec![box_of(low, high)]]).expect("one part");
        prop_assert!(quarter.contains(quarter.centre().expect("a middle")));
    }

    #[test]
    fn it_makes_no_difference_in_which_direction_a_ring_is_drawn((low, high) in boxes(), up in 0.1..0.9f64) {
        let there = box_of(low, high);
        let back = Ring::new(there.corners().iter().rev().copied().collect()).expect("closed");
        let place = at(low.0 + up * (high.0 - low.0), low.1 + 0.3 * (high.1 - low.1));
        let holds = |ring: Ring| Outline::new(vec![vec![ring]]).expect("one part").contains(place);
        prop_assert!(holds(there) && holds(back));
    }
}
