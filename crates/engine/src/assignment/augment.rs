//! Units go along the way that was found: every second step gives, every other takes back.

use super::network::Network;
use super::search::{OTHER, OTHER_GROUP, OWN, OWN_GROUP, Search, Source};
use super::tie::NONE;

/// Sends as many units as fit from the source to `end` along the labels of the search.
pub(super) fn augment<const SIDE: usize>(
    network: &mut Network<'_>,
    search: &Search,
    source: Source,
    end: u32,
) {
    let units = narrowest::<SIDE>(network, search, source, end);
    let closes = source.group.is_some_and(|group| end == super::search::key(OWN_GROUP, group));
    if !closes {
        reach_ground::<SIDE>(network, end, units);
        leave_ground::<SIDE>(network, source, units);
    }
    if source.key & 3 == OWN {
        network.sides[SIDE].nodes[(source.key >> 2) as usize].spare -= units;
    }
    for (from, to, via) in steps(search, source, end) {
        step::<SIDE>(network, from, to, via, units);
    }
}

/// The steps from the end back to the source: from, to, entry or tie.
fn steps(search: &Search, source: Source, end: u32) -> impl Iterator<Item = (u32, u32, u32)> + '_ {
    let mut to = end;
    std::iter::from_fn(move || {
        if to == source.key {
            return None;
        }
        let label = search.label(to);
        let step = (label.from, to, label.via);
        to = label.from;
        Some(step)
    })
}

fn narrowest<const SIDE: usize>(network: &Network<'_>, search: &Search, source: Source, end: u32) -> u32 {
    let [own, other] = [&network.sides[SIDE], &network.sides[1 - SIDE]];
    let number = (end >> 2) as usize;
    let mut units = match end & 3 {
        OTHER => other.nodes[number].spare,
        OTHER_GROUP => {
            let group = &other.groups[number];
            group.schedule.alike_from(group.load + 1)
        }
        OWN_GROUP if source.group != Some(end >> 2) => {
            let group = &own.groups[number];
            group.schedule.alike_until(group.load)
        }
        _ => u32::MAX,
    };
    let start = source.key >> 2;
    match source.key & 3 {
        OWN => units = units.min(own.nodes[start as usize].spare),
        OTHER_GROUP => units = 1,
        _ => {}
    }
    let opening = if source.key & 3 == OWN_GROUP { Some(start) } else { source.group };
    if let Some(group) = opening {
        let group = &own.groups[group as usize];
        units = units.min(group.schedule.alike_from(group.load + 1));
    }
    steps(search, source, end)
        .fold(units, |units, (from, to, via)| units.min(room::<SIDE>(network, from, to, via)))
}

/// How many units fit through one step.
fn room<const SIDE: usize>(network: &Network<'_>, from: u32, to: u32, via: u32) -> u32 {
    let [own, other] = [&network.sides[SIDE], &network.sides[1 - SIDE]];
    match (from & 3, to & 3) {
        (OWN, OTHER) => {
            let edge = own.rows.at(via).edge;
            let most = network.most(edge);
            let tied = if most == 1 { None } else { network.tie_on(SIDE, from >> 2, edge) };
            most - tied.map_or(0, |tie| network.ties.get(tie).units)
        }
        (OTHER, OWN) => network.ties.get(via).units,
        (OWN_GROUP, OWN) => own.nodes[(to >> 2) as usize].spare,
        (OTHER, OTHER_GROUP) => other.nodes[(from >> 2) as usize].spare,
        // A node and its group exchange what a tie before or after this step takes back: that tie is the narrower one.
        _ => u32::MAX,
    }
}

fn step<const SIDE: usize>(network: &mut Network<'_>, from: u32, to: u32, via: u32, units: u32) {
    match (from & 3, to & 3) {
        (OWN, OTHER) => network.tie(SIDE, from >> 2, via, units),
        (OTHER, OWN) => network.untie(via, units),
        (OWN_GROUP, OWN) => network.sides[SIDE].nodes[(to >> 2) as usize].spare -= units,
        (OTHER, OTHER_GROUP) => network.sides[1 - SIDE].nodes[(from >> 2) as usize].spare -= units,
        (OWN, OWN_GROUP) => network.sides[SIDE].nodes[(from >> 2) as usize].spare += units,
        _ => network.sides[1 - SIDE].nodes[(to >> 2) as usize].spare += units,
    }
    debug_assert!(via != NONE || from & 3 >= OWN_GROUP || to & 3 >= OWN_GROUP);
}

/// Where the way ends: a spare unit is used, or a unit is given up for the new one.
fn reach_ground<const SIDE: usize>(network: &mut Network<'_>, end: u32, units: u32) {
    let number = (end >> 2) as usize;
    match end & 3 {
        OWN => network.sides[SIDE].nodes[number].spare += units,
        OTHER => network.sides[1 - SIDE].nodes[number].spare -= units,
        OWN_GROUP => network.sides[SIDE].groups[number].load -= units,
        _ => network.sides[1 - SIDE].groups[number].load += units,
    }
}

/// Where the way begins: the group of the source has more units than before, or fewer if it sends one another way.
fn leave_ground<const SIDE: usize>(network: &mut Network<'_>, source: Source, units: u32) {
    if source.key & 3 == OTHER_GROUP {
        network.sides[1 - SIDE].groups[(source.key >> 2) as usize].load -= units;
    }
    let group = if source.key & 3 == OWN_GROUP { Some(source.key >> 2) } else { source.group };
    if let Some(group) = group {
        network.sides[SIDE].groups[group as usize].load += units;
    }
}
