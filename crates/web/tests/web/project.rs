//! The fact sheet of a project and its colour.

use crate::test_app::TestApp;

const SHEET: &str = "/w/graefekiez/project";

#[tokio::test]
async fn what_a_coordinator_saves_stands_on_the_public_page() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let form = mira.get(SHEET).await;
    let version = form.field("version");
    let fields = [("version", version.as_str()), ("name", "Graefekiez"), ("team", "Zwei halbe Stellen")];
    let saved = mira.post_and_follow(SHEET, &fields).await;
    assert!(saved.shows("class=\"toast\"") && saved.shows("Zwei halbe Stellen"), "{}", saved.body);
    let public = app.visitor().get("/p/graefekiez").await;
    assert!(public.shows("Zwei halbe Stellen"), "{}", public.body);
}

#[tokio::test]
async fn a_project_without_a_colour_has_that_of_the_house() {
    let app = TestApp::new().await;
    assert!(!app.visitor().get("/p/graefekiez").await.shows("colour.css"));
    let sheet = app.visitor().get("/p/graefekiez/colour.css").await;
    assert_eq!((sheet.status, sheet.header("content-type")), (200, "text/css; charset=utf-8"));
    assert!(sheet.shows("--kiez-light:#b3290f"), "{}", sheet.body);
    assert_eq!(app.visitor().get("/p/nirgends/colour.css").await.status, 404);
}

#[tokio::test]
async fn a_chosen_colour_is_on_every_page_of_the_project_and_legible() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let version = mira.get(SHEET).await.field("version");
    let fields = [("version", version.as_str()), ("name", "Graefekiez"), ("colour", "#ffe14d")];
    let saved = mira.post_and_follow(SHEET, &fields).await;
    assert!(saved.shows("schwer zu lesen"), "the form says that another shade is printed: {}", saved.body);
    for page in ["/p/graefekiez", "/w/graefekiez", "/w/graefekiez/needs"] {
        assert!(mira.get(page).await.shows("href=\"/p/graefekiez/colour.css?v="), "{page}");
    }
    let sheet = app.visitor().get("/p/graefekiez/colour.css").await;
    assert!(!sheet.shows("--kiez-light:#ffe14d") && sheet.shows("--kiez-dark:#ffe14d"), "{}", sheet.body);
    assert!(!app.visitor().get("/stil").await.shows("colour.css"), "the house keeps its own");
}

#[tokio::test]
async fn a_refused_fact_sheet_keeps_the_words_and_says_where() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let version = mira.get(SHEET).await.field("version");
    let fields = [("version", version.as_str()), ("name", "Neuer Name"), ("colour", "ziegelrot")];
    let refused = mira.post(SHEET, &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.shows("id=\"colour-wrong\"") && refused.shows("value=\"ziegelrot\""), "{}", refused.body);
    assert!(!app.visitor().get("/p/graefekiez").await.shows("Neuer Name"));
}

#[tokio::test]
async fn who_saves_second_sees_both_versions() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let version = mira.get(SHEET).await.field("version");
    let send = async |team| {
        mira.post(SHEET, &[("version", version.as_str()), ("name", "Graefekiez"), ("team", team)]).await
    };
    assert_eq!(send("Die ersten").await.status, 303);
    let second = send("Die zweiten").await;
    assert_eq!(second.status, 409);
    assert!(second.shows("Die ersten") && second.shows("Die zweiten"), "{}", second.body);
}

#[tokio::test]
async fn for_an_institution_the_fact_sheet_has_no_form() {
    let app = TestApp::new().await;
    let jonas = app.institution().await;
    assert_eq!(jonas.get(SHEET).await.status, 404);
    assert_eq!(jonas.post(SHEET, &[("version", "1"), ("name", "Übernommen")]).await.status, 404);
    assert_eq!(app.visitor().get(SHEET).await.status, 303, "strangers stand before the door");
}
