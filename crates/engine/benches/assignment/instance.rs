//! Problems of the size of a city, made up by a seed: the same seed gives the same problem everywhere.
//!
//! Places cluster like a city's; 400 kinds of resources in 67 families are as unevenly frequent as words (Zipf, 0.95);
//! capacities and units are 1 to 5, ways 600 to 4,000 m, hours a set of 168, languages 16. Each need knows its `top` best
//! offers. Needs and offers are numbered along a curve through the city, so that neighbours have near numbers.

use kiez_engine::assignment::{Draft, Edge, NeedUnits, OfferUnits};
use std::collections::HashMap;

/// What kind of problem.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recipe {
    pub(crate) name: &'static str,
    needs: usize,
    offers: usize,
    top: usize,
    /// How wide the region is in metres; 0 where there are no places and edges fall at random.
    width: f64,
}

pub(crate) const RECIPES: [Recipe; 5] = [
    Recipe { name: "city", needs: 20_000, offers: 350_000, top: 32, width: 15_000.0 },
    Recipe { name: "scarce", needs: 20_000, offers: 35_000, top: 32, width: 15_000.0 },
    Recipe { name: "hard", needs: 20_000, offers: 6_000, top: 50, width: 15_000.0 },
    Recipe { name: "rand", needs: 20_000, offers: 20_000, top: 32, width: 0.0 },
    Recipe { name: "country", needs: 200_000, offers: 3_500_000, top: 32, width: 47_500.0 },
];

const KINDS: usize = 400;
const FAMILY: usize = 6;
const CELL: f64 = 500.0;

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

struct Place {
    x: f64,
    y: f64,
    kind: usize,
    units: u32,
    radius: f64,
    hours: [u64; 3],
    languages: u16,
}

pub(crate) fn draft(recipe: Recipe, seed: u64) -> Draft {
    let mut dice = Dice::new(seed);
    if recipe.width == 0.0 {
        return at_random(recipe, &mut dice);
    }
    let clusters = (recipe.width * recipe.width / 1_500_000.0) as usize;
    let centres: Vec<(f64, f64)> =
        (0..clusters).map(|_| (dice.share() * recipe.width, dice.share() * recipe.width)).collect();
    let kinds = zipf();
    let mut places = |count| {
        let mut places: Vec<Place> =
            (0..count).map(|_| place(&mut dice, recipe.width, &centres, &kinds)).collect();
        places.sort_by_key(|place| curve(place.x, place.y));
        places
    };
    let (offers, needs) = (places(recipe.offers), places(recipe.needs));
    let edges = candidates(&needs, &offers, recipe.top);
    Draft {
        needs: needs.iter().map(|need| NeedUnits { units: need.units, institution: None }).collect(),
        offers: offers.iter().map(|offer| OfferUnits { capacity: offer.units, actor: None }).collect(),
        edges,
        ..Draft::default()
    }
}

fn at_random(recipe: Recipe, dice: &mut Dice) -> Draft {
    let needs =
        (0..recipe.needs).map(|_| NeedUnits { units: 1 + dice.below(5), institution: None }).collect();
    let offers =
        (0..recipe.offers).map(|_| OfferUnits { capacity: 1 + dice.below(5), actor: None }).collect();
    let mut edges = Vec::with_capacity(recipe.needs * recipe.top);
    let below = u32::try_from(recipe.offers).expect("few enough");
    for need in 0..u32::try_from(recipe.needs).expect("few enough") {
        let mut partners: Vec<u32> = (0..recipe.top).map(|_| dice.below(below)).collect();
        partners.sort_unstable();
        partners.dedup();
        edges.extend(partners.into_iter().map(|offer| edge(need, offer, 1 + dice.below(10_000))));
    }
    Draft { needs, offers, edges, ..Draft::default() }
}

fn edge(need: u32, offer: u32, profit: u32) -> Edge {
    Edge { need, offer, profit: i32::try_from(profit).expect("small"), most: 1 }
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

fn place(dice: &mut Dice, width: f64, centres: &[(f64, f64)], kinds: &[f64]) -> Place {
    let (x, y) = if dice.share() < 0.3 {
        (dice.share() * width, dice.share() * width)
    } else {
        // A few centres draw most of what there is.
        let share = dice.share();
        let (x, y) = centres[(share * share * centres.len() as f64) as usize];
        (x + dice.bell() * 500.0, y + dice.bell() * 500.0)
    };
    let share = dice.share();
    let rank = kinds.partition_point(|reached| *reached < share).min(KINDS - 1);
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

/// The order of cells along a curve that keeps neighbours together (Morton).
fn curve(x: f64, y: f64) -> u64 {
    let spread = |value: f64| (0..20).map(|bit| ((value / 50.0) as u64 >> bit & 1) << (2 * bit)).sum::<u64>();
    spread(x) | spread(y) << 1
}

fn candidates(needs: &[Place], offers: &[Place], top: usize) -> Vec<Edge> {
    let cell = |value: f64| (value / CELL) as i32;
    let mut index: HashMap<(usize, i32, i32), Vec<u32>> = HashMap::new();
    for (number, offer) in (0..).zip(offers) {
        index.entry((offer.kind / FAMILY, cell(offer.x), cell(offer.y))).or_default().push(number);
    }
    let mut edges = Vec::new();
    for (number, need) in (0..).zip(needs) {
        let mut found: Vec<(u32, u32)> = Vec::new();
        let reach = (need.radius / CELL).ceil() as i32;
        for x in cell(need.x) - reach..=cell(need.x) + reach {
            for y in cell(need.y) - reach..=cell(need.y) + reach {
                let here = index.get(&(need.kind / FAMILY, x, y)).into_iter().flatten();
                found.extend(
                    here.filter_map(|offer| {
                        worth(need, &offers[*offer as usize]).map(|worth| (worth, *offer))
                    }),
                );
            }
        }
        found.sort_unstable_by_key(|(worth, offer)| (u32::MAX - worth, *offer));
        edges.extend(found.iter().take(top).map(|(worth, offer)| edge(number, *offer, *worth)));
    }
    edges
}

/// What an offer is worth for a need, up to 10,000; none beyond the way or the hours of either.
fn worth(need: &Place, offer: &Place) -> Option<u32> {
    let metres = (need.x - offer.x).hypot(need.y - offer.y);
    let shared: u32 =
        need.hours.iter().zip(&offer.hours).map(|(one, other)| (one & other).count_ones()).sum();
    if metres > need.radius.min(offer.radius) || shared == 0 {
        return None;
    }
    let kind = if need.kind == offer.kind { 1.0 } else { 0.55 };
    let language = if need.languages & offer.languages > 1 { 1.0 } else { 0.0 };
    let hours = f64::from(shared.min(12)) / 12.0;
    let score = 0.5 * kind + 0.3 * (-metres / 1_000.0).exp() + 0.15 * hours + 0.05 * language;
    Some((score * 10_000.0) as u32)
}
