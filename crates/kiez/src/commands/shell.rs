//! Completions and the manual page, from the same declaration as `--help`.

use crate::cli::args::Cli;
use crate::failure::{Ended, Outcome};
use crate::output::Output;
use clap::CommandFactory;

/// Prints the completions of a shell.
pub(crate) fn completions(shell: clap_complete::Shell, output: &mut Output) -> Ended {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "kiez", &mut script);
    output.writer().write_all(&script)?;
    Ok(Outcome::Done)
}

/// Prints the manual: one page for the program and one after the other for each command.
pub(crate) fn manual(output: &mut Output) -> Ended {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        clap_mangen::Man::new(sub.clone()).render(&mut page)?;
    }
    output.writer().write_all(&page)?;
    Ok(Outcome::Done)
}
