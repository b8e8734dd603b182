//! `check`, `test` and `tidy`: every step counts, and the last line says how it went.

use std::process::Command;
use std::time::Instant;

use crate::browser;
use crate::machine;
use crate::say::{say, spoken};
use crate::steps::{self, cargo};
use crate::ui;

/// How many tests and steps went well, and how many did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Both together.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.add(other);
        self
    }

    fn step(&mut self, succeeded: bool) {
        if succeeded {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
    }

    /// Says the closing line and turns the tally into the outcome of the chore.
    fn close(self, started: Instant) -> Result<(), String> {
        say(&format!("The whole run took {}.", spoken(started.elapsed())));
        let line = format!("{} passed, {} failed", self.passed, self.failed);
        if self.failed == 0 && self.passed > 0 {
            say(&line);
            Ok(())
        } else {
            Err(line)
        }
    }
}

/// Everything that needs neither PostgreSQL nor a browser.
pub(crate) fn check() -> Result<(), String> {
    let started = Instant::now();
    let mut tally = Tally::default();
    house_steps(&mut tally);
    cargo_tests(&mut tally, "tests on SQLite", &[("KIEZ_TEST_PG", "off")]);
    tally.close(started)
}

/// Everything.
pub(crate) fn test() -> Result<(), String> {
    let started = Instant::now();
    let mut tally = Tally::default();
    if let Err(message) = machine::fetch_missing_programs() {
        say(&message);
        tally.step(false);
    }
    // Before the first build, because the program carries the built pages' assets inside.
    tally.step(ui::build().map_err(|message| say(&message)).is_ok());
    house_steps(&mut tally);
    cargo_tests(&mut tally, "tests on SQLite and PostgreSQL", &[("KIEZ_TEST_PG", "require")]);
    tally.add(browser::walks());
    tally.close(started)
}

/// The rules of the house alone.
pub(crate) fn tidy() -> Result<(), String> {
    steps::run_in_the_open(tidy_command())
}

fn house_steps(tally: &mut Tally) {
    // On a new machine nothing is there yet, and tidy reads every crate's licence without asking anybody.
    tally.step(steps::run("crates", cargo(&["fetch", "--locked"])).succeeded);
    tally.step(steps::run("rules of the house", tidy_command()).succeeded);
    tally.step(steps::run("format", cargo(&["fmt", "--all", "--check"])).succeeded);
    let clippy = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    tally.step(steps::run("lints", cargo(&clippy)).succeeded);
    let mut documentation = cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
    documentation.env("RUSTDOCFLAGS", "-D warnings");
    tally.step(steps::run("documentation", documentation).succeeded);
    if machine::has("cargo-deny", "--version") {
        let deny = ["deny", "--offline", "check", "bans", "licenses", "sources"];
        tally.step(steps::run("dependencies", cargo(&deny)).succeeded);
    } else {
        say("▸ dependencies: cargo-deny is not installed; tidy checks bans and licences by itself");
    }
}

/// Builds all tests once and runs them with the tests' settings for PostgreSQL.
fn cargo_tests(tally: &mut Tally, name: &str, environment: &[(&str, &str)]) {
    // All targets, so that the program for the walks is built along with the tests, of the same parts.
    let built = steps::run("build", cargo(&["build", "--workspace", "--all-targets", "--locked"]));
    tally.step(built.succeeded);
    if !built.succeeded {
        return;
    }
    let mut tests = cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]);
    tests.envs(environment.iter().copied());
    let finished = steps::run(name, tests);
    let counted = count_cargo_tests(&finished.log);
    say(&format!("  {} tests passed, {} failed", counted.passed, counted.failed));
    tally.add(counted);
    // A test binary that dies has no result line: the step itself must count then.
    if !finished.succeeded && counted.failed == 0 {
        tally.step(false);
    }
}

/// Tidy as a binary of the whole workspace: naming the package would resolve other features.
fn tidy_command() -> Command {
    cargo(&["run", "--quiet", "--locked", "--bin", "kiez-tidy"])
}

/// Adds up the result lines of all test binaries in cargo's output.
fn count_cargo_tests(log: &str) -> Tally {
    let mut tally = Tally::default();
    for line in log.lines().filter_map(|line| line.trim().strip_prefix("test result: ")) {
        let figures = line.split_once(". ").map_or(line, |(_verdict, figures)| figures);
        for part in figures.split(';') {
            let mut words = part.split_whitespace();
            let (Some(number), Some(word)) = (words.next(), words.next()) else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            match word {
                "passed" => tally.passed += number,
                "failed" => tally.failed += number,
                _ => {}
            }
        }
    }
    tally
}

/// Reads the last closing line `N passed, N failed` of a test run that is not cargo's.
pub(crate) fn closing_line(log: &str) -> Option<Tally> {
    log.lines().rev().find_map(|line| {
        let (passed, failed) = line.trim().split_once(" passed, ")?;
        let failed = failed.strip_suffix(" failed")?;
        Some(Tally { passed: passed.parse().ok()?, failed: failed.parse().ok()? })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_lines_of_all_test_binaries_are_added() {
        let log = "running 3 tests\n\
            test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 2 filtered out; finished in 0.01s\n\
            test result: FAILED. 10 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out\n\
            the words `5 passed` in a sentence do not count\n";
        assert_eq!(count_cargo_tests(log), Tally { passed: 13, failed: 2 });
    }

    #[test]
    fn a_log_without_result_lines_counts_nothing() {
        assert_eq!(count_cargo_tests("error: could not compile"), Tally::default());
    }

    #[test]
    fn the_closing_line_of_the_walks_is_found_from_the_end() {
        let log = "1 passed, 9 failed\nwalk\n12 passed, 0 failed\n";
        assert_eq!(closing_line(log), Some(Tally { passed: 12, failed: 0 }));
        assert_eq!(closing_line("nothing of the kind"), None);
    }

    #[test]
    fn a_run_without_tests_is_a_failure() {
        assert!(Tally::default().close(Instant::now()).is_err());
        assert!(Tally { passed: 1, failed: 1 }.close(Instant::now()).is_err());
        assert!(Tally { passed: 1, failed: 0 }.close(Instant::now()).is_ok());
    }
}
