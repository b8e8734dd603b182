//! Every ground-floor unit of the quarters: where its door is, and what it was used for at two looks a year apart.

use super::chance::Chance;
use super::doors::Front;
use super::plane::{Point, contains};
use super::skeleton::{Quarter, Street};
use super::trades::Trades;

/// What a unit is used for, as the program calls it, in the order of the shares in the drawing.
pub(super) const USES: [&str; 6] = ["dwelling", "gastronomy", "retail", "local_economy", "social", "vacant"];

/// How many units of each use the survey counted: 990, of them 319 dwellings and 585 with somebody to visit.
const QUOTAS: [usize; 6] = [319, 139, 179, 179, 88, 86];

/// How a hundred units of the estate are used: hardly any business.
const ESTATE: [f64; 6] = [80.0, 1.0, 2.0, 3.0, 13.0, 1.0];

/// One unit in a hundred of which so many changed their use between the looks, by what they were and became.
const CHANGES: [(usize, usize, usize); 10] = [
    (2, 5, 17), // a shop gave up
    (1, 5, 9),
    (3, 5, 12),
    (5, 1, 8), // an empty unit was let
    (5, 2, 8),
    (5, 3, 11),
    (5, 4, 4),
    (2, 1, 7), // a shop became a café
    (2, 3, 5),
    (3, 0, 3), // an office became a flat
];

/// A ground-floor unit.
pub(super) struct Premises {
    pub(super) street: String,
    pub(super) number: u32,
    pub(super) door: Point,
    /// Indexes into [`USES`], at the first look and at the second.
    pub(super) before: usize,
    pub(super) now: usize,
    /// Key of the actor of `actors.toml` that is here.
    pub(super) told: String,
    weights: [f64; 6],
}

/// Finds all units, places those that were told where they are, and gives the others their uses.
pub(super) fn survey(
    fronts: &[Front],
    streets: &[Street],
    quarters: &[Quarter],
    trades: &Trades,
) -> Result<Vec<Premises>, String> {
    let mut chance = Chance::named("premises");
    let mut all = units(&inside(fronts, quarters), streets, &mut chance);
    all.sort_by(|one, other| (&one.street, one.number).cmp(&(&other.street, other.number)));
    let mut left = QUOTAS;
    settle(&mut all, trades, &mut left)?;
    let mut order: Vec<usize> = (0..all.len()).filter(|at| all[*at].told.is_empty()).collect();
    shuffle(&mut order, &mut chance);
    for at in &order {
        let used_as = draw(&all[*at].weights, &left, &mut chance);
        left[used_as] = left[used_as].saturating_sub(1);
        all[*at].now = used_as;
        all[*at].before = used_as;
    }
    look_back(&mut all, &order);
    Ok(all)
}

fn inside<'a>(fronts: &'a [Front], quarters: &[Quarter]) -> Vec<&'a Front> {
    let within = |front: &&Front| {
        let middle = front.ends.0.towards(front.ends.1, 0.5);
        quarters.iter().any(|quarter| contains(&quarter.corners, middle))
    };
    fronts.iter().filter(within).collect()
}

/// One unit for every front; the rest where shops are and there is room for them.
fn units(fronts: &[&Front], streets: &[Street], chance: &mut Chance) -> Vec<Premises> {
    let total: usize = QUOTAS.iter().sum();
    let mut wish: Vec<(f64, usize)> = Vec::new();
    for (at, front) in fronts.iter().enumerate() {
        let busy = 100.0 - weights(front, streets)[0];
        wish.push((busy * front.length() * chance.between(0.6, 1.4), at));
    }
    wish.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut counts = vec![1; fronts.len()];
    let more = total.saturating_sub(fronts.len());
    // Round after round, so that a third door comes only where every busy house has a second one.
    for (_, at) in wish.iter().cycle().take(more) {
        counts[*at] += 1;
    }
    let mut all = Vec::with_capacity(total);
    for (front, count) in fronts.iter().zip(counts) {
        for (index, door) in front.doors(count).into_iter().enumerate() {
            let mut weights = weights(front, streets);
            if front.at_corner {
                weights[0] *= 0.3;
                weights[1] *= 1.7;
            }
            if index > 0 {
                weights[0] *= 0.6;
            }
            let street = streets[front.street].name.clone();
            all.push(Premises {
                street,
                number: front.number,
                door,
                before: 0,
                now: 0,
                told: String::new(),
                weights,
            });
        }
    }
    all
}

fn weights(front: &Front, streets: &[Street]) -> [f64; 6] {
    if front.in_slab { ESTATE } else { streets[front.street].trade }
}

/// Puts everybody of whom the street is told into a unit of it, spread over its length.
fn settle(all: &mut [Premises], trades: &Trades, left: &mut [usize; 6]) -> Result<(), String> {
    let mut chance = Chance::named("told");
    for told in &trades.told {
        let free: Vec<usize> =
            (0..all.len()).filter(|at| all[*at].street == told.street && all[*at].told.is_empty()).collect();
        let at = *free
            .get(chance.one_of(free.len()))
            .ok_or_else(|| format!("trades.txt: {} has no premises left for {}", told.street, told.key))?;
        all[at].told.clone_from(&told.key);
        all[at].now = told.used_as;
        all[at].before = told.used_as;
        left[told.used_as] -= 1;
    }
    Ok(())
}

fn shuffle(order: &mut [usize], chance: &mut Chance) {
    for at in (1..order.len()).rev() {
        order.swap(at, chance.one_of(at + 1));
    }
}

/// A use by the weights of the street and what is left of each.
fn draw(weights: &[f64; 6], left: &[usize; 6], chance: &mut Chance) -> usize {
    let shares: Vec<f64> = weights
        .iter()
        .zip(left)
        .zip(QUOTAS)
        .map(|((weight, left), quota)| {
            // Flats are given out evenly; without this the last street would get what nobody wanted.
            (weight + 0.01) * (*left as f64) / quota as f64
        })
        .collect();
    let mut mark = chance.share() * shares.iter().sum::<f64>();
    for (at, share) in shares.iter().enumerate() {
        mark -= share;
        if mark < 0.0 && *share > 0.0 {
            return at;
        }
    }
    shares.iter().rposition(|share| *share > 0.0).unwrap_or(0)
}

/// What was there a year ago: some units were used otherwise.
fn look_back(all: &mut [Premises], order: &[usize]) {
    let mut next = order.iter().copied().cycle();
    for (before, now, count) in CHANGES {
        let mut made = 0;
        for at in next.by_ref().take(order.len()) {
            if made == count {
                break;
            }
            if all[at].now == now && all[at].before == now {
                all[at].before = before;
                made += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quotas_are_those_of_the_real_survey() {
        let total: usize = QUOTAS.iter().sum();
        assert_eq!(total, 990);
        let percent = |at: usize| (QUOTAS[at] as f64 * 100.0 / total as f64).round();
        assert_eq!(
            [percent(1), percent(2), percent(3), percent(4), percent(5)],
            [14.0, 18.0, 18.0, 9.0, 9.0]
        );
        assert_eq!(QUOTAS[1..5].iter().sum::<usize>(), 585, "addresses with somebody to visit");
    }

    #[test]
    fn a_use_of_which_nothing_is_left_is_not_drawn() {
        let mut chance = Chance::named("draw");
        let drawn: Vec<usize> = (0..50).map(|_| draw(&[50.0; 6], &[0, 3, 0, 0, 0, 9], &mut chance)).collect();
        assert!(drawn.iter().all(|at| [1, 5].contains(at)) && drawn.contains(&1) && drawn.contains(&5));
    }
}
