//! What this machine has, and how it gets what is missing.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use crate::say::say;
use crate::steps;

/// The project's root folder. Cargo says at every run where the package lies: checkouts that share a target folder share
/// this program, too, and the one it was built from may be gone.
pub(crate) fn root() -> &'static Path {
    static PACKAGE: LazyLock<PathBuf> = LazyLock::new(|| {
        std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from)
    });
    PACKAGE.parent().expect("xtask lies one folder below the root")
}

/// Where cargo lays finished programs.
pub(crate) fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The built program `kiez` of a profile (`debug` or `release`).
pub(crate) fn program(profile: &str) -> PathBuf {
    target_folder().join(profile).join(format!("kiez{}", std::env::consts::EXE_SUFFIX))
}

/// Whether a command can be started at all.
pub(crate) fn has(program: &str, version_option: &str) -> bool {
    Command::new(program).arg(version_option).output().is_ok_and(|output| output.status.success())
}

/// The browser for the walks: `KIEZ_CHROMIUM`, or where systems put it.
pub(crate) fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("KIEZ_CHROMIUM").map(PathBuf::from);
    let usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    named.into_iter().chain(usual.iter().map(PathBuf::from)).find(|path| path.exists())
}

/// Whether the tests can have a PostgreSQL: a server that was named, or Debian's programs to start one.
pub(crate) fn has_postgresql() -> bool {
    if std::env::var_os("KIEZ_TEST_PG_URL").is_some() {
        return true;
    }
    let Ok(versions) = std::fs::read_dir("/usr/lib/postgresql") else { return false };
    versions.flatten().any(|version| version.path().join("bin/initdb").exists())
}

/// Makes sure that PostgreSQL and Chromium are here: installs them on Debian as root, otherwise
/// says what is missing and how to get it.
pub(crate) fn fetch_missing_programs() -> Result<(), String> {
    let mut missing = Vec::new();
    if !has_postgresql() {
        missing.push("postgresql");
    }
    if chromium().is_none() {
        missing.push("chromium");
    }
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    if !(is_debian() && is_root()) {
        return Err(advice(&names));
    }
    say(&format!("Installing what the tests need with apt: {names}"));
    let mut update = steps::command("apt-get", &["update"]);
    update.env("DEBIAN_FRONTEND", "noninteractive");
    let updated = steps::run("apt-get update", update).succeeded;
    let mut install = steps::command("apt-get", &["install", "--yes", "--no-install-recommends"]);
    install.args(&missing).env("DEBIAN_FRONTEND", "noninteractive");
    if updated && steps::run("apt-get install", install).succeeded { Ok(()) } else { Err(advice(&names)) }
}

fn advice(names: &str) -> String {
    format!(
        "Missing for the whole test run: {names}.\n\
         On Debian or Ubuntu: `sudo apt-get install {names}`.\n\
         Elsewhere: install PostgreSQL 15 or newer and name a server by KIEZ_TEST_PG_URL \
         (postgres://user:password@host/database); install Chromium and name it by KIEZ_CHROMIUM.\n\
         `cargo xtask check` runs everything that needs neither."
    )
}

fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists()
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_holds_the_workspace() {
        assert!(root().join("Cargo.lock").exists());
    }

    #[test]
    fn advice_names_the_missing_pieces_and_the_way_out() {
        let text = advice("postgresql chromium");
        assert!(text.contains("apt-get install postgresql chromium"));
        assert!(text.contains("KIEZ_TEST_PG_URL") && text.contains("KIEZ_CHROMIUM"));
    }
}
