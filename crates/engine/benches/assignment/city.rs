//! A city made up by a seed, for the benchmarks: the same seed gives the same city everywhere.
//!
//! Places cluster like a city's; 400 kinds of resources are as unevenly frequent as words (Zipf, 0.95); capacities and
//! units are 1 to 5, ways 600 to 4,000 m, hours a set of 168, languages 16.

/// Random numbers that are the same everywhere (SplitMix64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One of 0, 1, … `below - 1`.
    pub(crate) fn below(&mut self, below: u32) -> u32 {
        u32::try_from(((self.next() >> 32) * u64::from(below)) >> 32).expect("below 2^32")
    }

    /// From 0 up to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// About normally distributed around 0 with deviation 1.
    fn bell(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }
}

pub(crate) const KINDS: usize = 400;

/// Where a need or an offer is, and what it is like.
pub(crate) struct Place {
    /// Metres from the west and from the south.
    pub(crate) x: f64,
    pub(crate) y: f64,
    /// Below [`KINDS`].
    pub(crate) kind: usize,
    pub(crate) units: u32,
    /// The farthest way, in metres.
    pub(crate) radius: f64,
    /// A bit for each hour of the week.
    pub(crate) hours: [u64; 3],
    /// A bit for each language; the first is everybody's.
    pub(crate) languages: u16,
}

/// Centres and frequencies.
pub(crate) struct City {
    width: f64,
    centres: Vec<(f64, f64)>,
    kinds: Vec<f64>,
}

impl City {
    /// A city of so many metres from west to east and from south to north.
    pub(crate) fn new(dice: &mut Dice, width: f64) -> Self {
        let clusters = (width * width / 1_500_000.0) as usize;
        let centres = (0..clusters).map(|_| (dice.share() * width, dice.share() * width)).collect();
        Self { width, centres, kinds: zipf() }
    }

    /// So many places, numbered along a curve through the city, so that neighbours have near numbers.
    pub(crate) fn places(&self, dice: &mut Dice, count: usize) -> Vec<Place> {
        let mut places: Vec<Place> = (0..count).map(|_| self.place(dice)).collect();
        places.sort_by_key(|place| curve(place.x, place.y));
        places
    }

    fn place(&self, dice: &mut Dice) -> Place {
        let width = self.width;
        let (x, y) = if dice.share() < 0.3 {
            (dice.share() * width, dice.share() * width)
        } else {
            // A few centres draw most of what there is.
            let share = dice.share();
            let (x, y) = self.centres[(share * share * self.centres.len() as f64) as usize];
            (x + dice.bell() * 500.0, y + dice.bell() * 500.0)
        };
        let share = dice.share();
        let rank = self.kinds.partition_point(|reached| *reached < share).min(KINDS - 1);
        let (day, start) = (dice.below(5), 8 + dice.below(8));
        let mut hours = [0_u64; 3];
        for hour in 0..24 + dice.below(24) {
            let at = ((day + hour / 6) % 7 * 24 + (start + hour % 6) % 24) as usize;
            hours[at / 64] |= 1 << (at % 64);
        }
        Place {
            x: x.clamp(0.0, width - 1.0),
            y: y.clamp(0.0, width - 1.0),
            // Frequent and rare kinds share their families.
            kind: rank * 67 % KINDS,
            units: 1 + dice.below(5),
            radius: 600.0 + dice.share() * 3_400.0,
            hours,
            languages: 1 | 1 << dice.below(16) & (dice.next() as u16 | 2),
        }
    }
}

/// How far the sums of frequencies reach up to each kind.
fn zipf() -> Vec<f64> {
    let mut sum = 0.0;
    let mut sums: Vec<f64> = (1..=KINDS)
        .map(|rank| {
            sum += (rank as f64).powf(-0.95);
            sum
        })
        .collect();
    sums.iter_mut().for_each(|reached| *reached /= sum);
    sums
}

/// The order of cells along a curve that keeps neighbours together (Morton).
fn curve(x: f64, y: f64) -> u64 {
    let spread = |value: f64| (0..20).map(|bit| ((value / 50.0) as u64 >> bit & 1) << (2 * bit)).sum::<u64>();
    spread(x) | spread(y) << 1
}
