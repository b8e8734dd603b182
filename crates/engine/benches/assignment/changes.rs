//! How long a plan takes to follow one change.

use crate::city::Dice;
use kiez_engine::assignment::{Edge, NeedUnits, OfferUnits, Partner, Problem, Standing};
use std::time::{Duration, Instant};

const CHANGES: usize = 4_000;

/// Takes out needs and offers by chance and puts them in again.
pub(crate) fn measure(problem: &Problem) {
    let mut standing = Standing::new(problem);
    let (needs, offers) = (problem.needs(), problem.offers());
    let mut dice = Dice::new(7);
    let mut one_of = |count: usize| dice.below(u32::try_from(count).expect("few enough"));
    let mut partners = vec![Vec::new(); offers];
    for Edge { need, offer, profit, most } in problem.edges() {
        partners[offer as usize].push(Partner { number: need, profit, most });
    }
    let mut need_times = Vec::new();
    let mut offer_times = Vec::new();
    for _ in 0..CHANGES {
        let need = one_of(needs);
        let of_need: Vec<Partner> = problem
            .edges_of(need)
            .map(|edge| Partner { number: edge.offer, profit: edge.profit, most: edge.most })
            .collect();
        let units = NeedUnits { units: 1 + one_of(5), institution: None };
        let begin = Instant::now();
        standing.change_need(need, units, &of_need).expect("it was there");
        need_times.push(begin.elapsed());
        let offer = one_of(offers);
        let capacity = OfferUnits { capacity: 1 + one_of(5), actor: None };
        let begin = Instant::now();
        standing.change_offer(offer, capacity, &partners[offer as usize]).expect("it was there");
        offer_times.push(begin.elapsed());
    }
    for (what, times) in [("need", &mut need_times), ("offer", &mut offer_times)] {
        times.sort();
        let at = |share: usize| micros(times[times.len() * share / 100]);
        println!("| | ours, one {what} changed | p50 {:.1} µs, p99 {:.1} µs | | |", at(50), at(99));
    }
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
