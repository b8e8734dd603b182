//! The npm packages of the pages and of the browser walks, and the build of the pages' assets.

use std::path::Path;
use std::time::SystemTime;

use crate::machine::{has, root};
use crate::say::say;
use crate::steps;

/// Installs the locked packages and builds `ui/dist`, so that the next build embeds it.
pub(crate) fn build() -> Result<(), String> {
    if !has("npm", "--version") || !has("node", "--version") {
        return Err("Node with npm is not installed: the pages would run without scripts and fonts. \
             Get Node 20 or newer (Debian: `apt-get install nodejs npm`) and run this again."
            .into());
    }
    install("ui")?;
    let mut build = steps::command("node", &["build.mjs"]);
    build.current_dir(root().join("ui"));
    succeed(steps::run("pages' assets", build), "ui/build.mjs failed; its message stands above")
}

/// Builds the assets when npm is here; a house without Node still gets pages, only plainer ones.
pub(crate) fn build_if_possible() {
    if let Err(message) = build() {
        say(&message);
        say("Going on without: every page works without scripts.");
    }
}

/// Installs the packages of a folder from its lock file, unless they are there already.
pub(crate) fn install(folder: &str) -> Result<(), String> {
    let folder_path = root().join(folder);
    let installed = modified(&folder_path.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= modified(&folder_path.join("package-lock.json")) {
        return Ok(());
    }
    let mut install = steps::command("npm", &["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    install.current_dir(&folder_path);
    succeed(
        steps::run(&format!("npm packages of {folder}"), install),
        "npm could not install the locked packages; its message stands above",
    )
}

fn succeed(finished: steps::Finished, otherwise: &str) -> Result<(), String> {
    if finished.succeeded { Ok(()) } else { Err(otherwise.into()) }
}

fn modified(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}
