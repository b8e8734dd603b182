//! The rules of the house as a program: what a reviewer would have to repeat every week.
//!
//! Reads the sources, the manifests and `tidy.toml`; names every fault with place, reason and way
//! out; ends with 1 when there is one.

mod arrows;
mod budgets;
mod documents;
mod exceptions;
mod fault;
mod licences;
mod pages;
mod settings;
mod source;
mod sql;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use fault::Fault;
use settings::Settings;
use source::Source;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("this crate lies two folders below the root");
    let (report, clean) = match examine(root) {
        Ok((faults, figures)) => (written(&faults, &figures), faults.is_empty()),
        Err(fault) => (written(&[fault], &[]), false),
    };
    let _reader_may_be_gone = std::io::stdout().lock().write_all(report.as_bytes());
    if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Looks at everything; the figures are for reading, the faults must go.
fn examine(root: &Path) -> Result<(Vec<Fault>, Vec<String>), Fault> {
    let settings = Settings::read(root)?;
    let sources = Source::read_all(root)?;
    let (mut faults, mut figures) = budgets::examine(&sources, &settings);
    faults.extend(arrows::examine(root, &settings)?);
    faults.extend(sql::examine(&sources));
    faults.extend(documents::examine(root, &sources)?);
    faults.extend(pages::examine(root)?);
    faults.extend(licences::examine(root)?);
    figures.extend(source::test_ratios(&sources));
    faults.sort();
    Ok((faults, figures))
}

fn written(faults: &[Fault], figures: &[String]) -> String {
    let mut report = String::new();
    for figure in figures {
        report.push_str(figure);
        report.push('\n');
    }
    for fault in faults {
        report.push_str(&fault.to_string());
    }
    report.push_str(&match faults.len() {
        0 => "tidy: nothing to do\n".to_owned(),
        1 => "tidy: 1 fault\n".to_owned(),
        number => format!("tidy: {number} faults\n"),
    });
    report
}
