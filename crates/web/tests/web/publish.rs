//! Putting something on the public pages and taking it back, and what becomes of an idea.

use crate::test_app::TestApp;
use kiez_domain::need::NewNeed;

const BASE: &str = "/w/graefekiez";

#[tokio::test]
async fn a_coordinator_shows_an_actor_to_everybody_and_takes_it_back() {
    let app = TestApp::new().await;
    let (mira, bakery) = (app.coordinator().await, app.world.bakery);
    let (inside, public) = (format!("{BASE}/actors/{bakery}"), format!("/p/graefekiez/actors/{bakery}"));
    let page = mira.get(&inside).await;
    assert!(page.shows("Nicht öffentlich.") && page.shows("Öffentlich zeigen"), "{}", page.body);
    let version = page.field("version");
    let publish = format!("{inside}/publish");
    let page = mira.post_and_follow(&publish, &[("version", &version), ("published", "yes")]).await;
    assert!(page.shows("Nicht mehr zeigen") && page.shows(&format!("href=\"{public}\"")), "{}", page.body);
    assert_eq!(app.visitor().get(&public).await.status, 200);
    let pressed_twice = mira.post(&publish, &[("version", &version), ("published", "yes")]).await;
    assert_eq!(pressed_twice.status, 303, "the second press finds everything done");
    let taken_back =
        mira.post_and_follow(&publish, &[("version", &page.field("version")), ("published", "no")]).await;
    assert!(taken_back.shows("Öffentlich zeigen"), "{}", taken_back.body);
    assert_eq!(app.visitor().get(&public).await.status, 404);
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
    for foreign in [
        format!("needs/{}", app.world.talk_wanted),
        format!("offers/{}", app.world.offcuts),
        format!("actors/{}", app.world.bakery),
        format!("actors/{}", app.world.kita),
    ] {
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
