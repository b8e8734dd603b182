//! `cargo bench --workspace --bench assignment -- [--python PATH] [--runs N] [--alone] [NAME …]`: the exact assignment against its peers.
//!
//! Peers are solvers of others, as development tools: LEMON (`apt-get install liblemon-dev g++`), OR-Tools and HiGHS
//! (`pip install ortools highspy` for the Python that `--python` names). A missing one is said plainly. All solve the same
//! instance; the time is processor time of solving alone, without reading and building; the median of the runs counts.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a measuring tool speaks to the terminal")]

mod changes;
mod city;
mod instance;
mod peers;

use instance::{RECIPES, Recipe};
use kiez_engine::assignment::{Problem, certify, solve};
use std::hint::black_box;
use std::process::ExitCode;

const SEED: u64 = 42;

/// What was asked for on the command line.
struct Wish {
    python: String,
    runs: usize,
    alone: bool,
    recipes: Vec<Recipe>,
}

fn main() -> ExitCode {
    // `cargo test --all-targets` starts this program too, and wants no benchmark.
    let words: Vec<String> = std::env::args().skip(1).collect();
    if !words.iter().any(|word| word == "--bench") {
        return ExitCode::SUCCESS;
    }
    let wish = match wish(words.into_iter().filter(|word| word != "--bench")) {
        Ok(wish) => wish,
        Err(fault) => {
            eprintln!("{fault}");
            return ExitCode::from(2);
        }
    };
    println!("| instance | solver | CPU s | ratio | brings |\n|---|---|---|---|---|");
    match wish.recipes.iter().try_for_each(|recipe| measure(*recipe, &wish)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn wish(mut words: impl Iterator<Item = String>) -> Result<Wish, String> {
    let mut wish = Wish { python: "python3".into(), runs: 5, alone: false, recipes: Vec::new() };
    while let Some(word) = words.next() {
        match word.as_str() {
            "--python" => wish.python = words.next().ok_or("--python wants the path of a Python")?,
            "--runs" => {
                let runs = words.next().and_then(|runs| runs.parse().ok());
                wish.runs = runs.filter(|runs| *runs > 0).ok_or("--runs wants a number above 0")?;
            }
            "--alone" => wish.alone = true,
            name => {
                let known = RECIPES.iter().find(|recipe| recipe.name == name);
                wish.recipes.push(*known.ok_or(format!("{name} is no instance"))?);
            }
        }
    }
    if wish.recipes.is_empty() {
        wish.recipes = RECIPES.to_vec();
    }
    Ok(wish)
}

fn measure(recipe: Recipe, wish: &Wish) -> Result<(), String> {
    let draft = instance::draft(recipe, SEED);
    let folder = tempfile::tempdir().map_err(|fault| fault.to_string())?;
    let path = folder.path().join(recipe.name);
    peers::write(&draft, &path).map_err(|fault| format!("{}: {fault}", path.display()))?;
    let name = format!(
        "{}: {} × {}, {} edges",
        recipe.name,
        draft.offers.len(),
        draft.needs.len(),
        draft.edges.len()
    );
    let begin = cpu_seconds();
    let problem = Problem::new(draft).map_err(|fault| fault.to_string())?;
    let built = cpu_seconds() - begin;
    let mut times: Vec<f64> = (0..wish.runs.max(5))
        .map(|_| {
            let begin = cpu_seconds();
            black_box(solve(black_box(&problem)));
            cpu_seconds() - begin
        })
        .collect();
    let own = median(&mut times);
    let proof = certify(&problem, &solve(&problem)).map_err(|fault| fault.to_string())?;
    println!("| {name} | ours (examined in {built:.3} s) | {own:.4} | 1 | {} |", proof.value());
    changes::measure(&problem);
    if wish.alone {
        return Ok(());
    }
    for peer in peers::PEERS {
        match peer.run(&path, &wish.python, wish.runs) {
            Ok((mut times, value)) => {
                let theirs = median(&mut times);
                println!("| | {} | {theirs:.3} | {:.1} | {value} |", peer.name, theirs / own);
                if value != proof.value() {
                    return Err(format!("{} finds {value}, not {}", peer.name, proof.value()));
                }
            }
            Err(missing) => println!("| | {} | missing: {missing} | | |", peer.name),
        }
    }
    Ok(())
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn cpu_seconds() -> f64 {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 * 1e-9
}
