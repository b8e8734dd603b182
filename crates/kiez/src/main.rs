//! Starting: parses the command line, wires the parts, ends with the status of the contract.

mod bar;
mod certificate;
mod cli;
mod commands;
mod config;
mod demo;
mod failure;
mod house;
mod lock;
mod output;
mod serve;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    // Before anything else: this child limits its own memory and must stay small.
    if arguments.next().is_some_and(|word| word == kiez_import::spreadsheet::CHILD_COMMAND) {
        let path = arguments.next().unwrap_or_else(|| "-".into());
        return kiez_import::spreadsheet::child::run(Path::new(&path), std::io::stdout());
    }
    std::panic::set_hook(Box::new(|panic| {
        let place =
            panic.location().map(|place| format!(" ({}:{})", place.file(), place.line())).unwrap_or_default();
        output::to_stderr(&format!(
            "kiez: a mistake in the program stopped this command{place}: please report it"
        ));
    }));
    // A mistake that panics is a failure like any other to whoever called us.
    std::panic::catch_unwind(cli::run).unwrap_or(ExitCode::FAILURE)
}
