//! Files sent in a browser: looked at first, taken in after a yes, gone after an hour.

use crate::imports::{CAFES, actors, figures};
use crate::{App, apps};
use kiez_app::error::AppError;
use kiez_app::import::upload::{self, UPLOAD_BYTES, UploadForm};
use kiez_domain::id::UploadId;
use kiez_testkit::NOW;

fn form(file: &str, text: &str) -> UploadForm {
    UploadForm { kind: "actors".into(), file: file.into(), content: text.as_bytes().to_vec() }
}

async fn receive(app: &App, form: UploadForm) -> Result<UploadId, AppError> {
    upload::receive(&app.ctx, &app.coordinator(), app.world.project, form).await
}

#[tokio::test]
async fn a_file_is_shown_first_and_comes_in_after_a_yes() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let before = actors(&app).await.len();
        let id = receive(&app, form("C:\\Listen\\cafes.csv", CAFES)).await.expect("received");
        let preview = upload::preview(ctx, mira, project, id).await.expect("waiting");
        assert_eq!((figures(&preview.report), preview.until), ([2, 2, 0, 0, 0], NOW.plus_minutes(60)));
        assert_eq!(preview.report.files[0].file, "cafes.csv", "folders of the person's machine stay there");
        assert_eq!(actors(&app).await.len(), before);
        let import = upload::take_in(ctx, mira, project, id).await.expect("taken in");
        assert!(import.is_some());
        assert_eq!(actors(&app).await.len(), before + 2);
        let twice = upload::take_in(ctx, mira, project, id).await.expect("done already");
        assert_eq!(twice, import, "a second press finds the import of the first");
        assert_eq!(actors(&app).await.len(), before + 2);
        let preview = upload::preview(ctx, mira, project, id).await;
        assert!(matches!(preview, Err(AppError::NotFound)), "the file waits no more");
    }
}

#[tokio::test]
async fn two_presses_at_one_moment_make_one_import() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let before = actors(&app).await.len();
        let id = receive(&app, form("cafes.csv", CAFES)).await.expect("received");
        let press = || upload::take_in(ctx, mira, project, id);
        let (one, other) = tokio::join!(press(), press());
        let imports = [one.expect("taken in"), other.expect("taken in")];
        assert_eq!(imports, [Some(id.import()); 2]);
        assert_eq!(actors(&app).await.len(), before + 2);
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_told_at_once_and_not_kept() {
    for app in apps().await {
        let unreadable = receive(&app, form("cafes.csv", "")).await;
        assert!(matches!(unreadable, Err(AppError::File(_))), "{unreadable:?}");
        let fields = |refused: Result<UploadId, AppError>| match refused {
            Err(AppError::Invalid(issues)) => issues[0].field.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(fields(receive(&app, form("", CAFES)).await), "file");
        assert_eq!(fields(receive(&app, form("  /tmp/ ", CAFES)).await), "file");
        let wrong = UploadForm { kind: "dragons".into(), ..form("cafes.csv", CAFES) };
        assert_eq!(fields(receive(&app, wrong).await), "kind");
        let large = UploadForm { content: vec![b'a'; UPLOAD_BYTES + 1], ..form("cafes.csv", CAFES) };
        assert_eq!(fields(receive(&app, large).await), "file");
    }
}

#[tokio::test]
async fn after_an_hour_a_file_is_gone() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let id = receive(&app, form("cafes.csv", CAFES)).await.expect("received");
        app.ctx.clock.move_to(NOW.plus_minutes(60));
        upload::forget(ctx).await.expect("looked");
        upload::preview(ctx, mira, project, id).await.expect("the last minute");
        app.ctx.clock.move_to(NOW.plus_minutes(61));
        let late = upload::preview(ctx, mira, project, id).await;
        assert!(matches!(late, Err(AppError::NotFound)), "nobody has to clean up first");
        upload::forget(ctx).await.expect("removed");
        app.ctx.clock.move_to(NOW);
        let gone = upload::preview(ctx, mira, project, id).await;
        assert!(matches!(gone, Err(AppError::NotFound)));
    }
}

#[tokio::test]
async fn a_file_is_thrown_away_on_request_and_nobody_else_sees_it() {
    for app in apps().await {
        let (ctx, mira, project) = (&app.ctx, &app.coordinator(), app.world.project);
        let id = receive(&app, form("cafes.csv", CAFES)).await.expect("received");
        let jonas = app.institution();
        assert!(matches!(upload::preview(ctx, &jonas, project, id).await, Err(AppError::NotFound)));
        assert!(matches!(upload::take_in(ctx, &jonas, project, id).await, Err(AppError::NotFound)));
        assert!(matches!(upload::discard(ctx, &jonas, project, id).await, Err(AppError::NotFound)));
        let sent = upload::receive(ctx, &jonas, project, form("cafes.csv", CAFES)).await;
        assert!(matches!(sent, Err(AppError::NotFound)));
        let elsewhere = upload::preview(ctx, mira, app.world.other_project, id).await;
        assert!(matches!(elsewhere, Err(AppError::NotFound)));
        upload::discard(ctx, mira, project, id).await.expect("gone");
        assert!(matches!(upload::preview(ctx, mira, project, id).await, Err(AppError::NotFound)));
    }
}
