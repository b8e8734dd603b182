//! What an operator's monitoring reads: requests as they were answered, and what waits. No label names a person or a
//! thing: routes are told by their pattern, everything else is a number.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use kiez_app::house::HouseFigures;
use prometheus_client::encoding::prometheus_text::encode;
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use sha2::{Digest, Sha256};
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::state::WebState;

/// Upper ends of the durations, in seconds: 50 ms is what a page may take, ten seconds how long a writer waits.
const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0];

/// What a proxy adds: whoever comes through one does not sit at this machine.
const FORWARDED: [&str; 4] = ["forwarded", "via", "x-forwarded-for", "x-real-ip"];

type Labels = Vec<(&'static str, String)>;

/// Who may read the figures.
#[derive(Clone, PartialEq, Eq)]
pub enum MetricsAccess {
    /// Programs on this machine that come directly.
    ThisMachine,
    /// Whoever shows the token; only its hash is kept.
    Token([u8; 32]),
    /// Nobody: people come through a proxy, so every request looks as if it came from this machine.
    Nobody,
}

impl fmt::Debug for MetricsAccess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ThisMachine => "ThisMachine",
            Self::Token(_) => "Token",
            Self::Nobody => "Nobody",
        })
    }
}

impl MetricsAccess {
    /// Access for whoever shows this token as `Authorization: Bearer …`.
    #[must_use]
    pub fn token(token: &str) -> Self {
        Self::Token(digest(token))
    }

    /// Whether a request from this address with these headers may read.
    pub(crate) fn allows(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> bool {
        match self {
            Self::Nobody => false,
            Self::ThisMachine => {
                let direct = FORWARDED.iter().all(|name| !headers.contains_key(*name));
                direct && peer.is_some_and(|peer| peer.to_canonical().is_loopback())
            }
            Self::Token(expected) => {
                let shown = headers.get("authorization").and_then(|value| value.to_str().ok());
                let shown = shown.and_then(|value| value.strip_prefix("Bearer "));
                // Hashes are compared, so how long it takes says nothing about the token.
                shown.is_some_and(|shown| digest(shown.trim()) == *expected)
            }
        }
    }
}

fn digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Counts every request; cheap to clone.
#[derive(Debug, Clone)]
pub struct Metrics(Arc<Counted>);

#[derive(Debug)]
struct Counted {
    access: MetricsAccess,
    requests: Family<Labels, Counter>,
    seconds: Family<Labels, Histogram, fn() -> Histogram>,
}

impl Metrics {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(access: MetricsAccess) -> Self {
        let histogram: fn() -> Histogram = || Histogram::new(SECONDS);
        let seconds = Family::new_with_constructor(histogram);
        Self(Arc::new(Counted { access, requests: Family::default(), seconds }))
    }

    pub(crate) fn access(&self) -> &MetricsAccess {
        &self.0.access
    }

    fn note(&self, method: &'static str, route: &str, (status, taken): (StatusCode, Duration)) {
        let class = format!("{}xx", status.as_u16() / 100);
        let labels = vec![("method", method.to_owned()), ("route", route.to_owned()), ("status", class)];
        self.0.requests.get_or_create(&labels).inc();
        let labels = vec![("method", method.to_owned()), ("route", route.to_owned())];
        self.0.seconds.get_or_create(&labels).observe(taken.as_secs_f64());
    }

    /// Everything in the text format of Prometheus, version 0.0.4.
    pub(crate) fn text(&self, house: &HouseFigures) -> Result<String, fmt::Error> {
        let mut registry = Registry::with_prefix("kiez");
        registry.register(
            "http_requests",
            "Requests answered, by the pattern of their route and the class of their status",
            self.0.requests.clone(),
        );
        registry.register_with_unit(
            "http_request_duration",
            "How long answers took",
            Unit::Seconds,
            self.0.seconds.clone(),
        );
        let build = vec![("version", env!("CARGO_PKG_VERSION")), ("database", house.engine)];
        registry.register("build", "The program that runs and its database", Info::new(build));
        register_writers(&mut registry, house);
        register_index(&mut registry, house);
        register_database(&mut registry, house);
        register_backups(&mut registry, house);
        let mut text = String::new();
        encode(&mut text, &registry)?;
        Ok(text)
    }
}

fn register_writers(registry: &mut Registry, house: &HouseFigures) {
    let writers = house.writers;
    let seconds = Duration::from_micros(writers.micros).as_secs_f64();
    registry.register(
        "writers_waiting",
        "Transactions that wait for their turn to write",
        gauge(writers.waiting),
    );
    registry.register(
        "writer_waits",
        "Transactions that had their turn to write or gave up",
        ConstCounter::new(writers.waits),
    );
    registry.register_with_unit(
        "writer_wait",
        "How long these waited, all together",
        Unit::Seconds,
        ConstCounter::new(seconds),
    );
}

fn register_index(registry: &mut Registry, house: &HouseFigures) {
    let index = house.index;
    registry.register("index_projects", "Projects whose matching index is in memory", gauge(index.projects));
    registry.register("index_needs", "Open needs in the matching index", gauge(index.needs));
    registry.register(
        "index_offers",
        "Open offers and possible givers in the matching index",
        gauge(index.offers),
    );
}

/// A database that is away is said to be away; the other figures go on without its own.
fn register_database(registry: &mut Registry, house: &HouseFigures) {
    let up = u32::from(house.database.is_some());
    registry.register("database_up", "1 when the database answers, else 0", gauge(up));
    registry.register(
        "database_unwritable",
        "1 while nothing can be stored for want of room or right, else 0",
        gauge(u32::from(house.unwritable)),
    );
    let Some(figures) = house.database else { return };
    registry.register_with_unit(
        "database_size",
        "Size of the database",
        Unit::Bytes,
        gauge(figures.database_bytes),
    );
    registry.register("jobs_waiting", "Jobs that are not done yet", gauge(figures.jobs_waiting));
    registry.register("jobs_failing", "Waiting jobs that failed at least once", gauge(figures.jobs_failing));
    registry.register("mail_waiting", "Messages that have not left yet", gauge(figures.mail_waiting));
    registry.register("mail_failing", "Messages whose last attempt failed", gauge(figures.mail_failing));
    registry.register(
        "audit_entries_unsealed",
        "Audit entries that wait for their seal; sealed every minute",
        gauge(figures.audit_unsealed),
    );
}

/// Only where the settings ask for backups: a missing figure is no alarm there.
fn register_backups(registry: &mut Registry, house: &HouseFigures) {
    let Some(figures) = house.backups else { return };
    registry.register(
        "backup_failing",
        "1 when the last scheduled backup failed, else 0",
        gauge(u32::from(figures.failing)),
    );
    registry.register_with_unit(
        "backup_last_written_timestamp",
        "When the newest scheduled backup was written; 0 when there is none",
        Unit::Seconds,
        gauge(figures.newest.map_or(0, |at| at.0 / 1000)),
    );
    registry.register_with_unit(
        "backup_last_size",
        "Size of the newest scheduled backup",
        Unit::Bytes,
        gauge(figures.bytes),
    );
}

fn gauge(value: impl TryInto<i64>) -> ConstGauge<i64> {
    ConstGauge::new(value.try_into().unwrap_or(i64::MAX))
}

/// Counts a request when it has been answered.
pub(crate) async fn measure(State(state): State<WebState>, request: Request, next: Next) -> Response {
    // An address that leads nowhere has no pattern; its own words could be anything, also a name.
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let method = method_label(request.method());
    let begun = Instant::now();
    let response = next.run(request).await;
    state.metrics.note(method, &route, (response.status(), begun.elapsed()));
    response
}

/// Methods are words that anybody can make up; only the usual ones become labels.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderName;
    use kiez_app::backup::schedule::BackupFigures;
    use kiez_app::market::IndexFigures;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), value.parse().expect("a header"))
        };
        pairs.iter().map(pair).collect()
    }

    fn peer(text: &str) -> Option<IpAddr> {
        Some(text.parse().expect("an address"))
    }

    #[test]
    fn this_machine_is_whoever_comes_from_it_directly() {
        let access = MetricsAccess::ThisMachine;
        for local in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            assert!(access.allows(peer(local), &headers(&[])), "{local}");
        }
        assert!(!access.allows(peer("192.0.2.7"), &headers(&[])));
        assert!(!access.allows(None, &headers(&[])));
        for name in FORWARDED {
            assert!(!access.allows(peer("127.0.0.1"), &headers(&[(name, "192.0.2.7")])), "{name}");
        }
    }

    #[test]
    fn a_token_opens_from_everywhere_and_nothing_else_does() {
        let access = MetricsAccess::token("ein-langes-geheimnis");
        let with = |value| access.allows(peer("192.0.2.7"), &headers(&[("authorization", value)]));
        assert!(with("Bearer ein-langes-geheimnis"));
        for wrong in
            ["ein-langes-geheimnis", "Bearer ein-langes-geheimni", "Bearer", "Basic ein-langes-geheimnis"]
        {
            assert!(!with(wrong), "{wrong}");
        }
        assert!(!access.allows(peer("127.0.0.1"), &headers(&[])), "this machine needs the token too");
        assert!(!format!("{access:?}").contains(char::is_numeric), "the hash is not shown");
        assert!(!MetricsAccess::Nobody.allows(peer("127.0.0.1"), &headers(&[])));
    }

    fn house(database: bool) -> HouseFigures {
        let index = IndexFigures { projects: 1, needs: 2, offers: 5 };
        let mut house = HouseFigures { engine: "SQLite", index, ..HouseFigures::default() };
        (house.writers.waiting, house.writers.waits, house.writers.micros) = (1, 4, 1_500_000);
        house.backups = Some(BackupFigures {
            newest: Some(kiez_domain::instant::Instant(1_772_436_600_000)),
            bytes: 9,
            failing: true,
        });
        house.database = database.then(Default::default);
        if let Some(figures) = &mut house.database {
            (figures.database_bytes, figures.jobs_waiting) = (7_000, 3);
            (figures.mail_waiting, figures.mail_failing) = (5, 2);
        }
        house
    }

    #[test]
    fn every_figure_has_its_line() {
        let metrics = Metrics::new(MetricsAccess::Nobody);
        metrics.note("GET", "/w/{project}", (StatusCode::OK, Duration::from_millis(4)));
        metrics.note("GET", "/w/{project}", (StatusCode::NO_CONTENT, Duration::from_secs(60)));
        let text = metrics.text(&house(true)).expect("text");
        for line in [
            "kiez_http_requests_total{method=\"GET\",route=\"/w/{project}\",status=\"2xx\"} 2",
            "kiez_http_request_duration_seconds_bucket{method=\"GET\",route=\"/w/{project}\",le=\"0.0025\"} 0",
            "kiez_http_request_duration_seconds_bucket{method=\"GET\",route=\"/w/{project}\",le=\"0.005\"} 1",
            "kiez_http_request_duration_seconds_bucket{method=\"GET\",route=\"/w/{project}\",le=\"+Inf\"} 2",
            "kiez_writers_waiting 1",
            "kiez_writer_waits_total 4",
            "kiez_writer_wait_seconds_total 1.5",
            "kiez_index_offers 5",
            "kiez_database_up 1",
            "kiez_database_unwritable 0",
            "kiez_backup_failing 1",
            "kiez_backup_last_written_timestamp_seconds 1772436600",
            "kiez_backup_last_size_bytes 9",
            "kiez_database_size_bytes 7000",
            "kiez_jobs_waiting 3",
            "kiez_mail_waiting 5",
            "kiez_mail_failing 2",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is missing:\n{text}");
        }
        assert!(text.contains("kiez_build_info{") && text.contains("database=\"SQLite\""), "{text}");
        assert!(text.contains("# TYPE kiez_http_request_duration_seconds histogram"), "{text}");
    }

    #[test]
    fn a_database_that_is_away_takes_only_its_own_figures_along() {
        let text = Metrics::new(MetricsAccess::Nobody).text(&house(false)).expect("text");
        assert!(text.contains("kiez_database_up 0") && text.contains("kiez_index_needs 2"), "{text}");
        assert!(!text.contains("kiez_jobs_waiting") && !text.contains("kiez_database_size"), "{text}");
    }

    #[test]
    fn made_up_methods_make_no_labels() {
        assert_eq!(method_label(&Method::from_bytes(b"MIRA").expect("a method")), "other");
        assert_eq!(method_label(&Method::GET), "GET");
    }
}
