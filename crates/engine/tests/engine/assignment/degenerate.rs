//! Problems at the edge: nothing, nobody, everything alike, everything at once.

use kiez_engine::assignment::{
    Draft, Edge, Given, NeedUnits, OfferUnits, Plan, Problem, Schedule, certify, solve,
};

fn need(units: u32) -> NeedUnits {
    NeedUnits { units, institution: None }
}

fn offer(capacity: u32) -> OfferUnits {
    OfferUnits { capacity, actor: None }
}

fn edge(need: u32, offer: u32, profit: i32) -> Edge {
    Edge { need, offer, profit, most: 1 }
}

/// The best plan and what it brings, certified.
fn solved(draft: Draft) -> (Plan, i128) {
    let problem = Problem::new(draft).expect("a sound draft");
    let plan = solve(&problem);
    let value = certify(&problem, &plan).expect("the best plan").value();
    (plan, value)
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(solved(Draft::default()), (Plan::default(), 0));
    let (plan, value) = solved(Draft { needs: vec![need(3); 4], ..Draft::default() });
    assert_eq!((plan.given.len(), value), (0, 0));
    let (plan, value) = solved(Draft { offers: vec![offer(3); 4], ..Draft::default() });
    assert_eq!((plan.given.len(), value), (0, 0));
}

#[test]
fn an_offer_without_capacity_gives_nothing_and_stands_in_nobodys_way() {
    let edges = vec![edge(0, 0, 9), edge(0, 1, 2)];
    let (plan, value) =
        solved(Draft { needs: vec![need(2)], offers: vec![offer(0), offer(1)], edges, ..Draft::default() });
    assert_eq!(plan.given, [Given { need: 0, offer: 1, units: 1 }]);
    assert_eq!(value, 2);
}

#[test]
fn what_brings_nothing_is_never_given() {
    let edges = vec![edge(0, 0, 0), edge(0, 1, -4)];
    let (plan, _) =
        solved(Draft { needs: vec![need(2)], offers: vec![offer(5); 2], edges, ..Draft::default() });
    assert_eq!(plan.given, []);
}

#[test]
fn a_sacrifice_is_made_where_it_serves_the_whole() {
    // Alone, each need would take the bakery. The first has another way, so it makes room: 8 + 9 > 10.
    let edges = vec![edge(0, 0, 10), edge(0, 1, 8), edge(1, 0, 9)];
    let (plan, value) =
        solved(Draft { needs: vec![need(1); 2], offers: vec![offer(1); 2], edges, ..Draft::default() });
    assert_eq!(value, 17);
    assert_eq!(plan.given, [Given { need: 0, offer: 1, units: 1 }, Given { need: 1, offer: 0, units: 1 }]);
}

#[test]
fn ten_thousand_needs_at_one_point_share_what_there_is() {
    let needs = vec![need(1); 10_000];
    let offers = vec![offer(100); 8];
    let edges = (0..10_000).flat_map(|need| (0..8).map(move |offer| edge(need, offer, 7)));
    let (plan, value) = solved(Draft { edges: edges.collect(), needs, offers, ..Draft::default() });
    assert_eq!(plan.given.len(), 800);
    assert_eq!(value, 5_600);
}

#[test]
fn one_offer_with_room_for_all_serves_all() {
    let edges = (0..10_000).map(|need| edge(need, 0, 1)).collect();
    let (_, value) = solved(Draft {
        needs: vec![need(1); 10_000],
        offers: vec![offer(10_000)],
        edges,
        ..Draft::default()
    });
    assert_eq!(value, 10_000);
}

#[test]
fn millions_of_units_are_no_more_work_than_one() {
    let most = 1_000_000_000;
    let edges =
        vec![Edge { most, ..edge(0, 0, 3) }, Edge { most, ..edge(0, 1, 2) }, Edge { most, ..edge(1, 0, 3) }];
    let draft = Draft { needs: vec![need(most); 2], offers: vec![offer(most); 2], edges, ..Draft::default() };
    let (plan, value) = solved(draft);
    assert_eq!(value, 5_000_000_000);
    assert_eq!(plan.given.len(), 2);
}

#[test]
fn an_actor_gives_no_more_than_it_can_with_all_its_offers() {
    let offers = vec![OfferUnits { capacity: 2, actor: Some(0) }; 2];
    let edges = vec![edge(0, 0, 5), edge(0, 1, 4), edge(1, 0, 3), edge(1, 1, 2)];
    let draft = Draft { needs: vec![need(2); 2], offers, edges, actors: vec![3], ..Draft::default() };
    assert_eq!(solved(draft.clone()).1, 5 + 4 + 3);
    assert_eq!(solved(Draft { actors: vec![0], ..draft }).1, 0);
}

#[test]
fn the_first_unit_of_an_institution_counts_most() {
    // Both offers are best for the day care. Its second unit counts 3 less, so that the school gets one.
    let needs =
        vec![NeedUnits { units: 2, institution: Some(0) }, NeedUnits { units: 2, institution: Some(1) }];
    let edges = vec![edge(0, 0, 10), edge(0, 1, 10), edge(1, 0, 8), edge(1, 1, 8)];
    let schedule = Schedule::new(&[0, 3]).expect("rising");
    let draft = Draft {
        needs,
        offers: vec![offer(1); 2],
        edges,
        institutions: vec![schedule; 2],
        ..Draft::default()
    };
    let (plan, value) = solved(draft);
    assert_eq!(value, 18);
    assert_eq!(plan.given.iter().map(|given| given.need).collect::<Vec<_>>(), [0, 1]);
}
