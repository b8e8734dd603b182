//! What tells how good an offer can be at most: a glance, which is asked often, and a card, which is asked seldom.

use super::Giver;
use super::ground::Point;
use super::lists::{Term, mixed};
use crate::taxonomy::KindIndex;
use kiez_domain::week_hours::WeekHours;

/// What an offer has that can speak for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Features<'a> {
    /// Each kind once, with how sure it is.
    pub(crate) kinds: &'a [(u32, f32)],
    pub(crate) leanings: &'a [(u32, f32)],
    pub(crate) words: &'a [(u32, f32)],
    pub(crate) branch: Option<u16>,
    /// Whether more than the branch tells what it could give, such as its street.
    pub(crate) beside_branch: bool,
}

/// Circumstances, which words there may be, and kinds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Card {
    pub(super) hours: WeekHours,
    /// One bit of [`SIGNS`] for each word; another word may have the same.
    pub(crate) signs: Signs,
    pub(super) languages: u32,
    /// A number below the truth makes nobody worse, so that a large one fits.
    effort: u16,
    /// [`FAR`] stands for any way.
    radius_m: u16,
    branch: u16,
    facts: u8,
    kind_count: u8,
    kinds: [u16; KINDS],
    /// In 255ths, rounded up.
    sure: [u8; KINDS],
}

/// What is asked before the card is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glance {
    pub(super) point: Point,
    radius_m: u16,
    pub(super) trade: Trade,
}

/// A branch by number, none, or one beside which more is known about what it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Trade(pub(crate) u16);

impl Trade {
    pub(crate) const NONE: Self = Self(NO_BRANCH);
    pub(crate) const BESIDE: Self = Self(NO_BRANCH - 1);
}

/// Which words there may be.
pub(crate) type Signs = [u64; 2];

/// Leanings, by [`field`].
pub(crate) type Fields = [u8; FIELDS];

/// So many words can be told from each other.
pub(crate) const SIGNS: usize = 128;
/// Kinds share so many fields.
const FIELDS: usize = 16;
/// So many kinds are known; who has more can have any.
const KINDS: usize = 16;
const FAR: u16 = u16::MAX;
const NO_BRANCH: u16 = u16::MAX;

const HAS_TIMES: u8 = 1;
const HAS_EFFORT: u8 = 2;
const BESIDE_BRANCH: u8 = 4;
const MORE_KINDS: u8 = 8;

impl Card {
    pub(super) fn new(giver: &Giver, features: &Features<'_>) -> Self {
        let facts = [
            (giver.times().is_some(), HAS_TIMES),
            (giver.effort().is_some(), HAS_EFFORT),
            (features.beside_branch, BESIDE_BRANCH),
            (features.kinds.len() > KINDS, MORE_KINDS),
        ];
        let mut card = Self {
            hours: giver.times().unwrap_or_default(),
            signs: [0; 2],
            languages: giver.languages,
            effort: giver.effort().map_or(0, |minutes| u16::try_from(minutes).unwrap_or(u16::MAX)),
            radius_m: giver.radius_m().map_or(FAR, |metres| u16::try_from(metres).unwrap_or(FAR)),
            branch: features.branch.unwrap_or(NO_BRANCH),
            facts: facts.iter().map(|(holds, fact)| if *holds { *fact } else { 0 }).sum(),
            kind_count: features.kinds.len().min(KINDS) as u8,
            kinds: [0; KINDS],
            sure: [0; KINDS],
        };
        for ((place, sure), (kind, score)) in card.kinds.iter_mut().zip(&mut card.sure).zip(features.kinds) {
            (*place, *sure) = (*kind as u16, up(*score));
        }
        for sign in features.words.iter().map(|(word, _)| sign(*word)) {
            card.signs[sign / 64] |= 1 << (sign % 64);
        }
        card
    }

    /// Every list on which the offer stands.
    pub(super) fn terms(features: &Features<'_>) -> Vec<Term> {
        let kinds = features.kinds.iter().map(|(kind, _)| Term::kind(*kind as u16));
        let words = features.words.iter().map(|(word, _)| Term::word(*word));
        let mut terms: Vec<Term> = kinds.chain(words).chain(features.branch.map(|_| Term::BRANCH)).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// Its kinds with the most that each can be sure, in 255ths.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = (u16, u8)> {
        let count = usize::from(self.kind_count).min(KINDS);
        self.kinds[..count].iter().copied().zip(self.sure[..count].iter().copied())
    }

    pub(crate) fn has_more_kinds(&self) -> bool {
        self.has(MORE_KINDS)
    }

    /// What tells what it could give though it does not say so.
    pub(crate) fn trade(&self) -> Trade {
        if self.branch == NO_BRANCH {
            Trade::NONE
        } else if self.has(BESIDE_BRANCH) {
            Trade::BESIDE
        } else {
            Trade(self.branch)
        }
    }

    pub(super) fn has_times(&self) -> bool {
        self.has(HAS_TIMES)
    }

    /// The glance of whoever has this card.
    pub(super) fn glance(&self, point: Option<Point>) -> Glance {
        // Nobody asks for the point of whoever has no place.
        let point = point.unwrap_or(Point { lat: 0, lon: 0 });
        Glance { point, radius_m: self.radius_m, trade: self.trade() }
    }

    /// Minutes, or fewer.
    pub(super) fn effort(&self) -> Option<u16> {
        self.has(HAS_EFFORT).then_some(self.effort)
    }

    fn has(&self, fact: u8) -> bool {
        self.facts & fact != 0
    }
}

impl Glance {
    /// The farthest way, where there is one.
    pub(super) fn most_metres(&self) -> f64 {
        if self.radius_m == FAR { f64::INFINITY } else { f64::from(self.radius_m) }
    }
}

/// The sign of a word.
pub(crate) fn sign(word: u32) -> usize {
    // Other bits than those that tell its list.
    (mixed(word) >> 10) as usize % SIGNS
}

/// How much leanings go to each field: no two texts lean to each other more than their fields do (Cauchy–Schwarz).
pub(crate) fn fields(leanings: impl Iterator<Item = (KindIndex, f32)>) -> Fields {
    let mut squares = [0.0_f32; FIELDS];
    leanings.for_each(|(kind, worth)| squares[kind % FIELDS] += worth * worth);
    squares.map(|sum| up(sum.sqrt() * 1.000_01))
}

/// A share in 255ths, rounded up.
fn up(share: f32) -> u8 {
    (share * 255.0).ceil().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidates::Telling;
    use proptest::prelude::*;

    #[test]
    fn what_is_asked_often_is_small() {
        assert_eq!((size_of::<Glance>(), size_of::<Fields>()), (12, 16));
        assert!(size_of::<Card>() <= 104, "{} bytes", size_of::<Card>());
    }

    #[test]
    fn more_kinds_than_fit_are_said_to_be_more() {
        let giver =
            Giver::new(&Telling { radius_m: Some(70_000), effort: Some(80_000), ..Telling::default() }, 0);
        let kinds: Vec<(u32, f32)> = (0..20).map(|kind| (kind, 0.5)).collect();
        let of = |kinds| {
            let features = Features { kinds, leanings: &[], words: &[], branch: None, beside_branch: false };
            Card::new(&giver, &features)
        };
        assert!(of(&kinds).has_more_kinds() && !of(&kinds[..16]).has_more_kinds());
        assert_eq!(of(&kinds[..2]).kinds().collect::<Vec<_>>(), [(0, 128), (1, 128)]);
        let card = of(&[]);
        assert_eq!(
            (card.glance(None).most_metres(), card.effort, card.trade()),
            (f64::INFINITY, u16::MAX, Trade::NONE)
        );
    }

    fn leanings() -> impl Strategy<Value = Vec<(KindIndex, f32)>> {
        proptest::collection::btree_map(0..60_usize, 0.0..1.0f32, 0..16).prop_map(|all| {
            let length = all.values().map(|worth| worth * worth).sum::<f32>().sqrt().max(0.5);
            all.into_iter().map(|(kind, worth)| (kind, worth / length)).collect()
        })
    }

    proptest! {
        #[test]
        fn fields_lean_to_each_other_at_least_as_much_as_texts(one in leanings(), other in leanings()) {
            let exact: f32 = one.iter()
                .filter_map(|(kind, own)| Some(own * other.iter().find(|(known, _)| known == kind)?.1))
                .sum();
            let fields = fields(one.into_iter()).into_iter().zip(fields(other.into_iter()));
            let most: f32 = fields.map(|(own, their)| f32::from(own) * f32::from(their)).sum();
            prop_assert!(most / 65_025.0 >= exact - 1e-5);
        }
    }
}
