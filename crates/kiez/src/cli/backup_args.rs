//! The part of the command line about backups and the mail of a restored copy.

use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct BackupArgs {
    /// Where the backup goes; `-` is standard output
    pub(crate) file: PathBuf,
    /// Replace a file that is there already, once the new one is whole
    #[arg(long)]
    pub(crate) replace: bool,
}

#[derive(Debug, Args)]
pub(crate) struct BackupFileArgs {
    /// A file that `kiez backup` has written; `-` is standard input
    pub(crate) file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    /// A file that `kiez backup` has written; `-` is standard input
    pub(crate) file: PathBuf,
    /// A further ledger of erasures (erasures.jsonl of the old data folder); those in the new folder and beside the
    /// backup are found without it
    #[arg(long, value_name = "FILE")]
    pub(crate) erasures: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MailCommand {
    /// Let outgoing mail wait until it is released
    #[command(after_help = "Example:\n  kiez mail hold --data /srv/kiez")]
    Hold,
    /// Let outgoing mail go: this copy is the one that sends
    #[command(after_help = "Example:\n  kiez mail release --data /srv/kiez")]
    Release {
        /// Also what has waited for more than three days
        #[arg(long)]
        old: bool,
    },
    /// List what was written to whom, why, and how it stands; what waits comes first
    #[command(after_help = "Example:\n  kiez mail list --format csv")]
    List,
}
