//! Foreign crates in the lock file: none that is banned, none under a licence that binds us.
//!
//! `cargo deny` does the same and more where it is installed; both read `deny.toml`.

use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use crate::fault::Fault;
use crate::source::read;

const WHY_BANNED: &str =
    "the program needs nothing installed but itself, and has one database driver and one TLS";
const WHY_LICENCE: &str = "the program is handed out under the EUPL and must be free of stricter terms";

/// Compares the lock file and the packages' licences with `deny.toml`.
pub(crate) fn examine(root: &Path) -> Result<Vec<Fault>, Fault> {
    let path = root.join("deny.toml");
    let deny: Deny = toml::from_str(&read(&path)?).map_err(|error| Fault::unreadable(&path, &error))?;
    let path = root.join("Cargo.lock");
    let lock: Lock = toml::from_str(&read(&path)?).map_err(|error| Fault::unreadable(&path, &error))?;
    let mut faults = banned(&lock, &deny);
    faults.extend(unlicensed(&packages(root)?, &deny));
    Ok(faults)
}

#[derive(Deserialize)]
struct Deny {
    licenses: Licenses,
    bans: Bans,
}

#[derive(Deserialize)]
struct Licenses {
    allow: Vec<String>,
    #[serde(default)]
    exceptions: Vec<LicenseException>,
}

#[derive(Deserialize)]
struct LicenseException {
    #[serde(rename = "crate")]
    name: String,
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Banned>,
}

#[derive(Deserialize)]
struct Banned {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    license: Option<String>,
}

/// The packages that are built on this machine, as cargo knows them; needs no network.
fn packages(root: &Path) -> Result<Vec<Package>, Fault> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut arguments = vec!["metadata", "--format-version", "1", "--locked", "--offline"];
    let platform = platform(&cargo);
    arguments.extend(platform.iter().flat_map(|platform| ["--filter-platform", platform]));
    let place = Path::new("Cargo.lock");
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(root)
        .output()
        .map_err(|error| Fault::unreadable(place, &error))?;
    if !output.status.success() {
        return Err(Fault::unreadable(place, &String::from_utf8_lossy(&output.stderr)));
    }
    let metadata: Metadata =
        serde_json::from_slice(&output.stdout).map_err(|error| Fault::unreadable(place, &error))?;
    Ok(metadata.packages)
}

fn platform(cargo: &std::ffi::OsStr) -> Option<String> {
    let output = Command::new(cargo).args(["--version", "--verbose"]).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned)
}

fn banned(lock: &Lock, deny: &Deny) -> Vec<Fault> {
    let is_locked = |name: &str| lock.package.iter().any(|package| package.name == name);
    let found = deny.bans.deny.iter().filter(|banned| is_locked(&banned.name));
    found
        .map(|banned| {
            let remedy = format!("{} (`cargo tree -i {}` shows who brought it)", banned.reason, banned.name);
            Fault::in_file("Cargo.lock", format!("holds {}", banned.name), WHY_BANNED, remedy)
        })
        .collect()
}

fn unlicensed(packages: &[Package], deny: &Deny) -> Vec<Fault> {
    packages
        .iter()
        .filter(|package| !is_allowed(package, &deny.licenses))
        .map(|package| {
            let licence = package.license.as_deref().unwrap_or("no licence at all");
            let remedy = "do without the crate, or add the licence to deny.toml after reading it";
            Fault::in_file("Cargo.lock", format!("{}: {licence}", package.name), WHY_LICENCE, remedy)
        })
        .collect()
}

fn is_allowed(package: &Package, licenses: &Licenses) -> bool {
    let mut allowed: Vec<&str> = licenses.allow.iter().map(String::as_str).collect();
    let exceptions = licenses.exceptions.iter().filter(|exception| exception.name == package.name);
    allowed.extend(exceptions.flat_map(|exception| exception.allow.iter().map(String::as_str)));
    package.license.as_deref().is_some_and(|expression| satisfies(expression, &allowed))
}

/// Reads an SPDX expression; `a/b` is the old way of writing `a OR b`.
fn satisfies(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let spaced = spaced.replace(" WITH ", "+WITH+");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let verdict = any_of(&mut rest, allowed);
    verdict && rest.is_empty()
}

fn any_of(words: &mut &[&str], allowed: &[&str]) -> bool {
    let mut verdict = all_of(words, allowed);
    while let ["OR", rest @ ..] = *words {
        *words = rest;
        verdict |= all_of(words, allowed);
    }
    verdict
}

fn all_of(words: &mut &[&str], allowed: &[&str]) -> bool {
    let mut verdict = one(words, allowed);
    while let ["AND", rest @ ..] = *words {
        *words = rest;
        verdict &= one(words, allowed);
    }
    verdict
}

fn one(words: &mut &[&str], allowed: &[&str]) -> bool {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let verdict = any_of(words, allowed);
            if let [")", rest @ ..] = *words {
                *words = rest;
                return verdict;
            }
            false
        }
        [name, rest @ ..] => {
            *words = rest;
            let name = name.replace("+WITH+", " WITH ");
            allowed.contains(&name.as_str())
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_with_their_brackets() {
        let allowed = ["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"];
        for fine in [
            "MIT",
            "MIT/GPL-3.0",
            "GPL-3.0 OR MIT",
            "(MIT OR GPL-3.0) AND Unicode-3.0",
            "GPL-2.0 OR (Apache-2.0 AND MIT)",
            "Apache-2.0 WITH LLVM-exception",
        ] {
            assert!(satisfies(fine, &allowed), "{fine}");
        }
        for bad in ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR GPL-3.0) AND AGPL-3.0", "", "(MIT", "MIT MIT"] {
            assert!(!satisfies(bad, &allowed), "{bad}");
        }
    }

    #[test]
    fn a_banned_crate_in_the_lock_is_a_fault() {
        let lock =
            toml::from_str("[[package]]\nname = \"openssl-sys\"\n[[package]]\nname = \"serde\"\n").unwrap();
        let deny = toml::from_str(
            "[licenses]\nallow = []\n[bans]\ndeny = [{ crate = \"openssl-sys\", reason = \"use rustls\" }]\n",
        )
        .unwrap();
        let faults = banned(&lock, &deny);
        assert_eq!(faults.iter().map(Fault::what).collect::<Vec<_>>(), ["holds openssl-sys"]);
    }

    #[test]
    fn an_exception_is_for_one_crate_only() {
        let licenses: Licenses = toml::from_str(
            "allow = [\"MIT\"]\nexceptions = [{ crate = \"webpki-roots\", allow = [\"CDLA-Permissive-2.0\"] }]\n",
        )
        .unwrap();
        let package = |name: &str| Package { name: name.into(), license: Some("CDLA-Permissive-2.0".into()) };
        assert!(is_allowed(&package("webpki-roots"), &licenses));
        assert!(!is_allowed(&package("other"), &licenses));
        assert!(!is_allowed(&Package { name: "bare".into(), license: None }, &licenses));
    }
}
