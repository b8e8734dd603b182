//! The map's page: drawn without scripts, listed beside it, told to scripts as data.

use crate::test_app::TestApp;

#[tokio::test]
async fn the_numbers_of_the_drawing_stand_in_the_list() {
    let app = TestApp::new().await;
    let page = app.coordinator().await.get("/w/graefekiez/map").await;
    assert_eq!(page.status, 200, "{}", page.body);
    let (signs, rows) =
        (page.body.matches("<text y=\"5\">").count(), page.body.matches("<li data-place=").count());
    assert!(signs >= 3, "{}", page.body);
    assert_eq!(signs, rows, "everything on the map is in the list");
    assert!(page.shows("Tischlerei Holzwurm") && page.shows("href=\"/w/graefekiez/actors/"));
}

#[tokio::test]
async fn the_data_of_the_map_are_those_of_the_list() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let answer = mira.get("/w/graefekiez/map.geojson?q=holzwurm").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/geo+json"));
    let data: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    let of = |layer: &str| -> Vec<serde_json::Value> {
        let features = data["features"].as_array().expect("features");
        features.iter().filter(|feature| feature["properties"]["layer"] == layer).cloned().collect()
    };
    let places = of("place");
    assert_eq!(places.len(), 1);
    assert_eq!(places[0]["properties"]["name"], "Tischlerei Holzwurm");
    assert_eq!(places[0]["properties"]["href"], format!("/w/graefekiez/actors/{}", app.world.joiner));
    assert_eq!((of("quarter").len(), of("quarter_name").len()), (2, 2));
}

#[tokio::test]
async fn the_public_map_shows_nobody_who_did_not_agree() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    let page = visitor.get("/p/graefekiez/map").await;
    assert!(page.status == 200 && !page.shows("Kita Sonnenblume") && page.shows("Hier ist nichts"));
    app.publish(app.world.kita).await;
    let page = visitor.get("/p/graefekiez/map").await;
    assert!(page.shows("Kita Sonnenblume") && !page.shows("Tischlerei Holzwurm"));
    let own = format!("href=\"/p/graefekiez/actors/{}\"", app.world.kita);
    assert!(page.shows(&own), "everybody is led to its page");
    assert!(page.shows("href=\"/p/graefekiez/actors?show=actors\""), "and to the directory");
    let data = visitor.get("/p/graefekiez/map.geojson").await;
    assert!(data.shows("Kita Sonnenblume") && !data.shows("Holzwurm") && !data.shows("/w/"));
}

#[tokio::test]
async fn the_survey_is_not_for_the_public() {
    let app = TestApp::new().await;
    for path in ["/p/graefekiez/map?show=doors", "/p/graefekiez/map.geojson?show=doors"] {
        assert_eq!(app.visitor().get(path).await.status, 404, "{path}");
    }
    let doors = app.coordinator().await.get("/w/graefekiez/map?show=doors").await;
    assert_eq!(doors.status, 200);
}

#[tokio::test]
async fn an_institution_finds_no_map_of_the_workspace() {
    let app = TestApp::new().await;
    let jonas = app.institution().await;
    assert_eq!(jonas.get("/w/graefekiez/map").await.status, 404);
    assert_eq!(jonas.get("/w/graefekiez/map.geojson").await.status, 404);
}

#[tokio::test]
async fn words_that_mean_nothing_show_the_usual_map() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let usual = mira.get("/w/graefekiez/map").await;
    for query in [
        "?show=everything",
        "?side=outside",
        "?stage=&branch=no_such_branch%00",
        "?offset=-1",
        "?at=1,2,3",
        "?at=NaN,inf",
        "?at=91,13",
        "?quarter=nowhere",
        "?offset=99999999999",
    ] {
        let answer = mira.get(&format!("/w/graefekiez/map{query}")).await;
        assert_eq!(answer.status, 200, "{query}");
        assert!(answer.body.contains("<h1>") && usual.body.contains("<h1>"), "{query}");
    }
}

#[tokio::test]
async fn tabs_and_filters_keep_what_was_asked() {
    let app = TestApp::new().await;
    let page = app.coordinator().await.get("/w/graefekiez/map?q=holz&side=business").await;
    assert!(
        page.shows("show=needs&amp;q=holz&amp;side=business")
            || page.shows("show=needs&#38;q=holz&#38;side=business"),
        "{}",
        page.body
    );
    assert_eq!(page.body.matches("value=\"holz\"").count(), 1);
}

#[tokio::test]
async fn the_legend_explains_what_is_shown_and_counts_it() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let page = mira.get("/w/graefekiez/map?q=holzwurm").await;
    let legend = page.body.split("class=\"legend\"").nth(1).and_then(|rest| rest.split("</section>").next());
    let legend = legend.expect("a legend");
    assert!(legend.contains("Betrieb, noch nicht dabei") && legend.contains("Anderes"), "{legend}");
    assert!(!legend.contains("Einrichtung"), "nothing is explained that is not there: {legend}");
    assert_eq!(legend.matches("<span class=\"soft\">1</span>").count(), 2, "{legend}");
    assert!(!mira.get("/w/graefekiez/map?q=xyzzy").await.shows("class=\"legend\""));
}

#[tokio::test]
async fn directory_and_map_hand_the_whole_choice_to_each_other() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let choice = "q=holz&#38;side=business&#38;branch=carpenter&#38;stage=mapped";
    let map = mira.get("/w/graefekiez/map?q=holz&side=business&branch=carpenter&stage=mapped").await;
    assert!(map.shows(&format!("/w/graefekiez/actors?show=actors&#38;{choice}\"")), "{}", map.body);
    let list = mira.get("/w/graefekiez/actors?q=holz&side=business&branch=carpenter&stage=mapped").await;
    assert!(list.shows(&format!("/w/graefekiez/map?{choice}&#38;offset=0\"")), "{}", list.body);
    let jonas = app.institution().await;
    assert!(!jonas.get(&format!("/w/graefekiez/actors/{}", app.world.kita)).await.shows("/map?"));
}

#[tokio::test]
async fn an_actor_with_a_place_has_a_small_map_that_leads_to_the_large_one() {
    let app = TestApp::new().await;
    let path = format!("/w/graefekiez/actors/{}", app.world.kita);
    let page = app.coordinator().await.get(&path).await;
    let (_, href) = page.body.split_once("<figure class=\"small-map\">").expect("a small map");
    let href = href.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    assert!(href.starts_with("/w/graefekiez/map?at=52."), "{href}");
    let large = app.coordinator().await.get(href).await;
    let first = large.body.split("<li data-place=\"").nth(1).expect("a place");
    assert!(first.starts_with(&app.world.kita.to_string()), "the nearest is the actor itself");
    // The institution sees where it is, and nobody beside it.
    let own = app.institution().await.get(&path).await;
    assert!(own.shows("<figure class=\"small-map\">") && !own.shows("class=\"neighbour\""), "{}", own.body);
}
