//! One server per data folder: the second is refused and told who holds it.

use crate::failure::Failure;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

/// Held as long as the server runs; the operating system lets go of it however the program ends.
#[derive(Debug)]
pub(crate) struct ServeLock {
    _file: File,
}

/// Takes the lock of a data folder.
///
/// Only `serve` and `demo` take it: other commands work beside a running server.
pub(crate) fn take(folder: &Path) -> Result<ServeLock, Failure> {
    let path = folder.join("serve.lock");
    let failed = |error: std::io::Error| {
        Failure::failed(format!(
            "{}: the lock cannot be taken: {error}; check the rights of the folder",
            path.display()
        ))
    };
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(held(folder, &mut file)),
        Err(TryLockError::Error(error)) => return Err(failed(error)),
    }
    let holder = format!("process {} on {}\n", std::process::id(), host());
    file.set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| file.write_all(holder.as_bytes()))
        .map_err(failed)?;
    Ok(ServeLock { _file: file })
}

fn held(folder: &Path, file: &mut File) -> Failure {
    let mut holder = String::new();
    let known = file.read_to_string(&mut holder).is_ok() && !holder.trim().is_empty();
    let holder = if known { holder.trim() } else { "another process" };
    Failure::failed(format!(
        "{} is served already by {holder}: stop it first, or name another folder with --data",
        folder.display()
    ))
}

/// The name of this machine, as far as it tells.
fn host() -> String {
    let files = ["/proc/sys/kernel/hostname", "/etc/hostname"];
    let told = files.iter().find_map(|file| std::fs::read_to_string(file).ok());
    told.map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "this machine".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_was_first() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = take(folder.path()).expect("nobody else");
        let refused = take(folder.path()).expect_err("somebody else").to_string();
        assert!(refused.contains(&format!("process {} on ", std::process::id())), "{refused}");
        drop(first);
        take(folder.path()).expect("free again");
    }
}
