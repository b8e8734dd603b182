//! What goes onto paper, and who is still to be told what stands about them.

use crate::test_app::TestApp;
use kiez_app::caller::Caller;
use kiez_domain::contact_channel::{ChannelVisibility, Medium};
use kiez_testkit::NOW;

#[tokio::test]
async fn the_record_of_processing_is_a_pdf_for_coordinators() {
    let app = TestApp::new().await;
    let path = "/w/graefekiez/processing.pdf";
    let answer = app.coordinator().await.get(path).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.headers["content-type"], "application/pdf");
    assert!(
        answer.headers["content-disposition"].to_str().expect("text").contains("graefekiez-processing.pdf")
    );
    assert!(answer.bytes.starts_with(b"%PDF-1.7"));
    assert_eq!(app.institution().await.get(path).await.status, 404);
}

#[tokio::test]
async fn somebody_who_was_noted_is_listed_until_they_were_told() {
    let app = TestApp::new().await;
    let karl = app.person(app.world.joiner, "Karl <b>Kunze</b>").await;
    let mira = app.coordinator().await;
    let page = mira.get("/w/graefekiez/notices").await;
    assert!(
        page.shows("Karl &#60;b&#62;Kunze&#60;/b&#62;") && page.shows("Eine Person ist noch zu informieren."),
        "{}",
        page.body
    );
    assert!(page.shows("02.04.2026") && !page.shows("überfällig"), "{}", page.body);
    assert!(mira.get("/w/graefekiez/processing").await.shows("/w/graefekiez/notices"));
    let letter = mira.get(&format!("/w/graefekiez/notices/{karl}/letter.pdf")).await;
    assert_eq!(letter.headers["content-type"], "application/pdf");
    // Nobody was told tomorrow.
    let record = format!("/w/graefekiez/notices/{karl}");
    let refused = mira.post(&record, &[("on", "03.03.2026"), ("way", "talk")]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.shows("value=\"03.03.2026\"") && refused.shows("aria-invalid=\"true\""),
        "{}",
        refused.body
    );
    let told = mira.post_and_follow(&record, &[("on", "2026-03-02"), ("way", "talk")]).await;
    assert!(told.shows("Die Person ist informiert") && told.shows("Niemand wartet"), "{}", told.body);
    let again = mira.post(&record, &[("on", "2026-03-01"), ("way", "letter")]).await;
    assert_eq!(again.status, 303, "two coordinators may do the same");
    for path in ["/w/graefekiez/notices", &format!("/w/graefekiez/notices/{karl}/letter.pdf")] {
        assert_eq!(app.institution().await.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_later_part_of_the_list_is_where_one_stays() {
    let app = TestApp::new().await;
    for number in 0..50 {
        app.person(app.world.joiner, &format!("Person {number}")).await;
    }
    app.move_to(NOW.plus_days(1));
    let last = app.person(app.world.joiner, "Person 50").await;
    let mira = app.coordinator().await;
    let record = format!("/w/graefekiez/notices/{last}?offset=50");
    let page = mira.get("/w/graefekiez/notices?offset=50").await;
    assert!(page.shows("Person 50") && page.shows(&format!("action=\"{record}\"")), "{}", page.body);
    let refused = mira.post(&record, &[("on", "irgendwann"), ("way", "talk")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.shows("value=\"irgendwann\""), "{}", refused.body);
    let told = mira.post(&record, &[("on", "02.03.2026"), ("way", "talk")]).await;
    assert_eq!(told.headers["location"], "/w/graefekiez/notices?told=1&offset=50");
}

#[tokio::test]
async fn after_a_month_it_is_late() {
    let app = TestApp::new().await;
    app.person(app.world.bakery, "Ayşe Yılmaz").await;
    app.move_to(NOW.plus_days(32));
    let page = app.coordinator().await.get("/w/graefekiez/notices").await;
    assert!(page.shows("überfällig"), "{}", page.body);
}

#[tokio::test]
async fn the_letter_goes_by_mail_and_ticks_off() {
    let app = TestApp::new().await;
    let karl = app.person(app.world.joiner, "Karl Kunze").await;
    let mira = app.coordinator().await;
    let send = format!("/w/graefekiez/notices/{karl}/mail");
    assert!(!mira.get("/w/graefekiez/notices").await.shows(&send), "no address is known");
    assert_eq!(mira.post(&send, &[("language", "de")]).await.status, 422);
    let ada = Caller::with(vec![app.world.coordinator()], "Mira".to_owned());
    let (project, whose) = (app.world.project, (app.world.joiner, Some(karl)));
    let mail = (Medium::Mail, "karl@example.org", ChannelVisibility::Internal);
    kiez_app::contact::add_channel(app.ctx(), &ada, project, whose, mail).await.expect("added");
    assert!(mira.get("/w/graefekiez/notices").await.shows(&send));
    let told = mira.post_and_follow(&send, &[("language", "de")]).await;
    assert!(told.shows("Der Brief geht per E-Mail hinaus") && told.shows("Niemand wartet"), "{}", told.body);
    let letters = app.mailed().await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].subject, "Graefekiez: was wir über Sie notiert haben");
    let body = &letters[0].body;
    for part in [
        "Guten Tag Karl Kunze,",
        "Das steht bei uns:",
        "  Name: Karl Kunze",
        "karl@example.org",
        "- Auskunft:",
        "Datenschutzaufsicht",
        "jederzeit widersprechen",
        "http://localhost:8080/l/",
    ] {
        assert!(body.contains(part), "{part}: {body}");
    }
    assert_eq!(body.matches("Guten Tag").count(), 1, "{body}");
    let log = mira.get("/w/graefekiez/mail").await;
    assert!(log.shows("Datenschutzhinweis") && log.shows("weil das Gesetz es verlangt"), "{}", log.body);
    let data =
        mira.get(&format!("/w/graefekiez/actors/{}/data/report?person={karl}", app.world.joiner)).await;
    assert!(data.shows("02.03.2026") && data.shows("Mailprotokoll"), "{}", data.body);
}
