//! The law of the candidates: whatever is skipped, the best are those of a full scan.

use super::*;
use crate::record::Need;
use crate::weights::Weights;
use kiez_domain::language::LanguageTag;
use kiez_domain::position::Position;
use kiez_domain::week_hours::WeekHours;
use proptest::prelude::*;

/// An offer with everything that can forbid or ease a pair.
#[derive(Debug, Clone)]
struct Made {
    group: Group,
    position: Option<Position>,
    radius_m: Option<u32>,
    times: Option<WeekHours>,
    languages: Vec<LanguageTag>,
    capacity: Option<u32>,
    effort: Option<u32>,
}

/// Many stand at one of a few points, the rest anywhere in the town.
fn position() -> impl Strategy<Value = Option<Position>> {
    let point = (0..3_u8, 0..3_u8)
        .prop_map(|(lat, lon)| (52.5 + f64::from(lat) * 0.004, 13.4 + f64::from(lon) * 0.004));
    let town = (52.45..52.55f64, 13.3..13.5f64);
    let place = prop_oneof![point, town].prop_map(|(lat, lon)| Position::new(lat, lon).expect("in range"));
    proptest::option::weighted(0.9, place)
}

fn times() -> impl Strategy<Value = Option<WeekHours>> {
    let hours = proptest::collection::vec(0..24_usize, 1..5).prop_map(|hours| hours.into_iter().collect());
    proptest::option::of(hours)
}

fn languages() -> impl Strategy<Value = Vec<LanguageTag>> {
    let tag = proptest::sample::select(vec!["de", "tr", "ar", "en", "vi"]);
    proptest::collection::vec(tag.prop_map(|tag| tag.parse().expect("a tag")), 0..3)
}

fn made() -> impl Strategy<Value = Made> {
    let limits = (
        proptest::option::of(200..4_000_u32),
        proptest::option::of(0..3_u32),
        proptest::option::of(0..200_u32),
    );
    (0..5_u32, position(), times(), languages(), limits).prop_map(
        |(group, position, times, languages, (radius_m, capacity, effort))| Made {
            group,
            position,
            radius_m,
            times,
            languages,
            capacity,
            effort,
        },
    )
}

fn need() -> impl Strategy<Value = Need> {
    (position(), proptest::option::of(200..4_000_u32), times(), languages(), 0..4_u32).prop_map(
        |(position, radius_m, times, languages, units)| Need {
            position,
            radius_m,
            times,
            languages,
            units,
            ..Need::default()
        },
    )
}

fn fill(all: &[Made]) -> Candidates {
    let mut candidates = Candidates::default();
    for (slot, one) in (0..).zip(all) {
        let giver = candidates.giver(&Telling {
            position: one.position,
            radius_m: one.radius_m,
            times: one.times,
            languages: &one.languages,
            capacity: one.capacity,
            effort: one.effort,
            typical_effort: None,
        });
        candidates.put(one.group, slot, giver);
    }
    // Groups are asked for by number; nobody needs to be in them.
    (0..5).for_each(|group| candidates.put(group, 99_999, Giver::default()));
    (0..5).for_each(|group| candidates.remove(group, 99_999));
    candidates
}

fn order(a: &(Slot, f64), b: &(Slot, f64)) -> std::cmp::Ordering {
    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
}

fn searched(
    candidates: &Candidates,
    asked: &Asked<'_>,
    bases: &[(Group, f64)],
    top: usize,
) -> Vec<(Slot, f64)> {
    let mut keeper = Keeper { best: Vec::new(), top, seen: 0 };
    candidates.search(asked, bases, 0.0, |slot, score| keeper.take(slot, score));
    keeper.best
}

/// Keeps the best.
struct Keeper {
    best: Vec<(Slot, f64)>,
    top: usize,
    seen: usize,
}

impl Keeper {
    fn take(&mut self, slot: Slot, score: f64) -> f64 {
        self.seen += 1;
        self.best.push((slot, score));
        self.best.sort_by(order);
        self.best.truncate(self.top);
        self.best.get(self.top - 1).map_or(0.0, |(_, worst)| *worst)
    }
}

fn scanned(
    candidates: &Candidates,
    asked: &Asked<'_>,
    bases: &[(Group, f64)],
    all: &[Made],
    top: usize,
) -> Vec<(Slot, f64)> {
    let score = |slot: Slot, group: Group| {
        let (_, base) = bases.iter().find(|(known, _)| *known == group)?;
        let met = asked.meet(candidates.at(slot), candidates.languages()).ok()?;
        Some((slot, asked.score(*base, &met)))
    };
    let mut best: Vec<(Slot, f64)> =
        (0..).zip(all).filter_map(|(slot, one)| score(slot, one.group)).collect();
    best.sort_by(order);
    best.truncate(top);
    best
}

fn weights() -> impl Strategy<Value = Weights> {
    let usual = Just(Weights::default());
    let other = (0.0..1.5f64, 0.0..1.0f64, 0.0..1.0f64, 0.0..1.0f64).prop_map(
        |(distance, time, language, thrift)| Weights {
            distance,
            time,
            language,
            thrift,
            ..Weights::default()
        },
    );
    prop_oneof![usual, other]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_best_of_any_size_are_those_of_a_full_scan(
        all in proptest::collection::vec(made(), 0..700), need in need(), weights in weights(), top in 1..40_usize,
        bases in proptest::collection::vec(0.01..0.97f64, 1..5),
    ) {
        let candidates = fill(&all);
        let asked = Asked::new(&need, &weights, candidates.languages());
        let mut bases: Vec<(Group, f64)> = (0..).zip(bases).collect();
        bases.sort_by(|a, b| b.1.total_cmp(&a.1));
        let expected = scanned(&candidates, &asked, &bases, &all, top);
        prop_assert_eq!(searched(&candidates, &asked, &bases, top), expected);
    }
}

#[test]
fn ten_thousand_at_one_point_are_told_apart() {
    let here = Position::new(52.5, 13.4).ok();
    let one = Made {
        group: 0,
        position: here,
        radius_m: None,
        times: None,
        languages: Vec::new(),
        capacity: None,
        effort: None,
    };
    let all = vec![one; 10_000];
    let candidates = fill(&all);
    let (need, weights) = (Need { position: here, ..Need::default() }, Weights::default());
    let asked = Asked::new(&need, &weights, candidates.languages());
    let best = searched(&candidates, &asked, &[(0, 0.5)], 3);
    // Equals stand in the order of their slots.
    assert_eq!(best.iter().map(|(slot, _)| *slot).collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn most_of_a_town_is_not_looked_at() {
    let grid = (0..100).flat_map(|lat| {
        (0..100).map(move |lon| (52.4 + f64::from(lat) * 0.001, 13.3 + f64::from(lon) * 0.002))
    });
    let all: Vec<Made> = grid
        .map(|(lat, lon)| Made {
            group: 0,
            position: Position::new(lat, lon).ok(),
            radius_m: None,
            times: None,
            languages: Vec::new(),
            capacity: None,
            effort: None,
        })
        .collect();
    let candidates = fill(&all);
    let need = Need { position: Position::new(52.45, 13.4).ok(), ..Need::default() };
    let weights = Weights::default();
    let asked = Asked::new(&need, &weights, candidates.languages());
    let mut keeper = Keeper { best: Vec::new(), top: 10, seen: 0 };
    candidates.search(&asked, &[(0, 0.5)], 0.0, |slot, score| keeper.take(slot, score));
    let seen = keeper.seen;
    assert!(seen < 200, "{seen} of 10,000 were looked at");
}
