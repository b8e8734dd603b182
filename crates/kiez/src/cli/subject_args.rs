//! The part of the command line about the rights of those whose data is stored.

use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct EraseArgs {
    /// Whose data: `actor:ID`, `person:ID`, `user:ID` or `project:ID`; several at once are one act
    #[arg(required_unless_present_any = ["confirm", "withdraw", "list"])]
    pub(crate) subjects: Vec<String>,
    /// Short name of the project; not needed where there is only one
    #[arg(long)]
    pub(crate) project: Option<String>,
    /// Only say what would go and what would stay
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// List erasings that wait for a second look
    #[arg(long, conflicts_with_all = ["subjects", "dry_run", "confirm", "withdraw"])]
    pub(crate) list: bool,
    /// Carry out at once an erasing that waits
    #[arg(long, value_name = "ID", conflicts_with_all = ["subjects", "dry_run", "withdraw"])]
    pub(crate) confirm: Option<String>,
    /// Call off an erasing that waits
    #[arg(long, value_name = "ID", conflicts_with_all = ["subjects", "dry_run"])]
    pub(crate) withdraw: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReportCommand {
    /// Everything that is stored about somebody, with sources, recipients and the logic of suggestions
    #[command(
        after_help = "Example:\n  kiez report access --actor 0198c0de-0000-7000-8000-000000000001 -o report.pdf"
    )]
    Access(AccessArgs),
}

#[derive(Debug, Args)]
pub(crate) struct AccessArgs {
    /// Id of the actor
    #[arg(long, value_name = "ID")]
    pub(crate) actor: String,
    /// Id of one of its people: about that person alone
    #[arg(long, value_name = "ID")]
    pub(crate) person: Option<String>,
    /// Short name of the project; not needed where there is only one
    #[arg(long)]
    pub(crate) project: Option<String>,
    /// Language of the report: de or en
    #[arg(long, default_value = "de")]
    pub(crate) lang: String,
    /// Where it goes; the ending says how it is written: .pdf, .json or .html
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RetentionCommand {
    /// Remove what has been kept long enough; `kiez serve` does it once a day
    #[command(after_help = "Example:\n  kiez retention run --dry-run")]
    Run(RetentionArgs),
}

#[derive(Debug, Args)]
pub(crate) struct RetentionArgs {
    /// Only say what would go
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Go on although more than one in twenty people, or more than 500, would be touched
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) agreed: bool,
}
