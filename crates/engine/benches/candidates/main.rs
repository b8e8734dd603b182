//! `cargo bench --workspace --bench candidates -- [--runs N] [--asked N] [--alone] [kiez|city|country …]`: who could meet each need.
//!
//! For every instance: how many needs a second one thread finds the best 32 offers for (processor time, the median of the
//! runs), whether they are those of a full scan, what an offer takes of the memory, how long one change takes. Without
//! names it measures `kiez` and `city`. The peer is tantivy, a search engine of others, built by itself when first asked for.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a measuring tool speaks to the terminal")]

mod changes;
#[path = "../assignment/city.rs"]
mod city;
mod instance;
mod peer;

use changes::Kept;
use city::Dice;
use instance::{Instance, RECIPES, Recipe};
use kiez_engine::{Knowledge, Market, Need, Weights};
use std::hint::black_box;
use std::process::ExitCode;

const SEED: u64 = 42;
const TOP: usize = 32;

/// What was asked for on the command line.
struct Wish {
    runs: usize,
    /// For how many needs, spread over all, the time is taken.
    asked: usize,
    alone: bool,
    recipes: Vec<Recipe>,
}

fn main() -> ExitCode {
    // `cargo test --all-targets` starts this program too, and wants no benchmark.
    let words: Vec<String> = std::env::args().skip(1).collect();
    if !words.iter().any(|word| word == "--bench") {
        return ExitCode::SUCCESS;
    }
    let measured = wish(words.into_iter().filter(|word| word != "--bench"))
        .and_then(|wish| wish.recipes.iter().try_for_each(|recipe| measure(*recipe, &wish)));
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn wish(mut words: impl Iterator<Item = String>) -> Result<Wish, String> {
    let mut wish = Wish { runs: 5, asked: 2_000, alone: false, recipes: Vec::new() };
    while let Some(word) = words.next() {
        match word.as_str() {
            "--runs" => wish.runs = number(&word, words.next())?,
            "--asked" => wish.asked = number(&word, words.next())?,
            "--alone" => wish.alone = true,
            name => {
                let known = RECIPES.iter().find(|recipe| recipe.name == name);
                wish.recipes.push(*known.ok_or(format!("{name} is no instance"))?);
            }
        }
    }
    if wish.recipes.is_empty() {
        wish.recipes = RECIPES[..2].to_vec();
    }
    Ok(wish)
}

fn number(option: &str, word: Option<String>) -> Result<usize, String> {
    let number = word.and_then(|word| word.parse().ok()).filter(|number| *number > 0);
    number.ok_or(format!("{option} wants a number above 0"))
}

fn measure(recipe: Recipe, wish: &Wish) -> Result<(), String> {
    let Recipe { name, needs, offers, .. } = recipe;
    println!("\n{name}: {offers} offers × {needs} needs, top {TOP}");
    let mut dice = Dice::new(SEED);
    let instance = instance::make(recipe, &mut dice);
    let theirs = if wish.alone { Err("not asked for".to_owned()) } else { peer::measure(&instance, wish) };
    let mut market = read(&instance)?;
    let own = fastest(&market, &instance.needs, wish);
    println!("needs a second and thread: {own:.0}");
    match theirs {
        Ok(theirs) => println!("tantivy: {theirs:.0}, ratio {:.1}", own / theirs),
        Err(missing) => println!("tantivy: {missing}"),
    }
    equals_a_full_scan(&market, &instance.needs, recipe.sample)?;
    let mut kept = Kept::new(&mut market, &instance)?;
    kept.change_needs(&mut dice)?;
    kept.change_offers(&mut dice)
}

/// Fills a market and says what that takes.
fn read(instance: &Instance) -> Result<Market, String> {
    let mut market = Market::new(Knowledge::built_in(), Weights::default());
    // What is learned once for all offers is no offer's.
    market.put_offer(instance.offers[0].clone());
    let count = instance.offers.len() as f64;
    let memory = resident_bytes()?;
    let begin = cpu_seconds();
    for some in instance.offers.chunks(10_000) {
        market.put_offers(some.to_vec());
    }
    let taken = cpu_seconds() - begin;
    let each = (resident_bytes()? - memory) / count;
    println!("an offer: {each:.0} bytes resident, {:.1} µs to be read and put in", taken / count * 1e6);
    instance.needs.iter().for_each(|need| market.put_need(need.clone()));
    println!("resident altogether: {:.0} MB", resident_bytes()? / 1e6);
    Ok(market)
}

/// Needs a second of processor time, the median of the runs.
fn fastest(market: &Market, needs: &[Need], wish: &Wish) -> f64 {
    let asked: Vec<&Need> = spread(needs, wish.asked).collect();
    let run = || {
        let begin = cpu_seconds();
        asked.iter().for_each(|need| drop(black_box(market.edges_for(&need.id, TOP, |_, _| true))));
        asked.len() as f64 / (cpu_seconds() - begin)
    };
    median((0..wish.runs).map(|_| run()).collect())
}

/// About so many of all, evenly.
fn spread<T>(all: &[T], count: usize) -> impl Iterator<Item = &T> {
    all.iter().step_by((all.len() / count).max(1))
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// Looks at every offer for some needs: the best must be those that the market finds, with the same scores.
fn equals_a_full_scan(market: &Market, needs: &[Need], sample: usize) -> Result<(), String> {
    let mut found = 0;
    for need in spread(needs, sample) {
        let mut all: Vec<(f64, &str)> =
            market.scan(&need.id).map(|edge| (edge.score.value(), edge.offer)).collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        let best = market.edges_for(&need.id, TOP, |_, _| true);
        let scores = |edge: &(f64, &str)| edge.0.to_bits();
        let told: Vec<(f64, &str)> = best.iter().map(|edge| (edge.score.value(), edge.offer)).collect();
        let same_scores = told.iter().map(scores).eq(all.iter().take(TOP).map(scores));
        // Who stands last among equals is settled by a hash; whoever is told must have this score.
        let last = told.last().map_or(0.0, |last| last.0);
        let known: std::collections::HashSet<(u64, &str)> =
            all.iter().take_while(|one| one.0 >= last).map(|one| (one.0.to_bits(), one.1)).collect();
        if !same_scores || !told.iter().all(|one| known.contains(&(one.0.to_bits(), one.1))) {
            return Err(format!("need {} has other offers in a full scan", need.id));
        }
        found += told.len();
    }
    println!("{sample} needs looked at against every offer: the same {found} edges");
    Ok(())
}

/// What the process holds, as the kernel counts it.
fn resident_bytes() -> Result<f64, String> {
    let told = std::fs::read_to_string("/proc/self/statm").map_err(|fault| fault.to_string())?;
    let pages: Option<f64> = told.split(' ').nth(1).and_then(|pages| pages.parse().ok());
    Ok(pages.ok_or("no count of pages")? * rustix::param::page_size() as f64)
}

fn cpu_seconds() -> f64 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 * 1e-9
}
