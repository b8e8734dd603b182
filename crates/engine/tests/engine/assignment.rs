//! Plans are the best ones, by an independent solver, by their certificate, and after any sequence of changes.

mod changes;
mod degenerate;
mod drafts;
mod oracle;
mod refused;
mod what_if;

use drafts::{draft, large_draft, plain_draft};
use kiez_engine::assignment::{Problem, certify, solve};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn no_other_solver_finds_a_better_plan(draft in draft()) {
        let best = oracle::best_value(&draft);
        let problem = Problem::new(draft).expect("a sound draft");
        let certificate = certify(&problem, &solve(&problem)).expect("the best plan proves itself");
        prop_assert_eq!(certificate.value(), best);
        prop_assert_eq!(certificate.bound(), best);
    }

    #[test]
    fn no_other_solver_finds_a_better_plan_without_groups(draft in plain_draft()) {
        let best = oracle::best_value(&draft);
        let problem = Problem::new(draft).expect("a sound draft");
        let certificate = certify(&problem, &solve(&problem)).expect("the best plan proves itself");
        prop_assert_eq!(certificate.value(), best);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn larger_problems_prove_themselves(draft in large_draft()) {
        let problem = Problem::new(draft).expect("a sound draft");
        prop_assert!(certify(&problem, &solve(&problem)).is_ok());
    }

    #[test]
    fn the_order_of_edges_changes_nothing(draft in draft()) {
        let mut turned = draft.clone();
        turned.edges.reverse();
        let [one, other] = [draft, turned].map(|draft| Problem::new(draft).expect("a sound draft"));
        prop_assert_eq!(solve(&one), solve(&other));
    }

    #[test]
    fn one_more_unit_of_an_offer_brings_at_most_its_price(draft in plain_draft(), which in any::<prop::sample::Index>()) {
        prop_assume!(!draft.offers.is_empty());
        let problem = Problem::new(draft.clone()).expect("a sound draft");
        let plan = solve(&problem);
        let before = certify(&problem, &plan).expect("the best plan").value();
        let offer = which.index(draft.offers.len());
        let mut richer = draft;
        richer.offers[offer].capacity += 1;
        let richer = Problem::new(richer).expect("a sound draft");
        let after = certify(&richer, &solve(&richer)).expect("the best plan").value();
        prop_assert!(after >= before);
        prop_assert!(after - before <= i128::from(plan.prices.offers[offer]));
    }
}
