//! What programs that watch over the house are told.

use crate::test_app::TestApp;
use kiez_web::MetricsAccess;

const HERE: &str = "127.0.0.1:50000";
const ELSEWHERE: &str = "192.0.2.7:50000";

/// The value of a line of the figures; none when the line is missing.
fn value(figures: &str, line: &str) -> Option<f64> {
    figures.lines().find_map(|found| found.strip_prefix(line)?.trim().parse().ok())
}

#[tokio::test]
async fn a_program_that_lost_its_database_is_alive_but_not_ready() {
    let app = TestApp::new().await;
    for path in ["/healthz", "/readyz"] {
        let answer = app.visitor().get(path).await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"), "{path}");
    }
    app.lose_the_database().await;
    assert_eq!(app.visitor().get("/healthz").await.status, 200);
    let ready = app.visitor().get("/readyz").await;
    assert_eq!(ready.status, 503);
    assert!(ready.shows("database"), "{}", ready.body);
    let figures = app.ask_from(HERE, "/metrics", None).await;
    assert_eq!(
        (figures.status, value(&figures.body, "kiez_database_up")),
        (200, Some(0.0)),
        "{}",
        figures.body
    );
}

#[tokio::test]
async fn the_figures_count_what_was_answered_and_name_nobody() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let need = format!("/w/graefekiez/needs/{}", app.world.wood_wanted);
    for path in [need.as_str(), &need, "/w/graefekiez/needs/no-id", "/Mira-was-here", "/readyz"] {
        mira.get(path).await;
    }
    app.visitor().get(&need).await;
    let figures = app.ask_from(HERE, "/metrics", None).await;
    assert_eq!(figures.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    let text = &figures.body;
    let of = |method: &str, route: &str, class: &str| {
        value(
            text,
            &format!("kiez_http_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{class}\"}}"),
        )
    };
    assert_eq!(of("GET", "/w/{project}/needs/{id}", "2xx"), Some(2.0), "{text}");
    assert_eq!(of("GET", "/w/{project}/needs/{id}", "4xx"), Some(1.0), "{text}");
    assert_eq!(of("GET", "/w/{project}/needs/{id}", "3xx"), Some(1.0), "the door, for a stranger: {text}");
    assert_eq!(of("GET", "none", "4xx"), Some(1.0), "{text}");
    assert_eq!(of("POST", "/link/{token}", "3xx"), Some(1.0), "{text}");
    // Mira's need was looked at with its suggestions: two open needs and what may meet them are in the index.
    assert_eq!(value(text, "kiez_index_needs"), Some(2.0), "{text}");
    assert_eq!(
        (value(text, "kiez_database_up"), value(text, "kiez_writers_waiting")),
        (Some(1.0), Some(0.0))
    );
    assert!(value(text, "kiez_writer_waits_total").is_some_and(|waits| waits >= 1.0), "{text}");
    assert!(value(text, "kiez_database_size_bytes").is_some_and(|bytes| bytes > 50_000.0), "{text}");
    for told in ["Mira", "graefekiez", "wood", &app.world.wood_wanted.to_string()] {
        assert!(!text.contains(told), "{told} is in the figures");
    }
}

#[tokio::test]
async fn who_may_not_read_the_figures_finds_nothing_there() {
    let app = TestApp::new().await;
    assert_eq!(app.ask_from(HERE, "/metrics", None).await.status, 200);
    let nothing = app.ask_from(ELSEWHERE, "/nothing", None).await;
    for answer in [
        app.ask_from(ELSEWHERE, "/metrics", None).await,
        app.ask_from(HERE, "/metrics", Some(("x-forwarded-for", "192.0.2.7"))).await,
        app.coordinator().await.get("/metrics").await,
    ] {
        assert_eq!(answer.status, 404);
        assert!(!answer.shows("kiez_http"), "{}", answer.body);
    }
    assert_eq!(
        app.ask_from(ELSEWHERE, "/metrics", None).await.body.replace("/metrics", "/nothing"),
        nothing.body
    );
}

#[tokio::test]
async fn a_token_opens_the_figures_from_everywhere() {
    let app = TestApp::measured_by(MetricsAccess::token("0123456789abcdef")).await;
    let with = ("authorization", "Bearer 0123456789abcdef");
    assert_eq!(app.ask_from(ELSEWHERE, "/metrics", Some(with)).await.status, 200);
    for (peer, header) in
        [(HERE, None), (ELSEWHERE, Some(("authorization", "Bearer 0123456789abcdeF"))), (ELSEWHERE, None)]
    {
        assert_eq!(app.ask_from(peer, "/metrics", header).await.status, 404, "{peer} {header:?}");
    }
}
