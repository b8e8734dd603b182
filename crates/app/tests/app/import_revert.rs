//! Taking an import back: what it made goes, what it changed comes back, what people did since stays.

use crate::imports::{CAFES, actors, figures, find, take};
use crate::{App, apps};
use kiez_app::error::AppError;
use kiez_app::import::report::ImportReport;
use kiez_app::import::{self, RevertReport, Undo};
use kiez_app::page::Page;
use kiez_domain::actor::{Actor, ActorForm};
use kiez_domain::id::{ActorId, ImportId};
use kiez_import::reading::ImportKind;
use kiez_testkit::NOW;

const QUARTER: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Neuland"},
"geometry":{"type":"Polygon","coordinates":[[[13.4,52.4],[13.5,52.4],[13.5,52.5],[13.4,52.4]]]}}]}"#;

pub(crate) fn id_of(report: ImportReport) -> ImportId {
    report.import.expect("something was done").parse().expect("an id")
}

pub(crate) async fn back(app: &App, import: ImportId) -> Result<RevertReport, AppError> {
    import::revert(&app.ctx, &app.coordinator(), app.world.project, import).await
}

async fn actor(app: &App, id: ActorId) -> Actor {
    kiez_app::actor::get(&app.ctx, &app.coordinator(), app.world.project, id).await.expect("found").actor
}

async fn edit(app: &App, id: ActorId, note: &str) {
    let before = actor(app, id).await;
    let edited = ActorForm { note: note.into(), ..ActorForm::from(&before.data) };
    kiez_app::actor::update(&app.ctx, &app.coordinator(), app.world.project, id, (before.version, edited))
        .await
        .expect("saved");
}

#[tokio::test]
async fn an_import_can_be_taken_back_but_edited_rows_stay() {
    for app in apps().await {
        let import = id_of(take(&app, ImportKind::Actors, "cafes.csv", CAFES).await.expect("readable"));
        edit(&app, find(&app, "Café Morgenrot").await, "kennt alle").await;
        let report = back(&app, import).await.expect("taken back");
        assert_eq!(report, RevertReport { removed: 1, restored: 0, kept: 1 });
        assert!(actors(&app).await.iter().any(|(_, name)| name == "Café Morgenrot"));
        assert!(matches!(back(&app, import).await, Err(AppError::NotFound)), "only once");
    }
}

#[tokio::test]
async fn who_said_yes_or_no_since_stays_with_the_evidence() {
    for app in apps().await {
        let import = id_of(take(&app, ImportKind::Actors, "cafes.csv", CAFES).await.expect("readable"));
        let id = find(&app, "Café Morgenrot").await;
        let (mira, project) = (app.coordinator(), app.world.project);
        let refused = crate::said("refused", &["photo"]);
        kiez_app::consent::record(&app.ctx, &mira, project, id, refused).await.expect("noted");
        let report = back(&app, import).await.expect("taken back");
        assert_eq!((report.removed, report.kept), (1, 1));
        let view = kiez_app::consent::view(&app.ctx, &mira, project, id).await.expect("seen");
        assert_eq!(view.history.len(), 1);
    }
}

#[tokio::test]
async fn changed_values_come_back_and_the_file_can_change_them_again() {
    for app in apps().await {
        take(&app, ImportKind::Actors, "cafes.csv", CAFES).await.expect("readable");
        let (id, other) = (find(&app, "Café Morgenrot").await, find(&app, "Teesalon Yıldız").await);
        let newer = CAFES.replace("Graefestraße 3,", "Graefestraße 4,").replace("Teesalon", "Teehaus");
        let import = id_of(take(&app, ImportKind::Actors, "cafes.csv", &newer).await.expect("readable"));
        edit(&app, other, "am Fenster sitzen").await;
        let report = back(&app, import).await.expect("taken back");
        assert_eq!(report, RevertReport { removed: 0, restored: 1, kept: 1 });
        let number = actor(&app, id).await.data.address.house_number.map(String::from);
        assert_eq!(number.as_deref(), Some("3"));
        let kept = actor(&app, other).await.data;
        assert_eq!(kept.name.as_str(), "Teehaus Yıldız", "what a person has saved since stays as it is");
        // The old list says nothing new; the newer one says again what it said.
        let old = take(&app, ImportKind::Actors, "cafes.csv", CAFES).await.expect("readable");
        assert_eq!(old.figures.differences, 0);
        let again = take(&app, ImportKind::Actors, "cafes.csv", &newer).await.expect("readable");
        assert!(again.figures.changed >= 1, "{:?}", again.figures);
        let number = actor(&app, id).await.data.address.house_number.map(String::from);
        assert_eq!(number.as_deref(), Some("4"));
    }
}

#[tokio::test]
async fn an_actor_that_a_person_entered_gets_its_empty_fields_back() {
    let list = "name,street,house_number,zip_code,city,carrier\n\
        Kita Sonnenblume,Urbanstraße,48,10967,Berlin,Nachbarschaft e.V.\n";
    for app in apps().await {
        let report = take(&app, ImportKind::Actors, "kitas.csv", list).await.expect("readable");
        assert_eq!(report.figures.new, 0, "it is found by name and address");
        assert!(actor(&app, app.world.kita).await.data.carrier.is_some());
        back(&app, id_of(report)).await.expect("taken back");
        assert_eq!(actor(&app, app.world.kita).await.data.carrier, None);
        let again = take(&app, ImportKind::Actors, "kitas.csv", list).await.expect("readable");
        assert_eq!((again.figures.changed, again.figures.new), (1, 0));
    }
}

#[tokio::test]
async fn what_a_taken_back_file_asked_is_asked_no_more() {
    for app in apps().await {
        let other = "name,street,house_number,zip_code,city,languages\n\
            Kita Sonnenblume,Urbanstraße,48,10967,Kreuzberg,de\n";
        let report = take(&app, ImportKind::Actors, "kitas.csv", other).await.expect("readable");
        assert_eq!(report.figures.differences, 1);
        let open = async || {
            let mira = app.coordinator();
            let found = kiez_app::difference::list(&app.ctx, &mira, app.world.project, Page::default()).await;
            found.expect("listed").total
        };
        assert_eq!(open().await, 1);
        back(&app, id_of(report)).await.expect("taken back");
        assert_eq!(open().await, 0);
        let again = take(&app, ImportKind::Actors, "kitas.csv", other).await.expect("readable");
        assert_eq!(again.figures.differences, 1, "a file that was taken back has said nothing");
    }
}

#[tokio::test]
async fn after_thirty_days_an_import_stays() {
    for app in apps().await {
        let import = id_of(take(&app, ImportKind::Actors, "cafes.csv", CAFES).await.expect("readable"));
        let (ctx, mira, project) = (&app.ctx, app.coordinator(), app.world.project);
        let undo =
            async || import::get(ctx, &mira, project, (import, Page::default())).await.expect("found").0.undo;
        assert_eq!(undo().await, Undo::Until(NOW.plus_days(30)));
        app.ctx.clock.move_to(NOW.plus_days(30).plus_minutes(1));
        assert_eq!(undo().await, Undo::TooLate);
        let Err(AppError::Invalid(issues)) = back(&app, import).await else { panic!("it is too late") };
        assert_eq!(issues[0].field, "import");
        app.ctx.clock.move_to(NOW.plus_days(30));
        assert_eq!(back(&app, import).await.expect("the last moment").removed, 2);
        assert_eq!(undo().await, Undo::Done(NOW.plus_days(30)));
    }
}

#[tokio::test]
async fn quarters_are_drawn_anew_and_never_taken_back() {
    for app in apps().await {
        let report = take(&app, ImportKind::Quarter, "neu.geojson", QUARTER).await.expect("readable");
        assert_eq!(figures(&report), [1, 1, 0, 0, 0]);
        let again = take(&app, ImportKind::Quarter, "neu.geojson", QUARTER).await.expect("readable");
        assert_eq!(figures(&again), [1, 0, 0, 1, 0]);
        let Err(AppError::Invalid(issues)) = back(&app, id_of(report)).await else {
            panic!("everything else lies in quarters")
        };
        assert_eq!(issues[0].field, "import");
    }
}
