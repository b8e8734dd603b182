//! When a door is open in an ordinary week, to the minute.

use crate::week_hours::WeekHours;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// From one minute after midnight of a day to another; the end may lie in the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    from: u16,
    to: u16,
}

impl Span {
    /// A stretch of time that begins on the day and ends within the day after it; none when it has no length.
    #[must_use]
    pub fn new(from: u16, to: u16) -> Option<Self> {
        (from < DAY && from < to && to <= 2 * DAY).then_some(Self { from, to })
    }

    /// Hour and minute at which it begins.
    #[must_use]
    pub fn begins(self) -> (u16, u16) {
        (self.from / 60, self.from % 60)
    }

    /// Hour and minute at which it ends: 24:00 is the end of the day, 02:00 may be in the next one.
    #[must_use]
    pub fn ends(self) -> (u16, u16) {
        let to = if self.to > DAY { self.to - DAY } else { self.to };
        (to / 60, to % 60)
    }
}

/// The opening hours of the seven days, Monday first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpeningWeek([Vec<Span>; 7]);

impl OpeningWeek {
    /// The days as they were told; each in order and without the same stretch twice.
    #[must_use]
    pub fn new(mut days: [Vec<Span>; 7]) -> Self {
        for day in &mut days {
            day.sort_unstable();
            day.dedup();
        }
        Self(days)
    }

    /// The days, Monday first.
    #[must_use]
    pub fn days(&self) -> &[Vec<Span>; 7] {
        &self.0
    }

    /// Whether it is never open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    /// The hours in which the door is open at some time, for comparing with other hours of the week.
    #[must_use]
    pub fn hours(&self) -> WeekHours {
        let stretches = self.0.iter().enumerate().flat_map(|(day, spans)| {
            let start = day * 24;
            spans.iter().map(move |span| {
                start + usize::from(span.from / 60)..start + usize::from(span.to.div_ceil(60))
            })
        });
        stretches.flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: (u16, u16), to: (u16, u16)) -> Span {
        Span::new(from.0 * 60 + from.1, to.0 * 60 + to.1).expect("has a length")
    }

    #[test]
    fn half_hours_count_as_whole_ones_when_hours_are_compared() {
        let mut days: [Vec<Span>; 7] = Default::default();
        days[0] = vec![span((9, 30), (12, 15))];
        days[6] = vec![span((22, 0), (26, 0))];
        let hours = OpeningWeek::new(days).hours();
        // Sunday night reaches into Monday.
        assert_eq!(hours.to_string(), "Mo 00:00-02:00, Mo 09:00-13:00, Su 22:00-24:00");
    }

    #[test]
    fn midnight_is_the_end_of_the_day_and_later_belongs_to_the_next() {
        assert_eq!(span((20, 0), (24, 0)).ends(), (24, 0));
        assert_eq!(span((20, 0), (26, 30)).ends(), (2, 30));
        assert_eq!(span((20, 5), (24, 0)).begins(), (20, 5));
        assert_eq!(Span::new(600, 600), None);
        assert_eq!(Span::new(DAY, DAY + 10), None);
    }

    #[test]
    fn a_week_is_in_order() {
        let mut days: [Vec<Span>; 7] = Default::default();
        days[2] = vec![span((14, 0), (18, 0)), span((9, 0), (12, 0)), span((9, 0), (12, 0))];
        let week = OpeningWeek::new(days);
        assert_eq!(week.days()[2], [span((9, 0), (12, 0)), span((14, 0), (18, 0))]);
        assert!(!week.is_empty() && OpeningWeek::default().is_empty());
    }
}
