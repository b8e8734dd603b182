//! `demo` and `release`: from a fresh clone to a running program.

use crate::machine::program;
use crate::say::say;
use crate::steps::{self, cargo};
use crate::ui;

/// Sets everything up and serves the demo Kiez until it is stopped.
pub(crate) fn serve(arguments: &[String]) -> Result<(), String> {
    ui::build_if_possible();
    if !steps::run("build", cargo(&["build", "--workspace", "--locked"])).succeeded {
        return Err("The program could not be built; the compiler's message stands above.".into());
    }
    let kiez = program("debug");
    let mut demo = steps::command(&kiez.to_string_lossy(), &["demo"]);
    demo.args(arguments);
    steps::run_in_the_open(demo)
}

/// Builds the program as it is handed out and says what it weighs.
pub(crate) fn release() -> Result<(), String> {
    ui::build()?;
    if !steps::run("release build", cargo(&["build", "--workspace", "--release", "--locked"])).succeeded {
        return Err("The release could not be built; the compiler's message stands above.".into());
    }
    let kiez = program("release");
    let bytes = std::fs::metadata(&kiez)
        .map_err(|error| format!("{} is not where it should be: {error}", kiez.display()))?
        .len();
    say(&format!("{}: {} MB", kiez.display(), bytes.div_ceil(1_000_000)));
    Ok(())
}
