//! The guided tour of the demo.

use crate::test_app::TestApp;

const PANEL: &str = "<aside class=\"tour\"";

#[tokio::test]
async fn the_tour_leads_a_coordinator_from_page_to_page() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let start = mira.get("/w/graefekiez").await;
    assert!(start.shows(PANEL) && start.shows("href=\"/w/graefekiez/cards\">Weiter"), "{}", start.body);
    let need = mira.get(&format!("/w/graefekiez/needs/{}", app.world.wood_wanted)).await;
    assert!(need.shows("Vorschläge mit Gründen"), "a single need belongs to the step about needs");
    assert!(!mira.get("/w/graefekiez/ideas").await.shows(PANEL), "the tour does not come by everywhere");
}

#[tokio::test]
async fn an_institution_is_not_led_to_pages_it_may_not_see() {
    let app = TestApp::new().await;
    let needs = app.institution().await.get("/w/graefekiez/needs").await;
    assert!(needs.shows(PANEL), "{}", needs.body);
    for closed in ["/w/graefekiez/actors", "/w/graefekiez/map"] {
        assert!(!needs.shows(closed), "{closed}: {}", needs.body);
    }
}

#[tokio::test]
async fn a_stranger_is_shown_the_door() {
    let app = TestApp::new().await;
    let start = app.visitor().get("/").await;
    assert!(start.shows(PANEL) && start.shows("href=\"/sign-in\">Weiter"), "{}", start.body);
    assert!(app.visitor().get("/sign-in").await.shows("drei Links"));
}

#[tokio::test]
async fn closing_is_remembered_by_a_cookie_and_leads_back_to_the_page() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let closed = visitor.post("/tour", &[("tour", "closed"), ("back", "/p/graefekiez")]).await;
    assert_eq!((closed.status, closed.header("location")), (303, "/p/graefekiez"));
    assert!(closed.header("set-cookie").starts_with("kiez_tour=closed; Path=/; Max-Age=31536000"));
    let opened = visitor.post("/tour", &[("tour", "open")]).await;
    assert_eq!((opened.status, opened.header("location")), (303, "/"));
    assert!(opened.header("set-cookie").contains("Max-Age=0"));
    let foreign = visitor.post("/tour", &[("tour", "closed"), ("back", "//evil.example")]).await;
    assert_eq!(foreign.header("location"), "/");
}
