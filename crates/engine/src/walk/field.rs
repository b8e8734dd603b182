//! The doors of one question on flat ground, with the seconds between them.

use super::{Door, LONGEST_WAIT, LONGEST_WALK, Terms, WhyOut, Worth};
use jiff::civil::DateTime;
use kiez_domain::opening_week::OpeningWeek;
use kiez_domain::position::Position;

/// The node where the walk begins; the doors follow from 1 in the order in which they were added.
pub(super) const HOME: usize = 0;

/// A walking person makes this many metres a minute (4.8 km/h).
pub const METRES_A_MINUTE: f64 = 80.0;
const MINUTE: u32 = 60;
const DAY: i64 = 24 * 60;

/// When the person stands before a door, and when the visit begins; seconds since the walk began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leg {
    pub(super) arrives: u32,
    pub(super) begins: u32,
}

/// Everything that a walk of the question can use. Times are whole seconds, so that sums are exact.
#[derive(Debug)]
pub(super) struct Field {
    nodes: Vec<Node>,
    start: Position,
    at: DateTime,
    budget: u32,
    service: u32,
    returns: bool,
    has_hours: bool,
}

#[derive(Debug)]
struct Node {
    /// Metres on foot from the start to the east and to the north, the detour of streets included.
    east: f64,
    north: f64,
    points: u64,
    open: Vec<Open>,
}

/// A stretch in which the door is open, and the last second in which a visit may begin; seconds since the walk began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Open {
    from: u32,
    last: u32,
    /// None where the hours are not known.
    until: Option<u32>,
}

impl Field {
    pub(super) fn new(terms: &Terms) -> Self {
        let home = Node { east: 0.0, north: 0.0, points: 0, open: Vec::new() };
        Self {
            nodes: vec![home],
            start: terms.start,
            at: terms.at,
            budget: terms.minutes.min(LONGEST_WALK) * MINUTE,
            service: terms.door_minutes.clamp(1, LONGEST_WALK) * MINUTE,
            returns: terms.returns,
            has_hours: false,
        }
    }

    /// Takes a door in, unless no walk could visit it.
    pub(super) fn add(&mut self, door: &Door, worth: &Worth) -> Result<(), WhyOut> {
        let (east, north) = flat(self.start, door.position);
        let there = seconds((east * east + north * north).sqrt());
        let back = if self.returns { there } else { 0 };
        let needed = there.saturating_add(self.service).saturating_add(back);
        if needed > self.budget {
            return Err(WhyOut::TooFar);
        }
        let latest = self.budget - self.service - back;
        let open = match &door.hours {
            None => vec![Open { from: 0, last: latest, until: None }],
            Some(hours) => self.open(hours, there..=latest),
        };
        if open.is_empty() {
            return Err(WhyOut::Closed);
        }
        self.has_hours |= door.hours.is_some();
        self.nodes.push(Node { east, north, points: worth.points(), open });
        Ok(())
    }

    /// The stretches in which a visit may begin within these seconds.
    fn open(&self, hours: &OpeningWeek, within: std::ops::RangeInclusive<u32>) -> Vec<Open> {
        let mut open = Vec::new();
        let begin =
            i64::from(self.at.hour()) * 3600 + i64::from(self.at.minute()) * 60 + i64::from(self.at.second());
        for (from, to) in around(hours, self.at) {
            let from = (from * i64::from(MINUTE) - begin).max(0);
            let until = to * i64::from(MINUTE) - begin;
            let last = (until - i64::from(self.service)).min(i64::from(*within.end()));
            if from <= last && last >= i64::from(*within.start()) {
                open.push(Open { from: from as u32, last: last as u32, until: Some(until as u32) });
            }
        }
        open
    }

    /// The doors, by their numbers.
    pub(super) fn doors(&self) -> std::ops::Range<usize> {
        1..self.nodes.len()
    }

    pub(super) fn points(&self, node: usize) -> u64 {
        self.nodes[node].points
    }

    /// Seconds that a visit takes.
    pub(super) fn service(&self) -> u32 {
        self.service
    }

    /// Seconds there are.
    pub(super) fn budget(&self) -> u32 {
        self.budget
    }

    pub(super) fn metres(&self, one: usize, other: usize) -> f64 {
        let (one, other) = (&self.nodes[one], &self.nodes[other]);
        let (east, north) = (one.east - other.east, one.north - other.north);
        (east * east + north * north).sqrt()
    }

    pub(super) fn seconds(&self, one: usize, other: usize) -> u32 {
        seconds(self.metres(one, other))
    }

    /// Seconds from a stop to what follows it: the next one, the way back, or nothing.
    pub(super) fn onward(&self, from: usize, next: Option<usize>) -> u32 {
        match next {
            Some(next) => self.seconds(from, next),
            None if self.returns => self.seconds(from, HOME),
            None => 0,
        }
    }

    /// Leaves one stop and visits another; none when its door cannot be waited for.
    pub(super) fn leg(&self, leaves: u32, from: usize, to: usize) -> Option<Leg> {
        let arrives = leaves.saturating_add(self.seconds(from, to));
        let open = self.nodes[to].open.iter().find(|open| arrives <= open.last)?;
        let begins = arrives.max(open.from);
        (begins - arrives <= LONGEST_WAIT * MINUTE).then_some(Leg { arrives, begins })
    }

    /// When the door closes in which a visit begins then.
    pub(super) fn closes(&self, node: usize, begins: u32) -> Option<u32> {
        self.nodes[node].open.iter().find(|open| begins <= open.last)?.until
    }

    /// When a route is over; none when it cannot be walked in time.
    pub(super) fn finish(&self, route: &[usize]) -> Option<u32> {
        let (mut now, mut here) = (0, HOME);
        for node in route {
            now = self.leg(now, here, *node)?.begins + self.service;
            here = *node;
        }
        let over = now + self.onward(here, None);
        (over <= self.budget).then_some(over)
    }

    /// Seconds of walking and visiting without any waiting.
    pub(super) fn busy(&self, route: &[usize]) -> u32 {
        let ways = (0..=route.len()).map(|gap| match gap {
            0 => route.first().map_or(0, |first| self.seconds(HOME, *first)),
            _ => self.onward(route[gap - 1], route.get(gap).copied()),
        });
        ways.sum::<u32>() + route.len() as u32 * self.service
    }

    /// Seconds of walking that a door adds at a gap of a route (0 is before the first stop).
    pub(super) fn extra(&self, route: &[usize], gap: usize, door: usize) -> u32 {
        let before = if gap == 0 { HOME } else { route[gap - 1] };
        let next = route.get(gap).copied();
        let known = if route.is_empty() { 0 } else { self.onward(before, next) };
        // Rounding up may make the shorter way a second longer.
        (self.seconds(before, door) + self.onward(door, next)).saturating_sub(known)
    }

    /// Whether any door may be closed at some time, so that the order decides what can be visited.
    pub(super) fn has_hours(&self) -> bool {
        self.has_hours
    }

    pub(super) fn worth(&self, route: &[usize]) -> u64 {
        route.iter().map(|node| self.points(*node)).sum()
    }
}

fn seconds(metres: f64) -> u32 {
    (metres / METRES_A_MINUTE * f64::from(MINUTE)).ceil() as u32
}

/// A place as metres on foot from the start: a plane that touches the earth there is right to a few metres in a city.
fn flat(start: Position, place: Position) -> (f64, f64) {
    let east = (place.lon() - start.lon() + 540.0).rem_euclid(360.0) - 180.0;
    let middle = f64::midpoint(start.lat(), place.lat()).to_radians();
    let one_degree = Position::new(0.0, 0.0).and_then(|zero| Ok(zero.walk_m(Position::new(1.0, 0.0)?)));
    let one_degree = one_degree.unwrap_or_default();
    (east * middle.cos() * one_degree, (place.lat() - start.lat()) * one_degree)
}

/// Stretches of opening in minutes since the midnight before the moment, from the day before to two days after; those
/// that touch, as over midnight, are one.
fn around(hours: &OpeningWeek, moment: DateTime) -> Vec<(i64, i64)> {
    let today = i64::from(moment.date().weekday().to_monday_zero_offset());
    let mut stretches: Vec<(i64, i64)> = Vec::new();
    for day in -1..=2_i64 {
        for span in &hours.days()[(today + day).rem_euclid(7) as usize] {
            let minute = |(hour, minute): (u16, u16)| i64::from(hour) * 60 + i64::from(minute);
            let (from, to) = (minute(span.begins()), minute(span.ends()));
            let to = if to <= from { to + DAY } else { to };
            stretches.push((day * DAY + from, day * DAY + to));
        }
    }
    stretches.sort_unstable();
    let mut joined: Vec<(i64, i64)> = Vec::new();
    for (from, to) in stretches {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}
