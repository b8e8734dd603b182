//! The walks through the running program in a real browser, and pictures of every page.

use crate::machine::{chromium, program, root};
use crate::say::say;
use crate::steps;
use crate::suite::{Tally, closing_line};
use crate::ui;
use std::path::Path;

/// Runs all browser walks against the built program with its demo, then those that need no demo against an office on
/// PostgreSQL; what cannot run counts as failed.
pub(crate) fn walks() -> Tally {
    walks_on("browser walks", "sqlite").and(walks_on("browser walks on PostgreSQL", "postgres"))
}

fn walks_on(name: &str, database: &str) -> Tally {
    const ONE_FAILURE: Tally = Tally { passed: 0, failed: 1 };
    let command = match script("run.mjs") {
        Ok(mut command) => {
            command.env("KIEZ_E2E_DATABASE", database);
            command
        }
        Err(message) => {
            say(&message);
            return ONE_FAILURE;
        }
    };
    let finished = steps::run(name, command);
    for line in finished.log.lines().filter(|line| finished.succeeded && !line.is_empty()) {
        say(&format!("  {line}"));
    }
    match closing_line(&finished.log) {
        Some(tally) if finished.succeeded || tally.failed > 0 => tally,
        Some(tally) => Tally { failed: 1, ..tally },
        None => ONE_FAILURE,
    }
}

/// Takes a picture of every page, wide and narrow, light and dark, left to right and right to left.
pub(crate) fn shots() -> Result<(), String> {
    ui::build()?;
    steps::run_in_the_open(steps::cargo(&["build", "--workspace", "--locked"]))?;
    steps::run_in_the_open(script("shots.mjs")?)
}

/// A script of `e2e` on the debug build, with a browser.
fn script(name: &str) -> Result<std::process::Command, String> {
    chromium().ok_or("Chromium is not here; name it by KIEZ_CHROMIUM")?;
    script_on(name, &program("debug"))
}

/// A script of `e2e` on a built program; it is told of the browser where there is one.
pub(crate) fn script_on(name: &str, kiez: &Path) -> Result<std::process::Command, String> {
    if !kiez.exists() {
        return Err(format!("{} is not built, so no browser can walk through it", kiez.display()));
    }
    ui::install("e2e")?;
    let mut command = steps::command("node", &[name]);
    let test_database = kiez.with_file_name(format!("kiez-test-database{}", std::env::consts::EXE_SUFFIX));
    command.current_dir(root().join("e2e")).env("KIEZ_PROGRAM", kiez);
    command.env("KIEZ_TEST_DATABASE", test_database).envs(chromium().map(|path| ("KIEZ_CHROMIUM", path)));
    Ok(command)
}
