//! Solvers of others on the same instance.

use kiez_engine::assignment::Draft;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) struct Peer {
    pub(crate) name: &'static str,
    source: &'static str,
}

pub(crate) const PEERS: [Peer; 3] = [
    Peer { name: "LEMON network simplex", source: "lemon.cpp" },
    Peer { name: "OR-Tools min-cost flow", source: "ortools_flow.py" },
    Peer { name: "HiGHS simplex", source: "highs_simplex.py" },
];

/// Writes an instance as numbers of 32 bits: how many needs, offers, edges; units; capacities; need, offer, profit of each edge.
pub(crate) fn write(draft: &Draft, path: &Path) -> io::Result<()> {
    let sizes = [draft.needs.len(), draft.offers.len(), draft.edges.len()];
    let sizes = sizes.map(|size| u32::try_from(size).expect("instances are small enough"));
    let units = draft.needs.iter().map(|need| need.units);
    let capacities = draft.offers.iter().map(|offer| offer.capacity);
    let edges = draft.edges.iter().flat_map(|edge| [edge.need, edge.offer, edge.profit.cast_unsigned()]);
    let mut file = BufWriter::new(std::fs::File::create(path)?);
    for number in sizes.into_iter().chain(units).chain(capacities).chain(edges) {
        file.write_all(&number.to_le_bytes())?;
    }
    file.flush()
}

impl Peer {
    /// CPU seconds of each run and what the plan brings, or why there is none.
    pub(crate) fn run(&self, instance: &Path, python: &str, runs: usize) -> Result<(Vec<f64>, i128), String> {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers").join(self.source);
        let mut command = if self.source.ends_with(".cpp") {
            Command::new(compiled(&source, instance)?)
        } else {
            let mut command = Command::new(python);
            command.arg(source);
            command
        };
        let said = said(command.arg(instance).arg(runs.to_string()))?;
        let mut lines: Vec<&str> = said.lines().collect();
        let value = lines.pop().and_then(|line| line.parse().ok()).ok_or("it printed no value")?;
        let times: Vec<f64> = lines.iter().filter_map(|line| line.parse().ok()).collect();
        if times.is_empty() { Err("it printed no times".into()) } else { Ok((times, value)) }
    }
}

fn compiled(source: &Path, instance: &Path) -> Result<PathBuf, String> {
    let program = instance.with_extension("lemon");
    let flags = ["-O3", "-march=native", "-DNDEBUG", "-o"];
    said(Command::new("g++").args(flags).arg(&program).arg(source))?;
    Ok(program)
}

/// What a program prints; its last complaint where it fails.
fn said(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|fault| format!("{}: {fault}", command.get_program().display()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    Err(complaint.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it failed").to_owned())
}
