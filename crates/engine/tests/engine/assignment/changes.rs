//! A plan that follows changes brings what a fresh one brings.

use super::drafts::{draft, group};
use kiez_engine::assignment::{
    Draft, Edge, NeedUnits, OfferUnits, Partner, Problem, ProblemFault, Standing, certify, solve,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// What happens to a need (or, turned, to an offer): which, its units, its group, its partners; none where it leaves.
#[derive(Debug, Clone)]
struct Change {
    of_need: bool,
    which: Option<Index>,
    stays: Option<(u32, Option<u32>)>,
    partners: Vec<(Index, i32, u32)>,
}

fn change() -> impl Strategy<Value = Change> {
    let stays = prop::option::weighted(0.7, (0..5_u32, group(3)));
    let partners = vec((any::<Index>(), -1..12_i32, 1..3_u32), 0..6);
    (any::<bool>(), prop::option::weighted(0.8, any::<Index>()), stays, partners)
        .prop_map(|(of_need, which, stays, partners)| Change { of_need, which, stays, partners })
}

/// How many needs, offers, institutions, actors there are.
type Sizes = [usize; 4];

fn apply(standing: &mut Standing, sizes: &mut Sizes, change: &Change) -> Result<(), ProblemFault> {
    let [own, other, groups] = if change.of_need { [0, 1, 2] } else { [1, 0, 3] }.map(|at| sizes[at]);
    let which = change.which.filter(|_| own > 0).map(|which| u32::try_from(which.index(own)).expect("few"));
    let Some((units, group)) = change.stays else {
        return match which {
            Some(number) if change.of_need => standing.remove_need(number),
            Some(number) => standing.remove_offer(number),
            None => Ok(()),
        };
    };
    let mut partners: Vec<Partner> = Vec::new();
    for (index, profit, most) in change.partners.iter().filter(|_| other > 0) {
        let number = u32::try_from(index.index(other)).expect("few");
        if partners.iter().all(|known| known.number != number) {
            partners.push(Partner { number, profit: *profit, most: *most });
        }
    }
    let group = group.filter(|group| (*group as usize) < groups);
    let need = NeedUnits { units: units + 1, institution: group };
    let offer = OfferUnits { capacity: units, actor: group };
    match (change.of_need, which) {
        (true, Some(number)) => standing.change_need(number, need, &partners),
        (false, Some(number)) => standing.change_offer(number, offer, &partners),
        (true, None) => standing.add_need(need, &partners).map(|_| sizes[0] += 1),
        (false, None) => standing.add_offer(offer, &partners).map(|_| sizes[1] += 1),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn after_every_change_the_plan_is_as_good_as_a_fresh_one(draft in draft(), changes in vec(change(), 1..12)) {
        let mut sizes =
            [draft.needs.len(), draft.offers.len(), draft.institutions.len(), draft.actors.len()];
        let mut standing = Standing::new(&Problem::new(draft).expect("a sound draft"));
        for change in &changes {
            let before = standing.value();
            match apply(&mut standing, &mut sizes, change) {
                Ok(()) => {}
                // Some partners were taken out by an earlier change.
                Err(ProblemFault::Gone { .. }) => prop_assert_eq!(standing.value(), before),
                Err(fault) => prop_assert!(false, "{fault}"),
            }
            let problem = standing.problem();
            let certificate = certify(&problem, &standing.plan()).expect("repaired to the best plan");
            let fresh = certify(&problem, &solve(&problem)).expect("the best plan");
            prop_assert_eq!(certificate.value(), fresh.value());
            prop_assert_eq!(standing.value(), fresh.value());
        }
    }
}

fn lonely() -> Standing {
    let mut standing = Standing::new(&Problem::new(Default::default()).expect("nothing at all"));
    standing.add_need(NeedUnits { units: 2, institution: None }, &[]).expect("a need");
    standing.add_offer(OfferUnits { capacity: 3, actor: None }, &[]).expect("an offer");
    standing
}

fn partner(number: u32) -> Partner {
    Partner { number, profit: 5, most: 2 }
}

#[test]
fn needs_and_offers_may_come_one_by_one() {
    let mut standing = lonely();
    let need = NeedUnits { units: 2, institution: None };
    standing.add_need(need, &[partner(0)]).expect("a need with an edge");
    assert_eq!(standing.value(), 10);
    standing.add_need(need, &[Partner { profit: 7, ..partner(0) }]).expect("a better need");
    assert_eq!(standing.value(), 14 + 5);
    standing.remove_need(2).expect("the better one leaves");
    assert_eq!(standing.value(), 10);
    standing
        .change_offer(0, OfferUnits { capacity: 1, actor: None }, &[partner(0), partner(1)])
        .expect("less");
    assert_eq!(standing.value(), 5);
}

/// An actor that gives all it can: 4 of a cap of 4, each worth 1.
fn busy_actor() -> Standing {
    let edge = |need, most| Edge { need, offer: 0, profit: 1, most };
    let draft = Draft {
        needs: [3, 2].map(|units| NeedUnits { units, institution: None }).to_vec(),
        offers: vec![OfferUnits { capacity: 4, actor: Some(0) }],
        edges: vec![edge(0, 3), edge(1, 1)],
        actors: vec![4],
        institutions: Vec::new(),
    };
    Standing::new(&Problem::new(draft).expect("a sound draft"))
}

#[test]
fn a_better_offer_of_a_busy_actor_takes_the_place_of_the_weakest_gift() {
    let mut standing = busy_actor();
    assert_eq!(standing.value(), 4);
    let offer = OfferUnits { capacity: 1, actor: Some(0) };
    let partner = Partner { number: 1, profit: 10, most: 1 };
    let better = standing.add_offer(offer, &[partner]).expect("a better offer");
    assert_eq!(standing.value(), 10 + 3);
    assert!(certify(&standing.problem(), &standing.plan()).is_ok());
    standing.remove_offer(better).expect("it leaves again");
    assert_eq!(standing.value(), 4);
}

#[test]
fn a_worse_offer_of_a_busy_actor_changes_nothing() {
    let mut standing = busy_actor();
    let need = NeedUnits { units: 1, institution: None };
    standing.change_need(1, need, &[Partner { number: 0, profit: 6, most: 1 }]).expect("a need");
    let offer = OfferUnits { capacity: 5, actor: Some(0) };
    standing.add_offer(offer, &[Partner { number: 1, profit: 5, most: 1 }]).expect("a worse offer");
    assert_eq!(standing.value(), 6 + 3);
    assert_eq!(standing.plan().given.iter().map(|given| given.offer).collect::<Vec<_>>(), [0, 0]);
}

#[test]
fn what_was_taken_out_gets_nothing_until_it_is_put_in_again() {
    let mut standing = lonely();
    standing.remove_need(0).expect("a need");
    let offer = OfferUnits { capacity: 1, actor: None };
    let gone = ProblemFault::Gone { what: "need", number: 0 };
    assert_eq!(standing.change_offer(0, offer, &[partner(0)]), Err(gone));
    standing.change_need(0, NeedUnits { units: 1, institution: None }, &[]).expect("the number again");
    standing.change_offer(0, offer, &[partner(0)]).expect("it is there");
    assert_eq!(standing.value(), 5);
}

#[test]
fn a_change_that_is_refused_changes_nothing() {
    let mut standing = lonely();
    let before = standing.plan();
    let need = NeedUnits { units: 1, institution: None };
    let offer = OfferUnits { capacity: 1, actor: None };
    let unknown = |what, number| Err(ProblemFault::Unknown { what, number, count: 1 });
    assert_eq!(standing.remove_need(1), unknown("need", 1));
    assert_eq!(standing.remove_offer(9), unknown("offer", 9));
    assert_eq!(standing.change_need(1, need, &[]), unknown("need", 1));
    assert_eq!(standing.change_offer(1, offer, &[]), unknown("offer", 1));
    let no_offer = ProblemFault::NoSuchOffer { edge: 0, offer: 1, offers: 1 };
    assert_eq!(standing.change_need(0, need, &[partner(1)]), Err(no_offer.clone()));
    assert_eq!(standing.add_need(need, &[partner(1)]), Err(no_offer));
    assert_eq!(
        standing.add_offer(offer, &[partner(0), partner(0)]),
        Err(ProblemFault::Twice { need: 0, offer: 1 })
    );
    assert_eq!(
        standing.add_offer(OfferUnits { actor: Some(0), ..offer }, &[]),
        Err(ProblemFault::NoSuchActor { offer: 1, actor: 0, actors: 0 })
    );
    assert_eq!(standing.plan(), before);
    assert_eq!((standing.problem().needs(), standing.problem().offers()), (1, 1));
}
