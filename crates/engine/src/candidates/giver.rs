//! What an offer tells of its circumstances, in 64 bytes: one line of a processor's cache.

use kiez_domain::language::LanguageTag;
use kiez_domain::position::Position;
use kiez_domain::week_hours::WeekHours;

/// Circumstances as they are told.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Telling<'a> {
    pub(crate) position: Option<Position>,
    /// The farthest walk in metres that the giver takes upon itself.
    pub(crate) radius_m: Option<u32>,
    pub(crate) times: Option<WeekHours>,
    pub(crate) languages: &'a [LanguageTag],
    pub(crate) capacity: Option<u32>,
    /// Minutes that it costs each time, as told.
    pub(crate) effort: Option<u32>,
    /// Minutes that it typically costs where nothing is told.
    pub(crate) typical_effort: Option<u32>,
}

/// Circumstances, kept small.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Giver {
    pub(crate) position: Option<Position>,
    hours: WeekHours,
    radius_m: u32,
    effort: u32,
    /// A number of [`super::languages::LanguageSets`].
    pub(super) languages: u32,
    facts: u8,
}

const HAS_TIMES: u8 = 1;
const HAS_RADIUS: u8 = 2;
const HAS_EFFORT: u8 = 4;
const EFFORT_IS_TOLD: u8 = 8;
const IS_SPENT: u8 = 16;

impl Giver {
    pub(super) fn new(telling: &Telling<'_>, languages: u32) -> Self {
        let effort = telling.effort.or(telling.typical_effort);
        let facts = [
            (telling.times.is_some(), HAS_TIMES),
            (telling.radius_m.is_some(), HAS_RADIUS),
            (effort.is_some(), HAS_EFFORT),
            (telling.effort.is_some(), EFFORT_IS_TOLD),
            (telling.capacity == Some(0), IS_SPENT),
        ];
        Self {
            position: telling.position,
            hours: telling.times.unwrap_or_default(),
            radius_m: telling.radius_m.unwrap_or_default(),
            effort: effort.unwrap_or_default(),
            languages,
            facts: facts.iter().map(|(holds, fact)| if *holds { *fact } else { 0 }).sum(),
        }
    }

    pub(super) fn times(&self) -> Option<WeekHours> {
        self.has(HAS_TIMES).then_some(self.hours)
    }

    pub(super) fn radius_m(&self) -> Option<u32> {
        self.has(HAS_RADIUS).then_some(self.radius_m)
    }

    /// Minutes, as told or as is typical.
    pub(super) fn effort(&self) -> Option<u32> {
        self.has(HAS_EFFORT).then_some(self.effort)
    }

    /// Minutes, as told.
    pub(crate) fn told_effort(&self) -> Option<u32> {
        self.effort().filter(|_| self.has(EFFORT_IS_TOLD))
    }

    /// Whether nothing is left to be given.
    pub(super) fn is_spent(&self) -> bool {
        self.has(IS_SPENT)
    }

    fn has(&self, fact: u8) -> bool {
        self.facts & fact != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_giver_fits_one_line_of_the_cache() {
        assert!(size_of::<Giver>() <= 64, "{} bytes", size_of::<Giver>());
    }

    #[test]
    fn what_is_told_is_told_again_and_silence_stays_silence() {
        let silent = Giver::new(&Telling::default(), 0);
        assert_eq!(
            (silent.times(), silent.radius_m(), silent.effort(), silent.told_effort()),
            (None, None, None, None)
        );
        assert!(!silent.is_spent());
        let times = "Mo 09:00-12:00".parse().ok();
        let told =
            Telling { radius_m: Some(0), times, capacity: Some(0), effort: Some(0), ..Telling::default() };
        let giver = Giver::new(&told, 0);
        assert_eq!((giver.times(), giver.radius_m(), giver.told_effort()), (times, Some(0), Some(0)));
        assert!(giver.is_spent());
    }

    #[test]
    fn a_typical_effort_counts_but_is_not_told() {
        let giver = Giver::new(&Telling { typical_effort: Some(20), ..Telling::default() }, 0);
        assert_eq!((giver.effort(), giver.told_effort()), (Some(20), None));
    }
}
