use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn catalogue() -> &'static BranchCatalogue {
    BranchCatalogue::built_in()
}

fn name(found: Option<BranchId>) -> &'static str {
    found.map_or("nothing", |id| id.as_str())
}

/// Compares every sample before it fails, so that one run shows all that is wrong.
fn compare(samples: &[(&str, &str)], find: impl Fn(&str) -> Option<BranchId>) {
    let wrong: Vec<String> = samples
        .iter()
        .map(|(text, expected)| (text, expected, name(find(text))))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(text, expected, found)| format!("{text}: {found} instead of {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_catalogue_has_no_word_twice_and_a_label_in_every_language() {
    // A word, category, tag or class in two branches is refused by the parser.
    let catalogue =
        BranchCatalogue::parse(include_str!("../../../../data/branches.toml")).expect("a sound file");
    for branch in catalogue.all() {
        for language in ["de", "en", "tr", "ar"] {
            assert!(!branch.label(language).trim().is_empty(), "{} in {language}", branch.name);
        }
        assert!(!branch.related.contains(&branch.id), "{} is its own neighbour", branch.name);
    }
    let labels: BTreeSet<&str> = catalogue.all().iter().map(|branch| branch.label("de")).collect();
    assert_eq!(labels.len(), catalogue.all().len(), "two branches have one German label");
}

#[test]
fn a_broken_catalogue_says_what_is_wrong() {
    let line = |id: &str, words: &str, related: &str| {
        format!(
            "[[branch]]\nid = \"{id}\"\nside = \"business\"\nlabels = {{ de = \"a\", en = \"a\", tr = \"a\", ar = \"a\" }}\n\
             osm = []\ncategories = []\nwz = []\nwords = [{words}]\nrelated = [{related}]\n"
        )
    };
    let reason = |text: String| BranchCatalogue::parse(&text).expect_err("broken").to_string();
    let twice = line("cafe", "\"Café\"", "") + &line("bar", "\"cafe\"", "");
    assert!(reason(twice).contains("\"cafe\" stands in the catalogue twice"));
    assert!(reason(line("cafe", "", "\"pub\"")).contains("the related branch pub"));
    assert!(reason(line("cafe", "", "") + &line("cafe", "", "")).contains("the branch \"cafe\""));
    assert!(
        reason(line("cafe", "", "").replace("osm = []", "osm = [\"colour=red\"]")).contains("colour=red")
    );
    assert!(reason(line("cafe", "", "").replace("side = \"business\"", "side = \"shop\"")).contains("cafe"));
}

#[test]
fn ids_are_those_of_the_catalogue_only() {
    for branch in catalogue().all() {
        assert_eq!(branch.name.parse::<BranchId>(), Ok(branch.id.clone()));
        assert_eq!(branch.id.to_string(), branch.name);
    }
    assert_eq!("".parse::<BranchId>(), Err(Problem::Missing));
    let unknown = "moon_base".parse::<BranchId>().expect_err("no such branch");
    assert!(unknown.to_string().contains("moon_base"));
    let read: BranchId = serde_json::from_str("\"cafe\"").expect("known");
    assert_eq!(serde_json::to_string(&read).expect("text"), "\"cafe\"");
    assert!(serde_json::from_str::<BranchId>("\"moon_base\"").is_err());
}

#[test]
fn sides_follow_what_an_actor_is() {
    let sides = [
        ("cafe", Side::Business),
        ("kindergarten", Side::Institution),
        ("community_garden", Side::Initiative),
        ("library", Side::PublicBody),
        ("playground", Side::Place),
    ];
    for (id, side) in sides {
        assert_eq!(id.parse::<BranchId>().expect("known").side(), side, "{id}");
    }
}

#[test]
fn labels_are_german_where_a_language_is_not_there() {
    let bakery: BranchId = "bakery".parse().expect("known");
    assert_eq!(
        [bakery.label("de"), bakery.label("en"), bakery.label("tr"), bakery.label("pl")],
        ["Bäckerei", "Bakery", "Fırın", "Bäckerei"]
    );
}

#[test]
fn categories_are_found_however_they_are_written() {
    let samples = [
        ("cafes", "cafe"),
        ("Cafés", "cafe"),
        ("BÄCKEREIEN", "bakery"),
        ("Baeckerei", "bakery"),
        ("grocery-stores", "supermarket"),
        ("fast_food_restaurants", "fast_food"),
        ("ice cream parlours", "ice_cream"),
        ("Jugendfreizeiteinrichtungen (JFE)", "youth_centre"),
        ("places-of-worship", "worship"),
        ("childcare", "kindergarten"),
        ("second_hand", "second_hand"),
        ("Kinderbauernhöfe", "city_farm"),
        ("tram-stops", "transport_stop"),
        ("", "nothing"),
        ("---", "nothing"),
        ("perpetuum mobile", "nothing"),
    ];
    compare(&samples, |text| catalogue().from_category(text));
}

#[test]
fn the_more_telling_tag_wins() {
    let find = |tags: &[(&str, &str)]| name(catalogue().from_osm(tags));
    assert_eq!(find(&[("name", "Ahorn"), ("amenity", "cafe")]), "cafe");
    assert_eq!(
        find(&[("amenity", "community_centre"), ("community_centre", "youth_centre")]),
        "youth_centre"
    );
    assert_eq!(find(&[("amenity", "doctors"), ("healthcare", "psychotherapist")]), "psychotherapy");
    assert_eq!(find(&[("amenity", "social_facility"), ("social_facility", "nursing_home")]), "nursing_home");
    assert_eq!(find(&[("amenity", "social_facility"), ("social_facility", "something_new")]), "charity");
    assert_eq!(find(&[("leisure", "sports_centre"), ("club", "sport")]), "sports_club");
    assert_eq!(find(&[("craft", "carpenter"), ("shop", "furniture")]), "furniture_shop");
    assert_eq!(find(&[("shop", "umbrellas")]), "shop");
    assert_eq!(find(&[("shop", "vacant")]), "nothing");
    assert_eq!(find(&[("shop", "deli; bakery")]), "delicatessen");
    assert_eq!(find(&[("building", "yes")]), "nothing");
    assert_eq!(find(&[]), "nothing");
}

#[test]
fn wz_classes_are_found_by_their_longest_beginning() {
    let samples = [
        ("56.10.3", "cafe"),
        ("5610", "restaurant"),
        ("I 56.10.9", "restaurant"),
        ("WZ 2008 56.30.1", "pub"),
        ("WZ08-47.11.1", "supermarket"),
        ("47.11", "supermarket"),
        ("4778", "shop"),
        ("4391", "roofer"),
        ("43.91.2", "carpenter"),
        ("6910", "lawyer"),
        ("69.20", "tax_adviser"),
        ("8891", "kindergarten"),
        ("9602", "hairdresser"),
        ("2829", "manufacturing"),
        ("9609", "company"),
        ("4", "nothing"),
        ("0000", "nothing"),
        ("NULL", "nothing"),
        ("", "nothing"),
    ];
    compare(&samples, |text| catalogue().from_wz(text));
}

#[test]
fn names_and_descriptions_tell_the_branch() {
    let samples = [
        ("Tischlerei Ahorn", "carpenter"),
        ("Tischlerei-Museum", "museum"),
        ("Schreinermeister Holm", "carpenter"),
        ("Kita Regenbogen e. V.", "kindergarten"),
        ("Naturkita Waldameise", "kindergarten"),
        ("Café am Rathaus", "cafe"),
        ("Café Schuster", "cafe"),
        ("Restaurant Zur alten Apotheke", "restaurant"),
        ("Hotel am Zoo", "hotel"),
        ("Friseur*innen am Platz", "hairdresser"),
        ("Rechtsanwältinnen Kaya & Brandt", "lawyer"),
        ("RECHTSANWÄLTE", "lawyer"),
        ("Ba\u{308}ckerei Sonne", "bakery"),
        ("Kfz-Werkstatt Yilmaz GmbH", "car_repair"),
        ("Wunderbar GmbH", "company"),
        ("Förderkreis Ostpark e.V.", "association"),
        ("Werkstatt für Menschen mit Behinderung", "sheltered_workshop"),
        ("Agentur für Arbeit", "job_centre"),
        ("Deutsches Rotes Kreuz, Kreisverband Mitte", "charity"),
        ("Schmuckladen", "jewelry"),
        ("Zweiradhaus", "bicycle_shop"),
        ("Steuerberaterin", "tax_adviser"),
        ("İşletme Kuaför Ayla", "hairdresser"),
        ("Kita Sonnenblume", "kindergarten"),
        ("Evangelische Kita Otto", "kindergarten"),
        ("Museum der Dinge", "museum"),
        ("Gemüse Kebap am Tor", "fast_food"),
        ("Radiologische Praxis", "doctor"),
        ("Kampfkunst-Akademie", "sports_club"),
        ("Landschaftsbaubetrieb Süd", "landscaper"),
        ("Bäckerstraße 4", "nothing"),
        ("Raum Tempelhof", "nothing"),
        ("Ahorn & Söhne", "nothing"),
        ("Frau Weinert", "nothing"),
        ("", "nothing"),
    ];
    compare(&samples, |text| catalogue().from_words(text));
}

#[test]
fn organisations_of_engagement_markets_are_told_from_one_word() {
    let samples = [
        ("Baumarkt", "hardware_store"),
        ("Wohlfahrtsverband", "charity"),
        ("Medienbüro", "advertising_agency"),
        ("Sparkasse", "bank"),
        ("Stadtsparkasse", "bank"),
        ("Autohaus", "car_dealer"),
        ("Werbeagentur", "advertising_agency"),
        ("Altenheim", "nursing_home"),
        ("Verein", "association"),
        ("Grundschule", "school"),
        ("Jugendclub", "youth_centre"),
        ("Mehrgenerationenhaus", "family_centre"),
        ("Handelskette", "supermarket"),
        ("Freiwilligenagentur", "volunteer_agency"),
        ("Bürgerstiftung", "foundation"),
        ("Wohnungsbaugesellschaft", "housing_company"),
        ("Frauenhaus", "women_project"),
        ("Flüchtlingsunterkunft", "refugee_project"),
        ("Obdachlosenhilfe", "homeless_service"),
        ("Tierheim", "animal_shelter"),
        ("Kirchengemeinde", "worship"),
        ("Softwareunternehmen", "it_services"),
        ("Garten- und Landschaftsbaubetrieb", "landscaper"),
        ("Industrie- und Handelskammer", "chamber"),
        ("Blindenverein", "disability_services"),
        ("Kinderzirkus", "circus"),
        ("Fußballverein", "sports_club"),
        ("Unternehmen", "company"),
        ("Handwerksbetrieb", "craft"),
    ];
    compare(&samples, |text| catalogue().from_words(text));
}

proptest! {
    #[test]
    fn any_text_is_looked_up_without_panic(text in "\\PC{0,60}") {
        drop(catalogue().from_words(&text));
        drop(catalogue().from_category(&text));
        drop(catalogue().from_wz(&text));
        drop(catalogue().from_osm(&[(&text, &text), ("shop", &text)]));
    }

    #[test]
    fn case_makes_no_difference(place in 0..1000usize) {
        let branch = &catalogue().all()[place % catalogue().all().len()];
        let label = branch.label("de");
        prop_assert_eq!(catalogue().from_words(label), catalogue().from_words(&label.to_uppercase()));
        prop_assert_eq!(catalogue().from_category(label), catalogue().from_category(&label.to_lowercase()));
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_taxonomy_names_only_branches_of_the_catalogue() {
    let mut unknown = BTreeSet::new();
    for file in
        std::fs::read_dir(root().join("data/taxonomy")).expect("the taxonomy is part of the repository")
    {
        let path = file.expect("a readable folder").path();
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let table: toml::Table = text.parse().expect("a sound file");
        let kinds = table.get("kind").and_then(toml::Value::as_array).into_iter().flatten();
        let priors = kinds.filter_map(|kind| kind.get("branches")?.as_table());
        let names = priors.flat_map(|branches| branches.keys());
        unknown.extend(names.filter(|name| name.parse::<BranchId>().is_err()).cloned());
    }
    assert!(unknown.is_empty(), "not in data/branches.toml: {unknown:?}");
}

/// The folder of public data for measuring, where the machine has it.
fn public_data() -> Option<PathBuf> {
    let places = [root().join("../shared/data"), root().join("../../shared/data")];
    let found = places.into_iter().find(|folder| folder.is_dir());
    if found.is_none() {
        println!("skipped: ../shared/data with the public data is not here");
    }
    found
}

#[test]
fn every_category_of_the_public_points_of_interest_has_a_branch() {
    let Some(data) = public_data() else { return };
    let files = std::fs::read_dir(data.join("osm_poi_berlin")).expect("a readable folder");
    let stems: Vec<String> = files
        .map(|file| file.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    let missing: Vec<&String> =
        stems.iter().filter(|stem| catalogue().from_category(stem).is_none()).collect();
    assert!(stems.len() >= 43, "only {} files", stems.len());
    assert!(missing.is_empty(), "no branch: {missing:?}");
}

#[test]
fn every_class_of_the_public_register_of_businesses_has_a_branch() {
    let Some(data) = public_data() else { return };
    let text = std::fs::read_to_string(data.join("ihk_berlin_2023.csv")).expect("a readable file");
    // The class is the seventh column; no column before it is quoted. 0000 and NULL stand for "unknown".
    let classes: BTreeSet<&str> = text.lines().skip(1).filter_map(|line| line.split(',').nth(6)).collect();
    let unknown = ["0000", "NULL", ""];
    let known = classes.iter().filter(|class| !unknown.contains(class));
    let missing: Vec<&&str> = known.filter(|class| catalogue().from_wz(class).is_none()).collect();
    assert!(classes.len() > 300, "only {} classes", classes.len());
    assert!(missing.is_empty(), "no branch: {missing:?}");
}

#[test]
fn where_nobody_stands_is_a_place() {
    for tags in [
        [("amenity", "bicycle_rental"), ("bicycle_rental", "docking_station")],
        [("highway", "bus_stop"), ("shelter", "yes")],
        [("railway", "tram_stop"), ("public_transport", "stop_position")],
        [("railway", "station"), ("station", "subway")],
        [("leisure", "playground"), ("access", "yes")],
        [("leisure", "park"), ("operator", "Bezirksamt")],
    ] {
        let found = catalogue().from_osm(&tags).expect("a branch");
        assert_eq!(found.side(), Side::Place, "{tags:?}");
    }
    for category in ["bicycle-rentals", "bus-stops", "tram-stops", "sbahn-stops", "ubahn-stops", "parks"] {
        let found = catalogue().from_category(category).expect("a branch");
        assert_eq!(found.side(), Side::Place, "{category}");
    }
}

#[test]
fn who_rents_bicycles_over_a_counter_can_be_asked() {
    let counter = [("amenity", "bicycle_rental"), ("bicycle_rental", "shop")];
    for found in [
        catalogue().from_osm(&counter),
        catalogue().from_wz("77.21.1"),
        catalogue().from_category("Fahrradverleih"),
        catalogue().from_words("Fahrradverleih Ahorn"),
    ] {
        assert_eq!(found.map(|branch| branch.side()), Some(Side::Business));
    }
}

#[test]
fn a_description_is_no_name() {
    for description in
        ["Café", "Apotheke", "Anwaltskanzlei", "EH m. Fahrrädern", "H. v. Möbeln", "Vermietung v. Rädern"]
    {
        assert!(catalogue().is_description(description), "{description}");
    }
    for name in ["Café Ahorn", "Anwaltskanzlei Yıldız", "Fischer u. Töchter", "H. Müller", "Nextbike", ""]
    {
        assert!(!catalogue().is_description(name), "{name}");
    }
}
