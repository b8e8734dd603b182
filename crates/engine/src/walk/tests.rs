use super::*;
use kiez_domain::opening_week::Span;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn at(text: &str) -> DateTime {
    text.parse().expect("a moment")
}

fn terms(minutes: u32) -> Terms {
    let start = Position::new(52.5, 13.4).expect("in range");
    Terms { start, at: at("2026-03-02T09:00"), minutes, door_minutes: 10, returns: false }
}

/// A door so many metres on foot to the east and to the north of the start.
fn door(id: usize, east: f64, north: f64) -> Door {
    let degree = 1.3 * std::f64::consts::PI * 6_371_008.8 / 180.0;
    let lat = 52.5 + north / degree;
    let lon = 13.4 + east / degree / 52.5_f64.to_radians().cos();
    Door {
        id: id.to_string(),
        position: Position::new(lat, lon).expect("in range"),
        value: 1.0,
        join: Some(1.0),
        hours: None,
        last_visit: None,
        not_before: None,
    }
}

/// Open on every day from one minute to another.
fn daily(from: u16, to: u16) -> Option<OpeningWeek> {
    Span::new(from, to).map(|span| OpeningWeek::new(std::array::from_fn(|_| vec![span])))
}

fn order(plan: &Plan) -> Vec<usize> {
    plan.stops.iter().map(|stop| stop.door).collect()
}

fn field(doors: &[Door], terms: &Terms) -> Field {
    let mut field = Field::new(terms);
    for door in doors {
        let _left_out = field.add(door, &Worth::of(door, terms.at.date()));
    }
    field
}

/// The most points that any walk brings: dynamic programming over subsets and last stops, with every time at which a
/// subset can be over, because an early arrival may find a closed door and a late one an open one.
fn optimum(field: &Field) -> u64 {
    let mut states: BTreeMap<(u32, usize), BTreeSet<u32>> = BTreeMap::new();
    states.insert((0, HOME), BTreeSet::from([0]));
    let mut best = 0;
    // A subset always has a smaller number than what it grows into.
    while let Some(((subset, last), times)) = states.pop_first() {
        let inside = |door: usize| subset >> (door - 1) & 1 == 1;
        for now in times {
            if now + field.onward(last, None) <= field.budget() {
                best =
                    best.max(field.doors().filter(|door| inside(*door)).map(|door| field.points(door)).sum());
            }
            for door in field.doors().filter(|door| !inside(*door)) {
                if let Some(leg) = field.leg(now, last, door) {
                    let grown = states.entry((subset | 1 << (door - 1), door)).or_default();
                    grown.insert(leg.begins + field.service());
                }
            }
        }
    }
    best
}

fn case() -> impl Strategy<Value = (Vec<Door>, Terms)> {
    let hours = prop_oneof![
        2 => Just(None),
        1 => (480_u16..700, 20_u16..240).prop_map(|(from, length)| daily(from, from + length)),
    ];
    let one = (-800.0..800.0_f64, -800.0..800.0_f64, 0.0..5.0_f64, hours);
    let doors = proptest::collection::vec(one, 0..8).prop_map(|places| {
        let numbered = places.into_iter().enumerate();
        numbered
            .map(|(id, (east, north, value, hours))| Door { value, hours, ..door(id, east, north) })
            .collect()
    });
    (doors, 0_u32..150, any::<bool>())
        .prop_map(|(doors, minutes, returns)| (doors, Terms { returns, ..terms(minutes) }))
}

proptest! {
    #[test]
    fn no_walk_brings_more_than_the_optimum_and_every_walk_can_be_walked((doors, terms) in case()) {
        let field = field(&doors, &terms);
        let route = search::best(&field);
        prop_assert!(field.finish(&route).is_some_and(|finish| finish <= terms.minutes * 60));
        prop_assert_eq!(route.iter().collect::<BTreeSet<_>>().len(), route.len());
        prop_assert!(field.worth(&route) <= optimum(&field));
    }

    #[test]
    fn a_single_door_that_can_be_visited_is_visited((doors, terms) in case()) {
        for door in doors {
            let one = field(std::slice::from_ref(&door), &terms);
            prop_assert_eq!(one.worth(&search::best(&one)), optimum(&one));
        }
    }

    #[test]
    fn times_go_forward_and_hold_to_the_hours((doors, terms) in case()) {
        let plan = plan(&doors, &terms);
        let mut leaves = terms.at;
        for stop in &plan.stops {
            prop_assert!(leaves <= stop.arrives && stop.arrives <= stop.begins);
            prop_assert!(stop.begins <= stop.arrives + 15.minutes());
            leaves = stop.begins + i64::from(terms.door_minutes).minutes();
            prop_assert!(stop.closes.is_none_or(|closes| leaves <= closes));
        }
        prop_assert!(leaves <= plan.ends && plan.ends <= terms.at + i64::from(terms.minutes).minutes());
        let left = plan.left;
        prop_assert_eq!(
            plan.stops.len() + left.worthless + left.closed + left.too_far + left.no_time,
            doors.len()
        );
        prop_assert_eq!(&plan, &super::plan(&doors, &terms), "the same question has the same answer");
    }
}

#[test]
fn a_way_along_a_line_is_walked_in_its_order_with_arrivals_to_the_minute() {
    // 400 m are five minutes, a visit takes ten.
    let doors = [door(0, 800.0, 0.0), door(1, 400.0, 0.0), door(2, 1200.0, 0.0)];
    let plan = plan(&doors, &terms(60));
    assert_eq!(order(&plan), [1, 0, 2]);
    let near = |one: DateTime, other: &str| {
        (one - at(other)).total(jiff::Unit::Second).expect("seconds").abs() <= 3.0
    };
    assert!(near(plan.stops[0].arrives, "2026-03-02T09:05"), "{plan:?}");
    assert!(
        near(plan.stops[1].arrives, "2026-03-02T09:20") && near(plan.stops[2].arrives, "2026-03-02T09:35")
    );
    assert!(near(plan.ends, "2026-03-02T09:45") && plan.walk_m.abs_diff(1200) <= 2, "{plan:?}");
}

#[test]
fn whoever_must_come_back_turns_round_in_time() {
    let doors = [door(0, 400.0, 0.0), door(1, 800.0, 0.0)];
    let back = Terms { returns: true, ..terms(39) };
    assert_eq!(order(&plan(&doors, &back)), [0], "two would take 20 minutes of asking and 20 of walking");
    assert_eq!(order(&plan(&doors, &Terms { minutes: 41, ..back })).len(), 2);
    assert_eq!(plan(&doors, &terms(39)).stops.len(), 2);
}

#[test]
fn what_brings_more_for_its_minutes_goes_before_what_is_near() {
    let near = Door { value: 1.0, ..door(0, 80.0, 0.0) };
    let worth_it = Door { value: 9.0, ..door(1, -800.0, 0.0) };
    assert_eq!(order(&plan(&[near, worth_it], &terms(21))), [1]);
}

#[test]
fn a_door_that_opens_soon_is_waited_for_and_one_that_opens_late_is_not() {
    let soon = Door { hours: daily(9 * 60 + 15, 12 * 60), ..door(0, 400.0, 0.0) };
    let stop = plan(std::slice::from_ref(&soon), &terms(60)).stops.remove(0);
    assert_eq!((stop.begins, stop.closes), (at("2026-03-02T09:15"), Some(at("2026-03-02T12:00"))));
    let late = Door { hours: daily(9 * 60 + 30, 12 * 60), ..soon.clone() };
    assert!(plan(&[late], &terms(60)).stops.is_empty());
    let between = Door { hours: daily(8 * 60, 9 * 60 + 14), ..soon };
    assert_eq!(plan(&[between], &terms(60)).left.closed, 1, "it closes before the question is asked");
}

#[test]
fn a_night_is_one_stretch_also_over_the_end_of_the_week() {
    let night = Door { hours: daily(20 * 60, 28 * 60), ..door(0, 0.0, 0.0) };
    let whole = Door { hours: daily(0, 24 * 60), ..door(1, 0.0, 0.0) };
    // Sunday, shortly before midnight.
    let late = Terms { at: at("2026-03-01T23:55"), ..terms(20) };
    let plan = plan(&[night, whole], &late);
    assert_eq!(plan.stops.len(), 2, "{plan:?}");
}

#[test]
fn when_a_door_closes_is_told_unless_it_is_open_day_and_night() {
    let told = |hours| {
        let stop = plan(&[Door { hours, ..door(0, 160.0, 0.0) }], &terms(60)).stops.remove(0);
        stop.reasons().into_iter().filter(|why| matches!(why, WalkReason::Closes { .. })).collect::<Vec<_>>()
    };
    assert_eq!(told(daily(9 * 60, 18 * 60 + 30)), [WalkReason::Closes { hour: 18, minute: 30 }]);
    assert_eq!(told(daily(0, 24 * 60)), []);
    assert_eq!(told(None), []);
}

#[test]
fn somebody_who_was_asked_lately_rests_and_who_wants_to_be_called_again_is_called_then() {
    let today = at("2026-03-02T09:00").date();
    let visited = |days: i64| Door { last_visit: Some(today - days.days()), ..door(0, 0.0, 0.0) };
    let worth = |door: &Door| Worth::of(door, today).total();
    assert_eq!([0, 90, 180, 900].map(|days| worth(&visited(days))), [0.0, 0.5, 1.0, 1.0]);
    let later = Door { not_before: Some(today + 1.day()), ..door(0, 0.0, 0.0) };
    assert_eq!(worth(&later), 0.0);
    assert_eq!(worth(&Door { not_before: Some(today), ..later }), 1.0);
    assert_eq!(worth(&Door { join: None, value: 3.0, ..door(0, 0.0, 0.0) }), 1.5);
    assert_eq!(worth(&Door { value: f64::NAN, ..door(0, 0.0, 0.0) }), 0.0);
    assert_eq!(plan(&[visited(0)], &terms(60)).left.worthless, 1);
}

#[test]
fn nothing_to_do_is_an_answer() {
    assert!(plan(&[], &terms(60)).stops.is_empty());
    let here = [door(0, 0.0, 0.0)];
    assert_eq!(plan(&here, &terms(0)).left.too_far, 1);
    assert_eq!(plan(&here, &Terms { door_minutes: 0, ..terms(1) }).stops.len(), 1);
    let closed = Door { hours: Some(OpeningWeek::default()), ..door(0, 0.0, 0.0) };
    assert_eq!(plan(&[closed], &terms(60)).left.closed, 1);
}

#[test]
fn ten_thousand_doors_also_at_one_point_fill_the_time() {
    let spread: Vec<Door> = (0..10_000)
        .map(|id| door(id, (id % 100) as f64 * 20.0 - 1e3, (id / 100) as f64 * 20.0 - 1e3))
        .collect();
    // A door stands at the start; the next ones 20 m further: 15 s and ten minutes each.
    assert!(plan(&spread, &terms(120)).stops.len() >= 11);
    let heap: Vec<Door> = (0..10_000).map(|id| door(id, 0.0, 0.0)).collect();
    assert_eq!(plan(&heap, &terms(120)).stops.len(), 12);
    let all_day = plan(&heap[..2_000], &Terms { door_minutes: 2, ..terms(LONGEST_WALK) });
    assert_eq!(all_day.stops.len(), LONGEST_WALK as usize / 2);
}

/// Shows with `--nocapture` how near the heuristic comes; what it asserts holds for every heuristic that does not cheat.
#[test]
fn the_share_of_the_optimum_is_measured_on_a_thousand_cases() {
    let mut dice = search::Dice(2026);
    let (mut sum, mut optimal, mut least) = (0.0, 0, 1.0_f64);
    for _ in 0..CASES {
        let doors: Vec<Door> = (0..8)
            .map(|id| {
                let opens = 500 + dice.below(150) as u16;
                let hours =
                    if dice.below(3) == 0 { daily(opens, opens + 30 + dice.below(200) as u16) } else { None };
                let place = door(id, dice.share() * 1600.0 - 800.0, dice.share() * 1600.0 - 800.0);
                Door { value: 0.1 + dice.share() * 5.0, hours, ..place }
            })
            .collect();
        let terms = Terms { returns: dice.below(2) == 0, ..terms(30 + dice.below(90) as u32) };
        let field = field(&doors, &terms);
        let (found, most) = (field.worth(&search::best(&field)), optimum(&field));
        assert!(found <= most && (found > 0 || most == 0));
        let share = if most == 0 { 1.0 } else { found as f64 / most as f64 };
        (sum, least) = (sum + share, least.min(share));
        optimal += u32::from(found == most);
    }
    println!(
        "mean share of the optimum {:.5}, least {least:.3}, optimal {optimal} of {CASES}",
        sum / f64::from(CASES)
    );
}

const CASES: u32 = 1_000;
