//! The chores of the house: `cargo xtask demo|check|test|tidy|bench|quality|ground|shots|release`.
//!
//! Only the standard library, so that a chore starts within a second and never waits for a crate.

mod bench;
mod browser;
mod demo;
mod ground;
mod http;
mod machine;
mod map;
mod quality;
mod say;
mod serving;
mod steps;
mod suite;
mod ui;

use std::process::ExitCode;

use say::say;

const HELP: &str = "\
cargo xtask CHORE

  demo [OPTIONS]  build everything and serve the demo Kiez; options go to `kiez demo`
  check           format, lints, documentation, rules of the house, tests on SQLite
  test            check, and the tests on PostgreSQL, and the browser walks
  tidy            the rules of the house alone: arrows, budgets, licences
  bench [FOLDER]  the figures of docs/benchmarks.md, with a release build; FOLDER holds
                  CSV files of actors to import
  quality …       how right suggestions are: figures for known pairs, and rounds of blind reading;
                  without anything behind it, it says what it can do
  ground          the ground, quarters and premises of the demo Kiez, anew from their drawing
  shots           every page as a picture into shots/
  release         the program as it is handed out, and how much it weighs";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let chore = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let outcome = match chore.as_str() {
        "demo" => demo::serve(&rest),
        "check" => suite::check(),
        "test" => suite::test(),
        "tidy" => suite::tidy(),
        "bench" => bench::run(rest.first()),
        "quality" => quality::run(&rest),
        "ground" => ground::draw(),
        "shots" => browser::shots(),
        "release" => demo::release(),
        "" | "help" | "--help" | "-h" => {
            say(HELP);
            Ok(())
        }
        unknown => {
            say(&format!("xtask knows no chore called `{unknown}`.\n\n{HELP}"));
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say(&message);
            ExitCode::FAILURE
        }
    }
}
