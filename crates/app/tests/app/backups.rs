//! Backups are the operator's; the server writes them when they are due.

use crate::{App, apps};
use kiez_app::backup::schedule::{self, Schedule};
use kiez_app::caller::Caller;
use kiez_app::error::AppError;
use kiez_app::{backup, house, mail};
use kiez_gateways::backup_file::BackupKey;
use kiez_testkit::NOW;
use std::path::Path;

fn strangers(app: &App) -> [Caller; 3] {
    [Caller::visitor(), app.institution(), app.coordinator()]
}

fn nightly(folder: &Path) -> Schedule {
    let key = Some(BackupKey::new("sechs Wörter die niemand errät"));
    Schedule { folder: folder.join("nightly"), every_minutes: 24 * 60, keep: 2, key }
}

fn files(schedule: &Schedule) -> Vec<String> {
    let entries = std::fs::read_dir(&schedule.folder).expect("read");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn nobody_but_the_operator_copies_brings_back_or_lets_mail_go() {
    for app in apps().await {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("a.kiezbackup");
        for caller in strangers(&app) {
            let refused = backup::write_file(&app.ctx, &caller, (&target, false), None).await;
            assert!(matches!(refused, Err(AppError::NotFound)));
            let refused = backup::write(&app.ctx, &caller, Vec::new(), None).await;
            assert!(matches!(refused, Err(AppError::NotFound)));
            let refused = backup::restore(&app.ctx, &caller, &b""[..], None).await;
            assert!(matches!(refused, Err(AppError::NotFound)));
            let refused = schedule::round(&app.ctx, &caller, &nightly(folder.path())).await;
            assert!(matches!(refused, Err(AppError::NotFound)));
            assert!(matches!(mail::hold(&app.ctx, &caller).await, Err(AppError::NotFound)));
            assert!(matches!(mail::release(&app.ctx, &caller).await, Err(AppError::NotFound)));
            assert!(matches!(mail::held(&app.ctx, &caller).await, Err(AppError::NotFound)));
        }
        assert!(!target.exists());
        let operator = app.operator();
        let written = backup::write_file(&app.ctx, &operator, (&target, false), None).await.expect("written");
        let file = std::fs::File::open(&target).expect("there");
        let found = backup::look(file, None).await.expect("whole");
        assert_eq!((found.contents, found.sealed), (written.contents, false));
        assert!(written.bytes.is_some_and(|bytes| bytes > 1000));
        let occupied =
            backup::restore(&app.ctx, &operator, std::fs::File::open(&target).expect("there"), None);
        let occupied = occupied.await.expect_err("somebody lives here").to_string();
        assert!(occupied.contains("not empty"), "{occupied}");
        assert_eq!(mail::held(&app.ctx, &operator).await.expect("read"), None, "nothing was restored");
        mail::hold(&app.ctx, &operator).await.expect("held");
        assert_eq!(mail::held(&app.ctx, &operator).await.expect("read").map(|hold| hold.since), Some(NOW));
        assert!(mail::release(&app.ctx, &operator).await.expect("released").waited);
    }
}

#[tokio::test]
async fn a_backup_is_written_when_it_is_due_and_the_oldest_of_our_own_goes() {
    for app in apps().await {
        let (folder, operator) = (tempfile::tempdir().expect("a folder"), app.operator());
        let schedule = nightly(folder.path());
        assert_eq!(app.ctx.backups.figures(), None, "nobody asked for any");
        assert!(schedule::check(&app.ctx, &operator, &schedule).await.expect("asked").is_some(), "none yet");
        let round = async || schedule::round(&app.ctx, &operator, &schedule).await.expect("done");
        let first = round().await.expect("the first is due at once");
        assert!(first.sealed);
        assert_eq!(schedule::check(&app.ctx, &operator, &schedule).await.expect("asked"), None);
        assert_eq!(round().await, None, "once is enough");
        std::fs::write(schedule.folder.join("kiez-notes.txt"), "not ours").expect("written");
        for day in 1..=3 {
            app.ctx.clock.move_to(NOW.plus_days(day).plus_minutes(-1));
            assert_eq!(round().await, None, "a minute too early");
            app.ctx.clock.move_to(NOW.plus_days(day));
            assert!(round().await.is_some());
        }
        let names = files(&schedule);
        assert_eq!(names.len(), 3, "{names:?}");
        assert!(
            names[0].contains("-20260304T073000Z.") && names[1].contains("-20260305T073000Z."),
            "{names:?}"
        );
        let figures = app.ctx.backups.figures().expect("scheduled");
        assert_eq!((figures.newest, figures.failing), (Some(NOW.plus_days(3)), false));
        assert!(figures.bytes > 1000);
        let copy = std::fs::File::open(schedule.folder.join(&names[1])).expect("there");
        assert!(backup::look(copy, schedule.key.as_ref()).await.is_ok());
        app.ctx.clock.move_to(NOW.plus_days(6));
        let late = schedule::check(&app.ctx, &operator, &schedule).await.expect("asked").expect("late");
        assert!(late.contains("2026-03-05"), "{late}");
    }
}

#[tokio::test]
async fn a_backup_that_fails_is_told_to_those_who_can_help_and_tried_again() {
    for app in apps().await {
        let (folder, operator) = (tempfile::tempdir().expect("a folder"), app.operator());
        let schedule = nightly(folder.path());
        std::fs::write(&schedule.folder, "a file where the folder should be").expect("written");
        let failed =
            schedule::round(&app.ctx, &operator, &schedule).await.expect_err("no folder").to_string();
        assert!(failed.contains("nightly"), "{failed}");
        let told = |caller: &Caller| house::notices(&app.ctx, caller).backup_failing;
        assert_eq!([told(&operator), told(&app.coordinator())], [true, true]);
        assert_eq!([told(&app.institution()), told(&Caller::visitor())], [false, false]);
        std::fs::remove_file(&schedule.folder).expect("put right");
        assert_eq!(schedule::round(&app.ctx, &operator, &schedule).await.expect("waits"), None);
        app.ctx.clock.move_to(NOW.plus_minutes(15));
        assert!(schedule::round(&app.ctx, &operator, &schedule).await.expect("done").is_some());
        assert!(!told(&operator));
        house::try_again_to_write(&app.ctx).await.expect("nothing to try");
    }
}
