//! Imports in a browser: looked at first, taken in, taken back; differences settled.

use crate::test_app::{Answer, Browser, TestApp};

const CAFES: &str = "id,name,street,zip_code,lat,lon\n\
    1,Café Morgenrot,Graefestraße 3,10967,52.4921,13.4145\n\
    2,Vertauscht,Graefestraße 5,10967,13.4145,52.4921\n";

const IMPORTS: &str = "/w/graefekiez/imports";

/// Sends a file as the page does, and opens what it leads to.
async fn look_at(browser: &Browser<'_>, file: &str, text: &str) -> (String, Answer) {
    let answer = browser.upload(IMPORTS, "actors", (file, text.as_bytes())).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let path = answer.header("location").to_owned();
    let page = browser.get(&path).await;
    (path, page)
}

#[tokio::test]
async fn a_file_is_shown_first_then_taken_in_and_taken_back() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let (path, preview) = look_at(&mira, "cafes.csv", CAFES).await;
    assert!(preview.shows("Was die Datei bringen würde") && preview.shows("cafes.csv"), "{}", preview.body);
    assert!(preview.shows("Ausgelassen"), "the row with swapped coordinates is told: {}", preview.body);
    assert!(!mira.get("/w/graefekiez/actors").await.shows("Café Morgenrot"), "nothing is stored yet");

    let import = mira.post_and_follow(&path, &[("choice", "take")]).await;
    assert!(import.shows("Mira") && import.shows("cafes.csv"), "{}", import.body);
    assert!(mira.get("/w/graefekiez/actors").await.shows("Café Morgenrot"));
    let list = mira.get(IMPORTS).await;
    let one = list.link(IMPORTS);
    let table = mira.get(&format!("{one}/refused.csv")).await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert!(table.shows("cafes.csv,3,"), "{}", table.body);

    let asked = mira.get(&format!("{one}/revert")).await;
    assert!(asked.shows("Ja, zurücknehmen"), "{}", asked.body);
    assert!(mira.get("/w/graefekiez/actors").await.shows("Café Morgenrot"), "asking changes nothing");
    let after = mira.post_and_follow(&format!("{one}/revert"), &[]).await;
    assert!(after.shows("Ein Eintrag wurde entfernt"), "{}", after.body);
    assert!(!mira.get("/w/graefekiez/actors").await.shows("Café Morgenrot"));
    let again = mira.post_and_follow(&format!("{one}/revert"), &[]).await;
    assert!(again.shows("Dieser Import ist zurückgenommen"), "a second press finds it done: {}", again.body);
}

/// Rows with one fault each: swapped coordinates, no name, a field too many, an id twice, a kind of place nobody knows.
const FAULTY: &str = "id,name,street,zip_code,lat,lon\n\
    1,Café Morgenrot,Graefestraße 3,10967,52.4921,13.4145\n\
    2,Vertauscht,Graefestraße 5,10967,13.4145,52.4921\n\
    3,,Graefestraße 7,10967,,\n\
    4,Zuviel,Graefestraße 9,10967,,,noch etwas\n\
    1,Nochmal,Graefestraße 11,10967,,\n\
    6,Keine Zahl,Graefestraße 13,10967,nördlich,13.4145\n\
    7,Lange Postleitzahl,Graefestraße 15,10967109671096710967109671096710967109671096710967,,\n";

#[tokio::test]
async fn rows_that_are_left_out_say_why_in_the_readers_language() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let (path, preview) = look_at(&mira, "liste.csv", FAULTY).await;
    let import = mira.post_and_follow(&path, &[("choice", "take")]).await;
    for page in [&preview, &import] {
        for german in [
            "Die Koordinaten sind wohl vertauscht: Breite 13.4145 und Länge 52.4921 ergeben andersherum Sinn.",
            "Bitte den Namen oder die Branche ausfüllen.",
            "Zeile als Ganzes",
            "Die Zeile hat 7 Felder, die Überschrift hat 6",
            "„1“ steht schon in Zeile 2",
            "„nördlich“ ist keine Zahl.",
        ] {
            assert!(page.shows(german), "{german}: {}", page.body);
        }
        assert!(!page.shows("lang=\"en\" dir"), "no reason is left in English: {}", page.body);
        assert!(page.shows("<bdi>lat</bdi>"), "a heading stays as it stands in the file: {}", page.body);
    }
    let mira = mira.in_language("en");
    let english = mira.get(&mira.get(IMPORTS).await.link(IMPORTS)).await;
    assert!(english.shows("The coordinates look swapped: latitude 13.4145"), "{}", english.body);
    assert!(english.shows("the whole row"), "{}", english.body);
}

#[tokio::test]
async fn a_second_press_on_take_shows_the_import_of_the_first() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let (path, _) = look_at(&mira, "cafes.csv", CAFES).await;
    let first = mira.post(&path, &[("choice", "take")]).await;
    let second = mira.post(&path, &[("choice", "take")]).await;
    assert_eq!((first.status, second.status), (303, 303), "{}", second.body);
    assert_eq!(first.header("location"), second.header("location"));
    let list = mira.get(IMPORTS).await;
    assert_eq!(list.body.matches("<bdi>cafes.csv</bdi>").count(), 1, "{}", list.body);
}

#[tokio::test]
async fn a_file_that_is_thrown_away_leaves_nothing() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let (path, _) = look_at(&mira, "cafes.csv", CAFES).await;
    let list = mira.post_and_follow(&path, &[("choice", "discard")]).await;
    assert!(list.shows("Noch keine Datei übernommen"), "{}", list.body);
    assert_eq!(mira.get(&path).await.status, 404);
    assert_eq!(mira.post(&path, &[("choice", "take")]).await.status, 404);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_told_beside_its_field() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    for (file, text) in [("cafes.csv", ""), ("cafes.json", "name,street\nA,B\n"), ("cafes.csv", "%PDF-1.7")] {
        let answer = mira.upload(IMPORTS, "cards", (file, text.as_bytes())).await;
        assert_eq!(answer.status, 422, "{file}");
        assert!(answer.shows("id=\"file-wrong\"") && answer.shows(file), "{}", answer.body);
        assert!(answer.shows("value=\"cards\" selected"), "what the person chose stays: {}", answer.body);
        assert!(!answer.shows("lang=\"en\" dir"), "the reason is German: {}", answer.body);
    }
    let told = async |file: &str, text: &str| mira.upload(IMPORTS, "cards", (file, text.as_bytes())).await;
    let ending = told("cafes.json", "name,street\nA,B\n").await;
    assert!(
        ending.shows("Die Datei heißt .json, sieht aber nach etwas anderem aus: Text mit Spalten (CSV).")
    );
    let quote = told("karten.csv", "what,text\nneed,\"Holz\noffer,Raum\n").await;
    assert!(quote.shows("<bdi>karten.csv</bdi>, Zeile 2: "), "{}", quote.body);
    assert!(quote.shows("Ein Anführungszeichen, das hier beginnt, wird nie geschlossen"), "{}", quote.body);
    let slip = told("karte.geojson", "{\"type\":\n oops}").await;
    assert!(slip.shows(", Zeile 2, Spalte 2: "), "{}", slip.body);
    let column = told("karten.csv", "who,when\nKita,morgen\n").await;
    assert!(
        column.shows("Die Spalte „what“ fehlt.") && column.shows("Gefunden: who, when."),
        "{}",
        column.body
    );
    let nothing = mira.upload(IMPORTS, "actors", ("", b"")).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.shows("id=\"file-wrong\""), "{}", nothing.body);
    let dragons = mira.upload(IMPORTS, "dragons", ("cafes.csv", CAFES.as_bytes())).await;
    assert!(dragons.shows("id=\"kind-wrong\""), "{}", dragons.body);
    assert!(mira.get(IMPORTS).await.shows("Noch keine Datei übernommen"));
}

#[tokio::test]
async fn a_file_that_is_too_large_is_told_so_with_another_way() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let large = vec![b'a'; 16 * 1024 * 1024 + 1];
    let answer = mira.upload(IMPORTS, "actors", ("berlin.csv", &large)).await;
    assert_eq!(answer.status, 413);
    assert!(answer.shows("bis 16 MB") && answer.shows("kiez import"), "{}", answer.body);
}

#[tokio::test]
async fn an_unreadable_upload_is_told_so() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let answer = mira.post(IMPORTS, &[("kind", "actors")]).await;
    assert_eq!(answer.status, 422, "a form without a file part: {}", answer.body);
    assert!(answer.shows("nicht lesbar"), "{}", answer.body);
}

#[tokio::test]
async fn a_difference_is_settled_one_way_or_the_other() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let list = "name,street,house_number,zip_code,city,carrier\n\
        Kita Sonnenblume,Urbanstraße,48,10967,Kreuzberg,Träger A\n\
        Jugendclub Drehpunkt,Urbanstraße,43,10967,Neukölln,Träger B\n";
    let (path, preview) = look_at(&mira, "kitas.csv", list).await;
    assert!(preview.shows("Hier ist die Datei anderer Meinung"), "{}", preview.body);
    mira.post_and_follow(&path, &[("choice", "take")]).await;
    assert!(mira.get(IMPORTS).await.shows("bei 2 Feldern nicht einig"));

    let page = mira.get("/w/graefekiez/differences").await;
    assert!(page.shows("Kreuzberg") && page.shows("Neukölln"), "{}", page.body);
    let (first, version) = (page.action("/w/graefekiez/differences/"), page.field("version"));
    let stale = mira.post(&first, &[("choice", "theirs"), ("version", "0")]).await;
    assert_eq!(stale.status, 409);
    assert!(stale.shows("Inzwischen hat jemand"), "{}", stale.body);
    let page = mira.post_and_follow(&first, &[("choice", "theirs"), ("version", &version)]).await;
    assert!(page.shows("1 offener Unterschied"), "{}", page.body);
    let (second, version) = (page.action("/w/graefekiez/differences/"), page.field("version"));
    let page = mira.post_and_follow(&second, &[("choice", "ours"), ("version", &version)]).await;
    assert!(page.shows("Alles geklärt"), "{}", page.body);
    let again = mira.post_and_follow(&second, &[("choice", "ours"), ("version", &version)]).await;
    assert!(again.shows("Alles geklärt"), "a second press finds it done");
    let nonsense = mira.post(&second, &[("choice", "both"), ("version", "1")]).await;
    assert_eq!(nonsense.status, 422);
}

#[tokio::test]
async fn nobody_but_coordinators_knows_of_imports() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let (path, _) = look_at(&mira, "cafes.csv", CAFES).await;
    let jonas = app.institution().await;
    for path in [IMPORTS, "/w/graefekiez/imports/new", "/w/graefekiez/differences", &path] {
        assert_eq!(jonas.get(path).await.status, 404, "{path}");
    }
    assert_eq!(jonas.post(&path, &[("choice", "take")]).await.status, 404);
    assert_eq!(jonas.upload(IMPORTS, "actors", ("cafes.csv", CAFES.as_bytes())).await.status, 404);
    assert!(!jonas.get("/w/graefekiez").await.shows("/imports"));
    assert!(mira.get("/w/graefekiez").await.shows("href=\"/w/graefekiez/imports\""));
}

#[tokio::test]
async fn whoever_a_map_has_no_longer_is_asked_about_in_words_with_what_comes_of_each_answer() {
    let app = TestApp::new().await;
    app.publish(app.world.bakery).await;
    app.vanish(app.world.bakery).await;
    let mira = app.coordinator().await;
    let page = mira.get("/w/graefekiez/differences").await;
    for words in [
        "Bäckerei Ayşe",
        "steht im Verzeichnis",
        "steht nicht mehr in der Karte",
        "In der älteren Karte war es",
        "Gibt es noch",
        "Alles bleibt, wie es ist",
        "Hat geschlossen",
        "Auf öffentlichen Seiten und in Vorschlägen steht er nicht mehr",
    ] {
        assert!(page.shows(words), "{words}: {}", page.body);
    }
    assert!(!page.shows(">leer<"), "there is no other value");
    let (answer, version) = (page.action("/w/graefekiez/differences/"), page.field("version"));
    let after = mira.post_and_follow(&answer, &[("choice", "theirs"), ("version", &version)]).await;
    assert!(after.shows("Alles geklärt"), "{}", after.body);
    let bakery = app.world.bakery;
    assert!(mira.get(&format!("/w/graefekiez/actors/{bakery}")).await.shows("nicht mehr da"));
    assert_eq!(app.visitor().get(&format!("/p/graefekiez/actors/{bakery}")).await.status, 404);
}
