//! One step of a chore: a command with a name, a log file, a time, and a verdict.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::machine::{root, target_folder};
use crate::say::{say, spoken};

/// How often a long step says that it is still alive.
const HEARTBEAT: Duration = Duration::from_secs(30);
/// Longer than any honest step on two cores; what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(45 * 60);
/// How much of a failed step's log is shown on the spot.
const SHOWN_LINES: usize = 150;

/// What a step left behind.
pub(crate) struct Finished {
    pub(crate) succeeded: bool,
    pub(crate) log: String,
}

/// Makes a command that runs in the project's root and reads nothing from the terminal.
pub(crate) fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root()).stdin(Stdio::null());
    command
}

/// Makes a cargo command, using the very cargo that started us.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = command(&cargo.to_string_lossy(), arguments);
    // What `cargo run` told us about the xtask package would reach the build scripts of others.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME", "CARGO_PKG_VERSION"] {
        command.env_remove(name);
    }
    command
}

/// Runs a step with its output in a log file; shows the end of that file only when the step fails.
pub(crate) fn run(name: &str, mut command: Command) -> Finished {
    say(&format!("▸ {name}"));
    let started = Instant::now();
    let log_path = log_path(name);
    let outcome = start(&mut command, &log_path).and_then(|child| wait(child, &log_path, started));
    let log = read_lossy(&log_path);
    let succeeded = match outcome {
        Ok(status) => status.success(),
        Err(reason) => {
            say(&format!("  {reason}"));
            false
        }
    };
    let taken = spoken(started.elapsed());
    if succeeded {
        say(&format!("  done in {taken}"));
    } else {
        show_failure(&log);
        say(&format!("  FAILED after {taken}: {name}; the whole log is {}", log_path.display()));
    }
    Finished { succeeded, log }
}

/// Runs a command with its output on the terminal and waits for it, however long it serves.
pub(crate) fn run_in_the_open(mut command: Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|error| format!("{program} cannot be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{program} ended with {status}")) }
}

fn log_path(name: &str) -> PathBuf {
    let file: String =
        name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    target_folder().join("xtask").join(format!("{file}.log"))
}

fn start(command: &mut Command, log_path: &Path) -> Result<Child, String> {
    let cannot = |what: &str, error: std::io::Error| format!("{what}: {error}");
    if let Some(folder) = log_path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| cannot(&format!("{} cannot be created", folder.display()), error))?;
    }
    let log = File::create(log_path)
        .map_err(|error| cannot(&format!("{} cannot be written", log_path.display()), error))?;
    let same_log = log.try_clone().map_err(|error| cannot("the log cannot be shared", error))?;
    let program = command.get_program().to_string_lossy().into_owned();
    command
        .stdout(log)
        .stderr(same_log)
        .spawn()
        .map_err(|error| cannot(&format!("{program} cannot be started; is it installed?"), error))
}

fn wait(mut child: Child, log_path: &Path, started: Instant) -> Result<ExitStatus, String> {
    let mut next_heartbeat = HEARTBEAT;
    loop {
        if let Some(status) = child.try_wait().map_err(|error| format!("lost sight of the step: {error}"))? {
            return Ok(status);
        }
        let elapsed = started.elapsed();
        if elapsed > PATIENCE {
            let _may_have_just_ended = child.kill();
            let _reaped = child.wait();
            return Err(format!("stopped after {}: it hangs", spoken(elapsed)));
        }
        if elapsed > next_heartbeat {
            say(&format!("  … {} {}", spoken(elapsed), last_line(&read_lossy(log_path))));
            next_heartbeat += HEARTBEAT;
        }
        sleep(Duration::from_millis(100));
    }
}

fn read_lossy(path: &Path) -> String {
    let mut bytes = Vec::new();
    match File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)) {
        Ok(_) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => format!("(no log: {error})"),
    }
}

fn last_line(log: &str) -> String {
    let line = log.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    line.trim().chars().take(90).collect()
}

fn show_failure(log: &str) {
    let telling: Vec<&str> = log.lines().filter(|line| !is_noise(line)).collect();
    let skipped = telling.len().saturating_sub(SHOWN_LINES);
    if skipped > 0 {
        say(&format!("  ({skipped} earlier lines are in the log)"));
    }
    for line in &telling[skipped..] {
        say(&format!("  │ {line}"));
    }
}

/// Lines that say nothing about a failure: passed tests and the compiler's progress.
fn is_noise(line: &str) -> bool {
    (line.starts_with("test ") && line.ends_with("... ok"))
        || ["   Compiling ", "    Checking ", " Downloading ", "  Downloaded ", " Documenting "]
            .iter()
            .any(|start| line.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passed_tests_and_compiler_progress_are_noise() {
        assert!(is_noise("test need::tests::opens ... ok"));
        assert!(is_noise("   Compiling kiez-domain v0.1.0"));
        assert!(!is_noise("test need::tests::opens ... FAILED"));
        assert!(!is_noise("error[E0308]: mismatched types"));
    }

    #[test]
    fn the_heartbeat_shows_the_last_line_that_says_something() {
        assert_eq!(last_line("one\ntwo\n\n  \n"), "two");
        assert_eq!(last_line(""), "");
    }
}
