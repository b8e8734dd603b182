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
