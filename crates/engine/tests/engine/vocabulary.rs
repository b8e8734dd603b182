//! The breadth of the vocabulary: the everyday words in which institutions ask and businesses give, area by area.
//!
//! Every row says what is right for a person who reads the card; several kinds stand where more than one is right.

use kiez_engine::{KindFinding, Knowledge, TextSide, classify};

const NEED: TextSide = TextSide::Need;
const OFFER: TextSide = TextSide::Offer;

/// A side, what it says, and the kinds that may stand first.
type Row = (TextSide, &'static str, &'static [&'static str]);

fn found(text: &str, side: TextSide) -> Vec<KindFinding> {
    classify(Knowledge::built_in(), text, side, 10)
}

/// Compares every sentence before it fails, so that one run shows all that is wrong.
fn first_is_right(rows: &[Row]) {
    let mut wrong = Vec::new();
    for (side, text, kinds) in rows {
        let said = found(text, *side);
        if !said.first().is_some_and(|one| kinds.contains(&one.kind.as_str())) {
            let said: Vec<_> = said.iter().map(|one| (one.kind.as_str(), one.score, &one.words)).collect();
            wrong.push(format!("{text}: {said:?} instead of {kinds:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// None of the kinds may be said of the text with any certainty.
fn is_not_told(rows: &[Row]) {
    for (side, text, kinds) in rows {
        let said = found(text, *side);
        let wrong = said.iter().find(|one| one.score > 0.4 && kinds.contains(&one.kind.as_str()));
        assert!(wrong.is_none(), "{text}: {wrong:?}");
    }
}

#[test]
fn goods_that_are_lacking() {
    first_is_right(&[
        (NEED, "Die Stühle im Elterncafé wackeln, wer hat welche übrig?", &["furniture"]),
        (NEED, "Für die neue Kollegin fehlt noch ein Schreibtisch", &["office_furniture"]),
        (NEED, "Die Waschmaschine im Wohnheim ist hinüber", &["household_appliances"]),
        (NEED, "Warme Jacken und Stiefel für die Menschen auf der Straße", &["clothing"]),
        (NEED, "Zur Einschulung brauchen zehn Kinder einen Ranzen", &["school_supplies"]),
        (NEED, "Damit die Kinder gesehen werden: Warnwesten", &["safety_goods"]),
        (NEED, "Shampoo, Zahnbürsten und Tampons für die Notübernachtung", &["hygiene_goods"]),
        (NEED, "Schöne Gewinne für unsere Tombola", &["raffle_prizes"]),
        (NEED, "Leere Kisten zum Sortieren der Spenden", &["packaging_material"]),
    ]);
}

#[test]
fn goods_that_a_business_has_anyway() {
    first_is_right(&[
        (OFFER, "Wegen Umzug geben wir Schreibtische und Rollcontainer ab", &["office_furniture"]),
        (OFFER, "Ausgemusterte Bettwäsche und Handtücher aus dem Hotel", &["textiles", "beds_lamps"]),
        (OFFER, "Ware der letzten Saison: Hosen, Hemden, Jacken", &["clothing"]),
        (OFFER, "Papierreste und Fehldrucke aus unserer Druckerei", &["craft_material"]),
        (OFFER, "Leasingrückläufer, zwei Jahre alt, Festplatten gelöscht", &["computer_hardware"]),
        (OFFER, "Fundräder aus den Kellern unserer Häuser", &["bicycle"]),
        (OFFER, "Fehlmischungen und angebrochene Eimer", &["paint_supplies"]),
        (OFFER, "Sträuße, die am Samstag übrig bleiben", &["decoration", "plants_goods"]),
        (OFFER, "Mängelexemplare und Remittenden", &["books"]),
        (OFFER, "Kartons in allen Größen aus dem Wareneingang", &["packaging_material"]),
        (OFFER, "B-Ware und Retouren", &["surplus_goods"]),
    ]);
}

#[test]
fn material_is_a_thing_and_somebody_who_paints_is_not() {
    first_is_right(&[
        (NEED, "Material zum Streichen: Farbe, Rollen, Folie", &["paint_supplies"]),
        (NEED, "Jemand, der mit uns den Flur streicht", &["painting_help", "painting"]),
        (NEED, "Stoffreste für unsere Nähgruppe", &["textiles", "craft_material"]),
    ]);
    is_not_told(&[(NEED, "Jemand, der mit uns den Flur streicht", &["paint_supplies"])]);
}

#[test]
fn rooms_that_are_lacking() {
    first_is_right(&[
        (NEED, "Wo können wir unsere Mitgliederversammlung abhalten?", &["room_event"]),
        (NEED, "Die Selbsthilfegruppe hat keinen Raum mehr", &["room_meeting_place"]),
        (NEED, "Unsere Band sucht einen Keller, in dem sie laut sein darf", &["room_rehearsal"]),
        (NEED, "Wohin mit den Kulissen? Wir brauchen einen trockenen Keller", &["room_storage"]),
        (NEED, "Die Malgruppe möchte ihre Bilder öffentlich zeigen", &["room_exhibition"]),
        (NEED, "Ein Stückchen Acker für Gemüse", &["room_garden_plot"]),
        (NEED, "Wo darf unser Vereinsbus stehen?", &["room_parking"]),
    ]);
}

#[test]
fn rooms_that_stand_empty_now_and_then() {
    first_is_right(&[
        (OFFER, "Montags ist Ruhetag, dann steht unser Gastraum leer", &["room_event"]),
        (OFFER, "Unser Foyer fasst 80 Personen", &["room_event"]),
        (OFFER, "Ladenlokal steht bis zum Umbau leer", &["room_interim"]),
        (OFFER, "In unserer Praxis sind Wände für Bilder frei", &["room_exhibition"]),
        (OFFER, "Ein freier Schreibtisch in unserer Agentur", &["room_office"]),
        (OFFER, "Mittwochs ist ein Sprechzimmer frei", &["room_counselling"]),
        (OFFER, "Am Sonntag ist unser Kundenparkplatz frei", &["room_parking"]),
        (OFFER, "Unser Betriebsgelände am Wochenende", &["outdoor_area"]),
    ]);
}

#[test]
fn eating_and_drinking() {
    first_is_right(&[
        (NEED, "Brot vom Vortag für unsere Tafel", &["food_surplus"]),
        (NEED, "Häppchen für die Vernissage", &["catering"]),
        (NEED, "Zum Seniorennachmittag fehlt noch die Torte", &["cake"]),
        (NEED, "Für unser Sommerfest suchen wir noch Kuchen", &["cake"]),
        (OFFER, "Was bei uns abends übrig bleibt: Brötchen und Brot", &["food_surplus"]),
        (OFFER, "Eine Kugel Eis für jedes Kind", &["cake"]),
        (OFFER, "Wir verköstigen eure Helfer", &["catering"]),
        (OFFER, "Wir schmieren Pausenbrote", &["breakfast"]),
    ]);
    is_not_told(&[
        (NEED, "Häppchen für die Vernissage", &["room_exhibition", "exhibition_art"]),
        (OFFER, "Eine Kugel Eis für jedes Kind", &["childcare"]),
    ]);
}

#[test]
fn hands_that_are_lacking() {
    first_is_right(&[
        (NEED, "Für Auf- und Abbau unseres Hoffests brauchen wir Leute", &["event_helpers"]),
        (NEED, "Der Zaun im Kitagarten müsste gestrichen werden", &["painting_help", "painting"]),
        (NEED, "Die Fenster im zweiten Stock müssen dringend geputzt werden", &["cleaning"]),
        (NEED, "Viele unserer Besucher verstehen die Briefe vom Amt nicht", &["form_filling"]),
        (NEED, "Manche Bewohner bekommen nie Besuch", &["visiting_service"]),
        (NEED, "Zehn Regale müssen zusammengeschraubt werden", &["assembly_help"]),
        (NEED, "Wer schnippelt mit uns Gemüse?", &["kitchen_help"]),
        (NEED, "Wie kommt das Klavier von A nach B?", &["transport_service", "moving_transport"]),
        (NEED, "Neunsitzer für die Fahrt zum Turnier", &["car_loan"]),
    ]);
}

#[test]
fn hands_that_somebody_lends() {
    first_is_right(&[
        (
            OFFER,
            "Zwölf Kolleginnen haben einen Tag frei und wollen anpacken",
            &["social_day", "helping_hands"],
        ),
        (OFFER, "Unsere Azubis suchen ein soziales Projekt", &["social_day"]),
        (OFFER, "Unsere Sekretärin tippt eure Protokolle", &["office_help"]),
        (OFFER, "Wir schälen Kartoffeln und spülen ab", &["kitchen_help"]),
        (OFFER, "Unsere Auszubildenden dekorieren euer Schaufenster", &["window_decorating"]),
        (OFFER, "LKW mit Fahrer, wenn er leer zurückfährt", &["transport_service"]),
        (OFFER, "Unser Sprinter steht am Wochenende", &["van_loan"]),
    ]);
}

#[test]
fn advice_and_knowledge() {
    first_is_right(&[
        (NEED, "Ein Jurist soll unseren Mietvertrag ansehen", &["legal_advice", "property_advice"]),
        (NEED, "Belege ordnen und buchen", &["bookkeeping"]),
        (NEED, "Unsere Flyer sind zu schwer zu verstehen", &["plain_language"]),
        (NEED, "Wer führt durch unseren Klausurtag?", &["moderation"]),
        (NEED, "Viele Mieter sind verschuldet", &["debt_advice"]),
        (NEED, "Uns fehlen Erzieherinnen", &["staff_recruiting"]),
        (OFFER, "Unsere Steuerkanzlei schaut auf eure Unterlagen", &["tax_finance_advice"]),
        (OFFER, "Unsere Mitarbeiter sprechen Arabisch, Türkisch und Polnisch", &["translation_interpreting"]),
        (OFFER, "Unsere Personalabteilung schaut Bewerbungen durch", &["job_application_training"]),
    ]);
    is_not_told(&[(NEED, "Uns fehlen Erzieherinnen", &["parenting_advice"])]);
}

#[test]
fn media_and_computers() {
    first_is_right(&[
        (NEED, "Der Drucker druckt nicht und das Netzwerk spinnt", &["it_support"]),
        (NEED, "In der Unterkunft gibt es kein WLAN", &["network_wifi"]),
        (NEED, "Ältere wollen ihr Smartphone verstehen", &["computer_course"]),
        (NEED, "Wer liest unseren Jahresbericht Korrektur?", &["text_writing"]),
        (OFFER, "Unsere IT-Azubis richten eure Rechner ein", &["it_support"]),
        (OFFER, "Eine Werbefläche an unserem Bauzaun", &["magazine_ad"]),
        (OFFER, "Wir nennen euch auf unserer Internetseite", &["visibility"]),
        (OFFER, "Eure Flyer dürfen bei uns an der Kasse liegen", &["flyer_distribution", "announcement"]),
    ]);
    is_not_told(&[(NEED, "Der Drucker ist kaputt", &["print_products"])]);
}

#[test]
fn money_networks_and_thanks() {
    first_is_right(&[
        (NEED, "Uns fehlen 500 Euro für die Klassenfahrt", &["donation_money"]),
        (NEED, "Austausch mit anderen Leitungskräften", &["networking"]),
        (NEED, "Kontakte zu Unternehmen im Stadtteil", &["contacts"]),
        (NEED, "Wir möchten unseren Ehrenamtlichen danken", &["thanks_recognition"]),
        (OFFER, "Material zum Einkaufspreis", &["discount"]),
        (OFFER, "Wir stellen euch unseren Geschäftspartnern vor", &["contacts"]),
        (OFFER, "Unsere Belegschaft sammelt Schulranzen", &["collection_campaign"]),
        (OFFER, "Einladung zum Unternehmerfrühstück", &["networking"]),
    ]);
}

#[test]
fn culture_and_learning() {
    first_is_right(&[
        (NEED, "Unsere Jugendlichen waren noch nie im Stadion", &["tickets"]),
        (NEED, "Ein Clown für die Kinderstation", &["theatre_performance"]),
        (NEED, "Die Kita möchte eine Bäckerei von innen sehen", &["company_visit"]),
        (NEED, "Betriebe, die Praktikanten nehmen", &["internship"]),
        (OFFER, "Restkarten am Abend der Vorstellung", &["tickets"]),
        (OFFER, "Unsere Azubis stellen ihre Berufe vor", &["career_orientation"]),
        (OFFER, "Käseverkostung", &["tasting"]),
    ]);
}

#[test]
fn crafts_garden_and_health() {
    first_is_right(&[
        (NEED, "Es regnet durchs Dach", &["roofing"]),
        (NEED, "In unserem Gruppenraum ist es zu laut", &["drywall"]),
        (NEED, "Unsere Stromrechnung ist zu hoch", &["energy_advice"]),
        (NEED, "Unser Hof besteht nur aus Beton, es soll grüner werden", &["greening"]),
        (NEED, "Viele unserer Kinder können nicht schwimmen", &["swimming"]),
        (NEED, "Woher bekommen wir Strom für das Straßenfest?", &["power_water"]),
        (OFFER, "Wir schweißen, was ihr braucht", &["metalwork"]),
        (OFFER, "Ein Container für euren Schutt", &["disposal"]),
        (OFFER, "Wir drucken euch Teile in 3D", &["digital_fabrication"]),
        (OFFER, "Unser Bürohund besucht Senioren", &["animal_visit"]),
        (OFFER, "In unserer Boutique kann eine Kleidertauschparty stattfinden", &["swap_event"]),
    ]);
}

#[test]
fn what_every_card_says_tells_no_kind() {
    for (side, text) in [
        (NEED, "Wir freuen uns über jede Hilfe für unsere Kinder"),
        (NEED, "Unser Verein besteht seit 30 Jahren"),
        (OFFER, "Bei uns arbeiten zwanzig Menschen"),
        (OFFER, "Rufen Sie uns einfach an"),
    ] {
        let sure = found(text, side).into_iter().find(|one| one.score > 0.4);
        assert!(sure.is_none(), "{text}: {sure:?}");
    }
}
