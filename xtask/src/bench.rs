//! `bench`: the figures the project promises, measured with a release build.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::machine::{program, target_folder};
use crate::say::say;
use crate::serving::{self, Rows, row};
use crate::steps::{self, cargo};
use crate::{map, ui};

/// One promise about a command: what is run and how long it may take.
struct Bench {
    name: &'static str,
    arguments: &'static [&'static str],
    at_most: Duration,
}

/// Needs the CSV files of actors named on the command line. Grows with the program; each line works
/// on the data folder that the lines before it left behind.
const WITH_FILES: &[Bench] = &[
    Bench {
        name: "import of the actor files",
        arguments: &["import", "actors"],
        at_most: Duration::from_secs(10),
    },
    Bench {
        name: "the same import again: nothing changed",
        arguments: &["import", "actors"],
        at_most: Duration::from_secs(5),
    },
];

/// Builds the release, measures on a fresh data folder, and prints one table.
///
/// `folder` holds the CSV files of actors to import; promises about them are left out without it.
pub(crate) fn run(folder: Option<&String>) -> Result<(), String> {
    ui::build_if_possible();
    if !steps::run("release build", cargo(&["build", "--workspace", "--release", "--locked"])).succeeded {
        return Err("The release could not be built; the compiler's message stands above.".into());
    }
    let files = folder.map(|folder| files_below(Path::new(folder))).unwrap_or_default();
    if files.is_empty() {
        say("No folder of CSV files was named: the figures are those of an empty data folder.");
    }
    let data = target_folder().join("xtask/bench-data");
    if data.exists() {
        std::fs::remove_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
    }
    let (link, mut rows) = first_folder(&data)?;
    rows.extend(WITH_FILES.iter().filter(|_| !files.is_empty()).map(|bench| measure(bench, &data, &files)));
    enter_cards(&data)?;
    rows.extend(serving::measure(&data, &link)?);
    rows.extend(map::measure()?);
    say("\n| bench | took | may take |\n|---|---|---|");
    for (line, _) in &rows {
        say(line);
    }
    match rows.iter().filter(|(_, kept)| !kept).count() {
        0 => Ok(()),
        missed => Err(format!("{missed} figures were missed")),
    }
}

/// Makes the data folder and returns the one-time link of its first coordinator.
fn first_folder(data: &Path) -> Result<(String, Rows), String> {
    let started = Instant::now();
    let finished = steps::run("an empty data folder", kiez(data, &["init"]));
    let taken = started.elapsed();
    let words = finished.log.split_whitespace().map(|word| word.trim_matches(['"', ',', '<', '>']));
    let link = words.filter(|word| word.starts_with("http")).find(|word| word.len() > 40);
    let link = link.ok_or("`kiez init` printed no sign-in link")?.to_owned();
    Ok((link, vec![row("an empty data folder", taken, Duration::from_secs(1))]))
}

/// A few cards, so that the pages of needs have something to suggest for.
fn enter_cards(data: &Path) -> Result<(), String> {
    let cards = target_folder().join("xtask/bench-cards.tsv");
    let text = "what\ttext\nneed\tEin Saal für das Sommerfest\nneed\tKuchen für das Elterncafé\noffer\tGebrauchte Stühle\n";
    std::fs::write(&cards, text).map_err(|error| format!("{}: {error}", cards.display()))?;
    let mut command = kiez(data, &["import", "cards"]);
    command.arg(&cards);
    if steps::run("a few cards", command).succeeded { Ok(()) } else { Err("the cards were not read".into()) }
}

fn measure(bench: &Bench, data: &Path, files: &[PathBuf]) -> (String, bool) {
    let mut command = kiez(data, bench.arguments);
    command.args(files);
    let started = Instant::now();
    let finished = steps::run(bench.name, command);
    let taken = started.elapsed();
    let (line, kept) = row(bench.name, taken, bench.at_most);
    // Status 3 says that some rows were refused, which real files deserve: its report names them.
    (line, kept && (finished.succeeded || finished.log.contains("refused")))
}

fn kiez(data: &Path, arguments: &[&str]) -> std::process::Command {
    let mut command = steps::command(&program("release").to_string_lossy(), &["--data"]);
    command.arg(data).args(arguments);
    command
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.flatten().map(|entry| entry.path());
    let mut files: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|ending| ending == "csv")).collect();
    files.sort();
    files
}
