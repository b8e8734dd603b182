//! Importing: twice changes nothing, human edits win, a revert takes back what nobody touched.

use crate::{App, apps};
use kiez_app::error::AppError;
use kiez_app::import::report::ImportReport;
use kiez_app::import::{self, ImportRequest, Progress, Watch};
use kiez_app::page::{ActorFilter, NeedFilter, Page};
use kiez_domain::actor::ActorForm;
use kiez_domain::id::{ActorId, ImportId};
use kiez_import::reading::ImportKind;
use kiez_import::source::Source;
use kiez_store::error::StoreError;
use kiez_store::provenance::{self, Provenance};
use std::sync::{Arc, Mutex};

pub(crate) const CAFES: &str = "id,name,street,zip_code,lat,lon\n\
    1,Café Morgenrot,Graefestraße 3,10967,52.4921,13.4145\n\
    2,Teesalon Yıldız,Dieffenbachstraße 20,10967,52.4931,13.4171\n";

pub(crate) async fn take(
    app: &App,
    kind: ImportKind,
    name: &str,
    text: &str,
) -> Result<ImportReport, AppError> {
    let sources = vec![Source::new(name, text.as_bytes().to_vec())];
    let request = ImportRequest::new(kind, sources);
    import::run(&app.ctx, &app.coordinator(), app.world.project, request).await
}

pub(crate) async fn actors(app: &App) -> Vec<(ActorId, String)> {
    let mira = app.coordinator();
    let all =
        kiez_app::actor::list(&app.ctx, &mira, app.world.project, ActorFilter::default(), Page::default())
            .await;
    all.expect("listed").listing.rows.into_iter().map(|row| (row.id, row.name.to_string())).collect()
}

pub(crate) async fn find(app: &App, name: &str) -> ActorId {
    actors(app).await.into_iter().find(|(_, known)| known == name).map(|(id, _)| id).expect("imported")
}

pub(crate) fn figures(report: &ImportReport) -> [usize; 5] {
    [
        report.figures.read,
        report.figures.new,
        report.figures.changed,
        report.figures.unchanged,
        report.refused.len(),
    ]
}

#[tokio::test]
async fn what_a_file_said_and_cannot_be_read_back_is_no_silence() {
    for app in apps().await {
        let row_id = app.world.bakery.to_string();
        let torn = Provenance { source_key: "id:9#cafes.csv".into(), row_id, imported: "{\"name\":".into() };
        let mut tx = app.ctx.db.write().await.expect("write");
        let may = app.world.may("import", "create");
        provenance::put(&mut tx, &may, "actor", &[torn]).await.expect("kept");
        tx.commit().await.expect("written");
        let before = actors(&app).await.len();
        let refused = take(&app, ImportKind::Actors, "cafes.csv", CAFES).await;
        let place = match refused {
            Err(AppError::Store(StoreError::Corrupt { table, column })) => format!("{table}.{column}"),
            other => panic!("{other:?}"),
        };
        assert_eq!((place.as_str(), actors(&app).await.len()), ("provenance.imported", before));
    }
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing() {
    for app in apps().await {
        let first = take(&app, ImportKind::Actors, "cafes.csv", CAFES).await.expect("readable");
        assert_eq!(figures(&first), [2, 2, 0, 0, 0]);
        let again = take(&app, ImportKind::Actors, "cafes.csv", CAFES).await.expect("readable");
        assert_eq!(figures(&again), [2, 0, 0, 2, 0]);
        assert_eq!(again.import, None);
    }
}

#[tokio::test]
async fn the_branch_follows_from_the_name_of_the_file() {
    for app in apps().await {
        take(&app, ImportKind::Actors, "cafes.csv", CAFES).await.expect("readable");
        let id = find(&app, "Café Morgenrot").await;
        let view =
            kiez_app::actor::get(&app.ctx, &app.coordinator(), app.world.project, id).await.expect("found");
        assert_eq!(view.actor.data.branch.map(|branch| branch.to_string()).as_deref(), Some("cafe"));
        assert_eq!(view.actor.quarter, Some(app.world.graefekiez), "the quarter follows from the place");
        assert!(!view.actor.published, "nothing imported is public by itself");
    }
}

#[tokio::test]
async fn quarters_that_share_ground_are_named() {
    for app in apps().await {
        let square = |west: f64| {
            format!(
                r#"{{"type":"Feature","properties":{{"name":"Planufer"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},52.492],[{},52.492],[{},52.493],[{west},52.493],[{west},52.492]]]}}}}"#,
                west + 0.001,
                west + 0.001
            )
        };
        let report = take(&app, ImportKind::Quarter, "far.geojson", &square(13.5)).await.expect("readable");
        assert!(report.files[0].notes.iter().all(|note| !note.contains("overlap")), "{report:?}");
        let report =
            take(&app, ImportKind::Quarter, "near.geojson", &square(13.413)).await.expect("readable");
        let note = "Graefekiez and Planufer overlap: whoever is in both counts as Graefekiez";
        assert!(report.files[0].notes.iter().any(|said| said == note), "{:?}", report.files[0].notes);
    }
}

#[tokio::test]
async fn a_human_edit_is_never_overwritten() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        take(&app, ImportKind::Actors, "cafes.csv", CAFES).await.expect("readable");
        let id = find(&app, "Café Morgenrot").await;
        let actor = kiez_app::actor::get(ctx, mira, project, id).await.expect("found").actor;
        let edited = ActorForm { name: "Morgenrot".into(), ..ActorForm::from(&actor.data) };
        kiez_app::actor::update(ctx, mira, project, id, (actor.version, edited)).await.expect("saved");

        let newer =
            CAFES.replace("Café Morgenrot", "Café Morgenröte").replace("Graefestraße 3,", "Graefestraße 4,");
        let report = take(&app, ImportKind::Actors, "cafes.csv", &newer).await.expect("readable");
        assert_eq!((report.figures.changed, report.figures.unchanged, report.figures.differences), (1, 1, 1));
        let listed = &report.files[0].listed_differences[0];
        assert_eq!((listed.field.as_str(), listed.ours.as_str()), ("name", "Morgenrot"));
        let actor = kiez_app::actor::get(ctx, mira, project, id).await.expect("found").actor;
        assert_eq!(actor.data.name.as_str(), "Morgenrot", "the edited field stays");
        assert_eq!(
            actor.data.address.house_number.map(String::from).as_deref(),
            Some("4"),
            "the other one follows"
        );
        let again = take(&app, ImportKind::Actors, "cafes.csv", &newer).await.expect("readable");
        assert_eq!((again.figures.changed, again.figures.differences), (0, 0), "a difference is listed once");
    }
}

#[tokio::test]
async fn refused_rows_are_left_out_and_the_rest_goes_on() {
    for app in apps().await {
        let text = format!("{CAFES}3,Swapped,,10967,13.41,52.49\n4,,,10967,52.49,13.41\n");
        let report = take(&app, ImportKind::Actors, "cafes.csv", &text).await.expect("readable");
        assert_eq!(report.figures.new, 3, "a row without a name gets a description");
        assert_eq!(report.refused.len(), 1);
        assert_eq!(report.refused[0].line, 4);
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_leaves_nothing_of_the_others() {
    for app in apps().await {
        let before = actors(&app).await.len();
        let sources =
            vec![Source::new("cafes.csv", CAFES.as_bytes().to_vec()), Source::new("bars.csv", Vec::new())];
        let request = ImportRequest::new(ImportKind::Actors, sources);
        let error =
            import::run(&app.ctx, &app.coordinator(), app.world.project, request).await.expect_err("empty");
        assert!(error.to_string().contains("bars.csv"), "{error}");
        assert_eq!(actors(&app).await.len(), before);
    }
}

#[tokio::test]
async fn cards_find_their_institution_by_name() {
    for app in apps().await {
        let cards = "what\ttext\twho\nneed\tStühle für das Elterncafé\tKita Sonnenblume\noffer\tKuchen\tUnbekannt\nidea\tSommerfest\t\n";
        let report = take(&app, ImportKind::Cards, "cards.tsv", cards).await.expect("readable");
        assert_eq!((report.figures.read, report.figures.new), (3, 3));
        let own = NeedFilter { actor: Some(app.world.kita), ..NeedFilter::default() };
        let needs =
            kiez_app::posting::list(&app.ctx, &app.coordinator(), app.world.project, own, Page::default())
                .await;
        assert_eq!(needs.expect("listed").total, 2);
        let again = take(&app, ImportKind::Cards, "cards.tsv", cards).await.expect("readable");
        assert_eq!((again.figures.new, again.figures.unchanged), (0, 3));
    }
}

#[tokio::test]
async fn an_institution_imports_nothing() {
    for app in apps().await {
        let sources = vec![Source::new("cafes.csv", CAFES.as_bytes().to_vec())];
        let request = ImportRequest::new(ImportKind::Actors, sources);
        let refused = import::run(&app.ctx, &app.institution(), app.world.project, request).await;
        assert!(matches!(refused, Err(AppError::NotFound)));
    }
}

/// Takes in files in this order, as one call.
async fn take_all(app: &App, files: &[(&str, &str)]) -> ImportReport {
    let source = |(name, text): &(&str, &str)| Source::new(*name, text.as_bytes().to_vec());
    let request = ImportRequest::new(ImportKind::Actors, files.iter().map(source).collect());
    import::run(&app.ctx, &app.coordinator(), app.world.project, request).await.expect("readable")
}

#[tokio::test]
async fn files_of_one_call_change_nothing_the_second_time_in_whatever_order() {
    let shops = "id,name,street\n1,Café Morgenrot,Graefestraße 3\n7,Kiosk am Eck,Urbanstraße 9\n";
    let unnumbered = "name,street\nKiosk am Eck,Urbanstraße 9\nSchneiderei,Urbanstraße 10\n";
    for app in apps().await {
        let files = [("cafes.csv", CAFES), ("shops.csv", shops), ("list.csv", unnumbered)];
        let first = take_all(&app, &files).await;
        // The café has one id in two files; the kiosk has none in the last file and is one of its own there.
        assert_eq!(figures(&first), [6, 5, 0, 1, 0]);
        assert_eq!(first.figures.duplicates_suggested, 1);
        let [a, b, c] = files;
        for order in [[a, b, c], [c, b, a], [b, c, a], [c, a, b]] {
            assert_eq!(figures(&take_all(&app, &order).await), [6, 0, 0, 6, 0], "{order:?}");
        }
    }
}

#[tokio::test]
async fn a_list_without_ids_erases_nothing_that_it_does_not_know() {
    let told = "name,street,house_number,carrier,note\nKiosk am Eck,Urbanstraße,9,Familie Öz,klingeln\n";
    let sparse = "name,street,house_number,note\nKiosk am Eck,Urbanstraße,9,Hintertür\n";
    for app in apps().await {
        take(&app, ImportKind::Actors, "spring.csv", told).await.expect("readable");
        let second = take(&app, ImportKind::Actors, "autumn.csv", sparse).await.expect("readable");
        assert_eq!(figures(&second), [1, 0, 1, 0, 0], "the note follows the newer list");
        let kiosk = find(&app, "Kiosk am Eck").await;
        let view = kiez_app::actor::get(&app.ctx, &app.coordinator(), app.world.project, kiosk).await;
        let data = view.expect("found").actor.data;
        assert_eq!(data.carrier.map(String::from).as_deref(), Some("Familie Öz"));
        assert_eq!(data.note.map(String::from).as_deref(), Some("Hintertür"));
        for (file, text) in [("spring.csv", told), ("autumn.csv", sparse)] {
            let again = take(&app, ImportKind::Actors, file, text).await.expect("readable");
            assert_eq!(figures(&again), [1, 0, 0, 1, 0], "{file}");
        }
    }
}

#[tokio::test]
async fn a_list_without_ids_finds_the_only_one_of_that_name_and_address() {
    let numbered = "id,name,street,house_number\n7,Kiosk am Eck,Urbanstraße,9\n8,Zwilling,Urbanstraße,10\n9,Zwilling,Urbanstraße,10\n";
    let own = "name,street,house_number,carrier\nKiosk am Eck,Urbanstraße,9,Familie Öz\nZwilling,Urbanstraße,10,Paul\n";
    for app in apps().await {
        take(&app, ImportKind::Actors, "shops.csv", numbered).await.expect("readable");
        let before = actors(&app).await.len();
        let second = take(&app, ImportKind::Actors, "own.csv", own).await.expect("readable");
        assert_eq!(figures(&second), [2, 1, 1, 0, 0], "which of the twins is meant nobody knows");
        assert_eq!((actors(&app).await.len(), second.figures.duplicates_suggested), (before + 1, 1));
        assert_eq!(
            figures(&take(&app, ImportKind::Actors, "own.csv", own).await.expect("readable")),
            [2, 0, 0, 2, 0]
        );
    }
}

#[tokio::test]
async fn two_rows_of_one_name_and_address_never_write_one_actor_twice() {
    let twins = "id,name,street,house_number,zip_code,city\n\
        1,Tischlerei Holzwurm,Graefestraße,12a,10967,Berlin\n\
        2,Tischlerei Holzwurm,Graefestraße,12a,10967,Berlin\n";
    for app in apps().await {
        let before = actors(&app).await.len();
        let first = take(&app, ImportKind::Actors, "shops.csv", twins).await.expect("readable");
        assert_eq!(
            (first.figures.new, first.figures.duplicates_suggested),
            (1, 1),
            "the first row is the known one"
        );
        assert_eq!(actors(&app).await.len(), before + 1);
        let again = take(&app, ImportKind::Actors, "shops.csv", twins).await.expect("readable");
        assert_eq!(figures(&again), [2, 0, 0, 2, 0]);
    }
}

#[tokio::test]
async fn a_row_that_no_longer_fits_what_a_person_left_is_refused_and_the_rest_goes_on() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        take(&app, ImportKind::Actors, "cafes.csv", CAFES).await.expect("readable");
        let id = find(&app, "Café Morgenrot").await;
        let actor = kiez_app::actor::get(ctx, mira, project, id).await.expect("found").actor;
        let placeless = ActorForm { lat: String::new(), lon: String::new(), ..ActorForm::from(&actor.data) };
        kiez_app::actor::update(ctx, mira, project, id, (actor.version, placeless)).await.expect("saved");
        // The person took the place away; a file that moves it finds both numbers set by hand.
        let moved = CAFES.replace("52.4921,13.4145", "52.4923,13.4146").replace("Teesalon", "Teehaus");
        let report = take(&app, ImportKind::Actors, "cafes.csv", &moved).await.expect("readable");
        assert_eq!((report.figures.changed, report.figures.differences), (1, 2));
        let kept = kiez_app::actor::get(ctx, mira, project, id).await.expect("found").actor;
        assert_eq!(kept.data.position, None);
    }
}

#[tokio::test]
async fn a_dry_run_says_what_would_happen_and_leaves_nothing() {
    for app in apps().await {
        let before = actors(&app).await;
        let sources = vec![Source::new("cafes.csv", CAFES.as_bytes().to_vec())];
        let request = ImportRequest::new(ImportKind::Actors, sources).dry();
        let report = import::run(&app.ctx, &app.coordinator(), app.world.project, request).await;
        let report = report.expect("readable");
        assert_eq!((figures(&report), report.import), ([2, 2, 0, 0, 0], None));
        assert_eq!(actors(&app).await, before);
        let all = import::list(&app.ctx, &app.coordinator(), app.world.project, Page::default()).await;
        assert_eq!(all.expect("listed").total, 0);
    }
}

#[tokio::test]
async fn an_import_remembers_who_brought_it_and_what_it_left_out() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let text = format!("{CAFES}3,Vertauscht,,10967,13.41,52.49\n");
        let report = take(&app, ImportKind::Actors, "cafes.csv", &text).await.expect("readable");
        let id: ImportId = report.import.expect("something was done").parse().expect("an id");
        let (view, refused) = import::get(ctx, mira, project, (id, Page::default())).await.expect("found");
        assert_eq!((view.by.as_deref(), view.run.files), (Some("Mira"), vec!["cafes.csv".to_owned()]));
        assert_eq!((view.counts.figures.new, view.counts.refused), (2, report.refused.len()));
        assert_eq!(refused.total, report.refused.len() as u64);
        let lines: Vec<_> = refused.rows.iter().map(|row| (row.file.as_str(), row.line)).collect();
        assert!(lines.iter().all(|line| *line == ("cafes.csv", 4)), "{lines:?}");
        let table = import::refused_table(ctx, mira, project, id).await.expect("written");
        let table = String::from_utf8(table).expect("UTF-8");
        assert!(table.starts_with("file,line,field,reason") && table.contains("cafes.csv,4,"), "{table}");
        let listed = import::list(ctx, mira, project, Page::default()).await.expect("listed");
        assert_eq!(listed.rows.iter().map(|view| view.run.id).collect::<Vec<_>>(), [id]);
    }
}

#[tokio::test]
async fn somebody_who_watches_hears_of_files_and_rows() {
    for app in apps().await {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&heard);
        let request = ImportRequest {
            watch: Watch::by(move |progress| ear.lock().expect("nobody panicked").push(progress)),
            ..ImportRequest::new(
                ImportKind::Actors,
                vec![Source::new("cafes.csv", CAFES.as_bytes().to_vec())],
            )
        };
        import::run(&app.ctx, &app.coordinator(), app.world.project, request).await.expect("readable");
        let expected = [Progress::Read(0, 1), Progress::Compared(2, 2), Progress::Writing];
        assert_eq!(*heard.lock().expect("nobody panicked"), expected);
    }
}

#[tokio::test]
async fn an_institution_sees_nothing_of_imports() {
    for app in apps().await {
        let report = take(&app, ImportKind::Actors, "cafes.csv", CAFES).await.expect("readable");
        let id: ImportId = report.import.expect("something was done").parse().expect("an id");
        let (ctx, jonas, project) = (&app.ctx, &app.institution(), app.world.project);
        let listed = import::list(ctx, jonas, project, Page::default()).await;
        assert!(matches!(listed, Err(AppError::NotFound)));
        let seen = import::get(ctx, jonas, project, (id, Page::default())).await;
        assert!(matches!(seen, Err(AppError::NotFound)));
        let table = import::refused_table(ctx, jonas, project, id).await;
        assert!(matches!(table, Err(AppError::NotFound)));
        assert!(matches!(import::revert(ctx, jonas, project, id).await, Err(AppError::NotFound)));
        let elsewhere =
            import::get(ctx, &app.coordinator(), app.world.other_project, (id, Page::default())).await;
        assert!(matches!(elsewhere, Err(AppError::NotFound)));
    }
}

#[tokio::test]
async fn a_survey_says_who_is_where_and_who_has_left() {
    for app in apps().await {
        let world = &app.world;
        take(&app, ImportKind::Actors, "cafes.csv", CAFES).await.expect("readable");
        let unit = |used_as: &str, day: &str, who: &str| {
            format!("id,street,house_number,use,date,occupant\nA,Graefestraße,3,{used_as},{day},{who}\n")
        };
        let occupant = async || {
            let mut conn = app.ctx.db.read().await.expect("a connection");
            let all = kiez_store::premises::known(&mut conn, world.project).await.expect("listed");
            all.into_iter().find(|unit| unit.data.observed_on.is_some()).expect("surveyed").data.actor
        };
        let morgenrot = find(&app, "Café Morgenrot").await;
        let looks = [
            (unit("gastronomy", "2025-03-02", "café morgenrot"), Some(morgenrot)),
            (unit("gastronomy", "2025-06-02", ""), Some(morgenrot)),
            (unit("gastronomy", "2025-07-02", "Somebody unknown"), Some(morgenrot)),
            (unit("vacant", "2026-03-02", ""), None),
        ];
        for (file, expected) in looks {
            let report = take(&app, ImportKind::Premises, "walk.csv", &file).await.expect("readable");
            assert_eq!((report.figures.new + report.figures.changed, report.refused.len()), (1, 0), "{file}");
            assert_eq!(occupant().await, expected, "{file}");
        }
    }
}
