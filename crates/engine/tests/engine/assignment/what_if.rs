//! What would be otherwise, and that asking changes nothing.

use kiez_engine::assignment::{
    Draft, Edge, Given, NeedUnits, OfferUnits, Problem, Standing, certify, solve, what_if,
};

/// The bakery (actor 0) helps both needs best; the print shop could help the first.
fn standing() -> Standing {
    let edge = |need, offer, profit| Edge { need, offer, profit, most: 1 };
    let draft = Draft {
        needs: vec![NeedUnits { units: 1, institution: None }; 2],
        offers: vec![OfferUnits { capacity: 2, actor: Some(0) }, OfferUnits { capacity: 1, actor: Some(1) }],
        edges: vec![edge(0, 0, 9), edge(1, 0, 7), edge(0, 1, 4)],
        actors: vec![5, 5],
        ..Draft::default()
    };
    Standing::new(&Problem::new(draft).expect("a sound draft"))
}

fn given(need: u32, offer: u32) -> Given {
    Given { need, offer, units: 1 }
}

#[test]
fn without_an_actor_its_gifts_are_lost_and_others_step_in() {
    let standing = standing();
    let (difference, other) = what_if(&standing, |other| other.leave_out_actor(0));
    assert_eq!((difference.before, difference.after), (16, 4));
    assert_eq!(difference.lost, [given(0, 0), given(1, 0)]);
    assert_eq!(difference.gained, [given(0, 1)]);
    assert_eq!(standing.value(), 16, "asking changes nothing");
    let problem = other.problem();
    assert_eq!(certify(&problem, &other.plan()).map(|proof| proof.value()), Ok(4));
    assert_eq!(certify(&problem, &solve(&problem)).map(|proof| proof.value()), Ok(4));
}

#[test]
fn within_a_shorter_way_only_near_edges_count() {
    let (difference, other) = what_if(&standing(), |other| other.keep_edges(|need, offer| need == offer));
    assert_eq!((difference.before, difference.after), (16, 9));
    assert_eq!(difference.lost, [given(1, 0)]);
    assert_eq!(difference.gained, []);
    assert!(certify(&other.problem(), &other.plan()).is_ok());
}

#[test]
fn a_change_that_changes_nothing_makes_no_difference() {
    let standing = standing();
    let (difference, _) = what_if(&standing, |other| other.keep_edges(|_, _| true));
    assert_eq!(difference.before, difference.after);
    assert_eq!((difference.lost, difference.gained), (vec![], vec![]));
    assert_eq!(what_if(&standing, |other| other.leave_out_actor(99)).0.after, 16);
}
