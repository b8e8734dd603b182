//! The same problem as a linear program for a solver that is not ours.

use good_lp::{Expression, Solution, SolverModel, Variable, constraint, microlp, variable, variables};
use kiez_engine::assignment::Draft;

/// What the best plan brings. The program has whole numbers for its corners, so that it may forget that units are whole.
pub(super) fn best_value(draft: &Draft) -> i128 {
    let mut variables = variables!();
    let units: Vec<Variable> =
        draft.edges.iter().map(|edge| variables.add(variable().min(0).max(f64::from(edge.most)))).collect();
    let mut worth = Expression::from(0);
    for (edge, units) in draft.edges.iter().zip(&units) {
        worth += f64::from(edge.profit) * *units;
    }
    let mut limits = Vec::new();
    let sum = |is_part: &dyn Fn(u32, u32) -> bool| -> Expression {
        let parts = draft.edges.iter().zip(&units).filter(|(edge, _)| is_part(edge.need, edge.offer));
        parts.map(|(_, units)| Expression::from(*units)).sum()
    };
    for (number, need) in (0..).zip(&draft.needs) {
        limits.push(constraint!(sum(&|need, _| need == number) <= f64::from(need.units)));
    }
    for (number, offer) in (0..).zip(&draft.offers) {
        limits.push(constraint!(sum(&|_, offer| offer == number) <= f64::from(offer.capacity)));
    }
    for (number, cap) in (0..).zip(&draft.actors) {
        let of = |_, offer: u32| draft.offers[offer as usize].actor == Some(number);
        limits.push(constraint!(sum(&of) <= f64::from(*cap)));
    }
    for (number, schedule) in (0..).zip(&draft.institutions) {
        let of = |need: u32, _| draft.needs[need as usize].institution == Some(number);
        let most: u32 =
            draft.needs.iter().filter(|need| need.institution == Some(number)).map(|need| need.units).sum();
        let counted: Vec<Variable> = (0..most).map(|_| variables.add(variable().min(0).max(1))).collect();
        for (unit, counted) in (1..).zip(&counted) {
            worth -= f64::from(schedule.deduction(unit)) * *counted;
        }
        let all: Expression = counted.iter().map(|counted| Expression::from(*counted)).sum();
        limits.push(constraint!(sum(&of) == all));
    }
    let solved = variables.maximise(worth.clone()).using(microlp).with_all(limits).solve();
    let value = solved.expect("giving nothing is always possible").eval(worth);
    assert!((value - value.round()).abs() < 1e-5, "corners are whole: {value}");
    value.round() as i128
}
