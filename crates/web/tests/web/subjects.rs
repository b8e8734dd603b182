//! Data on an entry: what is known and who saw it, restricting, erasing with a name to type, retention.

use crate::test_app::TestApp;
use kiez_app::caller::Caller;
use kiez_domain::contact_channel::{ChannelVisibility, Medium};

/// The bakery has a contact person with an internal number.
async fn with_ayse(app: &TestApp) -> String {
    let mira = Caller::with(vec![app.world.coordinator()], "Mira".to_owned());
    let (project, bakery) = (app.world.project, app.world.bakery);
    let who = ("Ayşe Yılmaz", "Inhaberin");
    let person = kiez_app::contact::add_person(app.ctx(), &mira, project, bakery, who).await.expect("noted");
    let channel = (Medium::Phone, "030 1234567", ChannelVisibility::Internal);
    kiez_app::contact::add_channel(app.ctx(), &mira, project, (bakery, Some(person)), channel)
        .await
        .expect("noted");
    person.to_string()
}

#[tokio::test]
async fn the_page_leads_to_everything_and_the_report_tells_it() {
    let app = TestApp::new().await;
    let person = with_ayse(&app).await;
    let browser = app.coordinator().await;
    let actor = format!("/w/graefekiez/actors/{}", app.world.bakery);
    let shown = browser.get(&actor).await;
    assert!(shown.shows(&format!("{actor}/data")));
    let data = browser.get(&format!("{actor}/data")).await;
    for part in ["Auskunft", "Ayşe Yılmaz", "Einschränken", "Löschen vorbereiten", "Widersprechen"] {
        assert!(data.shows(part), "{part}");
    }
    let report = browser.get(&format!("{actor}/data/report")).await;
    for part in [
        "Bäckerei Ayşe",
        "Ayşe Yılmaz",
        "030 1234567",
        "von Hand eingetragen",
        "Wie Vorschläge entstehen",
        "Mira",
    ] {
        assert!(report.shows(part), "{part}");
    }
    let one = browser.get(&format!("{actor}/data/report?person={person}")).await;
    assert!(one.shows("Ayşe Yılmaz") && !one.shows("Dieffenbachstraße"));
    let json = browser.get(&format!("{actor}/data/report.json")).await;
    assert_eq!(json.header("content-type"), "application/json; charset=utf-8");
    assert_eq!(json.header("cache-control"), "no-store");
    let read: serde_json::Value = serde_json::from_slice(&json.bytes).expect("JSON");
    assert_eq!(read["lang"], "de");
    let pdf = browser.get(&format!("{actor}/data/report.pdf?person={person}")).await;
    assert_eq!((pdf.header("content-type"), pdf.header("cache-control")), ("application/pdf", "no-store"));
    assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
    let title = "Auskunft über gespeicherte Daten: Ayşe Yılmaz".as_bytes();
    assert!(pdf.bytes.windows(title.len()).any(|part| part == title), "its title says whose data it holds");
    assert!(report.shows(&format!("{actor}/data/report.pdf")));
    let english = app.coordinator().await.in_language("en");
    assert!(english.get(&format!("{actor}/data/report")).await.shows("How suggestions come about"));
}

#[tokio::test]
async fn who_looked_is_told_to_those_concerned() {
    let app = TestApp::new().await;
    with_ayse(&app).await;
    let browser = app.coordinator().await;
    let actor = format!("/w/graefekiez/actors/{}", app.world.bakery);
    browser.get(&actor).await;
    let accesses = browser.get(&format!("{actor}/accesses")).await;
    assert!(accesses.shows("Kontakte angesehen") && accesses.shows("Mira, Koordination"));
    let before = browser.get(&format!("{actor}/accesses?from=2020-01-01&to=2020-12-31")).await;
    assert!(before.shows("niemand etwas davon geöffnet"));
    for wrong in ["from=bald&to=2026-01-01", "from=2026-03-02&to=2026-01-01"] {
        let refused = browser.get(&format!("{actor}/accesses?{wrong}")).await;
        assert_eq!(refused.status, 422, "{wrong}");
    }
    let jonas = app.institution().await;
    let own = format!("/w/graefekiez/actors/{}", app.world.kita);
    assert_eq!(jonas.get(&format!("{own}/accesses")).await.status, 200);
    assert_eq!(jonas.get(&format!("{own}/data/report")).await.status, 200);
    let data = jonas.get(&format!("{own}/data")).await;
    assert!(data.shows("Auskunft") && !data.shows("Löschen vorbereiten"));
    assert_eq!(jonas.get(&format!("{actor}/accesses")).await.status, 404);
}

#[tokio::test]
async fn restricting_keeps_the_words_and_can_be_lifted() {
    let app = TestApp::new().await;
    let person = with_ayse(&app).await;
    let browser = app.coordinator().await;
    let actor = format!("/w/graefekiez/actors/{}", app.world.bakery);
    let form = [("person", person.as_str()), ("reason", ""), ("until", "gestern")];
    let refused = browser.post(&format!("{actor}/restrict"), &form).await;
    assert_eq!(refused.status, 422);
    assert!(refused.shows("value=\"gestern\"") && refused.shows("reason-wrong"));
    let form = [("person", ""), ("reason", "Adresse bestritten"), ("until", "")];
    let done = browser.post_and_follow(&format!("{actor}/restrict"), &form).await;
    assert!(done.shows("Der ganze Eintrag ist eingeschränkt") && done.shows("Adresse bestritten"));
    let id = done.body.split("name=\"restriction\" value=\"").nth(1).expect("a button");
    let id = id.split('"').next().expect("its value").to_owned();
    let lifted = browser.post_and_follow(&format!("{actor}/lift"), &[("restriction", &id)]).await;
    assert!(!lifted.shows("Adresse bestritten"));
    let left =
        browser.post_and_follow(&format!("{actor}/left"), &[("person", &person), ("left", "yes")]).await;
    assert!(left.shows("Nicht mehr dort seit 02.03.2026"));
    let back =
        browser.post_and_follow(&format!("{actor}/left"), &[("person", &person), ("left", "no")]).await;
    assert!(!back.shows("Nicht mehr dort seit"));
}

#[tokio::test]
async fn erasing_asks_for_the_name_and_then_it_is_gone() {
    let app = TestApp::new().await;
    let person = with_ayse(&app).await;
    let browser = app.coordinator().await;
    let actor = format!("/w/graefekiez/actors/{}", app.world.bakery);
    let asked = browser.get(&format!("{actor}/erase?person={person}")).await;
    for part in ["Das verschwindet", "Kontaktwege", "Das bleibt", "Ayşe Yılmaz"] {
        assert!(asked.shows(part), "{part}");
    }
    for word in ["", "Ayse"] {
        let refused = browser.post(&format!("{actor}/erase"), &[("person", &person), ("word", word)]).await;
        assert_eq!(refused.status, 422, "{word}");
        assert!(refused.shows("word-wrong"));
    }
    let form = [("person", person.as_str()), ("word", "Ayşe Yılmaz")];
    let gone = browser.post_and_follow(&format!("{actor}/erase"), &form).await;
    assert!(gone.status == 200 && !gone.shows("Yılmaz"));
    assert_eq!(browser.get(&format!("{actor}/erase?person={person}")).await.status, 404);
    let form = [("person", ""), ("word", "Bäckerei Ayşe")];
    let list = browser.post_and_follow(&format!("{actor}/erase"), &form).await;
    assert!(list.status == 200 && !list.shows("Bäckerei Ayşe"));
    assert_eq!(browser.get(&actor).await.status, 404);
}

#[tokio::test]
async fn a_whole_project_waits_for_somebody_else() {
    let app = TestApp::new().await;
    let browser = app.coordinator().await;
    let page = browser.get("/w/graefekiez/project").await;
    assert!(page.shows("/w/graefekiez/project/erase"));
    let asked = browser.get("/w/graefekiez/project/erase").await;
    assert!(asked.shows("kiez backup") && asked.shows("24 Stunden"));
    let refused = browser.post("/w/graefekiez/project/erase", &[("word", "ja")]).await;
    assert_eq!(refused.status, 422);
    let waiting = browser.post_and_follow("/w/graefekiez/project/erase", &[("word", "Graefekiez")]).await;
    assert!(waiting.shows("Das ganze Projekt") && waiting.shows("zustimmen muss jemand anderes"));
    let action = waiting.action("/w/graefekiez/erasures/");
    assert_eq!(browser.post(&action, &[("choice", "confirm")]).await.status, 404, "the own wish");
    let called_off = browser.post_and_follow(&action, &[("choice", "withdraw")]).await;
    assert!(called_off.shows("Es wartet nichts"));
    let waiting = browser.post_and_follow("/w/graefekiez/project/erase", &[("word", "Graefekiez")]).await;
    let action = waiting.action("/w/graefekiez/erasures/");
    let other = app.second_coordinator().await;
    assert!(other.get("/w/graefekiez").await.shows("Eine Löschung wartet auf eine zweite Person"));
    let done = other.post(&action, &[("choice", "confirm")]).await;
    assert_eq!((done.status, done.header("location")), (303, "/"));
    assert_eq!(app.visitor().get("/p/graefekiez").await.status, 404);
    assert_eq!(app.visitor().get("/p/wrangelkiez").await.status, 200);
}

#[tokio::test]
async fn retention_shows_what_is_due_and_runs_when_asked() {
    let app = TestApp::new().await;
    let browser = app.coordinator().await;
    let page = browser.get("/w/graefekiez/retention").await;
    assert!(page.shows("Aufbewahrung") && page.shows("365 Tagen") && page.shows("nach dem Weggang"));
    assert!(page.shows("Noch nie gelaufen"));
    let ran = browser.post_and_follow("/w/graefekiez/retention", &[]).await;
    assert!(ran.shows("erledigt"), "{}", ran.body);
}
