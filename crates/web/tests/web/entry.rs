//! Entering and changing needs, offers and actors.

use crate::test_app::TestApp;

const SCRIPT: &str = "<script>alert(1)</script>\"'";

#[tokio::test]
async fn what_is_entered_is_shown() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let need =
        mira.post_and_follow("/w/graefekiez/needs", &[("text", "Zwei Leitern für das Sommerfest")]).await;
    assert!(need.status == 200 && need.shows("Zwei Leitern für das Sommerfest"), "{}", need.body);
    let offer = mira
        .post_and_follow("/w/graefekiez/offers", &[("text", "Leitern zum Leihen"), ("per", "month")])
        .await;
    assert!(offer.status == 200 && offer.shows("Leitern zum Leihen"), "{}", offer.body);
    let fields =
        [("name", "Malerei Bunt"), ("side", "business"), ("street", "Graefestraße"), ("house_number", "1")];
    let actor = mira.post_and_follow("/w/graefekiez/actors", &fields).await;
    assert!(actor.status == 200 && actor.shows("Malerei Bunt"), "{}", actor.body);
}

#[tokio::test]
async fn a_rejected_form_keeps_every_word_and_names_every_issue_beside_its_field() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let text = format!("Ein Raum {SCRIPT}");
    let page = mira
        .post(
            "/w/graefekiez/needs",
            &[("text", &text), ("units", "viele"), ("radius_m", "nah"), ("times", "irgendwann")],
        )
        .await;
    assert_eq!(page.status, 422);
    assert!(page.shows("Ein Raum &#60;script&#62;") && !page.shows("<script>alert"), "{}", page.body);
    for (field, typed) in [("units", "viele"), ("radius_m", "nah"), ("times", "irgendwann")] {
        assert_eq!(page.field(field), typed);
        assert!(page.shows(&format!("id=\"{field}-wrong\"")), "{field} has no sentence");
    }
    let page =
        mira.post("/w/graefekiez/actors", &[("name", ""), ("street", "Urbanstraße"), ("lat", "200")]).await;
    assert_eq!((page.status, page.field("street")), (422, "Urbanstraße".to_owned()));
    assert!(page.shows("id=\"name-wrong\""), "{}", page.body);
    let offer =
        mira.post("/w/graefekiez/offers", &[("text", "Beamer"), ("capacity", "2"), ("per", "century")]).await;
    assert!(offer.status == 422 && offer.shows("id=\"per-wrong\""), "{}", offer.body);
}

#[tokio::test]
async fn a_form_sent_twice_acts_once() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    for (list, field) in [("needs", "text"), ("offers", "text"), ("actors", "name")] {
        let key = mira.get(&format!("/w/graefekiez/{list}/new")).await.field("key");
        let fields = [(field, "Doppelt gesendet"), ("key", &key), ("side", "business"), ("per", "month")];
        let path = format!("/w/graefekiez/{list}");
        let (first, second) = (mira.post(&path, &fields).await, mira.post(&path, &fields).await);
        assert_eq!((first.status, second.status), (303, 303), "{list}: {}", first.body);
        assert_eq!(first.header("location"), second.header("location"), "{list}");
        let found = mira.get(&format!("{path}?q=Doppelt")).await;
        assert_eq!(found.body.matches("<bdi>Doppelt gesendet</bdi>").count(), 1, "{list}: {}", found.body);
    }
}

#[tokio::test]
async fn who_saves_second_sees_both_versions_and_decides() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let path = format!("/w/graefekiez/needs/{}", app.world.wood_wanted);
    let form = mira.get(&format!("{path}/edit")).await;
    let (version, kita) = (form.field("version"), app.world.kita.to_string());
    let first = [("text", "Holz, von der anderen"), ("actor", kita.as_str()), ("version", version.as_str())];
    assert_eq!(mira.post(&path, &first).await.status, 303);
    let own =
        [("text", "Holz, von mir"), ("actor", kita.as_str()), ("units", "3"), ("version", version.as_str())];
    let conflict = mira.post(&path, &own).await;
    assert_eq!(conflict.status, 409);
    let text_row = "<th scope=\"row\">Text</th><td><bdi>Holz, von der anderen</bdi></td><td><bdi>Holz, von mir</bdi></td>";
    assert!(conflict.shows(text_row), "{}", conflict.body);
    assert!(!conflict.shows("<th scope=\"row\">Wer</th>"), "only what differs is told");
    assert_eq!(conflict.field("units"), "3");
    let decided =
        [("text", "Holz, von mir"), ("actor", kita.as_str()), ("version", &conflict.field("version"))];
    assert!(mira.post_and_follow(&path, &decided).await.shows("Holz, von mir"));
}

#[tokio::test]
async fn an_actor_and_an_offer_show_both_versions_and_keep_the_words_of_who_came_second() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let joiner = app.world.joiner.to_string();
    for (path, field, more) in [
        (format!("/w/graefekiez/actors/{joiner}"), "name", ("side", "business")),
        (format!("/w/graefekiez/offers/{}", app.world.offcuts), "text", ("actor", joiner.as_str())),
    ] {
        let version = mira.get(&format!("{path}/edit")).await.field("version");
        let sent = |words| [(field, words), more, ("per", "quarter"), ("version", version.as_str())];
        assert_eq!(mira.post(&path, &sent("von der anderen")).await.status, 303, "{path}");
        let conflict = mira.post(&path, &sent("von mir <b>")).await;
        assert_eq!(conflict.status, 409, "{path}");
        let both = "<td><bdi>von der anderen</bdi></td><td><bdi>von mir &#60;b&#62;</bdi></td>";
        assert!(conflict.shows(both), "{path}: {}", conflict.body);
        assert!(mira.get(&path).await.shows("von der anderen"), "nothing was overwritten");
        let fresh = conflict.field("version");
        let decided = [(field, "von beiden"), more, ("per", "quarter"), ("version", fresh.as_str())];
        assert_eq!(mira.post(&path, &decided).await.status, 303, "{path}");
        assert!(mira.get(&path).await.shows("von beiden"), "{path}");
    }
}

#[tokio::test]
async fn a_step_from_an_old_page_is_told_so() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let path = format!("/w/graefekiez/offers/{}/step", app.world.offcuts);
    let stale = mira.post(&path, &[("event", "withdraw"), ("version", "99")]).await;
    assert_eq!(stale.status, 409);
    assert!(stale.shows("Inzwischen geändert"), "{}", stale.body);
}

#[tokio::test]
async fn scripts_in_any_field_are_shown_as_text() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let named = ["name", "street", "city", "carrier", "note"];
    let mut fields: Vec<(&str, &str)> = named.iter().map(|field| (*field, SCRIPT)).collect();
    fields.push(("side", "institution"));
    let actor = mira.post_and_follow("/w/graefekiez/actors", &fields).await;
    assert!(actor.status == 200 && actor.shows("&#60;script&#62;"), "{}", actor.body);
    for (what, list) in [("need", "needs"), ("offer", "offers"), ("idea", "ideas")] {
        mira.post_and_follow("/w/graefekiez/cards", &[("what", what), ("text", SCRIPT)]).await;
        let page = mira.get(&format!("/w/graefekiez/{list}")).await;
        assert!(page.shows("&#60;script&#62;alert"), "{list}: {}", page.body);
        assert!(!page.shows("<script>alert"), "{list}");
    }
    for page in [
        "cards",
        "actors",
        "needs/new",
        "actors?q=%3Cscript%3Ealert(1)",
        "needs?q=%22%3E%3Cscript%3Ealert(1)",
    ] {
        assert!(!mira.get(&format!("/w/graefekiez/{page}")).await.shows("<script>alert"), "{page}");
    }
    assert!(!actor.shows("<script>alert"));
}

#[tokio::test]
async fn opening_hours_are_shown_by_day_or_as_they_were_written() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let with = |hours: &'static str| [("name", "Nähstube"), ("opening_hours", hours)];
    let page = mira.post_and_follow("/w/graefekiez/actors", &with("Mo-Fr 08:00-18:30; Sa 09:00-13:00")).await;
    assert!(page.shows("Mo–Fr 08:00–18:30") && page.shows("Sa 09:00–13:00"), "{}", page.body);
    let page = mira.post_and_follow("/w/graefekiez/actors", &with("wenn Licht brennt")).await;
    assert!(page.shows("wenn Licht brennt"), "{}", page.body);
    let too_long = "x".repeat(301);
    let rejected =
        mira.post("/w/graefekiez/actors", &[("name", "Nähstube"), ("opening_hours", &too_long)]).await;
    assert!(rejected.status == 422 && rejected.shows(&too_long), "the person's words come back");
}

#[tokio::test]
async fn an_address_that_no_map_knows_is_said_kindly() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let fields = [("name", "Nähstube"), ("street", "Graefestraße"), ("house_number", "14")];
    let page = mira.post_and_follow("/w/graefekiez/actors", &fields).await;
    assert!(page.shows("Noch ohne Stelle auf der Karte"), "{}", page.body);
    let placed = [&fields[..], &[("lat", "52.4911"), ("lon", "13.4141")]].concat();
    let page = mira.post_and_follow("/w/graefekiez/actors", &placed).await;
    assert!(!page.shows("Noch ohne Stelle auf der Karte"), "{}", page.body);
}

#[tokio::test]
async fn public_pages_need_the_views_of_the_public_and_the_ground_and_nothing_else() {
    let names = [
        "public_actor",
        "public_channel",
        "public_need",
        "public_offer",
        "public_project",
        "public_quarter",
        "ground",
        "ground_part",
    ];
    let Some(app) = TestApp::as_reader_of(&names).await else { return };
    let visitor = app.visitor();
    let kita = format!("/p/graefekiez/actors/{}", app.world.kita);
    for path in [
        "/",
        "/p/graefekiez",
        "/p/graefekiez/actors",
        &kita,
        "/p/graefekiez/needs",
        "/p/graefekiez/offers",
        "/p/graefekiez/map",
        "/p/graefekiez/actors.csv",
        "/p/graefekiez/actors.geojson",
        "/sign-in",
    ] {
        let page = visitor.get(path).await;
        assert_eq!(page.status, 200, "{path} reads more than the public may: {}", page.body);
        assert!(!path.contains("actors") || page.shows("Kita Sonnenblume"), "{path}: {}", page.body);
    }
    assert_eq!(visitor.get("/p/nowhere").await.status, 404);
    // The links of members are no business of the public: with its rights they cannot be looked up.
    assert_eq!(visitor.get("/link/0123456789abcdef0123456789abcdef").await.status, 500);
}
