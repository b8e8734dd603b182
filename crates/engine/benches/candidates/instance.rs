//! Needs and offers of a made-up city, as people would write them.
//!
//! The city is that of `city.rs`; its kinds are the first 400 of the taxonomy, set by hand. A text is an opening, a word
//! for the kind, a compound of two halves drawn by lot and a close, so that hardly two of a city are the same. One
//! place in five does not speak the language of all others, where it speaks another.

use crate::city::{City, Dice, KINDS, Place};
use kiez_domain::language::LanguageTag;
use kiez_domain::position::Position;
use kiez_domain::week_hours::WeekHours;
use kiez_engine::taxonomy::Kind;
use kiez_engine::{Knowledge, Need, Offer};
use std::sync::LazyLock;

/// How many there are, and how wide the region is in metres.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recipe {
    pub(crate) name: &'static str,
    pub(crate) needs: usize,
    pub(crate) offers: usize,
    width: f64,
    /// How many needs are compared with a full scan.
    pub(crate) sample: usize,
}

pub(crate) const RECIPES: [Recipe; 3] = [
    Recipe { name: "kiez", needs: 200, offers: 2_000, width: 3_000.0, sample: 200 },
    Recipe { name: "city", needs: 20_000, offers: 350_000, width: 15_000.0, sample: 100 },
    Recipe { name: "country", needs: 200_000, offers: 3_500_000, width: 47_500.0, sample: 10 },
];

pub(crate) struct Instance {
    pub(crate) needs: Vec<Need>,
    pub(crate) offers: Vec<Offer>,
}

const LANGUAGES: [&str; 16] =
    ["de", "tr", "ar", "en", "pl", "ru", "uk", "fa", "ku", "vi", "it", "fr", "es", "ro", "bg", "el"];
/// The south-west corner.
const CORNER: (f64, f64) = (52.4, 13.2);
const METRES_A_DEGREE: f64 = 111_195.0;

pub(crate) fn make(recipe: Recipe, dice: &mut Dice) -> Instance {
    let city = City::new(dice, recipe.width);
    let offers = city.places(dice, recipe.offers);
    let needs = city.places(dice, recipe.needs);
    Instance {
        needs: needs.iter().enumerate().map(|(number, place)| need(dice, number, place)).collect(),
        offers: offers.iter().enumerate().map(|(number, place)| offer(dice, number, place)).collect(),
    }
}

fn need(dice: &mut Dice, number: usize, place: &Place) -> Need {
    let kind = kind(place.kind);
    Need {
        id: number.to_string(),
        text: need_text(dice, place.kind),
        kinds: vec![kind.id.clone()],
        position: Some(position(place)),
        radius_m: Some(place.radius as u32),
        units: place.units,
        times: Some(hours(place)),
        languages: languages(dice, place),
        ..Need::default()
    }
}

fn offer(dice: &mut Dice, number: usize, place: &Place) -> Offer {
    let kind = kind(place.kind);
    Offer {
        id: number.to_string(),
        text: offer_text(dice, place.kind),
        kinds: vec![kind.id.clone()],
        position: Some(position(place)),
        radius_m: Some(place.radius as u32),
        capacity: Some(place.units),
        times: Some(hours(place)),
        languages: languages(dice, place),
        ..Offer::default()
    }
}

/// One of the kinds.
pub(crate) fn kind(number: usize) -> &'static Kind {
    static KINDS_BELOW_A_BRANCH: LazyLock<Vec<&Kind>> = LazyLock::new(|| {
        let all = Knowledge::built_in().taxonomy().kinds().iter();
        all.filter(|kind| kind.parent.is_some()).take(KINDS).collect()
    });
    KINDS_BELOW_A_BRANCH[number]
}

fn position(place: &Place) -> Position {
    let (south, west) = CORNER;
    let lat = south + place.y / METRES_A_DEGREE;
    let lon = west + place.x / METRES_A_DEGREE / south.to_radians().cos();
    Position::new(lat, lon).expect("a region of some kilometres")
}

fn hours(place: &Place) -> WeekHours {
    (0..168_usize).filter(|hour| place.hours[hour / 64] >> (hour % 64) & 1 == 1).collect()
}

fn languages(dice: &mut Dice, place: &Place) -> Vec<LanguageTag> {
    let others = place.languages & !1;
    let set = if others != 0 && dice.below(5) == 0 { others } else { place.languages };
    let spoken = LANGUAGES.iter().enumerate().filter(|(bit, _)| set >> bit & 1 == 1);
    spoken.map(|(_, tag)| tag.parse().expect("a tag of the list")).collect()
}

/// What a need for this kind could say.
pub(crate) fn need_text(dice: &mut Dice, number: usize) -> String {
    let terms = &kind(number).terms;
    sentence(dice, &[&terms.de, &terms.need_de], [&NEED_OPENINGS, &NEED_CLOSES])
}

/// What an offer of this kind could say.
pub(crate) fn offer_text(dice: &mut Dice, number: usize) -> String {
    let terms = &kind(number).terms;
    sentence(dice, &[&terms.de, &terms.offer_de], [&OFFER_OPENINGS, &OFFER_CLOSES])
}

fn sentence(dice: &mut Dice, terms: &[&Vec<String>], frame: [&[&str]; 2]) -> String {
    let terms: Vec<&String> = terms.iter().flat_map(|side| side.iter()).collect();
    // Signs of the taxonomy's own are no words.
    let term = terms[below(dice, terms.len())].replace(['~', '+', '*', '|'], " ");
    let term: Vec<&str> = term.split_whitespace().collect();
    let [opening, close] = frame.map(|side| side[below(dice, side.len())]);
    let (first, second) = (FIRST[below(dice, FIRST.len())], SECOND[below(dice, SECOND.len())]);
    format!("{opening} {}, {first}{second} {close}", term.join(" "))
}

fn below(dice: &mut Dice, count: usize) -> usize {
    dice.below(u32::try_from(count).expect("few enough")) as usize
}

const NEED_OPENINGS: [&str; 8] = [
    "Wir suchen",
    "Gesucht:",
    "Uns fehlt",
    "Wir brauchen dringend",
    "Wer hat",
    "Wer kann helfen:",
    "Für unser Sommerfest",
    "Unsere Gruppe wünscht sich",
];
const NEED_CLOSES: [&str; 8] = [
    "für unsere Kinder",
    "für den Nachmittag",
    "im Stadtteil",
    "für zwanzig Menschen",
    "in der Kita",
    "für das Nachbarschaftshaus",
    "vor den Ferien",
    "",
];
const OFFER_OPENINGS: [&str; 8] = [
    "Wir bieten",
    "Gern",
    "Kostenlos:",
    "Zu verschenken:",
    "Einmal im Monat",
    "Unser Betrieb hat",
    "Nach Absprache",
    "Aus unserem Lager",
];
const OFFER_CLOSES: [&str; 8] = [
    "für Vereine",
    "am Vormittag",
    "zum Abholen",
    "auch am Wochenende",
    "in kleinen Mengen",
    "für Schulen",
    "mit etwas Vorlauf",
    "",
];
const FIRST: [&str; 32] = [
    "Holz", "Garten", "Kinder", "Schul", "Straßen", "Sommer", "Winter", "Werk", "Papier", "Stoff", "Metall",
    "Musik", "Sport", "Wasser", "Licht", "Farb", "Küchen", "Büro", "Haus", "Stadt", "Markt", "Brot",
    "Fahrrad", "Computer", "Foto", "Theater", "Bücher", "Tanz", "Spiel", "Nähe", "Blumen", "Kaffee",
];
const SECOND: [&str; 32] = [
    "kisten",
    "tage",
    "reste",
    "kurse",
    "treffen",
    "geräte",
    "material",
    "stunden",
    "räume",
    "platten",
    "werkstatt",
    "gruppe",
    "plätze",
    "feste",
    "taschen",
    "regale",
    "karten",
    "möbel",
    "hilfe",
    "proben",
    "wagen",
    "ecken",
    "teile",
    "bretter",
    "projekte",
    "maschinen",
    "tische",
    "bühne",
    "ausflug",
    "lager",
    "rahmen",
    "runde",
];
