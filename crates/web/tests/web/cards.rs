//! Fast entry: type, Enter, next.

use crate::test_app::TestApp;

const CARDS: &str = "/w/graefekiez/cards";

#[tokio::test]
async fn after_enter_the_next_card_can_be_typed_at_once() {
    let app = TestApp::new().await;
    let kita = app.world.kita.to_string();
    let fields = [("what", "offer"), ("text", "Ein Beamer"), ("actor", kita.as_str())];
    let page = app.coordinator().await.post_and_follow(CARDS, &fields).await;
    let input = page.body.split("<input id=\"text\"").nth(1).unwrap_or_default();
    let input = input.split('>').next().unwrap_or_default();
    assert!(input.contains("autofocus") && input.contains("value=\"\""), "{input}");
    assert!(page.shows("value=\"offer\" checked"), "what the card is stays as it was");
    assert!(page.shows(&format!("value=\"{kita}\" selected")), "whose it is stays as it was");
    assert!(page.shows("Ein Beamer") && page.shows("Die nächste bitte."), "{}", page.body);
}

#[tokio::test]
async fn the_same_words_are_entered_and_mentioned() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let text = "HOLZRESTE für die  Werkbank der Vorschulgruppe";
    let page = mira.post_and_follow(CARDS, &[("what", "need"), ("text", text)]).await;
    assert!(page.shows("steht schon eine Karte"), "{}", page.body);
    assert!(page.shows(&format!("href=\"/w/graefekiez/needs/{}\"", app.world.wood_wanted)));
    let other = mira.post_and_follow(CARDS, &[("what", "offer"), ("text", text)]).await;
    assert!(!other.shows("steht schon eine Karte"), "an offer in the words of a need is no second card");
    let key = other.field("key");
    let twice = [("what", "need"), ("text", "Nur einmal"), ("key", key.as_str())];
    mira.post_and_follow(CARDS, &twice).await;
    let again = mira.post_and_follow(CARDS, &twice).await;
    assert!(!again.shows("steht schon eine Karte"), "a card is no copy of itself");
}

#[tokio::test]
async fn a_card_about_one_person_is_entered_and_asked_about() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let page = mira
        .post_and_follow(CARDS, &[("what", "need"), ("text", "Rollator für Frau Müller, geb. 1941")])
        .await;
    assert!(page.shows("Rollator für Frau Müller"));
    for question in ["Steht hier ein Geburtsdatum?", "Steht hier der Name eines Menschen?"] {
        assert!(page.shows(question), "{question}: {}", page.body);
    }
    let page = mira.post_and_follow(CARDS, &[("what", "need"), ("text", "Eine Leiter")]).await;
    assert_eq!(page.body.matches("class=\"ask\"").count(), 2, "a harmless card is asked nothing");
}

#[tokio::test]
async fn an_institution_enters_cards_for_itself_alone() {
    let app = TestApp::new().await;
    let (jonas, club) = (app.institution().await, app.world.youth_club.to_string());
    let page =
        jonas.post_and_follow(CARDS, &[("what", "need"), ("text", "Ein Zelt"), ("actor", &club)]).await;
    assert!(page.shows("Ein Zelt") && !page.shows("Jugendclub Drehpunkt"), "{}", page.body);
}

#[tokio::test]
async fn a_name_that_nobody_has_is_kept_and_shown_wherever_the_card_is() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    for (what, list) in [("need", "needs"), ("offer", "offers"), ("idea", "ideas")] {
        let fields = [("what", what), ("text", "Ein Zelt für das Fest"), ("said_by", "Nähtreff & Söhne")];
        let next = mira.post_and_follow(CARDS, &fields).await;
        assert_eq!(next.field("said_by"), "Nähtreff &#38; Söhne", "the next card is often theirs too");
        let listed = mira.get(&format!("/w/graefekiez/{list}")).await;
        assert!(listed.shows("<bdi>Nähtreff &#38; Söhne</bdi>"), "{list}: {}", listed.body);
    }
    let fields = [("text", "Stühle für das Fest"), ("said_by", "Nähtreff")];
    let need = mira.post_and_follow("/w/graefekiez/needs", &fields).await;
    assert!(need.shows("<bdi>Nähtreff</bdi>"), "{}", need.body);
    let offer =
        mira.post_and_follow("/w/graefekiez/offers", &[("text", "Zwölf Stühle"), ("said_by", "Chor")]).await;
    assert!(offer.shows("<bdi>Chor</bdi>") && offer.shows("<bdi>Nähtreff</bdi>"), "{}", offer.body);
}

#[tokio::test]
async fn an_empty_card_comes_back_with_its_sentence() {
    let app = TestApp::new().await;
    let page = app.coordinator().await.post(CARDS, &[("what", "idea"), ("text", "  ")]).await;
    assert_eq!(page.status, 422);
    assert!(page.shows("id=\"text-wrong\"") && page.shows("value=\"idea\" checked"), "{}", page.body);
}
