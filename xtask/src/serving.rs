//! How fast the running program answers: its start, its memory, and every page it is asked for.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::http::Client;
use crate::machine::program;
use crate::say::spoken;
use crate::steps;

/// How often each page is asked for.
const REQUESTS: usize = 200;
const START_AT_MOST: Duration = Duration::from_secs(1);
const PAGE_AT_MOST: Duration = Duration::from_millis(50);
const INDEX_AT_MOST: Duration = Duration::from_secs(2);
const MEGABYTES_AT_MOST: u64 = 200;
/// What a coordinator opens all day.
const PAGES: [&str; 6] = ["", "/cards", "/actors", "/actors?q=kita", "/needs", "/offers"];

/// Rows of the table, and whether each promise was kept.
pub(crate) type Rows = Vec<(String, bool)>;

/// Serves a data folder, signs in with a one-time link, and measures.
pub(crate) fn measure(data: &Path, link: &str) -> Result<Rows, String> {
    let authority = free_address()?;
    let started = Instant::now();
    let mut server = Server::start(data, &authority)?;
    server.wait_until_ready(&authority)?;
    let mut rows = vec![row("start until the first answer", started.elapsed(), START_AT_MOST)];
    let mut client = Client::new(&authority);
    let workspace = sign_in(&mut client, link)?;
    for page in PAGES {
        rows.push(time_page(&mut client, &format!("{workspace}{page}"))?);
    }
    // The page of a need asks the engine; the first time it builds the index, which is not what p99 is about.
    let needs = client.get(&format!("{workspace}/needs"))?;
    if let Some(need) = first_link(&needs.body, &format!("{workspace}/needs/")) {
        let started = Instant::now();
        client.get(&need)?;
        rows.push(row("first suggestions after the start", started.elapsed(), INDEX_AT_MOST));
        rows.push(time_page(&mut client, &need)?);
    }
    if let Some(megabytes) = server.resident_megabytes() {
        let text = format!("| memory after all that | {megabytes} MB | {MEGABYTES_AT_MOST} MB |");
        rows.push((text, megabytes <= MEGABYTES_AT_MOST));
    }
    Ok(rows)
}

/// The first link on a page that leads to one thing below an address.
fn first_link(page: &str, below: &str) -> Option<String> {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut things = links.filter(|link| link.strip_prefix(below).is_some_and(|id| id.len() == 36));
    things.next().map(str::to_owned)
}

/// Makes a table row and judges it.
pub(crate) fn row(name: &str, taken: Duration, at_most: Duration) -> (String, bool) {
    let kept = taken <= at_most;
    let verdict = if kept { "" } else { " ✗" };
    (format!("| {name} | {}{verdict} | {} |", precise(taken), precise(at_most)), kept)
}

fn precise(duration: Duration) -> String {
    match duration.as_secs_f64() * 1000.0 {
        small if small < 10.0 => format!("{small:.1} ms"),
        millis if millis < 1000.0 => format!("{millis:.0} ms"),
        _ => spoken(duration),
    }
}

/// Spends the link and returns the path of the workspace of the only project.
fn sign_in(client: &mut Client, link: &str) -> Result<String, String> {
    let path = link.splitn(4, '/').nth(3).map(|rest| format!("/{rest}"));
    let path = path.ok_or_else(|| format!("{link} is no address"))?;
    let page = client.get(&path)?;
    let answer = client.press_first_button(&path, &page.body)?;
    if answer.status != 303 {
        return Err(format!("signing in answered {}", answer.status));
    }
    let entrance = client.get("/w")?;
    entrance.location().map(str::to_owned).ok_or_else(|| "the entrance leads to no workspace".into())
}

fn time_page(client: &mut Client, page: &str) -> Result<(String, bool), String> {
    let mut times = Vec::with_capacity(REQUESTS);
    for _ in 0..REQUESTS {
        let started = Instant::now();
        let answer = client.get(page)?;
        times.push(started.elapsed());
        if answer.status != 200 {
            return Ok((
                format!("| {page} | answered {} ✗ | {} |", answer.status, precise(PAGE_AT_MOST)),
                false,
            ));
        }
    }
    times.sort_unstable();
    let ninety_ninth = times[(times.len() * 99 / 100).min(times.len() - 1)];
    Ok(row(&format!("p99 of {page}"), ninety_ninth, PAGE_AT_MOST))
}

fn free_address() -> Result<String, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| format!("no free port: {error}"))?;
    let address = listener.local_addr().map_err(|error| format!("no free port: {error}"))?;
    Ok(address.to_string())
}

/// A running `kiez serve` that ends with this value.
struct Server {
    child: Child,
}

impl Server {
    fn start(data: &Path, authority: &str) -> Result<Self, String> {
        let kiez = program("release");
        let arguments = ["--data", &data.to_string_lossy(), "serve", "--listen", authority];
        let child = steps::command(&kiez.to_string_lossy(), &arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{} cannot be started: {error}", kiez.display()))?;
        Ok(Self { child })
    }

    fn wait_until_ready(&mut self, authority: &str) -> Result<(), String> {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(30) {
            if Client::new(authority).get("/healthz").is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(format!("the server ended with {status}"));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Err("the server was not ready within 30 s".into())
    }

    fn resident_megabytes(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kilobytes.div_ceil(1024))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _may_have_ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_promise_is_marked() {
        let at_most = Duration::from_millis(50);
        assert_eq!(row("x", Duration::from_millis(40), at_most), ("| x | 40 ms | 50 ms |".into(), true));
        assert_eq!(row("x", Duration::from_millis(51), at_most), ("| x | 51 ms ✗ | 50 ms |".into(), false));
    }
}
