//! Deciding about a suggestion, on the page of its need.

use crate::test_app::TestApp;

#[tokio::test]
async fn a_decision_moves_the_suggestion_below_and_can_be_taken_back() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let need = format!("/w/graefekiez/needs/{}", app.world.wood_wanted);
    let (verdicts, giver) = (format!("{need}/verdicts"), format!("offer:{}", app.world.offcuts));
    let button = format!("name=\"giver\" value=\"{giver}\"");
    let fields = [("giver", giver.as_str()), ("decision", "never"), ("reason", "Streit ums Tor")];
    let page = mira.post_and_follow(&verdicts, &fields).await;
    assert!(
        page.shows("Diese beiden nicht zusammenbringen.") && page.shows("Streit ums Tor"),
        "{}",
        page.body
    );
    assert_eq!(page.body.matches(&button).count(), 1, "it stands among the decisions alone");
    let page = mira.post_and_follow(&format!("{verdicts}/take-back"), &[("giver", &giver)]).await;
    assert!(!page.shows("Schon entschieden") && page.shows(&button), "{}", page.body);
}

#[tokio::test]
async fn a_decision_without_its_day_comes_back_with_the_persons_words() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let need = format!("/w/graefekiez/needs/{}", app.world.wood_wanted);
    let giver = format!("offer:{}", app.world.offcuts);
    let fields = [("giver", giver.as_str()), ("decision", "later"), ("until", ""), ("reason", "Inventur")];
    let page = mira.post(&format!("{need}/verdicts"), &fields).await;
    assert_eq!(page.status, 422);
    let form = page.body.split("<details class=\"verdict\" open>").nth(1).unwrap_or_default();
    let form = form.split("</details>").next().unwrap_or_default();
    assert!(form.contains("value=\"Inventur\"") && form.contains("aria-invalid"), "{form}");
    assert!(form.contains("Bitte ausfüllen") || form.contains("fehlt"), "{form}");
}

#[tokio::test]
async fn an_institution_is_offered_no_decision() {
    let app = TestApp::new().await;
    let need = format!("/w/graefekiez/needs/{}", app.world.wood_wanted);
    let page = app.institution().await.get(&need).await;
    assert!(page.shows("ol class=\"suggestions\"") && !page.shows("/verdicts"), "{}", page.body);
}
