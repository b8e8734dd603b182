//! Signing in and the own access, without a script.

use crate::test_app::{Answer, TestApp};
use kiez_app::secret::totp_code;
use kiez_testkit::NOW;

const PASSWORD: &str = "vier kleine Holzreste";

/// The secret that the page shows beside the picture.
fn secret_of(page: &Answer) -> String {
    let rest = page.body.split("class=\"secret\"").nth(1).expect("a secret is shown");
    rest.split(['>', '<']).nth(1).expect("its text").replace(' ', "")
}

#[tokio::test]
async fn a_coordinator_sets_up_password_and_app_and_signs_in_with_both() {
    let app = TestApp::in_earnest().await;
    let mut mira = app.by_link(app.world.mira).await;
    for path in ["/w", "/w/graefekiez/needs", "/w/nowhere"] {
        let led = mira.get(path).await;
        assert_eq!((led.status, led.header("location")), (303, "/account"), "{path}");
    }
    let page = mira.get("/account").await;
    assert!(page.shows("Bevor es weitergeht") && page.shows("Setzen Sie erst ein Passwort"), "{}", page.body);
    let weak = mira.post("/account/password", &[("email", "mira@example.org"), ("password", "kurz")]).await;
    assert_eq!(weak.status, 422);
    assert!(
        weak.shows("Zu kurz: 4 Zeichen") && weak.shows("mira@example.org") && !weak.shows("value=\"kurz\"")
    );
    let set = [("email", "mira@example.org"), ("password", PASSWORD)];
    let page = mira.post_and_enter("/account/password", &set).await;
    assert!(page.shows("Das Passwort gilt ab jetzt"), "{}", page.body);
    let page = mira.post_and_follow("/account/codes", &[]).await;
    let secret = secret_of(&page);
    assert!(page.shows("class=\"qr\"") && page.shows("QR-Code mit dem Geheimnis"));
    assert_eq!(mira.post("/account/codes/confirm", &[("code", "000000")]).await.status, 422);
    let code = totp_code(&secret, NOW).expect("a code");
    let page = mira.post_and_enter("/account/codes/confirm", &[("code", &code)]).await;
    assert!(page.shows("Die App ist eingerichtet") && page.shows("einziger zweiter Faktor"), "{}", page.body);
    assert_eq!(mira.get("/w/graefekiez").await.status, 200);

    let mut again = app.visitor();
    let typed = [("email", "Mira@Example.org"), ("password", PASSWORD)];
    again.post_and_keep("/sign-in", &typed).await;
    for path in ["/w/graefekiez", "/account"] {
        let led = again.get(path).await;
        assert_eq!((led.status, led.header("location")), (303, "/sign-in/second"), "{path}");
    }
    let page = again.get("/sign-in/second").await;
    assert!(
        page.shows("Noch ein Schritt") && !page.shows("Mira"),
        "nobody is greeted before the second step"
    );
    assert_eq!(page.body.matches("<h1").count(), 1);
    assert_eq!(again.post("/sign-in/second", &[("code", &code)]).await.status, 422, "used to set it up");
    app.move_to(NOW.plus_minutes(1));
    let code = totp_code(&secret, NOW.plus_minutes(1)).expect("a code");
    again.post_and_keep("/sign-in/second", &[("code", &code)]).await;
    assert_eq!(again.get("/w/graefekiez").await.status, 200);
}

#[tokio::test]
async fn recovery_codes_are_shown_once_and_lead_back_in() {
    let app = TestApp::in_earnest().await;
    let mut jonas = app.by_link(app.world.jonas).await;
    assert_eq!(jonas.get("/w/graefekiez").await.status, 200, "an institution may at once");
    let set = [("email", "jonas@example.org"), ("password", PASSWORD)];
    jonas.post_and_enter("/account/password", &set).await;
    let sheet = jonas.post("/account/recovery", &[]).await;
    assert_eq!((sheet.status, sheet.body.matches("<li><code>").count()), (200, 8));
    assert_eq!(sheet.header("cache-control"), "no-store");
    let code = sheet.body.split("<li><code>").nth(1).and_then(|rest| rest.split('<').next()).expect("a code");
    assert!(!jonas.get("/account").await.shows(code), "never again");
    let mut back = app.visitor();
    let typed = [("email", "jonas@example.org"), ("code", code)];
    back.post_and_keep("/sign-in/recovery", &typed).await;
    assert_eq!(back.get("/w/graefekiez").await.status, 200);
    assert!(back.get("/account").await.shows("7 sind noch gut"));
    assert_eq!(app.visitor().post("/sign-in/recovery", &typed).await.status, 422);
}

#[tokio::test]
async fn no_page_tells_whether_there_is_an_account() {
    let app = TestApp::in_earnest().await;
    let mut jonas = app.by_link(app.world.jonas).await;
    let set = [("email", "jonas@example.org"), ("password", PASSWORD)];
    jonas.post_and_enter("/account/password", &set).await;
    for (path, field) in [("/sign-in", "password"), ("/sign-in/recovery", "code")] {
        for _ in 0..8 {
            let known = app.visitor().post(path, &[("email", "jonas@example.org"), (field, "geraten")]).await;
            let unknown =
                app.visitor().post(path, &[("email", "niemand@example.org"), (field, "geraten")]).await;
            assert_eq!(known.status, unknown.status, "{path}");
            assert_eq!(known.header("retry-after"), unknown.header("retry-after"), "{path}");
            let same = known.body.replace("jonas@", "niemand@");
            assert_eq!(same, unknown.body, "{path}");
            assert!(!known.shows("geraten"), "what was typed as a secret is never shown");
        }
    }
    let waits =
        app.visitor().post("/sign-in", &[("email", "jonas@example.org"), ("password", PASSWORD)]).await;
    assert_eq!(waits.status, 429);
    let link = app.by_link(app.world.jonas).await;
    assert_eq!(link.get("/w/graefekiez").await.status, 200, "a link need not wait");
}

#[tokio::test]
async fn forms_of_other_sites_change_nobodys_access() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let id = "0198c0de-0000-7000-8000-000000000001";
    for path in [
        "/sign-in",
        "/sign-in/passkey/start",
        "/sign-in/passkey",
        "/sign-in/second",
        "/sign-in/recovery",
        "/account/password",
        "/account/codes",
        "/account/codes/confirm",
        "/account/codes/remove",
        "/account/recovery",
        "/account/passkeys/start",
        "/account/passkeys",
        &format!("/account/passkeys/{id}"),
        &format!("/account/passkeys/{id}/remove"),
        &format!("/account/sessions/{id}"),
        &format!("/account/sessions/{id}/end"),
        "/account/sessions/end-others",
        "/w/graefekiez/members",
        &format!("/w/graefekiez/members/{id}/link"),
        &format!("/w/graefekiez/members/{id}/recovery"),
        &format!("/w/graefekiez/members/{id}/remove"),
    ] {
        let refused = mira.post_from("cross-site", path, "email=a&password=b&code=c&name=d").await;
        assert_eq!(refused.status, 403, "{path}");
    }
}

#[tokio::test]
async fn without_a_session_the_own_access_leads_to_the_sign_in_page() {
    let app = TestApp::new().await;
    for path in ["/account", "/account/password", "/account/nothing"] {
        let led = app.visitor().post(path, &[]).await;
        assert_eq!((led.status, led.header("location")), (303, "/sign-in"), "{path}");
    }
    assert_eq!(app.visitor().get("/sign-in/second").await.header("location"), "/w");
    let asked = app.visitor().post("/sign-in/passkey/start", &[]).await;
    assert_eq!((asked.status, asked.header("content-type")), (200, "application/json"));
    assert!(asked.shows("\"userVerification\":\"required\""), "{}", asked.body);
    let refused = app.visitor().post("/sign-in/passkey", &[("ceremony", "x"), ("credential", "{}")]).await;
    assert_eq!(refused.status, 422);
}

#[tokio::test]
async fn devices_are_named_and_signed_out() {
    let app = TestApp::new().await;
    let (here, there) = (app.institution().await, app.institution().await);
    let page = here.get("/account").await;
    assert_eq!(page.body.matches("dieses hier").count(), 1);
    let other = page
        .body
        .split("/account/sessions/")
        .find(|rest| rest.split('"').next().is_some_and(|p| p.ends_with("/end")));
    let other = other.and_then(|rest| rest.split("/end").next()).expect("another device");
    let named =
        here.post_and_follow(&format!("/account/sessions/{other}"), &[("name", "Rechner im Büro")]).await;
    assert!(named.shows("Rechner im Büro"));
    here.post_and_follow("/account/sessions/end-others", &[]).await;
    assert_eq!(there.get("/w/graefekiez").await.status, 303);
    assert_eq!(here.get("/w/graefekiez").await.status, 200);
}

#[tokio::test]
async fn behind_https_the_cookie_belongs_to_this_host_alone() {
    let app = TestApp::reached(true).await;
    let used = app.visitor().post(&app.link(app.world.mira).await, &[]).await;
    let cookie = used.header("set-cookie");
    assert!(cookie.starts_with("__Host-kiez_session=") && cookie.contains("; Path=/;"), "{cookie}");
    assert!(cookie.ends_with("SameSite=Lax; HttpOnly; Secure") && !cookie.contains("Domain"), "{cookie}");
}

#[tokio::test]
async fn members_are_invited_helped_and_let_go() {
    let app = TestApp::in_earnest().await;
    let mira = app.coordinator_in_earnest().await;
    let page = mira.get("/w/graefekiez/members").await;
    assert!(
        page.shows("Jonas") && page.shows("Kita Sonnenblume") && page.shows("noch nichts"),
        "{}",
        page.body
    );
    let nameless = mira.post("/w/graefekiez/members", &[("role", "institution"), ("email", "a")]).await;
    assert_eq!(nameless.status, 422);
    let more = [("name", "Elif"), ("role", "operator")];
    assert_eq!(mira.post("/w/graefekiez/members", &more).await.status, 422, "nobody who may more");
    let kita = app.world.kita.to_string();
    let elif = [("name", "Elif"), ("role", "institution"), ("actor", kita.as_str())];
    let made = mira.post("/w/graefekiez/members", &elif).await;
    assert!(made.status == 200 && made.shows("Link für"), "{}", made.body);
    let token = made.body.split("/link/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    let mut guest = app.visitor();
    guest.post_and_keep(&format!("/link/{token}"), &[]).await;
    assert_eq!(guest.get("/w/graefekiez").await.status, 200);
    let cemre = [("name", "Cemre"), ("role", "coordinator")];
    let named = mira.post("/w/graefekiez/members", &cemre).await;
    assert!(named.shows("ohne Rechte bis 03.03.2026") && !named.shows("Bestätigen"), "{}", named.body);
    let token = named.body.split("/link/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    let mut waiting = app.visitor();
    waiting.post_and_keep(&format!("/link/{token}"), &[]).await;
    assert_eq!(waiting.get("/w/graefekiez/members").await.header("location"), "/account");
    let page = waiting.get("/account").await;
    assert!(page.shows("als Koordination beginnt am 03.03.2026"), "{}", page.body);
    let jonas = app.world.jonas;
    let helped = mira.post(&format!("/w/graefekiez/members/{jonas}/recovery"), &[]).await;
    assert!(helped.shows("Link zum Neueinrichten für"));
    for stranger in [app.world.mira, app.world.olga] {
        assert_eq!(mira.post(&format!("/w/graefekiez/members/{stranger}/recovery"), &[]).await.status, 404);
    }
    let page = mira.post_and_follow(&format!("/w/graefekiez/members/{jonas}/remove"), &[]).await;
    assert!(page.shows("Die Mitgliedschaft ist beendet"));
    assert_eq!(guest.get("/w/graefekiez/members").await.status, 404, "an institution sees no members");
}
