//! One van that serves several needs.

use super::{Bundle, Bundles, MOST_FOUND, MOST_NEEDS, Possible, choose};
use crate::walk::METRES_A_MINUTE;
use kiez_domain::position::Position;
use kiez_domain::week_hours::WeekHours;
use std::collections::BTreeMap;

/// Any two needs of a trip lie at most so many metres apart, on foot.
pub const APART_M: f64 = 400.0;
/// No two places on the same degree of latitude are farther apart than these metres for each degree of difference.
const METRES_A_DEGREE: f64 = 111_000.0;
/// So many of those near a need are combined with it, the nearest.
const MOST_NEAR: usize = 12;

/// A need that somebody must drive for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Errand {
    /// Which errand it is: those of one number can be done by the same van.
    pub kind: u32,
    /// Where the need is; errands without a place are in no bundle.
    pub position: Option<Position>,
    /// When it can be done; any time where nothing is told.
    pub times: Option<WeekHours>,
    /// What one trip costs whoever drives, in minutes.
    pub minutes: u32,
}

/// Finds trips that serve two to four errands of one kind, each within [`APART_M`] of every other, with an hour that suits all.
///
/// A trip saves what the further ones would have cost alone, less the way from stop to stop.
#[must_use]
pub fn trips(errands: &[Errand]) -> Bundles {
    let mut of_kind: BTreeMap<u32, Vec<(usize, Position)>> = BTreeMap::new();
    for (place, errand) in errands.iter().enumerate() {
        if let Some(position) = errand.position {
            of_kind.entry(errand.kind).or_default().push((place, position));
        }
    }
    let mut possible = Vec::new();
    let mut is_whole = true;
    for mut same in of_kind.into_values() {
        same.sort_by(|a, b| a.1.lat().total_cmp(&b.1.lat()).then(a.0.cmp(&b.0)));
        for first in 0..same.len() {
            let (near, all_near) = near(&same, first);
            is_whole &= all_near;
            let mut row = vec![same[first]];
            extend(errands, &near, (&mut row, errands[same[first].0].times), &mut possible);
            if possible.len() > MOST_FOUND {
                possible.truncate(MOST_FOUND);
                return choose(&possible, false);
            }
        }
    }
    choose(&possible, is_whole)
}

/// Those behind the first, in the order of latitude, that are near enough: the nearest, and whether that is all of them.
fn near(same: &[(usize, Position)], first: usize) -> (Vec<(usize, Position)>, bool) {
    let own = same[first].1;
    let behind = same[first + 1..].iter();
    let band = behind.take_while(|(_, other)| (other.lat() - own.lat()) * METRES_A_DEGREE <= APART_M);
    let mut near: Vec<(usize, Position)> =
        band.filter(|(_, other)| own.walk_m(*other) <= APART_M).copied().collect();
    near.sort_by(|a, b| own.walk_m(a.1).total_cmp(&own.walk_m(b.1)).then(a.0.cmp(&b.0)));
    let is_whole = near.len() <= MOST_NEAR;
    near.truncate(MOST_NEAR);
    (near, is_whole)
}

/// Adds one errand after the other to a row as long as all of it fits together.
fn extend(
    errands: &[Errand],
    near: &[(usize, Position)],
    (row, times): (&mut Vec<(usize, Position)>, Option<WeekHours>),
    possible: &mut Vec<Possible>,
) {
    for (at, next) in near.iter().enumerate() {
        let Some(times) = together(times, errands[next.0].times) else { continue };
        if row.iter().any(|(_, other)| other.walk_m(next.1) > APART_M) {
            continue;
        }
        row.push(*next);
        possible.extend(trip(errands, row));
        if row.len() < MOST_NEEDS {
            extend(errands, &near[at + 1..], (row, times), possible);
        }
        row.pop();
    }
}

/// The hours that suit both; nothing when there are none.
fn together(one: Option<WeekHours>, other: Option<WeekHours>) -> Option<Option<WeekHours>> {
    match (one, other) {
        (Some(one), Some(other)) => {
            let both = one.overlap(other);
            (!both.is_empty()).then_some(Some(both))
        }
        (one, other) => Some(one.or(other)),
    }
}

/// A row of errands on their shortest way, where it saves anything.
fn trip(errands: &[Errand], row: &[(usize, Position)]) -> Option<Possible> {
    let (way_m, order) = shortest(row);
    let all = row.iter().map(|(place, _)| errands[*place].minutes);
    let longest = all.clone().max().unwrap_or(0);
    // Between two stops a van needs no longer than somebody on foot.
    let way = (way_m / METRES_A_MINUTE).ceil() as u32;
    let minutes = all.sum::<u32>().saturating_sub(longest).saturating_sub(way);
    let members = row.iter().map(|(place, _)| *place as u32).collect();
    (minutes > 0).then_some(Possible { bundle: Bundle { parts: order, minutes }, members, fit: 10_000 })
}

/// The shortest way past all of at most four places, by trying each order; of equals the first.
fn shortest(row: &[(usize, Position)]) -> (f64, Vec<usize>) {
    let mut best = (f64::INFINITY, Vec::new());
    let mut way: Vec<(usize, Position)> = Vec::new();
    go_on(row, (&mut way, 0.0), &mut best);
    best
}

fn go_on(
    row: &[(usize, Position)],
    (way, metres): (&mut Vec<(usize, Position)>, f64),
    best: &mut (f64, Vec<usize>),
) {
    if way.len() == row.len() && metres < best.0 {
        *best = (metres, way.iter().map(|(place, _)| *place).collect());
    }
    for next in row {
        if !way.iter().any(|(place, _)| *place == next.0) {
            let step = way.last().map_or(0.0, |(_, last)| last.walk_m(next.1));
            way.push(*next);
            go_on(row, (way, metres + step), best);
            way.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many metres north of a place in Berlin, as the crow flies.
    fn errand(north_m: f64, times: &str) -> Errand {
        let position = Position::new(52.49 + north_m / 111_195.0, 13.42).ok();
        let times = (!times.is_empty()).then(|| times.parse().expect("hours of a week"));
        Errand { kind: 1, position, times, minutes: 60 }
    }

    #[test]
    fn neighbours_are_served_by_one_trip_in_the_order_of_the_street() {
        let found = trips(&[errand(0.0, ""), errand(200.0, ""), errand(100.0, "")]);
        assert_eq!(found.bundles.len(), 1);
        let bundle = &found.bundles[0];
        assert!(bundle.parts == [0, 2, 1] || bundle.parts == [1, 2, 0], "{bundle:?}");
        // Two trips of 60 minutes less, 260 metres between the stops more.
        assert_eq!((bundle.minutes, found.is_best), (116, true));
    }

    #[test]
    fn who_is_too_far_or_free_at_other_hours_or_needs_something_else_drives_alone() {
        assert_eq!(trips(&[errand(0.0, ""), errand(320.0, "")]).bundles, [], "416 metres on foot");
        assert_eq!(trips(&[errand(0.0, ""), errand(300.0, "")]).bundles.len(), 1, "390 metres");
        assert_eq!(trips(&[errand(0.0, "Mo 09:00-11:00"), errand(50.0, "Mo 11:00-13:00")]).bundles, []);
        assert_eq!(trips(&[errand(0.0, "Mo 09:00-11:00"), errand(50.0, "Mo 10:00-13:00")]).bundles.len(), 1);
        assert_eq!(trips(&[errand(0.0, ""), Errand { kind: 2, ..errand(50.0, "") }]).bundles, []);
        assert_eq!(trips(&[errand(0.0, ""), Errand { position: None, ..errand(50.0, "") }]).bundles, []);
        assert_eq!(trips(&[]).bundles, []);
    }

    #[test]
    fn one_hour_must_suit_all_and_not_only_each_two() {
        let times = ["Mo 09:00-11:00", "Mo 10:00-13:00, Tu 09:00-10:00", "Mo 09:00-10:00, Tu 09:00-10:00"];
        let errands = times.map(|times| errand(0.0, times));
        let found = trips(&errands);
        assert_eq!(found.bundles.len(), 1);
        assert_eq!(found.bundles[0].parts.len(), 2, "each two share an hour, the three do not");
    }

    #[test]
    fn a_trip_that_saves_nothing_is_none() {
        let short = Errand { minutes: 1, ..errand(300.0, "") };
        assert_eq!(trips(&[short, Errand { minutes: 1, ..errand(0.0, "") }]).bundles, []);
    }

    #[test]
    fn ten_thousand_errands_in_one_street_end_without_a_claim_to_the_best() {
        let all: Vec<Errand> = (0..10_000).map(|at| errand(f64::from(at), "")).collect();
        let found = trips(&all);
        assert!(!found.is_best && !found.bundles.is_empty());
        let mut parts: Vec<usize> = found.bundles.iter().flat_map(|one| one.parts.clone()).collect();
        let count = parts.len();
        parts.sort_unstable();
        parts.dedup();
        assert_eq!(parts.len(), count, "no errand is on two trips");
    }
}
