//! Nonsense is refused with a sentence that says what, where and what to do; so are plans that do not hold.

use kiez_engine::assignment::{
    Draft, Edge, Given, NeedUnits, OfferUnits, Problem, ProblemFault, Violation, certify, solve,
};

fn draft() -> Draft {
    Draft {
        needs: vec![NeedUnits { units: 1, institution: None }; 2],
        offers: vec![OfferUnits { capacity: 1, actor: None }; 2],
        edges: vec![edge(0, 0), edge(0, 1), edge(1, 0)],
        ..Draft::default()
    }
}

fn edge(need: u32, offer: u32) -> Edge {
    Edge { need, offer, profit: 5, most: 1 }
}

fn fault(change: impl FnOnce(&mut Draft)) -> ProblemFault {
    let mut draft = draft();
    change(&mut draft);
    Problem::new(draft).expect_err("nonsense")
}

#[test]
fn numbers_must_name_something() {
    let need = fault(|draft| draft.edges[1].need = 2);
    assert_eq!(need, ProblemFault::NoSuchNeed { edge: 1, need: 2, needs: 2 });
    let offer = fault(|draft| draft.edges[2].offer = 7);
    assert_eq!(offer, ProblemFault::NoSuchOffer { edge: 2, offer: 7, offers: 2 });
    let institution = fault(|draft| draft.needs[1].institution = Some(0));
    assert_eq!(institution, ProblemFault::NoSuchInstitution { need: 1, institution: 0, institutions: 0 });
    let actor = fault(|draft| draft.offers[0].actor = Some(4));
    assert_eq!(actor, ProblemFault::NoSuchActor { offer: 0, actor: 4, actors: 0 });
}

#[test]
fn units_must_be_some_and_sums_must_be_safe() {
    assert_eq!(fault(|draft| draft.needs[1].units = 0), ProblemFault::NoUnits { need: 1 });
    assert_eq!(fault(|draft| draft.edges[0].most = 0), ProblemFault::NoUnitsOnEdge { edge: 0 });
    let units = fault(|draft| draft.needs[0].units = u32::MAX);
    assert_eq!(units, ProblemFault::TooManyUnits { units: u64::from(u32::MAX) + 1 });
    for profit in [i32::MAX, i32::MIN, (1 << 28) + 1] {
        assert_eq!(fault(|draft| draft.edges[2].profit = profit), ProblemFault::Profit { edge: 2, profit });
    }
}

#[test]
fn a_pair_has_one_edge() {
    assert_eq!(fault(|draft| draft.edges.push(edge(0, 1))), ProblemFault::Twice { need: 0, offer: 1 });
}

#[test]
fn a_fault_says_where_and_what_to_do() {
    let said = fault(|draft| draft.edges[1].need = 2).to_string();
    assert_eq!(said, "edge 1 names need 2, but there are 2 needs: number them from 0");
    let said = fault(|draft| draft.edges[0].profit = i32::MAX).to_string();
    assert!(
        said.starts_with("edge 0 has profit 2147483647") && said.contains("divide all profits"),
        "{said}"
    );
}

#[test]
fn greatest_profits_do_not_overflow() {
    let mut draft = draft();
    draft.edges.iter_mut().for_each(|edge| edge.profit = 1 << 28);
    let problem = Problem::new(draft).expect("at the limit");
    assert_eq!(certify(&problem, &solve(&problem)).map(|proof| proof.value()), Ok(1 << 29));
}

/// What is wrong with the best plan after somebody changed it.
fn violation(change: impl FnOnce(&mut Vec<Given>)) -> Violation {
    let problem = Problem::new(draft()).expect("a sound draft");
    let mut plan = solve(&problem);
    assert_eq!(plan.given.len(), 2, "0 makes room for 1");
    change(&mut plan.given);
    certify(&problem, &plan).expect_err("a changed plan")
}

#[test]
fn a_changed_plan_loses_its_certificate() {
    let most = |units, most| Violation::Edge { need: 0, offer: 1, units, most };
    assert_eq!(violation(|given| given[0].units = 2), most(2, 1));
    assert_eq!(violation(|given| given[0].units = 0), most(0, 1));
    let nowhere = Violation::Edge { need: 1, offer: 1, units: 1, most: 0 };
    assert_eq!(violation(|given| given[1].offer = 1), nowhere);
    assert_eq!(violation(|given| given.push(given[0])), Violation::Twice { need: 0, offer: 1 });
    assert_eq!(violation(|given| given.truncate(1)), Violation::Gap { value: 5, bound: 10 });
    assert_eq!(
        violation(|given| given.push(Given { need: 0, offer: 0, units: 1 })),
        Violation::Over { what: "need", index: 0, units: 2, most: 1 }
    );
}

#[test]
fn an_actor_beyond_its_cap_and_prices_too_few_are_seen() {
    let mut capped = draft();
    capped.offers.iter_mut().for_each(|offer| offer.actor = Some(0));
    capped.actors = vec![1];
    let (free, capped) = (Problem::new(draft()).expect("sound"), Problem::new(capped).expect("sound"));
    let mut plan = solve(&free);
    let missing = Violation::Prices { what: "actors", prices: 0, count: 1 };
    assert_eq!(certify(&capped, &plan), Err(missing));
    plan.prices.actors = vec![0];
    assert_eq!(certify(&capped, &plan), Err(Violation::Over { what: "actor", index: 0, units: 2, most: 1 }));
}

#[test]
fn prices_that_prove_nothing_are_no_proof() {
    let problem = Problem::new(draft()).expect("a sound draft");
    let mut plan = solve(&problem);
    plan.prices.offers.iter_mut().for_each(|price| *price += 1);
    assert!(matches!(certify(&problem, &plan), Err(Violation::Gap { value: 10, bound: 11.. })));
}
