//! The public pages of a project: the directory, one actor, needs and offers.

use crate::test_app::TestApp;
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;

const BASE: &str = "/p/graefekiez";

/// The Kita and the joiner agreed, with one card each.
async fn shown() -> TestApp {
    let app = TestApp::new().await;
    app.publish(app.world.kita).await;
    app.publish(app.world.joiner).await;
    app.publish_card::<NewNeed>(app.world.wood_wanted).await;
    app.publish_card::<NewOffer>(app.world.offcuts).await;
    app
}

#[tokio::test]
async fn the_directory_links_to_the_page_of_each_actor() {
    let app = shown().await;
    let page = app.visitor().get(&format!("{BASE}/actors")).await;
    assert!(page.shows("Tischlerei Holzwurm") && page.shows("gibt eine Ressource"), "{}", page.body);
    assert!(!page.shows("Bäckerei Ayşe"), "who has not agreed");
    let joiner = format!("{BASE}/actors/{}", app.world.joiner);
    assert!(page.shows(&format!("href=\"{joiner}\"")));
    let page = app.visitor().get(&joiner).await;
    assert_eq!(page.status, 200);
    assert!(page.shows("Verschnitt und Holzreste, zweimal im Quartal") && page.shows("Graefestraße 12a"));
}

#[tokio::test]
async fn whoever_has_not_agreed_is_not_there() {
    let app = shown().await;
    let bakery = app.world.bakery;
    for path in
        [format!("actors/{bakery}"), "actors/niemand".to_owned(), format!("actors/{}", app.world.offcuts)]
    {
        let page = app.visitor().get(&format!("{BASE}/{path}")).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(!page.shows("Ayşe"), "{path}");
    }
    let elsewhere = app.visitor().get(&format!("/p/wrangelkiez/actors/{}", app.world.joiner)).await;
    assert_eq!(elsewhere.status, 404);
    let coordinator = app.coordinator().await.get(&format!("{BASE}/actors/{bakery}")).await;
    assert_eq!(coordinator.status, 404, "the public page is the same for everybody");
}

#[tokio::test]
async fn a_filter_keeps_what_was_asked_and_says_when_nobody_fits() {
    let app = shown().await;
    let visitor = app.visitor();
    let page = visitor.get(&format!("{BASE}/actors?side=institution")).await;
    assert!(page.shows("Kita Sonnenblume") && !page.shows("Tischlerei Holzwurm"), "{}", page.body);
    assert!(page.shows("value=\"institution\" selected"));
    assert!(page.shows("/p/graefekiez/map?side=institution"), "the map is narrowed alike");
    let nobody = visitor.get(&format!("{BASE}/actors?q=xyzzy")).await;
    assert!(nobody.shows("Niemand passt dazu.") && nobody.shows("value=\"xyzzy\""), "{}", nobody.body);
    for query in
        ["offset=-1", "side=%3Cscript%3E", "q=%FF", "offset=99999999999999999999", "branch=&quarter=x"]
    {
        for list in ["actors", "needs", "offers"] {
            let page = visitor.get(&format!("{BASE}/{list}?{query}")).await;
            assert_eq!(page.status, 200, "{list}?{query}");
            assert!(!page.shows("<script>"), "{list}?{query}");
        }
    }
}

#[tokio::test]
async fn needs_and_offers_stand_on_walls_of_their_own_with_whose_they_are() {
    let app = shown().await;
    let visitor = app.visitor();
    let needs = visitor.get(&format!("{BASE}/needs")).await;
    assert!(needs.shows("Holzreste für die Werkbank der Vorschulgruppe"), "{}", needs.body);
    assert!(needs.shows(&format!("href=\"{BASE}/actors/{}\"", app.world.kita)));
    assert!(!needs.shows("Eine Bäckerin, die von ihrem Beruf erzählt"), "nobody agreed to show it");
    let offers = visitor.get(&format!("{BASE}/offers?q=verschnitt")).await;
    assert!(offers.shows("Verschnitt und Holzreste") && offers.shows("1 Ressource"), "{}", offers.body);
    let none = visitor.get(&format!("{BASE}/offers?q=xyzzy")).await;
    assert!(none.shows("Auf keiner Karte steht das gerade."));
    let nothing = visitor.get("/p/wrangelkiez/needs").await;
    assert!(nothing.shows("Gerade ist kein Bedarf veröffentlicht."), "{}", nothing.body);
}

#[tokio::test]
async fn the_start_page_of_a_project_leads_to_everything_that_is_public() {
    let app = shown().await;
    let page = app.visitor().get(BASE).await;
    for part in ["needs", "offers", "actors"] {
        assert!(page.shows(&format!("href=\"{BASE}/{part}\"")), "no way to the {part}");
    }
    assert!(page.shows(&format!("href=\"{BASE}/actors/{}\"", app.world.joiner)), "no way to one of them");
}
