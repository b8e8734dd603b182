//! What each further unit for the same institution is worth less.

use super::fault::ProblemFault;
use super::problem::LIMIT;

/// More than any profit: a unit that costs this is never given.
pub(super) const FORBIDDEN: i32 = 1 << 29;

/// Deductions that never fall: the first unit counts most, each further one at most as much as the one before.
///
/// Concave worth keeps the best plan a flow of integers, so that fairness costs no exactness. A bonus that fades says the
/// same thing: add the first bonus to the profits and deduct here what later units lack of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Up to how many units (inclusive, rising) which deduction holds (rising).
    steps: Vec<(u32, i32)>,
    beyond: i32,
}

impl Schedule {
    /// The first unit is deducted `deductions[0]`, the second `deductions[1]`, all beyond the last as much as the last.
    ///
    /// # Errors
    ///
    /// [`ProblemFault::Deduction`] where a deduction is negative, falls, or exceeds the limit of profits.
    pub fn new(deductions: &[i32]) -> Result<Self, ProblemFault> {
        let mut steps: Vec<(u32, i32)> = Vec::new();
        let mut before = 0;
        for (unit, &deduction) in (1..).zip(deductions) {
            if deduction < before || deduction > LIMIT {
                return Err(ProblemFault::Deduction { unit, deduction, before });
            }
            before = deduction;
            match steps.last_mut() {
                Some((upto, same)) if *same == deduction => *upto = unit,
                _ => steps.push((unit, deduction)),
            }
        }
        Ok(Self { beyond: steps.pop().map_or(0, |(_, last)| last), steps })
    }

    /// Nothing is deducted up to `units`, and there is nothing beyond.
    #[must_use]
    pub fn cap(units: u32) -> Self {
        let steps = if units == 0 { Vec::new() } else { vec![(units, 0)] };
        Self { steps, beyond: FORBIDDEN }
    }

    /// What is deducted from the unit with this number, counted from 1.
    #[must_use]
    pub fn deduction(&self, unit: u32) -> i32 {
        self.steps.iter().find(|(upto, _)| unit <= *upto).map_or(self.beyond, |(_, deduction)| *deduction)
    }

    /// The first `units` in pieces that are deducted alike: how many, and what each; none where no unit is allowed.
    pub(super) fn pieces(&self, units: u64) -> impl Iterator<Item = (u64, Option<i32>)> + '_ {
        let beyond = (u64::MAX, Some(self.beyond).filter(|beyond| *beyond < FORBIDDEN));
        let steps = self.steps.iter().map(|(upto, deduction)| (u64::from(*upto), Some(*deduction)));
        steps.chain([beyond]).scan(0, move |done, (upto, deduction)| {
            let length = upto.min(units).saturating_sub(*done);
            *done += length;
            (length > 0).then_some((length, deduction))
        })
    }

    /// How many units from `unit` on share its deduction.
    pub(super) fn alike_from(&self, unit: u32) -> u32 {
        self.steps.iter().find(|(upto, _)| unit <= *upto).map_or(u32::MAX, |(upto, _)| upto - unit + 1)
    }

    /// How many units down to the first share the deduction of `unit`.
    pub(super) fn alike_until(&self, unit: u32) -> u32 {
        let before = self.steps.iter().take_while(|(upto, _)| *upto < unit).last();
        unit - before.map_or(0, |(upto, _)| *upto)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_deduction_holds_for_all_further_units() {
        let schedule = Schedule::new(&[0, 0, 5, 9]).expect("rising");
        assert_eq!([1, 2, 3, 4, 5, 1_000_000].map(|unit| schedule.deduction(unit)), [0, 0, 5, 9, 9, 9]);
        assert_eq!(Schedule::new(&[]).expect("nothing").deduction(7), 0);
    }

    #[test]
    fn a_deduction_that_falls_or_is_negative_is_refused() {
        assert_eq!(Schedule::new(&[3, 2]), Err(ProblemFault::Deduction { unit: 2, deduction: 2, before: 3 }));
        assert_eq!(Schedule::new(&[-1]), Err(ProblemFault::Deduction { unit: 1, deduction: -1, before: 0 }));
        assert!(Schedule::new(&[LIMIT]).is_ok() && Schedule::new(&[LIMIT + 1]).is_err());
    }

    #[test]
    fn a_cap_forbids_what_is_beyond() {
        let cap = Schedule::cap(2);
        assert_eq!([1, 2, 3].map(|unit| cap.deduction(unit)), [0, 0, FORBIDDEN]);
        assert_eq!(Schedule::cap(0).deduction(1), FORBIDDEN);
    }

    #[test]
    fn pieces_cover_all_units_and_say_where_there_is_no_more() {
        let schedule = Schedule::new(&[0, 0, 5, 9]).expect("rising");
        let pieces = |schedule: &Schedule, units| schedule.pieces(units).collect::<Vec<_>>();
        assert_eq!(pieces(&schedule, 6), [(2, Some(0)), (1, Some(5)), (3, Some(9))]);
        assert_eq!(pieces(&schedule, 1), [(1, Some(0))]);
        assert_eq!(pieces(&schedule, 0), []);
        assert_eq!(pieces(&Schedule::cap(2), 3), [(2, Some(0)), (1, None)]);
        assert_eq!(pieces(&Schedule::cap(0), 2), [(2, None)]);
    }

    #[test]
    fn units_alike_are_counted_in_both_directions() {
        let schedule = Schedule::new(&[0, 0, 5]).expect("rising");
        assert_eq!([1, 2].map(|unit| schedule.alike_from(unit)), [2, 1]);
        assert_eq!(schedule.alike_from(3), u32::MAX);
        assert_eq!([1, 2, 3, 5].map(|unit| schedule.alike_until(unit)), [1, 2, 1, 3]);
    }
}
