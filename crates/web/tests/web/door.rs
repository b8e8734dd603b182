//! Who comes in, what an outsider learns, what every answer carries.

use crate::test_app::TestApp;

#[tokio::test]
async fn without_a_session_every_path_of_the_workspace_leads_to_the_sign_in_page() {
    let app = TestApp::new().await;
    let visitor = app.visitor();
    for path in [
        "/w",
        "/w/graefekiez",
        "/w/graefekiez/needs",
        "/w/nowhere",
        "/w/a/b/c/d",
        "/w/graefekiez/needs/x/step",
    ] {
        for method in ["GET", "POST", "PUT"] {
            let answer = visitor.send_as(method, path).await;
            assert_eq!((answer.status, answer.header("location")), (303, "/sign-in"), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn what_one_may_not_see_answers_exactly_like_what_does_not_exist() {
    let app = TestApp::new().await;
    let jonas = app.institution().await;
    let nothing = "0198c0de-0000-7000-8000-00000000ffff";
    let world = &app.world;
    let pairs = [
        (format!("/w/graefekiez/needs/{}", world.talk_wanted), format!("/w/graefekiez/needs/{nothing}")),
        (
            format!("/w/graefekiez/needs/{}/edit", world.talk_wanted),
            format!("/w/graefekiez/needs/{nothing}/edit"),
        ),
        (format!("/w/graefekiez/offers/{}", world.offcuts), format!("/w/graefekiez/offers/{nothing}")),
        (format!("/w/graefekiez/actors/{}", world.joiner), format!("/w/graefekiez/actors/{nothing}")),
        ("/w/wrangelkiez/needs".to_owned(), "/w/nowhere/needs".to_owned()),
        ("/w/wrangelkiez".to_owned(), "/w/nowhere".to_owned()),
    ];
    for (foreign, missing) in pairs {
        let (foreign_page, missing_page) = (jonas.get(&foreign).await, jonas.get(&missing).await);
        assert_eq!((foreign_page.status, missing_page.status), (404, 404), "{foreign} {missing}");
        assert_eq!(foreign_page.body, missing_page.body, "{foreign} tells more than {missing}");
    }
    let form = [("text", "anders"), ("version", "1"), ("event", "withdraw")];
    for rest in ["", "/step"] {
        let foreign = jonas.post(&format!("/w/graefekiez/needs/{}{rest}", world.talk_wanted), &form).await;
        let missing = jonas.post(&format!("/w/graefekiez/needs/{nothing}{rest}"), &form).await;
        assert_eq!((foreign.status, missing.status), (404, 404), "{rest}");
        assert_eq!(foreign.body, missing.body, "{rest}");
    }
}

#[tokio::test]
async fn a_page_that_is_not_there_keeps_the_way_back_into_the_workspace() {
    let app = TestApp::new().await;
    let page = app.coordinator().await.get("/w/graefekiez/needs/no-id").await;
    assert_eq!(page.status, 404);
    assert!(page.shows("Hier ist nichts") && page.shows("href=\"/w/graefekiez/cards\""), "{}", page.body);
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_keep_strangers_out() {
    let app = TestApp::new().await;
    for path in ["/", "/sign-in", "/nowhere", "/assets/plain.css", "/healthz", "/w/graefekiez"] {
        let answer = app.visitor().get(path).await;
        assert!(answer.header("content-security-policy").contains("default-src 'self'"), "{path}");
        assert!(!answer.header("content-security-policy").contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
    }
    let page = app.coordinator().await.get("/w/graefekiez").await;
    assert_eq!((page.header("cache-control"), page.header("x-robots-tag")), ("no-store", "noindex"));
}

#[tokio::test]
async fn a_link_signs_in_once_and_looking_at_it_changes_nothing() {
    for (secure, ending) in [(false, "SameSite=Lax; HttpOnly"), (true, "SameSite=Lax; HttpOnly; Secure")] {
        let app = TestApp::reached(secure).await;
        let link = app.link(app.world.mira).await;
        for _ in 0..2 {
            assert_eq!(app.visitor().get(&link).await.status, 200);
        }
        let used = app.visitor().post(&link, &[]).await;
        assert_eq!(used.status, 303);
        assert!(used.header("set-cookie").ends_with(ending), "{}", used.header("set-cookie"));
        assert_eq!(app.visitor().post(&link, &[]).await.status, 404);
        assert_eq!(app.visitor().get(&link).await.status, 404);
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_itself() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    assert_eq!(mira.get("/w/graefekiez").await.status, 200);
    let out = mira.post("/sign-out", &[]).await;
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(mira.get("/w/graefekiez").await.status, 303);
}
