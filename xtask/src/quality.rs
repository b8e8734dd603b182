//! `quality`: the measuring tool of the engine, built as it is handed out.

use crate::steps::{cargo, run_in_the_open};

/// Hands everything on to the tool.
pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let tool = ["run", "--quiet", "--release", "--package", "kiez-engine", "--example", "quality", "--"];
    let mut command = cargo(&tool);
    command.args(arguments);
    run_in_the_open(command)
}
