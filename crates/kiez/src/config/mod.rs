//! Settings: each declared once (`setting.rs`), told by option, environment or file, in this order of weight.

mod file;
mod given;
pub(crate) mod post;
mod setting;

pub(crate) use given::Given;
pub(crate) use setting::{SETTINGS, without_secrets};

use crate::certificate::CertificateFiles;
use crate::failure::Failure;
use kiez_app::backup::schedule::Schedule;
use kiez_app::message::delivery::Post;
use kiez_gateways::backup_file::BackupKey;
use kiez_gateways::mail::{Server, Transport};
use kiez_web::{MetricsAccess, Proxies};
use setting::Setting;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// An option of this command.
    Option,
    /// An environment variable.
    Environment,
    /// `kiez.toml` in the data folder.
    File,
    /// Nobody said anything.
    Default,
}

impl Origin {
    /// The word for the reader.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Option => "option",
            Self::Environment => "environment",
            Self::File => "file",
            Self::Default => "default",
        }
    }
}

/// A value with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    /// As written.
    pub(crate) text: String,
    /// Who said so.
    pub(crate) origin: Origin,
}

/// The settings in force.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    values: BTreeMap<&'static str, Told>,
}

impl Config {
    /// Puts options, environment and file together; every fault at once.
    pub(crate) fn resolve(given: &Given) -> Result<Self, Vec<String>> {
        let mut faults = Vec::new();
        let mut values: BTreeMap<&'static str, Told> = BTreeMap::new();
        for setting in SETTINGS {
            values.extend(
                setting
                    .default
                    .map(|text| (setting.key, Told { text: text.to_owned(), origin: Origin::Default })),
            );
        }
        let data =
            given.data().or_else(|| values.get("data").cloned()).map(|told| told.text).unwrap_or_default();
        match file::read(&Path::new(&data).join(file::NAME)) {
            Ok(found) => values.extend(found),
            Err(found) => faults.extend(found),
        }
        for (setting, told) in given.all() {
            if let Err(reason) = (setting.check)(&told.text) {
                faults.push(format!("{}: {reason}", setting.spelled(told.origin)));
            }
            values.insert(setting.key, told.clone());
        }
        // Mail servers refuse who has no name.
        if values.contains_key("smtp") && !values.contains_key("mail_from") {
            faults
                .push("mail_from: is missing: with smtp say who writes, such as kiez@example.org".to_owned());
        }
        for (one, other) in [("tls_certificate", "tls_key"), ("tls_key", "tls_certificate")] {
            if values.contains_key(one) && !values.contains_key(other) {
                faults.push(format!("{other}: is missing: {one} needs it"));
            }
        }
        let plain = values.get("base_url").is_some_and(|told| told.text.starts_with("http:"));
        if plain && values.contains_key("tls_certificate") {
            faults.push("base_url: begins with http://, but with tls_certificate it is https://".to_owned());
        }
        if faults.is_empty() { Ok(Self { values }) } else { Err(faults) }
    }

    /// The settings, or a failure that names every fault.
    pub(crate) fn of(given: &Given) -> Result<Self, Failure> {
        Self::resolve(given).map_err(|faults| {
            let of_option = |(setting, told): (&Setting, &Told)| {
                told.origin == Origin::Option && (setting.check)(&told.text).is_err()
            };
            let words = faults.join("\n");
            if given.all().any(of_option) { Failure::usage(words) } else { Failure::failed(words) }
        })
    }

    /// Every setting with its value, secrets left out.
    pub(crate) fn shown(&self) -> Vec<(&'static str, Option<String>, &'static str)> {
        let row = |setting: &Setting| {
            let told = self.values.get(setting.key);
            let hidden = |text: &str| if setting.secret { "…".to_owned() } else { without_secrets(text) };
            let text = told.map(|told| hidden(&told.text));
            (setting.key, text, told.map_or("not set", |told| told.origin.name()))
        };
        SETTINGS.iter().map(row).collect()
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        PathBuf::from(self.text("data").unwrap_or("kiez-data"))
    }

    /// Where to listen.
    pub(crate) fn listen(&self) -> Result<SocketAddr, Failure> {
        setting::address(self.text("listen").unwrap_or(""))
            .map_err(|reason| Failure::failed(format!("listen: {reason}")))
    }

    /// The address under which people reach the program, without a slash at the end.
    pub(crate) fn base_url(&self) -> Result<String, Failure> {
        match self.text("base_url") {
            Some(url) => Ok(url.trim_end_matches('/').to_owned()),
            None => Ok(format!("{}://{}", self.scheme(), self.listen()?)),
        }
    }

    /// How the program itself is spoken to.
    pub(crate) fn scheme(&self) -> &'static str {
        if self.certificate().is_some() { "https" } else { "http" }
    }

    /// The certificate with which `serve` encrypts; none where a proxy does.
    pub(crate) fn certificate(&self) -> Option<CertificateFiles> {
        let path = |key| self.text(key).map(PathBuf::from);
        Some(CertificateFiles { chain: path("tls_certificate")?, key: path("tls_key")? })
    }

    /// The address that somebody has set; none where the program is reached under the one it listens on.
    pub(crate) fn told_base_url(&self) -> Option<&str> {
        self.text("base_url").map(|url| url.trim_end_matches('/'))
    }

    /// Whose word about the sender of a request is believed.
    pub(crate) fn proxies(&self) -> Result<Proxies, Failure> {
        setting::proxies(self.text("proxies").unwrap_or_default())
            .map_err(|reason| Failure::failed(format!("proxies: {reason}")))
    }

    /// The PostgreSQL address, when one is set.
    pub(crate) fn postgres(&self) -> Option<&str> {
        self.text("database_url")
    }

    /// Who may read the figures: whoever shows the token, else programs on this machine. Where people come from
    /// elsewhere there is a proxy, behind which everybody looks local.
    pub(crate) fn metrics_access(&self) -> MetricsAccess {
        match (self.text("metrics_token"), self.text("base_url")) {
            (Some(token), _) => MetricsAccess::token(token),
            (None, Some(url)) if !setting::is_local(url) => MetricsAccess::Nobody,
            (None, _) => MetricsAccess::ThisMachine,
        }
    }

    /// Where letters go: to the mail server of the settings, else into a folder of the data.
    pub(crate) fn post(&self, base_url: &str) -> Result<Post, Failure> {
        let from = self.text("mail_from").map_or_else(|| post::folder_sender(base_url), setting::sender);
        let sender = from.map_err(|reason| Failure::failed(format!("mail_from: {reason}")))?;
        let transport = match self.text("smtp") {
            Some(url) => Transport::Server(
                Server::at(url, sender.domain())
                    .map_err(|fault| Failure::failed(format!("smtp: {}: {fault}", without_secrets(url))))?,
            ),
            None => post::folder(&self.data()),
        };
        Ok(Post { transport, sender, base_url: base_url.to_owned() })
    }

    /// What seals backups.
    pub(crate) fn backup_key(&self) -> Option<BackupKey> {
        self.text("backup_key").map(BackupKey::new)
    }

    /// Backups that the server writes by itself, where a folder is named.
    pub(crate) fn schedule(&self) -> Result<Option<Schedule>, Failure> {
        let Some(folder) = self.text("backup_folder") else { return Ok(None) };
        let failed = |key: &'static str| move |reason| Failure::failed(format!("{key}: {reason}"));
        Ok(Some(Schedule {
            folder: PathBuf::from(folder),
            every_minutes: setting::minutes(self.text("backup_every").unwrap_or(""))
                .map_err(failed("backup_every"))?,
            keep: setting::number(self.text("backup_keep").unwrap_or("")).map_err(failed("backup_keep"))?,
            key: self.backup_key(),
        }))
    }

    /// What is logged.
    pub(crate) fn log(&self) -> &str {
        self.text("log").unwrap_or("warn")
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(|told| told.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(text: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("kiez.toml"), text).expect("written");
        folder
    }

    fn given(folder: &tempfile::TempDir, more: &[(&'static str, &str, Origin)]) -> Given {
        let data = folder.path().to_string_lossy().into_owned();
        Given::of([("data", data.as_str(), Origin::Option)].iter().chain(more).copied())
    }

    #[test]
    fn an_option_outweighs_the_environment_and_that_the_file() {
        let folder = folder_with("listen = \"127.0.0.1:1\"\nbase_url = \"https://file.example/\"\n");
        let environment = ("listen", "127.0.0.1:2", Origin::Environment);
        let config = Config::resolve(&given(&folder, &[environment])).expect("valid");
        assert_eq!(config.listen().expect("an address").port(), 2);
        assert_eq!(config.base_url().expect("an address"), "https://file.example");
        let option = ("listen", "127.0.0.1:3", Origin::Option);
        let config = Config::resolve(&given(&folder, &[option])).expect("valid");
        assert_eq!(config.listen().expect("an address").port(), 3);
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line_and_its_neighbour() {
        let folder = folder_with("# ours\nlisten = \"127.0.0.1:1\"\nbase-ulr = \"https://x.example\"\n");
        let faults = Config::resolve(&given(&folder, &[])).expect_err("a misspelt key");
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].contains("kiez.toml:3:") && faults[0].contains("\"base_url\""), "{faults:?}");
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let folder = folder_with("listen = \"nowhere\"\nbase_url = 7\n");
        let faults =
            Config::resolve(&given(&folder, &[("log", "loud", Origin::Option)])).expect_err("faults");
        assert_eq!(faults.len(), 3, "{faults:?}");
    }

    #[test]
    fn the_figures_are_for_this_machine_unless_people_come_from_elsewhere() {
        let public = "base_url = \"https://kiez.example\"\n";
        let token = "metrics_token = \"0123456789abcdef\"\n";
        for (file, expected) in [
            (String::new(), MetricsAccess::ThisMachine),
            ("base_url = \"http://localhost:8080\"\n".to_owned(), MetricsAccess::ThisMachine),
            (public.to_owned(), MetricsAccess::Nobody),
            (format!("{public}{token}"), MetricsAccess::token("0123456789abcdef")),
        ] {
            let folder = folder_with(&file);
            let config = Config::resolve(&given(&folder, &[])).expect("valid");
            assert_eq!(config.metrics_access(), expected, "{file}");
            assert!(!format!("{:?}", config.shown()).contains("0123456789abcdef"), "the token is shown");
        }
    }

    #[test]
    fn passwords_are_not_shown() {
        let folder = folder_with("database_url = \"postgres://kiez:geheim@localhost/kiez\"\n");
        let config = Config::resolve(&given(&folder, &[])).expect("valid");
        let shown = format!("{:?}", config.shown());
        assert!(shown.contains("postgres://kiez:…@localhost/kiez") && !shown.contains("geheim"), "{shown}");
    }
}
