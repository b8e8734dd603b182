//! The certificate of a plan as JSON: what it brings, what no plan can exceed, and what it took.

use crate::failure::Failure;
use kiez_engine::assignment::{Certificate, Problem, Violation};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Instant;

/// What finding a plan took.
pub(crate) struct Effort {
    solve_ms: f64,
    peak_bytes: Option<u64>,
}

impl Effort {
    /// Does something and measures what it takes.
    pub(crate) fn of<T>(act: impl FnOnce() -> T) -> (T, Self) {
        let begun = Instant::now();
        let done = act();
        let solve_ms = begun.elapsed().as_secs_f64() * 1_000.0;
        (done, Self { solve_ms, peak_bytes: peak_bytes() })
    }
}

/// The most memory that this program ever had, where the system tells.
fn peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// The certificate as other programs read it; a plan that is not proven says how many faults were found.
pub(crate) fn json(
    problem: &Problem,
    proof: Result<&Certificate, &Violation>,
    effort: Option<&Effort>,
) -> Value {
    let (primal, dual) = match proof {
        Ok(certificate) => (json!(certificate.value()), json!(certificate.bound())),
        Err(Violation::Gap { value, bound }) => (json!(value), json!(bound)),
        Err(_) => (Value::Null, Value::Null),
    };
    let gap = match proof {
        Ok(certificate) => json!(certificate.bound() - certificate.value()),
        Err(Violation::Gap { value, bound }) => json!(bound - value),
        Err(_) => Value::Null,
    };
    let violations = u8::from(matches!(proof, Err(fault) if !matches!(fault, Violation::Gap { .. })));
    let mut told = json!({
        "primal": primal,
        "dual": dual,
        "gap": gap,
        "violations": violations,
        "needs": problem.needs(),
        "offers": problem.offers(),
        "edges": problem.edges().count(),
    });
    if let (Some(effort), Some(object)) = (effort, told.as_object_mut()) {
        object.insert("solve_ms".into(), json!(effort.solve_ms));
        object.insert("peak_bytes".into(), json!(effort.peak_bytes));
    }
    told
}

/// Writes the certificate into a file.
pub(crate) fn write(path: &Path, told: &Value) -> Result<(), Failure> {
    let text = format!("{told}\n");
    std::fs::write(path, text).map_err(|fault| {
        Failure::failed(format!("{}: the certificate cannot be written there: {fault}", path.display()))
    })
}
