//! Small problems with everything that there is: groups, several units, ties everywhere, nothing at all.

use kiez_engine::assignment::{Draft, Edge, NeedUnits, OfferUnits, Schedule};
use proptest::collection::vec;
use proptest::prelude::*;

/// Profits are few, so that many plans are equally good; some bring nothing.
fn profit() -> impl Strategy<Value = i32> {
    prop_oneof![4 => 1..12_i32, 1 => -2..1_i32, 1 => 1..1_000_i32]
}

pub(super) fn group(groups: usize) -> BoxedStrategy<Option<u32>> {
    let groups = u32::try_from(groups).expect("few groups");
    if groups == 0 { Just(None).boxed() } else { prop::option::weighted(0.8, 0..groups).boxed() }
}

fn schedule() -> impl Strategy<Value = Schedule> {
    vec(0..5_i32, 0..5).prop_map(|steps| {
        let rising: Vec<i32> = steps
            .iter()
            .scan(0, |sum, step| {
                *sum += step;
                Some(*sum)
            })
            .collect();
        Schedule::new(&rising).expect("sums of steps never fall")
    })
}

/// Any sound problem of up to seven needs and seven offers.
pub(super) fn draft() -> impl Strategy<Value = Draft> {
    (0..8_usize, 0..8_usize, vec(0..5_u32, 0..4), vec(schedule(), 0..4))
        .prop_flat_map(|(needs, offers, actors, institutions)| sized(needs, offers, actors, institutions))
}

/// Everything at once, too large for the linear program but not for a certificate.
pub(super) fn large_draft() -> impl Strategy<Value = Draft> {
    (vec(0..9_u32, 8), vec(schedule(), 8))
        .prop_flat_map(|(actors, institutions)| sized(40, 30, actors, institutions))
}

/// Without actors and institutions.
pub(super) fn plain_draft() -> impl Strategy<Value = Draft> {
    (0..9_usize, 0..9_usize).prop_flat_map(|(needs, offers)| sized(needs, offers, Vec::new(), Vec::new()))
}

fn sized(
    needs: usize,
    offers: usize,
    actors: Vec<u32>,
    institutions: Vec<Schedule>,
) -> impl Strategy<Value = Draft> {
    let need = (1..5_u32, group(institutions.len()))
        .prop_map(|(units, institution)| NeedUnits { units, institution });
    let offer = (0..5_u32, group(actors.len())).prop_map(|(capacity, actor)| OfferUnits { capacity, actor });
    let pair = prop::option::weighted(0.6, (profit(), prop_oneof![3 => Just(1_u32), 1 => 2..5_u32]));
    (vec(need, needs), vec(offer, offers), vec(pair, needs * offers)).prop_map(
        move |(needs, offers, pairs)| {
            let ends = (0..)
                .zip(&needs)
                .flat_map(|(need, _)| (0..).zip(&offers).map(move |(offer, _)| (need, offer)));
            let edges = ends.zip(pairs).filter_map(|((need, offer), pair)| {
                pair.map(|(profit, most)| Edge { need, offer, profit, most })
            });
            let edges = edges.collect();
            Draft { edges, needs, offers, actors: actors.clone(), institutions: institutions.clone() }
        },
    )
}
