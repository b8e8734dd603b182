//! Every page, in every language.

use crate::test_app::TestApp;
use kiez_words::words::SOURCES;

/// Every page that can be opened, with the parameters of the world filled in.
async fn addresses(app: &TestApp) -> Vec<String> {
    let mut all = Vec::new();
    let (import, waiting) = app.imported().await;
    app.publish(app.world.joiner).await;
    for route in kiez_web::routes::list().iter().filter(|route| route.method == "GET") {
        // Pages for people with a link speak other languages: `links` looks at them.
        if [
            "/l/{token}",
            "/l/again",
            "/healthz",
            "/readyz",
            "/metrics",
            "/assets/{name}",
            "/w",
            "/sign-in/second",
        ]
        .contains(&route.path)
            || route.path.contains('.')
            || route.path.contains("/tiles/")
            || route.path.starts_with("/house")
        {
            continue;
        }
        let id = match route.path.split('/').nth(3) {
            Some("needs") => app.world.wood_wanted.to_string(),
            Some("offers") => app.world.offcuts.to_string(),
            Some("imports") if route.path.contains("uploads") => waiting.clone(),
            Some("imports") => import.clone(),
            _ => app.world.joiner.to_string(),
        };
        let link = app.link(app.world.jonas).await;
        let path = route.path.replace("{project}", "graefekiez").replace("{id}", &id);
        all.push(path.replace("/link/{token}", &link));
    }
    assert!(all.len() > 18, "{all:?}");
    all
}

/// What a person reads: the page without its marks.
fn visible(page: &str) -> String {
    let after_marks = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    after_marks.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn every_page_speaks_the_language_that_was_asked_for() {
    let app = TestApp::new().await;
    let addresses = addresses(&app).await;
    for (language, direction) in [("de", "ltr"), ("en", "ltr"), ("ar-XB", "rtl")] {
        let mira = app.coordinator().await.in_language(language);
        for path in &addresses {
            let page = mira.get(path).await;
            assert_eq!(page.status, 200, "{path} in {language}: {}", page.body);
            assert_eq!(page.body.matches("<h1").count(), 1, "{path}: one heading says what the page is");
            let html = format!("<html lang=\"{language}\" dir=\"{direction}\">");
            assert!(page.shows(&html), "{path} in {language}");
        }
    }
}

#[tokio::test]
async fn no_page_shows_a_key_instead_of_a_sentence() {
    let app = TestApp::new().await;
    let addresses = addresses(&app).await;
    let files = SOURCES.iter().flat_map(|(_, files)| files.iter());
    let lines = files.flat_map(|(_, text)| text.lines().filter_map(|line| line.split_once(" = ")));
    let keys: Vec<&str> = lines.map(|(key, _)| key).filter(|key| key.contains('-')).collect();
    assert!(keys.len() > 100, "{}", keys.len());
    let mira = app.coordinator().await;
    for path in &addresses {
        let page = mira.get(path).await;
        let text = visible(&page.body);
        let left: Vec<_> =
            text.split_whitespace().filter(|word| keys.contains(&word.trim_matches(['[', ']']))).collect();
        assert!(left.is_empty(), "{path} shows {left:?}");
    }
}

#[tokio::test]
async fn changing_the_language_keeps_what_was_searched_for_and_is_remembered() {
    let app = TestApp::new().await;
    let page = app.coordinator().await.get("/w/graefekiez/needs?q=Holz&state=open&lang=en").await;
    assert!(page.shows("<html lang=\"en\""));
    assert!(page.shows("href=\"?q=Holz&#38;state=open&#38;lang=de\""), "{}", page.body);
    assert!(page.header("set-cookie").starts_with("kiez_language=en; Path=/"), "{:?}", page.headers);
    let again = app.visitor().in_language("en").get("/sign-in").await;
    assert!(again.shows("<html lang=\"en\""));
}

#[tokio::test]
async fn a_broken_query_still_shows_the_page() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    for list in ["needs", "offers", "actors", "cards"] {
        for query in [
            "offset=-1",
            "offset=abc",
            "side=%3Cscript%3E",
            "q=%FF",
            "q=a&q=b",
            "state=x&&=",
            "offset=99999999999999999999",
        ] {
            let page = mira.get(&format!("/w/graefekiez/{list}?{query}")).await;
            assert_eq!(page.status, 200, "{list}?{query}: {}", page.body);
            assert!(!page.shows("<script>"), "{list}?{query}");
        }
    }
}

#[tokio::test]
async fn a_need_shows_its_suggestion_with_reasons() {
    let app = TestApp::new().await;
    let page = app.coordinator().await.get(&format!("/w/graefekiez/needs/{}", app.world.wood_wanted)).await;
    assert!(page.shows("Holzreste für die Werkbank der Vorschulgruppe"));
    assert!(page.shows("Verschnitt und Holzreste, zweimal im Quartal"), "{}", page.body);
}

#[tokio::test]
async fn the_public_files_hold_what_is_published_and_nothing_else() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let before = visitor.get("/p/graefekiez/actors.csv").await;
    assert_eq!((before.status, before.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert_eq!(before.body.lines().count(), 1, "nobody is published yet: {}", before.body);
    app.publish(app.world.bakery).await;
    let table = visitor.get("/p/graefekiez/actors.csv").await.body;
    assert!(table.contains("Bäckerei Ayşe") && !table.contains("Holzwurm"), "{table}");
    let map = visitor.get("/p/graefekiez/actors.geojson").await.body;
    assert!(map.contains("Bäckerei Ayşe") && !map.contains("Holzwurm"), "{map}");
    assert_eq!(visitor.get("/p/nirgends/actors.csv").await.status, 404);
}
