//! The entrance of the workspace.

use crate::test_app::TestApp;

#[tokio::test]
async fn every_figure_of_the_desk_leads_to_its_list() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let page = mira.get("/w/graefekiez").await;
    let lists = [
        "/needs?state=open",
        "/offers?state=open",
        "/ideas",
        "/actors",
        "/actors?side=business&stage=mapped",
    ];
    for list in lists {
        let address = format!("/w/graefekiez{list}");
        assert!(page.shows(&format!("href=\"{}\"", address.replace('&', "&#38;"))), "{list}: {}", page.body);
        assert_eq!(mira.get(&address).await.status, 200, "{list}");
    }
}

#[tokio::test]
async fn the_directory_is_narrowed_to_a_stage() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let mapped = mira.get("/w/graefekiez/actors?side=business&stage=mapped").await;
    assert!(mapped.shows("Tischlerei Holzwurm") && mapped.shows("Bäckerei Ayşe"), "{}", mapped.body);
    let taking_part = mira.get("/w/graefekiez/actors?stage=participating").await;
    assert!(!taking_part.shows("Tischlerei Holzwurm"), "{}", taking_part.body);
    assert!(taking_part.shows("value=\"participating\" selected"), "the choice stays: {}", taking_part.body);
}

#[tokio::test]
async fn what_changed_last_is_told_in_words_and_led_to() {
    let app = TestApp::new().await;
    let page = app.coordinator().await.get("/w/graefekiez").await;
    assert!(page.shows("4 Akteur:innen eingetragen") && page.shows("2 Bedarfe eingetragen"), "{}", page.body);
    let offer = format!("<a href=\"/w/graefekiez/offers/{}\">", app.world.offcuts);
    assert!(page.shows("Ressource eingetragen") && page.shows(&offer), "{}", page.body);
    let english = app.coordinator().await.in_language("en").get("/w/graefekiez").await;
    assert!(english.shows("4 actors entered") && !english.shows("eingetragen"), "{}", english.body);
}

#[tokio::test]
async fn a_project_in_which_nothing_has_happened_is_told_its_first_three_steps() {
    let app = TestApp::new().await;
    let page = app.coordinator_elsewhere().await.get("/w/wrangelkiez").await;
    assert_eq!(page.status, 200, "{}", page.body);
    for step in ["/imports/new", "/cards", "/project"] {
        assert!(page.shows(&format!("<a href=\"/w/wrangelkiez{step}\">")), "{step}: {}", page.body);
    }
    assert!(
        page.shows("Die ersten drei Schritte") && page.shows("Noch nichts eingetragen."),
        "{}",
        page.body
    );
    assert!(!page.shows("Straße für Straße") && !page.shows("class=\"chart\""), "nothing empty is drawn");
    let full = app.coordinator().await.get("/w/graefekiez").await;
    assert!(!full.shows("Die ersten drei Schritte"), "{}", full.body);
}

#[tokio::test]
async fn an_institution_sees_its_own_figures_and_no_desk() {
    let app = TestApp::new().await;
    let page = app.institution().await.get("/w/graefekiez").await;
    assert!(page.shows("/w/graefekiez/needs?state=open"), "{}", page.body);
    for hidden in ["Was wartet", "Zuletzt geändert", "Straße für Straße", "/w/graefekiez/actors\""] {
        assert!(!page.shows(hidden), "{hidden}: {}", page.body);
    }
}

#[tokio::test]
async fn an_institution_is_told_how_its_needs_stand_and_enters_the_next_in_one_line() {
    let app = TestApp::new().await;
    let jonas = app.institution().await;
    let page = jonas.get("/w/graefekiez").await;
    let need = format!("/w/graefekiez/needs/{}", app.world.wood_wanted);
    assert!(page.shows(&need) && page.shows("Kita Sonnenblume"), "{}", page.body);
    assert!(
        page.shows("action=\"/w/graefekiez/cards\"") && page.shows("name=\"what\" value=\"need\""),
        "{}",
        page.body
    );
    let others = format!("/w/graefekiez/needs/{}", app.world.talk_wanted);
    assert!(!page.shows(&others), "the youth club's need is not its own: {}", page.body);
    assert!(!app.coordinator().await.get("/w/graefekiez").await.shows("Ihre Koordination"));
}
