//! The best plan while needs and offers come, change and go: repaired from the prices there are, not begun anew.

use super::fault::ProblemFault;
use super::network::{NEEDS, Network, Node, OFFERS};
use super::plan::{self, Plan};
use super::problem::{Draft, Edge, MOST, MOST_UNITS, NeedUnits, OfferUnits, Problem, refuse_twice};
use super::rows::{Entry, place};
use super::settle::Settler;
use super::tie::NONE;

/// The other end of an edge of a need or an offer that is put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partner {
    /// The number of the offer for a need, of the need for an offer.
    pub number: u32,
    /// What each unit brings; nothing is joined where it is not above 0.
    pub profit: i32,
    /// How many units may go along it.
    pub most: u32,
}

/// A problem with its best plan, after every change. What was taken out keeps its number, which may be given again.
///
/// The value is that of a fresh solution; where several plans are equally good it may be another one.
#[derive(Debug, Clone)]
pub struct Standing {
    network: Network<'static>,
    settler: Settler,
    /// None where it was taken out.
    pub(super) needs: Vec<Option<NeedUnits>>,
    offers: Vec<Option<OfferUnits>>,
    actors: Vec<u32>,
    free_edges: Vec<u32>,
    edges: usize,
    /// What all needs ask for together.
    units: u64,
}

impl Standing {
    /// Solves the problem and stays ready for changes.
    #[must_use]
    pub fn new(problem: &Problem) -> Self {
        let mut network = Network::of(problem);
        let mut settler = Settler::default();
        settler.begin(&mut network);
        network.see_from_offers();
        let edges = problem.rows.edges();
        Self {
            network: network.into_owned(),
            settler,
            needs: problem.needs.iter().copied().map(Some).collect(),
            offers: problem.offers.iter().copied().map(Some).collect(),
            actors: problem.caps.clone(),
            free_edges: Vec::new(),
            edges,
            units: problem.needs.iter().map(|need| u64::from(need.units)).sum(),
        }
    }

    /// The best plan as it stands.
    #[must_use]
    pub fn plan(&self) -> Plan {
        plan::read(&self.network)
    }

    /// The problem as it stands; what was taken out has no edges in it.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let [needs, _] = &self.network.sides;
        let edges = (0..place(self.needs.len())).flat_map(|need| {
            let row = needs.rows.row(need).iter();
            row.map(move |entry| Edge {
                need,
                offer: entry.to,
                profit: entry.profit,
                most: self.network.most(entry.edge),
            })
        });
        let gone_need = NeedUnits { units: 1, institution: None };
        let gone_offer = OfferUnits { capacity: 0, actor: None };
        let draft = Draft {
            needs: self.needs.iter().map(|need| need.unwrap_or(gone_need)).collect(),
            offers: self.offers.iter().map(|offer| offer.unwrap_or(gone_offer)).collect(),
            edges: edges.collect(),
            actors: self.actors.clone(),
            institutions: needs.groups.iter().map(|group| group.schedule.clone()).collect(),
        };
        Problem::new(draft).expect("every change was examined before it was made")
    }

    /// What the plan brings: profits less deductions.
    #[must_use]
    pub fn value(&self) -> i128 {
        let [needs, _] = &self.network.sides;
        let ties = needs.nodes.iter().flat_map(|node| self.network.ties.list(NEEDS, node.first));
        let profits: i128 = ties.map(|(_, tie)| i128::from(tie.profit) * i128::from(tie.units)).sum();
        let pieces = needs.groups.iter().flat_map(|group| group.schedule.pieces(u64::from(group.load)));
        let deducted = pieces.map(|(units, each)| i128::from(units) * i128::from(each.unwrap_or(0)));
        profits - deducted.sum::<i128>()
    }

    /// Puts a need in and returns its number.
    ///
    /// # Errors
    ///
    /// [`ProblemFault`]; nothing has changed then.
    pub fn add_need(&mut self, need: NeedUnits, partners: &[Partner]) -> Result<u32, ProblemFault> {
        let number = place(self.needs.len());
        self.examine_need(number, need, partners)?;
        self.needs.push(None);
        self.network.add_node(NEEDS);
        self.note_need(number, Some(need));
        self.put_in::<NEEDS>(number, (need.units, need.institution), partners);
        Ok(number)
    }

    /// Puts another need in the place of one, also of one that was taken out.
    ///
    /// # Errors
    ///
    /// [`ProblemFault`]; nothing has changed then.
    pub fn change_need(
        &mut self,
        number: u32,
        need: NeedUnits,
        partners: &[Partner],
    ) -> Result<(), ProblemFault> {
        refuse_unknown("need", number, self.needs.len())?;
        self.examine_need(number, need, partners)?;
        self.take_out::<NEEDS>(number);
        self.note_need(number, Some(need));
        self.put_in::<NEEDS>(number, (need.units, need.institution), partners);
        Ok(())
    }

    /// Takes a need out.
    ///
    /// # Errors
    ///
    /// [`ProblemFault::Unknown`] where there never was one with this number.
    pub fn remove_need(&mut self, number: u32) -> Result<(), ProblemFault> {
        refuse_unknown("need", number, self.needs.len())?;
        self.take_out::<NEEDS>(number);
        self.note_need(number, None);
        self.settler.settle(&mut self.network);
        Ok(())
    }

    /// Puts an offer in and returns its number.
    ///
    /// # Errors
    ///
    /// [`ProblemFault`]; nothing has changed then.
    pub fn add_offer(&mut self, offer: OfferUnits, partners: &[Partner]) -> Result<u32, ProblemFault> {
        let number = place(self.offers.len());
        self.examine_offer(number, offer, partners)?;
        self.offers.push(Some(offer));
        self.network.add_node(OFFERS);
        self.put_in::<OFFERS>(number, (offer.capacity, offer.actor), partners);
        Ok(number)
    }

    /// Puts another offer in the place of one, also of one that was taken out.
    ///
    /// # Errors
    ///
    /// [`ProblemFault`]; nothing has changed then.
    pub fn change_offer(
        &mut self,
        number: u32,
        offer: OfferUnits,
        partners: &[Partner],
    ) -> Result<(), ProblemFault> {
        refuse_unknown("offer", number, self.offers.len())?;
        self.examine_offer(number, offer, partners)?;
        self.take_out::<OFFERS>(number);
        self.offers[number as usize] = Some(offer);
        self.put_in::<OFFERS>(number, (offer.capacity, offer.actor), partners);
        Ok(())
    }

    /// Takes an offer out.
    ///
    /// # Errors
    ///
    /// [`ProblemFault::Unknown`] where there never was one with this number.
    pub fn remove_offer(&mut self, number: u32) -> Result<(), ProblemFault> {
        refuse_unknown("offer", number, self.offers.len())?;
        self.take_out::<OFFERS>(number);
        self.offers[number as usize] = None;
        self.settler.settle(&mut self.network);
        Ok(())
    }

    /// The offers of one actor that are in.
    pub fn offers_of(&self, actor: u32) -> impl Iterator<Item = u32> + '_ {
        let is_of = move |offer: &Option<OfferUnits>| offer.is_some_and(|offer| offer.actor == Some(actor));
        (0..).zip(&self.offers).filter(move |(_, offer)| is_of(offer)).map(|(number, _)| number)
    }

    fn units_of(&self, need: u32) -> u64 {
        self.needs.get(need as usize).copied().flatten().map_or(0, |need| u64::from(need.units))
    }

    fn note_need(&mut self, number: u32, need: Option<NeedUnits>) {
        self.units -= self.units_of(number);
        self.needs[number as usize] = need;
        self.units += self.units_of(number);
    }

    /// The offers that could meet a need, the best first.
    pub(super) fn partners_of(&self, need: u32) -> Vec<Partner> {
        let row = self.network.sides[NEEDS].rows.row(need).iter();
        row.map(|entry| Partner {
            number: entry.to,
            profit: entry.profit,
            most: self.network.most(entry.edge),
        })
        .collect()
    }

    fn examine_need(&self, number: u32, need: NeedUnits, partners: &[Partner]) -> Result<(), ProblemFault> {
        need.examine(number as usize, self.network.sides[NEEDS].groups.len())?;
        let units = self.units + u64::from(need.units) - self.units_of(number);
        if units > MOST_UNITS {
            return Err(ProblemFault::TooManyUnits { units });
        }
        let edge = |partner: &Partner| Edge {
            need: number,
            offer: partner.number,
            profit: partner.profit,
            most: partner.most,
        };
        refuse_gone("offer", &self.offers, partners)?;
        self.examine_edges(partners.iter().map(edge).collect(), [self.needs.len() + 1, self.offers.len()])
    }

    fn examine_offer(
        &self,
        number: u32,
        offer: OfferUnits,
        partners: &[Partner],
    ) -> Result<(), ProblemFault> {
        offer.examine(number as usize, self.actors.len())?;
        let edge = |partner: &Partner| Edge {
            need: partner.number,
            offer: number,
            profit: partner.profit,
            most: partner.most,
        };
        refuse_gone("need", &self.needs, partners)?;
        self.examine_edges(partners.iter().map(edge).collect(), [self.needs.len(), self.offers.len() + 1])
    }

    fn examine_edges(&self, mut edges: Vec<Edge>, sizes: [usize; 2]) -> Result<(), ProblemFault> {
        let [needs, offers] = sizes;
        let counts = [("edges", self.edges + edges.len()), ("needs", needs), ("offers", offers)];
        if let Some((what, count)) = counts.into_iter().find(|(_, count)| *count > MOST) {
            return Err(ProblemFault::TooMany { what, count });
        }
        for (number, edge) in edges.iter().enumerate() {
            edge.examine(number, needs, offers)?;
        }
        refuse_twice(&mut edges)
    }

    /// Everything that a need or an offer had is spare again, and its edges are gone; the other ends are woken.
    fn take_out<const SIDE: usize>(&mut self, number: u32) {
        let network = &mut self.network;
        while let first = network.sides[SIDE].nodes[number as usize].first
            && first != NONE
        {
            let units = network.ties.get(first).units;
            self.settler.free(network, first, units);
        }
        for entry in network.sides[SIDE].rows.row(number).to_vec() {
            network.sides[SIDE].rows.to_mut().remove(number, entry.edge);
            network.sides[1 - SIDE].rows.to_mut().remove(entry.to, entry.edge);
            self.free_edges.push(entry.edge);
        }
        network.leave_group(SIDE, number);
        network.sides[SIDE].nodes[number as usize] = Node::new(0);
    }

    /// Joins a node without edges to its partners and settles everything.
    fn put_in<const SIDE: usize>(&mut self, number: u32, units: (u32, Option<u32>), partners: &[Partner]) {
        let (units, group) = units;
        let mut price = 0;
        for partner in partners.iter().filter(|partner| partner.profit > 0) {
            let edge = self.free_edges.pop().unwrap_or_else(|| {
                self.edges += 1;
                place(self.edges - 1)
            });
            let network = &mut self.network;
            network.set_edge(edge, partner.most);
            let entry = Entry { to: partner.number, profit: partner.profit, edge };
            network.sides[SIDE].rows.to_mut().insert(number, entry);
            network.sides[1 - SIDE].rows.to_mut().insert(partner.number, Entry { to: number, ..entry });
            let there = &network.sides[1 - SIDE].nodes[partner.number as usize];
            price = price.max(partner.profit - there.price);
        }
        self.network.sides[SIDE].nodes[number as usize] = Node { price, ..Node::new(units) };
        self.network.join_group(SIDE, number, group);
        self.settler.wake(SIDE, number);
        self.settler.settle(&mut self.network);
    }
}

fn refuse_unknown(what: &'static str, number: u32, count: usize) -> Result<(), ProblemFault> {
    if (number as usize) < count { Ok(()) } else { Err(ProblemFault::Unknown { what, number, count }) }
}

fn refuse_gone<T>(what: &'static str, all: &[Option<T>], partners: &[Partner]) -> Result<(), ProblemFault> {
    let is_gone = |partner: &&Partner| matches!(all.get(partner.number as usize), Some(None));
    match partners.iter().find(is_gone) {
        Some(partner) => Err(ProblemFault::Gone { what, number: partner.number }),
        None => Ok(()),
    }
}
