//! What was said in confidence is looked for everywhere: on every page that is not for those who work in the project, in
//! every file, in every error, in the figures and in the log.

use crate::test_app::{Browser, TestApp};
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use kiez_domain::policy::routes;
use std::cell::RefCell;
use std::sync::LazyLock;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Words that nobody else would write; each stands in one confidential field.
const CANARIES: [&str; 6] = [
    "kanarie-telefon-0301234567",
    "kanarie-ansprechperson",
    "kanarie-funktion",
    "kanarie-notiz",
    "kanarie-konto@example.org",
    "kanarie-entwurf",
];

/// In the place of a link that signs in.
const LINK: &str = "kanarie0link0kanarie0link0kanari";

/// Hears what is logged, on the threads that listen. One listener for the whole program: where each thread had its own, a
/// line that another test came upon first would count as wanted by nobody.
struct Listener;

thread_local! {
    static HEARD: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From here on what this thread logs is heard.
fn listen() {
    static LISTENER: LazyLock<()> =
        LazyLock::new(|| tracing::subscriber::set_global_default(Listener).expect("nobody else listens"));
    LazyLock::force(&LISTENER);
    HEARD.set(Some(String::new()));
}

fn hear(text: &str) {
    HEARD.with_borrow_mut(|heard| heard.iter_mut().for_each(|all| all.push_str(text)));
}

impl Visit for Listener {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        hear(&format!("{field}={value:?} "));
    }
}

impl Subscriber for Listener {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Self);
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Self);
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut Self);
        hear("\n");
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// Puts a canary into each confidential field.
async fn hide(app: &TestApp, mira: &Browser<'_>) {
    app.confide(app.world.joiner, (CANARIES[1], CANARIES[2], CANARIES[0])).await;
    let path = format!("/w/graefekiez/actors/{}", app.world.joiner);
    let version = mira.get(&format!("{path}/edit")).await.field("version");
    let fields = [
        ("name", "Tischlerei Holzwurm"),
        ("side", "business"),
        ("street", "Graefestraße"),
        ("house_number", "12a"),
        ("note", CANARIES[3]),
        ("version", &version),
    ];
    assert_eq!(mira.post(&path, &fields).await.status, 303);
    app.invited_by_mail(app.world.project, CANARIES[4]).await;
    let card = [("what", "need"), ("text", CANARIES[5])];
    assert_eq!(mira.post("/w/graefekiez/cards", &card).await.status, 303);
    let page = mira.get(&path).await;
    for canary in [CANARIES[0], CANARIES[1], CANARIES[3]] {
        assert!(page.shows(canary), "{canary} is not there at all: {}", page.body);
    }
    assert!(mira.get("/w/graefekiez/needs").await.shows(CANARIES[5]));
}

/// Every address there is, with what is there, what is not, and nonsense in the place of each parameter.
fn addresses(app: &TestApp) -> Vec<(String, String)> {
    let world = &app.world;
    let ids =
        [world.joiner.to_string(), world.wood_wanted.to_string(), world.offcuts.to_string(), "x".to_owned()];
    let mut all = Vec::new();
    for route in routes() {
        let path = route.path.replace("{token}", "0123").replace("{name}", "x").replace("{zoom}", "14");
        let path = path.replace("{column}", "8802").replace("{row}", "5374");
        for project in ["graefekiez", "wrangelkiez"] {
            for id in &ids {
                let path = path.replace("{project}", project).replace("{id}", id);
                all.push((route.method.clone(), path));
            }
        }
    }
    all.sort();
    all.dedup();
    all
}

#[tokio::test]
async fn what_was_said_in_confidence_stands_on_no_public_page_in_no_error_no_figure_and_no_log() {
    listen();
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    hide(&app, &mira).await;
    for actor in [app.world.joiner, app.world.kita] {
        app.publish(actor).await;
    }
    app.publish_card::<NewNeed>(app.world.wood_wanted).await;
    app.publish_card::<NewOffer>(app.world.offcuts).await;
    let mut found = read_by_everybody(&app).await;
    let figures = app.ask_from("127.0.0.1:999", "/metrics", None).await;
    assert_eq!(figures.status, 200);
    found.extend(
        CANARIES
            .iter()
            .filter(|canary| figures.shows(canary))
            .map(|canary| format!("{canary} in the figures")),
    );
    stumble(&app, &mira).await;
    let logged = HEARD.take().expect("this thread listened");
    assert!(logged.contains("a page failed"), "the log was listened to: {logged}");
    for canary in CANARIES.iter().chain(&[LINK, "Tischlerei Holzwurm", "Graefestraße"]) {
        if let Some(line) = logged.lines().find(|line| line.contains(canary)) {
            found.push(format!("{canary} in the log: {line}"));
        }
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

/// Asks every address as everybody who must not know; lists who reads what where.
async fn read_by_everybody(app: &TestApp) -> Vec<String> {
    let (funder, _) = app.funder().await;
    let mut found = Vec::new();
    for (who, browser) in [
        ("nobody", app.visitor()),
        ("removed", app.removed().await),
        ("elsewhere", app.coordinator_elsewhere().await),
        ("funder", funder),
        ("operator", app.operator().await),
        ("institution", app.institution().await),
        ("coordinator", app.coordinator().await),
    ] {
        for (method, path) in addresses(app) {
            // Who coordinates the project reads it where the policy says so; the sweep looks after that.
            let inside = path.starts_with("/w/graefekiez") && who == "coordinator";
            let at_the_house = path.starts_with("/house") && who == "operator";
            if inside || at_the_house || (method == "POST" && who != "nobody") {
                continue;
            }
            let answer = match method.as_str() {
                "GET" => browser.get(&path).await,
                _ => browser.post(&path, &[("text", "x"), ("email", "x@example.org")]).await,
            };
            let head = format!("{:?}", answer.headers);
            for canary in CANARIES {
                if answer.shows(canary) || head.contains(canary) {
                    found.push(format!("{who} reads {canary} at {method} {path}"));
                }
            }
        }
    }
    found
}

/// What else could bring words into a log: links from elsewhere, mail that leaves, a database that is gone.
async fn stumble(app: &TestApp, mira: &Browser<'_>) {
    app.mailed().await;
    // A link that signs in is no word for the log either, whoever sends it.
    for path in [format!("/link/{LINK}"), format!("/l/{LINK}")] {
        app.visitor().post_from("cross-site", &path, "").await;
        app.visitor().get(&path).await;
        app.visitor().post(&path, &[]).await;
    }
    app.lose_the_database().await;
    for path in ["/p/graefekiez/actors", "/w/graefekiez"] {
        mira.get(path).await;
    }
}
