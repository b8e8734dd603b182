//! `bench`: the figures the project promises, measured with a release build.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::machine::{program, target_folder};
use crate::say::{say, spoken};
use crate::steps::{self, cargo};

/// One promise: what is run, in this order, and how long it may take.
struct Bench {
    name: &'static str,
    arguments: &'static [&'static str],
    /// Whether the actor files named on the command line are appended; left out without any.
    reads_files: bool,
    at_most: Duration,
}

/// Grows with the program. Each line works on the data folder the lines before it left behind.
const BENCHES: &[Bench] = &[
    Bench {
        name: "an empty data folder",
        arguments: &["init"],
        reads_files: false,
        at_most: Duration::from_secs(1),
    },
    Bench {
        name: "import of the actor files",
        arguments: &["import", "actors"],
        reads_files: true,
        at_most: Duration::from_secs(10),
    },
    Bench {
        name: "the same import again: nothing changed",
        arguments: &["import", "actors"],
        reads_files: true,
        at_most: Duration::from_secs(5),
    },
];

/// Builds the release, runs every bench on a fresh data folder, and prints one table.
///
/// `folder` holds the CSV files of actors to import; promises about them are left out without it.
pub(crate) fn run(folder: Option<&String>) -> Result<(), String> {
    if !steps::run("release build", cargo(&["build", "--workspace", "--release", "--locked"])).succeeded {
        return Err("The release could not be built; the compiler's message stands above.".into());
    }
    let data = target_folder().join("xtask/bench-data");
    if data.exists() {
        std::fs::remove_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
    }
    let files = folder.map(|folder| files_below(Path::new(folder))).unwrap_or_default();
    let mut table = vec!["| bench | took | may take |".to_owned(), "|---|---|---|".to_owned()];
    let mut missed = 0_u32;
    for bench in BENCHES {
        let (line, kept) = measure(bench, &data, &files);
        table.push(line);
        missed += u32::from(!kept);
    }
    say(&table.join("\n"));
    if missed == 0 { Ok(()) } else { Err(format!("{missed} figures were missed")) }
}

fn measure(bench: &Bench, data: &Path, files: &[PathBuf]) -> (String, bool) {
    let allowed = spoken(bench.at_most);
    if bench.reads_files && files.is_empty() {
        let why = "left out: name a folder of CSV files";
        return (format!("| {} | {why} | {allowed} |", bench.name), true);
    }
    let files = if bench.reads_files { files } else { &[] };
    let kiez = program("release");
    let mut command = steps::command(&kiez.to_string_lossy(), &["--data", &data.to_string_lossy()]);
    command.args(bench.arguments).args(files);
    let started = Instant::now();
    let finished = steps::run(bench.name, command);
    let taken = started.elapsed();
    // Exit status 3 says that some rows were refused, which real files deserve; it is told apart by
    // its report, so a bench only fails on time or when nothing was done at all.
    let worked = finished.succeeded || finished.log.contains("refused");
    let kept = worked && taken <= bench.at_most;
    let verdict = if kept { "" } else { " ✗" };
    (format!("| {} | {}{verdict} | {allowed} |", bench.name, spoken(taken)), kept)
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv"))
        .collect();
    files.sort();
    files
}
