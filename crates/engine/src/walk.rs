//! The walk of the day: which doors, in which order, within the minutes there are.
//!
//! This is the orienteering problem with opening hours (Golden, Levy & Vohra 1987; Vansteenwegen et al. 2011): collect
//! as much expected worth as possible before the time is over. It is hard in general, so the answer comes from a
//! heuristic that always gives the same walk for the same question; `docs/decisions/0013-walk-of-the-day.md` says how
//! near it comes to the optimum of small cases.

mod field;
mod improve;
mod search;
mod worth;

pub use field::METRES_A_MINUTE;
use field::{Field, HOME};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use kiez_domain::opening_week::OpeningWeek;
use kiez_domain::position::Position;
use kiez_domain::walk::WalkReason;
pub use worth::{EVEN_CHANCE, REST_DAYS, Worth};

/// Minutes that a visit at a door takes where nobody says otherwise: greeting, one question, an answer, a note.
pub const DOOR_MINUTES: u32 = 8;
/// Nobody stands before a closed door for longer than these minutes.
pub const LONGEST_WAIT: u32 = 15;
/// The longest walk in minutes: a day.
pub const LONGEST_WALK: u32 = 24 * 60;

/// A door that could be visited.
#[derive(Debug, Clone, PartialEq)]
pub struct Door {
    /// Any unique name; it carries no meaning.
    pub id: String,
    /// Where it is.
    pub position: Position,
    /// What is won when they join, in any unit that all doors share (0 and more).
    pub value: f64,
    /// How likely they join (0 to 1); [`EVEN_CHANCE`] where nobody knows.
    pub join: Option<f64>,
    /// When the door is open; unknown hours never stand in the way.
    pub hours: Option<OpeningWeek>,
    /// The day somebody was there last.
    pub last_visit: Option<Date>,
    /// "Call again" from this day on.
    pub not_before: Option<Date>,
}

/// What the person who walks has.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// Where the walk begins.
    pub start: Position,
    /// When it begins, on the clock of the place.
    pub at: DateTime,
    /// The minutes there are; more than [`LONGEST_WALK`] count as so many.
    pub minutes: u32,
    /// The minutes that a visit takes; 0 counts as 1.
    pub door_minutes: u32,
    /// Whether the walk ends where it began.
    pub returns: bool,
}

/// A walk.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The doors in their order.
    pub stops: Vec<Stop>,
    /// All metres on foot, the way back among them.
    pub walk_m: u32,
    /// When the last visit ends, or the person is back.
    pub ends: DateTime,
    /// How many doors are not in the walk, and why.
    pub left: Left,
    /// Every door that is not in the walk, counted from 0 as they were given, and why.
    pub others: Vec<(usize, WhyOut)>,
}

/// Why a door is not in the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyOut {
    /// A visit would bring nothing today.
    Worthless,
    /// Not open while the walk could pass.
    Closed,
    /// Too far.
    TooFar,
    /// Others bring more in the time there is.
    NoTime,
}

/// One visit.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// Which of the doors, counted from 0 as they were given.
    pub door: usize,
    /// When the person stands before it.
    pub arrives: DateTime,
    /// When it can begin: later than arrival where the door opens first.
    pub begins: DateTime,
    /// When the door closes that day; none where it is not known.
    pub closes: Option<DateTime>,
    /// Metres on foot from the stop before.
    pub walk_m: u32,
    /// Why it is worth it.
    pub worth: Worth,
}

impl Stop {
    /// Why the door is on the walk, as data, the weightiest first.
    #[must_use]
    pub fn reasons(&self) -> Vec<WalkReason> {
        let mut reasons = self.worth.reasons();
        let minutes = (self.begins - self.arrives).total(jiff::Unit::Minute).unwrap_or(0.0).ceil() as u32;
        reasons.extend((minutes > 0).then_some(WalkReason::Wait { minutes }));
        let walk = f64::from(self.walk_m) / METRES_A_MINUTE;
        reasons.push(WalkReason::Walk { minutes: walk.ceil() as u32, metres: self.walk_m });
        let closing = |at: DateTime| WalkReason::Closes { hour: at.hour() as u8, minute: at.minute() as u8 };
        // A door that is open day and night closes some time, but nobody needs to know.
        let soon = self.closes.filter(|closes| *closes <= self.begins.saturating_add(12.hours()));
        reasons.extend(soon.map(closing));
        reasons
    }
}

/// Doors that are not in the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Left {
    /// A visit would bring nothing today: visited just now, asked to come later, or without any value.
    pub worthless: usize,
    /// Not open while the walk could pass.
    pub closed: usize,
    /// Too far to walk there, ask, and walk back where that is wanted.
    pub too_far: usize,
    /// Others bring more in the time there is.
    pub no_time: usize,
}

/// Finds a walk that brings much; the same doors and terms give the same walk.
#[must_use]
pub fn plan(doors: &[Door], terms: &Terms) -> Plan {
    let today = terms.at.date();
    let mut field = Field::new(terms);
    let (mut chosen, mut others) = (Vec::new(), Vec::new());
    for (number, door) in doors.iter().enumerate() {
        let worth = Worth::of(door, today);
        let added = match worth.points() {
            0 => Err(WhyOut::Worthless),
            _ => field.add(door, &worth),
        };
        match added {
            Ok(()) => chosen.push((number, worth)),
            Err(why) => others.push((number, why)),
        }
    }
    let route = search::best(&field);
    let mut taken = vec![false; chosen.len() + 1];
    route.iter().for_each(|node| taken[*node] = true);
    let passed = chosen.iter().zip(&taken[1..]).filter(|(_, taken)| !**taken);
    others.extend(passed.map(|((number, _), _)| (*number, WhyOut::NoTime)));
    others.sort_by_key(|(number, _)| *number);
    told(&field, &route, &chosen, (terms, others))
}

impl Left {
    fn of(others: &[(usize, WhyOut)]) -> Self {
        let count = |wanted| others.iter().filter(|(_, why)| *why == wanted).count();
        Self {
            worthless: count(WhyOut::Worthless),
            closed: count(WhyOut::Closed),
            too_far: count(WhyOut::TooFar),
            no_time: count(WhyOut::NoTime),
        }
    }
}

/// The route with times and reasons.
fn told(
    field: &Field,
    route: &[usize],
    chosen: &[(usize, Worth)],
    of: (&Terms, Vec<(usize, WhyOut)>),
) -> Plan {
    let (terms, others) = of;
    let clock = |seconds: u32| terms.at.saturating_add(i64::from(seconds).seconds());
    let (mut stops, mut here, mut now, mut walk_m) = (Vec::with_capacity(route.len()), HOME, 0, 0.0);
    for node in route {
        // Every route of the search can be walked.
        let Some(leg) = field.leg(now, here, *node) else { break };
        let (door, worth) = &chosen[*node - 1];
        let metres = field.metres(here, *node);
        stops.push(Stop {
            door: *door,
            arrives: clock(leg.arrives),
            begins: clock(leg.begins),
            closes: field.closes(*node, leg.begins).map(clock),
            walk_m: metres.round() as u32,
            worth: worth.clone(),
        });
        (here, now, walk_m) = (*node, leg.begins + field.service(), walk_m + metres);
    }
    if terms.returns {
        (now, walk_m) = (now + field.seconds(here, HOME), walk_m + field.metres(here, HOME));
    }
    Plan { stops, walk_m: walk_m.round() as u32, ends: clock(now), left: Left::of(&others), others }
}

#[cfg(test)]
mod tests;
