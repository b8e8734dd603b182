//! Problems of the size of a city, made up by a seed: the same seed gives the same problem everywhere.
//!
//! The city is that of `city.rs`, its kinds in 67 families. Each need knows its `top` best offers.

use crate::city::{City, Dice, Place};
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

const FAMILY: usize = 6;
const CELL: f64 = 500.0;

pub(crate) fn draft(recipe: Recipe, seed: u64) -> Draft {
    let mut dice = Dice::new(seed);
    if recipe.width == 0.0 {
        return at_random(recipe, &mut dice);
    }
    let city = City::new(&mut dice, recipe.width);
    let offers = city.places(&mut dice, recipe.offers);
    let needs = city.places(&mut dice, recipe.needs);
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
