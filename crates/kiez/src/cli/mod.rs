//! From words on the command line to the command that is meant.

pub(crate) mod args;
pub(crate) mod backup_args;
pub(crate) mod subject_args;

use crate::commands;
use crate::config::Config;
use crate::failure::{Ended, Failure};
use crate::output::{self, Output};
use crate::{demo, serve};
use args::{Cli, Command, ConfigCommand, JobsCommand, PolicyCommand, RegistryCommand};
use clap::Parser;
use std::process::ExitCode;

/// Runs the command and says how it ended.
pub(crate) fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _reader_may_be_gone = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut output = Output::new(cli.format, cli.quiet, cli.color);
    let ended = dispatch(cli, &mut output).and_then(|outcome| output.flush().map(|()| outcome));
    match ended {
        Ok(outcome) => outcome.into(),
        Err(failure) => {
            let message = failure.to_string();
            if !message.is_empty() {
                let _what_was_ready = output.flush();
                output::to_stderr(&format!("kiez: {message}"));
            }
            ExitCode::from(failure.status())
        }
    }
}

fn dispatch(cli: Cli, output: &mut Output) -> Ended {
    match cli.command {
        Command::Assign(args) => commands::assign::run(&args, output),
        Command::Suggest(args) => commands::suggest::run(&args, output),
        Command::Classify(args) => commands::classify::run(&args, output),
        Command::Rank(args) => commands::rank::run(&args, output),
        Command::Rings(args) => commands::rings::run(&args, output),
        Command::Walk(args) => commands::walk::run(&args, output),
        Command::Tiles(args) => commands::tiles::run(&args, output),
        Command::Routes => commands::lists::routes(output),
        Command::Policy(PolicyCommand::Dump) => commands::lists::policy(output),
        Command::Registry(RegistryCommand::Dump) => commands::lists::registry(output),
        Command::Completions { shell } => commands::shell::completions(shell, output),
        Command::Man => commands::shell::manual(output),
        Command::Config(ConfigCommand::Check) => commands::config::check(&cli.settings, output),
        Command::Config(ConfigCommand::Show) => commands::config::show(&Config::of(&cli.settings)?, output),
        command => with_data(command, &Config::of(&cli.settings)?, output),
    }
}

/// Commands that need a data folder run on one runtime.
fn with_data(command: Command, config: &Config, output: &mut Output) -> Ended {
    let level =
        if matches!(command, Command::Serve) && config.log() == "warn" { "info" } else { config.log() };
    // Whoever reads everything takes longer than a page should: that is no news.
    let reads_all =
        matches!(command, Command::Backup(_) | Command::Restore(_) | Command::Dump(_) | Command::Doctor);
    start_log(level, if reads_all { "error" } else { "warn" });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Failure::failed(format!("the program cannot start its threads: {error}")))?;
    runtime.block_on(async {
        match command {
            Command::Demo(args) => demo::run(&args, output).await,
            Command::Init(args) => commands::init::run(&args, config, output).await,
            Command::Serve => serve::run(config, output).await,
            Command::Project(command) => commands::project::run(command, config, output).await,
            Command::User(command) => commands::user::run(command, config, output).await,
            Command::Import(args) => commands::import::run(args, config, output).await,
            Command::Migrate => commands::migrate::run(config, output).await,
            Command::Backup(args) => commands::backup::write(&args, config, output).await,
            Command::VerifyBackup(args) => commands::backup::verify(&args, config, output).await,
            Command::Restore(args) => commands::backup::restore(&args, config, output).await,
            Command::Erase(args) => commands::erase::run(&args, config, output).await,
            Command::Report(command) => commands::report::run(command, config, output).await,
            Command::Retention(command) => commands::retention::run(command, config, output).await,
            Command::Mail(command) => commands::mail::run(command, config, output).await,
            Command::Doctor => commands::doctor::run(config, output).await,
            Command::Dump(_) => commands::dump::run(config, output).await,
            Command::Jobs(JobsCommand::Run { .. }) => commands::jobs::run(config, output).await,
            _ => Err(Failure::usage("this command needs no data folder")),
        }
    })
}

fn start_log(level: &str, of_statements: &str) {
    let filter = tracing_subscriber::EnvFilter::new(format!("{level},sqlx={of_statements},tower_http=warn"));
    let log =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    // Only a test that runs commands twice in one process has a log already.
    let _started_already = log.try_init();
}
