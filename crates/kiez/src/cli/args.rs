//! The command line, declared once: parser, `--help`, completions and manual page all come from here.

use crate::cli::backup_args::{BackupArgs, BackupFileArgs, MailCommand, RestoreArgs};
use crate::cli::subject_args::{EraseArgs, ReportCommand, RetentionCommand};
use crate::config::Given;
use crate::output::{Color, Format};
use clap::{Args, Parser, Subcommand};
use jiff::civil::DateTime;
use kiez_engine::walk;
use std::path::PathBuf;

/// Brings needs of social institutions together with what the neighbourhood can give
///
/// Results go to standard output, everything else to standard error. The exit status says how it ended:
/// 0 done, 1 failed, 2 wrong usage, 3 finished with some rows refused, 4 a check found faults.
#[derive(Debug, Parser)]
#[command(
    name = "kiez",
    version,
    max_term_width = 100,
    propagate_version = true,
    arg_required_else_help = true
)]
#[command(
    after_help = "Example:\n  kiez demo                      fill a small made-up Kiez and serve it\n  kiez suggest --needs needs.csv --offers offers.csv"
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) settings: Given,
    /// How rows come out; each command has its own usual form
    #[arg(long, global = true, value_enum)]
    pub(crate) format: Option<Format>,
    /// Say nothing but results, refused rows and errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Whether warnings are coloured
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(crate) color: Color,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Fill a throw-away folder with the demo Kiez and serve it
    #[command(after_help = "Example:\n  kiez demo --port 8080 --no-browser --today 2026-03-02")]
    Demo(DemoArgs),
    /// Create a data folder, a first project and a one-time link for its coordinator
    #[command(
        after_help = "Example:\n  kiez init --data /srv/kiez --project-name \"Kiezgrößen Graefekiez\" --slug graefekiez"
    )]
    Init(InitArgs),
    /// Serve the data folder until it is stopped
    #[command(after_help = "Example:\n  kiez serve --data /srv/kiez --listen 127.0.0.1:8080")]
    Serve,
    /// Projects of this installation
    #[command(subcommand, after_help = "Example:\n  kiez project list")]
    Project(ProjectCommand),
    /// People who may sign in
    #[command(subcommand, after_help = "Example:\n  kiez user add --name \"Amira Demir\" --role coordinator")]
    User(UserCommand),
    /// Read actors, cards, premises, quarters or the ground of the map from files
    #[command(
        after_help = "Example:\n  kiez import actors cafes.csv shops.xlsx --dry-run\n  kiez import cards round-table.csv --rejects left-out.csv\n  kiez import osm berlin.osm.pbf --quarter Graefekiez\n  kiez import --revert 0198c0de-0000-7000-8000-000000000001"
    )]
    Import(ImportArgs),
    /// Say which offers meet which needs, and why, from two files
    #[command(after_help = "Example:\n  kiez suggest --needs needs.csv --offers offers.csv --top 5")]
    Suggest(SuggestArgs),
    /// Say which kinds of resource texts are about, and which words decided
    #[command(after_help = "Example:\n  kiez classify --file texts.tsv --top 3")]
    Classify(ClassifyArgs),
    /// Rank texts for queries by their words alone
    #[command(after_help = "Example:\n  kiez rank --corpus offers.tsv --queries needs.tsv --top 100")]
    Rank(RankArgs),
    /// Find the plan that is best for all needs together, and prove it
    #[command(
        after_help = "Example:\n  kiez assign --needs needs.csv --offers offers.csv --edges edges.csv --certificate proof.json"
    )]
    Assign(AssignArgs),
    /// Find rings: A helps B, B helps C, C helps A; two to four each, nobody in two of them
    #[command(after_help = "Example:\n  kiez rings --links links.csv --certificate proof.json")]
    Rings(RingsArgs),
    /// Plan a walk: which doors, in which order, within the minutes there are
    #[command(
        after_help = "Example:\n  kiez walk --premises doors.csv --start 52.4937,13.4231 --minutes 120 --at 2026-03-02T09:00"
    )]
    Walk(WalkArgs),
    /// Draw the ground of a map: vector tiles of a region in one PMTiles file
    #[command(
        after_help = "Example:\n  kiez tiles berlin-kreuzberg.osm.pbf -o kreuzberg.pmtiles\n  kiez tiles ground.geojson -o - > ground.pmtiles"
    )]
    Tiles(TilesArgs),
    /// Bring the database up to date
    #[command(after_help = "Example:\n  kiez migrate --data /srv/kiez")]
    Migrate,
    /// Write everything, uploads included, into one file while others work; encrypted with backup_key
    #[command(
        after_help = "Example:\n  kiez backup /srv/backups/kiez.kiezbackup\n  kiez backup - | ssh elsewhere 'cat > kiez.kiezbackup'"
    )]
    Backup(BackupArgs),
    /// Read a backup to its end and say whether it is whole; status 4 when it is not
    #[command(after_help = "Example:\n  kiez verify-backup kiez.kiezbackup")]
    VerifyBackup(BackupFileArgs),
    /// Bring a backup back into a new data folder or an empty database, of either kind; mail is held
    #[command(
        after_help = "Example:\n  kiez restore kiez.kiezbackup --data /srv/kiez-new\n  kiez restore kiez.kiezbackup --database-url postgres://kiez@localhost/kiez"
    )]
    Restore(RestoreArgs),
    /// Erase somebody's data from the database, its traces and its files
    #[command(
        after_help = "Example:\n  kiez erase person:0198c0de-0000-7000-8000-000000000001 --dry-run\n  kiez erase --confirm 0198c0de-0000-7000-8000-000000000002"
    )]
    Erase(EraseArgs),
    /// Reports
    #[command(subcommand, after_help = "Example:\n  kiez report access --actor ID -o report.json")]
    Report(ReportCommand),
    /// What has been kept long enough
    #[command(subcommand, after_help = "Example:\n  kiez retention run --dry-run")]
    Retention(RetentionCommand),
    /// Whether this copy sends its outgoing mail
    #[command(subcommand, after_help = "Example:\n  kiez mail release")]
    Mail(MailCommand),
    /// Check integrity, references, audit chain, registry and policy; status 4 on a finding
    #[command(after_help = "Example:\n  kiez doctor --data /srv/kiez")]
    Doctor,
    /// Write everything but the ways in, sorted and typed, the same from both databases
    #[command(after_help = "Example:\n  kiez dump --canonical > everything.jsonl")]
    Dump(DumpArgs),
    /// Look at the settings
    #[command(subcommand, after_help = "Example:\n  kiez config show")]
    Config(ConfigCommand),
    /// Queued work
    #[command(subcommand, after_help = "Example:\n  kiez jobs run --until-idle")]
    Jobs(JobsCommand),
    /// List every route of the web server with its entry in the policy, as JSON
    #[command(after_help = "Example:\n  kiez routes")]
    Routes,
    /// Who may do what
    #[command(subcommand, after_help = "Example:\n  kiez policy dump")]
    Policy(PolicyCommand),
    /// What is stored about whom, and why
    #[command(subcommand, after_help = "Example:\n  kiez registry dump")]
    Registry(RegistryCommand),
    /// Print the completions for a shell
    #[command(
        after_help = "Example:\n  kiez completions bash > ~/.local/share/bash-completion/completions/kiez"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = "Example:\n  kiez man | man -l -")]
    Man,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Port on 127.0.0.1; 0 takes any that is free
    #[arg(long, default_value_t = 0)]
    pub(crate) port: u16,
    /// Do not open a browser
    #[arg(long)]
    pub(crate) no_browser: bool,
    /// The day on which the demo Kiez lives, such as 2026-03-02; the same day gives the same content
    #[arg(long, value_name = "DATE")]
    pub(crate) today: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Name of the first project
    #[arg(long, value_name = "NAME", default_value = "Kiezgrößen")]
    pub(crate) project_name: String,
    /// Its short name in addresses
    #[arg(long, default_value = "kiez")]
    pub(crate) slug: String,
    /// Name of its coordinator
    #[arg(long, value_name = "NAME", default_value = "Koordination")]
    pub(crate) coordinator: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ProjectCommand {
    /// Add a project
    #[command(
        after_help = "Example:\n  kiez project add --slug graefekiez --name \"Kiezgrößen Graefekiez\" --carrier \"Nachbarschaft e. V.\""
    )]
    Add(ProjectAddArgs),
    /// List the projects
    #[command(after_help = "Example:\n  kiez project list --format json")]
    List,
}

#[derive(Debug, Args)]
pub(crate) struct ProjectAddArgs {
    /// Short name in addresses: small letters, digits, hyphens
    #[arg(long)]
    pub(crate) slug: String,
    /// Name
    #[arg(long)]
    pub(crate) name: String,
    /// The area in words
    #[arg(long, default_value = "")]
    pub(crate) area: String,
    /// Who carries it (Projektträger)
    #[arg(long, default_value = "")]
    pub(crate) carrier: String,
    /// Who ordered it (Auftraggeber)
    #[arg(long, default_value = "")]
    pub(crate) client: String,
    /// The funding chain in words
    #[arg(long, default_value = "")]
    pub(crate) funding: String,
    /// First day
    #[arg(long, value_name = "DATE", default_value = "")]
    pub(crate) from: String,
    /// Last day
    #[arg(long, value_name = "DATE", default_value = "")]
    pub(crate) to: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Add somebody and print a sign-in link
    #[command(
        after_help = "Example:\n  kiez user add --name \"Amira Demir\" --role coordinator --project graefekiez"
    )]
    Add(UserAddArgs),
    /// Print a new single-use sign-in link for somebody
    #[command(after_help = "Example:\n  kiez user link 0198c0de-0000-7000-8000-000000000001")]
    Link {
        /// Id of the user, as `kiez user list` shows it
        user: String,
        /// For somebody who has lost every other way in: asks for no second factor and ends every session
        #[arg(long)]
        recovery: bool,
        /// Send it by mail to the address of the account instead of printing it
        #[arg(long, conflicts_with = "recovery")]
        mail: bool,
    },
    /// List everybody who may sign in
    #[command(after_help = "Example:\n  kiez user list --format csv")]
    List,
    /// Agree to somebody whom a coordinator has named to coordinate: the rights hold at once
    #[command(
        after_help = "Example:\n  kiez user confirm 0198c0de-0000-7000-8000-000000000001 --project graefekiez"
    )]
    Confirm {
        /// Id of the user, as `kiez user list` shows it
        user: String,
        /// Short name of the project; not needed where there is only one
        #[arg(long)]
        project: Option<String>,
    },
    /// Take somebody's rights away: every session and link ends at once
    #[command(after_help = "Example:\n  kiez user revoke 0198c0de-0000-7000-8000-000000000001")]
    Revoke {
        /// Id of the user, as `kiez user list` shows it
        user: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct UserAddArgs {
    /// Name shown in the program
    #[arg(long)]
    pub(crate) name: String,
    /// Mail address
    #[arg(long, default_value = "")]
    pub(crate) email: String,
    /// coordinator, institution, business, funder or operator
    #[arg(long)]
    pub(crate) role: String,
    /// Short name of the project; not needed where there is only one
    #[arg(long)]
    pub(crate) project: Option<String>,
    /// Id of the institution or business a member speaks for
    #[arg(long, value_name = "ID")]
    pub(crate) actor: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// What the files hold: actors, cards, premises, quarter, ground or osm
    #[arg(required_unless_present = "revert")]
    pub(crate) kind: Option<String>,
    /// CSV, XLSX or GeoJSON, for osm a map such as berlin.osm.pbf; `-` is standard input
    #[arg(required_unless_present = "revert")]
    pub(crate) files: Vec<PathBuf>,
    /// Short name of the project; not needed where there is only one
    #[arg(long)]
    pub(crate) project: Option<String>,
    /// TOML file that says which heading holds which field
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,
    /// Only say what would happen
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write the refused rows with their reasons to a CSV file
    #[arg(long, value_name = "FILE")]
    pub(crate) rejects: Option<PathBuf>,
    /// Of a map with many quarters, take only those with this code or name; may be repeated
    #[arg(long, value_name = "CODE")]
    pub(crate) only: Vec<String>,
    /// Of a map (osm), take only what lies within so many metres of a place
    #[arg(long, value_name = "LAT,LON,METRES", allow_hyphen_values = true)]
    pub(crate) around: Option<String>,
    /// Of a map (osm), take only what lies in or near this quarter of the project or this named area of the map; may be
    /// repeated
    #[arg(long, value_name = "NAME", conflicts_with = "around")]
    pub(crate) quarter: Vec<String>,
    /// Most nodes, ways and relations of a map (osm) that are kept in memory: a large city, not a country
    #[arg(long, value_name = "NUMBER", default_value_t = kiez_import::osm::ELEMENT_LIMIT)]
    pub(crate) limit_elements: usize,
    /// Take an earlier import back as a whole; later human edits stay
    #[arg(long, value_name = "ID", conflicts_with_all = ["kind", "files", "dry_run", "mapping", "rejects", "only", "around", "quarter"])]
    pub(crate) revert: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct SuggestArgs {
    /// CSV or TSV with id,text and any of lang,resource,lat,lon,radius_m,units,value,hours,times,languages,institution
    #[arg(long, value_name = "FILE")]
    pub(crate) needs: PathBuf,
    /// CSV or TSV with id,text and any of lang,resource,lat,lon,radius_m,capacity,times,languages,actor,branch,effort_min
    #[arg(long, value_name = "FILE")]
    pub(crate) offers: PathBuf,
    /// Most offers per need
    #[arg(long, default_value_t = 10)]
    pub(crate) top: usize,
    /// Choose what is best for all needs together: chosen pairs carry their units, the certificate comes last
    #[arg(long)]
    pub(crate) assign: bool,
    /// Language of the reasons: de or en
    #[arg(long, default_value = "de")]
    pub(crate) lang: String,
}

#[derive(Debug, Args)]
pub(crate) struct ClassifyArgs {
    /// Lines of id, tab, text; a heading is recognised
    #[arg(long, value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Most kinds per text
    #[arg(long, default_value_t = 5)]
    pub(crate) top: usize,
    /// How the texts are read: need, offer or either
    #[arg(long, default_value = "either")]
    pub(crate) side: String,
    /// Language of the labels: de, en, tr or ar
    #[arg(long, default_value = "de")]
    pub(crate) lang: String,
}

#[derive(Debug, Args)]
pub(crate) struct RankArgs {
    /// Lines of id, tab, text: what is ranked
    #[arg(long, value_name = "FILE")]
    pub(crate) corpus: PathBuf,
    /// Lines of id, tab, text: what is asked
    #[arg(long, value_name = "FILE")]
    pub(crate) queries: PathBuf,
    /// Most texts per query
    #[arg(long, default_value_t = 100)]
    pub(crate) top: usize,
}

#[derive(Debug, Args)]
pub(crate) struct AssignArgs {
    /// CSV with need,offer,profit: who could give to whom, and what each unit brings (whole numbers)
    #[arg(long, value_name = "FILE")]
    pub(crate) edges: PathBuf,
    /// CSV with id,units: how many units each need asks for
    #[arg(long, value_name = "FILE")]
    pub(crate) needs: PathBuf,
    /// CSV with id,capacity: how many units each offer can give
    #[arg(long, value_name = "FILE")]
    pub(crate) offers: PathBuf,
    /// Where the proof goes, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) certificate: Option<PathBuf>,
    /// Measure the time of solving and the most memory, and write both into the certificate
    #[arg(long)]
    pub(crate) timing: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RingsArgs {
    /// CSV with giver,taker,score: who could help whom, and how well it fits (0 to 1)
    #[arg(long, value_name = "FILE")]
    pub(crate) links: PathBuf,
    /// Where it goes what the rings are worth and whether that is proven, as JSON; else to standard error
    #[arg(long, value_name = "FILE")]
    pub(crate) certificate: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct WalkArgs {
    /// CSV or TSV with id,lat,lon and any of value,join,opening_hours,last_visit
    #[arg(long, value_name = "FILE")]
    pub(crate) premises: PathBuf,
    /// Where the walk begins, in degrees
    #[arg(long, value_name = "LAT,LON", allow_hyphen_values = true)]
    pub(crate) start: String,
    /// The minutes there are for walking and visits: at most a day
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(0..=i64::from(walk::LONGEST_WALK)))]
    pub(crate) minutes: u32,
    /// When the walk begins, on the clock of the place; now where it is not given
    #[arg(long, value_name = "DAY-AND-TIME")]
    pub(crate) at: Option<DateTime>,
    /// Minutes that a visit takes
    #[arg(long, value_name = "M", default_value_t = walk::DOOR_MINUTES, value_parser = clap::value_parser!(u32).range(1..=240))]
    pub(crate) door_minutes: u32,
    /// End where the walk began
    #[arg(long)]
    pub(crate) back: bool,
    /// Language of the reasons: de or en
    #[arg(long, default_value = "de")]
    pub(crate) lang: String,
}

#[derive(Debug, Args)]
pub(crate) struct TilesArgs {
    /// A map of OpenStreetMap (.osm.pbf), or GeoJSON whose features have a property "ground"
    pub(crate) file: PathBuf,
    /// Where the tiles go; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Most nodes, ways and relations that are read of a .osm.pbf
    #[arg(long, value_name = "N", default_value_t = kiez_import::osm::ELEMENT_LIMIT)]
    pub(crate) limit_elements: usize,
}

#[derive(Debug, Args)]
pub(crate) struct DumpArgs {
    /// The one form there is: the same bytes for the same content, whatever the database
    #[arg(long, required = true)]
    pub(crate) canonical: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Check every key and value; status 4 when one is wrong
    #[command(after_help = "Example:\n  kiez config check --data /srv/kiez")]
    Check,
    /// Show what is in force and where it comes from
    #[command(after_help = "Example:\n  kiez config show --format json")]
    Show,
}

#[derive(Debug, Subcommand)]
pub(crate) enum JobsCommand {
    /// Do queued work now
    #[command(after_help = "Example:\n  kiez jobs run --until-idle")]
    Run {
        /// Stop when nothing is left to do
        #[arg(long, required = true)]
        until_idle: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Print every rule as JSON
    #[command(after_help = "Example:\n  kiez policy dump")]
    Dump,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RegistryCommand {
    /// Print every stored column with category, purpose, basis, deletion and visibility as JSON
    #[command(after_help = "Example:\n  kiez registry dump")]
    Dump,
}
