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

/// What somebody signed in sends without the token of their pages, or with the one of another session.
#[tokio::test]
async fn a_form_of_an_older_page_is_not_taken_in_and_comes_back_with_its_words() {
    let app = TestApp::new().await;
    let (mira, before) = (app.coordinator().await, app.coordinator().await);
    let others = format!("what=need&text=Leiter&form_token={}", before.token());
    for form in ["what=need&text=Leiter", "what=need&text=Leiter&form_token=", &others] {
        let answer = mira.post_from("same-origin", CARDS, form).await;
        assert_eq!(answer.status, 403, "{form}");
        assert!(answer.shows("Diese Seite war noch von vorher"), "{}", answer.body);
        assert_eq!((answer.field("text"), answer.action(CARDS)), ("Leiter".to_owned(), CARDS.to_owned()));
        assert_eq!(answer.field("form_token"), mira.token());
        assert!(!mira.get("/w/graefekiez/needs").await.shows("Leiter"));
    }
    assert_eq!(mira.post(CARDS, &[("what", "need"), ("text", "Leiter")]).await.status, 303);
    assert!(mira.get("/w/graefekiez/needs").await.shows("Leiter"));
}

#[tokio::test]
async fn a_file_without_the_token_is_not_looked_at() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let form = "--part\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\nactors\r\n\
                --part\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n\
                name\r\nUntergeschoben\r\n\r\n--part--\r\n";
    let kind = "multipart/form-data; boundary=part";
    let link = format!("/w/graefekiez/members/{}/remove", app.world.jonas);
    for path in ["/w/graefekiez/imports", &link, "/sign-out"] {
        let answer = mira.send_as_kind(path, kind, form).await;
        assert_eq!(answer.status, 403, "{path}: {}", answer.body);
        assert!(answer.shows("Diese Seite war noch von vorher"), "{}", answer.body);
    }
    assert!(mira.get("/w/graefekiez/members").await.shows("Jonas"));
}

#[tokio::test]
async fn every_form_of_somebody_signed_in_carries_the_token() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let field = format!("<input type=\"hidden\" name=\"form_token\" value=\"{}\">", mira.token());
    for path in ["/", "/account", "/w/graefekiez/cards", "/w/graefekiez/imports/new", "/p/graefekiez/actors"]
    {
        let page = mira.get(path).await;
        let forms = page.body.matches("method=\"post\"").count();
        assert!(forms > 0 && page.body.matches(&field).count() == forms, "{path}: {}", page.body);
        assert_eq!(page.header("cache-control"), "no-store", "{path}");
        assert!(!app.visitor().get(path).await.shows("form_token"), "{path}");
    }
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
        let form = format!("{form}&{}", mira.sealed(&[]));
        let answer = mira.post_from("same-origin", &step, &form).await;
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
    let answers = [
        mira.send_as("GET", &step).await,
        mira.send_as("DELETE", "/w/graefekiez/needs").await,
        mira.post("/stil", &[]).await,
    ];
    for answer in answers {
        assert_eq!(answer.status, 405);
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
