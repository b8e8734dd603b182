//! Putting something on the public pages and taking it back, and what becomes of an idea.

use crate::test_app::TestApp;
use kiez_domain::need::NewNeed;

const BASE: &str = "/w/graefekiez";

#[tokio::test]
async fn nothing_but_a_consent_puts_an_actor_on_the_public_pages() {
    let app = TestApp::new().await;
    let (mira, bakery) = (app.coordinator().await, app.world.bakery);
    let (inside, public) = (format!("{BASE}/actors/{bakery}"), format!("/p/graefekiez/actors/{bakery}"));
    let page = mira.get(&inside).await;
    assert!(page.shows("Nicht öffentlich.") && page.shows("nicht gefragt"), "{}", page.body);
    let nowhere = mira.post(&format!("{inside}/publish"), &[("version", "1"), ("published", "yes")]).await;
    assert_eq!(nowhere.status, 404, "the button that only set a flag is gone");
    let agreed = [
        ("web", "on"),
        ("act", "given"),
        ("heard", "paper"),
        ("who_said", "Ayşe Yıldız"),
        ("consent_note", "Ordner B"),
        ("asked_in", "tr"),
    ];
    let page = mira.post_and_follow(&format!("{inside}/consents"), &agreed).await;
    for shown in ["Öffentlich.", "Ayşe Yıldız, auf Papier: Ordner B", "haritada", "Türkisch, "] {
        assert!(page.shows(shown), "{shown}: {}", page.body);
    }
    assert!(page.shows(&format!("href=\"{public}\"")));
    assert_eq!(app.visitor().get(&public).await.status, 200);
    let back = [("web", "on"), ("act", "withdrawn"), ("heard", "oral"), ("who_said", "Ayşe")];
    let page = mira.post_and_follow(&format!("{inside}/consents"), &back).await;
    assert!(
        page.shows("zurückgenommen") && page.shows("Ordner B"),
        "what was said before stays: {}",
        page.body
    );
    assert_eq!(app.visitor().get(&public).await.status, 404);
}

#[tokio::test]
async fn a_consent_without_its_evidence_comes_back_with_the_words() {
    let app = TestApp::new().await;
    let (mira, bakery) = (app.coordinator().await, app.world.bakery);
    let path = format!("{BASE}/actors/{bakery}/consents");
    let sent = [
        ("photo", "on"),
        ("act", "given"),
        ("heard", "paper"),
        ("who_said", "Ayşe <b>"),
        ("said_on", "2031-01-01"),
    ];
    let page = mira.post(&path, &sent).await;
    assert_eq!(page.status, 422);
    assert!(
        page.shows("value=\"Ayşe &#60;b&#62;\"") && page.shows("name=\"photo\" checked"),
        "{}",
        page.body
    );
    assert!(page.shows("id=\"said_on-wrong\"") && page.shows("id=\"consent_note-wrong\""));
    assert_eq!(mira.post(&path, &[]).await.status, 422);
    let refused = app.institution().await.post(&path, &sent).await;
    assert_eq!(refused.status, 404);
}

#[tokio::test]
async fn an_institution_takes_back_its_own_consent_on_its_page() {
    let app = TestApp::new().await;
    let (jonas, kita) = (app.institution().await, app.world.kita);
    app.publish(kita).await;
    let inside = format!("{BASE}/actors/{kita}");
    let page = jonas.get(&inside).await;
    assert!(page.shows("Einwilligungen") && !page.shows("Notieren, was gesagt wurde"), "{}", page.body);
    assert!(!page.shows("Links ohne Konto"), "links are made by coordinators");
    let page = jonas.post_and_follow(&format!("{inside}/consents/withdraw"), &[("purpose", "web")]).await;
    assert!(page.shows("zurückgenommen") && page.shows("Jonas, auf der Webseite"), "{}", page.body);
    assert_eq!(app.visitor().get(&format!("/p/graefekiez/actors/{kita}")).await.status, 404);
    let foreign = format!("{BASE}/actors/{}/consents/withdraw", app.world.bakery);
    assert_eq!(jonas.post(&foreign, &[("purpose", "web")]).await.status, 404);
}

#[tokio::test]
async fn what_is_to_leave_the_paper_is_a_list_that_is_worked_off() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    assert!(mira.get(&format!("{BASE}/print")).await.shows("Nichts zu tun"));
    let (_, id) = app.linked_and_taken_back(app.world.bakery).await;
    let page = mira.get(&format!("{BASE}/print")).await;
    assert!(page.shows("Bäckerei Ayşe") && page.shows("Wegweiser und Aushänge"), "{}", page.body);
    let settle = format!("{BASE}/print/{id}");
    let empty = mira.post(&settle, &[("edition", " ")]).await;
    assert!(empty.status == 422 && empty.shows("Bitte ausfüllen."), "{}", empty.body);
    let page = mira.post_and_follow(&settle, &[("edition", "Herbst 2026")]).await;
    assert!(page.shows("Nichts zu tun") && page.shows("mit „Herbst 2026“"), "{}", page.body);
    assert_eq!(app.institution().await.get(&format!("{BASE}/print")).await.status, 404);
}

#[tokio::test]
async fn an_institution_shows_its_own_need_and_nobody_elses() {
    let app = TestApp::new().await;
    app.publish(app.world.kita).await;
    let (jonas, wood) = (app.institution().await, app.world.wood_wanted);
    let words = "Holzreste für die Werkbank der Vorschulgruppe";
    assert!(!app.visitor().get("/p/graefekiez/needs").await.shows(words));
    let show = [("version", "1"), ("published", "yes")];
    let page = jonas.post_and_follow(&format!("{BASE}/needs/{wood}/publish"), &show).await;
    assert!(page.shows("Nicht mehr zeigen"), "{}", page.body);
    assert!(app.visitor().get("/p/graefekiez/needs").await.shows(words));
    for foreign in [format!("needs/{}", app.world.talk_wanted), format!("offers/{}", app.world.offcuts)] {
        let refused = jonas.post(&format!("{BASE}/{foreign}/publish"), &show).await;
        assert_eq!(refused.status, 404, "{foreign}");
    }
}

#[tokio::test]
async fn an_old_page_does_not_publish_what_somebody_has_changed_since() {
    let app = TestApp::new().await;
    let (mira, wood) = (app.coordinator().await, app.world.wood_wanted);
    app.publish_card::<NewNeed>(wood).await;
    let old = [("version", "1"), ("published", "no")];
    assert_eq!(mira.post(&format!("{BASE}/needs/{wood}/publish"), &old).await.status, 409);
}

#[tokio::test]
async fn an_idea_is_taken_further_on_the_wall_by_coordinators_alone() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let card = [("what", "idea"), ("text", "Ein Adventskalender der Schaufenster")];
    assert_eq!(mira.post(&format!("{BASE}/cards"), &card).await.status, 303);
    let wall = mira.get(&format!("{BASE}/ideas")).await;
    assert!(wall.shows("weitertragen") && !wall.shows("wieder aufnehmen"), "{}", wall.body);
    let action = wall.action(&format!("{BASE}/ideas/"));
    let wall = mira.post_and_follow(&action, &[("version", "1"), ("event", "shelve")]).await;
    assert!(wall.shows("zurückgestellt") && wall.shows("wieder aufnehmen"), "{}", wall.body);
    let stale = mira.post(&action, &[("version", "1"), ("event", "take_up")]).await;
    assert_eq!(stale.status, 409);
    let unknown = mira.post(&action, &[("version", "2"), ("event", "explode")]).await;
    assert_eq!(unknown.status, 422);
    let refused = app.institution().await.post(&action, &[("version", "2"), ("event", "take_up")]).await;
    assert_eq!(refused.status, 404);
}
