//! Premises of survey files: a newer look is followed, an older one says nothing, a person's edit wins.

use crate::import_revert::{back, id_of};
use crate::imports::{figures, take};
use crate::{App, apps};
use kiez_app::import::RevertReport;
use kiez_domain::period::parse_date;
use kiez_domain::premises::{Premises, PremisesForm, Use};
use kiez_import::reading::ImportKind;
use kiez_store::page::Page;
use kiez_store::{premises, premises_observation};
use kiez_testkit::NOW;

const SPRING: &str = "id;Straße;Hausnr;Nutzung;Datum\n\
    1;Graefestraße;3;Leerstand;02.03.2026\n\
    2;Graefestraße;4;Einzelhandel;02.03.2026\n";

const SUMMER: &str = "id;Straße;Hausnr;Nutzung;Datum\n\
    1;Graefestraße;3;Gastronomie;01.07.2026\n\
    2;Graefestraße;4;Einzelhandel;01.07.2026\n";

/// The premises of the project by street and number.
async fn all(app: &App) -> Vec<Premises> {
    let mut conn = app.ctx.db.read().await.expect("read");
    premises::list(&mut conn, app.world.project, None, &Page::default()).await.expect("listed").rows
}

/// What was seen at the first of them, day by day.
async fn seen(app: &App) -> Vec<(String, Use)> {
    let first = all(app).await.remove(0).id;
    let mut conn = app.ctx.db.read().await.expect("read");
    let looks = premises_observation::list_by_premises(&mut conn, app.world.project, first).await;
    looks.expect("read").into_iter().map(|look| (look.on.to_string(), look.used_as)).collect()
}

#[tokio::test]
async fn a_newer_survey_is_followed_and_each_look_is_kept() {
    for app in apps().await {
        let first = take(&app, ImportKind::Premises, "walk.csv", SPRING).await.expect("readable");
        assert_eq!(figures(&first), [2, 2, 0, 0, 0]);
        let second = take(&app, ImportKind::Premises, "walk.csv", SUMMER).await.expect("readable");
        assert_eq!(figures(&second), [2, 0, 2, 0, 0]);
        assert_eq!(all(&app).await[0].data.used_as, Use::Gastronomy);
        let both = [("2026-03-02".to_owned(), Use::Vacant), ("2026-07-01".to_owned(), Use::Gastronomy)];
        assert_eq!(seen(&app).await, both);
        for known in [SPRING, SUMMER, SPRING] {
            let again = take(&app, ImportKind::Premises, "walk.csv", known).await.expect("readable");
            assert_eq!(figures(&again), [2, 0, 0, 2, 0], "an older look says nothing new");
        }
    }
}

#[tokio::test]
async fn a_survey_that_is_taken_back_leaves_what_was_seen_before() {
    for app in apps().await {
        take(&app, ImportKind::Premises, "walk.csv", SPRING).await.expect("readable");
        let second = take(&app, ImportKind::Premises, "walk.csv", SUMMER).await.expect("readable");
        let report = back(&app, id_of(second)).await.expect("taken back");
        assert_eq!(report, RevertReport { removed: 0, restored: 2, kept: 0 });
        let first = all(&app).await.remove(0).data;
        assert_eq!((first.used_as, first.observed_on), (Use::Vacant, parse_date("2026-03-02").ok()));
        assert_eq!(seen(&app).await, [("2026-03-02".to_owned(), Use::Vacant)]);
        let again = take(&app, ImportKind::Premises, "walk.csv", SUMMER).await.expect("readable");
        assert_eq!(again.figures.changed, 2, "the survey can come in again");
    }
}

#[tokio::test]
async fn a_corrected_look_of_the_same_day_is_taken_back_to_the_first() {
    for app in apps().await {
        take(&app, ImportKind::Premises, "walk.csv", SPRING).await.expect("readable");
        let corrected = SPRING.replace("Leerstand", "Wohnen");
        let second = take(&app, ImportKind::Premises, "walk.csv", &corrected).await.expect("readable");
        assert_eq!(seen(&app).await, [("2026-03-02".to_owned(), Use::Dwelling)]);
        back(&app, id_of(second)).await.expect("taken back");
        assert_eq!(seen(&app).await, [("2026-03-02".to_owned(), Use::Vacant)]);
    }
}

#[tokio::test]
async fn what_a_person_saw_wins_over_the_file() {
    for app in apps().await {
        take(&app, ImportKind::Premises, "walk.csv", SPRING).await.expect("readable");
        let before = all(&app).await.remove(0);
        let form = PremisesForm { used_as: "social".into(), ..PremisesForm::from(&before.data) };
        let mut tx = app.ctx.db.write().await.expect("write");
        let person = (&form.try_into().expect("filled"), NOW);
        premises::update(&mut tx, &app.world.may("premises", "update"), before.id, before.version, person)
            .await
            .expect("saved");
        tx.commit().await.expect("committed");
        let second = take(&app, ImportKind::Premises, "walk.csv", SUMMER).await.expect("readable");
        assert_eq!((second.figures.changed, second.figures.differences), (2, 1));
        let listed = &second.files[0].listed_differences[0];
        assert_eq!(
            (listed.field.as_str(), listed.ours.as_str(), listed.theirs.as_str()),
            ("used_as", "social", "gastronomy")
        );
        assert_eq!(all(&app).await[0].data.used_as, Use::Social);
    }
}

#[tokio::test]
async fn the_first_survey_that_is_taken_back_leaves_nothing() {
    for app in apps().await {
        let first = take(&app, ImportKind::Premises, "walk.csv", SPRING).await.expect("readable");
        let report = back(&app, id_of(first)).await.expect("taken back");
        assert_eq!(report, RevertReport { removed: 2, restored: 0, kept: 0 });
        assert!(all(&app).await.is_empty());
    }
}
