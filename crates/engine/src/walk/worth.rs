//! What a visit at a door is worth today.

use super::Door;
use jiff::civil::Date;
use kiez_domain::walk::WalkReason;

/// The chance to join of a door about which nothing is known: the mean of a chance of which every value is as likely.
pub const EVEN_CHANCE: f64 = 0.5;
/// After these days a door is as good as one where nobody was yet; until then its worth grows with every day.
pub const REST_DAYS: i32 = 180;
/// More is cut, so that sums of whole points stay exact.
const MOST_VALUE: f64 = 1e6;
/// Worth is compared in whole points of a millionth.
const POINTS: f64 = 1e6;

/// Expected worth as a product: `value × join × rested`.
#[derive(Debug, Clone, PartialEq)]
pub struct Worth {
    /// What is won when they join.
    pub value: f64,
    /// How likely they join, from 0 to 1.
    pub join: f64,
    /// From 0 (somebody was there today, or they asked to come later) to 1 (nobody was there for [`REST_DAYS`]).
    pub rested: f64,
    /// Days since the last visit; none where nobody was there.
    pub days_since: Option<i32>,
}

impl Worth {
    /// What a visit at the door is worth on that day; numbers that are none count as 0.
    #[must_use]
    pub fn of(door: &Door, today: Date) -> Self {
        let days_since = door.last_visit.map(|last| days_between(last, today));
        let rested = match (door.not_before, days_since) {
            (Some(day), _) if today < day => 0.0,
            (_, Some(days)) => f64::from(days.clamp(0, REST_DAYS)) / f64::from(REST_DAYS),
            (_, None) => 1.0,
        };
        Self {
            value: held(door.value, MOST_VALUE),
            join: held(door.join.unwrap_or(EVEN_CHANCE), 1.0),
            rested,
            days_since,
        }
    }

    /// The product.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.value * self.join * self.rested
    }

    /// What it is made of, as data.
    pub(super) fn reasons(&self) -> Vec<WalkReason> {
        let percent = |share: f64| (share * 100.0).round() as u8;
        let seen = match self.days_since {
            None => WalkReason::NeverVisited,
            Some(days) => WalkReason::Rested { days: days.max(0) as u32, percent: percent(self.rested) },
        };
        vec![WalkReason::Expected { value: self.value, percent: percent(self.join) }, seen]
    }

    /// The product in whole points.
    pub(super) fn points(&self) -> u64 {
        (self.total() * POINTS).round() as u64
    }
}

fn held(number: f64, most: f64) -> f64 {
    if number.is_nan() { 0.0 } else { number.clamp(0.0, most) }
}

fn days_between(earlier: Date, later: Date) -> i32 {
    (later - earlier).get_days()
}
