//! Opening the person's browser where there is a screen.

use std::process::{Command, Stdio};

/// Opens an address; where that is not possible, the address stands in the terminal anyway.
pub(super) fn open(url: &str) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else if has_display() {
        "xdg-open"
    } else {
        return;
    };
    let _address_is_printed = Command::new(program)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
