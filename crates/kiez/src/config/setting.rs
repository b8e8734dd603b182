//! Each setting once: option, environment variable, key of the file, help and check all come from here.

use super::Origin;
use kiez_gateways::mail::{Sender, Server};
use kiez_web::Proxies;
use std::net::{IpAddr, SocketAddr};

/// One setting.
pub(crate) struct Setting {
    /// Key in `kiez.toml`.
    pub(crate) key: &'static str,
    /// The long option without its hyphens.
    pub(crate) option: &'static str,
    /// Environment variable.
    pub(crate) variable: &'static str,
    /// What the value looks like, for `--help`.
    pub(crate) value: &'static str,
    /// One sentence for `--help`.
    pub(crate) help: &'static str,
    /// Value when nobody says anything.
    pub(crate) default: Option<&'static str>,
    /// Whether it may stand in the file.
    pub(crate) in_file: bool,
    /// Whether the value is shown to nobody.
    pub(crate) secret: bool,
    /// Says what is wrong with a value.
    pub(crate) check: fn(&str) -> Result<(), String>,
}

impl Setting {
    /// The name under which the person set it.
    pub(crate) fn spelled(&self, origin: Origin) -> String {
        match origin {
            Origin::Option => format!("--{}", self.option),
            Origin::Environment => self.variable.to_owned(),
            Origin::File | Origin::Default => self.key.to_owned(),
        }
    }
}

/// Every setting of the program.
pub(crate) const SETTINGS: &[Setting] = &[
    Setting {
        key: "data",
        option: "data",
        variable: "KIEZ_DATA",
        value: "DIR",
        help: "Folder in which everything is kept; settings stand in DIR/kiez.toml",
        default: Some("./kiez-data"),
        in_file: false,
        secret: false,
        check: |text| named(text, "a folder"),
    },
    Setting {
        key: "database_url",
        option: "database-url",
        variable: "KIEZ_DATABASE_URL",
        value: "URL",
        help: "PostgreSQL instead of SQLite in the data folder: postgres://user@host/name",
        default: None,
        in_file: true,
        secret: false,
        check: check_database,
    },
    Setting {
        key: "base_url",
        option: "base-url",
        variable: "KIEZ_BASE_URL",
        value: "URL",
        help: "Address under which people reach the program, such as https://kiez.example",
        default: None,
        in_file: true,
        secret: false,
        check: check_base,
    },
    Setting {
        key: "listen",
        option: "listen",
        variable: "KIEZ_LISTEN",
        value: "ADDR",
        help: "Address and port on which `serve` listens",
        default: Some("127.0.0.1:8080"),
        in_file: true,
        secret: false,
        check: |text| address(text).map(drop),
    },
    Setting {
        key: "tls_certificate",
        option: "tls-certificate",
        variable: "KIEZ_TLS_CERTIFICATE",
        value: "FILE",
        help: "Certificate with its chain (PEM) for `serve` without a proxy; looked at again every minute",
        default: None,
        in_file: true,
        secret: false,
        check: |text| named(text, "a file"),
    },
    Setting {
        key: "tls_key",
        option: "tls-key",
        variable: "KIEZ_TLS_KEY",
        value: "FILE",
        help: "Private key (PEM) of the certificate; needed with tls_certificate",
        default: None,
        in_file: true,
        secret: false,
        check: |text| named(text, "a file"),
    },
    Setting {
        key: "proxies",
        option: "proxies",
        variable: "KIEZ_PROXIES",
        value: "NETWORKS",
        help: "Proxies whose X-Forwarded-For is believed, such as \"127.0.0.1, 10.89.0.0/16\"; empty: none",
        default: Some("127.0.0.0/8, ::1"),
        in_file: true,
        secret: false,
        check: |text| proxies(text).map(drop),
    },
    Setting {
        key: "smtp",
        option: "smtp",
        variable: "KIEZ_SMTP",
        value: "URL",
        help: "Mail server, smtp://user:password@host:587 or smtps://…:465; without one mail lies in DIR/mail",
        default: None,
        in_file: true,
        secret: false,
        check: check_smtp,
    },
    Setting {
        key: "mail_from",
        option: "mail-from",
        variable: "KIEZ_MAIL_FROM",
        value: "ADDRESS",
        help: "Who writes, such as \"Kiezgrößen <kiez@example.org>\"; needed with smtp",
        default: None,
        in_file: true,
        secret: false,
        check: |text| sender(text).map(drop),
    },
    Setting {
        key: "metrics_token",
        option: "metrics-token",
        variable: "KIEZ_METRICS_TOKEN",
        value: "TOKEN",
        help: "Who shows it as bearer token may read /metrics; without one only programs on this machine may",
        default: None,
        in_file: true,
        secret: true,
        check: check_token,
    },
    Setting {
        key: "backup_key",
        option: "backup-key",
        variable: "KIEZ_BACKUP_KEY",
        value: "WORDS",
        help: "Encrypts backups and opens them again; keep it elsewhere too, without it they cannot be read",
        default: None,
        in_file: true,
        secret: true,
        check: check_key,
    },
    Setting {
        key: "backup_folder",
        option: "backup-folder",
        variable: "KIEZ_BACKUP_FOLDER",
        value: "DIR",
        help: "Where `serve` writes backups by itself; without one it writes none",
        default: None,
        in_file: true,
        secret: false,
        check: |text| named(text, "a folder"),
    },
    Setting {
        key: "backup_every",
        option: "backup-every",
        variable: "KIEZ_BACKUP_EVERY",
        value: "SPAN",
        help: "How often `serve` writes one: minutes, hours or days, such as 90m, 24h or 7d",
        default: Some("24h"),
        in_file: true,
        secret: false,
        check: |text| minutes(text).map(drop),
    },
    Setting {
        key: "backup_keep",
        option: "backup-keep",
        variable: "KIEZ_BACKUP_KEEP",
        value: "NUMBER",
        help: "How many of these stay; the oldest goes when a new one is whole",
        default: Some("14"),
        in_file: true,
        secret: false,
        check: |text| number(text).map(drop),
    },
    Setting {
        key: "log",
        option: "log",
        variable: "KIEZ_LOG",
        value: "LEVEL",
        help: "What is logged to standard error: error, warn, info, debug or trace",
        default: Some("warn"),
        in_file: true,
        secret: false,
        check: check_log,
    },
];

/// The setting of a key.
pub(crate) fn find(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

/// Reads a span of time, in minutes.
pub(crate) fn minutes(text: &str) -> Result<i64, String> {
    let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).unwrap_or(("", text));
    let minutes = match unit {
        "m" => 1,
        "h" => 60,
        "d" => 24 * 60,
        _ => 0,
    };
    // Ten years are enough for anybody, and nothing overflows.
    let found = number.parse::<u16>().ok().map(|number| i64::from(number) * minutes);
    found.filter(|found| (1..=5_256_000).contains(found)).ok_or_else(|| {
        format!("\"{text}\" is no span of time: expected minutes, hours or days such as 90m, 24h or 7d")
    })
}

/// Reads how many.
pub(crate) fn number(text: &str) -> Result<usize, String> {
    let found = text.parse::<u16>().ok().filter(|found| *found > 0);
    found
        .map(usize::from)
        .ok_or_else(|| format!("\"{text}\" is no number of files: expected one from 1 to 65535"))
}

fn named(text: &str, what: &str) -> Result<(), String> {
    if text.is_empty() { Err(format!("is empty: name {what}")) } else { Ok(()) }
}

/// Words that can be guessed seal nothing: the file may lie with strangers for years.
fn check_key(text: &str) -> Result<(), String> {
    if text.chars().count() >= 20 {
        Ok(())
    } else {
        Err("a key has at least 20 signs: make one with `openssl rand -hex 32`, or take six words at random"
            .into())
    }
}

/// Reads address and port; a port alone means this machine.
pub(crate) fn address(text: &str) -> Result<SocketAddr, String> {
    let local = text.strip_prefix("localhost:").or_else(|| text.strip_prefix(':'));
    let spelled = local.map_or_else(|| text.to_owned(), |port| format!("127.0.0.1:{port}"));
    spelled
        .parse()
        .map_err(|_| format!("\"{text}\" is no address with a port: expected such as 127.0.0.1:8080"))
}

/// An address without its password.
pub(crate) fn without_secrets(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://") else { return text.to_owned() };
    let Some((login, place)) = rest.rsplit_once('@') else { return text.to_owned() };
    let user = login.split(':').next().unwrap_or("");
    let password = if login.contains(':') { ":…" } else { "" };
    format!("{scheme}://{user}{password}@{place}")
}

fn check_database(text: &str) -> Result<(), String> {
    let fits = ["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
    let shown = without_secrets(text);
    if fits {
        Ok(())
    } else {
        Err(format!("\"{shown}\" is no address of PostgreSQL: expected postgres://user@host/name"))
    }
}

fn check_base(text: &str) -> Result<(), String> {
    let host = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or("");
    let host = host.trim_end_matches('/');
    let fits = !host.is_empty() && !host.contains(['?', '#', ' ']);
    if fits {
        Ok(())
    } else {
        Err(format!("\"{text}\" is no web address: expected such as https://kiez.example"))
    }
}

/// Signs that mean something in an address are to be escaped in a password, and how it is encrypted is not to be chosen.
fn check_smtp(text: &str) -> Result<(), String> {
    let shown = without_secrets(text);
    Server::at(text, "localhost").map(drop).map_err(|_| {
        format!("\"{shown}\" is no mail server: expected smtp://user:password@host:587 or smtps://user:password@host:465, without ?…")
    })
}

/// Reads whose word about senders is believed.
pub(crate) fn proxies(text: &str) -> Result<Proxies, String> {
    Proxies::parse(text).map_err(|part| {
        format!("\"{part}\" is no network: expected addresses such as 127.0.0.1 or 10.89.0.0/16, with commas between")
    })
}

/// Reads who writes mail.
pub(crate) fn sender(text: &str) -> Result<Sender, String> {
    Sender::parse(text).map_err(|_| {
        format!("\"{text}\" is no sender: expected kiez@example.org or \"Kiezgrößen <kiez@example.org>\"")
    })
}

/// Too short to be guessed is what a token must not be; blanks and signs beyond ASCII get lost in a header.
fn check_token(text: &str) -> Result<(), String> {
    let fits = (16..=256).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    if fits {
        Ok(())
    } else {
        Err("a token has 16 to 256 letters, digits or signs and no blank: make one with `openssl rand -hex 16`".into())
    }
}

/// Whether a web address leads to this machine alone.
pub(crate) fn is_local(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split('/').next().unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn check_log(text: &str) -> Result<(), String> {
    let known = ["error", "warn", "info", "debug", "trace"];
    if known.contains(&text) {
        Ok(())
    } else {
        Err(format!("\"{text}\" is no level: expected {}", known.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_this_machine_are_told_apart() {
        for local in
            ["http://localhost:8080", "http://127.0.0.1", "http://[::1]:8080/", "https://127.8.8.8/x"]
        {
            assert!(is_local(local), "{local}");
        }
        for public in [
            "https://kiez.example",
            "http://localhost.example",
            "http://192.0.2.7:8080",
            "http://[2001:db8::1]",
        ] {
            assert!(!is_local(public), "{public}");
        }
    }

    #[test]
    fn values_that_do_not_fit_are_said_so() {
        let fits = |key: &str, text: &str| find(key).is_some_and(|setting| (setting.check)(text).is_ok());
        for (key, good, bad) in [
            ("data", "/srv/kiez", ""),
            ("database_url", "postgres://kiez@db/kiez", "mysql://kiez@db/kiez"),
            ("base_url", "https://kiez.example/", "kiez.example"),
            ("listen", ":8080", "8080"),
            ("smtp", "smtps://mail.example", "mail.example"),
            ("smtp", "smtp://kiez:geheim@mail.example:587", "smtp://mail.example?tls=none"),
            ("proxies", "127.0.0.1, 10.0.0.0/8", "proxy.example"),
            ("mail_from", "Kiezgrößen <kiez@example.org>", "kiez"),
            ("metrics_token", "0123456789abcdef", "short"),
            ("metrics_token", "0123456789abcdef", "0123456789 abcdef"),
            ("backup_key", "0123456789abcdef0123", "0123456789abcdef"),
            ("backup_folder", "/srv/backups", ""),
            ("backup_every", "90m", "90"),
            ("backup_every", "7d", "0d"),
            ("backup_every", "24h", "täglich"),
            ("backup_keep", "14", "0"),
            ("log", "debug", "verbose"),
        ] {
            assert!(fits(key, good) && !fits(key, bad), "{key}");
        }
    }

    #[test]
    fn an_address_is_shown_without_its_password() {
        assert_eq!(without_secrets("postgres://kiez:a:b@c@host/db"), "postgres://kiez:…@host/db");
        assert_eq!(without_secrets("postgres://kiez@host/db"), "postgres://kiez@host/db");
        assert_eq!(without_secrets("127.0.0.1:8080"), "127.0.0.1:8080");
    }

    #[test]
    fn every_setting_has_its_own_option_and_variable() {
        for setting in SETTINGS {
            assert_eq!(setting.option, setting.key.replace('_', "-"));
            assert_eq!(setting.variable, format!("KIEZ_{}", setting.key.to_uppercase()));
        }
    }
}
