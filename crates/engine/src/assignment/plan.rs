//! Who gives what to whom, and at which prices nobody would rather do something else.

use super::network::{NEEDS, Network, OFFERS};

/// Units of one offer for one need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Given {
    /// The number of the need.
    pub need: u32,
    /// The number of the offer.
    pub offer: u32,
    /// How many units, at least 1.
    pub units: u32,
}

/// What one more unit would be worth, in the unit of profits. They prove that a plan is the best one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prices {
    /// What each need gains with one unit more at the other prices.
    pub needs: Vec<i32>,
    /// What one more unit of each offer would bring.
    pub offers: Vec<i32>,
    /// What each institution's next unit must bring.
    pub institutions: Vec<i32>,
    /// What one more unit of each actor's cap would bring.
    pub actors: Vec<i32>,
}

/// A plan for a [`Problem`](super::Problem), with the prices that go with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// By need, then by offer.
    pub given: Vec<Given>,
    /// The proof.
    pub prices: Prices,
}

pub(super) fn read(network: &Network<'_>) -> Plan {
    let [needs, offers] = &network.sides;
    let mut given = Vec::new();
    for node in &needs.nodes {
        let ties = network.ties.list(NEEDS, node.first).map(|(_, tie)| tie);
        given.extend(ties.map(|tie| Given {
            need: tie.node[NEEDS],
            offer: tie.node[OFFERS],
            units: tie.units,
        }));
    }
    given.sort_unstable();
    let prices = Prices {
        needs: needs.nodes.iter().map(|node| node.price).collect(),
        offers: offers.nodes.iter().map(|node| node.price).collect(),
        institutions: needs.groups.iter().map(|group| group.price).collect(),
        actors: offers.groups.iter().map(|group| group.price).collect(),
    };
    Plan { given, prices }
}
