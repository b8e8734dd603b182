//! Bundles: visits from the pairs of the market, trips from the needs of something that must be driven.

use super::{Kiez, LEAST_DRIVER, LEAST_PART, Pair};
use kiez_domain::id::ActorId;
use kiez_domain::kind::KindId;
use kiez_domain::week_hours::WeekHours;
use kiez_engine::Knowledge;
use kiez_engine::bundles::{self, Chance, Errand};
use std::collections::{BTreeMap, BTreeSet};

/// The top branch of the vocabulary whose kinds take a van.
const DRIVEN: &str = "transport";
/// A kind that a need's words tell less surely than this is none to drive for.
const SURE: f64 = 0.5;
/// What a trip takes where the vocabulary does not say, in minutes.
const USUAL_TRIP: u32 = 60;

/// What was found.
pub(super) struct Found {
    /// Visits as pairs of one giver, with the minutes they save.
    pub(super) visits: Vec<(Vec<Pair>, u32)>,
    pub(super) trips: Vec<Trip>,
    pub(super) are_best: bool,
}

/// One way past several needs.
pub(super) struct Trip {
    pub(super) kind: KindId,
    /// In the order of the way.
    pub(super) needs: Vec<String>,
    /// The offer that fits the worst of them best.
    pub(super) driver: Option<String>,
    pub(super) minutes: u32,
}

pub(super) fn find(kiez: &Kiez<'_>) -> Found {
    let pairs = kiez.pairs(LEAST_DRIVER, |_, _| true);
    let close: Vec<Pair> =
        pairs.iter().filter(|pair| f64::from(pair.fit) >= LEAST_PART * 10_000.0).cloned().collect();
    let (visits, visits_are_best) = visits(kiez, &close);
    let (trips, trips_are_best) = trips(kiez, &pairs);
    Found { visits, trips, are_best: visits_are_best && trips_are_best }
}

fn visits(kiez: &Kiez<'_>, pairs: &[Pair]) -> (Vec<(Vec<Pair>, u32)>, bool) {
    let (givers, offers) =
        (numbered(pairs.iter().map(|pair| pair.giver)), numbered(pairs.iter().map(|pair| &pair.offer)));
    let needs = numbered(pairs.iter().map(|pair| &pair.need));
    let chance = |pair: &Pair| Chance {
        giver: givers[&pair.giver],
        offer: offers[&&pair.offer],
        need: needs[&&pair.need],
        worth: pair.fit,
    };
    let capacity =
        |offer: &&String| kiez.cards.offers.get(*offer).map_or(0, |offer| offer.data.limits.capacity());
    let capacities: Vec<u32> = offers.keys().map(capacity).collect();
    let found = bundles::visits(&pairs.iter().map(chance).collect::<Vec<_>>(), &capacities);
    let visit =
        |one: &bundles::Bundle| (one.parts.iter().map(|part| pairs[*part].clone()).collect(), one.minutes);
    (found.bundles.iter().map(visit).collect(), found.is_best)
}

/// Numbers from 0, in the order of what is numbered.
fn numbered<T: Ord>(all: impl Iterator<Item = T>) -> BTreeMap<T, u32> {
    all.collect::<BTreeSet<T>>().into_iter().zip(0..).collect()
}

fn trips(kiez: &Kiez<'_>, pairs: &[Pair]) -> (Vec<Trip>, bool) {
    let taxonomy = Knowledge::built_in().taxonomy();
    let mut driven = Vec::new();
    for (id, need) in &kiez.cards.needs {
        let sure = kiez.market.kinds_of(id).filter(|(kind, sure)| {
            *sure >= SURE && taxonomy.kinds()[taxonomy.kinds()[*kind].top].id.as_str() == DRIVEN
        });
        let surest = sure.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        if let Some((kind, _)) = surest {
            driven.push((id, kind, need));
        }
    }
    let errands: Vec<Errand> = driven
        .iter()
        .map(|(_, kind, need)| Errand {
            kind: u32::try_from(*kind).unwrap_or(u32::MAX),
            position: need.data.card.position.or(need.seat),
            times: need.data.card.times.filter(|times: &WeekHours| !times.is_empty()),
            minutes: taxonomy.kinds()[*kind].effort_minutes.unwrap_or(USUAL_TRIP),
        })
        .collect();
    let found = bundles::trips(&errands);
    let trip = |one: &bundles::Bundle| {
        let needs: Vec<String> = one.parts.iter().map(|part| driven[*part].0.clone()).collect();
        let kind = taxonomy.kinds()[driven[one.parts[0]].1].id.clone();
        Trip { kind, driver: driver(&needs, pairs), needs, minutes: one.minutes }
    };
    (found.bundles.iter().map(trip).collect(), found.is_best)
}

/// The offer that fits all these needs, the one whose weakest fit is the strongest.
fn driver(needs: &[String], pairs: &[Pair]) -> Option<String> {
    let mut fits: BTreeMap<(&str, ActorId), Vec<u32>> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| needs.contains(&pair.need)) {
        fits.entry((&pair.offer, pair.giver)).or_default().push(pair.fit);
    }
    let all = fits.into_iter().filter(|(_, fits)| fits.len() == needs.len());
    let weakest = all.filter_map(|((offer, _), fits)| Some((fits.into_iter().min()?, offer)));
    weakest.max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(a.1))).map(|(_, offer)| offer.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_testkit::id;

    fn pair(need: &str, offer: &str, fit: u32) -> Pair {
        Pair { need: need.into(), offer: offer.into(), taker: None, giver: giver(offer), fit }
    }

    fn giver(_offer: &str) -> ActorId {
        id(ActorId::new)
    }

    #[test]
    fn whoever_drives_for_all_is_better_than_who_drives_best_for_one() {
        let removals = giver("removals");
        let own = |need, fit| Pair { giver: removals, ..pair(need, "removals", fit) };
        let pairs = [
            pair("beds", "taxi", 9_000),
            own("beds", 5_000),
            own("shelves", 4_000),
            pair("other", "van", 9_000),
        ];
        let needs = ["beds".to_owned(), "shelves".to_owned()];
        assert_eq!(driver(&needs, &pairs).as_deref(), Some("removals"));
        assert_eq!(driver(&needs[..1], &pairs).as_deref(), Some("taxi"));
        assert_eq!(driver(&["nothing".to_owned()], &pairs), None);
    }
}
