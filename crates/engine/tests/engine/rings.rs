//! Rings and their choice against a search that tries everything, and where there are very many.

use kiez_engine::packing::{Group, pack};
use kiez_engine::rings::{Link, find};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Links among so few actors that everything can be tried.
fn links() -> impl Strategy<Value = Vec<Link>> {
    let link = (0..8_u32, 0..8_u32, 0..9_u32).prop_map(|(giver, taker, worth)| Link { giver, taker, worth });
    proptest::collection::vec(link, 0..40)
}

/// Every ring by trying every row of two to four actors: who is in it (as bits) and what it is worth.
fn by_trying(links: &[Link]) -> Vec<(u32, u64)> {
    let mut best: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for link in links.iter().filter(|link| link.giver != link.taker && link.worth > 0) {
        let known = best.entry((link.giver, link.taker)).or_default();
        *known = link.worth.max(*known);
    }
    let mut rows: Vec<Vec<u32>> = (0..8).map(|actor| vec![actor]).collect();
    let mut rings = Vec::new();
    for length in 2..=4_u64 {
        let longer = |row: &Vec<u32>| {
            (row[0] + 1..8).map(|next| [row.as_slice(), &[next]].concat()).collect::<Vec<_>>()
        };
        rows = rows
            .iter()
            .flat_map(longer)
            .filter(|row| row.iter().collect::<BTreeSet<_>>().len() == row.len())
            .collect();
        for row in &rows {
            let pairs = row.iter().zip(row.iter().cycle().skip(1));
            let worths: Option<Vec<u32>> =
                pairs.map(|(giver, taker)| best.get(&(*giver, *taker)).copied()).collect();
            if let Some(weakest) = worths.and_then(|worths| worths.into_iter().min()) {
                rings.push((row.iter().map(|actor| 1 << actor).sum(), u64::from(weakest) * length));
            }
        }
    }
    rings
}

/// The most that can be chosen, by trying who is left for every first group.
fn most(groups: &[(u32, u64)], taken: u32) -> u64 {
    let Some(((members, worth), others)) = groups.split_first() else { return 0 };
    let without = most(others, taken);
    if members & taken == 0 { without.max(worth + most(others, taken | members)) } else { without }
}

/// The same for many rings: the most for each set of actors, one actor after the other.
fn most_of_many(rings: &[(u32, u64)]) -> u64 {
    let mut best = vec![0_u64; 256];
    for set in 1..256_u32 {
        let lowest = set & set.wrapping_neg();
        let with = rings.iter().filter(|(members, _)| members & lowest > 0 && members & !set == 0);
        let with = with.map(|(members, worth)| worth + best[(set & !members) as usize]).max();
        best[set as usize] = best[(set & !lowest) as usize].max(with.unwrap_or(0));
    }
    best[255]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_other_choice_of_rings_is_worth_more(links in links()) {
        let found = find(&links);
        let rings = by_trying(&links);
        prop_assert_eq!(found.found, rings.len());
        prop_assert_eq!(found.worth, most_of_many(&rings));
        prop_assert!(found.is_best());
    }

    #[test]
    fn every_ring_closes_and_nobody_is_in_two(links in links()) {
        let found = find(&links);
        let mut seen = BTreeSet::new();
        let mut sum = 0;
        for ring in &found.rings {
            let own: Vec<Link> = ring.links.iter().map(|place| links[*place]).collect();
            prop_assert!((2..=4).contains(&own.len()));
            for (link, next) in own.iter().zip(own.iter().cycle().skip(1)) {
                prop_assert_eq!(link.taker, next.giver);
                prop_assert!(seen.insert(link.giver), "{} is in two rings", link.giver);
            }
            let weakest = own.iter().map(|link| u64::from(link.worth)).min().unwrap_or(0);
            prop_assert_eq!(ring.worth, weakest * own.len() as u64);
            sum += ring.worth;
        }
        prop_assert_eq!(sum, found.worth);
        prop_assert!(found.rings.is_sorted_by(|one, other| one.worth >= other.worth));
    }

    #[test]
    fn the_names_of_actors_carry_no_meaning_for_the_worth(links in links(), turn in 1..8_u32) {
        let renamed: Vec<Link> = links.iter().rev()
            .map(|link| Link { giver: (link.giver + turn) % 8 * 1_000, taker: (link.taker + turn) % 8 * 1_000, ..*link })
            .collect();
        prop_assert_eq!(find(&links).worth, find(&renamed).worth);
        prop_assert_eq!(find(&links), find(&links));
    }

    #[test]
    fn a_choice_of_groups_is_the_best_and_says_so(
        groups in proptest::collection::vec((proptest::collection::vec(0..12_u32, 0..5), 0..50_u64), 0..16)
    ) {
        let bits = |members: &[u32]| members.iter().fold(0, |bits, member| bits | 1 << member);
        let sets: Vec<(u32, u64)> = groups.iter().filter(|(members, _)| !members.is_empty())
            .map(|(members, worth)| (bits(members), *worth)).collect();
        let groups: Vec<Group> = groups.into_iter().map(|(members, worth)| Group { members, worth }).collect();
        let packing = pack(&groups);
        prop_assert_eq!(packing.worth, most(&sets, 0));
        prop_assert_eq!(packing.bound, packing.worth);
    }
}

/// Numbers that look like chance and are the same each time.
fn numbers(mut state: u64) -> impl FnMut(u32) -> u32 {
    move |below| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % u64::from(below)) as u32
    }
}

#[test]
fn ten_thousand_who_all_live_close_together_get_rings_without_a_claim_to_the_best() {
    let mut number = numbers(42);
    let mut links = Vec::new();
    for giver in 0..10_000_u32 {
        // Streets of two hundred in which everybody could help a fifth.
        let street = giver / 200 * 200;
        links.extend((0..40).map(|_| Link { giver, taker: street + number(200), worth: 1 + number(9_999) }));
    }
    let found = find(&links);
    assert!(!found.complete && !found.is_best(), "links and rings were left out");
    assert!(found.found <= kiez_engine::rings::MOST_RINGS);
    assert!(found.worth <= found.bound);
    let mut seen = BTreeSet::new();
    let actors = found.rings.iter().flat_map(|ring| &ring.links).map(|place| links[*place].giver);
    assert!(actors.into_iter().all(|actor| seen.insert(actor)), "nobody is in two rings");
    assert!(seen.len() > 5_000, "most are served: {}", seen.len());
}

#[test]
fn a_greedy_first_choice_is_put_right() {
    // The strongest pair stands between two pairs that are worth more together.
    let link = |giver, taker, worth| Link { giver, taker, worth };
    let both = |one, other, worth| [link(one, other, worth), link(other, one, worth)];
    let links = [both(1, 2, 60), both(2, 3, 70), both(3, 4, 60)].concat();
    let found = find(&links);
    assert_eq!((found.worth, found.rings.len(), found.is_best()), (240, 2, true));
}
