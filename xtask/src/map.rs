//! What the map promises, measured by `e2e/map-figures.mjs` on the demo.

use std::time::Duration;

use crate::machine::{chromium, has, program};
use crate::say::say;
use crate::serving::{Rows, row};
use crate::{browser, steps};

/// What the script measures, and how long it may take.
const PROMISES: [(&str, Duration); 2] = [
    ("a tile, on the server", Duration::from_millis(5)),
    ("map idle after the tap", Duration::from_millis(1500)),
];

/// Measures; where node or Chromium is missing, says so and leaves the rows out.
pub(crate) fn measure() -> Result<Rows, String> {
    if !has("node", "--version") {
        say("Node is not here: the figures of the map are left out.");
        return Ok(Vec::new());
    }
    if chromium().is_none() {
        say("Chromium is not here: how soon the map lies still is left out.");
    }
    let finished = steps::run("the map", browser::script_on("map-figures.mjs", &program("release"))?);
    if !finished.succeeded {
        return Err("the map could not be measured; the script's message stands above".into());
    }
    Ok(rows(&finished.log))
}

/// The lines of the script that carry a figure: name, milliseconds and remark, with tabs between.
fn rows(log: &str) -> Rows {
    let figure = |line: &str| {
        let mut parts = line.split('\t');
        let (name, taken, remark) = (parts.next()?, parts.next()?.parse::<f64>().ok()?, parts.next()?);
        let (_, at_most) = PROMISES.iter().find(|(promised, _)| *promised == name)?;
        let taken = Duration::try_from_secs_f64(taken / 1000.0).ok()?;
        Some(row(&format!("{name} ({remark})"), taken, *at_most))
    };
    log.lines().filter_map(figure).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_among_other_lines_and_judged() {
        let log = "tap 1: 900 ms\na tile, on the server\t2.5\tp99\nmap idle after the tap\t1501\tmedian\nsomething\t1\telse\n";
        let rows = rows(log);
        assert_eq!(rows.iter().map(|(_, kept)| *kept).collect::<Vec<_>>(), [true, false]);
        assert_eq!(rows[0].0, "| a tile, on the server (p99) | 2.5 ms | 5.0 ms |");
    }
}
