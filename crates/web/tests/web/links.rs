//! Pages for people without an account: opening shows, sending acts once, and nothing leaks.

use crate::test_app::{Answer, TestApp};
use kiez_domain::action_link::Action;
use kiez_domain::consent::Purpose;
use kiez_domain::contact_channel::{ChannelVisibility, Medium};
use kiez_testkit::NOW;

const BASE: &str = "/w/graefekiez";

/// The form's number that the page carries.
fn form_of(page: &Answer) -> String {
    page.field("form")
}

#[tokio::test]
async fn a_link_shows_what_is_stored_in_four_languages_and_is_nobodys_to_keep() {
    let app = TestApp::new().await;
    app.publish(app.world.bakery).await;
    let link = app.own_page(app.world.bakery).await;
    for (language, direction, words) in [
        ("de", "ltr", "Was Sie erlauben"),
        ("en", "ltr", "What you allow"),
        ("tr", "ltr", "İzin verdikleriniz"),
        ("ar", "rtl", "ما تسمح به"),
    ] {
        let page = app.visitor().get(&format!("{link}?lang={language}")).await;
        assert_eq!(page.status, 200, "{language}");
        assert!(page.shows(&format!("<html lang=\"{language}\" dir=\"{direction}\"")), "{}", page.body);
        assert!(page.shows(words) && page.shows("Bäckerei Ayşe") && !page.shows("[mine-"), "{}", page.body);
        assert!(!page.shows("<script"), "it works without a script");
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!(page.header("x-robots-tag"), "noindex");
        assert!(page.header("set-cookie").is_empty() || !page.header("set-cookie").contains("session"));
    }
}

#[tokio::test]
async fn opening_changes_nothing_and_a_form_acts_once() {
    let app = TestApp::new().await;
    let bakery = app.world.bakery;
    app.publish(bakery).await;
    let (link, public) = (app.own_page(bakery).await, format!("/p/graefekiez/actors/{bakery}"));
    let mut page = app.visitor().get(&link).await;
    for _ in 0..20 {
        page = app.visitor().get(&link).await;
    }
    assert_eq!(
        app.visitor().get(&public).await.status,
        200,
        "a scanner that opens every link changes nothing"
    );
    let form = form_of(&page);
    let withdraw = [("form", form.as_str()), ("purpose", "web"), ("did", "withdrew")];
    let done = app.visitor().post_and_follow(&link, &withdraw).await;
    assert!(done.shows("Zurückgenommen. Das gilt sofort."), "{}", done.body);
    for gone in
        [public.as_str(), "/p/graefekiez/actors", "/p/graefekiez/actors.csv", "/p/graefekiez/map.geojson"]
    {
        let answer = app.visitor().get(gone).await;
        assert!(answer.status == 404 || !answer.shows("Bäckerei Ayşe"), "{gone}: {}", answer.body);
    }
    let again = app.visitor().post_and_follow(&link, &withdraw).await;
    assert!(again.shows("Das war schon erledigt."), "{}", again.body);
    app.move_to(NOW.plus_minutes(1));
    let given = [("form", form_of(&done)), ("purpose", "web".to_owned()), ("did", "gave".to_owned())];
    let given: Vec<(&str, &str)> = given.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.visitor().post_and_follow(&link, &given).await;
    assert_eq!(app.visitor().get(&public).await.status, 200);
    let seen = app.coordinator().await.get(&format!("{BASE}/actors/{bakery}")).await;
    assert!(seen.shows("zurückgenommen") && seen.shows("über einen Link"), "{}", seen.body);
}

#[tokio::test]
async fn forms_that_no_page_made_and_forms_of_others_are_refused() {
    let app = TestApp::new().await;
    let bakery = app.world.bakery;
    app.publish(bakery).await;
    let link = app.own_page(bakery).await;
    let blind = app.visitor().post(&link, &[("purpose", "web"), ("did", "withdrew")]).await;
    assert!(blind.status == 422 && blind.shows("Bitte drücken Sie noch einmal."), "{}", blind.body);
    let form = form_of(&app.visitor().get(&link).await);
    let foreign = format!("form={form}&purpose=web&did=withdrew");
    assert_eq!(app.visitor().post_from("cross-site", &link, &foreign).await.status, 403);
    let strange = app.visitor().post(&link, &[("form", &form), ("did", "explode")]).await;
    assert_eq!(strange.status, 422);
    assert_eq!(app.visitor().get(&format!("/p/graefekiez/actors/{bakery}")).await.status, 200);
}

#[tokio::test]
async fn wrong_revoked_and_missing_links_are_one_page_and_old_ones_ask_for_a_new_one() {
    let app = TestApp::new().await;
    let (mira, bakery) = (app.coordinator().await, app.world.bakery);
    let (revoked, old) =
        (app.made_link(bakery, Action::MyPage, Vec::new()).await, app.own_page(bakery).await);
    let page = mira.post_and_follow(&format!("{BASE}/links/{}/revoke", revoked.link.id), &[]).await;
    assert!(page.shows("zurückgenommen, gemacht"), "{}", page.body);
    let missing = app.visitor().get("/l/00000000000000000000000000000000").await;
    assert_eq!(missing.status, 404);
    for token in [revoked.token.as_str(), "no-token", "%F0%9F%94%91"] {
        for answer in [
            app.visitor().get(&format!("/l/{token}")).await,
            app.visitor().post(&format!("/l/{token}"), &[("form", "1.2.3"), ("did", "wrote")]).await,
        ] {
            assert!(answer.status == 404 || answer.status == 422, "{token}: {}", answer.status);
            let body = if answer.status == 422 { String::new() } else { answer.body };
            assert!(body.is_empty() || body == missing.body, "{token} tells more");
        }
    }
    app.move_to(NOW.plus_days(91));
    let page = app.visitor().get(&old).await;
    assert!(page.shows("Dieser Link ist abgelaufen") && !page.shows("Bäckerei"), "{}", page.body);
    assert!(page.shows(&format!("action=\"{old}/again?lang=de\"")), "{}", page.body);
    let asked = app.visitor().post_and_follow(&format!("{old}/again?lang=de"), &[]).await;
    assert!(asked.status == 200 && asked.shows("Gehört zu dem alten Link"), "{}", asked.body);
    app.mailed().await;
    let seen = app.coordinator().await.get(&format!("{BASE}/actors/{bakery}")).await;
    assert!(seen.shows("einen neuen Link gewünscht"), "{}", seen.body);
}

#[tokio::test]
async fn what_is_written_comes_back_when_it_does_not_fit_and_an_objection_wants_a_tick() {
    let app = TestApp::new().await;
    let bakery = app.world.bakery;
    app.publish(bakery).await;
    let link = app.own_page(bakery).await;
    let form = form_of(&app.visitor().get(&link).await);
    let long = format!("Hausnummer 12 <b> {}", "x".repeat(2_000));
    let page = app.visitor().post(&link, &[("form", &form), ("did", "wrote"), ("words", &long)]).await;
    assert!(page.status == 422 && page.shows("Hausnummer 12 &#60;b&#62;"), "{}", page.body);
    assert!(page.shows("id=\"words-wrong\""));
    let wrote = [("form", form.as_str()), ("did", "wrote"), ("words", "Hausnummer 12, nicht 21 <b>")];
    assert!(app.visitor().post_and_follow(&link, &wrote).await.shows("Die Koordination hat Ihre Nachricht."));
    let seen = app.coordinator().await.get(&format!("{BASE}/actors/{bakery}")).await;
    assert!(seen.shows("Hausnummer 12, nicht 21 &#60;b&#62;"), "{}", seen.body);
    let unsure = app.visitor().post(&link, &[("form", &form), ("did", "objected")]).await;
    assert!(unsure.status == 422 && unsure.shows("id=\"sure-wrong\""), "{}", unsure.body);
    let sure = [("form", form.as_str()), ("did", "objected"), ("sure", "on")];
    assert!(app.visitor().post_and_follow(&link, &sure).await.shows("Ihr Widerspruch ist notiert."));
    assert_eq!(app.visitor().get(&format!("/p/graefekiez/actors/{bakery}")).await.status, 404);
    let seen = app.coordinator().await.get(&format!("{BASE}/actors/{bakery}")).await;
    assert!(seen.shows("Hier liegt ein Widerspruch vor."), "{}", seen.body);
    let same =
        [("name", "Bäckerei Ayşe"), ("street", "Dieffenbachstr."), ("house_number", "9"), ("key", "again")];
    let again = app.coordinator().await.post(&format!("{BASE}/actors"), &same).await;
    assert!(again.status == 422 && again.shows("name=\"despite_objection\""), "{}", again.body);
}

#[tokio::test]
async fn a_question_is_answered_point_by_point() {
    let app = TestApp::new().await;
    let made = app.made_link(app.world.bakery, Action::Consent, vec![Purpose::Web, Purpose::Photo]).await;
    let link = format!("/l/{}", made.token);
    let page = app.visitor().get(&link).await;
    assert!(
        page.shows("Dürfen wir?") && page.shows("name=\"photo\"") && !page.shows("name=\"print\""),
        "{}",
        page.body
    );
    let form = form_of(&page);
    let nothing = app.visitor().post(&link, &[("form", &form), ("did", "gave")]).await;
    assert!(nothing.status == 422 && nothing.shows("mindestens einmal Ja oder Nein"), "{}", nothing.body);
    let answers = [("form", form.as_str()), ("did", "gave"), ("web", "yes"), ("photo", "no")];
    app.visitor().post_and_follow(&link, &answers).await;
    assert_eq!(app.visitor().get(&format!("/p/graefekiez/actors/{}", app.world.bakery)).await.status, 200);
}

#[tokio::test]
async fn a_coordinator_makes_a_letter_whose_link_is_shown_once() {
    let app = TestApp::new().await;
    let (mira, bakery) = (app.coordinator().await, app.world.bakery);
    let inside = format!("{BASE}/actors/{bakery}");
    let letter = mira.post(&format!("{inside}/links"), &[("action", "my_page")]).await;
    assert_eq!((letter.status, letter.header("cache-control")), (200, "no-store"));
    assert!(
        letter.shows("class=\"qr\"") && letter.shows("Sayfanız") && letter.shows("صفحتك"),
        "{}",
        letter.body
    );
    let token = letter.body.split("/l/").nth(1).and_then(|rest| rest.get(..32)).expect("a link").to_owned();
    assert!(app.visitor().get(&format!("/l/{token}")).await.shows("Bäckerei Ayşe"));
    assert!(!mira.get(&inside).await.shows(&token), "never again");
    let nothing = mira.post(&format!("{inside}/links"), &[("action", "consent")]).await;
    assert_eq!(nothing.status, 422);
    for who in [app.institution().await, app.operator().await] {
        assert_eq!(who.post(&format!("{inside}/links"), &[("action", "my_page")]).await.status, 404);
        assert_eq!(who.post(&format!("{inside}/objection"), &[]).await.status, 404);
    }
}

#[tokio::test]
async fn what_is_not_public_stands_on_no_public_page_whatever_was_agreed() {
    let app = TestApp::new().await;
    let bakery = app.world.bakery;
    let canary = "030 9870654";
    app.with_channel(bakery, (Medium::Phone, canary, ChannelVisibility::Internal)).await;
    app.with_channel(bakery, (Medium::Mail, "kanarie@example.org", ChannelVisibility::Partners)).await;
    for purpose in Purpose::all() {
        app.said(bakery, "given", purpose.name()).await;
    }
    for path in [
        format!("/p/graefekiez/actors/{bakery}"),
        "/p/graefekiez/actors".to_owned(),
        "/p/graefekiez/actors.csv".to_owned(),
        "/p/graefekiez/actors.geojson".to_owned(),
        "/p/graefekiez/map".to_owned(),
        "/p/graefekiez/map.geojson".to_owned(),
    ] {
        let page = app.visitor().get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.shows(canary) && !page.shows("kanarie@"), "{path}: {}", page.body);
    }
    let own = app.visitor().get(&app.own_page(bakery).await).await;
    assert!(own.shows(canary) && own.shows("sieht nur die Koordination"), "its owner sees it: {}", own.body);
}

/// The bakery's own address, by its id as forms name it.
async fn with_mail(app: &TestApp) -> String {
    app.with_channel(app.world.bakery, (Medium::Mail, "ayse@example.org", ChannelVisibility::Internal)).await;
    let page = app.coordinator().await.get(&format!("{BASE}/actors/{}", app.world.bakery)).await;
    let select = page.body.split("id=\"link-mail\"").nth(1).expect("a choice of addresses");
    let value = select.split("value=\"").nth(1).and_then(|rest| rest.split('"').next());
    value.expect("an address").to_owned()
}

#[tokio::test]
async fn the_link_is_sent_by_mail_when_something_allows_it_and_the_mail_says_how_it_lasts() {
    let app = TestApp::new().await;
    let (mira, mail) = (app.coordinator().await, with_mail(&app).await);
    let inside = format!("{BASE}/actors/{}", app.world.bakery);
    let send = format!("{inside}/links/mail");
    let refused = mira.post(&send, &[("mail", &mail), ("language", "de")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.shows("An diese Adresse darf keine Mail gehen"), "{}", refused.body);
    assert!(refused.shows("aria-describedby=\"link-mail-wrong\""), "{}", refused.body);
    assert_eq!(app.mailed().await.len(), 0);
    let asked = [("mail", mail.as_str()), ("language", "de"), ("asked", "on")];
    assert!(mira.post_and_follow(&send, &asked).await.shows("Die Mail mit dem Link ist unterwegs."));
    assert!(mira.post_and_follow(&send, &asked).await.shows("frühestens in einer Viertelstunde"));
    let letters = app.mailed().await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].subject, "Ihre Seite bei „Graefekiez“");
    assert!(letters[0].body.starts_with("Guten Tag Bäckerei Ayşe,"), "{}", letters[0].body);
    assert!(letters[0].body.contains("lassen sich einen neuen an diese Adresse schicken"));
    let link = letters[0].body.split("http://localhost:8080").nth(1).expect("a link");
    let link = link.split_whitespace().next().expect("an address").to_owned();
    assert!(app.visitor().get(&link).await.shows("Bäckerei Ayşe"));
    let log = mira.get(&format!("{BASE}/mail")).await;
    for wanted in
        ["Bäckerei Ayşe", "ayse@example.org", "Link zu „Ihre Seite“", "selbst angefordert", "verschickt"]
    {
        assert!(log.shows(wanted), "{wanted}: {}", log.body);
    }
    let house = app.operator().await.get("/house/mail").await;
    assert!(house.shows("Kontakt eines Projekts") && !house.shows("ayse@"), "{}", house.body);
    let elsewhere = app.coordinator_elsewhere().await.get("/w/wrangelkiez/mail").await;
    assert!(elsewhere.status == 200 && !elsewhere.shows("ayse@"), "{}", elsewhere.body);
    app.said(app.world.bakery, "given", "first_contact").await;
    app.move_to(NOW.plus_minutes(20));
    let english = [("mail", mail.as_str()), ("language", "en")];
    assert!(mira.post_and_follow(&send, &english).await.shows("ist unterwegs"));
    app.move_to(NOW.plus_minutes(21));
    app.said(app.world.bakery, "withdrawn", "first_contact").await;
    assert_eq!(app.mailed().await.len(), 0, "taken back before it left");
    let log = mira.get(&format!("{BASE}/mail")).await;
    assert!(log.shows("nicht verschickt") && log.shows("Die Einwilligung fehlt."), "{}", log.body);
    let report = mira.get(&format!("{inside}/data/report")).await;
    assert!(report.shows("Mailprotokoll") && report.shows("selbst angefordert"), "{}", report.body);
}

#[tokio::test]
async fn a_fresh_link_is_sent_to_the_known_address_and_every_token_gets_the_same_answer() {
    let app = TestApp::new().await;
    with_mail(&app).await;
    let old = app.own_page(app.world.bakery).await;
    app.move_to(NOW.plus_days(91));
    for round in 0..5 {
        let mut answers = Vec::new();
        for link in [old.as_str(), "/l/00000000000000000000000000000000", "/l/no-token"] {
            answers.push(
                app.visitor().post(&format!("{link}/again?lang=en"), &[("mail", "me@example.org")]).await,
            );
        }
        for answer in &answers {
            assert_eq!(answer.status, if round < 3 { 303 } else { 429 }, "{round}");
            assert_eq!(
                (answer.header("location"), &answer.body),
                (answers[0].header("location"), &answers[0].body)
            );
        }
    }
    let letters = app.mailed().await;
    assert_eq!(letters.len(), 1, "and nothing to an address that was typed");
    assert_eq!(
        (letters[0].to.as_str(), letters[0].subject.as_str()),
        ("ayse@example.org", "Your page at “Graefekiez”")
    );
    for (language, words) in [
        ("de", "Ihr neuer Link"),
        ("en", "Your new link"),
        ("tr", "Yeni bağlantınız"),
        ("ar", "رابطك الجديد"),
    ] {
        let page = app.visitor().get(&format!("/l/again?lang={language}")).await;
        assert!(page.status == 200 && page.shows(words) && !page.shows("[mine-"), "{}", page.body);
    }
    let foreign = app.visitor().post_from("cross-site", &format!("{old}/again"), "").await;
    assert_eq!(foreign.status, 403);
}
