//! What businesses say changes what is suggested: for their branch, more for their street, and first of all for themselves.

use kiez_domain::branch::BranchId;
use kiez_domain::kind::KindId;
use kiez_domain::suggestion::{Answers, Reason};
use kiez_engine::market::Asked;
use kiez_engine::{Beliefs, Knowledge, Market, Need, Offer, Street, Told, Weights};

fn kind(id: &str) -> KindId {
    id.parse().expect("a kind")
}

fn branch(id: &str) -> BranchId {
    id.parse().expect("a branch")
}

/// Bakeries without a word, two in each of two streets.
fn bakeries(beliefs: Beliefs, refused: &[&str]) -> Market {
    let mut market = Market::new(Knowledge::built_in(), Weights::default());
    market.learn(beliefs);
    for (id, street) in
        [("a1", "Graefestraße"), ("a2", "Graefestr."), ("b1", "Urbanstraße"), ("b2", "Urbanstr.")]
    {
        market.put_offer(Offer {
            id: id.into(),
            actor: Some(format!("Zeta {id}")),
            branch: Some(branch("bakery")),
            street: Street::new(street),
            refused_kinds: if refused.contains(&id) { vec![kind("cake")] } else { Vec::new() },
            ..Offer::default()
        });
    }
    market.put_need(Need {
        id: "cake".into(),
        kinds: vec![kind("cake")],
        text: "Kuchen".into(),
        ..Need::default()
    });
    market
}

fn told(street: &str, yes: bool) -> Told {
    Told { branch: branch("bakery"), street: Street::new(street), what: kind("cake"), yes }
}

fn scores(market: &Market) -> [f64; 4] {
    let score = |id: &str| market.pair("cake", id).map_or(0.0, |pair| pair.score.value());
    ["a1", "a2", "b1", "b2"].map(score)
}

#[test]
fn a_refusal_lowers_its_street_more_than_the_others() {
    let before = scores(&bakeries(Beliefs::default(), &[]));
    assert!(before.iter().all(|score| *score > 0.0 && *score == before[0]), "{before:?}");
    let said_no = || (0..4).map(|_| told("Graefestraße", false));
    let after = scores(&bakeries(Beliefs::learn(said_no()), &[]));
    assert!(after[0] < after[2] && after[2] < before[2], "{before:?} {after:?}");
    assert_eq!((after[0], after[2]), (after[1], after[3]), "neighbours are alike");
}

#[test]
fn a_yes_is_told_with_its_numbers() {
    let said = [
        told("Graefestraße", true),
        told("Graefestraße", true),
        told("Urbanstraße", true),
        told("Hof", false),
    ];
    let market = bakeries(Beliefs::learn(said), &[]);
    let reasons = market.pair("cake", "a1").expect("a baker bakes").reasons;
    let numbers = reasons.iter().find_map(|reason| match reason {
        Reason::LikelyByBranch { told, in_street, .. } => Some((*told, *in_street)),
        _ => None,
    });
    assert_eq!(numbers, Some((Answers { yes: 3, asked: 4 }, Answers { yes: 2, asked: 2 })));
}

#[test]
fn what_a_shop_said_no_to_is_not_guessed_of_it_whatever_its_branch_says() {
    let all_yes = || Beliefs::learn((0..9).map(|_| told("Graefestraße", true)));
    let free = scores(&bakeries(all_yes(), &[]));
    let refused = scores(&bakeries(all_yes(), &["a1"]));
    assert!(refused[0] < free[0], "{refused:?}");
    assert_eq!(refused[1..], free[1..]);
}

#[test]
fn learning_later_is_the_same_as_having_known() {
    let known = bakeries(Beliefs::learn([told("Graefestraße", false)]), &[]);
    let mut later = bakeries(Beliefs::default(), &[]);
    let touched = later.learn(Beliefs::learn([told("Graefestraße", false)]));
    assert_eq!(touched.len(), 1, "one branch in one street");
    for (id, street) in [("a1", "Graefestraße"), ("a2", "Graefestr.")] {
        assert!(touched.contains(&(branch("bakery"), Street::new(street).expect("a name"))));
        later.put_offer(Offer {
            id: id.into(),
            actor: Some(format!("Zeta {id}")),
            branch: Some(branch("bakery")),
            street: Street::new(street),
            ..Offer::default()
        });
    }
    assert_eq!(scores(&later), scores(&known));
    assert_eq!(later.offers_for("cake", 9), known.offers_for("cake", 9));
}

#[test]
fn a_door_hopes_for_what_its_branch_gives_and_is_sure_of_what_it_said() {
    let market = bakeries(Beliefs::default(), &[]);
    let hopes = market.hopes();
    let bakery = branch("bakery");
    let nothing = Asked { branch: Some(&bakery), street: None, confirmed: &[], refused: &[] };
    let guess = hopes.of(&nothing);
    assert!(
        guess.len() == 1 && guess[0].need == "cake" && !guess[0].confirmed && guess[0].chance < 1.0,
        "{guess:?}"
    );
    let cake = [kind("cake")];
    let sure = hopes.of(&Asked { confirmed: &cake, ..nothing });
    assert!(sure[0].confirmed && sure[0].chance > guess[0].chance, "{sure:?}");
    let asked = hopes.of(&Asked { refused: &cake, ..nothing });
    assert!(asked.iter().all(|hope| hope.kind != cake[0]), "{asked:?}");
    assert!(hopes.of(&Asked { branch: None, ..nothing }).is_empty());
}
