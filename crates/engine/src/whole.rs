//! From suggestions one by one to the best for the whole Kiez.
//!
//! Each suggestion becomes an edge; its profit is the score in ten-thousandths times what a unit of the need is worth.
//! Offers keep their capacities, actors the sum they can give, and each further unit for one institution counts a little
//! less, so that what there is goes round.

use crate::assignment::{
    self, Certificate, Draft, Edge, Given, NeedUnits, OfferUnits, Problem, ProblemFault, Schedule, Violation,
};
use kiez_domain::suggestion::Score;
use std::collections::BTreeMap;

mod what_if;

pub use what_if::Otherwise;

/// A need with what was found for it.
#[derive(Debug, Clone)]
pub struct Wish {
    /// How many units it asks for; 0 counts as 1.
    pub units: u32,
    /// What a unit is worth, in hours of help; 1 where nobody said, at most [`MOST_VALUE`].
    pub value: f64,
    /// Whose need it is: needs of one institution share what counts less.
    pub institution: Option<String>,
    /// Who could meet it, by the offer's id, and how well.
    pub found: Vec<(String, Score)>,
}

/// What an offer can give.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Means {
    /// How many units; 1 where nobody said.
    pub capacity: Option<u32>,
    /// Whose offer it is.
    pub actor: Option<String>,
}

/// One pair of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// The place of the need among the wishes.
    pub need: usize,
    /// The place of the suggestion among those found for it.
    pub found: usize,
    /// How many units.
    pub units: u32,
}

/// The best plan for all wishes, with its proof.
#[derive(Debug)]
pub struct Whole {
    /// The chosen pairs, by need.
    pub chosen: Vec<Chosen>,
    /// What was solved.
    pub problem: Problem,
    /// What no other plan exceeds; a violation would be a fault of this program.
    pub proof: Result<Certificate, Violation>,
    /// Which suggestion an edge stands for.
    places: BTreeMap<(u32, u32), usize>,
}

/// So many who could meet a need take part in a choice for all.
pub const CANDIDATES: usize = 32;
/// No need counts more than this many hours.
pub const MOST_VALUE: f64 = 1_000.0;
/// A suggestion below this score is nothing that anybody should be sent to.
pub const LEAST_SCORE: f64 = 0.12;
const TEN_THOUSANDTHS: f64 = 10_000.0;
/// How much less each further unit for one institution counts, in the unit of profits; it grows no further after the sixth.
const FURTHER: [i32; 6] = [0, 600, 1_200, 1_800, 2_400, 3_000];

/// Chooses what is best for all together.
///
/// # Errors
/// When the numbers exceed what the method can add up, which takes hundreds of millions of needs or offers.
pub fn best_whole(wishes: &[Wish], means: &BTreeMap<String, Means>) -> Result<Whole, ProblemFault> {
    let mut table = Table::default();
    for (number, wish) in (0..).zip(wishes) {
        table.add(number, wish, means)?;
    }
    let Table { draft, places, .. } = table;
    let problem = Problem::new(draft)?;
    let plan = assignment::solve(&problem);
    let proof = assignment::certify(&problem, &plan);
    Ok(Whole { chosen: read(&plan.given, &places), problem, proof, places })
}

/// The problem while it is written down.
#[derive(Default)]
struct Table {
    draft: Draft,
    offers: BTreeMap<String, u32>,
    actors: BTreeMap<String, u32>,
    institutions: BTreeMap<String, u32>,
    /// Which suggestion an edge stands for.
    places: BTreeMap<(u32, u32), usize>,
}

impl Table {
    fn add(&mut self, number: u32, wish: &Wish, means: &BTreeMap<String, Means>) -> Result<(), ProblemFault> {
        let institution = wish.institution.as_ref().map(|name| self.institution(name)).transpose()?;
        let units = wish.units.max(1);
        self.draft.needs.push(NeedUnits { units, institution });
        let value = if wish.value.is_finite() { wish.value.clamp(1.0, MOST_VALUE) } else { 1.0 };
        for (place, (offer, score)) in wish.found.iter().enumerate() {
            if score.value() < LEAST_SCORE {
                continue;
            }
            let offer = self.offer(offer, means);
            let capacity = self.draft.offers[offer as usize].capacity;
            if capacity == 0 || self.places.insert((number, offer), place).is_some() {
                continue;
            }
            #[expect(clippy::cast_possible_truncation, reason = "at most ten million")]
            let profit = (score.value() * TEN_THOUSANDTHS * value).round() as i32;
            self.draft.edges.push(Edge { need: number, offer, profit, most: units.min(capacity) });
        }
        Ok(())
    }

    fn institution(&mut self, name: &str) -> Result<u32, ProblemFault> {
        let next = number_of(self.institutions.len());
        let number = *self.institutions.entry(name.to_owned()).or_insert(next);
        if number == next {
            self.draft.institutions.push(Schedule::new(&FURTHER)?);
        }
        Ok(number)
    }

    fn offer(&mut self, id: &str, means: &BTreeMap<String, Means>) -> u32 {
        let next = number_of(self.offers.len());
        let number = *self.offers.entry(id.to_owned()).or_insert(next);
        if number == next {
            let means = means.get(id).cloned().unwrap_or_default();
            let capacity = means.capacity.unwrap_or(1);
            let actor = means.actor.map(|actor| self.actor(actor, capacity));
            self.draft.offers.push(OfferUnits { capacity, actor });
        }
        number
    }

    /// An actor gives as much as its largest offer, once: nobody is asked for everything at the same time.
    fn actor(&mut self, name: String, capacity: u32) -> u32 {
        let next = number_of(self.actors.len());
        let number = *self.actors.entry(name).or_insert(next);
        if number == next {
            self.draft.actors.push(capacity);
        }
        let cap = &mut self.draft.actors[number as usize];
        *cap = (*cap).max(capacity);
        number
    }
}

fn number_of(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn read(given: &[Given], places: &BTreeMap<(u32, u32), usize>) -> Vec<Chosen> {
    let chosen = given.iter().filter_map(|given| {
        let found = *places.get(&(given.need, given.offer))?;
        Some(Chosen { need: given.need as usize, found, units: given.units })
    });
    chosen.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(institution: &str, units: u32, offers: &[(&str, f64)]) -> Wish {
        let found =
            offers.iter().map(|(offer, score)| ((*offer).to_owned(), Score::clamped(*score))).collect();
        Wish { units, value: 1.0, institution: Some(institution.to_owned()), found }
    }

    fn means(all: &[(&str, u32, &str)]) -> BTreeMap<String, Means> {
        let one = |(offer, capacity, actor): &(&str, u32, &str)| {
            ((*offer).to_owned(), Means { capacity: Some(*capacity), actor: Some((*actor).to_owned()) })
        };
        all.iter().map(one).collect()
    }

    fn pairs(wishes: &[Wish], means: &BTreeMap<String, Means>) -> Vec<(usize, String, u32)> {
        let whole = best_whole(wishes, means).expect("small");
        assert!(whole.proof.is_ok(), "{:?}", whole.proof);
        let offer = |chosen: &Chosen| wishes[chosen.need].found[chosen.found].0.clone();
        whole.chosen.iter().map(|chosen| (chosen.need, offer(chosen), chosen.units)).collect()
    }

    #[test]
    fn the_best_for_all_is_not_the_best_for_the_first() {
        // Alone, the first would take the joiner; together 0.5 + 0.8 is more than 0.6 + 0.0.
        let wishes = [
            wish("kita", 1, &[("joiner", 0.6), ("market", 0.5)]),
            wish("club", 1, &[("joiner", 0.8), ("market", 0.05)]),
        ];
        let found = pairs(&wishes, &means(&[("joiner", 1, "j"), ("market", 1, "m")]));
        assert_eq!(found, [(0, "market".to_owned(), 1), (1, "joiner".to_owned(), 1)]);
    }

    #[test]
    fn what_there_is_goes_round() {
        // Two rooms: the Kita would fill both a little better, but its second counts 0.06 less.
        let wishes = [
            wish("kita", 1, &[("room", 0.50)]),
            wish("kita", 1, &[("room", 0.49)]),
            wish("club", 1, &[("room", 0.45)]),
        ];
        let found = pairs(&wishes, &means(&[("room", 2, "house")]));
        assert_eq!(found, [(0, "room".to_owned(), 1), (2, "room".to_owned(), 1)]);
    }

    #[test]
    fn an_actor_is_not_asked_for_all_its_offers_at_once() {
        let wishes = [wish("a", 1, &[("bread", 0.8)]), wish("b", 1, &[("cake", 0.7)])];
        let found = pairs(&wishes, &means(&[("bread", 1, "baker"), ("cake", 1, "baker")]));
        assert_eq!(found, [(0, "bread".to_owned(), 1)]);
    }

    #[test]
    fn several_units_come_from_several_givers_and_weak_ones_are_left_alone() {
        let wishes = [wish("club", 4, &[("print", 0.7), ("bank", 0.6), ("zoo", 0.11)])];
        let found = pairs(&wishes, &means(&[("print", 2, "p"), ("bank", 1, "b"), ("zoo", 9, "z")]));
        assert_eq!(found, [(0, "print".to_owned(), 2), (0, "bank".to_owned(), 1)]);
        assert!(pairs(&[], &BTreeMap::new()).is_empty());
    }
}
