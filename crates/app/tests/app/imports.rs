//! Importing: twice changes nothing, human edits win, a revert takes back what nobody touched.

use crate::{App, apps};
use kiez_app::error::AppError;
use kiez_app::import::report::ImportReport;
use kiez_app::import::{self, ImportRequest};
use kiez_app::page::{ActorFilter, NeedFilter, Page};
use kiez_app::posting;
use kiez_domain::actor::ActorForm;
use kiez_domain::id::{ActorId, ImportId};
use kiez_import::reading::ImportKind;
use kiez_import::source::Source;

const CAFES: &str = "id,name,street,zip_code,lat,lon\n\
    1,Café Morgenrot,Graefestraße 3,10967,52.4921,13.4145\n\
    2,Teesalon Yıldız,Dieffenbachstraße 20,10967,52.4931,13.4171\n";

pub(crate) async fn take(
    app: &App,
    kind: ImportKind,
    name: &str,
    text: &str,
) -> Result<ImportReport, AppError> {
    let sources = vec![Source::new(name, text.as_bytes().to_vec())];
    let request = ImportRequest { kind, sources, mapping: None, only: Vec::new(), dry_run: false };
    import::run(&app.ctx, &app.coordinator(), app.world.project, request).await
}

async fn actors(app: &App) -> Vec<(ActorId, String)> {
    let mira = app.coordinator();
    let all =
        kiez_app::actor::list(&app.ctx, &mira, app.world.project, ActorFilter::default(), Page::default())
            .await;
    all.expect("listed").listing.rows.into_iter().map(|row| (row.id, row.name.to_string())).collect()
}

async fn find(app: &App, name: &str) -> ActorId {
    actors(app).await.into_iter().find(|(_, known)| known == name).map(|(id, _)| id).expect("imported")
}

fn figures(report: &ImportReport) -> [usize; 5] {
    [report.read, report.new, report.changed, report.unchanged, report.refused.len()]
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
        assert_eq!((report.changed, report.unchanged, report.differences), (1, 1, 1));
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
        assert_eq!((again.changed, again.differences), (0, 0), "a difference is listed once");
    }
}

#[tokio::test]
async fn refused_rows_are_left_out_and_the_rest_goes_on() {
    for app in apps().await {
        let text = format!("{CAFES}3,Swapped,,10967,13.41,52.49\n4,,,10967,52.49,13.41\n");
        let report = take(&app, ImportKind::Actors, "cafes.csv", &text).await.expect("readable");
        assert_eq!(report.new, 3, "a row without a name gets a description");
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
        let request = ImportRequest {
            kind: ImportKind::Actors,
            sources,
            mapping: None,
            only: Vec::new(),
            dry_run: false,
        };
        let error =
            import::run(&app.ctx, &app.coordinator(), app.world.project, request).await.expect_err("empty");
        assert!(error.to_string().contains("bars.csv"), "{error}");
        assert_eq!(actors(&app).await.len(), before);
    }
}

#[tokio::test]
async fn an_import_can_be_taken_back_but_edited_rows_stay() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let report = take(&app, ImportKind::Actors, "cafes.csv", CAFES).await.expect("readable");
        let id = find(&app, "Café Morgenrot").await;
        let actor = kiez_app::actor::get(ctx, mira, project, id).await.expect("found").actor;
        let edited = ActorForm { note: "kennt alle".into(), ..ActorForm::from(&actor.data) };
        kiez_app::actor::update(ctx, mira, project, id, (actor.version, edited)).await.expect("saved");
        let import: ImportId = report.import.expect("something was done").parse().expect("an id");
        let back = import::revert(ctx, mira, project, import).await.expect("taken back");
        assert_eq!((back.removed, back.kept), (1, 1));
        assert!(actors(&app).await.iter().any(|(_, name)| name == "Café Morgenrot"));
        assert!(import::revert(ctx, mira, project, import).await.is_err(), "only once");
    }
}

#[tokio::test]
async fn cards_find_their_institution_by_name() {
    for app in apps().await {
        let cards = "what\ttext\twho\nneed\tStühle für das Elterncafé\tKita Sonnenblume\noffer\tKuchen\tUnbekannt\nidea\tSommerfest\t\n";
        let report = take(&app, ImportKind::Cards, "cards.tsv", cards).await.expect("readable");
        assert_eq!((report.read, report.new), (3, 3));
        let own = NeedFilter { actor: Some(app.world.kita), ..NeedFilter::default() };
        let needs =
            posting::list(&app.ctx, &app.coordinator(), app.world.project, own, Page::default()).await;
        assert_eq!(needs.expect("listed").total, 2);
        let again = take(&app, ImportKind::Cards, "cards.tsv", cards).await.expect("readable");
        assert_eq!((again.new, again.unchanged), (0, 3));
    }
}

#[tokio::test]
async fn an_institution_imports_nothing() {
    for app in apps().await {
        let sources = vec![Source::new("cafes.csv", CAFES.as_bytes().to_vec())];
        let request = ImportRequest {
            kind: ImportKind::Actors,
            sources,
            mapping: None,
            only: Vec::new(),
            dry_run: false,
        };
        let refused = import::run(&app.ctx, &app.institution(), app.world.project, request).await;
        assert!(matches!(refused, Err(AppError::NotFound)));
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
            all.into_iter().find(|unit| unit.observed_on.is_some()).expect("surveyed").actor
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
            assert_eq!((report.new + report.changed, report.refused.len()), (1, 0), "{file}");
            assert_eq!(occupant().await, expected, "{file}");
        }
    }
}
