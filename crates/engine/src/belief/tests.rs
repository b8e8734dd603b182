use super::*;
use proptest::prelude::*;

fn tally(yes: u32, no: u32) -> Tally {
    Tally { yes, no }
}

/// Sums over small steps in the middle of each.
fn integral(steps: u32, f: impl Fn(f64) -> f64) -> f64 {
    let width = 1.0 / f64::from(steps);
    (0..steps).map(|step| f((f64::from(step) + 0.5) * width) * width).sum()
}

/// The density of a Beta distribution but for its constant.
fn beta(x: f64, (a, b): (f64, f64)) -> f64 {
    x.powf(a - 1.0) * (1.0 - x).powf(b - 1.0)
}

/// The logarithm of the gamma function for numbers above 0: Stirling's series after a shift (Abramowitz & Stegun 6.1.41).
fn ln_gamma(x: f64) -> f64 {
    let shift: f64 = (0..10).map(|n| (x + f64::from(n)).ln()).sum();
    let y = x + 10.0;
    (y - 0.5) * y.ln() - y + 0.5 * std::f64::consts::TAU.ln() + 1.0 / (12.0 * y)
        - 1.0 / (360.0 * y.powi(3))
        - shift
}

#[test]
fn three_yes_of_four_lift_a_doubtful_guess() {
    // By hand: (4 × 0.3 + 3) / (4 + 4) = 4.2 / 8.
    assert!((posterior(0.3, 4.0, tally(3, 1)) - 0.525).abs() < 1e-12);
    // Elsewhere (4 × 0.25 + 1) / (4 + 2) = 1/3; here (2 × 1/3 + 2) / (2 + 2) = 2/3.
    assert!((in_street(0.25, tally(3, 1), tally(2, 0)) - 2.0 / 3.0).abs() < 1e-12);
    assert_eq!(in_street(0.4, Tally::default(), Tally::default()), 0.4, "nobody was asked");
}

#[test]
fn the_formula_is_the_mean_of_what_bayes_leaves() {
    for (prior, strength, seen) in
        [(0.4, 5.0, tally(3, 1)), (0.5, 4.0, tally(0, 6)), (0.3, 10.0, tally(7, 2))]
    {
        let weight = |x: f64| {
            let likelihood = x.powi(seen.yes as i32) * (1.0 - x).powi(seen.no as i32);
            beta(x, (strength * prior, strength * (1.0 - prior))) * likelihood
        };
        let mean = integral(200_000, |x| x * weight(x)) / integral(200_000, weight);
        assert!((posterior(prior, strength, seen) - mean).abs() < 1e-4, "{prior} {seen:?}: {mean}");
    }
}

/// All streets at once: the branch's own share is unknown, every street's lies around it. The mean for the first street,
/// over every share that the branch could have.
fn all_at_once(prior: f64, streets: &[Tally]) -> f64 {
    // What a street says about the branch's share (Beta–Binomial, but for a constant).
    let says = |share: f64, seen: &Tally| {
        let (a, b) = (STREET_ANSWERS * share, STREET_ANSWERS * (1.0 - share));
        let (yes, no) = (f64::from(seen.yes), f64::from(seen.no));
        (ln_gamma(a + yes) - ln_gamma(a) + ln_gamma(b + no) - ln_gamma(b)).exp()
    };
    let weight = |share: f64| {
        let guess = beta(share, (PRIOR_ANSWERS * prior, PRIOR_ANSWERS * (1.0 - prior)));
        guess * streets.iter().map(|seen| says(share, seen)).product::<f64>()
    };
    let here = |share: f64| posterior(share, STREET_ANSWERS, streets[0]) * weight(share);
    integral(4_000, here) / integral(4_000, weight)
}

#[test]
fn two_steps_come_near_to_weighing_all_streets_at_once() {
    let mut farthest = 0.0_f64;
    for prior in [0.3, 0.5] {
        for streets in [
            vec![tally(1, 0)],
            vec![tally(0, 1), tally(3, 1)],
            vec![tally(2, 0), tally(1, 1), tally(0, 2)],
            vec![tally(0, 0), tally(4, 0), tally(3, 1)],
            vec![tally(3, 1), tally(0, 3)],
            vec![tally(5, 5), tally(5, 5), tally(5, 5)],
        ] {
            let add = |all: Tally, one: &Tally| tally(all.yes + one.yes, all.no + one.no);
            let branch = streets.iter().fold(Tally::default(), add);
            let quick = in_street(prior, branch, streets[0]);
            farthest = farthest.max((quick - all_at_once(prior, &streets)).abs());
        }
    }
    println!("farthest from the model of all streets at once: {farthest:.3}");
    assert!(farthest < 0.12, "{farthest}");
}

fn bakery() -> BranchId {
    "bakery".parse().expect("a branch")
}

fn told(street: &str, kind: &str, yes: bool) -> Told {
    Told { branch: bakery(), street: Street::new(street), what: kind.parse().expect("a kind"), yes }
}

#[test]
fn answers_count_in_their_street_more_than_elsewhere_and_for_their_kind_alone() {
    let all = [told("Graefestr.", "cake", true), told("Graefestraße", "cake", true), told("", "cake", false)];
    let beliefs = Beliefs::learn(all);
    let cake: KindId = "cake".parse().expect("a kind");
    let chance = |kind: &KindId, street: &str| {
        beliefs.about(Some(0.3), kind, (&bakery(), Street::new(street).as_ref())).chance
    };
    assert!(chance(&cake, "Graefestraße") > chance(&cake, "Dieffenbachstraße"));
    assert!(chance(&cake, "Dieffenbachstraße") > 0.3);
    assert_eq!(chance(&"talk".parse().expect("a kind"), "Graefestraße"), 0.3, "nobody spoke of talks");
    let here = beliefs.about(Some(0.3), &cake, (&bakery(), Street::new("Graefestr.").as_ref()));
    assert_eq!((here.branch, here.street), (tally(2, 1), tally(2, 0)));
}

#[test]
fn nobody_expects_what_nobody_guessed_until_one_is_asked() {
    let cake: KindId = "cake".parse().expect("a kind");
    assert_eq!(Beliefs::default().about(None, &cake, (&bakery(), None)).chance, 0.0);
    let beliefs = Beliefs::learn([told("Graefestraße", "cake", true)]);
    // (4 × 0.01 + 1) / 5.
    assert!((beliefs.about(None, &cake, (&bakery(), None)).chance - 0.208).abs() < 1e-12);
    assert_eq!(beliefs.branches(&cake).collect::<Vec<_>>(), [&bakery()]);
    let street = Street::new("Graefestr.").expect("a name");
    assert!(beliefs.knows_street(&bakery(), &street));
    assert_eq!(beliefs.other_streets(&Beliefs::default()), BTreeSet::from([(bakery(), street)]));
}

proptest! {
    #[test]
    fn a_yes_never_lowers_and_a_no_never_raises(
        prior in 0.0..=1.0f64,
        elsewhere in (0..20u32, 0..20u32),
        here in (0..20u32, 0..20u32),
    ) {
        let both = |here: Tally, more: Tally| {
            let all = tally(elsewhere.0 + here.yes + more.yes, elsewhere.1 + here.no + more.no);
            in_street(prior, all, here)
        };
        let here = tally(here.0, here.1);
        let (before, none) = (both(here, Tally::default()), Tally::default());
        prop_assert!((0.0..=1.0).contains(&before));
        let slack = 1e-12;
        prop_assert!(both(tally(here.yes + 1, here.no), none) >= before - slack);
        prop_assert!(both(tally(here.yes, here.no + 1), none) <= before + slack);
        prop_assert!(both(here, tally(1, 0)) >= before - slack);
        prop_assert!(both(here, tally(0, 1)) <= before + slack);
    }

    #[test]
    fn an_answer_of_the_own_street_never_counts_less_than_one_from_elsewhere(
        prior in 0.0..=1.0f64,
        elsewhere in (0..20u32, 0..20u32),
    ) {
        let (yes, no) = elsewhere;
        let near = in_street(prior, tally(yes + 1, no), tally(1, 0));
        let far = in_street(prior, tally(yes + 1, no), Tally::default());
        prop_assert!(near >= far - 1e-12);
    }

    #[test]
    fn the_order_of_answers_changes_nothing(answers in proptest::collection::vec((0..3usize, 0..2usize, any::<bool>()), 0..20)) {
        let streets = ["Graefestraße", "Urbanstraße", ""];
        let tell = |(street, kind, yes): &(usize, usize, bool)| told(streets[*street], ["cake", "talk"][*kind], *yes);
        let forward = Beliefs::learn(answers.iter().map(tell));
        let backward = Beliefs::learn(answers.iter().rev().map(tell));
        prop_assert_eq!(forward, backward);
    }
}
