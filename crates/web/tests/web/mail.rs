//! Mail from the pages: an invitation read from the box, a link that somebody asked for, and the log of both.

use crate::test_app::TestApp;
use kiez_testkit::Outgoing;

fn link_in(letter: &Outgoing) -> String {
    let rest = letter.body.split("http://localhost:8080").nth(1).expect("a link");
    rest.split_whitespace().next().expect("an address").to_owned()
}

#[tokio::test]
async fn somebody_is_invited_by_mail_opens_the_link_and_is_in() {
    let app = TestApp::in_earnest().await;
    let mira = app.coordinator_in_earnest().await;
    let kita = app.world.kita.to_string();
    let elif = [
        ("name", "Elif"),
        ("email", "elif@example.org"),
        ("role", "institution"),
        ("actor", kita.as_str()),
        ("language", "de"),
        ("mail", "yes"),
    ];
    let made = mira.post("/w/graefekiez/members", &elif).await;
    assert!(
        made.status == 200 && made.shows("Eine Mail mit einem eigenen Link ist unterwegs"),
        "{}",
        made.body
    );
    let shown = made.body.split("/link/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    let letters = app.mailed().await;
    let letter = letters.iter().find(|letter| letter.to == "elif@example.org").expect("it arrived");
    assert_eq!(letter.subject, "Ihr Zugang zu Graefekiez");
    let link = link_in(letter);
    assert!(!link.ends_with(shown), "the mail has a link of its own");
    let mut guest = app.visitor();
    for _ in 0..2 {
        assert!(guest.get(&link).await.shows("Elif"), "looking changes nothing");
    }
    guest.post_and_keep(&link, &[]).await;
    assert_eq!(guest.get("/w/graefekiez").await.status, 200);
    let log = mira.get("/w/graefekiez/mail").await;
    for wanted in ["Elif", "Einladung", "gehört zum Zugang", "verschickt"] {
        assert!(log.shows(wanted), "{wanted}: {}", log.body);
    }
    assert!(!log.shows("elif@example.org") && !log.shows("/link/"), "the log says no more than it must");
    assert_eq!(guest.get("/w/graefekiez/mail").await.status, 404, "an institution sees no log");
}

#[tokio::test]
async fn a_member_gets_a_link_by_mail_once_in_a_while() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let kita = app.world.kita.to_string();
    let elif = [("name", "Elif"), ("email", "elif@example.org"), ("role", "institution"), ("actor", &kita)];
    let made = mira.post("/w/graefekiez/members", &elif).await;
    assert!(!made.shows("ist unterwegs"), "nobody asked for it");
    assert_eq!(app.mailed().await.len(), 0);
    let action = made
        .body
        .split("action=\"/w/graefekiez/members/")
        .find(|rest| rest.split('"').next().is_some_and(|action| action.ends_with("/mail")));
    let action = action.and_then(|rest| rest.split('"').next()).expect("a button");
    let path = format!("/w/graefekiez/members/{action}");
    assert!(mira.post_and_follow(&path, &[]).await.shows("ist unterwegs"));
    assert!(mira.post_and_follow(&path, &[]).await.shows("frühestens in einer Viertelstunde"));
    assert_eq!(app.mailed().await.len(), 1);
}

#[tokio::test]
async fn a_link_is_asked_for_by_mail_and_no_page_tells_whether_there_is_an_account() {
    let app = TestApp::in_earnest().await;
    app.invited_by_mail(app.world.project, "elif@example.org").await;
    app.mailed().await;
    assert!(app.visitor().get("/sign-in").await.shows("href=\"/sign-in/mail\""));
    assert!(app.visitor().get("/sign-in/mail").await.shows("name=\"email\""));
    for round in 0..6 {
        let known = app.visitor().post("/sign-in/mail", &[("email", "elif@example.org")]).await;
        let unknown = app.visitor().post("/sign-in/mail", &[("email", "niemand@example.org")]).await;
        assert_eq!(known.status, unknown.status, "{round}");
        assert_eq!(known.header("location"), unknown.header("location"));
        assert_eq!(known.header("retry-after"), unknown.header("retry-after"));
        assert_eq!(known.body.replace("elif@", "niemand@"), unknown.body);
        assert_eq!(known.status, if round < 3 { 303 } else { 429 });
    }
    let asked = app.visitor().get("/sign-in/mail?asked=1").await;
    assert!(asked.shows("Gehört zu dieser Adresse ein Zugang"), "{}", asked.body);
    let letters = app.mailed().await;
    assert_eq!(letters.len(), 1, "asked three times within a quarter of an hour");
    assert_eq!(letters[0].subject, "Ihr Link zum Anmelden");
    let mut back = app.visitor();
    back.post_and_keep(&link_in(&letters[0]), &[]).await;
    assert_eq!(back.get("/account").await.status, 200);
    let refused = app.visitor().post_from("cross-site", "/sign-in/mail", "email=elif%40example.org").await;
    assert_eq!(refused.status, 403);
}

#[tokio::test]
async fn whoever_runs_the_house_holds_and_releases_all_mail() {
    let app = TestApp::new().await;
    let olga = app.operator().await;
    assert!(olga.get("/w").await.shows("href=\"/house/mail\""));
    assert!(olga.get("/house/mail").await.shows("Noch ist keine Mail verschickt worden"));
    let held = olga.post_and_follow("/house/mail/hold", &[]).await;
    assert!(held.shows("Diese Kopie hält Mails zurück"), "{}", held.body);
    let id = app.invited_by_mail(app.world.project, "elif@example.org").await;
    assert_eq!(app.mailed().await.len(), 0);
    let mira = app.coordinator().await;
    assert!(mira.get("/w/graefekiez/mail").await.shows("Freigeben kann, wer das Programm betreibt"));
    for path in
        ["/house/mail", "/house/mail/hold", "/house/mail/release", &format!("/house/mail/{id}/give-up")]
    {
        assert_eq!(
            mira.post(path, &[]).await.status,
            if path == "/house/mail" { 405 } else { 404 },
            "{path}"
        );
    }
    assert_eq!(mira.get("/house/mail").await.status, 404);
    for path in ["/house", "/house/mail", "/house/nothing"] {
        let led = app.visitor().get(path).await;
        assert_eq!((led.status, led.header("location")), (303, "/sign-in"), "{path}");
    }
    let given_up = olga.post_and_follow(&format!("/house/mail/{id}/give-up"), &[]).await;
    assert!(given_up.shows("aufgegeben") && given_up.shows("Jemand hat sie angehalten"), "{}", given_up.body);
    assert!(!olga.post_and_follow("/house/mail/release", &[]).await.shows("hält Mails zurück"));
    assert_eq!(app.mailed().await.len(), 0);
}
