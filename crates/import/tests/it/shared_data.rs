//! The real files that lie beside the project on the machines of its makers; elsewhere these tests skip.

use kiez_import::actor::{RawActor, read_actors};
use kiez_import::card::read_cards;
use kiez_import::quarter::read_quarters;
use kiez_import::reading::{ReadOptions, Reading};
use kiez_import::source::load;
use std::path::{Path, PathBuf};
use std::time::Instant;

#[expect(clippy::print_stdout, reason = "a skipped test says so")]
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if folder.is_dir() {
        return Some(folder);
    }
    // Worktrees lie one folder deeper.
    let deeper = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared");
    if deeper.is_dir() {
        return Some(deeper);
    }
    println!("skipped: the folder ../shared with real files is absent");
    None
}

fn actors(path: &Path) -> Reading<RawActor> {
    let source = load(path).unwrap_or_else(|error| panic!("{error}"));
    read_actors(&source, &ReadOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_point_of_interest_of_berlin_is_read() {
    let Some(shared) = shared() else { return };
    let folder = shared.join("data/osm_poi_berlin");
    let begun = Instant::now();
    let (mut read, mut taken, mut with_break) = (0, 0, 0);
    for entry in folder.read_dir().expect("the folder is readable") {
        let reading = actors(&entry.expect("an entry").path());
        assert_eq!(reading.refused, []);
        read += reading.read;
        taken += reading.candidates.len();
        for candidate in &reading.candidates {
            let actor = &candidate.row;
            assert!(actor.position.is_some() && !actor.name.is_empty() && actor.external_id.is_some());
            assert!(actor.branch.is_some(), "{}: {} has no branch", reading.file, actor.name);
            assert!(!actor.name.contains('\n'));
            with_break += usize::from(actor.name == "Hax`nhaus Tegernseer Tönnchen");
        }
    }
    println!("{read} points read in {:?}", begun.elapsed());
    assert_eq!((read, taken, with_break), (39_428, 39_428, 1));
}

#[test]
fn businesses_without_names_get_a_description() {
    let Some(shared) = shared() else { return };
    let reading = actors(&shared.join("data/ihk_berlin_2023.csv"));
    // No business has a name; 72 have no code and no description either, of 604 both are "not known yet".
    assert_eq!((reading.read, reading.candidates.len(), reading.refused.len()), (20_273, 19_597, 676));
    let first = &reading.candidates[0].row;
    assert_eq!(first.name, "Tonstudios u. H. v. Hörfunkbeiträgen");
    assert!(first.unnamed);
    let unknown = reading.candidates.iter().filter(|candidate| candidate.row.branch.is_none()).count();
    assert_eq!(unknown, 0, "businesses with a code and no branch");
    assert_eq!((first.postcode.as_deref(), first.external_id.as_deref()), (Some("12683"), Some("755150660")));
}

#[test]
fn clubs_with_475_columns_and_pharmacies_are_read() {
    let Some(shared) = shared() else { return };
    let clubs = actors(&shared.join("data/osm_tags/clubs_raw.csv"));
    assert_eq!((clubs.read, clubs.candidates.len()), (6_494, 6_494));
    let first = &clubs.candidates[0].row;
    assert_eq!((first.name.as_str(), first.phone.as_deref()), ("Umspannwerk", Some("+49 30 338402320")));
    assert_eq!(first.branch_text.as_deref(), Some("amenity=events_venue"));
    let pharmacies = actors(&shared.join("data/osm_tags/pharmacies_raw.geojson"));
    assert_eq!((pharmacies.read, pharmacies.candidates.len()), (675, 675));
    let branch = |actor: &RawActor| actor.branch.as_ref().map(ToString::to_string);
    assert!(pharmacies.candidates.iter().all(|each| branch(&each.row).as_deref() == Some("pharmacy")));
    let first = &pharmacies.candidates[0].row;
    assert_eq!(first.name, "Reichenberger Apotheke");
    assert_eq!(
        (first.street.as_deref(), first.house_number.as_deref()),
        (Some("Reichenberger Straße"), Some("3"))
    );
    assert_eq!(first.opening_hours.as_deref(), Some("Mo-Th 08:00-19:00; Fr 08:00-18:30; Sa 09:00-13:00"));
}

#[test]
fn youth_centres_in_metres_lie_in_berlin() {
    let Some(shared) = shared() else { return };
    let reading = actors(&shared.join("data/official/youth_centres_epsg25833.geojson"));
    assert_eq!((reading.read, reading.candidates.len()), (407, 407));
    for candidate in &reading.candidates {
        let place = candidate.row.position.expect("every youth centre has a place");
        assert!((52.3..52.7).contains(&place.lat()) && (13.0..13.8).contains(&place.lon()), "{place:?}");
    }
    let youth =
        |actor: &RawActor| actor.branch.as_ref().is_some_and(|branch| branch.as_str() == "youth_centre");
    let known = reading.candidates.iter().filter(|candidate| youth(&candidate.row)).count();
    assert!(known * 10 >= reading.read * 8, "{known} of {} are youth centres", reading.read);
    let first = &reading.candidates[0].row;
    assert_eq!(first.name, "Freizeithaus am Mauerpark");
    assert_eq!(
        (first.street.as_deref(), first.house_number.as_deref()),
        (Some("Schwedter Str."), Some("234"))
    );
    assert_eq!(first.carrier.as_deref(), Some("BA Mitte von Berlin"));
    // Where the map of OpenStreetMap shows Schwedter Straße 234.
    let place = first.position.expect("it has a place");
    assert!((place.lat() - 52.5396).abs() < 0.002 && (place.lon() - 13.4060).abs() < 0.004, "{place:?}");
}

#[test]
fn all_planning_areas_and_two_of_them() {
    let Some(shared) = shared() else { return };
    let source =
        load(&shared.join("data/lor/berlin-lor-planning-areas-until-2020.geojson")).expect("readable");
    let all = read_quarters(&source, &ReadOptions::default()).expect("GeoJSON");
    assert_eq!((all.read, all.candidates.len(), all.refused.len()), (448, 448, 0), "{:?}", all.refused);
    let only = vec!["02020206".to_owned(), "02020204".to_owned()];
    let two = read_quarters(&source, &ReadOptions { only, ..ReadOptions::default() }).expect("GeoJSON");
    let names: Vec<&str> = two.candidates.iter().map(|candidate| candidate.row.name.as_str()).collect();
    assert_eq!(two.read, 2);
    assert!(names.contains(&"Graefekiez") && names.contains(&"Urbanstraße"), "{names:?}");
}

#[test]
fn pairs_of_needs_and_offers_are_cards() {
    let Some(shared) = shared() else { return };
    let source = load(&shared.join("gold/pairs_dev.tsv")).expect("readable");
    let reading = read_cards(&source, &ReadOptions::default()).expect("cards");
    assert_eq!(reading.refused, []);
    assert_eq!(reading.candidates.len(), 67 * 2 + 48);
    assert!(reading.candidates.iter().all(|card| card.row.language.as_deref() == Some("de")));
}
