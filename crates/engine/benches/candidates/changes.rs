//! How much processor time one change takes from its words to the best plan for all.

use crate::city::{Dice, KINDS};
use crate::instance::{self, Instance};
use crate::{TOP, cpu_seconds};
use kiez_engine::assignment::{Draft, Edge, NeedUnits, OfferUnits, Partner, Problem, Standing, certify};
use kiez_engine::{Market, Need, Offer};
use std::collections::BTreeSet;

/// So many of each; fewer where they take long.
const CHANGES: usize = 2_000;
const LONGEST_SECONDS: f64 = 30.0;

/// A market with its plan, both numbered like the instance.
pub(crate) struct Kept<'a> {
    market: &'a mut Market,
    instance: &'a Instance,
    standing: Standing,
    /// For each need the offers that could meet it, the best first.
    rows: Vec<Vec<Partner>>,
    /// For each offer the needs in whose rows it stands.
    needs_of: Vec<BTreeSet<u32>>,
}

impl<'a> Kept<'a> {
    pub(crate) fn new(market: &'a mut Market, instance: &'a Instance) -> Result<Self, String> {
        let rows: Vec<Vec<Partner>> = instance.needs.iter().map(|need| row(market, &need.id)).collect();
        let mut needs_of = vec![BTreeSet::new(); instance.offers.len()];
        let mut draft = Draft {
            needs: instance.needs.iter().map(units).collect(),
            offers: instance.offers.iter().map(capacity).collect(),
            ..Draft::default()
        };
        for (need, row) in (0..).zip(&rows) {
            for Partner { number: offer, profit, most } in row {
                needs_of[*offer as usize].insert(need);
                draft.edges.push(Edge { need, offer: *offer, profit: *profit, most: *most });
            }
        }
        let problem = Problem::new(draft).map_err(|fault| fault.to_string())?;
        Ok(Self { market, instance, standing: Standing::new(&problem), rows, needs_of })
    }

    /// Changes needs by chance: what they say, and of which kind.
    pub(crate) fn change_needs(&mut self, dice: &mut Dice) -> Result<(), String> {
        let mut times = Times::default();
        while times.go_on() {
            let number = one_of(dice, self.instance.needs.len());
            let kind = one_of(dice, KINDS) as usize;
            let said = Need {
                text: instance::need_text(dice, kind),
                kinds: vec![instance::kind(kind).id.clone()],
                ..self.instance.needs[number as usize].clone()
            };
            let begin = cpu_seconds();
            self.market.put_need(said);
            self.refresh(number)?;
            times.all.push(cpu_seconds() - begin);
        }
        times.say("need");
        self.examine()
    }

    /// Changes offers by chance: what they say; everybody who met them or meets them now is looked at again.
    pub(crate) fn change_offers(&mut self, dice: &mut Dice) -> Result<(), String> {
        let mut times = Times::default();
        while times.go_on() {
            let number = one_of(dice, self.instance.offers.len());
            let kind = one_of(dice, KINDS) as usize;
            let said = Offer {
                text: instance::offer_text(dice, kind),
                kinds: vec![instance::kind(kind).id.clone()],
                ..self.instance.offers[number as usize].clone()
            };
            let id = said.id.clone();
            let begin = cpu_seconds();
            self.market.put_offer(said);
            let mut touched = self.needs_of[number as usize].clone();
            for edge in self.market.edges_to(&id) {
                let need: u32 = edge.need.parse().expect("ids are numbers");
                let last = self.rows[need as usize].get(TOP - 1).map_or(0, |last| last.profit);
                if profit(edge.score.value()) >= last {
                    touched.insert(need);
                }
            }
            touched.into_iter().try_for_each(|need| self.refresh(need))?;
            times.all.push(cpu_seconds() - begin);
        }
        times.say("offer");
        self.examine()
    }

    /// Finds a need's offers anew and repairs the plan.
    fn refresh(&mut self, need: u32) -> Result<(), String> {
        let said = &self.instance.needs[need as usize];
        let row = row(self.market, &said.id);
        self.standing.change_need(need, units(said), &row).map_err(|fault| fault.to_string())?;
        for partner in &self.rows[need as usize] {
            self.needs_of[partner.number as usize].remove(&need);
        }
        for partner in &row {
            self.needs_of[partner.number as usize].insert(need);
        }
        self.rows[need as usize] = row;
        Ok(())
    }

    /// The plan must still be the best.
    fn examine(&self) -> Result<(), String> {
        let proof = certify(&self.standing.problem(), &self.standing.plan());
        proof.map(drop).map_err(|fault| fault.to_string())
    }
}

#[derive(Default)]
struct Times {
    all: Vec<f64>,
}

impl Times {
    fn go_on(&self) -> bool {
        self.all.len() < CHANGES && self.all.iter().sum::<f64>() < LONGEST_SECONDS
    }

    fn say(mut self, what: &str) {
        self.all.sort_by(f64::total_cmp);
        let at = |share: usize| self.all[self.all.len() * share / 100] * 1e6;
        let count = self.all.len();
        println!(
            "one {what} changed, from its words to the plan, {count} times: p50 {:.0} µs, p99 {:.0} µs",
            at(50),
            at(99)
        );
    }
}

fn one_of(dice: &mut Dice, count: usize) -> u32 {
    dice.below(u32::try_from(count).expect("few enough"))
}

/// The best offers for a need; numbers are those of the ids.
fn row(market: &Market, need: &str) -> Vec<Partner> {
    let found = market.edges_for(need, TOP, |_, _| true).into_iter();
    found
        .map(|edge| Partner {
            number: edge.offer.parse().expect("ids are numbers"),
            profit: profit(edge.score.value()),
            most: 1,
        })
        .collect()
}

fn profit(score: f64) -> i32 {
    (score * 10_000.0).round() as i32
}

fn units(need: &Need) -> NeedUnits {
    NeedUnits { units: need.units, institution: None }
}

fn capacity(offer: &Offer) -> OfferUnits {
    OfferUnits { capacity: offer.capacity.unwrap_or(1), actor: None }
}
