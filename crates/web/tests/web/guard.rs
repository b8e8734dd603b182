//! What stands before every page: names, headers, origins, measures. Each test fails when its guard is taken out.

use crate::test_app::{Answer, TestApp};
use kiez_domain::policy::routes;

const NOTHING: &str = "0198c0de-0000-7000-8000-00000000ffff";

/// What every answer carries, in the words of the browser.
const EVERYWHERE: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(self)"),
    (
        "content-security-policy",
        "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
];

/// The list that others may frame, of a project that is there.
const EMBEDDED: &str = "/p/graefekiez/embed";

/// What is missing or wrong in the head of an answer.
fn faults(called: &str, answer: &Answer, is_secure: bool) -> Vec<String> {
    if called == format!("GET {EMBEDDED}") {
        return Vec::new();
    }
    let mut wanted = EVERYWHERE.to_vec();
    wanted.push((
        "strict-transport-security",
        if is_secure { "max-age=31536000; includeSubDomains" } else { "" },
    ));
    let wrong = wanted.into_iter().filter(|(name, value)| answer.header(name) != *value);
    let mut faults: Vec<String> = wrong
        .map(|(name, _)| format!("{called} ({}): {name} is \"{}\"", answer.status, answer.header(name)))
        .collect();
    let policy = answer.header("content-security-policy");
    if ["unsafe-", "*", "http:", "https:"].iter().any(|word| policy.contains(word)) {
        faults.push(format!("{called}: {policy}"));
    }
    if !answer.header("server").is_empty() || !answer.header("x-powered-by").is_empty() {
        faults.push(format!("{called} tells what it is made of"));
    }
    faults
}

/// Every route with something in the place of each parameter.
fn addresses(app: &TestApp) -> Vec<(String, String)> {
    let filled = |path: &str| {
        let path =
            path.replace("{project}", "graefekiez").replace("{token}", "0123456789abcdef0123456789abcdef");
        let path = path.replace("{zoom}", "14").replace("{column}", "8802").replace("{row}", "5374");
        let id = if path.contains("actors") { app.world.kita.to_string() } else { NOTHING.to_owned() };
        path.replace("{id}", &id).replace("{name}", "nothing.css")
    };
    routes().iter().map(|route| (route.method.clone(), filled(&route.path))).collect()
}

#[tokio::test]
async fn every_answer_carries_every_header() {
    for is_secure in [false, true] {
        let app = TestApp::reached(is_secure).await;
        app.publish(app.world.kita).await;
        let mut found = Vec::new();
        for browser in [app.visitor(), app.coordinator().await, app.institution().await] {
            for (method, path) in addresses(&app) {
                let answer = match method.as_str() {
                    "GET" => browser.get(&path).await,
                    _ => browser.post(&path, &[]).await,
                };
                found.extend(faults(&format!("{method} {path}"), &answer, is_secure));
            }
            let sheet = browser.get("/").await;
            let sheet =
                sheet.body.split("/assets/").nth(1).and_then(|rest| rest.split('"').next()).expect("a sheet");
            for path in ["/p/nowhere", "/no-such-page", "/%FF", &format!("/assets/{sheet}")] {
                found.extend(faults(path, &browser.get(path).await, is_secure));
            }
            for method in ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
                found.extend(faults(method, &browser.send_as(method, "/w/graefekiez").await, is_secure));
            }
            let foreign = browser.post_from("cross-site", "/w/graefekiez/cards", "text=x").await;
            found.extend(faults("foreign", &foreign, is_secure));
            let large = format!("text={}", "a".repeat(600 * 1024));
            found.extend(faults(
                "large",
                &browser.post_from("same-origin", "/sign-in", &large).await,
                is_secure,
            ));
            found.extend(faults(
                "misdirected",
                &browser.get_with("/", &[("host", "evil.example")]).await,
                is_secure,
            ));
        }
        for _ in 0..40 {
            found.extend(faults("too often", &app.visitor().get("/link/0").await, is_secure));
        }
        app.lose_the_database().await;
        found.extend(faults("no database", &app.visitor().get("/p/graefekiez").await, is_secure));
        found.extend(faults("no database", &app.visitor().get("/readyz").await, is_secure));
        assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
    }
}

#[tokio::test]
async fn the_list_that_others_may_frame_knows_nobody_and_can_do_nothing() {
    let app = TestApp::new().await;
    app.publish(app.world.kita).await;
    for browser in [app.visitor(), app.coordinator().await] {
        let list = browser.get(EMBEDDED).await;
        let policy = list.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && policy.ends_with("frame-ancestors *"),
            "{policy}"
        );
        assert!(!policy.contains("script") && policy.contains("form-action 'none'"), "{policy}");
        assert_eq!(list.header("cross-origin-resource-policy"), "cross-origin");
        assert!(list.shows("Kita Sonnenblume") && !list.shows("Tischlerei"), "{}", list.body);
        for word in ["<form", "<script", "Mira", "/account", "/w/"] {
            assert!(!list.shows(word), "{word}: {}", list.body);
        }
        let links = list.body.matches("<a href").count();
        assert!(links > 1 && list.body.matches("target=\"_blank\" rel=\"noopener\"").count() == links);
    }
    let nowhere = app.visitor().get("/p/nowhere/embed").await;
    assert!(
        nowhere.status == 404
            && nowhere.header("content-security-policy").ends_with("frame-ancestors 'none'")
    );
    let line = app.visitor().get("/p/graefekiez/actors?side=institution").await;
    let copied =
        "&lt;iframe src=&#34;http://localhost:8080/p/graefekiez/embed?side=institution&#38;offset=0&#34;";
    let escaped = line.shows(copied) || line.shows(&copied.replace("&lt;", "&#60;"));
    assert!(escaped, "{}", line.body);
}

#[tokio::test]
async fn what_is_for_one_person_is_kept_by_no_browser_and_found_by_no_search() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    for (method, path) in addresses(&app) {
        let is_private = ["/w", "/link/", "/l/", "/account", "/sign-in", "/house"]
            .iter()
            .any(|start| path.starts_with(start));
        let answer = match method.as_str() {
            "GET" => mira.get(&path).await,
            _ => mira.post(&path, &[]).await,
        };
        let head = (answer.header("cache-control"), answer.header("x-robots-tag"));
        assert_eq!(head == ("no-store", "noindex"), is_private, "{method} {path}: {head:?}");
    }
}

#[tokio::test]
async fn a_foreign_name_leads_nowhere() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    for host in
        ["evil.example", "localhost:8080.evil.example", "localhost", "kiez.example", "evil.example:8080"]
    {
        for path in ["/", "/w/graefekiez/members", "/sign-in", "/no-such-page"] {
            let answer = mira.get_with(path, &[("host", host)]).await;
            assert_eq!(answer.status, 421, "{host} {path}");
            assert!(!answer.shows("evil"), "{host} {path}: {}", answer.body);
        }
    }
    for host in ["localhost:8080", "127.0.0.1:8080", "LOCALHOST:8080", "[::1]:8080"] {
        assert_eq!(mira.get_with("/w/graefekiez", &[("host", host)]).await.status, 200, "{host}");
    }
    for path in ["/healthz", "/readyz"] {
        assert_eq!(mira.get_with(path, &[("host", "10.0.0.7:8080")]).await.status, 200, "{path}");
    }
    let absolute = mira.get_with("http://evil.example/", &[("host", "localhost:8080")]).await;
    assert_eq!(absolute.status, 421, "an address that names another host than the header");
}

#[tokio::test]
async fn links_are_tried_from_one_network_for_a_while_and_no_longer() {
    let app = TestApp::new().await;
    let link = app.link(app.world.jonas).await;
    let ask = async |peer: &str, told: Option<(&str, &str)>| app.ask_from(peer, "/link/0123", told).await;
    for turn in 0..30 {
        // Whatever a stranger says about others does not help.
        let told = format!("198.51.100.{turn}");
        let answer = ask("192.0.2.7:999", Some(("x-forwarded-for", &told))).await;
        assert_eq!(answer.status, 404, "{turn}");
    }
    let refused = ask("192.0.2.7:999", Some(("x-forwarded-for", "198.51.100.99"))).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "3"));
    assert!(refused.shows("Einen Moment bitte"), "{}", refused.body);
    let other = app.ask_from("192.0.2.8:999", &link, None).await;
    assert_eq!(other.status, 200, "others are not held up");
    // Behind our own proxy each network has its own measure.
    for turn in 0..40 {
        let told = format!("198.51.100.{turn}");
        assert_eq!(ask("127.0.0.1:999", Some(("x-forwarded-for", &told))).await.status, 404, "{turn}");
    }
    app.move_to(kiez_testkit::NOW.plus_minutes(1));
    assert_eq!(ask("192.0.2.7:999", None).await.status, 404);
}

#[tokio::test]
async fn public_lists_have_a_measure_too_and_the_pieces_of_a_map_have_none() {
    let app = TestApp::new().await;
    let peer = "192.0.2.7:999";
    let mut last = 200;
    for _ in 0..601 {
        last = app.ask_from(peer, "/p/graefekiez/offers", None).await.status;
    }
    assert_eq!(last, 429);
    assert_eq!(app.ask_from(peer, "/p/graefekiez/tiles/14/8802/5374", None).await.status, 404);
    assert_eq!(app.ask_from(peer, "/", None).await.status, 200);
    assert_eq!(app.ask_from("192.0.2.8:999", "/p/graefekiez/offers", None).await.status, 200);
}

#[tokio::test]
async fn no_parameter_sends_anybody_to_another_house() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let tricks = [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/%2F%2Fevil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\r\nLocation: https://evil.example",
        "@evil.example",
    ];
    for trick in tricks {
        for name in ["next", "back", "return", "redirect", "url", "to", "continue", "goto"] {
            for (path, fields) in [
                ("/sign-out", vec![]),
                ("/tour", vec![("tour", "closed")]),
                ("/w/graefekiez/cards", vec![("what", "need"), ("text", "Ein Tisch"), ("key", trick)]),
            ] {
                let fields = [&fields[..], &[(name, trick)]].concat();
                // Whoever has signed out would be led to the door by everything else.
                let stranger = app.visitor();
                let sender = if path == "/sign-out" { &stranger } else { &mira };
                let answer = sender.post(path, &fields).await;
                let to = answer.header("location");
                let is_ours = to.is_empty() || (to.starts_with('/') && !to[1..].starts_with(['/', '\\']));
                assert!(
                    is_ours && !to.contains("evil") && answer.status < 500,
                    "{path} {name}={trick:?}: {to}"
                );
            }
            let query: String = trick.bytes().map(|byte| format!("%{byte:02X}")).collect();
            for path in ["/w", "/sign-in", "/w/graefekiez/members", "/link/0"] {
                let answer = app.visitor().get(&format!("{path}?{name}={query}")).await;
                assert!(!answer.header("location").contains("evil"), "{path}?{name}={trick:?}");
                assert!(!answer.shows("evil.example"), "{path}?{name}={trick:?} is repeated");
            }
        }
    }
}

#[tokio::test]
async fn a_method_is_what_it_is_and_a_form_is_a_form() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let jonas = app.world.jonas;
    let remove = format!("/w/graefekiez/members/{jonas}/remove");
    for header in ["x-http-method-override", "x-http-method", "x-method-override"] {
        assert_eq!(mira.get_with(&remove, &[(header, "POST")]).await.status, 405, "{header}");
    }
    assert_eq!(mira.get(&format!("{remove}?_method=POST")).await.status, 405);
    for kind in ["text/plain", "application/json", "multipart/form-data", "application/xml", ""] {
        let answer = mira.send_as_kind(&remove.replace("/remove", "/link"), kind, "a=b").await;
        assert_eq!(answer.status, 403, "{kind}");
        let cards = mira.send_as_kind("/w/graefekiez/cards", kind, "what=need&text=Untergeschoben").await;
        assert_eq!(cards.status, 403, "{kind}");
    }
    assert!(!mira.get("/w/graefekiez/needs").await.shows("Untergeschoben"));
    assert!(mira.get("/w/graefekiez/members").await.shows("Jonas"));
}
