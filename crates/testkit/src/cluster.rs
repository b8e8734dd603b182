//! The PostgreSQL server of the tests: one that is there, or one of our own that goes with the test program.

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// The server's address: `KIEZ_TEST_PG_URL`, else a cluster of our own; nothing when there is no PostgreSQL.
///
/// `KIEZ_TEST_PG=require` makes a missing server a failure, so that nobody believes in tests that did not run;
/// `KIEZ_TEST_PG=off` leaves PostgreSQL out, for the quick check.
pub(crate) fn url() -> Option<String> {
    static URL: OnceLock<Option<String>> = OnceLock::new();
    URL.get_or_init(|| {
        let wish = variable("KIEZ_TEST_PG");
        if wish.as_deref() == Some("off") {
            return None;
        }
        if let Some(url) = variable("KIEZ_TEST_PG_URL") {
            return Some(url);
        }
        let required = wish.as_deref() == Some("require");
        match start() {
            Ok(url) => Some(url),
            Err(reason) if required => panic!("PostgreSQL is required for the tests: {reason}"),
            Err(reason) => {
                tell(&format!("tests on PostgreSQL are skipped: {reason}"));
                None
            }
        }
    })
    .clone()
}

/// Makes an empty schema; it stays with a server that was there and goes with our own.
pub(crate) async fn make_schema(server: &str, schema: &str) {
    let mut connection = PgConnection::connect(server).await.expect("the test server can be reached");
    let sql = AssertSqlSafe(format!("create schema {schema}"));
    sqlx::raw_sql(sql).execute(&mut connection).await.expect("the test user may make schemas");
    connection.close().await.expect("a connection can be closed");
}

#[expect(
    clippy::disallowed_methods,
    reason = "where the test server is belongs to the machine, not to kiez.toml"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[expect(clippy::print_stderr, reason = "a skipped test says so where whoever runs the tests looks")]
fn tell(message: &str) {
    eprintln!("{message}");
}

/// Makes and starts a cluster on a free port; gives its address or why there is none.
fn start() -> Result<String, String> {
    let programs =
        programs().ok_or("no PostgreSQL in /usr/lib/postgresql (Debian: apt install postgresql)")?;
    let folder = tempfile::Builder::new()
        .prefix("kiez-pg-")
        .tempdir()
        .map_err(|error| format!("no folder for the cluster: {error}"))?
        .keep();
    let run_as = user_for(&folder)?;
    let data = folder.join("data");
    let initdb = programs.join("initdb").display().to_string();
    let data_text = data.display().to_string();
    let plain = [&*initdb, "-D", &data_text, "-A", "trust", "-U", "kiez", "-E", "UTF8", "--locale=C.UTF-8"];
    // German as the server's own order proves that our order does not depend on it; not every build can.
    let german = [&plain[..], &["--locale-provider=icu", "--icu-locale=de"]].concat();
    if run(run_as, &german).is_err() {
        run(run_as, &plain)?;
    }
    let port = free_port()?;
    let settings = format!(
        "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c max_connections=300 \
         -c fsync=off -c synchronous_commit=off -c full_page_writes=off",
        folder.display()
    );
    let (pg_ctl, log) =
        (programs.join("pg_ctl").display().to_string(), folder.join("log").display().to_string());
    watch(run_as, (&pg_ctl, &data_text), &folder)?;
    run(run_as, &[&pg_ctl, "-D", &data_text, "-w", "-l", &log, "-o", &settings, "start"])?;
    Ok(format!("postgres://kiez@127.0.0.1:{port}/postgres"))
}

/// The newest installed programs.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(Result::ok)
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin)
}

/// PostgreSQL refuses to run as root: root gives the folder to the user `postgres` and runs it as that one.
fn user_for(folder: &Path) -> Result<Option<&'static str>, String> {
    let output = Command::new("id").arg("-u").output().map_err(|error| format!("id: {error}"))?;
    if String::from_utf8_lossy(&output.stdout).trim() != "0" {
        return Ok(None);
    }
    run(None, &["chown", "postgres", &folder.display().to_string()])?;
    Ok(Some("postgres"))
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| format!("no free port: {error}"))?;
    listener.local_addr().map(|address| address.port()).map_err(|error| error.to_string())
}

/// Stops the cluster and removes its folder when the test program is gone, however it went.
fn watch(run_as: Option<&str>, (pg_ctl, data): (&str, &str), folder: &Path) -> Result<(), String> {
    let prefix = run_as.map_or(String::new(), |user| format!("runuser -u {user} -- "));
    let script = format!(
        "while kill -0 {} 2>/dev/null; do sleep 1; done; cd /; {prefix}'{pg_ctl}' -D '{data}' stop -m immediate; rm -rf '{}'",
        std::process::id(),
        folder.display()
    );
    Command::new("setsid")
        .args(["sh", "-c", &script])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(drop)
        .map_err(|error| format!("setsid: {error}"))
}

/// Runs a program, as another user when one is named.
fn run(run_as: Option<&str>, words: &[&str]) -> Result<(), String> {
    let as_user = run_as.map_or(Vec::new(), |user| vec!["runuser", "-u", user, "--"]);
    let words = [&as_user[..], words].concat();
    let errors = tempfile::NamedTempFile::new().map_err(|error| error.to_string())?;
    let stderr = errors.reopen().map_err(|error| error.to_string())?;
    // The server keeps what its starter wrote to: a pipe would never end.
    let status = Command::new(words[0])
        .args(&words[1..])
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(stderr)
        .status()
        .map_err(|error| format!("{}: {error}", words[0]))?;
    if status.success() {
        return Ok(());
    }
    let said = std::fs::read_to_string(errors.path()).unwrap_or_default();
    Err(format!("{}: {}", words.join(" "), said.trim()))
}
