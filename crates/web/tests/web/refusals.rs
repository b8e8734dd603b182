//! Requests that no page of ours sends.

use crate::test_app::TestApp;

const CARDS: &str = "/w/graefekiez/cards";

#[tokio::test]
async fn a_form_of_another_site_is_refused_with_a_sentence() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    for site in ["cross-site", "same-site"] {
        let answer = mira.post_from(site, CARDS, "what=need&text=Leiter").await;
        assert_eq!(answer.status, 403, "{site}");
        assert!(answer.shows("wurde nicht angenommen"), "{}", answer.body);
    }
    assert!(!mira.get("/w/graefekiez/needs").await.shows("Leiter"));
}

#[tokio::test]
async fn a_form_that_is_too_large_is_told_so_in_the_readers_language() {
    let app = TestApp::new().await;
    let form = format!("what=need&text={}", "a".repeat(600 * 1024));
    for (language, sentence) in [("de", "Das ist zu viel auf einmal"), ("en", "That is too much at once")] {
        let answer =
            app.coordinator().await.in_language(language).post_from("same-origin", CARDS, &form).await;
        assert_eq!(answer.status, 413);
        assert!(answer.shows(sentence), "{}", answer.body);
    }
}

#[tokio::test]
async fn an_unreadable_form_is_told_so_and_saves_nothing() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let step = format!("/w/graefekiez/needs/{}/step", app.world.wood_wanted);
    for form in ["", "event=meet", "event=meet&version=x", "event=meet&event=meet&version=1"] {
        let answer = mira.post_from("same-origin", &step, form).await;
        assert_eq!(answer.status, 422, "{form}");
        assert!(answer.shows("nicht lesbar"), "{form}: {}", answer.body);
    }
    let unknown = mira.post(&step, &[("event", "explode"), ("version", "1")]).await;
    assert_eq!(unknown.status, 422);
}

#[tokio::test]
async fn a_wrong_method_is_told_so_and_head_is_like_get() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let step = format!("/w/graefekiez/needs/{}/step", app.world.wood_wanted);
    for (method, path) in [("GET", step.as_str()), ("DELETE", "/w/graefekiez/needs"), ("POST", "/stil")] {
        let answer = mira.send_as(method, path).await;
        assert_eq!(answer.status, 405, "{method} {path}");
        assert!(answer.shows("So lässt sich diese Adresse nicht öffnen"), "{}", answer.body);
    }
    let head = mira.send_as("HEAD", "/w/graefekiez/needs").await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[tokio::test]
async fn an_address_with_broken_signs_leads_nowhere_politely() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    for path in ["/p/%FF", "/link/%FF", "/w/%FF/needs", "/w/graefekiez/needs/%FF", "/assets/%FF", "/nowhere"]
    {
        let answer = mira.get(path).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.body);
        assert!(!answer.shows("Invalid") && !answer.shows("UTF-8"), "{path}: {}", answer.body);
    }
}
