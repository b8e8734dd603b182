//! Maps of OpenStreetMap: found again by element, never twice, never deleted, human edits win.

use crate::{App, apps};
use kiez_app::actor;
use kiez_app::difference::{self, Choice, OpenDifference};
use kiez_app::error::AppError;
use kiez_app::geocode::{self, Found};
use kiez_app::import::map::{self, MapRequest, Part};
use kiez_app::import::report::ImportReport;
use kiez_app::import::{self, ImportRequest};
use kiez_app::page::{ActorFilter, Page};
use kiez_domain::actor::{Actor, ActorForm, Stage, StageEvent};
use kiez_domain::position::Position;
use kiez_import::osm::{ELEMENT_LIMIT, Progress};
use kiez_import::reading::ImportKind;
use kiez_import::source::Source;
use kiez_testkit::pbf::{Map, Tags};

const NORTH: (f64, f64) = (52.4925, 13.4140);
const SOUTH: (f64, f64) = (52.4900, 13.4140);

fn shop(name: &str) -> Vec<(&str, &str)> {
    vec![("shop", "books"), ("name", name), ("addr:street", "Graefestraße"), ("addr:housenumber", "80")]
}

/// Two shops; the file says that it covers the whole quarter.
fn two_shops() -> Map {
    covering(Map::new().node(1, NORTH, &shop("Buchladen Nord")).node(2, SOUTH, &shop("Buchladen Süd")))
}

fn covering(map: Map) -> Map {
    map.covering((52.48, 13.40), (52.50, 13.43))
}

async fn take(app: &App, map: &Map) -> ImportReport {
    take_part(app, map, Part::Whole).await.expect("readable")
}

async fn take_part(app: &App, map: &Map, part: Part) -> Result<ImportReport, AppError> {
    let request = MapRequest {
        sources: vec![Source::new("kiez.osm.pbf", map.file())],
        part,
        limit_elements: ELEMENT_LIMIT,
        progress: Progress::default(),
        dry_run: false,
    };
    map::run(&app.ctx, &app.coordinator(), app.world.project, request).await
}

async fn take_list(app: &App, text: &str) -> ImportReport {
    let sources = vec![Source::new("books.csv", text.as_bytes().to_vec())];
    let kind = ImportKind::Actors;
    let request = ImportRequest::new(kind, sources);
    import::run(&app.ctx, &app.coordinator(), app.world.project, request).await.expect("readable")
}

async fn named(app: &App, name: &str) -> Vec<Actor> {
    let (mira, project) = (app.coordinator(), app.world.project);
    let all = actor::list(&app.ctx, &mira, project, ActorFilter::default(), Page::default()).await;
    let rows = all.expect("listed").listing.rows;
    let mut found = Vec::new();
    for row in rows.into_iter().filter(|row| row.name.as_str() == name) {
        found.push(actor::get(&app.ctx, &mira, project, row.id).await.expect("found").actor);
    }
    found
}

fn figures(report: &ImportReport) -> [usize; 5] {
    [
        report.figures.read,
        report.figures.new,
        report.figures.changed,
        report.figures.unchanged,
        report.figures.differences,
    ]
}

#[tokio::test]
async fn the_same_map_twice_changes_nothing() {
    for app in apps().await {
        assert_eq!(figures(&take(&app, &two_shops()).await), [2, 2, 0, 0, 0]);
        let again = take(&app, &two_shops()).await;
        assert_eq!((figures(&again), again.import), ([2, 0, 0, 2, 0], None));
        let shop = &named(&app, "Buchladen Nord").await[0];
        assert_eq!(shop.quarter, Some(app.world.graefekiez), "the quarter follows from the place");
        assert!(!shop.published, "nothing imported is public by itself");
    }
}

#[tokio::test]
async fn a_newer_map_brings_new_and_changed_and_lists_what_is_gone_once() {
    for app in apps().await {
        take(&app, &two_shops()).await;
        let newer = covering(Map::new().node(1, NORTH, &shop("Buchladen Nordwind")).node(
            3,
            SOUTH,
            &shop("Bücherkiste"),
        ));
        let report = take(&app, &newer).await;
        assert_eq!(figures(&report), [2, 1, 1, 0, 1]);
        let gone: Vec<(&str, &str)> =
            report.files[0].gone.iter().map(|gone| (gone.name.as_str(), gone.source.as_str())).collect();
        assert_eq!(gone, [("Buchladen Süd", "node/2")]);
        assert_eq!(named(&app, "Buchladen Süd").await.len(), 1, "it stays");
        assert_eq!(named(&app, "Buchladen Nordwind").await.len(), 1);
        let again = take(&app, &newer).await;
        assert_eq!((figures(&again), again.import), ([2, 0, 0, 2, 0], None), "it is listed once");
        // It comes back and vanishes again: that is news.
        assert_eq!(figures(&take(&app, &two_shops()).await)[3..], [1, 1], "node 3 is gone, node 2 is back");
        assert_eq!(take(&app, &newer).await.files[0].gone.len(), 1);
    }
}

/// Takes a map in from which one of two shops has vanished; gives that shop and the question about it.
async fn vanished(app: &App) -> (Actor, OpenDifference) {
    take(app, &two_shops()).await;
    take(app, &covering(Map::new().node(1, NORTH, &shop("Buchladen Nord")))).await;
    let (mira, project) = (app.coordinator(), app.world.project);
    let open = difference::list(&app.ctx, &mira, project, Page::default()).await.expect("listed").rows;
    let [asked] = open.try_into().expect("one question");
    (named(app, "Buchladen Süd").await.remove(0), asked)
}

#[tokio::test]
async fn who_vanished_from_the_map_and_has_closed_is_closed_and_keeps_its_history() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let (closed, asked) = vanished(&app).await;
        assert_eq!((asked.field.as_str(), asked.ours.as_str()), (difference::GONE, "node/2"));
        let how = (asked.version, Choice::Theirs);
        difference::settle(ctx, mira, project, asked.id, how).await.expect("settled");
        let after = actor::get(ctx, mira, project, closed.id).await.expect("it stays").actor;
        assert_eq!((after.stage, after.data), (Stage::Gone, closed.data));
    }
}

#[tokio::test]
async fn who_vanished_from_the_map_and_is_still_there_stays_as_it_is() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let (closed, asked) = vanished(&app).await;
        let how = (asked.version, Choice::Ours);
        difference::settle(ctx, mira, project, asked.id, how).await.expect("settled");
        assert_eq!(actor::get(ctx, mira, project, closed.id).await.expect("there").actor, closed);
        take(&app, &covering(Map::new().node(1, NORTH, &shop("Buchladen Nord")))).await;
        let open = difference::list(ctx, mira, project, Page::default()).await.expect("listed");
        assert_eq!(open.total, 0, "the question is not asked again");
    }
}

#[tokio::test]
async fn saying_that_a_closed_shop_has_closed_settles_the_question_all_the_same() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let (closed, asked) = vanished(&app).await;
        let close = [(closed.id, StageEvent::Close)];
        actor::transition_all(ctx, mira, project, &close).await.expect("closed at its door");
        let how = (asked.version, Choice::Theirs);
        difference::settle(ctx, mira, project, asked.id, how).await.expect("settled");
        let open = difference::list(ctx, mira, project, Page::default()).await.expect("listed");
        assert_eq!(open.total, 0);
    }
}

#[tokio::test]
async fn the_ground_is_drawn_from_the_map_and_names_its_makers() {
    for app in apps().await {
        let (mira, project) = (app.coordinator(), app.world.project);
        let ground = || kiez_app::ground::find(&app.ctx, &mira, project);
        take(&app, &two_shops()).await;
        assert_eq!(ground().await.expect("may be read"), None, "two shops are no ground");
        let with_street =
            two_shops().way(5, &[1, 2], &[("highway", "residential"), ("name", "Graefestraße")]);
        let report = take(&app, &with_street).await;
        assert!(report.import.is_some(), "a new ground is something");
        let first = ground().await.expect("may be read").expect("drawn");
        assert_eq!(first.attribution.map(String::from).as_deref(), Some("© OpenStreetMap contributors"));
        assert!(first.bounds.contains(Position::new(52.491, 13.414).expect("valid")));
        assert_eq!(take(&app, &with_street).await.import, None, "the same ground is nothing new");
    }
}

#[tokio::test]
async fn what_lies_outside_of_the_map_is_not_gone() {
    for app in apps().await {
        take(&app, &two_shops()).await;
        let north_only = Map::new().node(1, NORTH, &shop("Buchladen Nord"));
        let north_only = north_only.covering((52.491, 13.40), (52.50, 13.43));
        assert_eq!(figures(&take(&app, &north_only).await), [1, 0, 0, 1, 0]);
        let around = Part::Around(Position::new(NORTH.0, NORTH.1).expect("valid"), 100.0);
        let report =
            take_part(&app, &covering(Map::new().node(1, NORTH, &shop("Buchladen Nord"))), around).await;
        assert_eq!(figures(&report.expect("readable")), [1, 0, 0, 1, 0]);
    }
}

#[tokio::test]
async fn a_human_edit_wins_and_the_difference_is_listed() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        take(&app, &two_shops()).await;
        let known = named(&app, "Buchladen Nord").await.remove(0);
        let edited = ActorForm { name: "Nord".into(), ..ActorForm::from(&known.data) };
        actor::update(ctx, mira, project, known.id, (known.version, edited)).await.expect("saved");
        let newer = covering(Map::new().node(1, NORTH, &shop("Buchladen Nordost")).node(
            2,
            SOUTH,
            &shop("Buchladen Süd"),
        ));
        assert_eq!(figures(&take(&app, &newer).await), [2, 0, 0, 2, 1]);
        assert_eq!(named(&app, "Nord").await.len(), 1);
    }
}

#[tokio::test]
async fn a_revert_takes_the_map_back() {
    for app in apps().await {
        take(&app, &two_shops()).await;
        let newer = covering(Map::new().node(1, NORTH, &shop("Neu")).node(3, SOUTH, &shop("Auch neu")));
        let report = take(&app, &newer).await;
        let id = report.import.expect("something was done").parse().expect("an id");
        let back = import::revert(&app.ctx, &app.coordinator(), app.world.project, id).await.expect("young");
        assert_eq!((back.removed, back.restored, back.kept), (1, 1, 0));
        assert_eq!(named(&app, "Buchladen Nord").await.len(), 1);
        assert!(named(&app, "Auch neu").await.is_empty());
    }
}

#[tokio::test]
async fn a_list_made_of_the_same_elements_is_recognised() {
    for app in apps().await {
        // The list knows a postcode that the map does not: it stays.
        take_list(
            &app,
            "id,name,street,zip_code,lat,lon\n1,Buchladen Nord,Graefestraße 80,10967,52.4925,13.4140\n",
        )
        .await;
        let report = take(&app, &two_shops()).await;
        assert_eq!(figures(&report)[1], 1, "only the second shop is new");
        let shop = &named(&app, "Buchladen Nord").await[..];
        assert_eq!(shop.len(), 1);
        assert_eq!(shop[0].data.address.postcode.as_ref().map(|code| code.as_str()), Some("10967"));
        assert_eq!(figures(&take(&app, &two_shops()).await), [2, 0, 0, 2, 0]);
    }
}

#[tokio::test]
async fn a_bare_number_alone_is_no_proof() {
    for app in apps().await {
        take_list(&app, "id,name,street,lat,lon\n1,Ganz woanders,Weserstraße 1,52.4800,13.4300\n").await;
        assert_eq!(figures(&take(&app, &two_shops()).await)[1], 2, "number 1 of that list is something else");
        assert_eq!(named(&app, "Ganz woanders").await.len(), 1);
    }
}

#[tokio::test]
async fn what_somebody_entered_by_hand_a_few_steps_away_is_the_same() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let by_hand = |lat: &str| ActorForm {
            name: "Buchladen Nord".into(),
            side: "business".into(),
            lat: lat.into(),
            lon: "13.4140".into(),
            ..ActorForm::default()
        };
        // 0.0002° are 22 metres, 0.001° are 111.
        actor::create(ctx, mira, project, (by_hand("52.4927"), "key")).await.expect("saved");
        let report = take(&app, &two_shops()).await;
        assert_eq!(report.figures.new, 1);
        let known = named(&app, "Buchladen Nord").await;
        assert_eq!(known.len(), 1);
        let position = known[0].data.position.map(|at| at.lat());
        assert_eq!(position, Some(52.4927), "where somebody put it, it stays");
        let street = known[0].data.address.street.as_ref().map(|street| street.as_str());
        assert_eq!(street, Some("Graefestraße"), "what was empty is filled");
    }
}

#[tokio::test]
async fn a_quarter_of_the_project_or_a_named_area_of_the_map_may_be_asked_for() {
    for app in apps().await {
        let area: Tags<'_> = &[("place", "neighbourhood"), ("name", "Reuterkiez")];
        let map = two_shops().square(20, (52.4840, 13.4280), 0.004, area).node(
            9,
            (52.4860, 13.4300),
            &shop("Buchladen Ost"),
        );
        let asked = |name: &str| Part::Quarters(vec![name.to_owned()]);
        let report = take_part(&app, &map, asked("Graefekiez")).await.expect("known to the project");
        assert_eq!(report.figures.new, 2, "{:?}", report.files);
        let report = take_part(&app, &map, asked("Reuterkiez")).await.expect("known to the map");
        assert_eq!(report.figures.new, 1);
        let shop = &named(&app, "Buchladen Ost").await[0];
        assert!(shop.quarter.is_some(), "the area is a quarter of the project now");
        let refused =
            take_part(&app, &map, asked("Atlantis")).await.expect_err("nobody knows it").to_string();
        assert!(refused.contains("Atlantis; known are ") && refused.contains("Reuterkiez"), "{refused}");
    }
}

#[tokio::test]
async fn only_coordinators_take_maps_in_and_a_damaged_one_changes_nothing() {
    for app in apps().await {
        let request = |bytes| MapRequest {
            sources: vec![Source::new("a.osm.pbf", two_shops().file()), Source::new("b.osm.pbf", bytes)],
            part: Part::Whole,
            limit_elements: ELEMENT_LIMIT,
            progress: Progress::default(),
            dry_run: false,
        };
        let (ctx, project) = (&app.ctx, app.world.project);
        let stranger = map::run(ctx, &app.institution(), project, request(two_shops().file())).await;
        assert!(matches!(stranger, Err(AppError::NotFound)));
        let mut cut = two_shops().file();
        cut.pop();
        let damaged = map::run(ctx, &app.coordinator(), project, request(cut)).await;
        assert!(
            matches!(damaged, Err(AppError::File(error)) if error.to_string().starts_with("b.osm.pbf: the map is damaged"))
        );
        assert!(named(&app, "Buchladen Nord").await.is_empty());
    }
}

/// A street with two doors.
fn doors() -> Map {
    let door = |number: &'static str| {
        [("addr:street", "Graefestraße"), ("addr:housenumber", number), ("addr:postcode", "10967")]
    };
    Map::new().node(1, (52.4911, 13.4141), &door("12")).node(2, (52.4922, 13.4142), &door("20"))
}

#[tokio::test]
async fn rows_of_a_list_get_the_place_of_their_door_and_only_that() {
    for app in apps().await {
        assert!(take(&app, &doors()).await.import.is_some(), "doors are something");
        assert_eq!(take(&app, &doors()).await.import, None, "the same doors are nothing new");
        let list = "id,name,street,zip_code\n1,Genau,Graefestr. 12,10967\n2,Daneben,Graefestraße 14,10967\n\
            3,Fremd,Weserstraße 1,12047\n";
        let report = take_list(&app, list).await;
        let place = |actor: &Actor| actor.data.position.map(|at| (at.lat(), at.lon()));
        assert_eq!(place(&named(&app, "Genau").await[0]), Some((52.4911, 13.4141)));
        assert_eq!(named(&app, "Genau").await[0].quarter, Some(app.world.graefekiez));
        assert_eq!(place(&named(&app, "Daneben").await[0]), None, "nothing is guessed");
        assert_eq!(place(&named(&app, "Fremd").await[0]), None);
        let notes = report.files[0].notes.join("\n");
        assert!(notes.contains("1 addresses without coordinates were found on the map"), "{notes}");
        assert!(notes.contains("1 of which only a neighbouring number is known"), "{notes}");
        assert_eq!(figures(&take_list(&app, list).await), [3, 0, 0, 3, 0], "the second time changes nothing");
    }
}

#[tokio::test]
async fn an_address_that_somebody_enters_gets_its_place_and_follows_when_it_moves() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        take(&app, &doors()).await;
        let form = |number: &str| ActorForm {
            name: "Nähstube".into(),
            street: "Graefestr.".into(),
            house_number: number.into(),
            ..ActorForm::default()
        };
        let id = actor::create(ctx, mira, project, (form("12"), "key-1")).await.expect("saved");
        let known = actor::get(ctx, mira, project, id).await.expect("found").actor;
        assert_eq!(known.data.position, Position::new(52.4911, 13.4141).ok());
        // The form comes back with the place it was filled with, and another number.
        let moved = ActorForm { house_number: "20".into(), ..ActorForm::from(&known.data) };
        actor::update(ctx, mira, project, id, (known.version, moved)).await.expect("saved");
        let known = actor::get(ctx, mira, project, id).await.expect("found").actor;
        assert_eq!(known.data.position, Position::new(52.4922, 13.4142).ok());
        // A place that somebody set is not moved by the address.
        let set =
            ActorForm { house_number: "12".into(), lat: "52.4930".into(), ..ActorForm::from(&known.data) };
        actor::update(ctx, mira, project, id, (known.version, set)).await.expect("saved");
        let known = actor::get(ctx, mira, project, id).await.expect("found").actor;
        assert_eq!(known.data.position, Position::new(52.4930, 13.4142).ok());
    }
}

#[tokio::test]
async fn an_address_that_the_map_does_not_know_is_said_to_coordinators() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        take(&app, &doors()).await;
        let form = ActorForm {
            name: "Nähstube".into(),
            street: "Graefestraße".into(),
            house_number: "14".into(),
            ..ActorForm::default()
        };
        let id = actor::create(ctx, mira, project, (form, "key-1")).await.expect("saved");
        let view = actor::get(ctx, mira, project, id).await.expect("found");
        let Some(Found::Nearest(door)) = view.place_hint else { panic!("{:?}", view.place_hint) };
        assert_eq!(door.house_number().as_str(), "12");
        let asked = geocode::find(ctx, mira, project, &view.actor.data.address).await.expect("may ask");
        assert_eq!(asked, Found::Nearest(door));
        let stranger = geocode::find(ctx, &app.institution(), project, &view.actor.data.address).await;
        assert!(matches!(stranger, Err(AppError::NotFound)));
    }
}

#[tokio::test]
async fn opening_hours_come_with_the_map_and_are_a_week_where_they_can_be_read() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let open = |name: &'static str, hours: &'static str| {
            [("shop", "books"), ("name", name), ("opening_hours", hours)]
        };
        let map = Map::new().node(1, NORTH, &open("Lesbar", "Mo-Fr 10:00-18:30; PH off")).node(
            2,
            SOUTH,
            &open("Unlesbar", "wenn die Sonne scheint"),
        );
        let report = take(&app, &map).await;
        assert_eq!(report.refused, [], "hours that nobody can read are no reason to refuse a shop");
        let notes = report.files[0].notes.join("\n");
        assert!(
            notes.contains("1 opening hours are kept as text: no ordinary week can be read from them"),
            "{notes}"
        );
        let id = named(&app, "Lesbar").await[0].id;
        let view = actor::get(ctx, mira, project, id).await.expect("found");
        let hours = view.opening_week.expect("a week").hours();
        assert_eq!(hours.count(), 5 * 9, "from ten until the hour of half past six, five days");
        let id = named(&app, "Unlesbar").await[0].id;
        let view = actor::get(ctx, mira, project, id).await.expect("found");
        assert_eq!(view.opening_week, None);
        let kept = view.actor.data.opening_hours.map(String::from);
        assert_eq!(kept.as_deref(), Some("wenn die Sonne scheint"));
    }
}
