//! What goes together, and what if somebody gave nothing.

use crate::test_app::TestApp;

const CARDS: [(&str, &str, &str); 6] = [
    ("needs", "joiner", "Eine Website für die Tischlerei, auf der man Termine sieht"),
    ("needs", "club", "Vorlesepatinnen und Vorlesepaten für Bilderbücher"),
    ("needs", "club", "Holzreste und Bretter für die Werkbank"),
    ("offers", "kita", "Vorlesepaten aus der Elternschaft lesen aus Bilderbüchern vor"),
    ("offers", "club", "Jugendliche gestalten eine Website"),
    ("offers", "bakery", "Holzreste aus der Backstube"),
];

#[tokio::test]
async fn an_empty_page_says_how_a_ring_comes_about() {
    let app = TestApp::new().await;
    let page = app.coordinator().await.get("/w/graefekiez/rings").await;
    assert!(
        page.shows("Gerade schließt sich kein Kreis.") && page.shows("/w/graefekiez/offers"),
        "{}",
        page.body
    );
    assert!(!page.shows("ring-drawing"), "{}", page.body);
}

#[tokio::test]
async fn a_ring_is_drawn_and_told_link_by_link() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let world = &app.world;
    for (noun, who, text) in CARDS {
        let actor = match who {
            "joiner" => world.joiner,
            "kita" => world.kita,
            "club" => world.youth_club,
            _ => world.bakery,
        };
        let fields = [("text", text), ("actor", &actor.to_string())];
        mira.post_and_follow(&format!("/w/graefekiez/{noun}"), &fields).await;
    }
    let page = mira.get("/w/graefekiez/rings").await;
    assert!(page.shows("Drei, die einander helfen könnten"), "{}", page.body);
    assert_eq!(page.body.matches("class=\"disc\"").count(), 3);
    assert_eq!(page.body.matches("class=\"ring-step\"").count(), 3);
    assert!(page.shows("das ist nachgerechnet") && page.shows("Ein Besuch bei"), "{}", page.body);
    let stranger = app.institution().await.get("/w/graefekiez/rings").await;
    assert_eq!(stranger.status, 404);
}

#[tokio::test]
async fn a_plan_can_be_tried_without_somebody() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let joiner = app.world.joiner;
    let page = mira.get("/w/graefekiez/moves").await;
    assert!(
        page.shows(&format!("<option value=\"{joiner}\">")) && !page.shows("div class=\"changes\""),
        "{}",
        page.body
    );
    let page = mira.get(&format!("/w/graefekiez/moves?hours=20&without={joiner}&walk=")).await;
    assert!(page.shows("div class=\"changes\"") && page.shows("Bisher"), "{}", page.body);
    assert!(page.shows(&format!("<option value=\"{joiner}\" selected>")), "{}", page.body);
    let page = mira.get("/w/graefekiez/moves?hours=20&without=&walk=20000").await;
    assert!(page.shows("Der Plan bleibt derselbe.") && page.shows("value=\"20000\""), "{}", page.body);
    // What nobody can read is no condition.
    let page = mira.get("/w/graefekiez/moves?without=xyz&walk=weit").await;
    assert!(!page.shows("div class=\"changes\""), "{}", page.body);
}
